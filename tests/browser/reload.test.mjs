// Edits reach the open browser; errors are shown over the last good page and mended.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
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
  edit("themes/default/assets/base.css", "\n.sheet >", "\nh1 { letter-spacing: 7px !important; }\n.sheet >");
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
  assert.equal(await page.evaluate(() => window.stays), true);
});

test("an edited script reloads the page", async () => {
  edit("themes/default/assets/reader.js", "", "document.documentElement.dataset.script = \"plugh\";\n");
  await page.locator('html[data-script="plugh"]').waitFor();
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

test("findings are hidden on request and never printed", async () => {
  const page = await chromium.newPage();
  await page.goto(`${server.url}questions/greatest-weakness/`);
  const text = readFileSync(join(root, question), "utf8");
  writeFileSync(join(root, question), text.replace("theme: ", "theme: x"));
  const overlay = page.locator("#prepbook-overlay");
  await overlay.waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await overlay.isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  await overlay.getByRole("button", { name: "Hide" }).click();
  await overlay.waitFor({ state: "detached" });
  writeFileSync(join(root, question), text.replace("theme: ", "theme: xx"));
  await overlay.waitFor();
  writeFileSync(join(root, question), text);
  await overlay.waitFor({ state: "detached" });
  await page.close();
});

test("an address without a page gets one as soon as there is one", async () => {
  const page = await chromium.newPage();
  const text = readFileSync(join(root, question), "utf8");
  for (const address of ["frobnication/", "frobnication"]) {
    const answer = await page.goto(server.url + address);
    assert.equal(answer.status(), 404);
    writeFileSync(join(root, question), `${text}aliases: [frobnication]\n`);
    await page.waitForURL(/greatest-weakness/);
    writeFileSync(join(root, question), text);
    while ((await page.request.get(server.url + address)).status() !== 404) await page.waitForTimeout(50);
  }
  await page.close();
});

test("tabs in the background leave the server to the one in front", async () => {
  const context = await chromium.newContext();
  // More than a browser's connections to one host.
  for (let tab = 0; tab < 8; tab += 1) {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
  }
  const back = context.pages()[0];
  edit("content/handbook.yaml", "title: ", "title: Xyzzy ");
  const front = await context.newPage();
  await front.goto(server.url);
  await front.waitForFunction(() => document.title.includes("Xyzzy"));
  assert.ok(!(await back.title()).includes("Xyzzy"));
  await back.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await back.waitForFunction(() => document.title.includes("Xyzzy"));
  await context.close();
});

test("a server without a good build says why, and shows the handbook as soon as it can", async () => {
  const text = readFileSync(join(root, question), "utf8");
  writeFileSync(join(root, question), text.replace("theme: ", "theme: x"));
  const broken = await serve(root);
  const page = await chromium.newPage();
  const answer = await page.goto(`${broken.url}questions/greatest-weakness/`);
  assert.equal(answer.status(), 503);
  await page.getByText("error[unknown-theme]").waitFor();
  writeFileSync(join(root, question), text.replace("\nevaluates:\n", "\nevaluate:\n"));
  await page.getByText("error[unknown-field]").waitFor();
  writeFileSync(join(root, question), text);
  await page.getByText("Whether xyzzy reaches the reader").waitFor();
  const port = new URL(broken.url).port;
  await broken.stop();
  edit(question, "xyzzy", "plover");
  const again = await serve(root, port);
  assert.equal(again.url, broken.url);
  // Its first build has the number of the page's.
  await page.getByText("Whether plover reaches the reader").waitFor();
  again.stop();
  await page.close();
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
