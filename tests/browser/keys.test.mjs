// Keys and appearance: what they do, where they stay silent, and that choices are remembered.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { browser, host, site, watchFor } from "./browser.mjs";

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
  context = await chromium.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  page = await context.newPage();
  wrong = watchFor(page, server.url);
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(wrong, []);
});

const weakness = () => page.goto(`${server.url}questions/greatest-weakness/`);
const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("j and k lead to the neighbours", async () => {
  await weakness();
  const next = await page.locator(".pager [rel=next]").evaluate((link) => link.href);
  await page.keyboard.press("j");
  await page.waitForURL(next.replace(/index\.html$/, ""));
  await page.keyboard.press("k");
  await page.waitForURL(/greatest-weakness/);
});

test("g and a letter lead to the places of the bar", async () => {
  await weakness();
  const places = { q: "questions", t: "themes", c: "companies", f: "frameworks", s: "cheat-sheet", p: "practice", n: "plan" };
  for (const [key, place] of Object.entries(places)) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.waitForURL(`${server.url}${place}/`);
  }
  await page.keyboard.press("g");
  await page.keyboard.press("x");
  await page.waitForTimeout(100);
  assert.equal(page.url(), `${server.url}plan/`);
});

test("the list of keys opens, names every key, and closes to where one was", async () => {
  await weakness();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Appearance and keys" });
  await dialog.waitFor();
  const keys = (await dialog.locator(".keys dd").allInnerTexts()).join(" ");
  for (const key of ["/", "Ctrl K", "j", "k", "f", "g q", "g t", "g c", "g f", "g s", "g p", "g n", "?"]) assert.ok(keys.includes(key), key);
  await page.keyboard.press("j");
  assert.match(page.url(), /greatest-weakness/);
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Appearance and keys" }).click();
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "help-open");
});

test("settings that do not come say so, and are tried again when they are opened again", async () => {
  await page.route("**/settings.*.js", (route) => route.abort());
  await weakness();
  await page.keyboard.press("?");
  await page.getByText("These could not be loaded.").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.unroute("**/settings.*.js");
  await page.keyboard.press("?");
  await page.getByRole("switch", { name: "Single-key shortcuts" }).waitFor();
  assert.equal(await page.locator("dialog.help").count(), 1);
  assert.deepEqual(wrong.splice(0).filter((one) => !/ERR_FAILED/.test(one)), []);
});

