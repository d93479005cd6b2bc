// Paper: pages counted on A4 and US Letter, fonts embedded, tables whole.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, folder, host, pages, site } from "./browser.mjs";

let chromium, server, page, out;

before(async () => {
  server = await host(site());
  chromium = await browser();
  page = await chromium.newPage();
  out = folder();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const tool = (name, ...args) => execFileSync(name, args, { encoding: "utf8" });

const print = async (name, format) => {
  await page.goto(server.url + name);
  const path = join(out, "page.pdf");
  writeFileSync(path, await page.pdf({ format, preferCSSPageSize: true, tagged: true }));
  const info = tool("pdfinfo", path);
  return { path, count: Number(/Pages:\s+(\d+)/.exec(info)[1]), tagged: /Tagged:\s+yes/.test(info) };
};

for (const format of ["A4", "Letter"]) {
  test(`the cheat sheet is two whole pages on ${format}`, async () => {
    const { path, count, tagged } = await print("cheat-sheet/index.html", format);
    assert.equal(count, 2);
    assert.ok(tagged);
    const fonts = tool("pdffonts", path).split("\n").slice(2).filter(Boolean);
    assert.ok(fonts.length > 0);
    for (const font of fonts) {
      assert.ok(!font.includes("Type 3"), font);
      assert.match(font, /\byes\s+(yes|no)\s+(yes|no)\b/, font);
    }
    const text = tool("pdftotext", "-layout", path, "-");
    assert.ok(!/\bSearch\b|\bMenu\b/.test(text));
    const sheets = await page.evaluate(() => [...document.querySelectorAll("main table")].map((table) => {
      const labels = [...table.querySelectorAll("tbody tr > :first-child")].map((cell) => cell.innerText.trim().split(/\s+/).slice(0, 2).join(" ")).filter(Boolean);
      return [labels[0], labels.at(-1)];
    }));
    const sides = text.split("\f");
    for (const labels of sheets) {
      assert.ok(sides.some((side) => labels.every((label) => side.replace(/\s+/g, " ").includes(label))), `a table is cut: ${labels}`);
    }
  });

  test(`each side of the cheat sheet leaves room on ${format}`, async () => {
    // The safe box: the width of A4 and the height of Letter, less the margins.
    const width = format === "A4" ? 186 : 191.9;
    const px = 96 / 25.4;
    await page.setViewportSize({ width: Math.round(width * px), height: 1000 });
    await page.emulateMedia({ media: "print" });
    await page.goto(`${server.url}cheat-sheet/index.html`);
    const measured = await page.evaluate(() => ({
      sides: [...document.querySelectorAll(".side")].map((side) => side.getBoundingClientRect().height),
      smallest: Math.min(...[...document.querySelectorAll(".side *")].filter((element) => element.getClientRects().length && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).map((element) => parseFloat(getComputedStyle(element).fontSize))),
    }));
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 800 });
    assert.equal(measured.sides.length, 2);
    for (const height of measured.sides) assert.ok(height <= 255.4 * px * 0.97, `${(height / px).toFixed(1)} mm of 255.4`);
    assert.ok(measured.smallest >= 8.5 * 96 / 72 - 0.01, `${measured.smallest * 72 / 96} pt`);
  });

  test(`questions take at most two pages, companies three, checkpoints one on ${format}`, async () => {
    const limits = [[/^questions\/[^/]+\//, 2], [/^companies\/[^/]+\/index/, 3], [/^plan\/[^/]+\//, 1]];
    const over = [];
    for (const name of pages()) {
      const limit = limits.find(([pattern]) => pattern.test(name));
      if (!limit) continue;
      const { count } = await print(name, format);
      if (count > limit[1]) over.push(`${name}: ${count} pages`);
    }
    assert.deepEqual(over, []);
  });
}
