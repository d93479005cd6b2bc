// Which questions come: fair by property, over 10,000 seeds, and the same again for the same seed.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { practiceData, random, repository, script } from "./scripts.mjs";

const { seedOf, readSeed, chance, shuffled, weightOf, recent, draw } = script("select.js").draws;
const SEEDS = 10_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 30, 9);
const seedAt = (nth) => seedOf([nth, nth >> 5, nth >> 10, nth >> 15, 7, 9]);
let questions;
before(() => (questions = practiceData(repository).questions));
const ids = (list) => list.map(({ id }) => id);
const themesOf = (list) => new Set(list.map(({ theme }) => theme)).size;

test("a seed is six digits that nobody confuses", () => {
  assert.equal(seedOf([0, 10, 20, 31, 32, 63]), "0AMZ0Z");
  assert.equal(readSeed(" k7q-2mx"), "K7Q2MX");
  assert.equal(readSeed("oil0LI"), "011011");
  for (const wrong of ["", "K7Q2M", "K7Q2MXX", "K7Q2MU", "K7Q2M!"]) assert.equal(readSeed(wrong), null, wrong);
  const seen = new Set(Array.from({ length: SEEDS }, (_, nth) => seedAt(nth)));
  assert.equal(seen.size, SEEDS);
});

test("chance is even and repeats", () => {
  assert.deepEqual(Array.from({ length: 5 }, chance("K7Q2MX")), Array.from({ length: 5 }, chance("K7Q2MX")));
  const counts = Array(10).fill(0);
  for (let nth = 0; nth < SEEDS; nth++) counts[Math.floor(chance(seedAt(nth))() * 10)]++;
  for (const count of counts) assert.ok(Math.abs(count - SEEDS / 10) < 150, `${counts}`);
  assert.deepEqual([...shuffled([1, 2, 3, 4, 5], chance("A"))].sort(), [1, 2, 3, 4, 5]);
});

test("the weights are those of the reader's own ratings, of time, of companies and of stars", () => {
  const question = { companies: ["amazon"] };
  const at = (rating, days, more = {}) => weightOf(question, { rating, last: new Date(NOW - days * DAY).toISOString(), ...more }, [], NOW);
  assert.deepEqual([0, 1, 2, 3].map((rating) => at(rating, 0)), [4, 3, 1.2, 0.6]);
  assert.equal(at(undefined, 0), 2.5);
  assert.equal(at(1, 7), 6);
  assert.equal(at(1, 70), 9);
  assert.equal(weightOf(question, {}, [], NOW), 7.5);
  assert.equal(weightOf(question, {}, ["amazon"], NOW), 11.25);
  assert.ok(Math.abs(at(0, 0, { star: true }) - 5.2) < 1e-9);
});

/** A reader by chance. */
const reader = (dice) => {
  const states = {};
  for (const { id } of questions) {
    if (dice.below(3) === 0) continue;
    states[id] = { last: new Date(NOW - dice.below(40) * DAY).toISOString(), ...(dice.below(4) && { rating: dice.below(4) }), ...(dice.below(9) === 0 && { star: true }) };
  }
  return states;
};

test("over 10,000 seeds: as many as asked for, each once, no theme too often, no two of one side by side, and the same again", () => {
  for (let nth = 0; nth < SEEDS; nth++) {
    const dice = random(nth);
    const count = 1 + dice.below(12);
    const states = reader(dice);
    const pool = dice.below(3) ? questions : questions.filter(() => dice.below(2));
    const given = { questions: pool, count, seed: seedAt(nth), now: NOW, states, targets: dice.below(2) ? ["amazon"] : [] };
    const drawn = draw(given);
    assert.equal(drawn.length, Math.min(count, pool.length), `seed ${nth}`);
    assert.equal(new Set(ids(drawn)).size, drawn.length, `seed ${nth}`);
    const cap = Math.ceil(count / themesOf(pool)) + 1;
    for (const { theme } of drawn) assert.ok(drawn.filter((one) => one.theme === theme).length <= cap, `seed ${nth}: ${theme}`);
    const most = Math.max(...drawn.map(({ theme }) => drawn.filter((one) => one.theme === theme).length));
    if (most * 2 <= drawn.length) for (let at = 1; at < drawn.length; at++) assert.notEqual(drawn[at].theme, drawn[at - 1].theme, `seed ${nth}: ${drawn.map(({ theme }) => theme)}`);
    if (nth % 20 === 0) assert.deepEqual(ids(draw(given)), ids(drawn));
  }
});

test("what is weaker is never rarer than what is stronger", () => {
  // Four alike questions but for their ratings, of one theme each among many others.
  const alike = questions.slice(0, 44).map((question, nth) => ({ ...question, theme: `theme-${nth % 11}`, companies: [] }));
  const last = new Date(NOW - 20 * DAY).toISOString();
  const states = Object.fromEntries(alike.map(({ id }, nth) => [id, { last, ...(nth % 4 < 4 && { rating: nth % 4 }) }]));
  const counts = [0, 0, 0, 0];
  for (let nth = 0; nth < SEEDS; nth++) for (const { id } of draw({ questions: alike, count: 10, seed: seedAt(nth), now: NOW, states })) counts[states[id].rating]++;
  for (let rating = 1; rating < 4; rating++) assert.ok(counts[rating - 1] > counts[rating], `${counts}`);
});

test("the weakest comes first, and the last one is a strong one", () => {
  let strong = 0;
  for (let nth = 0; nth < 1000; nth++) {
    const states = reader(random(nth));
    const drawn = draw({ questions, count: 10, seed: seedAt(nth), now: NOW, states });
    const weights = drawn.map(({ id }) => [4, 3, 1.2, 0.6][states[id]?.rating] ?? 2.5);
    if (weights.at(-1) === Math.min(...weights)) strong++;
    assert.ok(weights[0] >= weights.at(-1), `seed ${nth}: ${weights}`);
  }
  assert.ok(strong > 990, `${strong}`);
});

/** Drills on one day after the other, none rated. */
const drills = (start, how) => {
  const states = {};
  const attempts = [];
  for (let day = 0; day < how; day++) {
    const at = new Date(NOW + day * DAY).toISOString();
    const seed = seedOf([start, start >> 5, start >> 10, day, day >> 5, 3]);
    const before = recent(attempts, "two-minute-drill");
    const drawn = draw({ questions, count: 10, seed, now: NOW + day * DAY, states, attempts, tool: "two-minute-drill" });
    for (const { id } of drawn) {
      assert.ok(!before.has(id), `seed ${start}, day ${day}: ${id} again`);
      states[id] = { last: at };
      attempts.push({ id: `${day} ${id}`, tool: "two-minute-drill", seed, question: id, startedAt: at });
    }
  }
  return new Set(Object.keys(states));
};
test("every question comes within 40 neutral drills, and none of the last two sessions", () => {
  for (let start = 0; start < 250; start++) assert.equal(drills(start, 40).size, questions.length, `seed ${start}`);
});

test("a pool that is short is used all the same", () => {
  const few = questions.filter(({ theme }) => theme === questions[0].theme).slice(0, 4);
  const attempts = few.map(({ id }) => ({ id, tool: "x", seed: "A", question: id, startedAt: "2026-11-29T00:00:00.000Z" }));
  assert.equal(draw({ questions: few, count: 10, seed: "K7Q2MX", now: NOW, attempts, tool: "x" }).length, 4);
  assert.equal(draw({ questions: [], count: 10, seed: "K7Q2MX", now: NOW }).length, 0);
});
