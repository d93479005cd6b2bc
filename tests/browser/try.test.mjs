// A question tried: the run against the clock, by keys and by touch, and what is shown and kept afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clumsy, desk, hiddenOfRun, lowWindows, phone } from "./readers.mjs";
import { begin, focused, kept, left, name, open, part, pass, reader, run } from "./trying.mjs";

test("by keys alone: from Space to the rating, with a pause, parts ended early and late", async () => {
  const page = await open();
  await begin(page);
  assert.equal(await focused(page), "Tell me about a time you had to make a decision with incomplete information.");
  await pass(page, 10_000);
  assert.equal(await left(page), "1:50 left");
  assert.equal(await part(page), "Situation 0:05 left in this part");
  await page.keyboard.press("Space");
  await pass(page, 60_000);
  assert.equal(await part(page), "Situation paused");
  assert.equal(await left(page), "1:50 left");
  assert.match(await page.locator(".run-keys").innerText(), /Go on/);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await pass(page, 15_500);
  assert.equal(await part(page), "Action 1:00 left in this part");
  // Too soon: the task still lasts.
  await page.keyboard.press("ArrowLeft");
  await pass(page, 4_500);
  assert.equal(await part(page), "Task 0:05 over, move on");
  assert.ok(await run(page).evaluate((dialog) => dialog.hasAttribute("data-part-over")));
  await page.keyboard.press("ArrowRight");
  await pass(page, 60_000);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "1:30 of 2:00, 30 s to spare" }).waitFor();
  assert.equal(await focused(page), "1:30 of 2:00, 30 s to spare");
  await page.getByText("You did not get to Result and Lesson. Task took 5 s more than planned.").waitFor();
  await page.keyboard.press("3");
  assert.ok(await page.getByRole("radio", { name: /Solid/ }).isChecked());
  await pass(page, 1_000);
  await page.getByText("Your rating is kept in this browser.").waitFor();
  const { attempts, questions, run: under } = await kept(page);
  assert.equal(attempts.length, 1);
  const [{ id, startedAt, parts, ms, ...rest }] = attempts;
  delete rest.updatedAt;
  assert.deepEqual(rest, { tool: "try", question: "incomplete-information", over: 0, rating: 2, audio: null });
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.ok(!Number.isNaN(Date.parse(startedAt)));
  const near = (value, wanted) => assert.ok(Math.abs(value - wanted) < 200, `${value} is not ${wanted}`);
  [10_000, 20_000, 60_000, 0, 0].forEach((wanted, nth) => near(parts[nth], wanted));
  near(ms, 90_000);
  assert.equal(parts.reduce((sum, one) => sum + one), ms);
  const about = questions["incomplete-information"];
  assert.deepEqual([about.rating, about.count, about.last], [2, 1, startedAt]);
  assert.equal(under, null);

  // Again, and away: the page is as it was, and nothing more is kept.
  await page.getByRole("button", { name: "Again" }).focus();
  await page.keyboard.press("Enter");
  await pass(page, 3_000);
  assert.equal(await left(page), "1:57 left");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "Go on");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".run-ask").count(), 0);
  await pass(page, 1_000);
  assert.equal(await left(page), "1:56 left");
  await page.keyboard.press("Escape");
  await pass(page, 5_000);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(page), "Leave");
  await page.keyboard.press("Enter");
  await run(page).waitFor({ state: "detached" });
  const after = await kept(page);
  assert.deepEqual([after.attempts.length, after.questions["incomplete-information"].count, after.run], [1, 1, null]);
});

test("by touch at 390 px: a thumb-wide Stop, and every target is large enough", async () => {
  const page = await open(phone);
  await page.getByRole("button", { name: "Try it" }).tap();
  await run(page).waitFor();
  await pass(page, 2_000);
  const tooSmall = () => clumsy(page, ".run");
  const inside = () => page.evaluate(() => document.querySelector(".run").scrollWidth <= innerWidth && document.querySelector(".run").scrollHeight <= innerHeight);
  assert.deepEqual(await tooSmall(), []);
  assert.ok(await inside());
  const stop = await page.getByRole("button", { name: "Stop" }).boundingBox();
  assert.ok(stop.width > 340 && stop.height >= 80 && stop.y + stop.height <= 844 && stop.y > 700, JSON.stringify(stop));
  const [bar, question] = await Promise.all([".run-phases", "#run_title"].map((one) => page.locator(one).boundingBox()));
  assert.ok(bar.y < 100 && question.y > bar.y + bar.height && question.y + question.height < stop.y);
  await page.getByRole("button", { name: "Next part" }).tap();
  await pass(page, 1_000);
  assert.match(await part(page), /^Task/);
  await page.getByRole("button", { name: "Pause" }).tap();
  await page.getByRole("button", { name: "Go on" }).tap();
  await page.getByRole("button", { name: "Leave" }).tap();
  assert.deepEqual(await tooSmall(), []);
  await page.getByRole("button", { name: "Go on" }).tap();
  await page.getByRole("button", { name: "Stop" }).tap();
  await page.getByText("Ready", { exact: true }).tap();
  await pass(page, 1_000);
  assert.deepEqual(await tooSmall(), []);
  assert.equal((await kept(page)).questions["incomplete-information"].rating, 3);
  const next = await page.locator(".pager [rel=next]").evaluate((link) => link.href);
  await page.getByRole("link", { name: "Next question" }).tap();
  await page.waitForURL(next.replace(/index\.html$/, ""));
});

