// What the tests of reading offline and of new editions share: a fresh browser context a test, handbooks to edit, hosts that
// can fail.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach } from "node:test";
import { browser, build, copyOfSources, folder, host, PATIENCE, site } from "./browser.mjs";

/** A question, its file, and an edit that its page shows. */
export const question = "questions/greatest-weakness/";
export const file = "content/questions/greatest-weakness.yaml";
export const addition = ["\nevaluates:\n", "\nevaluates:\n  - Whether xyzzy reaches the reader.\n"];

let chromium, servers;
/** The context of the test that runs. */
export let context;
/** Takes the place of the context, with other options. */
export const newContext = async (options) => {
  await context?.close();
  context = await chromium.newContext(options);
};

before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());
beforeEach(async () => {
  servers = [];
  await newContext({ viewport: { width: 1280, height: 800 } });
});
afterEach(async () => {
  await context.close();
  servers.forEach((server) => server.close());
});

/** A host of the built handbook, or of a folder. */
export const publish = async (root = site(), prefix = "/") => {
  const server = await host(root, prefix);
  servers.push(server);
  return server;
};
/** A handbook to edit and to build anew into the folder that is hosted. */
export const handbook = (out = folder()) => {
  const sources = copyOfSources();
  build(sources, out);
  return {
    sources,
    out,
    edit: (path, from, to) => {
      const text = readFileSync(join(sources, path), "utf8");
      assert.ok(text.includes(from), `${path} holds ${from}`);
      writeFileSync(join(sources, path), text.replace(from, to));
    },
    write: (path, text) => writeFileSync(join(sources, path), text),
    build: () => build(sources, out),
  };
};
export const saved = (page) => page.getByText("Saved for offline reading", { exact: true }).waitFor();
export const notice = (page) => page.getByRole("button", { name: "Show it" });
/** Opens a page and waits until everything is kept. */
export const visit = async (address) => {
  const page = await context.newPage();
  await page.goto(address);
  await saved(page);
  return page;
};
/**
 * Waits until a browser says yes about what it keeps of a site: its caches, its workers. Chromium may leave a question
 * unanswered for good that comes while it removes a worker, and may look for a newer worker only when a page is opened: after
 * some seconds another page of the site is opened and asked, one without scripts.
 */
export const until = async (page, says) => {
  const end = Date.now() + PATIENCE;
  const unanswered = Symbol("unanswered");
  const patience = () => new Promise((done) => setTimeout(done, 2000, unanswered));
  const aside = new URL("/robots.txt", page.url()).href;
  let asked = page;
  let since = Date.now();
  for (;;) {
    const answer = await Promise.race([asked.evaluate(says).catch(() => unanswered), patience()]);
    if (answer && answer !== unanswered) break;
    assert.ok(Date.now() < end, `never: ${says}; the last answer was ${String(answer)}`);
    if (answer === unanswered || Date.now() - since > 5_000) {
      since = Date.now();
      if (asked !== page) await asked.close();
      asked = await context.newPage();
      await asked.goto(aside).catch(() => {});
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  if (asked !== page) await asked.close();
};
export const disconnect = async (server, down = true) => {
  server.down = down;
  await context.setOffline(down);
};
export const stores = (page) => page.evaluate(() => caches.keys());
export const heading = (page) => page.locator("h1").innerText();
/** What a worker is told of its edition. */
export const editionOf = (worker) => JSON.parse(worker.slice("const edition = ".length, worker.indexOf(";\n")));
/** The addresses whose files differ between the editions of two workers. */
export const changed = (before, after) => {
  const [was, is] = [before, after].map((worker) => ({ ...editionOf(worker).core, ...editionOf(worker).rest }));
  return Object.keys(is).filter((address) => was[address] !== is[address]);
};
