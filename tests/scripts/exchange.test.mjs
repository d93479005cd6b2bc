// What leaves a browser and comes in: told right before it changes anything, and the same after its way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { records, script } from "./scripts.mjs";

const prepbook = { records: records() };
const { count, isEmpty, fileText, parse, compare, pack, unpack } = script("exchange.js", prepbook).exchange;
const { empty, edit, merge, canonical } = prepbook.records;
const at = (n) => new Date(Date.parse("2026-11-01T10:00:00.000Z") + n).toISOString();
const full = edit(empty(at(0)), (doc) => {
  doc.plan = { start: "2026-11-01", interview: "2026-11-19", minutes: 45 };
  doc.questions.a = { rating: 0, text: "Über", note: "" };
  doc.stories.s = { title: "S" };
  doc.audio.push({ id: "1", mime: "audio/mp4", bytes: 5, ms: 5, at: at(0) });
}, at(1));

test("counts say what is kept", () => {
  assert.deepEqual({ ...count(full) }, { stories: 1, answers: 1, notes: 0, ratings: 1, tries: 0, ticks: 0, plans: 1, recordings: 1 });
  assert.equal(isEmpty(full), false);
  assert.equal(isEmpty(empty(at(0))), true);
});

test("a file and a link hold the same but sounds, whatever its letters", async () => {
  const { doc } = parse(fileText(full), at(2));
  assert.equal(canonical({ ...full, audio: [] }), canonical(doc));
  const packed = await pack(full);
  assert.match(packed, /^[\w-]+$/);
  assert.equal(canonical(parse(await unpack(packed), at(2)).doc), canonical(doc));
  const long = edit(full, (draft) => (draft.stories.s.headline = Array.from({ length: 900 }, (_, n) => String.fromCharCode(200 + ((n * n * 7919) % 997))).join("")), at(3));
  assert.ok((await pack(long)) === null || (await unpack(await pack(long))).includes(long.stories.s.headline));
});

test("a link that unfolds to more than memory holds, or is none, is refused", async () => {
  const bomb = deflateRawSync(Buffer.alloc(60 * 1024 * 1024)).toString("base64url");
  await assert.rejects(unpack(bomb), { name: "RangeError" });
  for (const wrong of ["", "!", "AAAA", "a".repeat(100)]) await assert.rejects(unpack(wrong).then((text) => parse(text, at(0)).doc ?? Promise.reject(new Error("none"))), wrong);
});

test("what joining would do is told as it then happens", () => {
  const mine = edit(full, (doc) => {
    doc.questions.a.rating = 3;
    doc.stories.here = { title: "here" };
  }, at(5));
  const theirs = edit(full, (doc) => {
    delete doc.stories.s;
    doc.stories.there = { title: "there" };
    doc.plan.minutes = 60;
  }, at(9));
  const told = compare(mine, theirs);
  const plain = (one) => ({ ...one });
  assert.deepEqual(plain(told.stories), { fresh: 1, newer: 0, older: 0, same: 0, gone: 1, only: 1 });
  assert.deepEqual(plain(told.questions), { fresh: 0, newer: 0, older: 1, same: 0, gone: 0, only: 0 });
  assert.equal(told.plan.newer, 1);
  const after = merge(mine, theirs);
  assert.deepEqual(Object.keys(after.stories), ["here", "there"]);
  assert.deepEqual([after.plan.minutes, after.questions.a.rating], [60, 3]);
});
