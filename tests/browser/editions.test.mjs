// What becomes of what a reader's browser keeps when a handbook is published anew, or is not to be kept any more.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, serve } from "./browser.mjs";
import { addition, changed, context, disconnect, file, handbook, heading, newContext, notice, publish, question, saved, stores, until, visit } from "./visits.mjs";

test("a new edition waits until it is asked for, fetches only what changed, and leaves the reader's data alone", async () => {
  const book = handbook();
  const server = await publish(book.out);
  const page = await visit(server.url + question);
  const [former] = await stores(page);
  await page.evaluate(() => localStorage.setItem("prepbook:mine", "a story"));
  const before = readFileSync(join(book.out, "sw.js"), "utf8");
  book.edit(file, ...addition);
  book.build();
  const differing = changed(before, readFileSync(join(book.out, "sw.js"), "utf8"));
  assert.ok(differing.includes(question) && differing.length < 10, differing.join());

  server.asked.length = 0;
  await page.goto(server.url + question);
  await notice(page).waitFor();
  assert.equal(await page.locator("#newer_edition").innerText(), "A newer edition is ready. Show it");
  assert.equal(await page.getByText("xyzzy").count(), 0, "the old edition is shown until then");
  let loads = 0;
  page.on("load", () => (loads += 1));
  await notice(page).click();
  await page.getByText("Whether xyzzy reaches the reader").waitFor();
  await saved(page);
  assert.equal(loads, 1);
  assert.equal(await notice(page).count(), 0);
  // The page that is open may be asked for by the browser and, at the same time, by the worker.
  const files = new Set(server.asked.filter((path) => path !== "/sw.js").map((path) => path.slice(1)));
  assert.deepEqual([...files].sort(), differing.sort());
  assert.equal(await page.evaluate(() => localStorage.getItem("prepbook:mine")), "a story");
  const left = await stores(page);
  assert.ok(left.length === 1 && left[0] !== former, left.join());
  await disconnect(server);
  await page.goto(`${server.url}questions/hardest-feedback/`);
  await page.goto(server.url + question);
  assert.ok(await page.getByText("xyzzy").isVisible());
});

test("pages of the old edition in another tab keep working; its files go when the last of them is closed", async () => {
  const book = handbook();
  const server = await publish(book.out);
  const page = await visit(server.url);
  const other = await context.newPage();
  await other.goto(server.url + question);
  await saved(other);
  book.edit("themes/default/assets/search.js", "", "// A newer search.\n");
  book.edit(file, ...addition);
  book.build();
  await page.reload();
  await notice(page).click();
  await notice(page).waitFor({ state: "detached" });
  await saved(page);
  assert.equal((await stores(page)).length, 2);
  assert.equal(await other.getByText("xyzzy").count(), 0, "the other tab was not reloaded");
  // Its search is no longer on the host.
  await other.keyboard.press("/");
  await other.waitForFunction(() => self.prepbook?.results);
  await other.close();
  await page.reload();
  await saved(page);
  await until(page, async () => (await caches.keys()).length === 1);
});

test("an edition that cannot be fetched whole leaves the former one in place", async () => {
  const book = handbook();
  const server = await publish(book.out);
  const page = await visit(server.url);
  const [former] = await stores(page);
  book.edit("content/handbook.yaml", "title: ", "title: Frobozz ");
  book.build();
  server.asked.length = 0;
  server.broken.add("/cheat-sheet/");
  await page.goto(server.url);
  while (!server.asked.includes("/cheat-sheet/")) await page.waitForTimeout(20);
  await until(page, async () => {
    const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
    return !installing && !waiting && active;
  });
  assert.equal(await notice(page).count(), 0);
  await disconnect(server);
  await page.goto(server.url + question);
  assert.match(await heading(page), /greatest weakness/);
  assert.ok(!(await page.title()).includes("Frobozz"));
  await disconnect(server, false);
  server.broken.clear();
  await page.goto(server.url);
  await notice(page).click();
  await page.waitForFunction(() => document.title.includes("Frobozz"));
  await saved(page);
  assert.ok(!(await stores(page)).includes(former));
});

test("a file of another edition is shown and not kept", async () => {
  const book = handbook();
  const path = join(book.out, question, "index.html");
  const right = readFileSync(path, "utf8");
  writeFileSync(path, right.replace("</h1>", " xyzzy</h1>"));
  const server = await publish(book.out);
  const page = await context.newPage();
  await page.goto(server.url);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.goto(server.url + question);
  assert.match(await heading(page), /xyzzy/);
  assert.equal(await page.getByText("Saved for offline reading").count(), 0);
  writeFileSync(path, right);
  await page.goto(server.url + question);
  assert.doesNotMatch(await heading(page), /xyzzy/);
  await saved(page);
});

test("`offline: false` takes back what was kept, and nothing else", async () => {
  const book = handbook();
  const server = await publish(book.out);
  const page = await visit(server.url);
  await page.evaluate(async () => {
    localStorage.setItem("prepbook:mine", "a story");
    await caches.open("of another program");
  });
  book.edit("content/handbook.yaml", "format: 1\n", "format: 1\noffline: false\n");
  book.build();
  await page.goto(server.url + question);
  await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 1);
  assert.deepEqual(await stores(page), ["of another program"]);
  const answer = await page.goto(server.url + question, { waitUntil: "networkidle" });
  assert.equal(answer.fromServiceWorker(), false);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem("prepbook:mine")), "a story");
  assert.equal((await page.goto(`${server.url}offline/`)).status(), 404);
});

test("two handbooks on one host keep and forget each for itself", async () => {
  const root = folder();
  const [one, other] = [handbook(join(root, "a")), handbook(join(root, "b"))];
  for (const name of ["_headers", "404.html"]) cpSync(join(root, "a", name), join(root, name));
  const server = await publish(root);
  const page = await visit(`${server.url}a/`);
  await page.goto(`${server.url}b/`);
  await saved(page);
  assert.equal((await stores(page)).length, 2);
  other.edit("content/handbook.yaml", "title: ", "title: Frobozz ");
  other.build();
  await page.reload();
  await notice(page).click();
  await page.waitForFunction(() => document.title.includes("Frobozz"));
  await saved(page);
  assert.equal((await stores(page)).length, 2);
  one.edit("content/handbook.yaml", "format: 1\n", "format: 1\noffline: false\n");
  one.build();
  await page.goto(`${server.url}a/`);
  await until(page, async () => (await caches.keys()).length === 1);
  await disconnect(server);
  await page.goto(`${server.url}b/${question}`);
  assert.match(await page.title(), /weakness.* Frobozz/);
});

const removesWorker = async () => {
  const book = handbook();
  const server = await publish(book.out);
  const page = await visit(server.url);
  server.close();
  const preview = await serve(book.sources, new URL(server.url).port);
  try {
    assert.equal(preview.url, server.url);
    await page.goto(server.url + question);
    await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0);
    const answer = await page.goto(server.url + question);
    assert.equal(answer.fromServiceWorker(), false);
    book.edit(file, ...addition);
    await page.getByText("xyzzy").waitFor();
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  } finally {
    preview.stop();
  }
};
test("the preview removes the worker of a published site from its port", async () => {
  try {
    await removesWorker();
  } catch (error) {
    // Chromium may leave unanswered for good what it is asked while a worker goes: then a new profile is asked once more.
    if (!/unanswered/.test(error.message)) throw error;
    await newContext();
    await removesWorker();
  }
});
