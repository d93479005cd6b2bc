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

/** Chooses, and waits until the sheet has obeyed. */
const choose = async (label, value) => {
  await page.getByLabel(label, { exact: true }).selectOption(value);
  await page.waitForFunction((value) => !value || prepbook.sheetData, value);
};

test("a chosen company comes first on its side, with its process and notes in place of others, and Back brings them", async () => {
  await open();
  const all = await rows("company-focus-table");
  assert.ok(all.length > 3);
  assert.equal(await said(), "On the sheet: all 8 tables.");
  assert.equal(await page.locator(".focus").count(), 0);
  assert.ok(await page.locator(".chooser [type=reset]").isHidden());
  await choose("Company", "amazon");
  const block = page.locator(".side >> nth=1").locator(".sheet:visible >> nth=0");
  await block.and(page.locator(".focus")).waitFor();
  assert.deepEqual(await rows("company-focus-table"), []);
  assert.deepEqual(await rows("questions-to-ask"), []);
  assert.deepEqual(await block.locator("h4").allInnerTexts(), ["Principles to know first", "The other principles", "The interviews", "How it decides", "They may write down", "Ask them", "They may well ask"]);
  assert.match(await block.innerText(), /^Amazon: 16 Leadership Principles\n.*Customer Obsession · Dive Deep · .*Phone screens → The loop → .*Our conclusion: /s);
  const links = await block.locator("a").evaluateAll((links) => links.map((link) => link.href));
  assert.ok(links.length > 16);
  for (const link of links) assert.equal((await context.request.get(link)).status(), 200, link);
  assert.equal(query(), "?company=amazon");
  assert.equal(await said(), "On the sheet: 6 of 8 tables, for Amazon.");
  await choose("Theme", "ethics-values");
  assert.deepEqual(await rows("question-type-quick-reference"), ["Ethics and values"]);
  assert.equal(await page.locator(".focus:visible").count(), 2);
  assert.equal(await said(), "On the sheet: 6 of 8 tables, for Amazon and Ethics and Values.");
  await page.goBack();
  assert.equal(query(), "?company=amazon");
  assert.ok((await rows("question-type-quick-reference")).length > 5);
  await page.goBack();
  assert.deepEqual(await rows("company-focus-table"), all);
  assert.equal(await page.locator(".focus").count(), 0);
  assert.equal(await said(), "On the sheet: all 8 tables.");
});

test("the structure of an answer stands on the sheet once, and each table that left it has its own page", async () => {
  await open();
  assert.equal(await page.locator(".side .timing").count(), 0);
  const structure = await page.locator(".side tbody tr").evaluateAll((all) => all.filter((row) => /60\s?s/.test(row.textContent)).length);
  assert.equal(structure, 1);
  const others = await page.locator(".links a").allInnerTexts();
  for (const title of ["STARL durations", "Four stages of the interview", "What interviewers want", "Weak and strong phrasing", "Common mistakes"]) assert.ok(others.includes(title), title);
});

test("the reader's own stories stand in their table, those that fit and no longer than a row", async () => {
  await page.goto(server.url + sheet);
  assert.equal(await page.locator(".side .write td:not(:empty)").count(), 0);
  await page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.change((doc) => {
      for (let nth = 1; nth <= 8; nth += 1) {
        const at = `2026-11-0${nth}T10:00:00.000Z`;
        doc.stories[`story-${nth}`] = { at, title: `Story ${nth} ${"of a very long title ".repeat(nth === 1 ? 8 : 0)}`.trim(), numbers: ["4.1 to 3.2 days", "<b>", "6 weeks of two people, and more"], fit: { "ethics-values": 3, "growth-learning": 2, nobody: 3, "problem-solving": 1 } };
      }
    });
    await store.flush();
  });
  await page.reload();
  await page.locator(".side .write b").first().waitFor();
  const cells = await page.locator(".side .write tbody tr").evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent)));
  assert.equal(cells.length, 6);
  assert.deepEqual(cells[1], ["2 Story 2", "4.1 to 3.2 days", "<b>", "6 weeks of two people, an…", "Ethics and Values, Growth Mindset and Learning"]);
  assert.ok(cells[0][0].endsWith("…") && cells[0][0].length < 65);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: Math.round(186 * 96 / 25.4), height: 1000 });
  const shares = await page.locator(".side").evaluateAll((all) => all.map((side) => side.getBoundingClientRect().height / 96 * 25.4 / 255.4));
  for (const share of shares) assert.ok(share <= 0.97, `${(share * 100).toFixed(1)} %`);
});

test("on a phone each table is a card, and the page is half as long", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(server.url + sheet);
  const cards = await page.locator(".side .sheet").evaluateAll((all) => all.map((one) => ({ width: one.offsetWidth, left: one.offsetLeft })));
  for (const { width } of cards) assert.ok(width > 300 && width < 360, `${width} px`);
  assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) < 5000);
  // Below the card that is seen nothing is left blank, whichever it is.
  const blank = () => page.evaluate(() => {
    const row = document.querySelector(".side .sheets");
    const seen = Array.from(row.children).find((card) => card.getBoundingClientRect().left >= 0);
    return Math.abs(row.getBoundingClientRect().bottom - seen.getBoundingClientRect().bottom);
  });
  assert.ok((await blank()) <= 16, `${await blank()} px`);
  await page.evaluate(() => document.querySelector(".side .sheet:nth-child(2)").scrollIntoView({ inline: "start", block: "nearest", behavior: "instant" }));
  await page.waitForFunction(() => document.querySelector(".side .sheets").scrollLeft > 300 && document.querySelector(".side .sheets").offsetHeight > document.querySelector(".side .sheet:nth-child(2)").offsetHeight);
  assert.ok((await blank()) <= 16, `${await blank()} px`);
  // A link to a table brings its card into view.
  await page.goto(`${server.url + sheet}#my-stories`);
  await page.waitForFunction(() => {
    const { left, right } = document.getElementById("my-stories").getBoundingClientRect();
    return left >= 0 && right <= innerWidth;
  });
});

test("tables can be left off; the choice can be shared, is kept, and can be taken back", async () => {
  await open();
  const before = await tables();
  await page.getByRole("checkbox", { name: "Red flags" }).uncheck();
  await page.getByRole("checkbox", { name: "Rescue lines" }).uncheck();
  const left = before.filter((table) => table !== "red-flags" && table !== "rescue-lines");
  assert.deepEqual(await tables(), left);
  assert.equal(await said(), "On the sheet: 6 of 8 tables.");
  const shared = page.url();
  assert.match(shared, /\?without=rescue-lines\+red-flags$/);

  const other = await chromium.newContext();
  const stranger = await other.newPage();
  await stranger.goto(shared);
  assert.equal(await stranger.locator(".side [data-table]:visible").count(), left.length);
  await stranger.goto(`${server.url + sheet}?company=nobody&without=nothing`);
  assert.equal(await stranger.locator("#chosen").innerText(), "On the sheet: all 8 tables.");
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
  assert.equal(await said(), "On the sheet: 7 of 8 tables.");
  await page.getByRole("button", { name: "Put everything back" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "choose-company");
  await page.getByLabel("Company", { exact: true }).selectOption("amazon");
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      // Where the bar covers half a field, axe takes the other half for its size.
      await page.evaluate(() => scrollTo(0, 0));
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
