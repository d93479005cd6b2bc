// The page that a question is tried on: the switch, the keys, what it asks for; in light and dark, from a host and from the disk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetAsked, site } from "./browser.mjs";
import { desk, phone, violations } from "./readers.mjs";
import { begin, focused, kept, left, name, open, part, pass, reader, run } from "./trying.mjs";

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

test("a link leads into a try, once", async () => {
  const page = await open(phone, `${reader.server.url}${name}?try`);
  await run(page).waitFor();
  assert.equal(new URL(page.url()).hash, "");
  await page.getByRole("button", { name: "Stop" }).tap();
  await page.getByRole("button", { name: "Close" }).tap();
  await page.reload();
  await pass(page, 500);
  assert.equal(await run(page).count(), 0);
});
