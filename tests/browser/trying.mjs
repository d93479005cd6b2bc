// A question tried in a test: the page with its own time, the run, and what is kept of it.
import { desk, readers, stopClock } from "./readers.mjs";

/** A question with answers in two shapes: STARL, 2:00, and Reversible bet, 1:40. */
export const name = "questions/incomplete-information/index.html";

export const START = Date.UTC(2026, 10, 30, 9);

export const reader = readers();

/** A page of its own reader, whose time the test moves. */
export const open = async (options = desk, address = reader.server.url + name) => {
  const page = await reader.newPage(await reader.newContext({ reducedMotion: "no-preference", ...options }), address?.startsWith("file:") ? "file:" : undefined);
  await stopClock(page, START);
  if (address) await page.goto(address);
  return page;
};
export const run = (page) => page.locator(".run[open]");
/** Lets time pass, and a frame be drawn after it. */
export const pass = (page, ms) => page.clock.runFor(ms + 20);
export const begin = async (page) => {
  await page.keyboard.press("Space");
  await run(page).waitFor();
};
export const left = async (page) => (await page.locator(".run-left").innerText()).replaceAll("\n", " ");
export const part = async (page) => (await page.locator(".run-part").innerText()).replaceAll("\n", " ");
export const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());
export const kept = async (page) => {
  await pass(page, 10);
  return page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.flush();
    const { attempts, questions, run } = store.doc;
    return { attempts, questions, run };
  });
};
