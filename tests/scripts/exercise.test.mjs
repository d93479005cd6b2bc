// Exercises: what each tool asks, from set-up to summary, and gone on with after a reload and sleep.
import assert from "node:assert/strict";
import vm from "node:vm";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { built, random, records, repository, script } from "./scripts.mjs";

const prepbook = {};
for (const name of ["clock.js", "select.js", "exercise.js", "exercise-mock.js", "exercise-kept.js"]) script(name, prepbook);
const { draws, exercises, keptExercises } = prepbook;
const { turns, step, idle, toStore, interruption } = exercises;
const { fromStore, attempts } = keptExercises;
const plain = (value) => JSON.parse(JSON.stringify(value));
const NOW = Date.UTC(2026, 10, 30, 9);
const SEED = "K7Q2MX";

let handbook, data, doc;
before(() => {
  const prepbook = {};
  const files = built(repository, ["practice-data.js", "exercise-data.js"]);
  for (const file of files) vm.runInNewContext(file, { prepbook });
  handbook = plain(prepbook.handbook);
  data = plain(prepbook.exerciseData);
  doc = plain(records().empty(new Date(NOW).toISOString()));
});
const input = (tool, options = {}, more = {}) => ({ tool, seed: SEED, options, handbook, data, doc, now: NOW, isShared: false, ...more });
const ask = (...given) => plain(turns(input(...given)));
const at = (ms, more = {}) => ({ wall: NOW + ms, steady: ms, origin: 1, wasHidden: false, ...more });
const total = ({ parts }) => parts.reduce((sum, { ms }) => sum + ms, 0);
const TOOLS = ["two-minute-drill", "follow-up-gauntlet", "story-swap", "weakness-test", "story-matrix", "mock-interview"];

test("a drill: ten questions in their own shapes, or all as long as wanted", () => {
  const drill = ask("two-minute-drill");
  assert.equal(drill.length, 10);
  for (const turn of drill) assert.deepEqual([turn.kind, turn.scale, turn.breath], ["answer", "rating", 10_000]);
  assert.ok(drill.some(({ parts }) => parts.length > 3));
  for (const turn of ask("two-minute-drill", { count: "5", length: "90" })) assert.ok(Math.abs(total(turn) - 90_000) < 10);
  for (const turn of ask("two-minute-drill", { length: "none" })) assert.deepEqual(turn.parts.map(({ ms }) => ms), [exercises.untimed]);
  const amazon = ask("two-minute-drill", { company: "amazon" });
  for (const { question } of amazon) assert.ok(handbook.questions.find(({ id }) => id === question).companies.includes("amazon"));
});

test("a gauntlet: five follow-ups after each answer, two of them its own, those first that were never asked", () => {
  const gauntlet = ask("follow-up-gauntlet", { count: "3", company: "amazon" });
  assert.equal(gauntlet.length, 18);
  for (let nth = 0; nth < 3; nth++) {
    const [first, ...rest] = gauntlet.slice(nth * 6, nth * 6 + 6);
    assert.equal(first.kind, "answer");
    for (const turn of rest) assert.deepEqual([turn.kind, turn.scale, turn.question, total(turn)], ["follow-up", "held", first.question, 45_000]);
    assert.equal(new Set(rest.map(({ id }) => id)).size, 5);
    const own = rest.filter(({ id }) => id.startsWith(`${first.question}:`)).length;
    assert.ok(own >= 1, `${rest.map(({ id }) => id)}`);
  }
  // What was asked and held waits; what was stuck comes before it.
  const { question } = gauntlet[0];
  const stuck = data.questions[question].followUps.findIndex(Boolean);
  const seen = { ...doc, attempts: [{ id: "a", startedAt: "2026-11-29T00:00:00.000Z", followUps: data.questions[question].followUps.map((_, nth) => ({ id: `${question}:${nth}`, rating: nth === stuck ? 0 : 2 })) }] };
  for (const seed of ["AAAAAA", "BBBBBB", "CCCCCC", "DDDDDD"]) {
    const one = plain(turns(input("follow-up-gauntlet", { count: "91" }, { doc: seen, seed }))).filter((turn) => turn.question === question && turn.kind === "follow-up");
    assert.equal(one[0].id, `${question}:${stuck}`);
  }
});

