// On a host no link costs a second answer, and every page has one address; from the disk links name files.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, host, site, watchFor } from "./browser.mjs";

let chromium, server;
before(async () => {
  server = await host(site(), "/some/where/", { strips: true });
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const visit = async (address, options) => {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  const wrong = watchFor(page, new URL(server.url).origin);
  await page.goto(address);
  server.led.length = 0;
  return { page, wrong, close: () => context.close() };
};

test("links, keys, search and history go to pages' own addresses at once", async () => {
  const { page, wrong, close } = await visit(server.url);
  const at = (path) => page.waitForURL(`${server.url}${path}`);
  await page.getByRole("link", { name: "Questions", exact: true }).first().click();
  await at("questions/");
  await page.locator("main tbody a.said").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/questions\/[a-z-]+\/$/);
  const question = page.url();
  await page.keyboard.press("j");
  await page.waitForURL((url) => url.href !== question);
  await page.goBack();
  await page.waitForURL(question);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await at("companies/");
  await page.keyboard.press("/");
  await page.waitForFunction(() => self.prepbook?.results);
  await page.keyboard.type("greatest weakness");
  await page.waitForFunction(() => /greatest weakness/.test(document.querySelector("#search-list [role=option]")?.textContent));
  await page.keyboard.press("Enter");
  await at("questions/greatest-weakness/");
  await page.locator(".brand").click();
  await at("");
  assert.deepEqual(server.led, []);
  assert.deepEqual(wrong, []);
  await close();
});

test("what is opened beside, copied or dragged has the page's own address", async () => {
  const { page, close } = await visit(server.url);
  const link = page.locator(".places a").first();
  assert.match(await link.getAttribute("href"), /index\.html$/);
  await link.hover();
  assert.equal(await link.evaluate((one) => one.href), `${server.url}questions/`);
  const [beside] = await Promise.all([page.context().waitForEvent("page"), page.locator(".places a").nth(1).click({ modifiers: ["ControlOrMeta"] })]);
  await beside.waitForURL(`${server.url}themes/`);
  assert.deepEqual(server.led, []);
  await close();
});

test("a part of a list that was chosen leads on by next and previous", async () => {
  const { page, close } = await visit(`${server.url}questions/?theme=ethics-values`);
  await page.waitForFunction(() => !document.querySelector(".result")?.textContent.startsWith("91"));
  const rows = page.locator("#questions tr:not([hidden]) > th > a.said:visible");
  const second = await rows.nth(1).textContent();
  await rows.first().click();
  await page.waitForURL(/questions\/[a-z-]+\/$/);
  await page.locator(".pager a.next", { hasText: second }).waitFor();
  await close();
});

test("an address of a file is that of its page once it is read, at the place it names", async () => {
  const plain = await host(site(), "/some/where/");
  const { page, close } = await visit(`${plain.url}red-flags/index.html?x=1`);
  assert.equal(page.url(), `${plain.url}red-flags/?x=1`);
  const last = await page.locator("main [id]").last().getAttribute("id");
  await page.goto(`${plain.url}red-flags/index.html#${last}`);
  await page.waitForFunction((id) => document.getElementById(id).getBoundingClientRect().top < innerHeight, last);
  assert.equal(page.url(), `${plain.url}red-flags/#${last}`);
  assert.ok(await page.evaluate(() => scrollY > 0));
  plain.close();
  await close();
});

test("without scripts and from the disk links stay as they are written, and lead on", async () => {
  for (const [address, options] of [[server.url, { javaScriptEnabled: false }], [`file://${site()}/index.html`, {}]]) {
    const { page, close } = await visit(address, options);
    const link = page.locator(".places a").first();
    await link.hover();
    assert.match(await link.getAttribute("href"), /^questions\/index\.html$/, address);
    await link.click();
    await page.waitForURL(/questions\/(index\.html)?$/);
    assert.ok(await page.locator("h1").isVisible(), address);
    await close();
  }
});
