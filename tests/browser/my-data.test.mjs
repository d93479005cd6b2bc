// My data: what is kept leaves as a file or a link and comes back the same, in the reader's sight and with a way back;
// everything can be deleted.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { folder } from "./browser.mjs";
import { readers, violations } from "./readers.mjs";

const reader = readers();
let context;
beforeEach(async () => {
  context = await reader.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
});

const open = async (hash = "") => {
  const page = await reader.newPage(context);
  await page.goto(`${reader.server.url}my-data/${hash}`);
  await page.evaluate(async () => (self.store = await prepbook.loadStore()));
  return page;
};
/** Something of everything. */
const fill = (page) =>
  page.evaluate(() =>
    store.change((doc) => {
      const now = new Date().toISOString();
      doc.plan = { start: "2026-11-01", interview: "2026-11-19", company: "amazon", minutes: 45 };
      doc.ticks["day-0/day-0-themes"] = { at: now };
      doc.questions["greatest-weakness"] = { rating: 2, text: "I answered <b>late</b>.", note: "shorter", last: now, count: 2, due: "2026-11-05", box: 1 };
      doc.questions["time-you-failed"] = { rating: 0 };
      doc.stories.s1 = { title: "The model that failed", beats: { s: "It was night." }, numbers: ["40 %"], fit: { failure: 3 } };
      doc.attempts.push({ id: "t1", question: "greatest-weakness", tool: "try", startedAt: now, ms: 118200, parts: [14000, 16100], rating: 2 });
    }),
  );
const doc = (page) => page.evaluate(() => JSON.parse(JSON.stringify(store.doc)));
const exported = async (page) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export a file" }).click()]);
  assert.match(download.suggestedFilename(), /^prepbook-\d{4}-\d\d-\d\d\.json$/);
  const path = join(folder(), "data.json");
  await download.saveAs(path);
  return path;
};
const choose = (page, path) => page.getByLabel("A file that My data has exported").setInputFiles(path);
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const told = (page, text) => page.locator("#my_import, #my_deleted").getByText(text).first().waitFor();
const look = async (page) => {
  assert.deepEqual(await violations(page), []);
};

test("it says in words what is kept, where, and that it was saved", async () => {
  const page = await open();
  await page.getByText("Nothing yet").waitFor();
  assert.equal(await page.getByText("All saved.").count(), 0, "where there is nothing, nothing was saved");
  await fill(page);
  const facts = page.locator("#my_counts");
  for (const text of ["interview on 19 November 2026, 1 tick", "2 ratings, 1 answer of yours, 1 note", "1 try", "1 story"]) await facts.getByText(text).waitFor();
  await page.getByText("All saved.").waitFor();
  await page.evaluate(() => store.change((doc) => (doc.questions["asked-in-2024"] = { rating: 1 })));
  await page.getByText("Kept from an earlier edition, whose questions this one does not have: asked-in-2024.").waitFor();
  assert.match(await page.locator("#my_place").innerText(), /^1 kB, on this device alone, in a database and a copy beside it\./);
  await look(page);
});

test("export, delete, import gives the same state, in another browser as well", async () => {
  const page = await open();
  await fill(page);
  const before = await doc(page);
  const path = await exported(page);
  await page.getByText("Last exported on").waitFor();

  await press(page, "Delete everything");
  await page.getByRole("dialog").getByText("1 story").waitFor();
  await look(page);
  await page.getByRole("dialog").getByRole("button", { name: "Delete everything" }).click();
  await told(page, "Nothing is left here");
  assert.deepEqual(await page.evaluate(async () => [await indexedDB.databases(), Object.keys(localStorage), await caches.keys()]), [[], [], []]);

  await choose(page, path);
  await told(page, "Merge keeps the later");
  assert.ok(await page.evaluate(() => document.activeElement.matches("#my_import h3")));
  await look(page);
  await press(page, "Replace what is here");
  await told(page, "Replaced.");
  assert.deepEqual(await doc(page), before);
  await page.close();
  assert.deepEqual(await doc(await open()), before);

  const elsewhere = await reader.newContext({ serviceWorkers: "block" });
  const other = await elsewhere.newPage();
  await other.goto(`${reader.server.url}my-data/`);
  await choose(other, path);
  await press(other, "Merge");
  await told(other, "Merged.");
  const there = await other.evaluate(async () => JSON.parse(JSON.stringify((await prepbook.loadStore()).doc)));
  assert.deepEqual(there, before);
  await elsewhere.close();
});

