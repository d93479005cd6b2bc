// A question tried first: the switch, the run against the clock, what is shown and kept afterwards; by keys, by touch, in
// light and dark, from a host and from the disk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetAsked, site } from "./browser.mjs";
import { clumsy, desk, phone, readers, stopClock, violations } from "./readers.mjs";

/** A question with answers in two shapes: STARL, 2:00, and Reversible bet, 1:40. */
const name = "questions/incomplete-information/index.html";

const START = Date.UTC(2026, 10, 30, 9);

const reader = readers();

/** A page of its own reader, whose time the test moves. */
const open = async (options = desk, address = reader.server.url + name) => {
  const page = await reader.newPage(await reader.newContext({ reducedMotion: "no-preference", ...options }), address?.startsWith("file:") ? "file:" : undefined);
  await stopClock(page, START);
  if (address) await page.goto(address);
  return page;
};
const run = (page) => page.locator(".run[open]");
/** Lets time pass, and a frame be drawn after it. */
const pass = (page, ms) => page.clock.runFor(ms + 20);
const begin = async (page) => {
  await page.keyboard.press("Space");
  await run(page).waitFor();
};
const left = async (page) => (await page.locator(".run-left").innerText()).replaceAll("\n", " ");
const part = async (page) => (await page.locator(".run-part").innerText()).replaceAll("\n", " ");
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());
const kept = async (page) => {
  await pass(page, 10);
  return page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.flush();
    const { attempts, questions, run } = store.doc;
    return { attempts, questions, run };
  });
};

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

