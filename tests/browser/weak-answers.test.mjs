// Weak answers as a tool: the interviewer's marks are hidden, the reader marks phrases, and sees what was found, missed and
// marked besides; by keys, by touch, on paper, and without scripts as they are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { phone, readers, violations } from "./readers.mjs";

const reader = readers();
const open = async (options) => {
  const page = await reader.newPage(await reader.newContext({ reducedMotion: "reduce", ...options }));
  await page.goto(`${reader.server.url}weak-answers/index.html`);
  return page;
};
const first = (page) => page.locator(".weak-answer").first();
/** The numbers of the marks of the first answer with the words of each. */
const marksOf = (page) => first(page).locator(".marks > li").evaluateAll((items) => items.map((one) => one.querySelector("q").textContent));

test("by keys: marks are hidden, phrases marked, and both compared", async () => {
  const page = await open();
  const marks = await marksOf(page);
  const whole = await first(page).locator(".spoken").first().innerText();
  await page.getByRole("button", { name: "Find them first" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".weak-answer mark:visible, .marks:visible").count(), 0);
  const letters = (text) => text.replace(/[^\p{L}]/gu, "");
  assert.equal(letters(await first(page).locator(".spoken").first().innerText()), letters(whole));
  // The phrase in which the first mark begins, and one that nobody marked.
  const start = marks[0].split(/[,.;:!?–—]/)[0].trim().split(" ").slice(0, 4).join(" ");
  const phrase = first(page).locator(".phrase").filter({ hasText: start }).first();
  await phrase.focus();
  await page.keyboard.press("Space");
  assert.equal(await phrase.getAttribute("aria-pressed"), "true");
  await page.keyboard.press("Enter");
  assert.equal(await phrase.getAttribute("aria-pressed"), "false");
  await page.keyboard.press("Space");
  assert.deepEqual(await violations(page, { within: ".weak-answer" }), []);
  await first(page).getByRole("button", { name: "Show the interviewer’s marks" }).focus();
  await page.keyboard.press("Enter");
  assert.match(await page.evaluate(() => document.activeElement.textContent), new RegExp(`^Found 1 of ${marks.length}\\.`));
  assert.deepEqual(await first(page).locator(".verdict").allInnerTexts(), marks.map((_, nth) => (nth ? "Missed" : "Found")));
  assert.equal(await first(page).locator(".spoken").first().innerText(), whole);
  assert.deepEqual(await violations(page, { within: ".weak-answer" }), []);
});

test("by touch at 390 px: what was marked besides is named", async () => {
  const page = await open(phone);
  assert.ok(await first(page).locator("h2").evaluate((one) => one.getBoundingClientRect().bottom < innerHeight), "the first answer is in sight");
  await page.getByRole("button", { name: "Find them first" }).tap();
  const phrases = first(page).locator(".phrase");
  for (let nth = 0; nth < (await phrases.count()); nth++) await phrases.nth(nth).tap();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await first(page).getByText(/^\d+ phrases marked$/).waitFor();
  await first(page).getByRole("button", { name: "Show the interviewer’s marks" }).tap();
  const marks = await marksOf(page);
  await first(page).getByText(`Found ${marks.length} of ${marks.length}. You also marked what the interviewer did not:`).waitFor();
  assert.ok((await first(page).locator(".diagnose-result li").count()) > 0);
});

test("on paper and without scripts the marks are there", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Find them first" }).click();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.ok((await page.locator(".weak-answer mark:visible").count()) > 20);
  assert.equal(await page.locator(".verdict:visible, .diagnose-result:visible, #find_first:visible").count(), 0);
  const plain = await open({ javaScriptEnabled: false });
  assert.ok((await plain.locator(".weak-answer mark:visible").count()) > 20);
  assert.equal(await plain.getByRole("button", { name: "Find them first" }).isVisible(), false);
});