test("that one tries first goes with the export, and a later choice counts", async () => {
  const isFirst = (page) => page.evaluate(() => document.documentElement.hasAttribute("data-try-first"));
  const question = `${reader.server.url}questions/greatest-weakness/`;
  const page = await open();
  await page.goto(question);
  await page.getByLabel("Try first").check();
  // For a setting alone no document is made.
  assert.equal(await page.evaluate(() => prepbook.kept("document")), null);
  await page.close();
  const data = await open();
  await fill(data);
  const path = await exported(data);
  assert.equal(JSON.parse(readFileSync(path, "utf8")).settings.tryFirst, true);

  const elsewhere = await reader.newContext({});
  const other = await reader.newPage(elsewhere);
  await other.goto(question);
  assert.equal(await isFirst(other), false);
  await other.goto(`${reader.server.url}my-data/`);
  await choose(other, path);
  await press(other, "Merge");
  await told(other, "Merged.");
  await other.goto(question);
  assert.equal(await isFirst(other), true);
  assert.equal(await other.locator("#answer").isVisible(), false);
  // Switched off there, it stays off when the older file is merged again.
  await other.getByLabel("Try first").uncheck();
  await other.waitForFunction(() => prepbook.kept("document").includes('"tryFirst":false'));
  await other.goto(`${reader.server.url}my-data/`);
  await choose(other, path);
  await told(other, "nothing would change here");
  await press(other, "Merge");
  await other.goto(question);
  assert.equal(await isFirst(other), false);
  await elsewhere.close();
});

test("before an import one sees what it changes; it is joined or put in place, and undone", async () => {
  const page = await open();
  await fill(page);
  const path = await exported(page);
  await page.evaluate(() =>
    store.change((doc) => {
      doc.questions["time-you-failed"].rating = 3;
      doc.stories.s2 = { title: "Here alone" };
      delete doc.stories.s1;
    }),
  );
  const before = await doc(page);
  const file = JSON.parse(readFileSync(path, "utf8"));
  file.stories.s3 = { title: "From the file", updatedAt: "2026-01-01T00:00:00.000Z" };
  writeFileSync(path, JSON.stringify(file));

  await choose(page, path);
  const rows = page.locator(".comparison tbody tr");
  assert.deepEqual(await page.locator(".comparison thead th").allInnerTexts(), ["Records", "New", "Newer here", "The same", "Only here"]);
  assert.deepEqual(await rows.filter({ hasText: "Stories" }).locator("td").allInnerTexts(), ["1", "1", "–", "1"]);
  assert.deepEqual(await rows.filter({ hasText: "Questions" }).locator("td").allInnerTexts(), ["–", "1", "1", "–"]);
  await press(page, "Cancel");
  assert.deepEqual(await doc(page), before);

  await choose(page, path);
  await press(page, "Merge");
  await told(page, "Merged.");
  assert.deepEqual(Object.keys((await doc(page)).stories), ["s2", "s3"]);
  assert.equal((await doc(page)).questions["time-you-failed"].rating, 3);
  await press(page, "Undo");
  await told(page, "Undone.");
  assert.deepEqual(await doc(page), before);

  await choose(page, path);
  await press(page, "Replace what is here");
  await told(page, "Replaced.");
  assert.deepEqual(Object.keys((await doc(page)).stories), ["s1", "s3"]);
  // Any of the earlier states comes back.
  await page.reload();
  await page.evaluate(async () => (self.store = await prepbook.loadStore()));
  await page.locator("#my_backups li").first().getByRole("button", { name: "Bring it back" }).click();
  await told(page, "Replaced.");
  assert.deepEqual(await doc(page), before);
  await look(page);
});

