// The handbook in Firefox: printed, searched, filtered, and read without a network.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { host, PATIENCE, site } from "./browser.mjs";
import { firefox, printedBy } from "./firefox.mjs";
import { formats, headingsOf, lonely, pagesOf, sizesOf } from "./paper.mjs";

let browser, server, page, wrong;

before(async () => {
  server = await host(site());
  browser = await firefox();
});
after(async () => {
  await browser?.close();
  server?.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
});
afterEach(async () => {
  await page.close();
  assert.deepEqual(wrong, []);
});

const text = (where) => page.$eval(where, (element) => element.textContent);

/** Pages and the most sheets that each may take; the first question has two answers, and one a level. */
const printed = {
  "cheat-sheet/index.html": 2,
  "questions/incomplete-information/index.html": 4,
  "questions/difficult-person/index.html": 2,
  "questions/greatest-weakness/index.html": 2,
  "plan/day-3/index.html": 1,
  "companies/amazon/index.html": 5,
  "interviews/senior-applied-scientist-amazon/index.html": 5,
  "weak-answers/index.html": 11,
  "questions/index.html": 4,
  "guides/routes/index.html": 4,
};

for (const format of formats) {
  for (const [name, most] of Object.entries(printed)) {
    test(`${name} is printed whole on ${format}`, async () => {
      await page.goto(server.url + name);
      const wanted = await headingsOf(page);
      const path = await printedBy(page, format);
      const pages = pagesOf(path);
      assert.ok(pages.length <= most, `${pages.length} pages`);
      for (const [nth, words] of pages.entries()) assert.ok(words.length > 40, `page ${nth + 1} says “${words}”`);
      // A candidate may speak of a search.
      const ofScreen = name.startsWith("interviews/") ? /\bMenu\b|Skip to|Sort by/ : /\bMenu\b|\bSearch\b|Skip to|Sort by/;
      assert.ok(!ofScreen.test(pages.join(" ")), "parts of the screen are printed");
      assert.ok(wanted.length > 0);
      assert.deepEqual(lonely(path, wanted), []);
    });
  }
}

test("folded follow-ups are printed open", async () => {
  await page.goto(`${server.url}questions/incomplete-information/index.html`);
  const answers = await page.$$eval(".follow-up > div", (all) => all.map((one) => one.textContent.trim().split(/\s+/).slice(0, 3).join(" ")));
  assert.ok(answers.length > 2);
  const words = pagesOf(await printedBy(page, "A4")).join(" ");
  for (const answer of answers) assert.ok(words.includes(answer), answer);
});

test("a page of the index has the columns of a desk on paper", async () => {
  await page.goto(`${server.url}questions/index.html`);
  const [first] = pagesOf(await printedBy(page, "A4"));
  assert.match(first, /No\. Question Companies and principles Asked Difficulty/);
});

test("the print edition has no blank page, and turns its matrices", async () => {
  await page.goto(`${server.url}print/index.html`);
  const path = await printedBy(page, "A4");
  const pages = pagesOf(path);
  assert.ok(pages.length > 100, `${pages.length} pages`);
  assert.deepEqual(pages.flatMap((words, nth) => (words ? [] : [nth + 1])), []);
  assert.equal(sizesOf(path).filter(({ width, height }) => width > height).length, 2);
});

test("search opens with its key, finds a question through a slip, and leads to it", async () => {
  await page.goto(`${server.url}index.html`);
  await page.keyboard.press("/");
  await page.waitForSelector("dialog[open] #search-input");
  await page.keyboard.type("greatest weaknes");
  await page.waitForFunction(() => document.querySelector("[role=option][aria-selected=true]")?.textContent.includes("weakness"));
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.equal(page.url(), `${server.url}questions/greatest-weakness/`);
});

