// What stands where on a screen, measured: things in line, dimmed, no wider than their window, and not on paper.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { browser, host, repository, site } from "./browser.mjs";

const assets = join(repository, "themes/default/assets");
let chromium, server;

before(async () => {
  server = await host(site());
  chromium = await browser({ scrollbars: true });
});
after(async () => {
  await chromium?.close();
  server?.close();
});

for (const width of [320, 390, 1280]) {
  test(`the heads of the matrix stand over their dots at ${width} px`, async () => {
    const page = await chromium.newPage({ viewport: { width, height: 800 } });
    await page.goto(server.url);
    const off = await page.evaluate(() => {
      const middle = (element) => {
        const { left, width } = element.getBoundingClientRect();
        return left + width / 2;
      };
      const [heads, dots] = [".dots thead a", ".dots tbody tr:first-child td > :first-child"].map((where) => [...document.querySelectorAll(where)].map(middle));
      return heads.map((head, nth) => Math.abs(head - dots[nth]));
    });
    assert.ok(off.length > 3, `${off.length} heads`);
    for (const distance of off) assert.ok(distance < 1, `${off}`);
    await page.close();
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`an open dialog dims the whole window, where the scroll bar was, too, in the ${colorScheme}`, async () => {
    const page = await chromium.newPage({ viewport: { width: 1280, height: 800 }, colorScheme, reducedMotion: "reduce" });
    await page.goto(`${server.url}guides/index.html`);
    const room = await page.evaluate(() => innerWidth - document.documentElement.clientWidth);
    assert.ok(room > 5, `a scroll bar of ${room} px`);
    await page.getByRole("link", { name: "Search" }).click();
    await page.getByRole("dialog").waitFor();
    const { data, width } = PNG.sync.read(await page.screenshot());
    const at = (x) => [...data.subarray((width * 700 + x) * 4, (width * 700 + x) * 4 + 3)];
    const [beside, edge] = [at(width - room - 4), at(width - 2)];
    assert.ok(beside.every((part, nth) => Math.abs(part - edge[nth]) <= 2), `${beside} and ${edge}`);
    await page.close();
  });
}

test("an answer as told stands below its plan on one scale, its text beside it", async () => {
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 } });
  let seen = 0;
  // One that is shorter than its plan, and one that is longer.
  for (const name of ["incomplete-information", "short-stay"]) {
    await page.goto(`${server.url}questions/${name}/index.html`);
    const answers = await page.locator(".answer:has(.told)").evaluateAll((all) => all.map((answer) => {
      const widths = (selector) => Array.from(answer.querySelectorAll(selector), (one) => one.getBoundingClientRect().width);
      const seconds = (selector) => Array.from(answer.querySelectorAll(selector), (one) => Number(one.dataset.seconds));
      const label = answer.querySelector(".told").getAttribute("aria-label");
      return { planned: [seconds(".timing li"), widths(".timing li")], told: [seconds(".part"), widths(".told rect")], label };
    }));
    for (const { planned, told, label } of answers) {
      const [plan] = [planned, told].map(([seconds, widths]) => widths.reduce((a, b) => a + b) / seconds.reduce((a, b) => a + b));
      // Gaps are a part of the plan's bar.
      told[0].forEach((seconds, nth) => assert.ok(Math.abs(told[1][nth] / (seconds * plan) - 1) < 0.06, `${name}: ${told[1][nth]} px for ${seconds} s`));
      assert.equal(label.split(", ").length, told[0].length);
      for (const seconds of told[0]) assert.ok(label.includes(`${seconds} s of `), label);
      seen += 1;
    }
  }
  assert.ok(seen >= 2);
  await page.close();
});

test("from the disk, where browsers refuse fonts, the stand-ins take the same room", async () => {
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 } });
  for (const name of ["questions/greatest-weakness/index.html", "cheat-sheet/index.html", "companies/amazon/index.html"]) {
    const height = () => page.evaluate(() => document.querySelector("main").getBoundingClientRect().height);
    // Fonts come from the cache the second time: they are there before anything is painted.
    await page.goto(server.url + name);
    await page.evaluate(() => document.fonts.ready);
    await page.reload();
    const hosted = await height();
    await page.goto(`file://${site()}/${name}`);
    const read = await height();
    assert.ok(Math.abs(read / hosted - 1) < 0.02, `${name}: ${hosted} px from a host, ${read} px from the disk`);
  }
  await page.close();
});

/** The style sheets of the site theme by name. */
const styles = () => readdirSync(assets).filter((name) => name.endsWith(".css")).map((name) => [name, readFileSync(join(assets, name), "utf8")]);

test("style for narrow or low windows stays on screens: paper is narrow, too", () => {
  const loose = [];
  for (const [name, text] of styles()) {
    for (const [, queries] of text.matchAll(/@media ([^{]+) {/g)) {
      const isLoose = (query) => /width|height/.test(query) && !query.startsWith("screen");
      // What holds on paper by name may hold on wide screens, too.
      const wide = queries.startsWith("print, ") ? queries.replace(/\(min-width: [\d.]+rem\)/, "") : queries;
      if (wide.split(", ").some(isLoose)) loose.push(`${name}: @media ${queries}`);
    }
  }
  assert.deepEqual(loose, []);
});

test("no style makes columns that are wider than a narrow window", () => {
  const wide = [];
  for (const [name, text] of styles()) {
    wide.push(...(text.match(/(?<![-\w])column(s|-width): *[\d.]+(rem|em|px)/g) ?? []).map((one) => `${name}: ${one}`));
  }
  assert.deepEqual(wide, []);
});

test("on a phone what a checkpoint asks begins on the first screen, and its timeline above takes a line", async () => {
  const page = await chromium.newPage({ viewport: { width: 390, height: 844 } });
  for (const name of ["day-0", "day-3", "day-7", "day-14", "night-before"]) {
    await page.goto(`${server.url}plan/${name}/index.html`);
    const [timeline, task] = await page.evaluate(() => [document.querySelector(".timeline").offsetHeight, document.querySelector(".tasks label").getBoundingClientRect().top]);
    assert.ok(timeline <= 80, `${name}: ${timeline} px`);
    assert.ok(task < 700, `${name}: ${task} px`);
    for (const height of await page.locator(".timeline a").evaluateAll((links) => links.map((link) => link.offsetHeight))) assert.ok(height >= 44, `${name}: ${height} px`);
  }
  await page.close();
});

test("the menu of small screens has the reader's own places, and marks the one that is open", async () => {
  const page = await chromium.newPage({ viewport: { width: 390, height: 844 } });
  for (const [folder, name] of [["stories", "Stories"], ["my-data", "My data"]]) {
    await page.goto(`${server.url}${folder}/index.html`);
    await page.locator(".menu > summary").click();
    const menu = page.locator(".menu nav");
    assert.equal(await menu.locator("ul").count(), 2);
    assert.deepEqual(await menu.locator("[aria-current=page]").allInnerTexts(), [name]);
    const box = await menu.boundingBox();
    assert.ok(box.y + box.height <= 844, `${box.y + box.height} px`);
  }
  await page.close();
});
