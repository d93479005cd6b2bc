// What the reader keeps is never lost without a word: in two tabs, with faults at every write, without storage, and when
// the page is left at once.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, host, site, watchFor } from "./browser.mjs";

let chromium, server, context;
before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});
beforeEach(async () => (context = await chromium.newContext({ serviceWorkers: "block" })));
afterEach(() => context.close());

const address = () => `${server.url}questions/greatest-weakness/`;
/** Opens a page with its store in `store`. */
const open = async (url = address(), before = () => {}) => {
  const page = await context.newPage();
  await page.addInitScript(before);
  await page.goto(url);
  await page.evaluate(async () => (self.store = await prepbook.loadStore()));
  return page;
};
const tell = (page, title) => page.evaluate((title) => store.change((doc) => (doc.stories[title] = { title })), title);
const stories = (page) => page.evaluate(() => Object.keys(store.doc.stories));
const line = (page) => page.locator(".unsaved");

test("what is kept is there in another tab at once, and after all are closed", async () => {
  const page = await open();
  const wrong = watchFor(page, server.url);
  const other = await open();
  assert.equal(await tell(page, "A"), true);
  await other.waitForFunction(() => store.doc.stories.A);
  assert.equal(await page.evaluate(() => store.status), "saved");
  assert.equal(await page.evaluate(() => Object.isFrozen(store.doc) && Object.isFrozen(store.doc.stories.A)), true);
  await page.close();
  await other.close();
  assert.deepEqual(await stories(await open()), ["A"]);
  assert.deepEqual(wrong, []);
});

test("a reading page loads no store by itself", async () => {
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address(), { waitUntil: "networkidle" });
  assert.deepEqual(asked.filter((url) => /store|records|practice-data/.test(url)), []);
});

test("who only looks loads no store, sees what other tabs do, and what has not reached the database", async () => {
  const index = async () => {
    const page = await context.newPage();
    await page.goto(`${server.url}questions/index.html`, { waitUntil: "networkidle" });
    return page;
  };
  const mark = (page, id) => page.locator(`#q-${id} .mine`);
  const rate = (page, rating) => page.evaluate((rating) => store.change((doc) => (doc.questions["greatest-weakness"] = { rating, last: new Date().toISOString(), count: 1 })), rating);
  const hasStore = (page) => page.evaluate(() => Boolean(prepbook.store));
  const writer = await open();
  await rate(writer, 1);
  const looks = await index();
  await mark(looks, "greatest-weakness").getByText("Rambled").waitFor();
  await rate(writer, 3);
  await mark(looks, "greatest-weakness").getByText("Ready").waitFor();
  assert.equal(await hasStore(looks), false);
  assert.deepEqual(await writer.evaluate(() => Object.keys(prepbook.blank ?? {})), []);
  await writer.evaluate(() => prepbook.load("mine"));
  assert.deepEqual(...(await writer.evaluate(() => [prepbook.blank, prepbook.records.empty("")].map(({ schema, ...doc }) => [schema, Object.keys(doc).sort()]))));
  // A page that is left writes the copy alone: what stands there only is joined, and not passed over.
  await writer.evaluate(async () => {
    const key = `prepbook ${prepbook.folder.pathname} document`;
    const kept = JSON.parse(localStorage.getItem(key));
    const updatedAt = new Date().toISOString();
    kept.doc.questions["time-you-failed"] = { rating: 2, last: updatedAt, updatedAt };
    localStorage.setItem(key, JSON.stringify(kept));
  });
  await mark(looks, "time-you-failed").getByText("Solid").waitFor();
  assert.equal(await hasStore(looks), true);
  // And from then on it hears of all by the store.
  await rate(writer, 0);
  await mark(looks, "greatest-weakness").getByText("No story").waitFor();
  const last = await index();
  await mark(last, "time-you-failed").getByText("Solid").waitFor();
  assert.equal(await hasStore(last), false);
  await writer.evaluate(() => store.erase());
  await last.waitForFunction(() => !document.querySelector("#questions td.mine:not(:empty)"));
  assert.equal(await hasStore(last), false);
});

test("two tabs that write 1,000 changes lose none, also of one number", async () => {
  const tabs = [await open(), await open()];
  const wrote = await Promise.all(
    tabs.map((page, tab) =>
      page.evaluate(async (tab) => {
        const safe = [];
        for (let n = 0; n < 500; n++) {
          const id = `${tab}-${n}`;
          const startedAt = new Date().toISOString();
          safe.push(
            store.change((doc) => {
              doc.attempts.push({ id, startedAt });
              const question = (doc.questions.shared ??= {});
              question.count = (question.count ?? 0) + 1;
            }),
          );
          if (n % 5 === 0) await new Promise((done) => setTimeout(done, n % 3));
          if (n % 50 === 0) await store.flush();
        }
        return (await Promise.all(safe)).every(Boolean);
      }, tab),
    ),
  );
  assert.deepEqual(wrote, [true, true]);
  const fresh = await open();
  for (const page of [...tabs, fresh]) {
    await page.waitForFunction(() => store.doc.attempts.length === 1000);
    assert.equal(await page.evaluate(() => store.doc.questions.shared.count), 1000);
  }
});