test("a phone that lies on its side, and one with large letters, keep Stop in sight", async () => {
  const page = await open({ ...phone, viewport: { width: 844, height: 390 } });
  await page.getByRole("button", { name: "Try it" }).tap();
  await run(page).waitFor();
  await pass(page, 2_000);
  const isInside = (selector) => page.locator(selector).first().evaluate((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  for (const one of [".run-phases", "#run_title", ".run-part", ".run-left", ".run .go"]) assert.ok(await isInside(one), one);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  assert.ok(await isInside(".run .go"));
  assert.ok(await run(page).evaluate((one) => one.scrollWidth <= one.clientWidth));
});

test("over time is told by a word and a sign, not by colour alone", async () => {
  const page = await open();
  await begin(page);
  const colour = () => page.locator(".run-left b").evaluate((one) => getComputedStyle(one).color);
  await pass(page, 119_500);
  const before = await colour();
  assert.equal(await left(page), "0:01 left");
  assert.equal(await page.locator(".run > [role=status]").innerText(), "10 seconds left");
  await pass(page, 8_600);
  assert.equal(await left(page), "+0:08 over");
  assert.notEqual(await colour(), before);
  assert.equal(await page.locator(".run > [role=status]").innerText(), "Over time");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "2:08 of 2:00, 8 s over" }).waitFor();
  await page.getByText("You said of no part where it ended").waitFor();
  await pass(page, 500);
  const [{ over, rating }] = (await kept(page)).attempts;
  assert.ok(over > 8_000 && over < 8_400 && rating === undefined, `${over}`);
});

test("a run goes on after a reload, and after ten minutes of sleep shows the right time", async () => {
  const page = await open();
  await begin(page);
  await pass(page, 20_000);
  await page.keyboard.press("ArrowRight");
  await pass(page, 30_000);
  await kept(page);
  await page.reload();
  await run(page).waitFor();
  await pass(page, 1_000);
  const shown = await left(page);
  assert.ok(["1:10 left", "1:09 left", "1:08 left"].includes(shown), shown);
  assert.match(await part(page), /^Action/);
  await page.clock.fastForward(600_000);
  await pass(page, 500);
  assert.match(await left(page), /^\+8:5[0-2] over$/);
  await kept(page);
  // Asleep while it was not even loaded.
  await page.reload();
  await page.clock.fastForward(600_000);
  await run(page).waitFor();
  await pass(page, 500);
  assert.match(await left(page), /^\+18:5[0-4] over$/);
  await page.keyboard.press("Enter");
  await pass(page, 1_000);
  await kept(page);
  await page.reload();
  await pass(page, 500);
  assert.equal(await run(page).count(), 0);
  assert.equal((await kept(page)).attempts.length, 1);
});

test("a paused run is paused after a reload, and one left long ago is not gone on with", async () => {
  const page = await open();
  await begin(page);
  await pass(page, 40_000);
  await page.keyboard.press("Space");
  await kept(page);
  await page.reload();
  await page.clock.fastForward(86_400_000);
  await run(page).waitFor();
  await pass(page, 100);
  assert.equal(await left(page), "1:20 left");
  assert.equal(await part(page), "Action paused");
  await page.keyboard.press("Space");
  await kept(page);
  await page.goto("about:blank");
  await page.clock.fastForward(7_200_000);
  await page.goBack();
  await pass(page, 500);
  // A page that the browser kept alive shows the time that has passed; one that it loads anew starts none.
  if (await run(page).count()) assert.match(await left(page), /over/);
});

test("the shape of another answer gives its parts, its model and its points", async () => {
  const page = await open();
  await begin(page);
  await page.getByLabel("Shape of the answer").selectOption({ label: "Reversible bet, 1:40" });
  await pass(page, 1_000);
  assert.equal(await left(page), "1:39 left");
  assert.deepEqual(await page.locator(".run-phases .word").allInnerTexts(), ["Highest upside", "Viable fallback"]);
  await pass(page, 20_000);
  await page.keyboard.press("Enter");
  const bars = await page.locator(".run-bar").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  const told = await page.locator("#answer-the-bus-stop-default .part").evaluateAll((parts) => parts.reduce((sum, { dataset }) => sum + Number(dataset.seconds), 0));
  assert.deepEqual(bars, ["You: 0:21", "Plan: 1:40", `Model: ${Math.floor(told / 60)}:${String(told % 60).padStart(2, "0")}`]);
  assert.equal(await page.locator(".run-points li").count(), await page.locator("#answer-the-bus-stop-default .skeleton li").count());
});