test("the switch folds all but the question and what they listen for, on every question page, before anything is painted", async () => {
  const page = await open();
  const shown = () => page.evaluate(() => [...document.querySelectorAll("h1, h2")].filter((one) => one.checkVisibility()).map((one) => one.textContent));
  const whole = await shown();
  assert.ok(whole.includes("Model answer"));
  await page.getByRole("switch", { name: "Try first" }).check();
  const folded = await shown();
  assert.ok(folded.includes("What they listen for") && !folded.includes("Model answer") && !folded.includes("Traps") && !folded.includes("On this page"));
  await page.addInitScript(() => {
    self.shifts = [];
    new PerformanceObserver((list) => self.shifts.push(...list.getEntries().map(({ value, sources }) => `${value} ${sources.map(({ node, previousRect, currentRect }) => `${node?.className ?? node?.nodeName} ${JSON.stringify(previousRect)} ${JSON.stringify(currentRect)}`)}`))).observe({ type: "layout-shift", buffered: true });
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      self.early = document.documentElement.hasAttribute("data-try-first");
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${reader.server.url}questions/greatest-weakness/index.html`);
  assert.ok(await page.evaluate(() => self.early));
  assert.ok(await page.getByRole("switch", { name: "Try first" }).isChecked());
  assert.ok(await page.getByRole("heading", { name: "Model answer" }).isHidden());
  assert.deepEqual(await page.evaluate(() => self.shifts), []);
  // On paper all is there.
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByRole("heading", { name: "Model answer" }).isVisible());
  assert.ok(await page.locator("#try_box").isHidden());
  await page.emulateMedia({ media: "screen" });
  // Shown for this page; folded again on the next.
  await page.getByRole("button", { name: "Show the model and the rest" }).click();
  assert.ok(await page.getByRole("heading", { name: "Model answer" }).isVisible());
  assert.notEqual(await focused(page), "");
  await page.goto(reader.server.url + name);
  assert.ok(await page.getByRole("heading", { name: "Model answer" }).isHidden());
  // A link to a place below shows it.
  await page.goto(`${reader.server.url + name}#traps`);
  assert.ok(await page.locator("#traps").isVisible());
  assert.ok(await page.evaluate(() => scrollY > 1000));
  // Another tab chooses otherwise.
  const other = await page.context().newPage();
  await other.goto(reader.server.url + name);
  await other.getByRole("switch", { name: "Try first" }).uncheck();
  await page.goto(reader.server.url + name);
  assert.equal(await page.getByRole("switch", { name: "Try first" }).isChecked(), false);
  assert.deepEqual(await shown(), whole);
});

test("after a try the model is a press away, also where it is folded", async () => {
  const page = await open();
  await page.getByRole("switch", { name: "Try first" }).check();
  await page.evaluate(() => document.activeElement.blur());
  await begin(page);
  await pass(page, 3_000);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Show the model", exact: true }).click();
  await run(page).waitFor({ state: "detached" });
  await page.waitForFunction(() => Math.abs(document.getElementById("answer").getBoundingClientRect().top) < 120);
  assert.ok(await page.getByRole("heading", { name: "Model answer" }).isVisible());
});

test("Space scrolls where the button is out of sight, is a field's in a field, and nobody's where single keys are off", async () => {
  const page = await open();
  const isSilent = async () => {
    await page.keyboard.press("Space");
    await pass(page, 500);
    assert.equal(await page.locator("dialog.run[open]").count(), 0);
  };
  await page.evaluate(() => scrollTo(0, 2000));
  await isSilent();
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole("switch", { name: "Try first" }).focus();
  await isSilent();
  assert.ok(await page.getByRole("switch", { name: "Try first" }).isChecked());
  await page.evaluate(() => document.activeElement.blur());
  await page.evaluate(() => prepbook.keep("keys", "off"));
  await page.reload();
  await isSilent();
  assert.ok(await page.locator("#try_it kbd").isHidden());
});

test("Space is also for who clicked on the text, and keys for who clicked beside the buttons", async () => {
  const page = await open();
  await page.locator("#evaluates").click();
  await begin(page);
  await page.locator(".run-left").click();
  await page.mouse.click(640, 150);
  await page.keyboard.press("Space");
  await pass(page, 1_000);
  assert.match(await part(page), /paused/);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.keyboard.press("ArrowRight");
  await pass(page, 1_000);
  assert.match(await part(page), /^Task/);
  await page.mouse.click(640, 150);
  await page.keyboard.press("Escape");
  await page.getByText("Leave this try?").waitFor();
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

test("a reading page asks for nothing of it; what fails to load is told and tried again", async () => {
  const page = await open();
  const tools = () => reader.server.asked.filter((path) => /\/(try|clock|store|records|glance|database)[^/]*$/.test(path));
  await pass(page, 1_000);
  await forgetAsked(reader.server, page);
  await page.reload();
  await pass(page, 5_000);
  assert.deepEqual(tools(), []);
  await page.route("**/try-view.*.js", (route) => route.abort());
  await page.keyboard.press("Space");
  await page.getByText("This could not be loaded. Try again once you are connected.").waitFor();
  await page.unroute("**/try-view.*.js");
  await page.keyboard.press("Space");
  await run(page).waitFor();
  // With it comes the store, once there is something to keep.
  await kept(page);
  for (const part of ["clock", "try", "try-page", "try-result", "try-view", "store", "records"]) assert.ok(tools().some((path) => path.includes(`/${part}.`)), part);
  assert.deepEqual(reader.faults().filter((one) => !/ERR_FAILED/.test(one)), []);
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

test("from the disk it works alike", async () => {
  const page = await open(desk, `file://${site()}/${name}`);
  await begin(page);
  await pass(page, 12_000);
  assert.equal(await left(page), "1:48 left");
  await kept(page);
  await page.reload();
  await run(page).waitFor();
  await pass(page, 1_000);
  await page.keyboard.press("Enter");
  await page.keyboard.press("2");
  await pass(page, 1_000);
  // The store opens now that there is something to keep, and saves after a while of the test's time.
  const line = page.getByText("Your rating is kept in this browser.");
  for (let nth = 0; nth < 40 && !(await line.count()); nth++) await pass(page, 250);
  assert.equal(await line.count(), 1);
  assert.equal((await kept(page)).questions["incomplete-information"].rating, 1);
});

test("axe finds no violation in any state, light and dark, narrow and wide, and nothing is wider than the window", async () => {
  const page = await open();
  const found = [];
  const look = async (state) => {
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      found.push(...(await violations(page)).map((one) => `${state}, ${width} px, ${one}`));
      const over = await page.evaluate(() => Math.max(...[document.documentElement, ...document.querySelectorAll(".run")].map((one) => one.scrollWidth - one.clientWidth)));
      if (over > 0) found.push(`${state}, ${width} px: ${over} px too wide`);
    }
  };
  // axe waits for frames and timers, which the test's clock holds back.
  await page.clock.resume();
  await look("read");
  await page.getByRole("switch", { name: "Try first" }).check();
  await look("folded");
  await page.evaluate(() => document.activeElement.blur());
  await begin(page);
  await look("running");
  await page.keyboard.press("Space");
  await look("paused");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowLeft");
  await page.clock.fastForward(30_000);
  await look("over in a part");
  await page.keyboard.press("ArrowRight");
  await page.clock.fastForward(150_000);
  await look("over");
  await page.keyboard.press("Escape");
  await look("asked whether to leave");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await look("done");
  await page.keyboard.press("2");
  await look("rated");
  assert.deepEqual(found, []);
});

test("the second try stands beside the first and the model, told part by part", async () => {
  const page = await open();
  await begin(page);
  await pass(page, 100_000);
  await page.keyboard.press("Enter");
  await kept(page);
  assert.equal(await page.locator(".run-history").count(), 0);
  await page.getByRole("button", { name: "Again" }).click();
  await pass(page, 60_000);
  await page.getByRole("button", { name: "Stop" }).click();
  await pass(page, 1_000);
  const names = () => page.locator(".run-history").getByRole("img").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  for (let nth = 0; nth < 20 && !(await page.locator(".run-history").count()); nth++) await pass(page, 250);
  const [first, second, model] = await names();
  assert.match(first, /, 1:40: Situation 15 s, Task 15 s, Action 60 s, Result 10 s, Lesson 0 s$/);
  assert.match(second, /, 1:00: Situation 15 s, Task 15 s, Action 30 s, /);
  assert.match(model, /^Model, \d:\d\d: Situation /);
});

test("a link leads into a try, once", async () => {
  const page = await open(phone, `${reader.server.url}${name}#try`);
  await run(page).waitFor();
  assert.equal(new URL(page.url()).hash, "");
  await page.getByRole("button", { name: "Stop" }).tap();
  await page.getByRole("button", { name: "Close" }).tap();
  await page.reload();
  await pass(page, 500);
  assert.equal(await run(page).count(), 0);
});