test("a page that is left at once loses nothing", async () => {
  const page = await open();
  await page.evaluate(() => void store.change((doc) => (doc.stories.last = { title: "last words" })));
  await page.goto("about:blank");
  assert.deepEqual(await stories(await open()), ["last"]);
});

/** Makes the writes fail that `self.fails(where, nth)` names; counts them. */
const injectFaults = () => {
  self.writes = 0;
  self.fails = () => false;
  const fault = (where) => self.fails(where, ++self.writes);
  const full = () => new DOMException("full", "QuotaExceededError");
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...values) {
    const how = fault(`database:${this.name}`);
    if (how === "throw") throw full();
    const request = put.apply(this, values);
    if (how) this.transaction.abort();
    return request;
  };
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    if (fault("copy")) throw full();
    return setItem.call(this, key, value);
  };
};

test("a fault at any single write loses nothing", async () => {
  const page = await open(address(), injectFaults);
  let kept = 0;
  for (const how of ["throw", "abort"]) {
    for (let nth = 1; nth <= 4; nth++) {
      const title = `${how}-${nth}`;
      await page.evaluate(({ how, nth }) => {
        self.writes = 0;
        self.fails = (_, at) => at === nth && how;
      }, { how, nth });
      assert.equal(await tell(page, title), true, title);
      const other = await open();
      assert.ok((await stories(other)).includes(title), title);
      kept++;
      assert.equal((await stories(other)).length, kept);
      await other.close();
    }
  }
});

test("when no write succeeds the page says so, keeps the text, offers it, and saves it once it can", async () => {
  const page = await open(address(), injectFaults);
  await tell(page, "before");
  await page.evaluate(() => (self.fails = () => "abort"));
  assert.equal(await tell(page, "unsaved"), false);
  assert.equal(await page.evaluate(() => store.status), "unsaved");
  await line(page).getByText("Not saved").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), line(page).getByRole("button").click()]);
  const file = JSON.parse(await (await import("node:fs/promises")).readFile(await download.path(), "utf8"));
  assert.deepEqual(Object.keys(file.stories), ["before", "unsaved"]);
  assert.deepEqual(await stories(page), ["before", "unsaved"]);
  assert.deepEqual(await stories(await open()), ["before"]);
  await page.evaluate(() => (self.fails = () => false));
  assert.equal(await tell(page, "after"), true);
  await line(page).waitFor({ state: "detached" });
  assert.deepEqual(await stories(await open()), ["after", "before", "unsaved"]);
});