test("a swap: three themes, none the story's own", () => {
  const stories = { s: { title: "The rollback", fit: { "project-execution": 3, "problem-solving": 1 } } };
  for (let nth = 0; nth < 200; nth++) {
    const swap = plain(turns(input("story-swap", { story: "s" }, { doc: { ...doc, stories }, seed: draws.seedOf([nth, nth >> 5, 1, 2, 3, 4]) })));
    assert.equal(swap.length, 3);
    assert.equal(new Set(swap.map(({ theme }) => theme)).size, 3);
    for (const turn of swap) {
      assert.notEqual(turn.theme, "project-execution");
      assert.deepEqual([turn.kind, turn.scale, total(turn)], ["opening", "fit", 30_000]);
      assert.match(turn.note, /The rollback/);
    }
  }
});

test("under pressure: two minutes, ninety seconds, one, with interruptions between a fifth and seven tenths", () => {
  for (let nth = 0; nth < 500; nth++) {
    const what = ["greatest-weakness", "3", "5"][nth % 3];
    const list = plain(turns(input("weakness-test", { what }, { seed: draws.seedOf([nth, nth >> 5, 1, 2, 3, 4]) })));
    const answers = list.filter(({ kind }) => kind === "answer");
    assert.equal(answers.length, 3 * (Number(what) || 1));
    assert.deepEqual([...new Set(answers.map(({ round, parts }) => `${round} ${Math.round(total({ parts }) / 1000)}`))], ["1 120", "2 90", "3 60"]);
    for (const turn of answers) {
      assert.equal(turn.interruptions.length, turn.round === 3 ? 2 : 1);
      for (const one of turn.interruptions) assert.ok(one.at >= 0.2 * total(turn) - 1 && one.at <= 0.7 * total(turn) + 1, `${one.at} of ${total(turn)}`);
      assert.equal(interruption(turn, turn.interruptions[0].at - 1), "");
      assert.equal(interruption(turn, turn.interruptions[0].at + 1), turn.interruptions[0].text);
    }
    if (what === "greatest-weakness") assert.ok(list.filter(({ kind }) => kind === "follow-up").length >= 3);
  }
});

test("where the candidate asks, only a drill goes: nobody follows up on it, presses it, swaps it or asks it of others", () => {
  const asking = handbook.questions.filter(({ id }) => data.questions[id].isAsking).map(({ id }) => id);
  assert.ok(asking.includes("questions-for-me") && asking.length < 5, `${asking}`);
  const drawn = Object.fromEntries(TOOLS.map((tool) => [tool, new Set()]));
  for (let nth = 0; nth < 200; nth++) {
    for (const tool of TOOLS) for (const { question } of turns(input(tool, { what: "5", count: "10", themes: "all" }, { seed: draws.seedOf([nth, nth >> 5, 1, 2, 3, 4]), isShared: nth % 2 > 0 }))) drawn[tool].add(question);
  }
  for (const tool of TOOLS) assert.equal(asking.some((id) => drawn[tool].has(id)), tool === "two-minute-drill", tool);
  // A draft without an answer is no such question.
  const draft = { ...data, questions: Object.fromEntries(Object.entries(data.questions).map(([id, one]) => [id, { ...one, isAsking: false }])) };
  assert.equal(turns(input("story-swap", {}, { data: draft })).length, 3);
});

test("an audit goes through the themes, and a mock interview ends with the candidate's own questions", () => {
  assert.deepEqual(ask("story-matrix").map(({ theme }) => theme), handbook.themes.filter(({ core }) => core).map(({ id }) => id));
  assert.equal(ask("story-matrix", { themes: "all" }).length, handbook.themes.length);
  const mock = ask("mock-interview", { company: "amazon", level: "senior", minutes: "45" });
  assert.match(mock.map(({ kind }) => kind).join(" "), /^answer( answer( follow-up){2,5}){6} ask ask$/);
  assert.equal(mock[0].question, "tell-me-about-yourself");
  assert.ok(mock.at(-2).list.length);
});

