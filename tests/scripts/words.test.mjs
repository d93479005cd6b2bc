// The words of scripts: none stands in a script itself, each is in every language, and German ones do what English ones do.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, program, repository, rules as spokenRules, script, words } from "./scripts.mjs";

const assets = join(repository, "themes/default/assets");
const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
const read = (name) => readFileSync(join(assets, name), "utf8");
/** What stands between quotes, with values left out; comments hold none. */
const texts = (source) => {
  const code = source.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "").replaceAll(/\bword(ed)?\('[^']+'/g, "word(");
  return Array.from(code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g), ([, one, two, three]) => one ?? two ?? three.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "…"));
};
/** A sentence, a label, or quotes around a value: what a reader would see. Names of errors, keys and classes are none. */
const isSeen = (text) => /^[A-Z][a-z]+( |[.:!?]?$)/.test(text) || /[a-z]{2,} [a-z]{2,}[.:!?]( |$)/.test(text) || /[“”‘]/.test(text);
/** Names of keys, and what is said to programs and who writes them: the schema of kept data, and a fault of an edit. */
const others = ["Enter", "Escape", "Key", "What a reader keeps of a prepbook handbook", "cannot be kept: …"];

test("no script holds a text that a reader sees", () => {
  const found = scripts.flatMap((name) => texts(read(name)).filter((text) => isSeen(text) && !others.includes(text) && !text.startsWith("The file that My data exports")).map((text) => `${name}: ${text}`));
  assert.deepEqual(found, []);
});

test("scripts ask for words that there are, and each of their words is asked for", () => {
  const asked = new Set(scripts.flatMap((name) => Array.from(read(name).matchAll(/\bword(?:ed)?\(\s*'([^']+)'/g), ([, key]) => key)));
  const [english, german] = [words("en"), words("de")].map((all) => Object.keys(all));
  assert.deepEqual(german.toSorted(), english.toSorted());
  assert.deepEqual([...asked].filter((key) => !english.includes(key)), []);
  const groups = readFileSync(join(repository, "themes/default/words/en.yaml"), "utf8").split("# ---------- scripts ----------")[1].match(/^[a-z-]+(?=:$)/gm);
  assert.deepEqual(english.filter((key) => groups.includes(key.split(".")[0]) && !asked.has(key)), []);
});

test("what a listener would notice is found and said in German", () => {
  const rules = spokenRules();
  const { lint } = script("lint.js", {}, words("de"));
  const says = (text, phases = []) => Array.from(lint.lint(text, { phases, rules, language: "de-CH", pace: 145 }), ({ rule, say }) => [rule, say]);
  const part = (id, title, text, from) => ({ id, title, seconds: 60, from, to: from + text.length });

  assert.deepEqual(says("Wir haben es gebaut, und wir waren schnell. Ich half."), [["says-we", "Da steht zweimal „wir“ und einmal „ich“. Sag, was du selbst getan hast."]]);
  assert.deepEqual(says("Es war nicht meine Schuld."), [["blame", "„nicht meine Schuld“ klingt nach Schuldzuweisung. Sag in einem sachlichen Satz, was die anderen getan haben, und dann, was du hättest ändern können."]]);
  const result = "Danach lief es.";
  const written = says(result, [part("result", "Ergebnis", result, 0), { ...part("lesson", "Lehre", "", result.length), to: result.length }]);
  assert.deepEqual(written, [
    ["no-figure", "In „Ergebnis“ steht keine Zahl. Nenne eine, mit Einheit."],
    ["no-lesson", "Ein Ergebnis steht da, aber noch nichts unter „Lehre“. Sag, was du seitdem anders machst."],
  ]);
});

test("in a German handbook scripts are sent in German, and ask for nothing by a key", () => {
  const root = folder();
  cpSync(join(repository, "content"), join(root, "content"), { recursive: true });
  const settings = join(root, "content/handbook.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace(/^language: .*$/m, "language: de-AT"));
  execFileSync(program, ["--root", root, "-q", "build", "-o", join(root, "site")]);
  const sent = readdirSync(join(root, "site/assets")).filter((name) => name.endsWith(".js")).map((name) => readFileSync(join(root, "site/assets", name), "utf8")).join("\n");
  assert.doesNotMatch(sent, /\bword(ed)?\(["'][a-z-]+\.[a-z-]+["']/);
  const [english, german] = [words("en"), words("de")].map((all) => Object.values(all).flatMap((message) => (typeof message === "string" ? [message] : Object.values(message))));
  const foreign = english.filter((text) => / .* /.test(text.replaceAll(/\{.*?\}/g, "")) && !german.includes(text));
  assert.ok(foreign.length > 200);
  assert.deepEqual(foreign.filter((text) => sent.includes(JSON.stringify(text))), []);
  assert.ok(sent.includes('"Für heute ist alles getan.'));
});

test("a rating in a sentence is quoted: it is a label, no word of the sentence", () => {
  for (const language of ["en", "de"]) {
    const all = Object.entries(words(language)).flatMap(([key, message]) => (typeof message === "string" ? [message] : Object.values(message)).map((text) => [key, text]));
    const bare = all.filter(([, text]) => /\.$/.test(text) && text.replaceAll(/[“„]\{\w+\}[”“]/g, "").match(/\{(rating|long|brief)\}/));
    assert.deepEqual(bare, [], language);
  }
});
