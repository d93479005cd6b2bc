// What stories cover, what is said about it, and which is told in which round: without a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { random, script } from "./scripts.mjs";

const { stories } = script("stories.js");
const own = (value) => JSON.parse(JSON.stringify(value));
const topics = ["failure", "ethics", "teamwork", "growth"].map((id) => ({ id, title: id[0].toUpperCase() + id.slice(1), url: `themes/${id}/` }));
const look = (bank, questions = {}, rows = topics) => own(stories.findings(stories.map(bank, rows), bank, questions, "2026-11-30"));

test("a row is a gap, has a single story or several", () => {
  const bank = { b: { title: "B", fit: { failure: 3, ethics: 1 } }, a: { title: "A", fit: { failure: 2 }, principles: ["teamwork"] } };
  const { rows, stories: columns } = own(stories.map(bank, topics));
  assert.deepEqual(columns.map(({ id, fits, first }) => [id, fits, first]), [["a", [2, 0, 2, 0], 1], ["b", [3, 1, 0, 0], 1]]);
  assert.deepEqual(rows.map(({ id, best, cover, choice }) => [id, best, cover, choice]), [["failure", 3, "several", 1], ["ethics", 1, "gap", -1], ["teamwork", 2, "single", 0], ["growth", 0, "gap", -1]]);
});

test("an empty bank has no findings, nor a map of it any choice", () => {
  assert.deepEqual(look({}), []);
  assert.ok(stories.map({}, topics).rows.every(({ cover, choice }) => cover === "gap" && choice === -1));
  assert.deepEqual(own(stories.map({ a: { title: "A" } }, [])), { stories: [{ id: "a", title: "A", fits: [], first: 0, isOverused: false }], rows: [] });
});

test("each finding is a sentence with one action", () => {
  const all = { failure: 3, ethics: 3, teamwork: 3, growth: 3 };
  const found = look({ a: { title: "The outage", fit: all, when: "2024-10" }, b: { title: "B", numbers: ["40 %"] } });
  assert.deepEqual(found.map(({ kind, story, topic }) => [kind, story ?? topic]), [["thin", undefined], ["overuse", "a"], ["single", "failure"], ["old", "a"], ["no-numbers", "a"], ["single", "ethics"], ["single", "teamwork"], ["single", "growth"]]);
  for (const { say, action } of found) assert.ok(/^[A-Z“].*\.$/.test(say) && action, say);
  assert.equal(found[0].say, "You have 2 stories; a day of interviews asks for six to eight.");
  // Two years old, to the month, is not yet old.
  assert.ok(!look({ a: { title: "A", fit: all, when: "2024-11", numbers: ["1"] } }).some(({ kind }) => kind === "old"));
});

test("a story that answers too many questions is told", () => {
  const bank = Object.fromEntries(["a", "b", "c", "d", "e"].map((id) => [id, { title: id, numbers: ["1"], fit: Object.fromEntries(topics.map(({ id: topic }) => [topic, 2])) }]));
  const questions = Object.fromEntries(Array.from({ length: 10 }, (_, nth) => [`q${nth}`, { stories: [nth < 4 ? "a" : ["b", "c", "d"][nth % 3]] }]));
  assert.deepEqual(look(bank, questions).map(({ kind, story }) => [kind, story]), [["overuse", "a"]]);
  questions.q3.stories = ["e"];
  assert.deepEqual(look(bank, questions), []);
});

test("beats stand under ids or first letters, and those of another shape are not lost", () => {
  const star = { id: "star", title: "STAR", parts: ["situation", "task", "action", "result"].map((id) => ({ id, title: id, seconds: 15, ask: "" })) };
  const told = stories.parts({ title: "A", beats: { s: "It was night.", task: "Mine.", lesson: "I check.", empty: " " } }, star);
  assert.deepEqual(own(told.map(({ id, text }) => [id, text])), [["situation", "It was night."], ["task", "Mine."], ["action", ""], ["result", ""], ["lesson", "I check."]]);
});

// ---------- the loop ----------