test("a mock interview lasts as long as was chosen, and its parts' minutes add up to that", () => {
  for (let nth = 0; nth < 300; nth++) {
    for (const minutes of [30, 45]) {
      const company = ["", "amazon", "google", "startups"][nth % 4];
      const list = turns(input("mock-interview", { company, minutes: `${minutes}`, level: ["", "staff"][nth % 2] }, { seed: draws.seedOf([nth, nth >> 5, 1, 2, 3, 4]) }));
      const parts = prepbook.mock.phases(list);
      assert.equal(parts.map(({ phase }) => phase).join(" "), "opening questions own close");
      assert.equal(parts.flatMap(({ turns }) => [...turns]).length, list.length);
      const told = parts.reduce((sum, one) => sum + one.minutes, 0);
      assert.ok(Math.abs(told - minutes) <= 1, `${told} of ${minutes}`);
      assert.ok(Math.abs(list.reduce((sum, turn) => sum + exercises.lengthOf(turn), 0) / 60_000 - minutes) < 1);
      assert.equal(list.filter(({ question }) => question === "tell-me-about-yourself").length, 1);
    }
  }
  // Of a handbook with few follow-ups and without an opening as well.
  const bare = { ...data, opening: undefined, probes: [], questions: Object.fromEntries(Object.entries(data.questions).map(([id, one]) => [id, { ...one, followUps: [] }])) };
  for (const minutes of [30, 45]) {
    const all = turns(input("mock-interview", { minutes: `${minutes}` }, { data: bare })).reduce((sum, turn) => sum + exercises.lengthOf(turn), 0) / 60_000;
    assert.ok(all > minutes - 2.5 && all < minutes + 1, `${all} of ${minutes}`);
  }
});

test("follow-ups fit whatever was told: none of the model's story, general ones of the theme, none twice in a set", () => {
  const fits = new Map(data.probes.flatMap(({ id, asks }) => asks.map(({ themes }, nth) => [`~${id}:${nth}`, themes])));
  const themeOf = (question) => handbook.questions.find(({ id }) => id === question).theme;
  for (let nth = 0; nth < 200; nth++) {
    for (const [tool, options] of [["follow-up-gauntlet", { count: "5", company: nth % 2 ? "amazon" : "" }], ["mock-interview", { minutes: nth % 2 ? "45" : "30" }]]) {
      const list = turns(input(tool, options, { seed: draws.seedOf([nth, nth >> 5, 1, 2, 3, 4]) })).filter(({ kind }) => kind === "follow-up");
      assert.equal(new Set(list.map(({ text }) => text)).size, list.length, `${tool} ${nth}: one comes twice`);
      for (const { id, question } of list) {
        const [company, principle] = id.split("~");
        if (company && principle) assert.ok(data.companies[company].probes.find((one) => one.id === principle).questions.includes(question), `${id} after ${question}`);
        if (!id.startsWith("~")) continue;
        assert.ok(fits.has(id), id);
        const themes = fits.get(id);
        assert.ok(!themes || themes.includes(themeOf(question)), `${id} after ${question}`);
      }
    }
  }
  // What names the model's figures stands on the question's page alone.
  for (const [id, { followUps }] of Object.entries(data.questions)) {
    assert.ok(followUps.filter(Boolean).length >= 2, `${id} keeps less than two that fit`);
    for (const text of followUps) assert.doesNotMatch(text ?? "", /\d/, id);
  }
  for (const { probes } of Object.values(data.companies)) for (const { ask } of probes) assert.doesNotMatch(ask, /\d/);
  // Where nothing is known but one general sentence, nothing is made up.
  const poor = { ...data, companies: {}, probes: [{ id: "deeper", asks: [{ ask: "How?" }] }], questions: Object.fromEntries(Object.keys(data.questions).map((id) => [id, { shape: null, followUps: [null, "And then?", null] }])) };
  assert.equal(turns(input("follow-up-gauntlet", { count: "3" }, { data: poor })).filter(({ kind }) => kind === "follow-up").length, 2);
});

