// The reader's records: joined in any order they are the same, nothing is lost by an edit, old and foreign documents are
// taken as far as they can be read.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { random, records, repository, script } from "./scripts.mjs";

const { empty, edit, merge, migrate, read, canonical, schema, steps, version } = records();
const { isExportDue } = script("worth.js").worth;
const day = 86_400_000;
const start = Date.parse("2026-03-28T12:00:00.000Z");
const at = (ms) => new Date(start + ms).toISOString();
const SEEDS = 10_000;
const same = (a, b, told) => assert.equal(canonical(a), canonical(b), told);

/** An edit by chance: adds, changes and deletes records of every kind. */
const chance = (dice) => (doc) => {
  const id = (many) => `id-${dice.below(many)}`;
  const moves = [
    () => (doc.settings.targets = [id(3)]),
    () => (doc.settings = {}),
    () => (doc.plan = { start: "2026-03-28", interview: "2026-04-02", minutes: dice.below(90) }),
    () => (doc.plan = null),
    () => (doc.ticks[`day-0/${id(4)}`] = { at: at(0) }),
    () => delete doc.ticks[`day-0/${id(4)}`],
    () => (doc.stories[id(4)] = { title: `Story ${dice.below(5)}`, beats: { s: "a" } }),
    () => delete doc.stories[id(4)],
    () => Object.assign((doc.questions[id(4)] ??= {}), { rating: dice.below(4), count: dice.below(9) }),
    () => doc.attempts.push({ id: id(6), startedAt: at(dice.below(1000)), ms: dice.below(1000) }),
    () => doc.attempts.pop(),
    () => (doc.audio = [{ id: id(2), mime: "audio/mp4", bytes: 1, ms: 1, at: at(0) }]),
    () => (doc.run = { tool: "drill", i: dice.below(5) }),
    () => (doc.run = null),
  ];
  for (let n = dice.below(3); n >= 0; n--) moves[dice.below(moves.length)]();
};
/** Documents of devices that began as one and went their ways, with clocks that differ. */
const devices = (dice, many) => {
  let common = empty(at(0));
  for (let n = dice.below(3); n > 0; n--) common = edit(common, chance(dice), at(dice.below(50)));
  return Array.from({ length: many }, () => {
    let doc = common;
    for (let n = dice.below(4); n > 0; n--) doc = edit(doc, chance(dice), at(dice.below(50)));
    return doc;
  });
};

test("joined in any order and any number of times, documents come out the same", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const [a, b, c] = devices(random(seed), 3);
    same(merge(a, a), a, `idempotent, seed ${seed}`);
    const ab = merge(a, b);
    same(ab, merge(b, a), `commutative, seed ${seed}`);
    same(merge(ab, b), ab, `absorbs, seed ${seed}`);
    same(merge(ab, c), merge(a, merge(b, c)), `associative, seed ${seed}`);
  }
});

test("an edit changes what it touches, stamps it later than all it has seen, and leaves the rest", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const dice = random(seed);
    const [doc] = devices(dice, 1);
    const before = canonical(doc);
    const next = edit(doc, chance(dice), at(dice.below(50)));
    assert.equal(canonical(doc), before, `seed ${seed}`);
    // What stood before never wins over the edit.
    same(merge(doc, next), next, `seed ${seed}`);
    // All that is written can be read.
    const again = read(JSON.parse(JSON.stringify(next)), at(50));
    assert.deepEqual([again.state, [...again.refused]], ["read", []], `seed ${seed}`);
    same(again.doc, next, `seed ${seed}`);
  }
});

test("edits of different records on two devices are all there afterwards", () => {
  const base = edit(empty(at(0)), (doc) => (doc.stories.a = { title: "A" }), at(1));
  const one = edit(base, (doc) => (doc.stories.b = { title: "B" }), at(2));
  const other = edit(base, (doc) => {
    delete doc.stories.a;
    doc.questions.weakness = { rating: 2 };
  }, at(2));
  const both = merge(one, other);
  assert.deepEqual(Object.keys(both.stories), ["b"]);
  assert.equal(both.questions.weakness.rating, 2);
  assert.deepEqual(Object.keys(both.gone), ["stories/a"]);
  // Told again later, it is there again.
  const back = edit(both, (doc) => (doc.stories.a = { title: "A again" }), at(1));
  assert.equal(merge(back, other).stories.a.title, "A again");
});

