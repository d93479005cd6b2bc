// How a weak answer is cut into phrases, and what of the interviewer's marks the reader has found.
import assert from "node:assert/strict";
import { test } from "node:test";
import { random, script } from "./scripts.mjs";

const { diagnosis } = script("diagnose.js");
const plain = (value) => JSON.parse(JSON.stringify(value));

test("a phrase ends where one breathes, and phrases lose no word", () => {
  const text = "We shipped it, in 3 weeks. “Why?” he asked – nobody knew: it just worked… at 4.3 of 1,000.";
  const words = plain(diagnosis.phrasesOf(text)).map(({ from, to }) => text.slice(from, to).trim());
  assert.deepEqual(words, ["We shipped it,", "in 3 weeks.", "“Why?”", "he asked –", "nobody knew:", "it just worked… at 4.3 of 1,000."]);
  const dice = random(7);
  for (let nth = 0; nth < 500; nth++) {
    const made = Array.from({ length: dice.below(40) }, () => "ab ,.;:!?–— “”"[dice.below(15)]).join("");
    const letters = (one) => one.replace(/[^ab]/g, "");
    assert.equal(plain(diagnosis.phrasesOf(made)).map(({ from, to }) => letters(made.slice(from, to))).join(""), letters(made));
  }
  assert.deepEqual(plain(diagnosis.phrasesOf("")), []);
});

test("a mark is found by any phrase that shares a letter with it; the others are missed, and the rest is extra", () => {
  const marks = [{ number: 1, from: 0, to: 10 }, { number: 2, from: 20, to: 30 }];
  const judged = (...chosen) => plain(diagnosis.judge(chosen.map(([from, to]) => ({ from, to })), marks));
  assert.deepEqual(judged(), { found: [], missed: [1, 2], extra: [] });
  assert.deepEqual(judged([9, 15]), { found: [1], missed: [2], extra: [] });
  assert.deepEqual(judged([10, 20]), { found: [], missed: [1, 2], extra: [{ from: 10, to: 20 }] });
  assert.deepEqual(judged([0, 40]), { found: [1, 2], missed: [], extra: [] });
});
