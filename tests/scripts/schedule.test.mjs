// The reader's plan: fair, sized to the day, nothing after the interview, whatever the clocks and calendars do.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { practiceData, random, records, repository, script } from "./scripts.mjs";

const { addDays, daysBetween, dayOf, endOf, deadline, pointsOf, planOf, routeOf, dueOf, choose } = script("schedule.js", script("due.js")).schedule;
const { empty, edit } = records();
/** Without the prototypes of where scripts run. */
const plain = (value) => JSON.parse(JSON.stringify(value));
const SEEDS = 10_000;
let handbook;
before(() => (handbook = practiceData(repository)));

const at = (day) => `${day}T12:00:00.000Z`;
const document = (plan, more = () => {}) =>
  edit(empty(at(plan.start)), (doc) => {
    doc.plan = { minutes: 45, ...plan };
    more(doc);
  }, at(plan.start));
const started = (days, more = {}) => ({ start: "2026-11-02", interview: addDays("2026-11-02", days), minutes: 45, ...more });
const offsets = (days) => pointsOf(handbook.checkpoints, started(days)).map(({ checkpoint, date }) => [checkpoint.id, daysBetween("2026-11-02", date)]);

test("days are counted as a calendar counts them: months, leap years, clocks set back", () => {
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2028-02-28", 1), "2028-02-29");
  assert.equal(addDays("2027-02-28", 1), "2027-03-01");
  assert.equal(addDays("2027-01-01", -1), "2026-12-31");
  for (const zone of ["Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "Australia/Lord_Howe", "Africa/Cairo"]) {
    process.env.TZ = zone;
    // Every noon of two years falls on the day after the one before.
    let day = "2026-01-01";
    for (let n = 0; n < 730; n++) {
      const [year, month, date] = day.split("-").map(Number);
      for (const hour of [0, 12, 23]) assert.equal(dayOf(new Date(year, month - 1, date, hour, 59)), day, `${zone} ${hour}`);
      assert.equal(daysBetween("2026-01-01", day), n);
      day = addDays(day, 1);
    }
  }
  process.env.TZ = "UTC";
});

test("the checkpoints come as far apart as the time allows", () => {
  assert.deepEqual(offsets(30), [["day-0", 0], ["day-3", 3], ["day-7", 7], ["day-14", 14], ["night-before", 29]]);
  assert.deepEqual(offsets(15), [["day-0", 0], ["day-3", 3], ["day-7", 7], ["day-14", 13], ["night-before", 14]]);
  assert.deepEqual(offsets(10), [["day-0", 0], ["day-3", 2], ["day-7", 5], ["day-14", 8], ["night-before", 9]]);
  assert.deepEqual(offsets(5), [["day-0", 0], ["day-3", 2], ["day-7", 3], ["day-14", 3], ["night-before", 4]]);
  assert.deepEqual(offsets(3), [["day-0", 0], ["day-3", 0], ["day-7", 0], ["day-14", 0], ["night-before", 2]]);
  assert.deepEqual(offsets(1), [["night-before", 0]]);
  assert.deepEqual(offsets(0), [["night-before", 0]]);
  for (let days = 0; days < 120; days++) {
    const all = offsets(days).map(([, offset]) => offset);
    assert.deepEqual(all, [...all].sort((a, b) => a - b), `${days} days`);
    assert.ok(all.every((offset) => offset >= 0 && offset <= Math.max(days - 1, 0)), `${days} days`);
  }
});

/** A handbook, a reader and a day by chance. */
const chance = (dice) => {
  const own = Array.from({ length: dice.below(9) }, () => 1 + dice.below(60));
  const some = dice.below(2) ? [3, 7, 14] : [...new Set(own)].sort((a, b) => a - b);
  const days = [0, ...some, null].filter((day) => day === 0 || dice.below(5) > 0);
  const made = {
    title: "x",
    companies: [{ id: "a", title: "A", url: "a" }],
    themes: Array.from({ length: 4 }, (_, n) => ({ id: `t${n}`, title: "T", url: "t", core: n < 2 })),
    checkpoints: days.map((day) => ({
      id: `day-${day}`, day, moment: "x", title: "x", url: "x", minutes: null,
      tasks: Array.from({ length: dice.below(6) }, (_, n) => ({ id: `${n}`, text: "x", minutes: [null, 5, 15, 25, 60, 90][dice.below(6)] })),
      questions: [`q${dice.below(30)}`, `q${dice.below(30)}`],
    })),
    questions: Array.from({ length: dice.below(40) }, (_, n) => ({
      id: `q${n}`, number: dice.below(2) ? n : null, title: "x", url: "x", theme: `t${dice.below(4)}`, companies: dice.below(2) ? ["a"] : [], high: dice.below(4) ? [] : ["a"],
      frequency: [null, "common", "regular", "occasional"][dice.below(4)], difficulty: [null, 1, 2, 3][dice.below(4)],
    })),
  };
  // Around the ends of years and the days when clocks change.
  const start = addDays(["2026-03-27", "2026-10-22", "2026-12-28", "2028-02-26", "2026-06-01"][dice.below(5)], dice.below(6));
  const interview = addDays(start, dice.below(dice.below(2) ? 8 : 40));
  const today = addDays(start, dice.below(Math.max(daysBetween(start, interview), 1) + 2));
  const plan = { start, interview, minutes: [10, 15, 30, 45, 60, 120][dice.below(6)], company: ["", "a", "gone"][dice.below(3)], level: ["", "junior", "staff"][dice.below(3)] };
  const doc = document(plan, (draft) => {
    for (const { id, tasks } of made.checkpoints) {
      for (const task of tasks) if (dice.below(3) === 0) draft.ticks[`${id}/${task.id}`] = { at: at(addDays(today, -dice.below(3))) };
    }
    for (const { id } of made.questions) {
      if (dice.below(3) === 0) draft.questions[id] = { rating: dice.below(4), last: at(addDays(today, -dice.below(6))), ...(dice.below(2) && { due: addDays(today, dice.below(9) - 3) }) };
    }
  });
  return { handbook: made, doc, plan, today };
};

test("work stands on days until the interview, in order, once, sized to the day, and none is lost", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const { handbook, doc, plan, today } = chance(random(seed));
    const view = planOf(handbook, doc, today);
    const told = `seed ${seed}`;
    assert.equal(view.left, daysBetween(today, plan.interview), told);
    view.days.forEach(({ date }, nth) => {
      assert.ok(date >= today && date < plan.interview, told);
      if (nth > 0) assert.equal(daysBetween(view.days[nth - 1].date, date), 1, told);
    });
    const placed = view.days.flatMap(({ tasks }) => tasks);
    const keys = placed.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length, told);
    // What is undone stands on a day or is named as left out, unless its checkpoint has no day at all.
    const has = new Set([...keys, ...view.out.map(({ key }) => key)]);
    if (view.left > 0) for (const { checkpoint } of view.points) {
      for (const { id } of checkpoint.tasks) {
        const key = `${checkpoint.id}/${id}`;
        assert.ok(doc.ticks[key] || has.has(key), `${told}: ${key}`);
      }
    }
    view.days.forEach((day, nth) => {
      const isWork = !day.isNight;
      const open = day.tasks.filter(({ isDone }) => !isDone);
      if (isWork && nth > 0) assert.ok(open.reduce((sum, { minutes }) => sum + minutes, 0) <= plan.minutes || open.length === 1, `${told}, ${day.date}`);
      // Before its time comes only what would be left out, and only where nothing that is due has room.
      if (isWork) {
        const early = open.filter(({ due }) => due > day.date).reduce((sum, { minutes }) => sum + minutes, 0);
        const room = plan.minutes - 4 * Math.min(6, Math.floor((plan.minutes * 0.4) / 4));
        assert.ok(early === 0 || day.minutes <= room, told);
        if (early) for (const task of view.out) assert.ok(task.due > day.date || task.minutes > room || day.minutes - early + task.minutes > room, `${told}: ${task.key}`);
      }
      for (const task of day.tasks) if (task.checkpoint === "day-null" && !task.isDone) assert.ok(day.isNight, told);
    });
    const [first] = view.days;
    const room = first && !first.isNight ? Math.max(plan.minutes - first.minutes, 4) : 0;
    assert.ok(view.questions.length <= Math.min(6, Math.floor(room / 4)), told);
    assert.ok(!room || view.questions.length || !handbook.questions.length, told);
    assert.equal(new Set(view.questions.map(({ question }) => question.id)).size, view.questions.length, told);
  }
});

