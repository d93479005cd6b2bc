// The clock of a try: right whatever tabs, machines and their clocks do meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { random, script } from "./scripts.mjs";

const { clocks } = script("clock.js");
const plan = [15_000, 15_000, 60_000, 15_000, 15_000];
const total = 120_000;
const own = (value) => JSON.parse(JSON.stringify(value));

/** A machine whose time is moved by hand. */
const machine = () => {
  const now = { wall: 1_800_000_000_000, steady: 500, origin: 1_799_999_999_500 };
  let wasHidden = false;
  return {
    read: () => {
      const reading = { ...now, wasHidden };
      wasHidden = false;
      return reading;
    },
    pass: (ms) => {
      now.wall += ms;
      now.steady += ms;
    },
    /** Laid aside: out of sight, and the steady time stands still. */
    sleep: (ms) => {
      now.wall += ms;
      wasHidden = true;
    },
    setClock: (ms) => (now.wall += ms),
    hide: () => (wasHidden = true),
    reload: () => {
      now.origin += now.steady;
      now.steady = 3;
    },
  };
};

test("a try goes through its parts by plan, and over time after the last", () => {
  const { read, pass } = machine();
  const clock = clocks.start(plan, read());
  const at = (ms) => {
    pass(ms);
    const { nth, left, leftInPart, share } = clocks.show(clock, read());
    return [nth, left, leftInPart, share];
  };
  assert.deepEqual(at(0), [0, 120_000, 15_000, 0]);
  assert.deepEqual(at(14_999).slice(0, 3), [0, 105_001, 1]);
  assert.deepEqual(at(1), [1, 105_000, 15_000, 0]);
  assert.deepEqual(at(45_000), [2, 60_000, 30_000, 0.5]);
  assert.deepEqual(at(60_000), [4, 0, 0, 1]);
  assert.deepEqual(at(8_000), [4, -8_000, -8_000, 1]);
  assert.deepEqual(own(clocks.parts(clock, read())), [15_000, 15_000, 60_000, 15_000, 23_000]);
});

test("a pause takes no time, and nothing that happens in it counts", () => {
  const { read, pass, sleep, setClock, reload } = machine();
  let clock = clocks.start(plan, read());
  pass(20_000);
  clock = clocks.pause(clock, read());
  assert.equal(clock, clocks.pause(clock, read()));
  sleep(600_000);
  setClock(-3_600_000);
  reload();
  assert.equal(clocks.show(clock, read()).spent, 20_000);
  assert.ok(clocks.show(clock, read()).isPaused);
  clock = clocks.resume(own(clock), read());
  pass(1_000);
  assert.equal(clocks.show(clock, read()).spent, 21_000);
  assert.equal(clocks.resume(clock, read()), clock);
});

test("a part that ends early leaves its time to the last; the next begins at once", () => {
  const { read, pass } = machine();
  let clock = clocks.start(plan, read());
  pass(9_000);
  clock = clocks.next(clock, read());
  assert.deepEqual(Object.values(own(clocks.show(clock, read()))).slice(1, 4), [111_000, 1, 15_000]);
  pass(90_000);
  const { nth, left, leftInPart } = clocks.show(clock, read());
  assert.deepEqual([nth, left, leftInPart], [4, 21_000, 21_000]);
  pass(21_000);
  assert.equal(clocks.show(clock, read()).leftInPart, 0);
  assert.deepEqual(own(clocks.parts(clock, read())), [9_000, 15_000, 60_000, 15_000, 21_000]);
});

test("going back says that a part still lasts, until its end is said", () => {
  const { read, pass } = machine();
  let clock = clocks.start(plan, read());
  pass(18_000);
  assert.equal(clocks.show(clock, read()).nth, 1);
  clock = clocks.back(clock, read());
  pass(7_000);
  const { nth, leftInPart, share } = clocks.show(clock, read());
  assert.deepEqual([nth, leftInPart, share], [0, -10_000, 1]);
  clock = clocks.next(clock, read());
  pass(5_000);
  assert.deepEqual(own(clocks.parts(clock, read())), [25_000, 5_000, 0, 0, 0]);
  assert.equal(clocks.show(clock, read()).left, 90_000);
  pass(10_000);
  assert.equal(clocks.show(clock, read()).nth, 2);
  // In the first part there is nothing before: it lasts.
  let first = clocks.back(clocks.start(plan, read()), read());
  pass(40_000);
  assert.equal(clocks.show(first, read()).nth, 0);
});

test("the last part has no next", () => {
  const { read, pass } = machine();
  let clock = clocks.start([10_000, 20_000], read());
  for (let nth = 0; nth < 3; nth++) {
    pass(1_000);
    clock = clocks.next(clock, read());
  }
  assert.deepEqual(own(clocks.parts(clock, read())), [1_000, 2_000]);
  assert.equal(clocks.show(clock, read()).nth, 1);
});