test("filters and order narrow the index and stand in the address", async () => {
  await page.goto(`${server.url}questions/index.html`);
  const rows = () => page.$$eval("#questions tr[data-id]", (all) => all.filter((row) => row.getClientRects().length).map((row) => ({ ...row.dataset })));
  const all = await rows();
  await page.select("#filter-company", "google");
  const google = await rows();
  assert.ok(google.length > 0 && google.length < all.length);
  assert.ok(google.every((row) => `${row.sourced} ${row.editorial} ${row.expected}`.split(" ").includes("google")));
  assert.match(await text("#filter-count"), new RegExp(`^${google.length} of ${all.length}`));
  await page.click('th[data-sort="difficulty"] button');
  const levels = (await rows()).map((row) => Number(row.difficulty));
  assert.deepEqual(levels, levels.toSorted());
  assert.equal(new URL(page.url()).search, "?company=google&sort=difficulty");
  assert.equal(await page.$eval("th[aria-sort] button", (button) => getComputedStyle(button, "::after").content.includes("↑")), true);
  await page.goBack();
  await page.goBack();
  assert.equal((await rows()).length, all.length);
});

test("after one visit the handbook is read without a network", async () => {
  await page.goto(server.url);
  await page.waitForFunction(() => document.getElementById("saved_offline").textContent === "Saved for offline reading", { timeout: PATIENCE, polling: 250 });
  server.down = true;
  try {
    for (const name of ["questions/greatest-weakness/", "cheat-sheet/index.html", "questions/index.html?company=google"]) {
      await page.goto(server.url + name);
      assert.notEqual(await text("h1"), "This page needs a network", name);
      assert.equal(await page.$eval(".bar", (bar) => getComputedStyle(bar).borderBottomWidth), "1px", name);
    }
    assert.match(await text("#filter-count"), /^\d+ of \d+/);
    await page.goto(`${server.url}nowhere/`);
    assert.equal(await text("h1"), "This page needs a network");
  } finally {
    server.down = false;
  }
});

test("a question is tried against the clock, rated, and gone on with after a reload", async () => {
  await page.goto(`${server.url}questions/incomplete-information/index.html`);
  await page.keyboard.press(" ");
  await page.waitForSelector(".run[open]");
  assert.match(await text(".run-left"), /^(2:00|1:59|1:58)left$/);
  await page.keyboard.press("ArrowRight");
  assert.match(await text(".run-part"), /^Task/);
  await page.evaluate(() => prepbook.loadStore().then((store) => new Promise((done) => setTimeout(done, 100)).then(store.flush)));
  await page.reload();
  await page.waitForSelector(".run[open]");
  await page.waitForFunction(() => document.querySelector(".run-part").textContent.startsWith("Task"));
  await page.keyboard.press("Escape");
  await page.waitForSelector(".run-ask");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".run[data-done]");
  await page.keyboard.press("4");
  await page.waitForFunction(() => document.querySelector(".run-kept").textContent === "Your rating is kept in this browser.");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector(".run[open]"));
});

test("what the reader keeps is saved, seen by another page, and all deleted when asked", async () => {
  const context = await browser.createBrowserContext();
  const one = await context.newPage();
  await one.goto(`${server.url}plan/day-0/index.html`);
  const kept = await one.evaluate(async () => {
    const store = await prepbook.loadStore();
    return [await store.change((doc) => (doc.stories.a = { title: "A" })), store.status, (await store.details()).inDatabase];
  });
  assert.deepEqual(kept, [true, "saved", true]);
  const other = await context.newPage();
  await other.goto(`${server.url}my-data/index.html`);
  await other.waitForFunction(() => document.getElementById("my_counts").innerText.includes("1 story"));
  await one.evaluate(async () => (await prepbook.loadStore()).change((doc) => (doc.stories.b = { title: "B" })));
  await other.waitForFunction(() => document.getElementById("my_counts").innerText.includes("2 stories"), { polling: 200 });
  assert.deepEqual(await other.evaluate(async () => [await (await prepbook.loadStore()).erase(), await indexedDB.databases()]), [[], []]);
  await context.close();
});
