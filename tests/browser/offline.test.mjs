// Reading without a network after one visit.
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { pages, site, watchFor } from "./browser.mjs";
import { addition, context, disconnect, editionOf, file, handbook, heading, newContext, notice, publish, question, saved, stores, until, visit } from "./visits.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

test("after one visit every page opens without a network, with its heading, its style and its fonts", async () => {
  const server = await publish();
  const page = await visit(server.url);
  await disconnect(server);
  const wrong = watchFor(page, server.url);
  const all = pages().filter((name) => name !== "404.html");
  assert.ok(all.length > 200);
  for (const name of all) {
    const answer = await page.goto(server.url + name);
    if (!answer.fromServiceWorker() || answer.status() !== 200) wrong.push(`${name}: ${answer.status()}`);
    // Stubs lead on by themselves.
    await page.waitForFunction(() => document.readyState === "complete" && !document.querySelector("meta[http-equiv=refresh]") && document.querySelector("h1"));
    const seen = await page.evaluate(async () => {
      const fonts = await Promise.all(["400 1em 'Prepbook Sans'", "600 1em 'Prepbook Sans'", "500 1em 'Prepbook Serif'"].map((font) => document.fonts.load(font)));
      return { heading: document.querySelector("h1").textContent.length > 2, style: getComputedStyle(document.querySelector(".bar")).borderBottomWidth === "1px", fonts: fonts.every((faces) => faces.length === 1) };
    });
    if (!seen.heading || !seen.style || !seen.fonts) wrong.push(`${name}: ${JSON.stringify(seen)}`);
  }
  assert.deepEqual(wrong, []);
});

test("search, filters and folder addresses work without a network", async () => {
  const server = await publish();
  const page = await visit(`${server.url}questions/?company=amazon`);
  await disconnect(server);
  await page.goto(`${server.url}questions/index.html?theme=ethics-values#main`);
  assert.match(await page.locator(".result").innerText(), /^\d+ of \d+/);
  await page.goto(`${server.url}companies/amazon/dive-deep/`);
  await page.keyboard.press("/");
  await page.waitForFunction(() => self.prepbook?.results);
  await page.fill("#search-input", "greatest weakness");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${server.url}questions/greatest-weakness/`);
  await page.goto(`${server.url}questions`);
  assert.equal(page.url(), `${server.url}questions/`);
});

test("search works on the very page of the first visit when the network goes", async () => {
  const server = await publish();
  const page = await visit(server.url);
  await disconnect(server);
  await page.keyboard.press("/");
  await page.waitForFunction(() => self.prepbook?.results);
});

for (const prefix of ["/", "/some/where/"]) {
  test(`an address that is not kept says so, leads on and can be tried again, below ${prefix}`, async () => {
    const server = await publish(site(), prefix);
    const page = await visit(server.url);
    await disconnect(server);
    const address = `${server.url}nowhere/at/all/?x`;
    await page.goto(address);
    assert.equal(page.url(), address);
    assert.equal(await heading(page), "This page needs a network");
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".bar")).borderBottomWidth), "1px");
    for (const name of ["Home", "Questions", "Cheat sheet", "All pages"]) {
      await page.goto(address);
      await page.getByRole("main").getByRole("link", { name, exact: true }).click();
      assert.notEqual(await heading(page), "This page needs a network", name);
      assert.ok(page.url().startsWith(server.url));
    }
    await page.goto(address);
    await disconnect(server, false);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("That page is not in this edition").waitFor();
    assert.equal(new URL(page.url()).pathname, new URL(address).pathname);
  });
}

test("with Save-Data only the core is fetched, and what the reader opens is kept", async () => {
  await context.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  const server = await publish();
  const page = await context.newPage();
  await page.goto(server.url);
  await until(page, async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated");
  await page.goto(server.url + question);
  await page.waitForLoadState("networkidle");
  const fetched = server.asked.filter((path) => path.endsWith("/"));
  assert.deepEqual([...new Set(fetched)].sort(), ["/", "/all/", "/cheat-sheet/", "/offline/", "/questions/", `/${question}`].sort());
  assert.equal(await page.locator("#saved_offline").innerText(), "");
  await disconnect(server);
  await page.goto(server.url + question);
  assert.match(await heading(page), /greatest weakness/);
  await page.goto(`${server.url}cheat-sheet/`);
  assert.match(await heading(page), /[Cc]heat sheet/);
  await page.goto(`${server.url}companies/google/`);
  assert.equal(await heading(page), "This page needs a network");
});

test("of a very large handbook the core is kept, and what the reader opened", async () => {
  const book = handbook();
  for (const nth of [1, 2, 3]) book.write(`content/guides/long-${nth}.md`, `---\ntitle: Long ${nth}\norder: ${90 + nth}\nsummary: Long.\n---\n\n${"[One](question:greatest-weakness), [two](question:tell-me-about-yourself), [three](theme:ethics-values). ".repeat(20_000)}\n`);
  book.build();
  const server = await publish(book.out);
  const page = await context.newPage();
  await page.goto(server.url + question);
  await until(page, async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated");
  await page.goto(`${server.url}companies/google/index.html`);
  await until(page, async () => (await caches.keys()).some((name) => name.endsWith(" opened")));
  assert.equal(await page.locator("#saved_offline").innerText(), "");
  assert.ok(!server.asked.some((path) => path.startsWith("/guides/long")));
  // Fresh from the network while there is one.
  book.edit(file, ...addition);
  book.build();
  await page.goto(server.url + question);
  assert.ok(await page.getByText("xyzzy").isVisible());
  // What is taken down is gone, though it was opened before.
  rmSync(join(book.out, "companies/google/index.html"));
  assert.equal((await page.goto(`${server.url}companies/google/`)).status(), 404);
  await disconnect(server);
  for (const name of ["", "questions/", "all/", question]) {
    await page.goto(server.url + name);
    assert.notEqual(await heading(page), "This page needs a network", name);
  }
  assert.ok(await page.getByText("xyzzy").isVisible());
  await page.goto(`${server.url}guides/long-1/`);
  assert.equal(await heading(page), "This page needs a network");
});

test("from the disk nothing is registered and nothing goes wrong", async () => {
  const page = await context.newPage();
  const wrong = watchFor(page, "file://");
  await page.goto(`file://${site()}/index.html`);
  await page.waitForTimeout(500);
  assert.deepEqual(wrong.filter((one) => !/preload|font|CORS|ERR_FAILED|icon/.test(one)), []);
  assert.equal(await page.locator("#saved_offline").innerText(), "");
});

