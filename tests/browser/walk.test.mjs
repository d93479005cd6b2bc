// A candidate on a phone: an interview at Amazon in five days, one hour tonight. From home to the first spoken answer, and on
// to a night-before page on paper, by touch alone; every tap counts.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "./browser.mjs";
import { pagesOf } from "./paper.mjs";
import { clumsy, phone, readers, stopClock } from "./readers.mjs";

const reader = readers();
const START = new Date("2026-11-30T19:00:00").getTime();

/** A phone at home, and what its owner taps: one thing at a time, each in sight after scrolling. */
const candidate = async () => {
  const context = await reader.newContext({ ...phone, locale: "en-GB", reducedMotion: "reduce" });
  const page = await reader.newPage(context);
  await stopClock(page, START);
  await page.clock.resume();
  await page.goto(reader.server.url);
  const taps = [];
  const tap = async (what, place) => {
    await place.tap();
    taps.push(what);
  };
  return { page, taps, tap };
};
const isSpeaking = (page) => page.locator(".run[open] .run-left").waitFor();

test("who has nothing yet speaks after two taps from home", async () => {
  const { page, taps, tap } = await candidate();
  await tap("a question", page.locator('main a[href*="questions/"]:not([href*="index.html?"]):not([href$="questions/index.html"])').first());
  await tap("Try it", page.getByRole("button", { name: "Try it" }));
  await isSpeaking(page);
  assert.ok(taps.length <= 2, `${taps}`);
});

test("Amazon in five days, one hour tonight: a plan in four taps, an answer in one more, the night before on paper", async () => {
  const { page, taps, tap } = await candidate();
  await tap("the day", page.locator("#coach_date"));
  await page.fill("#coach_date", "2026-12-05");
  await tap("the company", page.locator("#coach_company"));
  await page.selectOption("#coach_company", "amazon");
  await tap("the minutes", page.locator("#coach_minutes"));
  await page.selectOption("#coach_minutes", "60");
  await tap("Make my plan", page.getByRole("button", { name: "Make my plan" }));
  const card = page.locator("#coach_card");
  await card.getByText("5 days to go · Amazon").waitFor();
  assert.deepEqual(await clumsy(page, "#coach"), []);
  // Its work and its questions fit the hour.
  const minutes = (await card.getByText(/^To (do|say aloud), \d+ min$/).allInnerTexts()).map((one) => Number(/\d+/.exec(one)[0]));
  assert.ok(minutes.length === 2 && minutes[0] + minutes[1] <= 60 && minutes[0] + minutes[1] > 40, `${minutes}`);
  const planned = taps.length;
  const tonights = await card.locator("ol.asked a.said").evaluateAll((all) => all.map(({ href }) => new URL(prepbook.addressOf(href)).pathname));
  await page.evaluate(async () => (await prepbook.loadStore()).flush());
  await tap("Say the first one now", card.getByRole("link", { name: "Say the first one now" }));
  await isSpeaking(page);
  assert.ok(planned <= 4 && taps.length - planned <= 1, `${taps}`);
  assert.equal(new URL(page.url()).hash, "");
  await page.clock.runFor(50_000);
  await tap("Stop", page.getByRole("button", { name: "Stop" }));
  await tap("Solid", page.getByText("Solid", { exact: true }));
  await page.getByText("Your rating is kept in this browser.").waitFor();
  await page.evaluate(async () => (await prepbook.loadStore()).flush());
  // What comes next is what the plan has next.
  const said = tonights.indexOf(new URL(page.url()).pathname);
  assert.ok(said >= 0 && tonights.length > 2);
  await tap("Next question", page.getByRole("link", { name: "Next question" }));
  await page.waitForURL((url) => url.pathname === tonights[said + 1]);

  // Tonight already, the page of the night before is three taps from home, and on paper.
  await page.addInitScript(() => (self.print = () => (self.printed = true)));
  await page.goto(reader.server.url);
  const tonight = taps.length;
  await tap("The days until then", card.getByText(/^The days until then/));
  assert.deepEqual(await clumsy(page, "#coach"), []);
  await tap("Night before", card.locator(".ahead").getByRole("link", { name: "Night before" }));
  await page.waitForURL(/plan\/night-before\//);
  await tap("Print this page", page.getByRole("button", { name: "Print this page" }));
  assert.equal(await page.evaluate(() => self.printed), true);
  assert.equal(taps.length - tonight, 3);

  // The next evening, from home again: what was done is marked, and one tap says the next one.
  await page.goto(reader.server.url);
  await card.getByText("tried today").waitFor();
  const evening = taps.length;
  await tap("Say the next one now", card.getByRole("link", { name: "Say the next one now" }));
  await isSpeaking(page);
  assert.equal(taps.length - evening, 1);

  // The night before leads to its page, which prints on one sheet.
  await page.clock.setSystemTime(new Date("2026-12-04T19:00:00"));
  await page.goto(reader.server.url);
  const night = taps.length;
  await tap("Night before", card.getByRole("link", { name: /^Night before/ }).first());
  await page.waitForURL(/plan\/night-before\//);
  assert.equal(taps.length - night, 1);
  for (const format of ["A4", "Letter"]) {
    const path = join(folder(), `night-${format}.pdf`);
    await page.pdf({ path, format });
    const sheets = await pagesOf(path);
    assert.equal(sheets.length, 1, format);
    assert.match(sheets[0], /Night before/);
  }
  console.log(`taps: ${taps.join(", ")}`);
});