test("ticks of today move nothing", () => {
  for (let seed = 0; seed < SEEDS / 4; seed++) {
    const { handbook, doc, today } = chance(random(seed));
    const view = planOf(handbook, doc, today);
    const [first] = view.days;
    const open = first?.tasks.find(({ isDone }) => !isDone);
    if (!open) continue;
    const ticked = edit(doc, (draft) => (draft.ticks[open.key] = { at: at(today) }), at(today));
    const next = planOf(handbook, ticked, today).days[0];
    assert.deepEqual(next.tasks.map(({ key }) => key), first.tasks.map(({ key }) => key), `seed ${seed}`);
    assert.equal(next.tasks.find(({ key }) => key === open.key).isDone, true, `seed ${seed}`);
  }
});

test("what was not done moves on by itself, and each checkpoint gets its share when time is short", () => {
  const doc = document(started(20));
  const late = planOf(handbook, doc, addDays("2026-11-02", 4));
  assert.ok(late.days[0].tasks.length > 0 && late.days[0].tasks.every(({ checkpoint, isMoved }) => checkpoint === "day-0" && isMoved));
  const soon = planOf(handbook, document(started(5, { minutes: 60 })), "2026-11-02");
  assert.deepEqual(plain(soon.days.map(({ date }) => date)), ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06"]);
  const kept = new Set(soon.days.flatMap(({ tasks }) => tasks.map(({ checkpoint }) => checkpoint)));
  assert.ok(["day-0", "day-3", "day-7", "night-before"].every((id) => kept.has(id)), [...kept].join());
  assert.ok(soon.out.length > 0);
  assert.equal(soon.days.at(-1).isNight, true);
});

test("no day stands empty while something is left out that it has time for, and each day has an answer to say", () => {
  const two = planOf(handbook, document(started(5, { minutes: 120 })), "2026-11-02");
  const room = 120 - 24;
  for (const { minutes, isNight } of two.days) assert.ok(isNight || two.out.every((task) => minutes + task.minutes > room));
  assert.ok(two.days.every(({ tasks }) => tasks.length));
  assert.equal(planOf(handbook, document(started(5, { minutes: 15 })), "2026-11-02").questions.length, 1);
  // What has no minutes of its own is part of its checkpoint's.
  const night = handbook.checkpoints.find(({ day }) => day === null);
  assert.ok(night.tasks.some(({ minutes }) => minutes === null));
  assert.equal(two.days.at(-1).minutes, night.minutes);
});

test("a task that is longer than a day has days to itself", () => {
  const long = { ...handbook, checkpoints: [{ id: "day-0", day: 0, moment: "", title: "", url: "", minutes: 100, tasks: [{ id: "a", text: "", minutes: 100 }, { id: "b", text: "", minutes: 10 }], questions: [] }] };
  const { days } = planOf(long, document(started(20, { minutes: 60 })), "2026-11-02");
  assert.deepEqual(plain(days.slice(0, 5).map(({ tasks, minutes }) => [tasks.map(({ key }) => key), minutes])), [[["day-0/a"], 60], [[], 40], [["day-0/b"], 10], [[], 0], [[], 0]]);
});

test("after the interview there is nothing, on its day and the night before nothing new", () => {
  const doc = document(started(10));
  const past = planOf(handbook, doc, addDays("2026-11-02", 11));
  assert.deepEqual([past.days.length, past.left, past.questions.length], [0, -1, 0]);
  assert.equal(planOf(handbook, doc, addDays("2026-11-02", 10)).days.length, 0);
  const night = planOf(handbook, doc, addDays("2026-11-02", 9));
  assert.deepEqual(plain(night.days.map(({ isNight, tasks }) => [isNight, tasks.length])), [[true, 5]]);
  assert.equal(night.questions.length, 0);
  assert.equal(planOf(handbook, empty(at("2026-11-02")), "2026-11-02"), null);
});

test("a question comes again by its box, never after the interview", () => {
  assert.equal(dueOf({ rating: 0, last: at("2026-11-02") }), "2026-11-03");
  assert.equal(dueOf({ rating: 3, last: at("2026-11-02") }), "2026-11-05");
  assert.equal(dueOf({ rating: 2, last: at("2026-11-02") }, 2), "2026-11-09");
  assert.equal(dueOf({ rating: 3, last: at("2026-11-02") }, 9), "2026-11-16");
  assert.equal(dueOf({ rating: 3, last: at("2026-11-02") }, 9, "2026-11-10"), "2026-11-08");
  assert.equal(dueOf({ rating: 1, last: at("2026-11-02") }, 5), "2026-11-03");
  assert.equal(dueOf({ rating: 1, last: at("2026-11-02"), due: "2026-11-20" }), "2026-11-20");
  assert.equal(dueOf({}), null);
  for (let seed = 0; seed < SEEDS; seed++) {
    const dice = random(seed);
    const today = addDays("2026-12-20", dice.below(20));
    const interview = addDays(today, 1 + dice.below(30));
    const next = dueOf({ last: at(today), rating: dice.below(4) }, dice.below(6), interview);
    assert.ok(next > today || daysBetween(today, interview) === 1, `seed ${seed}`);
    assert.ok(next < interview, `seed ${seed}`);
    // One that says its box, as in a file from elsewhere.
    assert.ok(dueOf({ last: at(today), box: dice.below(5) }, 1, interview) < interview, `seed ${seed}`);
  }
});

test("the questions of a day: due ones first, then those of the company, of several themes, and none twice", () => {
  const plan = started(20, { company: "amazon", minutes: 60 });
  const fresh = choose(handbook, document(plan), "2026-11-02", 6).map(({ question }) => question);
  assert.equal(fresh.length, 6);
  assert.ok(fresh.filter(({ companies }) => companies.includes("amazon")).length >= 4);
  assert.ok(new Set(fresh.map(({ theme }) => theme)).size >= 4);
  const states = (draft) => {
    draft.questions["time-you-failed"] = { rating: 0, last: at("2026-11-01") };
    draft.questions["greatest-weakness"] = { rating: 3, last: at("2026-11-01") };
    draft.questions[fresh[0].id] = { rating: 2, last: at("2026-11-02") };
  };
  const mixed = choose(handbook, document(plan, states), "2026-11-02", 6);
  assert.deepEqual(plain(mixed.slice(0, 2).map(({ question, isDone, isDue }) => [question.id, isDone, isDue])), [[fresh[0].id, true, false], ["time-you-failed", false, true]]);
  assert.ok(!mixed.some(({ question }) => question.id === "greatest-weakness"));
  // Whoever does six a day has met every question of the company within its number of days.
  let doc = document(started(40, { company: "amazon", minutes: 60 }));
  const met = new Set();
  for (let n = 0; n < 38; n++) {
    const today = addDays("2026-11-02", n);
    doc = edit(doc, (draft) => {
      for (const { question } of choose(handbook, doc, today, 6)) {
        met.add(question.id);
        draft.questions[question.id] = { rating: 3, last: at(today) };
        draft.attempts.push({ id: `${today} ${question.id}`, question: question.id, startedAt: at(today), rating: 3 });
      }
    }, at(today));
  }
  const missed = handbook.questions.filter(({ id, companies }) => companies.includes("amazon") && !met.has(id));
  assert.deepEqual(plain(missed.map(({ id }) => id)), []);
});

test("a plan without a date has fourteen days and no night before, goes on after them, and takes a date with its ticks", () => {
  const [start, end] = ["2026-11-02", "2026-11-16"];
  assert.equal(endOf(start), end);
  const plan = { start, interview: end, open: true, minutes: 45 };
  assert.equal(deadline(plan), undefined);
  assert.deepEqual(pointsOf(handbook.checkpoints, plan).map(({ checkpoint, date }) => [checkpoint.id, daysBetween(start, date)]), [["day-0", 0], ["day-3", 3], ["day-7", 7], ["day-14", 12]]);
  for (const day of [0, 5, 13, 14, 40]) {
    const view = planOf(handbook, document(plan), addDays(start, day));
    assert.ok(view.left >= 1 && view.days.length >= 1 && !view.days.some(({ isNight }) => isNight), `${day}`);
    assert.ok(view.questions.length > 0 && view.days[0].tasks.length > 0, `${day}`);
  }
  // What was tried long ago comes again, whatever the end of the plan.
  const [question] = handbook.questions;
  const tried = document(plan, (doc) => (doc.questions[question.id] = { rating: 0, last: at("2026-12-01") }));
  assert.ok(planOf(handbook, tried, "2026-12-02").questions.some(({ question: { id }, isDue }) => id === question.id && isDue));
  const task = handbook.checkpoints[0].tasks[0].id;
  const ticked = (more) => document({ ...plan, ...more }, (doc) => (doc.ticks[`day-0/${task}`] = { at: at("2026-11-02") }));
  for (const doc of [ticked({}), ticked({ open: undefined, interview: "2026-11-30" })]) {
    const { days, out } = planOf(handbook, doc, "2026-11-04");
    assert.ok(![...days.flatMap(({ tasks }) => tasks), ...out].some(({ key }) => key === `day-0/${task}`));
  }
});

test("whoever has too few days for the whole plan gets the longest route that fits, the company's own before others", () => {
  const route = (days, company) => routeOf(handbook, days, company)?.url.split("#")[1];
  assert.equal(route(0), undefined);
  assert.equal(route(1), "one-day");
  assert.equal(route(2, "amazon"), "one-day");
  assert.equal(route(4), "three-days");
  assert.equal(route(5), "five-days-with-a-free-weekend");
  assert.equal(route(5, "google"), "five-days-with-a-free-weekend");
  assert.equal(route(5, "amazon"), "five-days-amazon-one-hour-an-evening");
  assert.equal(route(9, "amazon"), "five-days-amazon-one-hour-an-evening");
  assert.equal(route(13, "amazon"), "ten-days");
  assert.equal(route(14, "amazon"), undefined);
});
