// What pictures show, before they are drawn.
import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./scripts.mjs";

const { picture } = script("picture.js");
const { planPicture } = script("plan-picture.js", { picture });
const { pictures } = script("pictures.js", { picture });
const plain = (value) => JSON.parse(JSON.stringify(value));
const near = (value, wanted) => assert.ok(Math.abs(value - wanted) < 1e-9, `${value} is not ${wanted}`);

test("the days of a plan fill its width, work and talk fit its height, and labels stand apart", () => {
  const plan = { start: "2026-11-02", interview: "2026-11-12", minutes: 40 };
  const day = (nth, minutes, isNight = false) => ({ date: `2026-11-${String(2 + nth).padStart(2, "0")}`, tasks: [], minutes, isNight });
  const points = [[0, "Day 0"], [2, "Day 3"], [3, "Day 7"], [9, "Night before"]].map(([nth, moment]) => ({ date: day(nth).date, checkpoint: { moment }, isDone: false }));
  const view = { days: [...Array.from({ length: 9 }, (_, nth) => day(nth, 10 * nth)), day(9, 60, true)], points };
  const { days, end } = plain(planPicture.daysOf(view, plan));
  near(end, 10 / 11);
  for (const [nth, { from, width, work, talk }] of days.entries()) {
    near(from, nth / 11);
    near(width, 1 / 11);
    assert.ok(work >= 0 && talk >= 0 && work + talk <= 1 + 1e-9);
  }
  assert.equal(days[9].talk, 0);
  assert.deepEqual(days.map(({ label }) => label), ["Today", "", "Day 3", "Day 7", "", "", "", "", "", ""]);
  // On a phone its letters take a larger share.
  assert.deepEqual(days.filter(({ label, needsRoom }) => label && !needsRoom).map(({ label }) => label), ["Today", "Day 3"]);
  assert.deepEqual(days.filter(({ moment }) => moment).map(({ moment }) => moment), ["Day 0", "Day 3", "Day 7", "Night before"]);
  assert.equal(planPicture.daysOf(view, { ...plan, open: true }).end, null);
});

test("the last five tries in this shape stand above the model, on one scale; a single one shows nothing", () => {
  const parts = [["Situation", 10], ["Action", 50]].map(([title, seconds]) => ({ title, letter: "", step: "s2", ms: 60_000, told: seconds * 1000 }));
  const attempt = (nth, lengths) => ({ id: `${nth}`, startedAt: `2026-11-0${nth}T10:00:00.000Z`, ms: lengths.reduce((sum, one) => sum + one, 0), parts: lengths });
  assert.deepEqual(plain(pictures.takesOf([attempt(1, [1000, 2000])], parts)), []);
  const tries = [3, 1, 2, 5, 4, 6].map((nth) => attempt(nth, [10_000 * nth, 20_000]));
  const rows = plain(pictures.takesOf([...tries, attempt(7, [1, 2, 3]), { id: "8", startedAt: "2026-11-08T10:00:00.000Z" }], parts));
  assert.deepEqual(rows.map(({ at }) => at.slice(8, 10)), ["02", "03", "04", "05", "06", ""]);
  near(rows[4].shares[0] + rows[4].shares[1], 1);
  near(rows[5].shares[1], 50 / 80);
  assert.equal(rows[5].total, 60_000);
});

test("themes stand from the weakest on, their ratings in the order of time", () => {
  const handbook = { questions: [["a", "x"], ["b", "y"]].map(([id, theme]) => ({ id, theme })), themes: ["x", "y", "z"].map((id) => ({ id, title: id, url: id })) };
  const at = (day) => `2026-11-${day}T00:00:00.000Z`;
  const attempts = [["a", 0, "01"], ["b", 1, "02"], ["a", 3, "11"], ["gone", 3, "05"], ["b", undefined, "06"]].map(([question, rating, day], nth) => ({ id: `${nth}`, question, rating, startedAt: at(day) }));
  const rows = plain(pictures.themesOf(handbook, attempts, Date.parse(at("21"))));
  assert.deepEqual(rows.map(({ title, mean }) => [title, mean]), [["y", 1], ["x", 1.5]]);
  assert.deepEqual(rows[1].dots, [{ x: 0, y: 0 }, { x: 0.5, y: 1 }]);
  assert.deepEqual(plain(pictures.themesOf(handbook, [], 0)), []);
});
