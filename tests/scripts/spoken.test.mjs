// What counts about something that was said: pace, fillers, "I" and "we", figures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rules as spokenRules, script } from "./scripts.mjs";

const rules = spokenRules();
const { spoken } = script("spoken.js", script("lint.js"));
const measure = (text, ms = 60_000, language = "en") => JSON.parse(JSON.stringify(spoken.measure(text, { rules, language, ms })));

test("pace is the words of the minute that was spoken, and none of what is too short to tell", () => {
  assert.equal(measure("word ".repeat(150), 60_000).pace, 150);
  assert.equal(measure("word ".repeat(150), 90_000).pace, 100);
  assert.equal(measure("word ".repeat(150), 9_999).pace, null);
  assert.equal(measure("word ".repeat(9)).pace, null);
  assert.equal(measure("").words, 0);
  const { least, most } = rules.pace;
  assert.deepEqual([least - 1, least, most, most + 1].map((pace) => spoken.paceIn(pace, rules)), ["slow", "easy", "easy", "fast"]);
});

test("fillers are counted as whole words, in any case and however they are spaced, the most frequent first", () => {
  const { fillers } = measure("Um, so, you know, I was, you  know, uh, umbrella. YOU KNOW? The summer.");
  assert.deepEqual(fillers, [{ word: "you know", times: 3 }, { word: "um", times: 1 }, { word: "uh", times: 1 }, { word: "so", times: 1 }]);
  assert.deepEqual(measure("I held it, and I said why.").fillers, []);
});

test("“so” and “like” count where they only fill: as a sentence begins, and between commas", () => {
  const counted = (text, language = "en") => Object.fromEntries(measure(text, 60_000, language).fillers.map(({ word, times }) => [word, times]));
  assert.deepEqual(counted("So I looked. So, we had a model. It was, like, slow… So nobody came! Like, 3 days."), { so: 3, like: 2 });
  assert.deepEqual(counted("“So we began.”\nSo it went; it was so, so slow, so, well, we stopped."), { so: 3, well: 1 });
  // Where they mean something they are none.
  assert.deepEqual(counted("So that nobody waits, I did it. So far it holds. Like this one, it broke. I like it so much, like everybody. They did so. Right now it runs. Well before that, all was well."), {});
  assert.deepEqual(counted("Something so-so. Also likely so."), {});
  assert.deepEqual(counted("Also ich habe gemessen. So, dann lief es. Das war, ja, gut. So kam es, so dass es hielt. Ich war auch so, also knapp. Gut war es nicht.", "de"), { also: 1, so: 1, ja: 1 });
  assert.deepEqual(counted("Also that ran, so to say.", "de"), { also: 1 });
  // A rule for each language of the interface.
  for (const [tag, { loose }] of Object.entries(rules.languages)) assert.ok(Object.keys(loose).length > 4, tag);
});

test("“I” and “we” are counted as the compiler counts them, by the language", () => {
  const { singular, plural, names } = measure("I'm sure we did it. We, that is I, measured. wei I.");
  assert.deepEqual([singular, plural, names], [3, 2, ["I", "we"]]);
  const german = measure("Ähm, wir haben gemessen, und ich habe entschieden.", 60_000, "de");
  assert.deepEqual([german.singular, german.plural, german.fillers], [1, 1, [{ word: "ähm", times: 1 }]]);
  const unknown = measure("um I we", 60_000, "fr");
  assert.deepEqual([unknown.names, unknown.fillers], [null, []]);
});

test("figures are found with their signs, and only where they are said", () => {
  assert.deepEqual(measure("From 40 % to 18%, in 3 weeks: €1,200.50 saved, 2.5k users, 10x.").figures, ["40 %", "18%", "3", "€1,200.50", "2.5k", "10"]);
  assert.deepEqual(measure("Version v2 of B2B.").figures, []);
});

test("German has fillers, persons, blame and lessons of its own", () => {
  const text = "Äh, das war halt, sag ich mal, im Grunde knapp. Wir haben’s geprüft, ich habe entschieden. ÄHM, oder so.";
  const { fillers, singular, plural, names } = measure(text, 60_000, "de-AT");
  assert.deepEqual(fillers.map(({ word }) => word).sort(), ["halt", "im grunde", "oder so", "sag ich mal", "äh", "ähm"]);
  assert.deepEqual([singular, plural, names], [2, 1, ["ich", "wir"]]);
  // A language that the rules do not know has figures and pace alone.
  const other = measure("Euh, on a gagné 3 points.", 60_000, "fr");
  assert.deepEqual([other.fillers, other.names, other.figures], [[], null, ["3"]]);
});