test("a question without a timed answer has two minutes, and its page instead of a model", async () => {
  const page = await open(desk, `${reader.server.url}questions/questions-for-me/index.html`);
  await begin(page);
  await pass(page, 5_000);
  assert.equal(await left(page), "1:55 left");
  assert.equal(await page.getByRole("button", { name: "Next part" }).count(), 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "0:05 of 2:00" }).waitFor();
  await page.getByRole("button", { name: "Show the page" }).click();
  await run(page).waitFor({ state: "detached" });
});

test("two tabs try two questions, and each goes on with its own after a reload", async () => {
  const page = await open();
  await begin(page);
  const other = await page.context().newPage();
  await other.goto(`${reader.server.url}questions/greatest-weakness/index.html`);
  await begin(other);
  await kept(other);
  for (const [tab, title] of [[page, "incomplete information"], [other, "weakness"]]) {
    await tab.reload();
    await run(tab).waitFor();
    assert.match(await tab.locator("#run_title").innerText(), new RegExp(title));
  }
});

test("the screen stays awake while it runs, and again after the page was away", async () => {
  const page = await open(phone, null);
  await page.addInitScript(() => {
    self.locks = [];
    Object.defineProperty(navigator, "wakeLock", {
      value: {
        request: async (kind) => {
          const lock = { kind, released: false, release: async () => void (lock.released = true) };
          self.locks.push(lock);
          return lock;
        },
      },
    });
  });
  await page.goto(reader.server.url + name);
  const awake = () => page.evaluate(() => self.locks.filter(({ released }) => !released).map(({ kind }) => kind));
  await page.getByRole("button", { name: "Try it" }).tap();
  await run(page).waitFor();
  await pass(page, 100);
  assert.deepEqual(await awake(), ["screen"]);
  await page.getByRole("button", { name: "Pause" }).tap();
  await pass(page, 100);
  assert.deepEqual(await awake(), []);
  await page.getByRole("button", { name: "Go on" }).tap();
  await pass(page, 100);
  // Browsers let go of it when the page is hidden.
  await page.evaluate(() => {
    for (const lock of self.locks) lock.released = true;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await pass(page, 100);
  assert.deepEqual(await awake(), ["screen"]);
  await page.getByRole("button", { name: "Stop" }).tap();
  await pass(page, 100);
  assert.deepEqual(await awake(), []);
});

test("with less motion the head moves once a second", async () => {
  const page = await open({ ...desk, reducedMotion: "reduce" });
  await begin(page);
  const places = new Set();
  for (let nth = 0; nth < 30; nth++) {
    await pass(page, 100);
    places.add(await page.locator(".run-head").evaluate((one) => one.style.left));
  }
  assert.ok(places.size >= 3 && places.size <= 4, `${[...places]}`);
});

test("a try that cannot be kept says so, and ends all the same", async () => {
  const page = await open(desk, null);
  await page.addInitScript(() => {
    Object.defineProperty(self, "indexedDB", { get: () => undefined });
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  await page.goto(reader.server.url + name);
  await begin(page);
  await pass(page, 7_000);
  await page.keyboard.press("Enter");
  await page.keyboard.press("4");
  await pass(page, 15_000);
  await page.getByText(/^Your rating is not kept/).waitFor();
});

test("the second try stands beside the first and the model, told part by part, and moves no rating from under a thumb", async () => {
  const page = await open();
  await begin(page);
  await pass(page, 100_000);
  await page.keyboard.press("Enter");
  await kept(page);
  assert.equal(await page.locator(".run-history").count(), 0);
  await page.getByRole("button", { name: "Again" }).click();
  await pass(page, 60_000);
  await page.getByRole("button", { name: "Stop" }).click();
  const rating = () => page.locator(".run-rating").evaluate((one) => one.getBoundingClientRect().top);
  const before = await rating();
  await pass(page, 1_000);
  const names = () => page.locator(".run-history").getByRole("img").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  for (let nth = 0; nth < 20 && !(await page.locator(".run-history").count()); nth++) await pass(page, 250);
  assert.equal(await rating(), before);
  const [first, second, model] = await names();
  assert.match(first, /, 1:40: Situation 15 s, Task 15 s, Action 60 s, Result 10 s, Lesson 0 s$/);
  assert.match(second, /, 1:00: Situation 15 s, Task 15 s, Action 30 s, /);
  assert.match(model, /^Model, \d:\d\d: Situation /);
});

test("in a low window the question, the part and the time stand above the keys", async () => {
  for (const [width, height] of lowWindows) {
    const page = await open({ viewport: { width, height } });
    await page.getByRole("button", { name: "Try it" }).click();
    await run(page).waitFor();
    for (const [state, ms] of [["begun", 1_000], ["over", 200_000]]) {
      await pass(page, ms);
      assert.deepEqual(await hiddenOfRun(page), [], `${width} × ${height}, ${state}`);
    }
  }
});
