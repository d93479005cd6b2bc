// What the tests of tools share: a host, a browser, readers each with a context of their own, and what must not happen to any
// of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before } from "node:test";
import { browser, host, site, watchFor } from "./browser.mjs";

export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const desk = { viewport: { width: 1280, height: 800 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Browsers give pages from the disk no fonts. */
const isFont = (fault) => /font.*blocked by CORS|ERR_FAILED/.test(fault);

/** Sets up the tests of a file. What `forgiven` says yes to may be asked for or go wrong. */
export const readers = ({ args = [], forgiven = () => false } = {}) => {
  let chromium;
  let contexts = [];
  let wrong = [];
  const shared = {
    /** The host of the built handbook. */
    server: undefined,
    /** A reader of whom nothing is kept. */
    newContext: async (options = {}) => {
      const context = await chromium.newContext({ ...desk, serviceWorkers: "block", ...options });
      contexts.push(context);
      return context;
    },
    /** A page of a reader: quiet, within the policy, asking nobody but its own host. */
    newPage: async (context, origin = shared.server.url) => {
      const page = await context.newPage();
      wrong.push({ list: watchFor(page, origin), isDisk: origin.startsWith("file:") });
      await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
      return page;
    },
    /** What went wrong so far, which is then forgotten. */
    faults: () => wrong.flatMap(({ list, isDisk }) => list.splice(0).filter((one) => !isDisk || !isFont(one))),
  };
  before(async () => {
    shared.server = await host(site());
    chromium = await browser({ args });
  });
  after(async () => {
    await chromium?.close();
    shared.server?.close();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    const faults = shared.faults().filter((one) => !forgiven(one));
    wrong = [];
    assert.deepEqual(faults, []);
  });
  return shared;
};

/** From now on the test moves a page's time. */
export const stopClock = async (page, start) => {
  await page.clock.install({ time: start - 60_000 });
  await page.clock.pauseAt(start);
};

/** What axe finds of a page, or of a part of it, in light and dark. */
export const violations = async (page, { within, rules = {}, colours = ["light", "dark"] } = {}) => {
  if (!(await page.evaluate(() => Boolean(self.axe)))) await page.evaluate(axe);
  const found = [];
  for (const colorScheme of colours) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await page.evaluate(([within, runOnly, rules]) => self.axe.run(within ?? document, { runOnly, rules }), [within, standards, rules]);
    found.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`));
  }
  return found;
};

/** What axe finds of a part of a page as it stands: on a desk and on a phone, in light and dark. */
export const violationsEverywhere = async (page, within) => {
  if (!(await page.evaluate(() => Boolean(self.axe)))) await page.evaluate(axe);
  const found = [];
  const now = page.viewportSize();
  for (const { viewport } of [desk, phone]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const violations = await page.evaluate(async ([within, runOnly]) => (await self.axe.run(within, { runOnly, resultTypes: ["violations"] })).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`), [within, standards]);
      found.push(...violations.map((one) => `${viewport.width}, ${colorScheme}: ${one}`));
    }
  }
  await page.setViewportSize(now);
  return found;
};

/** Windows in which little fits: a phone between its browser's bars, a small one, a desk zoomed into, a phone on its side. */
export const lowWindows = [[390, 664], [320, 568], [640, 400], [844, 390]];

/** What of a run in a window cannot be seen: the question, the part, the time, above the keys or whatever covers them. */
export const hiddenOfRun = (page) =>
  page.evaluate(() => {
    const keys = document.querySelector(".run-keys").getBoundingClientRect();
    const places = ["#run_title", ".run-part b", ".run-left b", ".run-left span"].map((place) => [place, document.querySelector(place).getBoundingClientRect()]);
    return [...places.filter(([, { top, bottom }]) => top < 0 || bottom > keys.top).map(([place, { bottom }]) => `${place}: ${Math.round(bottom - keys.top)} px`), ...(keys.bottom > innerHeight ? ["keys"] : [])];
  });

/** Controls of a place that a thumb could miss, and whether it is wider than the window. */
export const clumsy = (page, place) =>
  page.evaluate((place) => {
    const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1;
    const root = document.querySelector(place);
    const controls = [...root.querySelectorAll(":is(button, a.button, select, summary, textarea, input[type=text], label:has(input))")].filter(shown);
    const small = controls.map((one) => [one.textContent.trim().slice(0, 30) || one.id, one.getBoundingClientRect()]).filter(([, { width, height }]) => width < 44 || height < 44);
    return [...small.map(([text, { width, height }]) => `${text}: ${width} × ${height}`), ...(root.scrollWidth > innerWidth ? ["too wide"] : [])];
  }, place);