test("a mock asks what the company asks, and more of the level", () => {
  let amazon = 0, all = 0;
  for (let nth = 0; nth < 300; nth++) {
    for (const { kind, question } of turns(input("mock-interview", { company: "amazon", level: "staff" }, { seed: draws.seedOf([nth, nth >> 5, 1, 2, 3, 4]) }))) {
      if (kind !== "answer") continue;
      all++;
      if (handbook.questions.find(({ id }) => id === question).companies.includes("amazon")) amazon++;
    }
  }
  assert.equal(amazon, all);
});

test("a shared seed gives the same to whoever has done what", () => {
  const done = { ...doc, settings: { targets: ["google"] }, questions: Object.fromEntries(handbook.questions.map(({ id }, nth) => [id, { rating: nth % 4, last: "2026-11-28T00:00:00.000Z" }])), attempts: handbook.questions.map(({ id }) => ({ id, tool: "two-minute-drill", seed: "AAAAAA", question: id, startedAt: "2026-11-28T00:00:00.000Z", followUps: [{ id: `${id}:0`, rating: 0 }] })) };
  for (const tool of TOOLS) {
    const options = { company: "amazon", what: "3" };
    const mine = plain(turns(input(tool, options, { isShared: true })));
    assert.deepEqual(plain(turns(input(tool, options, { isShared: true, doc: done, now: NOW + 9e9 }))), mine, tool);
    if (tool !== "story-matrix") assert.notDeepEqual(plain(turns(input(tool, options, { isShared: true, seed: "ZZZZZZ" }))), mine, tool);
  }
});

/** Goes through an exercise; `rate` says how each turn went. */
const walk = (tool, options = {}, rate = () => 2, more = {}) => {
  let ms = 0, ids = 0;
  let state = step(idle, { type: "start", tool, seed: SEED, options, turns: turns(input(tool, options, more)), now: at(ms) });
  const seen = [];
  while (state.at !== "done") {
    const before = state.i;
    assert.equal(state.at, "ready");
    state = step(state, { type: "read", now: at((ms += 4000)) });
    if (state.at === "ready") state = step(state, { type: "turn", now: at((ms += 100)) });
    assert.equal(state.at, "running");
    seen.push(state.turns[state.i]);
    state = step(state, { type: "finish", now: at((ms += 20_000)), id: `id-${ids++}` });
    if (state.at === "rating") state = step(state, { type: "rate", now: at((ms += 1000)), rating: rate(state.turns[before], before) });
    // Each state can be stored and is the same again; only the breath before an answer waits for the reader.
    const stored = toStore(state);
    if (stored) assert.deepEqual(plain({ ...fromStore(plain(stored), tool, at(ms)), clock: null }), plain({ ...state, clock: null }));
    assert.ok(ids < 200);
  }
  return { state, seen };
};

test("each tool from its set-up to its summary, each state stored on the way", () => {
  for (const tool of TOOLS) {
    const { state } = walk(tool, { what: "greatest-weakness" });
    assert.equal(state.results.length, state.turns.length, tool);
    const kept = plain(attempts(state));
    const answers = state.turns.filter(({ kind }) => kind === "answer" || kind === "opening" || kind === "cover");
    assert.equal(kept.length, answers.length, tool);
    for (const one of kept) assert.deepEqual([one.tool, one.seed], [tool, SEED]);
    const asked = state.turns.filter(({ kind }) => kind === "follow-up").length;
    assert.equal(kept.reduce((sum, { followUps = [] }) => sum + followUps.length, 0), asked, tool);
  }
});

test("what was stuck comes again once, after the other follow-ups of its question", () => {
  const { state, seen } = walk("follow-up-gauntlet", { count: "2" }, (turn, nth) => (turn.scale === "held" && (nth === 2 || turn.isAgain) ? 0 : 2));
  assert.deepEqual(seen.map(({ kind, isAgain }) => (isAgain ? "again" : kind)).join(" "), "answer follow-up follow-up follow-up follow-up follow-up again answer follow-up follow-up follow-up follow-up follow-up");
  assert.equal(seen[6].text, seen[2].text);
  assert.equal(attempts(state)[0].followUps.find(({ id }) => id === seen[2].id).rating, 0);
});

