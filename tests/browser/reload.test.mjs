// Edits reach the open browser; errors are shown over the last good page and mended.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { archetypes, browser, copyOfSources, serve, watchFor } from "./browser.mjs";

let chromium, server, root, page;
const question = "content/questions/greatest-weakness.yaml";

const edit = (path, from, to) => {
  const full = join(root, path);
  const text = readFileSync(full, "utf8");
  assert.ok(text.includes(from), `${path} holds ${from}`);
  writeFileSync(full, text.replace(from, to));
};

before(async () => {
  root = copyOfSources();
  server = await serve(root);
  chromium = await browser();
  page = await chromium.newPage();
  await page.goto(`${server.url}questions/greatest-weakness/`);
});
after(async () => {
  await chromium?.close();
  server?.stop();
});

test("an edited question reloads its page", async () => {
  edit(question, "\nevaluates:\n", "\nevaluates:\n  - Whether xyzzy reaches the reader.\n");
  await page.getByText("Whether xyzzy reaches the reader").waitFor();
});

test("an edited template reloads the page", async () => {
  edit("themes/default/templates/layout.html", "</main>", "<p>plugh from the layout</p></main>");
  await page.getByText("plugh from the layout").waitFor();
});

test("an edited style sheet is swapped without a reload", async () => {
  await page.evaluate(() => { window.stays = true; });
  edit("themes/default/assets/base.css", "", "h1 { letter-spacing: 7px !important; }\n");
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
  assert.equal(await page.evaluate(() => window.stays), true);
});

test("an edited handbook.yaml reloads the page", async () => {
  edit("content/handbook.yaml", "title: ", "title: Frobozz ");
  await page.waitForFunction(() => document.title.includes("Frobozz"));
});

test("an error is shown over the last good page and goes when it is mended", async () => {
  const text = readFileSync(join(root, question), "utf8");
  writeFileSync(join(root, question), text.replace("theme: ", "theme: x"));
  const overlay = page.locator("#prepbook-overlay");
  await overlay.waitFor();
  const report = await overlay.textContent();
  assert.match(report, /error\[unknown-theme\]/);
  assert.match(report, /greatest-weakness\.yaml:\d+:\d+/);
  assert.ok(await page.getByText("Whether xyzzy reaches the reader").isVisible());
  await page.reload();
  await overlay.waitFor();
  writeFileSync(join(root, question), text);
  await overlay.waitFor({ state: "detached" });
});

test("the preview breaks no policy and leaves no error on any page type, search included", async () => {
  const page = await chromium.newPage();
  const wrong = watchFor(page, server.url);
  for (const name of archetypes.filter((name) => !["404.html", "offline/index.html"].includes(name))) {
    await page.goto(server.url + name);
    await page.hover("#search-open");
    await page.waitForFunction(() => self.prepbook?.results);
  }
  await page.close();
  assert.deepEqual(wrong, []);
});