test("what is no export is refused with the reason, and what is partly broken is told before", async () => {
  const page = await open();
  await fill(page);
  const before = await doc(page);
  const path = join(folder(), "x.json");
  const offer = async (text) => {
    writeFileSync(path, text);
    await choose(page, path);
  };
  for (const [text, why] of [["{", "not JSON"], ["{}", "not what My data exports"], ['{"app":"prepbook","schema":99}', "newer edition"], ["\u0000\u0001", "not JSON"]]) {
    await offer(text);
    await told(page, why);
    assert.deepEqual(await doc(page), before);
  }
  await offer('{"app":"prepbook","schema":1,"stories":{"a":{"title":"<img src=x onerror=alert(1)>"},"b":{}}}');
  await told(page, "1 place in the file cannot be read and would be left out: stories/b.");
  await press(page, "Merge");
  await told(page, "Merged.");
  assert.equal(await page.locator("img").count(), 0);
});

test("a link takes it to another device, shows it first, and leaves the address", async () => {
  const page = await open();
  await fill(page);
  const before = await doc(page);
  await press(page, "Make a link");
  await page.getByLabel("Open this on the other device").waitFor();
  const link = await page.getByLabel("Open this on the other device").inputValue();
  assert.match(link, /#take=[\w-]+$/);
  await look(page);
  const elsewhere = await reader.newContext({ serviceWorkers: "block" });
  const other = await elsewhere.newPage();
  await other.goto(link);
  await told(other, "The link holds");
  assert.equal(new URL(other.url()).hash, "");
  assert.deepEqual(await other.evaluate(async () => Object.keys((await prepbook.loadStore()).doc.stories)), []);
  await press(other, "Merge");
  await told(other, "Merged.");
  assert.deepEqual(await other.evaluate(async () => JSON.parse(JSON.stringify((await prepbook.loadStore()).doc))), before);
  await other.goto(`${reader.server.url}my-data/#take=AAAA`);
  await told(other, "Nothing was changed");
  await elsewhere.close();

  // Chance does not compress.
  await page.evaluate(() => store.change((doc) => (doc.stories.long = { title: "long", headline: "", beats: { s: Array.from(crypto.getRandomValues(new Uint32Array(3000))).join(" ") } })));
  await press(page, "Make a link");
  await page.getByText("too much for a link").waitFor();
});

test("after a week without an export it says so, and why", async () => {
  await context.clock.install({ time: new Date("2026-11-01T10:00:00Z") });
  const page = await open();
  await fill(page);
  const reminder = page.locator("#my_reminder");
  assert.equal(await reminder.isVisible(), false);
  await context.clock.setFixedTime(new Date("2026-11-09T10:00:00Z"));
  await page.reload();
  await reminder.getByText("Safari does after seven days").waitFor();
  await exported(page);
  await reminder.waitFor({ state: "hidden" });
});

test("by keyboard alone: export, import, undo, delete", async () => {
  const page = await open();
  await fill(page);
  const tab = async (name) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement.textContent)) === name) return;
    }
    assert.fail(`${name} is not reached`);
  };
  await tab("Export a file");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  await download.saveAs(join(folder(), "data.json"));
  await choose(page, await download.path());
  await told(page, "Merge keeps");
  await tab("Merge");
  await page.keyboard.press("Enter");
  await told(page, "Merged.");
  await tab("Undo");
  await page.keyboard.press("Enter");
  await told(page, "Undone.");
  await tab("Delete everything");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "my_delete");
  await page.keyboard.press("Enter");
  await tab("Delete everything");
  await page.keyboard.press("Enter");
  await told(page, "Nothing is left here");
});

test("without scripts it says what it would do", async () => {
  const plain = await reader.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${reader.server.url}my-data/`);
  await page.getByText("This page needs scripts").waitFor();
  assert.equal(await page.getByRole("button", { name: "Export a file" }).isVisible(), false);
  await plain.close();
});