test("an edit that changes nothing is none, and one that cannot be kept is refused whole", () => {
  const doc = edit(empty(at(0)), (draft) => (draft.questions.weakness = { rating: 2 }), at(1));
  assert.equal(edit(doc, (draft) => (draft.questions.weakness = { rating: 2 }), at(2)), doc);
  assert.equal(edit(doc, () => {}, at(2)), doc);
  for (const wrong of [{ rating: 4 }, { rating: "2" }, { due: "tomorrow" }, { due: "2026-02-30" }, { text: "x".repeat(200_001) }, { last: "2026-03-28" }]) {
    assert.throws(() => edit(doc, (draft) => Object.assign(draft.questions.weakness, wrong), at(2)), /cannot be kept/, JSON.stringify(wrong).slice(0, 50));
  }
  assert.throws(() => edit(doc, (draft) => draft.attempts.push({ startedAt: at(0) }), at(2)), /cannot be kept/);
  assert.equal(edit(doc, (draft) => Object.assign(draft.questions.weakness, { note: undefined }), at(2)), doc);
  assert.throws(() => (doc.questions.weakness.rating = 1), TypeError);
});

test("clocks that were set back or ran ahead lose nothing", () => {
  let doc = edit(empty(at(0)), (draft) => (draft.stories.a = { title: "first" }), at(1000));
  const older = doc;
  doc = edit(doc, (draft) => (draft.stories.a.title = "second"), at(10));
  assert.equal(merge(older, doc).stories.a.title, "second");
  const ahead = edit(empty(at(0)), (draft) => (draft.stories.a = { title: "from the year 3000" }), "3000-01-01T00:00:00.000Z");
  const { doc: tamed } = read(JSON.parse(JSON.stringify(ahead)), at(5000));
  assert.equal(tamed.stories.a.updatedAt, at(5000));
});

test("deletions are remembered for 90 days", () => {
  const doc = edit(edit(empty(at(0)), (draft) => (draft.stories.a = { title: "A" }), at(1)), (draft) => delete draft.stories.a, at(2));
  assert.deepEqual(Object.keys(read(doc, at(89 * day)).doc.gone), ["stories/a"]);
  assert.deepEqual(Object.keys(read(doc, at(91 * day)).doc.gone), []);
});

test("documents of older versions come over step by step", () => {
  const through = {
    1: (doc) => ({ ...doc, plan: doc.plan && { ...doc.plan, minutes: doc.plan.hours * 60 } }),
    2: (doc) => ({ ...doc, questions: Object.fromEntries(Object.entries(doc.questions).map(([id, { stars, ...rest }]) => [id, { ...rest, rating: stars - 1 }])) }),
  };
  const old = { app: "prepbook", schema: 1, plan: { hours: 2 }, questions: { weakness: { stars: 3, note: "kept" } }, later: "kept" };
  const before = JSON.stringify(old);
  assert.deepEqual(plain(migrate(old, through, 3)), { app: "prepbook", schema: 3, plan: { hours: 2, minutes: 120 }, questions: { weakness: { note: "kept", rating: 2 } }, later: "kept" });
  assert.equal(JSON.stringify(old), before);
  assert.deepEqual(plain(migrate({ ...old, schema: 2 }, through, 3)).plan, { hours: 2 });
  assert.deepEqual(plain(migrate(old, through, 1)), old);
  // Every version before this one has its step.
  assert.deepEqual(Object.keys(steps).map(Number), Array.from({ length: version - 1 }, (_, n) => n + 1));
});
const plain = (value) => JSON.parse(JSON.stringify(value));

test("what is foreign, newer or broken is told apart", () => {
  for (const raw of [null, undefined, 1, "", [], {}, { app: "other", schema: 1 }, { app: "prepbook" }, { app: "prepbook", schema: 0 }, { app: "prepbook", schema: "1" }]) {
    assert.equal(read(raw, at(0)).state, "unreadable", JSON.stringify(raw));
  }
  assert.equal(read({ app: "prepbook", schema: version + 1 }, at(0)).state, "newer");
  const partly = read({ app: "prepbook", schema: 1, stories: { a: { title: "A" }, b: { headline: "no title" } }, questions: [], more: { kept: true } }, at(0));
  assert.equal(partly.state, "read");
  assert.deepEqual(Object.keys(partly.doc.stories), ["a"]);
  assert.deepEqual([...partly.refused], ["stories/b", "questions"]);
  assert.deepEqual(plain(partly.doc.more), { kept: true });
});

