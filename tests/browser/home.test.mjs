// The home page goes on where its reader was, and is calm where there is nothing to go on with.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, test } from "node:test";
import { browser, host, measureShift, site, watchFor } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let chromium, server, context;

before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});
afterEach(() => context?.close());

const open = async (options) => {
  context = await chromium.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block", ...options });
  const page = await context.newPage();
  await measureShift(page);
  return page;
};
const keep = async (page, isPlanned = false) => {
  await page.goto(`${server.url}my-data/index.html`);
  await page.evaluate(async (isPlanned) => {
    const at = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
    const store = await prepbook.loadStore();
    await store.change((doc) => {
      doc.questions["greatest-weakness"] = { rating: 3, last: at(0), count: 1 };
      doc.questions["incomplete-information"] = { rating: 1, last: at(5), count: 1 };
      if (isPlanned) doc.plan = { start: at(0).slice(0, 10), interview: at(-9).slice(0, 10), minutes: 45 };
    });
  }, isPlanned);
};
const here = (page) => page.locator("#practice_now");

for (const [name, viewport] of [["a desk", { width: 1440, height: 900 }], ["a phone", { width: 390, height: 844 }]]) {
  test(`home tells what was tried last and what is due, on ${name}`, async () => {
    const page = await open({ viewport });
    const wrong = watchFor(page, server.url);
    await keep(page);
    await page.goto(server.url);
    await here(page).getByText("Last tried").waitFor();
    assert.match(await here(page).innerText(), /^Continue\s+Last tried\s+What is your greatest weakness\? Ready, today\s+Due today\s+Tell me about a time you had to make a decision with incomplete information\.$/);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(axe);
      assert.deepEqual(await page.evaluate(async () => (await axe.run("#practice_now")).violations.map(({ id }) => id)), []);
    }
    // The next time it has its room before it comes.
    await page.goto(server.url);
    await here(page).getByText("Last tried").waitFor();
    await page.getByText("Weakest so far").waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const above = await page.evaluate(() => document.querySelector("#practice_now").getBoundingClientRect().bottom <= document.querySelector("#coach").getBoundingClientRect().top);
    assert.equal(above, viewport.width < 1024, "beside the date where there is room");
    const moved = await page.evaluate(() => self.shift);
    assert.ok(moved < 0.02, `${moved}`);
    await here(page).getByRole("link", { name: "What is your greatest weakness?" }).click();
    await page.waitForURL(/greatest-weakness/);
    assert.deepEqual(wrong, []);
  });
}

test("where there is nothing to go on with, and without scripts, nothing stands there and no room is left", async () => {
  for (const options of [{}, { javaScriptEnabled: false }]) {
    const page = await open(options);
    await page.goto(server.url, { waitUntil: "networkidle" });
    assert.equal(await page.getByText("Continue", { exact: true }).isVisible(), false);
    const heights = await here(page).evaluate((place) => [place.offsetHeight, Number.parseFloat(getComputedStyle(place).marginTop)]);
    assert.deepEqual(heights, [0, 0]);
    await context.close();
  }
});

test("whoever has a plan comes for today, and it is not on paper", async () => {
  const page = await open();
  await keep(page, true);
  await page.goto(server.url, { waitUntil: "networkidle" });
  await page.locator("#coach_card").getByText("9 days to go").waitFor();
  assert.equal(await here(page).isVisible(), false);
  await context.close();
  const other = await open();
  await keep(other);
  await other.goto(server.url);
  await here(other).getByText("Last tried").waitFor();
  await other.emulateMedia({ media: "print" });
  assert.equal(await here(other).isVisible(), false);
});

// ---------- the first answer ----------

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const isRunning = async (page) => {
  await page.locator("dialog[open]").waitFor();
  assert.equal(await page.evaluate(() => history.state?.run?.clock.since !== null), true);
};

test("on a phone one press on home's first screen leads into the first answer, with its clock running", async () => {
  const page = await open(phone);
  const wrong = watchFor(page, server.url);
  await page.goto(server.url, { waitUntil: "networkidle" });
  const say = page.getByRole("link", { name: "Say one answer now" });
  const { y, height } = await say.boundingBox();
  assert.ok(y + height < 600, `${y + height} px`);
  await say.tap();
  await page.waitForURL(/\/questions\/tell-me-about-yourself\//);
  await isRunning(page);
  assert.deepEqual(wrong, []);
});

test("with a day named first it takes three presses, and the company's own route is one away", async () => {
  const page = await open(phone);
  await page.goto(server.url, { waitUntil: "networkidle" });
  await page.selectOption("#coach_company", "amazon");
  await page.getByRole("button", { name: "5 days" }).tap();
  assert.equal(await page.getByRole("button", { name: "5 days" }).getAttribute("aria-pressed"), "true");
  await page.getByRole("button", { name: "Make my plan" }).tap();
  const first = page.getByRole("link", { name: "Say the first one now" });
  await first.waitFor();
  assert.match(await page.locator("#coach").getByRole("link", { name: "Five days: Amazon" }).getAttribute("href"), /guides\/routes\/(index\.html)?#five-days-amazon/);
  await first.tap();
  await isRunning(page);
});

test("the first action goes on with what is due, and else with what was not tried yet", async () => {
  const page = await open(phone);
  await keep(page);
  await page.goto(server.url);
  await page.locator("#say_what", { hasText: "incomplete information" }).waitFor();
  assert.match(await page.locator("#say_now").getAttribute("href"), /incomplete-information\/(index\.html)?\?try$/);
  await page.evaluate(async () => (await prepbook.loadStore()).change((doc) => {
    doc.questions["incomplete-information"] = { rating: 3, last: new Date().toISOString(), count: 2 };
    doc.questions["tell-me-about-yourself"] = { rating: 3, last: new Date().toISOString(), count: 2 };
  }));
  await page.waitForFunction(() => !/incomplete information|about yourself/.test(document.getElementById("say_what").textContent));
});

test("to start the plan is to name the day, where that is asked on the page; without scripts it leads to the plan", async () => {
  const page = await open(phone);
  await page.goto(server.url, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Start the plan" }).tap();
  await page.waitForFunction(() => document.activeElement?.id === "coach_date");
  assert.equal(page.url(), server.url);
  const box = await page.locator("#coach_date").boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 844, JSON.stringify(box));
  await context.close();
  const plain = await open({ ...phone, javaScriptEnabled: false });
  await plain.goto(server.url);
  for (const days of ["One day", "Three days", "Five days: Amazon", "Ten days"]) assert.match(await plain.locator(".chips").getByRole("link", { name: days }).getAttribute("href"), /guides\/routes\//);
  await plain.getByRole("link", { name: "Start the plan" }).tap();
  await plain.waitForURL(/\/plan\//);
});