test("pauses, thirty seconds more, an end before its time, and a corrected rating", () => {
  let state = step(idle, { type: "start", tool: "two-minute-drill", seed: SEED, options: {}, turns: turns(input("two-minute-drill", { length: "60" })), now: at(0) });
  state = step(state, { type: "hold", now: at(5000) });
  state = step(state, { type: "read", now: at(60_000) });
  assert.equal(state.at, "ready");
  state = step(state, { type: "turn", now: at(61_000) });
  state = step(state, { type: "more", now: at(62_000) });
  assert.equal(prepbook.clocks.totalOf(state.clock.plan), 90_000);
  state = step(state, { type: "leave", now: at(63_000) });
  assert.equal(state.at, "leaving");
  state = step(state, { type: "stay", now: at(93_000) });
  assert.equal(prepbook.clocks.show(state.clock, at(94_000)).spent, 3000);
  // Ended without an answer, nothing is left.
  assert.equal(step(step(state, { type: "leave", now: at(95_000) }), { type: "end" }).at, "idle");
  state = step(state, { type: "finish", now: at(95_000), id: "a" });
  state = step(state, { type: "rate", now: at(96_000), rating: 1, rubric: { structure: 2 } });
  state = step(step(state, { type: "leave", now: at(97_000) }), { type: "end" });
  assert.equal(state.at, "done");
  state = step(state, { type: "correct", id: "a", rating: 3 });
  const [kept] = plain(attempts(state));
  assert.deepEqual([kept.rating, kept.rubric, kept.over], [3, { structure: 2 }, 0]);
});

test("after a reload and ten minutes of sleep the time is right; after hours the answer begins anew, and waits", () => {
  let state = step(idle, { type: "start", tool: "two-minute-drill", seed: SEED, options: {}, turns: turns(input("two-minute-drill")), now: at(0) });
  state = step(state, { type: "turn", now: at(1000) });
  state = step(state, { type: "read", now: at(31_000) });
  const stored = plain(toStore(state));
  const slept = fromStore(stored, "two-minute-drill", { wall: NOW + 31_000 + 600_000, steady: 5, origin: 2, wasHidden: false });
  assert.equal(slept.at, "running");
  assert.equal(prepbook.clocks.show(slept.clock, { wall: NOW + 631_000, steady: 5, origin: 2, wasHidden: false }).spent, 630_000);
  const later = fromStore(stored, "two-minute-drill", { wall: NOW + 9e7, steady: 5, origin: 2, wasHidden: false });
  assert.deepEqual([later.at, later.clock.since], ["ready", null]);
  assert.equal(fromStore(stored, "mock-interview", at(0)).at, "idle");
});

test("10,000 broken exercises from a store are taken or refused, and none breaks a step", () => {
  const stored = JSON.stringify(toStore(step(idle, { type: "start", tool: "weakness-test", seed: SEED, options: { what: "greatest-weakness" }, turns: turns(input("weakness-test", { what: "greatest-weakness" })), now: at(0) })));
  const values = [null, -1, 1e99, "", "x", [], {}, true, [null], "__proto__"];
  let taken = 0;
  for (let nth = 0; nth < 10_000; nth++) {
    const dice = random(nth);
    const broken = JSON.parse(stored);
    for (let times = 1 + dice.below(3); times; times--) {
      let place = broken;
      for (let deep = 1 + dice.below(6); deep; deep--) {
        const keys = Object.keys(place);
        if (!keys.length) break;
        const key = keys[dice.below(keys.length)];
        if (deep === 1 || typeof place[key] !== "object" || place[key] === null) {
          place[key] = values[dice.below(values.length)];
          break;
        }
        place = place[key];
      }
    }
    let state = fromStore(broken, "weakness-test", at(1000));
    if (state.at !== "idle") taken++;
    for (const type of ["read", "turn", "finish", "rate", "leave", "end"]) state = step(state, { type, now: at(20_000), id: "x", rating: 0 });
    if (state.at === "done") attempts(state);
  }
  assert.ok(taken > 0 && taken < 9000, `${taken}`);
});