test("names that mean more to JavaScript than they say are left out", () => {
  const raw = JSON.parse('{"app":"prepbook","schema":1,"stories":{"__proto__":{"title":"x"},"constructor":{"title":"x"},"a":{"title":"A","__proto__":{"y":1},"more":{"prototype":1}}}}');
  const { doc } = read(raw, at(0));
  assert.deepEqual(Object.keys(doc.stories), ["a"]);
  assert.deepEqual(plain(doc.stories.a), { title: "A", more: {} });
  assert.equal({}.y, undefined);
});

test("10,000 mutated documents: no error, and what is taken is sound and can be joined", () => {
  const [whole] = devices(random(7), 1).map((doc) => edit(doc, (draft) => {
    draft.stories.s = { title: "A story", fit: { failure: 3 }, numbers: ["40 %"] };
    draft.attempts.push({ id: "t", startedAt: at(1), parts: [1, 2.5], rubric: { depth: 2 }, followUps: [{ id: "why", rating: 1 }] });
  }, at(60)));
  const text = JSON.stringify(whole);
  const odd = [null, true, -1, 1e308, "", "x".repeat(300_000), [], {}, "<img src=x onerror=alert(1)>", [[[[[[[[[[[1]]]]]]]]]]], "2026-13-45", { __proto__: null, toString: 1 }];
  let taken = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const dice = random(seed);
    let raw;
    if (seed % 3 === 0) {
      // Bytes of the file.
      const cut = dice.below(text.length);
      const broken = text.slice(0, cut) + String.fromCharCode(32 + dice.below(95)) + text.slice(cut + dice.below(3));
      try {
        raw = JSON.parse(broken);
      } catch {
        continue;
      }
    } else {
      // Values anywhere in it.
      raw = JSON.parse(text);
      for (let n = dice.below(4); n >= 0; n--) {
        let inside = raw;
        for (;;) {
          const names = Object.keys(inside);
          const name = names[dice.below(names.length)];
          const value = inside[name];
          if (!value || typeof value !== "object" || !Object.keys(value).length || dice.below(4) === 0) {
            inside[name ?? "new"] = odd[dice.below(odd.length)];
            break;
          }
          inside = value;
        }
      }
    }
    const result = read(raw, at(100));
    if (!result.doc) continue;
    taken++;
    same(read(plain(result.doc), at(100)).doc, result.doc, `seed ${seed}`);
    same(merge(whole, result.doc), merge(result.doc, whole), `seed ${seed}`);
    edit(result.doc, (draft) => (draft.stories.new = { title: "still writes" }), at(200));
  }
  assert.ok(taken > SEEDS / 2, `${taken} taken`);
});

test("the published schema is what the script checks", () => {
  const published = JSON.parse(readFileSync(join(repository, "src/export/state-1.json"), "utf8"));
  assert.deepEqual(published, plain(schema), "write it with `node tests/scripts/state-schema.mjs`");
});

test("the reminder comes after seven days without an export, if there is something to lose", () => {
  const told = edit(empty(at(0)), (doc) => (doc.questions.a = { rating: 0 }), at(1));
  assert.equal(isExportDue(told, null, at(7 * day)), false);
  assert.equal(isExportDue(told, null, at(7 * day + 1)), true);
  assert.equal(isExportDue(told, at(3 * day), at(9 * day)), false);
  assert.equal(isExportDue(told, at(3 * day), at(11 * day)), true);
  const planned = edit(empty(at(0)), (doc) => (doc.plan = { start: "2026-11-01", interview: "2026-11-19", minutes: 45 }), at(1));
  assert.equal(isExportDue(planned, null, at(20 * day)), false);
});

test("documents that earlier editions have written are read whole", () => {
  const folder = join(repository, "tests/scripts/states");
  const names = readdirSync(folder);
  assert.deepEqual(names.map((name) => Number(/^state-(\d+)\.json$/.exec(name)[1])).sort(), Array.from({ length: version }, (_, n) => n + 1));
  for (const name of names) {
    const { state, doc, refused } = read(JSON.parse(readFileSync(join(folder, name), "utf8")), "2026-11-30T12:00:00.000Z");
    assert.deepEqual([state, [...refused]], ["read", []], name);
    const told = [doc.plan.interview, Object.keys(doc.ticks).length, doc.stories.night.title, doc.questions["greatest-weakness"].rating, doc.attempts.length, doc.audio.length, doc.run.tool, Object.keys(doc.gone).length];
    assert.deepEqual(told, ["2026-12-19", 2, "The night the model failed", 2, 2, 1, "try", 1], name);
  }
});
