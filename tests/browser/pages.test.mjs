// Every page as the browser sees it: valid, in its frame, quiet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { archetypes, browser, host, isStub, pages, site, watchFor } from "./browser.mjs";

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

for (const [text, size, ...args] of [["text as it comes", "16px"], ["text twice as large", "32px", "--blink-settings=defaultFontSize=32"]]) {
  test(`no page scrolls sideways at any width, with ${text}`, async () => {
    const found = [];
    // The size of letters is the reader's setting of the whole browser.
    const reader = await browser(...args);
    const context = await reader.newContext({ bypassCSP: true, serviceWorkers: "block", viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const look = async (name, how) => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.push(`${name}, ${how}: ${over} px`);
    };
    for (const name of pages().filter((name) => !isStub(name))) {
      await page.goto(server.url + name, { waitUntil: "domcontentloaded" });
      for (const width of [320, 390, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await look(name, `${width} px`);
      }
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), size);
      if (args.length) continue;
      // Or the page alone is told to be larger, by a style of the reader's own.
      await page.addStyleTag({ content: "html { font-size: 200% !important; }" });
      await look(name, "twice as large on a desk");
    }
    await reader.close();
    assert.deepEqual(found, []);
  });
}

test("no page has a console error, breaks the policy, or asks another host for anything", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  const wrong = watchFor(page, server.url);
  for (const name of pages().filter((name) => name !== "404.html" && !isStub(name))) {
    const before = wrong.length;
    await page.goto(server.url + name);
    for (let nth = before; nth < wrong.length; nth += 1) wrong[nth] = `${name}: ${wrong[nth]}`;
  }
  await context.close();
  assert.deepEqual(wrong, []);
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
    await page.waitForURL(/questions\/index\.html$/);
    await page.locator("main tbody a[href*=\"questions/\"]").first().click();
    await page.waitForURL(/questions\/[^/]+\/index\.html$/);
    assert.ok(await page.locator("h1").isVisible());
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("h1")).fontFamily.includes("Prepbook Serif")), true);
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link").first().click();
    await page.waitForURL(/questions\/index\.html$/);
    await page.goto(`${start.replace("index.html", "")}companies/amazon/dive-deep/index.html`);
    await page.getByRole("link", { name: "Amazon" }).first().click();
    await page.waitForURL(/companies\/amazon\/index\.html$/);
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
  await page.waitForURL(`${server.url}questions/index.html`);
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
