// What every page says before any style or script: its headings, names and addresses, as one who listens meets them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, isStub, pages, site } from "./browser.mjs";

let chromium, page;

before(async () => {
  chromium = await browser();
  page = await chromium.newPage();
});
after(() => chromium?.close());

/** What is wrong with the source of a page. Runs in the browser. */
const faults = (source) => {
  const page = new DOMParser().parseFromString(source, "text/html");
  const wrong = [];
  let level = 0;
  for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) wrong.push(`h${level} to h${next}: ${heading.textContent}`);
    if (!heading.textContent.trim()) wrong.push(`h${next} without words`);
    level = next;
  }
  if (page.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
  const named = (element) =>
    element.textContent.trim() || element.getAttribute("aria-label")?.trim() || page.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent.trim();
  const tell = (element) => element.cloneNode(false).outerHTML;
  for (const control of page.querySelectorAll("input, select, textarea")) {
    if (![...control.labels].some(named) && !control.getAttribute("aria-label")) wrong.push(`without a name: ${tell(control)}`);
  }
  for (const pressed of page.querySelectorAll("a, button, summary")) if (!named(pressed)) wrong.push(`without words: ${tell(pressed)}`);
  for (const link of page.querySelectorAll("a")) if (!link.getAttribute("href")) wrong.push(`leads nowhere: ${tell(link)}`);
  return wrong;
};

test("on every page headings skip no level, what is pressed has words, what is filled in has a name, and links have an address", async () => {
  const found = [];
  const names = pages().filter((name) => !isStub(name));
  assert.ok(names.length > 150, `${names.length} pages`);
  for (const name of names) {
    const wrong = await page.evaluate(faults, readFileSync(join(site(), name), "utf8"));
    found.push(...wrong.map((one) => `${name}: ${one}`));
  }
  assert.deepEqual(found, []);
});