/** The best sum, and with it the most topics, tried one by one. */
const best = (fits, used = 0, nth = 0) => {
  if (nth === fits.length) return [0, 0];
  let found = best(fits, used, nth + 1);
  fits[nth].forEach((fit, story) => {
    if (!fit || used & (1 << story)) return;
    const [sum, told] = best(fits, used | (1 << story), nth + 1);
    if (sum + fit > found[0] || (sum + fit === found[0] && told + 1 > found[1])) found = [sum + fit, told + 1];
  });
  return found;
};

test("no loop tells a story twice or one that does not fit, and none could fit better", () => {
  for (let seed = 0; seed < 10_000; seed++) {
    const { below } = random(seed);
    const count = below(6);
    const rounds = Array.from({ length: 1 + below(3) }, () => Array.from({ length: below(3) }, () => Array.from({ length: count }, () => below(4))));
    const told = stories.assign(rounds);
    assert.deepEqual(own(told.map((round) => round.length)), rounds.map((round) => round.length));
    const places = told.flat().filter((place) => place >= 0);
    assert.equal(new Set(places).size, places.length, `${seed}`);
    const fits = rounds.flat();
    const got = told.flat().map((place, nth) => (place < 0 ? 0 : fits[nth][place]));
    assert.ok(told.flat().every((place, nth) => place < 0 || fits[nth][place] > 0), `${seed}`);
    assert.deepEqual([got.reduce((sum, one) => sum + one, 0), places.length], best(fits), `${seed}`);
  }
});

test("the map suggests each story for two topics at most, and only where it fits well", () => {
  for (let seed = 0; seed < 2_000; seed++) {
    const { below } = random(seed);
    const bank = Object.fromEntries(Array.from({ length: below(6) }, (_, nth) => [`s${nth}`, { title: "", fit: Object.fromEntries(topics.map(({ id }) => [id, below(4)])) }]));
    const { rows, stories: columns } = stories.map(bank, topics);
    const uses = columns.map((_, nth) => rows.filter(({ choice }) => choice === nth).length);
    assert.ok(uses.every((number) => number <= 2));
    rows.forEach(({ choice, cover }, nth) => {
      assert.ok(choice < 0 || columns[choice].fits[nth] >= 2);
      assert.ok(cover !== "gap" || choice < 0);
    });
  }
});

const { firstWords, figuresIn } = script("story-words.js", { lint: script("lint.js").lint });

test("a story without a title is called by its first words", () => {
  assert.equal(firstWords({ beats: { situation: " ", action: "I let an alarm stay off. Nobody knew." } }), "I let an alarm stay off");
  assert.equal(firstWords({ headline: "Half of it was enough!", beats: { situation: "We ran." } }), "Half of it was enough");
  assert.equal(firstWords({ beats: { situation: "In 2.5 years\nwe grew" } }), "In 2.5 years");
  assert.equal(firstWords({}), "");
  const { below } = random(7);
  const pick = (list) => list[below(list.length)];
  for (let nth = 0; nth < 500; nth++) {
    const text = Array.from({ length: 12 }, () => pick(["we", "stopped,", "the", "pipeline —", "Verwaltungsgerichtsbarkeitsgesetzgebungsverfahren", "40 %"])).join(" ");
    const told = firstWords({ beats: { a: text } });
    assert.ok(told && told.length <= 46 && text.startsWith(told.replace(/ …$/, "")), told);
  }
});

test("figures are found with their phrase", () => {
  const found = (text) => own(figuresIn(text));
  assert.deepEqual(found("We cut false alarms from 40 % to 18 % in three weeks, and I told everybody."), ["false alarms from 40 % to 18 % in three weeks"]);
  assert.deepEqual(found("It took 3 days. It cost $1.5M; nobody saw it."), ["It took 3 days", "It cost $1.5M"]);
  // A year is no result, and what is said twice is offered once.
  assert.deepEqual(found("In 2024 we began. 12 of us. 12 of us."), ["12 of us"]);
  assert.deepEqual(found("1.200 Pakete, dann 1,5 Stunden"), ["1.200 Pakete", "dann 1,5 Stunden"]);
  // Far from each other in one clause they are two.
  assert.deepEqual(found("after 9 long weeks in the old hall by the river everybody was tired and 14 people had left us for good"), ["after 9 long weeks in the", "was tired and 14 people had left us"]);
});
