// Lighthouse, as its users run it: a mid-range phone on slow 4G, the median of three runs.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import lighthouse from "lighthouse";
import { pageFunctions } from "lighthouse/core/lib/page-functions.js";
import { browser, host, site } from "./browser.mjs";

const names = ["index.html", "questions/incomplete-information/index.html", "questions/index.html", "cheat-sheet/index.html", "companies/amazon/index.html"];
const runs = 3;
/** From here on Lighthouse calls a page fast. The figure moves with whatever else the host does; bytes, requests and shifts, which do not, have their own limits in `every-page.test.mjs`. */
const fast = 90;
/** How Lighthouse slows a fast desktop down to its phone, and the middle of the figures it measures on such desktops (docs/throttling.md). */
const [most, desktop] = [4, 1750];
let chromium, server, port, slowdown;

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const freePort = () =>
  new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

before(async () => {
  server = await host(site());
  port = await freePort();
  chromium = await browser({ args: [`--remote-debugging-port=${port}`] });
  // On a slower machine as much slowing down would be another, slower phone.
  const page = await chromium.newPage();
  const speeds = [];
  for (let run = 0; run < runs; run += 1) speeds.push(await page.evaluate(pageFunctions.computeBenchmarkIndex));
  await page.close();
  slowdown = Math.min(most, Math.max(1, (most * median(speeds)) / desktop));
});
after(async () => {
  await chromium?.close();
  server?.close();
});

for (const name of names) {
  test(`Lighthouse finds nothing to mend on ${name}`, async (context) => {
    const results = [];
    const broken = [];
    while (results.length < runs && broken.length < 2 * runs) {
      const { lhr } = await lighthouse(server.url + name.replace(/index\.html$/, ""), {
        port, logLevel: "error", onlyCategories: ["performance", "accessibility", "best-practices", "seo"], disableFullPageScreenshot: true, throttling: { cpuSlowdownMultiplier: slowdown },
      });
      // A measurement that broke off has no score, and says nothing of the page.
      const isWhole = !lhr.runtimeError && Object.values(lhr.categories).every(({ score }) => score !== null);
      (isWhole ? results : broken).push(lhr);
    }
    assert.equal(results.length, runs, `measurements broke off: ${broken.map(({ runtimeError }) => runtimeError?.message ?? "without a score")}`);
    const score = (category) => median(results.map((result) => Math.round(result.categories[category].score * 100)));
    const value = (audit) => median(results.map((result) => result.audits[audit].numericValue));
    const failing = results[0] && Object.values(results[0].audits).filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode === "binary").map((audit) => audit.id);
    const scores = { performance: score("performance"), accessibility: score("accessibility"), bestPractices: score("best-practices"), seo: score("seo"), shift: value("cumulative-layout-shift") };
    context.diagnostic(`slowed down ${slowdown.toFixed(1)} times: ${JSON.stringify(scores)}, largest paint ${Math.round(value("largest-contentful-paint"))} ms, blocking ${Math.round(value("total-blocking-time"))} ms`);
    assert.deepEqual({ ...scores, performance: scores.performance >= fast }, { performance: true, accessibility: 100, bestPractices: 100, seo: 100, shift: 0 }, `${JSON.stringify(scores)} ${failing}`);
  });
}
