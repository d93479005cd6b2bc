// What is kept in the browser stays with its handbook, also where several stand on one host.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, folder, host, site, watchFor } from "./browser.mjs";

let chromium, server;
before(async () => {
  const root = folder();
  for (const name of ["one", "two"]) cpSync(site(), join(root, name), { recursive: true });
  // The host's headers and page for what is missing are those of the first.
  for (const name of ["_headers", "404.html"]) cpSync(join(site(), name), join(root, name));
  server = await host(root);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const appearance = (page) => page.evaluate(() => document.documentElement.dataset.theme ?? "system");
const visited = async (page) => {
  await page.keyboard.press("/");
  await page.waitForFunction(() => self.prepbook.results);
  const titles = await page.locator("#search-list [role=option]").allInnerTexts();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  return titles.map((title) => title.split("\n")[0]);
};

test("two handbooks on one host keep apart: appearance, keys, cheat sheet, pages visited", async () => {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const wrong = watchFor(page, server.url);
  await page.goto(`${server.url}one/companies/google/index.html`);
  await page.goto(`${server.url}one/cheat-sheet/index.html`);
  await page.locator(".chooser summary").click();
  await page.locator('.chooser [name="table"]').first().uncheck();
  const query = new URL(page.url()).search;
  assert.notEqual(query, "");
  await page.click("#help-open");
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("switch").uncheck();

  await page.goto(`${server.url}two/questions/greatest-weakness/index.html`);
  assert.equal(await appearance(page), "system");
  await page.goto(`${server.url}two/cheat-sheet/index.html`);
  assert.equal(new URL(page.url()).search, "");
  assert.deepEqual(await visited(page), ["Q4 What is your greatest weakness?"]);

  await page.goto(`${server.url}one/cheat-sheet/index.html`);
  assert.equal(await appearance(page), "dark");
  assert.equal(new URL(page.url()).search, query);
  assert.ok(await page.evaluate(() => document.documentElement.hasAttribute("data-no-keys")));
  await context.close();
  assert.deepEqual(wrong, []);
});

test("what was kept before handbooks kept apart is there in each of them, and is taken over once", async () => {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.url}404.html`);
  await page.evaluate(() => {
    localStorage.clear();
    localStorage.setItem("prepbook:theme", "dark");
    localStorage.setItem("prepbook:visited", '["companies/google/index.html"]');
  });
  for (const name of ["one", "two"]) {
    await page.goto(`${server.url}${name}/plan/index.html`);
    assert.equal(await appearance(page), "dark", name);
    assert.deepEqual(await visited(page), ["Google"], name);
  }
  await page.keyboard.press("?");
  await page.getByRole("radio", { name: "As the system" }).check();
  await page.reload();
  assert.equal(await appearance(page), "system");
  await page.goto(`${server.url}one/plan/index.html`);
  assert.equal(await appearance(page), "dark");
  await context.close();
});
