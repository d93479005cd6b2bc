// The calendar file, read by another program: its events, their alarms, and what becomes of them after a change.
import assert from "node:assert/strict";
import { test } from "node:test";
import ICAL from "ical.js";
import { random, script } from "./scripts.mjs";

const prepbook = script("schedule.js", script("due.js"));
const { calendar } = script("calendar.js", prepbook);
const { addDays } = prepbook.schedule;
const checkpoint = (id, day, title = `Title; of, ${id}`) => ({ id, day, moment: id, title, url: `plan/${id}/index.html`, minutes: 55, tasks: [{ id: "a", text: "Say it aloud, then; again\\", minutes: 5 }, { id: "b", text: "Zähle „zehn“ 🙂 ".repeat(12), minutes: 5 }], questions: [] });
const handbook = { title: "A handbook", checkpoints: [checkpoint("day-0", 0), checkpoint("day-3", 3), checkpoint("day-7", 7), checkpoint("day-14", 14), checkpoint("night-before", null)] };
const plan = (days, more = {}) => ({ id: "k7q2", start: "2026-11-02", interview: addDays("2026-11-02", days), minutes: 45, time: "18:30", ...more });
const file = (plan, today = plan.start, home = "https://example.org/book/index.html") => calendar({ handbook, plan, now: "2026-11-02T09:00:00.000Z", today, home });
const events = (text) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));

test("it has an event a checkpoint, at the reader's own time, with an alarm and the way to the page", () => {
  const all = events(file(plan(20)));
  assert.deepEqual(all.map(({ startDate }) => startDate.toString()), ["2026-11-02", "2026-11-05", "2026-11-09", "2026-11-16", "2026-11-21"].map((day) => `${day}T18:30:00`));
  const [first] = all;
  assert.equal(first.startDate.zone, ICAL.Timezone.localTimezone);
  assert.equal(first.duration.toString(), "PT45M");
  assert.equal(all[4].duration.toString(), "PT55M");
  assert.equal(first.summary, "Title; of, day-0");
  assert.equal(first.description, `- Say it aloud, then; again\\\n- ${"Zähle „zehn“ 🙂 ".repeat(12)}`);
  assert.equal(first.component.getFirstPropertyValue("url"), "https://example.org/book/plan/day-0/index.html");
  const [alarm] = first.component.getAllSubcomponents("valarm");
  assert.equal(alarm.getFirstPropertyValue("action"), "DISPLAY");
  assert.equal(alarm.getFirstPropertyValue("trigger").toString(), "-PT10M");
});

test("read again after a change, it moves its events: same names, higher numbers, none besides", () => {
  const calendarOf = new Map();
  const read = (text) => {
    for (const event of events(text)) {
      const known = calendarOf.get(event.uid);
      if (!known || event.sequence >= known.sequence) calendarOf.set(event.uid, event);
    }
    return [...calendarOf.values()].filter(({ component }) => component.getFirstPropertyValue("status") !== "CANCELLED").map(({ startDate }) => startDate.toString().slice(0, 10)).sort();
  };
  assert.equal(read(file(plan(20))).length, 5);
  assert.equal(read(file(plan(20))).length, 5);
  // Fewer days: what has no day of its own any more is called off.
  assert.deepEqual(read(file(plan(5, { sequence: 1 }))), ["2026-11-02", "2026-11-04", "2026-11-05", "2026-11-06"]);
  assert.deepEqual(read(file(plan(20, { sequence: 2 }))), ["2026-11-02", "2026-11-05", "2026-11-09", "2026-11-16", "2026-11-21"]);
  for (let seed = 0; seed < 500; seed++) {
    const dice = random(seed);
    const { interview, start } = plan(dice.below(60));
    const expected = new Set(prepbook.schedule.pointsOf(handbook.checkpoints, { start, interview }).map(({ date }) => date));
    assert.deepEqual(read(file(plan(0, { interview, sequence: 3 + seed }))), [...expected].sort(), `seed ${seed}`);
  }
});

test("lines end and break as the standard has it", () => {
  const text = file(plan(20));
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
  for (const line of text.split("\r\n")) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(!/[\n\r\ufffd]/.test(line), line);
  }
});

test("what is over has no alarm, and pages from the disk have no address", () => {
  const late = events(file(plan(20), "2026-11-10"));
  assert.deepEqual(late.map(({ component }) => component.getAllSubcomponents("valarm").length), [0, 0, 0, 1, 1]);
  assert.ok(!file(plan(20), "2026-11-02", "file:///book/index.html").includes("URL:"));
});

test("at the turn of a year and when clocks are set back, events keep their time of day", () => {
  for (const start of ["2026-12-28", "2026-03-27", "2026-10-23", "2028-02-27"]) {
    const all = events(file(plan(0, { start, interview: addDays(start, 20) })));
    assert.deepEqual(all.map(({ startDate }) => startDate.toString()), [0, 3, 7, 14, 19].map((days) => `${addDays(start, days)}T18:30:00`));
  }
});
