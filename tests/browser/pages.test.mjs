// The site as browsers and readers meet it: valid, read without scripts, below a path, from the disk, by keyboard.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { archetypes, browser, host, site, watchFor } from "./browser.mjs";

const require = createRequire(import.meta.url);
let chromium, server;

before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

test("the validator of the W3C finds no error on any page", () => {
  const jar = join(require.resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");
  try {
    execFileSync("java", ["-Xss8m", "-jar", jar, "--errors-only", "--skip-non-html", site()], { encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    assert.fail(`${error.stderr}`.slice(0, 4000));
  }
});

test("the browser takes no text as markup or as a script's address, and no other policy", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  for (const headers of [true, false]) {
    if (!headers) await page.route("**/*.html", async (route) => route.fulfill({ response: await route.fetch(), headers: { "Content-Type": "text/html" } }));
    await page.goto(`${server.url}index.html`);
    const taken = await page.evaluate(() => {
      const tries = {
        markup: () => { document.createElement("p").innerHTML = "<b>x</b>"; },
        script: () => { document.createElement("script").src = "assets/x.js"; },
        policy: () => { trustedTypes.createPolicy("other", {}); },
        twice: () => { trustedTypes.createPolicy("prepbook", {}); },
      };
      return Object.entries(tries).filter(([, attempt]) => { try { attempt(); return true; } catch { return false; } }).map(([name]) => name);
    });
    assert.deepEqual(taken, [], headers ? "with headers" : "from the page's own policy");
  }
  await context.close();
});

test("without scripts every page type reads and its links lead on", async () => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const name of archetypes) {
    await page.goto(server.url + name);
    assert.ok(await page.locator("h1").isVisible(), name);
    assert.ok((await page.locator("main").innerText()).length > 60, name);
  }
  await page.goto(server.url);
  await page.getByRole("link", { name: "Questions", exact: true }).first().click();
  await page.waitForURL(/questions\//);
  const rows = await page.locator("main tbody tr").count();
  assert.ok(rows >= 64, `${rows} rows`);
  await context.close();
});

test("the site works below a path and from the disk", async () => {
  const below = await host(site(), "/some/where/");
  const context = await chromium.newContext();
  const page = await context.newPage();
  for (const start of [below.url, `file://${site()}/index.html`]) {
    const wrong = watchFor(page, start.startsWith("file") ? "file://" : below.url);
    await page.goto(start);
    await page.getByRole("link", { name: "Questions", exact: true }).first().click();
    await page.waitForURL(/questions\/(index\.html)?$/);
    await page.locator("main tbody a[href*=\"questions/\"]").first().click();
    await page.waitForURL(/questions\/[^/]+\/(index\.html)?$/);
    assert.ok(await page.locator("h1").isVisible());
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("h1")).fontFamily.includes("Prepbook Serif")), true);
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link").first().click();
    await page.waitForURL(/questions\/(index\.html)?$/);
    await page.goto(`${start.replace("index.html", "")}companies/amazon/dive-deep/index.html`);
    await page.getByRole("link", { name: "Amazon" }).first().click();
    await page.waitForURL(/companies\/amazon\/(index\.html)?$/);
    assert.match(await page.title(), /Amazon/);
    await page.waitForLoadState("networkidle");
    // A browser refuses to preload fonts from the disk, says so, and takes them through the style sheet.
    assert.deepEqual(wrong.filter((one) => !(start.startsWith("file") && /preload|CORS|ERR_FAILED|icon/.test(one))), []);
    page.removeAllListeners();
  }
  await context.close();
  below.close();
});

test("stubs at short and old addresses lead on", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}4/`);
  await page.waitForURL(/questions\/greatest-weakness\//);
  await page.goto(`${server.url}c/`);
  await page.waitForURL(/cheat-sheet\//);
  await context.close();
});

test("a missing page leads back from any depth", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}some/where/deep/`);
  assert.ok(await page.locator("h1").isVisible());
  await page.getByRole("link", { name: "Questions", exact: true }).first().click();
  await page.waitForURL(`${server.url}questions/`);
  assert.match(await page.title(), /Questions/);
  await context.close();
});

test("a keyboard reaches the content first and every link shows its focus", async () => {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.url}questions/greatest-weakness/`);
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#main$/);
  for (let nth = 0; nth < 12; nth += 1) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, "none");
  }
  await context.close();
});
