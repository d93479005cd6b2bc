// Every page of the handbook, opened once: quiet, within its budget, in its frame, accessible.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { browser, host, isStub, pages, site, watchFor } from "./browser.mjs";

/** Bytes as sent, and requests; some pages have more room for their text. The print edition is the whole handbook: it is loaded to be printed. */
const budget = { html: 9_600, css: 11_450, paper: 4_500, font: 45_000, script: 5_900, requests: 9 };
/** The other questions of its theme stand beside each. */
const question = { ...budget, html: 10_400 };
/** Questions with an answer a level, and whole interviews. */
const longer = { ...budget, html: 11_700 };
/** Pages with tools have a sheet of their own beside the site's. */
const withTools = { ...budget, css: 14_200, script: 6_400, requests: 11 };
const budgets = {
  "index.html": withTools,
  "plan/index.html": withTools,
  "practice/index.html": withTools,
  ...Object.fromEntries(["two-minute-drill", "follow-up-gauntlet", "mock-interview", "story-coverage-audit", "story-swap", "weakness-pressure-test"].map((tool) => [`practice/${tool}/index.html`, withTools])),
  // The bank is a tool from the first: its map is drawn from what the reader wrote. What the fields need comes with them.
  "stories/index.html": { ...withTools, css: 17_600, script: 24_500, requests: 19 },
  "red-flags/index.html": { ...budget, html: 10_700 },
  "my-data/index.html": { ...withTools, script: 20_500, requests: 16 },
  "questions/index.html": { ...budget, html: 22_000, script: 6_900 },
  "companies/amazon/index.html": { ...budget, html: 12_100 },
  "weak-answers/index.html": { ...withTools, html: 24_500, script: 6_600 },
  // On a phone its rows of cards are as tall as the card that is seen.
  "cheat-sheet/index.html": { ...budget, script: 6_000 },
  "sources/index.html": { ...budget, html: 24_000 },
  "all/index.html": { ...budget, html: 11_400 },
  "print/index.html": { ...budget, html: 580_000 },
};
/** What a browser shows around a page or keeps for installing it is no part of the first view. */
const beside = ["manifest", "other"];

const widths = [320, 390, 768, 1280];
/** Where axe looks. */
const looked = [320, 1280];
/** The size of letters that readers set in their browsers, in pixels: as it comes, and twice as large. */
const [common, doubled] = [16, 32];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const found = { errors: [], costs: [], scrolls: [], violations: [] };
let count = 0;

/** What a page cost at first view: all that it asked for until it had loaded. What it asks for at rest keeps nobody waiting. */
const costsOf = async (page, requests) => {
  const costs = { html: 0, css: 0, paper: 0, font: 0, script: 0, requests: 0 };
  const loaded = await page.evaluate(() => performance.timeOrigin + performance.getEntriesByType("navigation")[0].loadEventStart);
  const papers = await page.locator('link[rel="stylesheet"][media="print"]').evaluateAll((links) => links.map((link) => link.href));
  const isOfView = (request) => !beside.includes(request.resourceType()) && request.timing().startTime <= loaded;
  for (const request of requests.filter(isOfView)) {
    const { responseBodySize } = await request.sizes();
    // What is for paper keeps no reader waiting, and is counted for itself.
    const isForPaper = papers.includes(request.url());
    const kind = isForPaper ? "paper" : { document: "html", stylesheet: "css", font: "font", script: "script" }[request.resourceType()];
    costs.requests += 1;
    if (kind) costs[kind] += responseBodySize;
  }
  return costs;
};
/** Adds a style of the reader's own, which no policy of a page forbids. */
const restyle = (page, style) =>
  page.evaluate((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
  }, style);
const violations = (page) =>
  page.evaluate(async (runOnly) => {
    const { violations, incomplete } = await axe.run({ runOnly, resultTypes: ["violations", "incomplete"] });
    // Of targets that it cannot judge axe says so much: they have not the size.
    const small = incomplete.filter(({ id }) => id === "target-size");
    return [...violations, ...small].map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map((node) => node.target.join(" ")).join(" | ")}`);
  }, standards);

before(async () => {
  const server = await host(site());
  const chromium = await browser();
  const page = await chromium.newPage({ serviceWorkers: "block", reducedMotion: "reduce" });
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  const session = await page.context().newCDPSession(page);
  // Every page is the first that a reader opens: nothing is kept from the others.
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const letters = (size) => session.send("Page.setFontSizes", { fontSizes: { standard: size } });
  const wrong = watchFor(page, server.url);
  let requests = [];
  page.on("requestfinished", (request) => requests.push(request));

  for (const name of pages().filter((name) => !isStub(name))) {
    const resize = (width) => page.setViewportSize({ width, height: 800 });
    const frame = async (how) => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.scrolls.push(`${name}, ${how}: ${over} px`);
    };
    count += 1;
    requests = [];
    await page.goto(server.url + name);
    await page.evaluate(() => document.fonts.ready);
    const costs = await costsOf(page, requests);
    assert.ok(costs.html > 0 && costs.css > 0 && costs.font > 0 && costs.script > 0, `${name}: ${JSON.stringify(costs)}`);
    const isLong = name.startsWith("interviews/") || (await page.locator(".level").count()) > 0;
    const most = budgets[name] ?? (isLong ? longer : /^questions\/./.test(name) ? question : budget);
    for (const [what, bytes] of Object.entries(most)) if (costs[what] > bytes) found.costs.push(`${name}: ${what} ${costs[what]} of ${bytes}`);

    // What is laid out only when it comes into view has no place yet that could be measured.
    await restyle(page, ".piece { content-visibility: visible !important; }");
    await page.evaluate(axe);
    for (const width of widths) {
      await resize(width);
      await frame(`${width} px`);
      for (const colorScheme of looked.includes(width) ? ["light", "dark"] : []) {
        await page.emulateMedia({ colorScheme });
        for (const one of await violations(page)) found.violations.push(`${name}, ${colorScheme}, ${width} px: ${one}`);
      }
    }
    await letters(doubled);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), `${doubled}px`);
    for (const width of widths.toReversed()) {
      await resize(width);
      await frame(`${width} px, letters twice as large`);
    }
    await letters(common);
    await resize(1280);
    // Or the page alone is told to be larger.
    await restyle(page, "html { font-size: 200% !important; }");
    await frame("twice as large on a desk");
    found.errors.push(...wrong.splice(0).map((one) => `${name}: ${one}`));
  }
  await chromium.close();
  server.close();
});

test("every page was opened", () => assert.ok(count > 150, `${count}`));
test("no page has a console error, breaks the policy, or asks another host for anything", () => assert.deepEqual(found.errors, []));
test("every page stays within its budget at first view", () => assert.deepEqual(found.costs, []));
test("no page scrolls sideways at any width, with letters as they come and twice as large", () => assert.deepEqual(found.scrolls, []));
test("axe finds no violation on any page, light and dark, narrow and wide", () => assert.deepEqual(found.violations, []));
