// A try from its start to the rating, as states: without a page, a clock or storage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { random, script } from "./scripts.mjs";

const { tries, clocks } = script("try.js", script("clock.js"));
const own = (value) => JSON.parse(JSON.stringify(value));
const plan = [15_000, 60_000, 15_000];
const begin = 1_800_000_000_000;
const at = (ms) => ({ wall: begin + ms, steady: ms, origin: begin });
const started = () => tries.step(tries.idle, { type: "start", now: at(0), question: "weakness", answer: "a-story", plan, audio: null });
const steps = (...events) => events.reduce((state, [type, ms, more]) => tries.step(state, { type, now: at(ms), ...more }), started());

test("a try that is finished is an attempt with the time of each part", () => {
  const done = steps(["next", 10_000], ["turn", 30_000], ["turn", 90_000], ["finish", 180_000, { id: "one" }]);
  assert.deepEqual(own(done), {
    at: "done", question: "weakness", answer: "a-story", plan, isMarked: true,
    attempt: { id: "one", tool: "try", question: "weakness", startedAt: "2027-01-15T08:00:00.000Z", ms: 120_000, parts: [10_000, 60_000, 50_000], over: 30_000, audio: null },
  });
  assert.equal(tries.step(done, { type: "rate", rating: 3 }).attempt.rating, 3);
  assert.equal(tries.toStore(done), null);
});

test("who says of no part where it ends has marked none", () => {
  assert.equal(steps(["finish", 50_000, { id: "one" }]).isMarked, false);
  assert.equal(steps(["back", 20_000], ["finish", 50_000, { id: "one" }]).isMarked, true);
});

test("while the reader is asked whether to leave no time passes, and a paused try stays paused", () => {
  const asked = steps(["leave", 20_000]);
  assert.equal(asked.at, "leaving");
  for (const type of ["next", "turn", "finish", "read", "leave"]) assert.deepEqual(own(tries.step(asked, { type, now: at(50_000), id: "one" })), own(asked), type);
  const stayed = tries.step(asked, { type: "stay", now: at(70_000) });
  assert.equal(clocks.show(stayed.clock, at(71_000)).spent, 21_000);
  const paused = steps(["turn", 20_000], ["leave", 30_000], ["stay", 40_000]);
  assert.equal(clocks.show(paused.clock, at(90_000)).spent, 20_000);
  assert.equal(tries.step(asked, { type: "quit" }), tries.idle);
});

test("what is stored comes back as it was, for its own question", () => {
  for (const state of [steps(["next", 5_000]), steps(["turn", 20_000]), steps(["leave", 20_000])]) {
    const back = tries.fromStore(own(tries.toStore(state)), "weakness", { wall: begin + 30_000, steady: 9, origin: begin + 29_991 });
    assert.equal(back.at, "running");
    assert.equal(back.startedAt, state.startedAt);
    assert.equal(back.clock.spent, state.clock.since ? 30_000 : 20_000);
    assert.equal(tries.fromStore(own(tries.toStore(state)), "strength", at(30_000)), tries.idle);
  }
});

test("what cannot be gone on with is left alone", () => {
  const stored = own(tries.toStore(steps(["next", 5_000])));
  const wrong = [undefined, null, 5, "run", {}, { ...stored, tool: "drill" }, { ...stored, clock: null }, { ...stored, clock: { ...stored.clock, plan: "all" } }, { ...stored, answer: 3 }, { ...stored, startedAt: undefined }];
  for (const one of wrong) assert.equal(tries.fromStore(one, "weakness", at(30_000)), tries.idle, JSON.stringify(one));
  const later = (hours) => ({ wall: begin + hours * 3_600_000, steady: 9, origin: begin + 5 });
  assert.equal(tries.fromStore(stored, "weakness", later(1)).at, "running");
  assert.equal(tries.fromStore(stored, "weakness", later(2)), tries.idle);
});

test("no order of events leads out of the states, and none changes what it is given", () => {
  const types = ["start", "read", "turn", "next", "back", "leave", "stay", "finish", "rate", "quit"];
  for (let seed = 0; seed < 3_000; seed++) {
    const { below } = random(seed);
    let [state, ms] = [tries.idle, 0];
    for (let nth = 0; nth < 25; nth++) {
      ms += below(20_000);
      const before = JSON.stringify(state);
      const event = { type: types[below(types.length)], now: at(ms), question: "weakness", answer: "", plan, audio: null, id: `${nth}`, rating: below(4) };
      const after = tries.step(state, event);
      assert.equal(JSON.stringify(state), before);
      assert.ok(["idle", "running", "leaving", "done"].includes(after.at), after.at);
      if (after.at === "done") {
        const { parts, ms, over } = after.attempt;
        assert.equal(parts.reduce((sum, one) => sum + one), ms);
        assert.equal(over, Math.max(0, ms - 90_000));
      } else if (after.at !== "idle") {
        assert.ok(clocks.isClock(own(tries.toStore(after).clock)));
        assert.ok(after.at === "running" || after.clock.since === null);
      }
      state = after;
    }
  }
});