test("the appearance is remembered and there before anything is painted", async () => {
  await weakness();
  const light = await background();
  await page.keyboard.press("?");
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.addInitScript(() => {
    // What stands on the root when the body begins.
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      self.early = document.documentElement.dataset.theme;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${server.url}cheat-sheet/`);
  assert.equal(await page.evaluate(() => self.early), "dark");
  assert.equal(await background(), dark);
  await page.keyboard.press("?");
  assert.ok(await page.getByRole("radio", { name: "Dark" }).isChecked());
  await page.getByRole("radio", { name: "As the system" }).check();
  assert.equal(await background(), light);
  await page.reload();
  assert.equal(await background(), light);
});

test("single keys can be switched off; Ctrl K and the button still work", async () => {
  await weakness();
  await page.keyboard.press("?");
  await page.getByRole("switch", { name: "Single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  const silent = async () => {
    for (const key of ["j", "/", "?", "g", "q"]) await page.keyboard.press(key);
    await page.waitForTimeout(100);
    assert.match(page.url(), /greatest-weakness/);
    assert.equal(await page.locator("dialog[open]").count(), 0);
    assert.ok(await page.locator("#search-open kbd").isHidden());
  };
  await silent();
  await page.reload();
  await silent();
  await page.keyboard.press("Control+k");
  assert.ok(await page.locator("dialog.search-box").isVisible());
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Appearance and keys" }).click();
  await page.getByRole("switch", { name: "Single-key shortcuts" }).check();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.keyboard.press("j");
  await page.waitForURL((url) => !url.href.includes("greatest-weakness"));
});

test("keys stay silent in fields and with a modifier held", async () => {
  await page.goto(`${server.url}questions/`);
  await page.focus("#filter-text");
  await page.keyboard.type("gqj/?k");
  assert.equal(await page.inputValue("#filter-text"), "gqj/?k");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await weakness();
  for (const key of ["Alt+j", "Control+j", "Meta+j", "Alt+g", "q"]) await page.keyboard.press(key);
  await page.waitForTimeout(100);
  assert.match(page.url(), /greatest-weakness/);
});

test("keys work from the moment on that a dialog closes", async () => {
  await weakness();
  await page.keyboard.press("/");
  await page.locator("#search-input:focus").waitFor();
  // In one go, before the browser draws a frame and takes the focus out of what is gone.
  await page.evaluate(() => {
    const input = document.querySelector("#search-input");
    input.closest("dialog").close();
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true }));
  });
  await page.locator("dialog.help").waitFor();
});

test("letters are keys with the lock of capitals, in other alphabets, and once a press", async () => {
  await weakness();
  const press = (key, code, more = {}) => page.evaluate(([key, code, more]) => document.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more })), [key, code, more]);
  await press("j", "KeyJ", { repeat: true });
  await page.waitForTimeout(100);
  assert.match(page.url(), /greatest-weakness/);
  const next = await page.locator(".pager [rel=next]").evaluate((link) => link.href);
  await press("J", "KeyJ");
  await page.waitForURL(next.replace(/index\.html$/, ""));
  await press("л", "KeyK");
  await page.waitForURL(/greatest-weakness/);
  await press("л", "KeyK", { ctrlKey: true });
  assert.ok(await page.locator("dialog.search-box").isVisible());
});

test("keys switched off elsewhere are off on a page that comes back and in other tabs", async () => {
  await page.goto(`${server.url}questions/`);
  const other = await context.newPage();
  await weakness();
  await other.goto(`${server.url}red-flags/`);
  await other.keyboard.press("?");
  await other.getByRole("switch").uncheck();
  await page.waitForFunction(() => document.documentElement.hasAttribute("data-no-keys"));
  await page.goBack();
  await page.keyboard.press("/");
  await page.waitForTimeout(100);
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.getByRole("button", { name: "Appearance and keys" }).click();
  assert.ok(!(await page.getByRole("switch").isChecked()));
});

test("a dialog closes when one presses beside it, and not when one lets go there", async () => {
  await weakness();
  await page.keyboard.press("/");
  const box = await page.locator("dialog.search-box").boundingBox();
  const field = await page.locator("#search-input").boundingBox();
  await page.mouse.click(box.x + 8, field.y + 10);
  await page.mouse.move(field.x + 40, field.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, field.y + 10);
  await page.mouse.up();
  assert.ok(await page.locator("dialog.search-box").isVisible());
  await page.mouse.click(box.x - 60, field.y + 10);
  assert.ok(await page.locator("dialog.search-box").isHidden());
});

test("the menu of small screens closes behind the focus and behind its reader", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await weakness();
  const menu = page.locator("details.menu");
  await menu.locator("summary").click();
  await menu.getByRole("link").last().focus();
  await page.keyboard.press("Tab");
  assert.equal(await menu.getAttribute("open"), null);
  await menu.locator("summary").click();
  await menu.getByRole("link", { name: "Themes" }).click();
  await page.waitForURL(/themes/);
  await page.goBack();
  await page.waitForURL(/greatest-weakness/);
  assert.equal(await menu.getAttribute("open"), null);
});

test("nothing lies over the links at the bottom of the window", async () => {
  await page.goto(`${server.url}all/`);
  const covered = await page.evaluate(() => [...document.querySelectorAll("main a")].filter((link) => {
    const { left, width, bottom, top } = link.getBoundingClientRect();
    return top > innerHeight - 60 && bottom < innerHeight && document.elementFromPoint(left + width / 2, (top + bottom) / 2) !== link;
  }).length);
  assert.equal(covered, 0);
});

test("the fonts of headings and text are shown at first view", async () => {
  const devtools = await context.newCDPSession(page);
  await page.goto(`${server.url}questions/`);
  await devtools.send("DOM.enable");
  await devtools.send("CSS.enable");
  const { root } = await devtools.send("DOM.getDocument");
  for (const selector of ["h1", "main .lede", "main .said"]) {
    const { nodeId } = await devtools.send("DOM.querySelector", { nodeId: root.nodeId, selector });
    const { fonts } = await devtools.send("CSS.getPlatformFontsForNode", { nodeId });
    assert.ok(fonts.every(({ familyName }) => familyName.startsWith("Prepbook")), `${selector}: ${fonts.map(({ familyName }) => familyName)}`);
  }
});

test("without storage everything still works for the page", async () => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }));
  await weakness();
  await page.keyboard.press("?");
  await page.getByRole("radio", { name: "Dark" }).check();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  // The page hears keys again once the closed dialog has said so.
  const open = () => page.locator("dialog.search-box[open]").count();
  for (let nth = 0; nth < 100 && !(await open()); nth += 1) await page.keyboard.press("/");
  await page.waitForFunction(() => self.prepbook?.results);
  await page.fill("#search-input", "weakness");
  assert.ok((await page.locator("[role=option]").count()) > 0);
});
