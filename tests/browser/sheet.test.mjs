// The cheat sheet's code: read from the picture, it leads back to the sheet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, afterEach, before, beforeEach, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { browser, folder, host, program, repository, site, watchFor } from "./browser.mjs";

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