test("after a reload and ten minutes of sleep it shows the right time", () => {
  for (const before of ["sleep", "reload"]) {
    const { read, pass, sleep, reload } = machine();
    let clock = clocks.start(plan, read());
    pass(48_000);
    clock = clocks.read(clock, read());
    if (before === "sleep") sleep(600_000);
    reload();
    if (before === "reload") sleep(600_000);
    clock = own(clock);
    const { spent, left, nth } = clocks.show(clocks.read(clock, read()), read());
    assert.deepEqual([spent, left, nth], [648_000, -528_000, 4], before);
  }
  // Asleep without a reload.
  const { read, pass, sleep } = machine();
  const clock = clocks.start(plan, read());
  pass(10_000);
  sleep(600_000);
  assert.equal(clocks.show(clock, read()).spent, 610_000);
});

test("a clock that is set, forward or back, moves nothing while the page is watched", () => {
  for (const jump of [3_600_000, -3_600_000, 2_500, -2_500, -400]) {
    const { read, pass, setClock } = machine();
    let clock = clocks.start(plan, read());
    pass(30_000);
    clock = clocks.read(clock, read());
    setClock(jump);
    pass(16);
    clock = clocks.read(clock, read());
    pass(1_000);
    assert.equal(clocks.show(clock, read()).spent, 31_016, `${jump}`);
  }
});

test("a tab that is woken once a minute shows what has passed", () => {
  const { read, pass, hide } = machine();
  let clock = clocks.start(plan, read());
  for (let nth = 0; nth < 5; nth++) {
    hide();
    pass(60_000);
    clock = clocks.read(clock, read());
  }
  assert.equal(clocks.show(clock, read()).spent, 300_000);
});

test("what is not a clock is not taken for one", () => {
  const { read, pass } = machine();
  const clock = clocks.start(plan, read());
  pass(20_000);
  for (const one of [clock, clocks.read(clock, read()), clocks.pause(clock, read()), clocks.next(clock, read()), clocks.back(clock, read())]) assert.ok(clocks.isClock(own(one)));
  const wrong = [
    null, 5, "clock", [], {}, { ...clock, plan: [] }, { ...clock, plan: [0] }, { ...clock, plan: ["15"] }, { ...clock, spent: -1 }, { ...clock, spent: null },
    { ...clock, since: {} }, { ...clock, since: undefined }, { ...clock, since: { wall: "now", steady: 0, origin: 0 } }, { ...clock, ends: [1, 2, 3, 4, 5] },
    { ...clock, spent: 9, ends: [5, 4] }, { ...clock, spent: 9, ends: [10] }, { ...clock, ends: {} }, { ...clock, waits: "no" },
  ];
  for (const one of wrong) assert.equal(clocks.isClock(own(one)), false, JSON.stringify(one));
});

// ---------- whatever happens ----------

test("whatever happens, in any order: time counts while it runs, never backwards, and is all in the parts", () => {
  for (let seed = 0; seed < 10_000; seed++) {
    const { below: upTo } = random(seed);
    const it = machine();
    const itsPlan = Array.from({ length: 1 + upTo(7) }, () => 5_000 * (1 + upTo(12)));
    let clock = clocks.start(itsPlan, it.read());
    let [spent, runs] = [0, true];
    for (let step = 0; step < 12; step++) {
      const ms = upTo(40_000);
      switch (upTo(9)) {
        case 0:
          it.pass(ms);
          if (runs) spent += ms;
          break;
        case 1:
          clock = clocks.read(clock, it.read());
          it.sleep(ms + 2_001);
          if (runs) spent += ms + 2_001;
          break;
        case 2:
          it.setClock(ms - 20_000);
          break;
        case 3:
          // What was stored at the last event is all that the next page has.
          clock = own(clocks.read(clock, it.read()));
          it.reload();
          break;
        case 4:
          clock = clocks.pause(clock, it.read());
          runs = false;
          break;
        case 5:
          clock = clocks.resume(clock, it.read());
          runs = true;
          break;
        case 6:
          clock = clocks.next(clock, it.read());
          break;
        case 7:
          clock = clocks.back(clock, it.read());
          break;
        default:
          clock = clocks.read(clock, it.read());
      }
      // A jump is seen between two readings.
      clock = clocks.read(clock, it.read());
      const shown = clocks.show(clock, it.read());
      const parts = clocks.parts(clock, it.read());
      assert.equal(shown.spent, spent, `seed ${seed}, step ${step}`);
      assert.equal(parts.reduce((sum, part) => sum + part, 0), spent, `seed ${seed}`);
      assert.equal(shown.left, itsPlan.reduce((sum, part) => sum + part, 0) - spent);
      assert.ok(parts.every((part) => part >= 0) && parts.length === itsPlan.length);
      assert.ok(shown.nth >= 0 && shown.nth < itsPlan.length && shown.share >= 0 && shown.share <= 1);
      assert.ok(shown.isPaused === !runs && clocks.isClock(own(clock)), `seed ${seed}`);
      assert.ok(parts.slice(shown.nth + 1).every((part) => part === 0));
    }
  }
});

test("no function changes the clock that it is given", () => {
  const { read, pass } = machine();
  let clock = clocks.start(plan, read());
  for (const name of ["read", "next", "back", "pause", "resume", "next", "pause", "back", "show", "parts"]) {
    pass(4_000);
    const before = JSON.stringify(clock);
    const after = clocks[name](clock, read());
    assert.equal(JSON.stringify(clock), before, name);
    if (clocks.isClock(after)) clock = after;
  }
  assert.equal(total, plan.reduce((sum, part) => sum + part, 0));
});