test("neither line moves anything, hides what has the focus, or stands on paper", async () => {
  const book = handbook();
  const server = await publish(book.out);
  await context.addInitScript(() => {
    self.shifts = [];
    // Both lines are filled once the page has loaded.
    addEventListener("load", () => new PerformanceObserver((list) => list.getEntries().forEach((entry) => self.shifts.push(...entry.sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName} ${node?.textContent.slice(0, 40)} ${JSON.stringify([previousRect, currentRect])}`)))).observe({ type: "layout-shift" }));
  });
  const page = await visit(`${server.url}offline/`);
  book.edit("content/handbook.yaml", "title: ", "title: Frobozz ");
  book.build();
  for (const viewport of [{ width: 320, height: 640 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(viewport);
    for (const name of ["offline/", question]) {
      await page.goto(server.url + name);
      await notice(page).waitFor();
      assert.ok(await notice(page).isVisible());
      const { top, bottom } = await page.locator("#newer_edition").evaluate((line) => line.getBoundingClientRect());
      assert.ok(top > 0 && bottom <= viewport.height + 1, `${name}: at the edge of the window`);
      assert.deepEqual(await page.evaluate(() => self.shifts), [], `${name} at ${viewport.width} px`);
    }
    const hidden = [];
    for (let nth = 0; nth < 60; nth += 1) {
      await page.keyboard.press("Tab");
      hidden.push(...(await page.evaluate(() => {
        const line = document.getElementById("newer_edition");
        const one = document.activeElement;
        return one !== document.body && !line.contains(one) && one.getBoundingClientRect().top >= line.getBoundingClientRect().top ? [one.outerHTML] : [];
      })));
    }
    assert.deepEqual(hidden, []);
  }
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#newer_edition").isVisible(), false);
});

test("axe finds no violation beside either line and on the page for no network", async () => {
  const book = handbook();
  const server = await publish(book.out);
  await newContext({ bypassCSP: true, reducedMotion: "reduce" });
  const page = await visit(server.url);
  const check = async (name) => {
    await page.evaluate(axe);
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [320, 1280]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 800 });
        const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
        assert.deepEqual(violations.map((one) => `${name}, ${colorScheme}, ${width} px: ${one.id}: ${one.nodes[0].html} ${one.nodes[0].failureSummary}`), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
      }
    }
  };
  await check("home");
  book.edit("content/handbook.yaml", "title: ", "title: Frobozz ");
  book.build();
  await page.goto(`${server.url}offline/`);
  await notice(page).waitFor();
  await check("offline/");
});

test("Chromium finds nothing that keeps the handbook from being installed", async () => {
  const server = await publish(site(), "/some/where/");
  const page = await visit(server.url + question);
  const devtools = await context.newCDPSession(page);
  const { url, errors, data } = await devtools.send("Page.getAppManifest");
  assert.equal(url, `${server.url}manifest.webmanifest`);
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  assert.equal(new URL(manifest.start_url, url).href, server.url);
  for (const icon of manifest.icons) assert.equal((await page.request.get(new URL(icon.src, url).href)).status(), 200, icon.src);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // A private window, as tests use, installs nothing.
  assert.deepEqual(installabilityErrors.map((one) => one.errorId).filter((id) => id !== "in-incognito"), []);
});

test("what is kept of the handbook stays within its budget", () => {
  const worker = readFileSync(join(site(), "sw.js"), "utf8");
  const edition = editionOf(worker);
  assert.ok(edition.whole);
  const size = Object.keys({ ...edition.core, ...edition.rest }).map((address) => gzipSync(readFileSync(join(site(), address.endsWith("/") || !address ? `${address}index.html` : address))).length);
  const total = size.reduce((sum, one) => sum + one, 0);
  assert.ok(total <= 2_650_000, `${total} bytes`);
});
