// Every page is accessible, as axe sees it: in both colour schemes, on a phone and on a desk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { browser, host, isStub, pages, site } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const views = ["light", "dark"].flatMap((colorScheme) => [320, 1280].map((width) => ({ colorScheme, width })));
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };
let chromium, server;

before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

test("axe finds no violation on any page, light and dark, narrow and wide", async () => {
  const context = await chromium.newContext({ bypassCSP: true, serviceWorkers: "block", reducedMotion: "reduce" });
  const page = await context.newPage();
  const found = [];
  for (const name of pages().filter((name) => !isStub(name))) {
    await page.goto(server.url + name);
    // What is laid out only when it comes into view has no place yet that could be measured.
    await page.addStyleTag({ content: ".piece { content-visibility: visible !important; }" });
    await page.evaluate(axe);
    for (const { colorScheme, width } of views) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const { violations } = await page.evaluate((rules) => window.axe.run(rules), rules);
      for (const { id, nodes } of violations) found.push(`${name}, ${colorScheme}, ${width} px: ${id}: ${nodes.slice(0, 2).map((node) => node.target.join(" ")).join(" | ")}`);
    }
  }
  await context.close();
  assert.deepEqual(found, []);
});
