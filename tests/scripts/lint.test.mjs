// What is told of a text that a reader writes: the same counts as those of the compiler, and findings with their places.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { random, repository, rules as spokenRules, script } from "./scripts.mjs";

const { lint } = script("lint.js");
const rules = spokenRules();
const own = (value) => JSON.parse(JSON.stringify(value));
const words = (number, one = "word") => Array(number).fill(one).join(" ");
const STARL = [["situation", 15], ["task", 15], ["action", 60], ["result", 15], ["lesson", 15]];
/** A text of parts, and what is told of it. */
const look = (parts, { language = "en", shape = STARL, pace = 145 } = {}) => {
  let text = "";
  const phases = shape.map(([id, seconds]) => {
    const from = text.length;
    text += parts[id] ?? "";
    const phase = { id, title: id[0].toUpperCase() + id.slice(1), seconds, from, to: text.length };
    text += "\n\n";
    return phase;
  });
  const findings = own(lint.lint(text, { phases, rules, language, pace }));
  return { text, findings, rules: findings.map(({ rule }) => rule), of: (rule) => findings.filter((one) => one.rule === rule).map(({ ranges }) => ranges.map(([from, to]) => text.slice(from, to)))[0] };
};
const good = { situation: `I ran it. ${words(30)}`, task: `It was mine. ${words(30)}`, action: `I measured. ${words(130)}`, result: "The error fell by 40 % in May.", lesson: "I now check the split first." };

test("words, persons and figures are counted as the compiler counts them", () => {
  for (const { text, language, ...counted } of JSON.parse(readFileSync(join(repository, "tests/spoken.json"), "utf8"))) {
    assert.deepEqual(own(lint.count(text, rules, language)), counted, text);
  }
  assert.equal(lint.seconds(290, 145), 120);
  assert.equal(lint.seconds(145, 145), 60);
});

test("a good answer is left alone, and so is an empty page", () => {
  assert.deepEqual(look(good).rules, []);
  assert.deepEqual(look({}).rules, []);
  assert.deepEqual(own(lint.lint("", { phases: [], rules, language: "en", pace: 145 })), []);
});

test("who has just begun to write is told nothing", () => {
  assert.deepEqual(look({ situation: "We had a model in production" }).rules, ["says-we"]);
  assert.deepEqual(look({ situation: `I ran it. ${words(30)}` }).rules, []);
});

test("a set-up beyond a quarter is marked from there on, also before the rest is written", () => {
  const long = { ...good, situation: `I ran it. ${words(90)} end` };
  assert.deepEqual(look(long).rules, ["opening-too-long"]);
  assert.match(look(long).of("opening-too-long")[0], /^word .* end$/s);
  assert.deepEqual(look({ situation: `I ran it. ${words(60)}` }).rules, ["opening-too-long"]);
  // Only a story opens with a situation.
  assert.ok(!look({ clarify: `I asked. ${words(60)}` }, { shape: [["clarify", 60], ["iterate", 60]] }).rules.includes("opening-too-long"));
});

test("parts and the whole are held against the plan", () => {
  assert.deepEqual(look({ ...good, result: `It fell by 40 %. ${words(70)} end` }).rules, ["part-too-long"]);
  const whole = look({ ...good, action: `I measured. ${words(300)} end` });
  assert.deepEqual(whole.rules, ["part-too-long", "too-long"]);
  assert.match(whole.of("too-long")[0], /check the split first\.$/);
  const short = look({ situation: "I ran it.", task: "Mine.", action: "I measured 4 things.", result: "It fell by 40 %.", lesson: "I now check." });
  assert.deepEqual(short.rules, ["too-short"]);
});

