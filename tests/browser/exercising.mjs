// Running the exercises: what their tests share.
import assert from "node:assert/strict";
import { desk, readers, stopClock } from "./readers.mjs";

export const START = Date.UTC(2026, 10, 30, 9);
export const TOOLS = ["two-minute-drill", "follow-up-gauntlet", "story-swap", "weakness-pressure-test", "story-coverage-audit", "mock-interview"];
export const addressOf = (tool) => `practice/${tool}/index.html`;

export const reader = readers();

/** A page of its own reader, whose time the test moves. */
export const open = async (tool, options = desk, query = "", more = () => {}) => {
  const context = await reader.newContext({ reducedMotion: "no-preference", ...options });
  await more(context);
  const page = await reader.newPage(context);
  await stopClock(page, START);
  await page.goto(`${reader.server.url}${addressOf(tool)}${query}`);
  return page;
};
export const run = (page) => page.locator(".run[open]");
export const pass = (page, ms) => page.clock.runFor(ms + 20);
export const heading = (page) => page.locator("#run_title").innerText();
export const setUp = async (page) => {
  await page.keyboard.press("Space");
  await run(page).waitFor();
};
/** A swap asks for the name of a story. */
export const name = async (page, title = "The rollback") => {
  if (await page.locator("#exercise_title:visible").count()) await page.getByLabel(/in a few words/).fill(title);
};
export const begin = async (page) => {
  await setUp(page);
  await name(page);
  await page.keyboard.press("Enter");
  await page.locator(".exercise[data-ready]").waitFor();
};
export const left = async (page) => (await page.locator(".run-left").innerText()).replaceAll("\n", " ");
export const kept = async (page) => {
  await pass(page, 10);
  return page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.flush();
    return JSON.parse(JSON.stringify(store.doc));
  });
};
/** What is kept is told once it is safely stored, which takes the store a while of the test's time. */
export const keptIsTold = async (page) => {
  const line = page.getByText("Your answers are kept in this browser.");
  for (let nth = 0; nth < 40 && !(await line.count()); nth++) await pass(page, 250);
  assert.equal(await line.count(), 1);
};
export const isAt = (page, at) => page.locator(at === "ready" ? ".exercise[data-ready]" : at === "done" ? ".exercise[data-print]" : ".rate").count().then(Boolean);
/** Answers one turn by keys, and rates it. */
export const answer = async (page, ms = 20_000, rating = "1") => {
  await page.keyboard.press("Space");
  await pass(page, ms);
  await page.keyboard.press("Enter");
  await pass(page, 10);
  if (await isAt(page, "rating")) await page.keyboard.press(rating);
  await pass(page, 10);
};
export const finish = async (page, rating) => {
  for (let nth = 0; nth < 60 && !(await isAt(page, "done")); nth++) await answer(page, 20_000, rating?.(nth));
  assert.ok(await isAt(page, "done"));
};
