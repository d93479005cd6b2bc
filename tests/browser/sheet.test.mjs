// The cheat sheet's own script: what goes on the sheet, and the code that leads back to it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { browser, folder, host, program, repository, site, watchFor } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const sheet = "cheat-sheet/index.html";
let chromium, server, context, page, wrong;

before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});
beforeEach(async () => {
  context = await chromium.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  wrong = watchFor(page, "");
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(wrong, []);
});

const open = async (query = "") => {
  await page.goto(server.url + sheet + query);
  await page.locator(".chooser > summary").click();
};
const said = () => page.locator("#chosen").innerText();
const tables = () => page.locator(".side [data-table]:visible").evaluateAll((all) => all.map((one) => one.dataset.table));
const rows = (table) => page.locator(`[data-table="${table}"] tbody th:visible`).allInnerTexts();
const query = () => new URL(page.url()).search;

test("a company stands alone on the sheet, with its principles and questions, and Back brings the others", async () => {
  await open();
  const all = await rows("company-focus-table");
  assert.ok(all.length > 3);
  assert.equal(await said(), "On the sheet: all 10 tables.");
  assert.equal(await page.locator(".focus:visible").count(), 0);
  assert.ok(await page.locator(".chooser [type=reset]").isHidden());
  await page.getByLabel("Company", { exact: true }).selectOption("amazon");
  assert.deepEqual(await rows("company-focus-table"), ["Amazon"]);
  const block = page.locator(".focus:visible");
  assert.equal(await block.count(), 1);
  assert.match(await block.innerText(), /^Amazon\n.*Customer Obsession · Ownership/s);
  assert.ok((await block.locator(".asked a").count()) >= 2);
  assert.equal(query(), "?company=amazon");
  assert.equal(await said(), "On the sheet: all 10 tables, for Amazon.");
  await page.getByLabel("Theme", { exact: true }).selectOption("ethics-values");
  assert.deepEqual(await rows("question-type-quick-reference"), ["Ethics and values"]);
  assert.equal(await said(), "On the sheet: all 10 tables, for Amazon and Ethics and Values.");
  await page.goBack();
  assert.equal(query(), "?company=amazon");
  assert.ok((await rows("question-type-quick-reference")).length > 5);
  await page.goBack();
  assert.deepEqual(await rows("company-focus-table"), all);
  assert.equal(await said(), "On the sheet: all 10 tables.");
});

test("tables can be left off; the choice can be shared, is kept, and can be taken back", async () => {
  await open();
  const before = await tables();
  await page.getByRole("checkbox", { name: "Red flags" }).uncheck();
  await page.getByRole("checkbox", { name: "STARL durations" }).uncheck();
  const left = before.filter((table) => table !== "red-flags" && table !== "starl-table");
  assert.deepEqual(await tables(), left);
  assert.equal(await said(), "On the sheet: 8 of 10 tables.");
  const shared = page.url();
  assert.match(shared, /\?without=starl-table\+red-flags$/);

  const other = await chromium.newContext();
  const stranger = await other.newPage();
  await stranger.goto(shared);
  assert.equal(await stranger.locator(".side [data-table]:visible").count(), left.length);
  await stranger.goto(`${server.url + sheet}?company=nobody&without=nothing`);
  assert.equal(await stranger.locator("#chosen").innerText(), "On the sheet: all 10 tables.");
  await other.close();

  await page.goto(server.url);
  await open();
  assert.deepEqual(await tables(), left);
  assert.equal(page.url(), shared);
  await page.getByRole("button", { name: "Put everything back" }).click();
  assert.deepEqual(await tables(), before);
  assert.equal(query(), "");
  await open();
  assert.deepEqual(await tables(), before);
});

test("a side without tables is not printed", async () => {
  await open();
  const second = await page.locator(".side >> nth=1").locator("[data-table]").evaluateAll((all) => all.map((one) => one.dataset.table));
  await page.goto(`${server.url + sheet}?without=${second.join("+")}`);
  assert.equal(await page.locator(".side:visible").count(), 1);
});

test("the panel works by keyboard, and axe finds no violation in it", async () => {
  await page.goto(server.url + sheet);
  await page.locator("#print").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".chooser form").isVisible());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.equal(await said(), "On the sheet: 9 of 10 tables.");
  await page.getByRole("button", { name: "Put everything back" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "choose-company");
  await page.getByLabel("Company", { exact: true }).selectOption("amazon");
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(violations.map((one) => one.id), [], `${colorScheme}, ${width} px`);
    }
  }
});

test("the print button opens the browser's dialog", async () => {
  await page.addInitScript(() => (window.print = () => (document.title = "printed")));
  await open();
  await page.locator("#print").click();
  assert.equal(await page.title(), "printed");
});

test("the printed code is read as the short address, and that address leads to the sheet", async () => {
  const root = folder();
  const build = (...more) => execFileSync(program, ["--root", repository, "-q", "build", "-o", root, ...more]);
  build();
  const own = await host(root, "/Some-Where/");
  build("--base-url", own.url);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.goto(own.url + sheet);
  const code = page.locator(".side svg[role=img]");
  const { width } = await code.boundingBox();
  assert.ok(Math.abs(width - 20 * 96 / 25.4) < 0.5, `${width} px`);
  // As a camera sees it: some pixels a module.
  await page.evaluate(() => (document.body.style.zoom = "4"));
  const { data, width: across, height } = PNG.sync.read(await code.screenshot());
  const read = jsqr(new Uint8ClampedArray(data), across, height);
  assert.ok(read, "no code is found");
  const address = new URL(read.data);
  assert.equal(address.href, `${own.url}c/`);
  const printed = await page.locator(".side > header p").last().innerText();
  assert.ok(printed.endsWith(address.href.replace("http://", "")), printed);
  await page.goto(read.data);
  await page.waitForURL(/cheat-sheet\//);
  assert.equal(await page.locator("h1").innerText(), "Cheat sheet");
  own.close();
});
