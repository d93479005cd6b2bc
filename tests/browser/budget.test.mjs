// What a page costs at first view, as a host sends it: the budgets of reading on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, host, isStub, pages, site } from "./browser.mjs";

/** Bytes as sent, and requests; some pages have more room for their text. The print edition is the whole handbook: it is loaded to be printed. */
const budget = { html: 9_000, css: 11_000, font: 45_000, script: 6_000, requests: 8 };
const budgets = {
  "questions/index.html": { ...budget, html: 22_000 },
  "cheat-sheet/index.html": { ...budget, html: 10_000 },
  "print/index.html": { ...budget, html: 300_000 },
};
/** What a browser shows around a page or keeps for installing it is no part of the first view. */
const beside = ["manifest", "other"];
let chromium, server;

before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

test("every page stays within its budget at first view", async () => {
  const over = [];
  const context = await chromium.newContext({ serviceWorkers: "block", viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  // Every page is the first that a reader opens: nothing is kept from the others.
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let asked = [];
  page.on("requestfinished", (request) => asked.push(request));
  for (const name of pages().filter((name) => !isStub(name))) {
    const costs = { html: 0, css: 0, font: 0, script: 0, requests: 0 };
    asked = [];
    await page.goto(server.url + name);
    await page.evaluate(() => document.fonts.ready);
    for (const request of asked.filter((request) => !beside.includes(request.resourceType()))) {
      const { responseBodySize } = await request.sizes();
      const kind = { document: "html", stylesheet: "css", font: "font", script: "script" }[request.resourceType()];
      costs.requests += 1;
      if (kind) costs[kind] += responseBodySize;
    }
    for (const [what, most] of Object.entries(budgets[name] ?? budget)) if (costs[what] > most) over.push(`${name}: ${what} ${costs[what]} of ${most}`);
    assert.ok(costs.html > 0 && costs.css > 0 && costs.font > 0 && costs.script > 0, `${name}: ${JSON.stringify(costs)}`);
  }
  await context.close();
  assert.deepEqual(over, []);
});