test("where a database is refused the copy alone keeps, and where both are, the page says so", async () => {
  const noDatabase = () => Object.defineProperty(self, "indexedDB", { get: () => ({ open: () => { throw new DOMException("no", "SecurityError"); } }) });
  const page = await open(address(), noDatabase);
  assert.equal(await tell(page, "A"), true);
  assert.equal(await line(page).count(), 0);
  await page.reload();
  await page.evaluate(async () => (self.store = await prepbook.loadStore()));
  assert.deepEqual(await stories(page), ["A"]);
  // With a database again, it moves there.
  const other = await open();
  assert.deepEqual(await stories(other), ["A"]);
  await other.waitForFunction(async () => (await store.details()).inDatabase);

  const nothing = () => {
    Object.defineProperty(self, "indexedDB", { get: () => { throw new DOMException("no", "SecurityError"); } });
    Object.defineProperty(self, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  };
  const blocked = await open(address(), nothing);
  await line(blocked).getByText("keeps nothing").waitFor();
  assert.equal(await tell(blocked, "B"), false);
  assert.deepEqual(await stories(blocked), ["B"]);
  assert.equal(await blocked.evaluate(() => store.status), "blocked");
});

test("a database that never answers does not stop the page", async () => {
  const silent = () => (IDBFactory.prototype.open = () => ({}));
  const page = await open(address(), silent);
  assert.equal(await tell(page, "A"), true);
});

/** Puts something in the place of what is stored. */
const plant = (page, what, copy = null) =>
  page.evaluate(
    async ({ what, copy }) => {
      const name = `prepbook ${prepbook.folder.pathname}`;
      prepbook.keep("document", copy);
      const database = await new Promise((done) => (Object.assign(indexedDB.open(name, 1), { onsuccess: ({ target }) => done(target.result) })));
      await new Promise((done) => (Object.assign(database.transaction("doc", "readwrite"), { oncomplete: done }).objectStore("doc").put(what, "doc")));
      database.close();
    },
    { what, copy },
  );
const stored = (page) =>
  page.evaluate(async () => {
    const database = await new Promise((done) => (Object.assign(indexedDB.open(`prepbook ${prepbook.folder.pathname}`, 1), { onsuccess: ({ target }) => done(target.result) })));
    return new Promise((done) => (database.transaction("doc").objectStore("doc").get("doc").onsuccess = ({ target }) => done(target.result)));
  });

test("data of a newer edition is read by nobody and written by nobody", async () => {
  const page = await open();
  await tell(page, "A");
  const newer = { era: 0, rev: 9, doc: { app: "prepbook", schema: 2, stories: "another form" } };
  await plant(page, newer);
  const other = await open();
  assert.equal(await other.evaluate(() => store.status), "newer");
  await line(other).getByText("newer edition").waitFor();
  assert.equal(await tell(other, "B"), false);
  // A tab that was open before turns read-only too.
  assert.equal(await tell(page, "C"), false);
  assert.equal(await page.evaluate(() => store.status), "newer");
  assert.deepEqual(await stored(other), newer);
});

test("what cannot be read is kept aside before anything is written over it", async () => {
  const page = await open();
  await tell(page, "A");
  const copy = await page.evaluate(() => prepbook.kept("document"));
  await page.close();
  const first = await open();
  await plant(first, { era: 0, rev: 3, doc: { app: "prepbook", schema: 1, stories: { B: { title: 5 } }, questions: { weakness: { note: "kept" } } } }, copy);
  await first.close();
  const other = await open();
  assert.deepEqual(await stories(other), ["A"]);
  assert.equal(await other.evaluate(() => store.doc.questions.weakness.note), "kept");
  assert.equal(await tell(other, "C"), true);
  const [backup] = await other.evaluate(() => store.backups());
  assert.equal(backup.raw.doc.stories.B.title, 5);

  await plant(other, "no document at all", "{ broken");
  await other.close();
  const third = await open();
  assert.deepEqual(await stories(third), []);
  assert.equal(await tell(third, "D"), true);
  const raws = (await third.evaluate(() => store.backups())).map(({ raw }) => raw);
  assert.ok(raws.includes("no document at all") && raws.includes("{ broken"), JSON.stringify(raws));
});

test("taking in another document backs this one up; a replacement comes back from nowhere, and is undone", async () => {
  const page = await open();
  const other = await open();
  await tell(page, "A");
  const foreign = { app: "prepbook", schema: 1, stories: { X: { title: "X", updatedAt: "2026-01-01T00:00:00.000Z" } } };
  const take = (how) =>
    page.evaluate(
      async ({ foreign, how }) => {
        const { doc } = prepbook.records.read(foreign, new Date().toISOString());
        return store.take(doc, how, "import");
      },
      { foreign, how },
    );
  assert.equal((await take("merge")).isSafe, true);
  assert.deepEqual(await stories(page), ["A", "X"]);
  const { undo } = await take("replace");
  assert.deepEqual(await stories(page), ["X"]);
  await other.waitForFunction(() => Object.keys(store.doc.stories).join() === "X");
  assert.equal(await tell(other, "B"), true);
  assert.deepEqual(await stories(await open()), ["B", "X"]);
  const backups = await page.evaluate(() => store.backups());
  const { doc } = backups.find(({ id }) => id === undo);
  assert.deepEqual(Object.keys(doc.stories), ["A", "X"]);
  for (let n = 0; n < 6; n++) await take("merge");
  assert.equal((await page.evaluate(() => store.backups())).length, 5);
});

test("deleting everything leaves nothing, here and in other tabs, and all can begin anew", async () => {
  const page = await open();
  const other = await open();
  await tell(page, "A");
  await other.waitForFunction(() => store.doc.stories.A);
  assert.deepEqual(await page.evaluate(() => store.erase()), []);
  await other.waitForFunction(() => !Object.keys(store.doc.stories).length);
  assert.deepEqual(await page.evaluate(async () => [await indexedDB.databases(), Object.keys(localStorage)]), [[], []]);
  assert.equal(await tell(other, "B"), true);
  await page.waitForFunction(() => store.doc.stories.B);
  assert.deepEqual(await stories(await open()), ["B"]);
});

test("from the disk, handbooks keep apart and tabs share", async () => {
  const page = await open(pathToFileURL(`${site()}/questions/greatest-weakness/index.html`).href);
  assert.equal(await tell(page, "A"), true);
  const other = await open(pathToFileURL(`${site()}/plan/index.html`).href);
  assert.deepEqual(await stories(other), ["A"]);
  await tell(other, "B");
  await page.waitForFunction(() => store.doc.stories.B);
});