test("we, blame, a result without a figure and no lesson are told with their phrases and red flags", () => {
  const we = look({ ...good, action: `We’ve met; then (we) went, and we decided. ${words(130)}`, situation: words(30), result: "We won 3 of them." });
  assert.deepEqual(we.of("says-we"), ["We", "we", "we", "We"]);
  assert.deepEqual(we.findings.find(({ rule }) => rule === "says-we").flags, ["no-own-decision", "solo-heroics"]);
  const blame = look({ ...good, task: `It wasn’t my fault; they dropped  the ball. ${words(20)}` });
  assert.deepEqual(blame.of("blame"), ["wasn’t my fault", "dropped  the ball"]);
  assert.deepEqual(blame.findings[0].flags, ["blaming-others"]);
  assert.match(blame.findings[0].say, /^“wasn’t my fault” and “dropped  the ball” sound like blame\./);
  // However many stand in one sentence, each is marked and told, and what is said twice is told once.
  const several = look({ ...good, task: `They were useless, lazy and had no idea, lazy and useless. ${words(20)}` });
  assert.deepEqual(several.of("blame"), ["useless", "lazy", "had no idea", "lazy", "useless"]);
  assert.match(several.findings[0].say, /^“useless”, “lazy” and “had no idea” sound like blame\./);
  for (const phrase of Object.values(rules.languages).flatMap(({ blame }) => blame)) {
    const language = rules.languages.de.blame.includes(phrase) ? "de" : "en";
    const both = look({ ...good, task: `Da ${phrase}, und ${phrase}. ${words(20)}` }, { language });
    assert.equal(both.of("blame").length, 2, phrase);
  }
  assert.deepEqual(look({ ...good, task: `The lazybones was mine. ${words(20)}` }).rules, []);
  assert.deepEqual(look({ ...good, result: "The error fell a lot." }).of("no-figure"), ["The error fell a lot."]);
  assert.deepEqual(look({ ...good, lesson: "" }).of("no-lesson"), ["May."]);
  const star = STARL.slice(0, 4);
  assert.deepEqual(look(good, { shape: star }).rules, ["no-lesson"]);
  assert.deepEqual(look({ ...good, result: "It fell by 40 %. Since then I check the split." }, { shape: star }).rules, []);
});

test("German has its own words; other languages have none and are still timed", () => {
  const text = { situation: "Wir hatten ein Modell, und wir waren müde. Es war seine Schuld.", result: "Es wurde besser." };
  assert.deepEqual(look(text, { language: "de-AT" }).rules.sort(), ["blame", "no-figure", "no-lesson", "says-we"]);
  assert.deepEqual(look(text, { language: "de" }).of("says-we"), ["Wir", "wir"]);
  assert.deepEqual(look({ ...text, action: words(500) }, { language: "fr" }).rules.sort(), ["no-figure", "part-too-long", "too-long"]);
});

test("any text gives findings whose ranges lie in it, in order, and each rule at most once a part", () => {
  const pieces = ["I", "we", "We’ve", "not my fault", "40", "%", "lazy", "since then", "\n", "–", "öde", "💥", "word", "word word word word"];
  for (let seed = 0; seed < 2_000; seed++) {
    const { below } = random(seed);
    const parts = Object.fromEntries(STARL.map(([id]) => [id, Array.from({ length: below(60) }, () => pieces[below(pieces.length)]).join(" ")]));
    const { text, findings } = look(parts, { language: ["en", "de", "fr"][below(3)], pace: 100 + below(100) });
    const firsts = findings.map(({ ranges }) => ranges[0][0]);
    assert.deepEqual(firsts, firsts.toSorted((one, other) => one - other));
    for (const { rule, ranges, say, flags } of findings) {
      assert.ok(Object.hasOwn(rules.flags, rule) && Array.isArray(flags) && say);
      assert.ok(ranges.length > 0);
      for (const [from, to] of ranges) assert.ok(from >= 0 && from < to && to <= text.length && text.slice(from, to).trim(), `${seed} ${rule}`);
    }
    assert.equal(new Set(findings.map(({ rule, ranges }) => `${rule} ${ranges[0]}`)).size, findings.length);
  }
});
