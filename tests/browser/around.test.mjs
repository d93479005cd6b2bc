// What stands around a page's text: the theme's other questions, the contents, the bar of phones.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { browser, host, measureShift, PATIENCE, site, watchFor } from "./browser.mjs";

const question = "questions/incomplete-information/index.html";
let chromium, server, context;

before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});
afterEach(() => context?.close());

/** A page in a context of its own, before it goes anywhere. */
const pageOf = async (options) => {
  context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: "block", ...options });
  const page = await context.newPage();
  await measureShift(page);
  return page;
};
/** Keeps how some questions went, as tries do: days ago and a rating for each. */
const keep = async (page, questions) => {
  await page.goto(`${server.url}my-data/index.html`);
  await page.evaluate(async (questions) => {
    const store = await prepbook.loadStore();
    const at = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
    await store.change((doc) => {
      for (const [id, [days, rating]] of Object.entries(questions)) doc.questions[id] = { rating, last: at(days), count: 1 };
    });
  }, questions);
};
const boxOf = (page, selector) => page.locator(selector).first().evaluate((element) => {
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  return { left, right, top, bottom, width, height };
});

// ---------- the questions of the theme ----------

for (const [how, options] of [["with scripts", {}], ["without scripts", { javaScriptEnabled: false }]]) {
  test(`from 1200 px on the theme's questions stand beside one, once, and the text keeps its measure, ${how}`, async () => {
    const page = await pageOf(options);
    await page.setViewportSize({ width: 1199, height: 900 });
    await page.goto(server.url + question);
    const beside = page.getByRole("navigation", { name: "Questions of this theme" });
    assert.equal(await beside.count(), 0, "narrower windows have no room for it");
    const [column, paragraph, rail] = [await boxOf(page, ".column"), await boxOf(page, ".signals li"), await boxOf(page, ".rail")];
    for (const width of [1200, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await beside.count(), 1);
      const [own, text, around] = [await boxOf(page, ".beside"), await boxOf(page, ".column"), await boxOf(page, ".rail")];
      assert.ok(own.width >= 160 && own.right + 16 <= text.left && text.right + 16 <= around.left, `${width}: ${own.right} ${text.left}`);
      assert.equal(text.width, column.width);
      assert.equal((await boxOf(page, ".signals li")).width, paragraph.width);
      assert.equal(around.width, rail.width);
    }
    const links = await beside.getByRole("listitem").getByRole("link").evaluateAll((all) => all.map(({ pathname }) => pathname));
    assert.ok(links.length > 5 && new Set(links).size === links.length);
    const [current] = await beside.locator("[aria-current=page]").all();
    assert.match(await current.getAttribute("href"), /incomplete-information/);
    assert.equal(await beside.locator("[aria-current]").count(), 1);
    // All of the theme, in its order, and its page above them.
    await beside.getByRole("heading").getByRole("link").click();
    await page.locator(".cards a.said").first().waitFor();
    const listed = await page.locator(".cards a.said").evaluateAll((all) => all.map(({ pathname }) => pathname));
    assert.deepEqual(links, listed);
    await page.goto(server.url + question);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".beside").isVisible(), false);
  });
}

test("it tells in words how each question went, and nothing moves when that comes", async () => {
  const page = await pageOf();
  const wrong = watchFor(page, server.url);
  await keep(page, { "incomplete-information": [5, 1], "two-good-options": [0, 3] });
  await page.goto(server.url + question);
  const beside = page.getByRole("navigation", { name: "Questions of this theme" });
  await beside.getByText(/^\d+ of \d+ tried/).waitFor();
  const told = await beside.getByRole("listitem").evaluateAll((all) => Object.fromEntries(all.map((one) => [one.dataset.id, one.querySelector(".mine").textContent])));
  assert.equal(told["incomplete-information"], "Rambled 5 days ago, due");
  const tried = Object.entries(told).filter(([, words]) => words);
  assert.equal(await beside.locator("p").innerText(), `${tried.length} of ${Object.keys(told).length} tried, 1 weak, 1 due`);
  // Marks differ by how much of them is full, not by colour alone.
  const marks = await beside.locator("[data-rating]").evaluateAll((all) => all.map((one) => getComputedStyle(one).getPropertyValue("--full")));
  assert.equal(new Set(marks).size, tried.length);
  assert.equal(await page.evaluate(() => self.shift), 0);
  assert.deepEqual(wrong, []);
});

test("narrow windows load nothing of it; a window that gets wide tells it then", async () => {
  const page = await pageOf({ viewport: { width: 1000, height: 900 } });
  await keep(page, { "incomplete-information": [5, 1] });
  await page.goto(server.url + question, { waitUntil: "networkidle" });
  assert.equal(await page.evaluate(() => prepbook.schedule), undefined);
  await page.setViewportSize({ width: 1300, height: 900 });
  await page.getByText(/^1 of \d+ tried/).waitFor();
});

test("where the theme has more questions than the window is high, one's own is in sight", async () => {
  const page = await pageOf({ viewport: { width: 1280, height: 620 } });
  await page.goto(`${server.url}questions/index.html`);
  const last = await page.locator("#questions tbody[data-theme]").evaluateAll((groups) => groups.toSorted((a, b) => b.rows.length - a.rows.length)[0].querySelector("tr:last-child a").href);
  await page.goto(last);
  const { list, own } = await page.evaluate(() => {
    const edges = (element) => element.getBoundingClientRect();
    const beside = document.querySelector(".beside");
    return { list: { ...edges(beside).toJSON(), more: beside.scrollHeight - beside.clientHeight }, own: edges(beside.querySelector("[aria-current]")).toJSON() };
  });
  assert.ok(list.more > 0 && own.top >= list.top && own.bottom <= list.bottom, JSON.stringify({ list, own }));
});

// ---------- the contents ----------

test("the rail fits the window, and no line of it is cut", async () => {
  const page = await pageOf();
  for (const height of [620, 812, 1000]) {
    await page.setViewportSize({ width: 1280, height });
    await page.goto(server.url + question);
    await page.mouse.wheel(0, 900);
    await page.waitForFunction(() => scrollY > 800);
    const { rail, fade, ends } = await page.evaluate(() => {
      const rail = document.querySelector(".rail");
      const shown = rail.getBoundingClientRect();
      const fade = Number.parseFloat(getComputedStyle(rail, "::after").height);
      rail.scrollTop = rail.scrollHeight;
      const last = rail.querySelector(".links:last-of-type li:last-child").getBoundingClientRect();
      return { rail: shown.toJSON(), fade, ends: { last: last.bottom, more: rail.scrollHeight - rail.clientHeight } };
    });
    assert.ok(rail.bottom <= height && ends.more > 0, `${rail.bottom} of ${height}`);
    // What goes on below fades out; at its end the last line stands above the fade.
    assert.ok(fade >= 32 && ends.last <= rail.bottom - 16, JSON.stringify({ rail, fade, ends }));
    // By keys each link comes into sight, above the fade.
    await page.locator(".rail a").last().focus();
    const focused = await boxOf(page, ".rail a:focus");
    assert.ok(focused.top >= rail.top && focused.bottom <= rail.bottom - 16, JSON.stringify(focused));
  }
});

const marked = (page) => page.locator(".toc [aria-current=location]").evaluateAll((links) => links.map(({ hash }) => hash));
const until = (page, hash) => page.waitForFunction((hash) => document.querySelector(".toc [aria-current]")?.hash === hash, hash, { timeout: PATIENCE });

test("the contents mark where one reads: on the way down, up, at the end, and where one jumps to", async () => {
  const page = await pageOf({ reducedMotion: "reduce" });
  await page.goto(server.url + question);
  const all = await page.locator(".toc a").evaluateAll((links) => links.map(({ hash }) => hash));
  await until(page, all[0]);
  for (const hash of ["#answer", "#traps", "#follow-ups", "#sixty-seconds"]) {
    await page.evaluate((hash) => document.querySelector(hash).scrollIntoView(), hash);
    await until(page, hash);
    assert.deepEqual(await marked(page), [hash]);
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await until(page, all.at(-1));
  await page.evaluate(() => scrollTo(0, 0));
  await until(page, all[0]);
  // By keys, as anyone follows a link.
  await page.locator(".toc a[href$='#companies']").focus();
  await page.keyboard.press("Enter");
  await until(page, "#companies");
  assert.equal(await page.evaluate(() => self.shift), 0);
});

// ---------- the bar of phones ----------

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" };
const scrollTo = async (page, y) => {
  await page.evaluate((y) => scrollTo(0, y), y);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
const isBarShown = (page) => page.locator(".bar").evaluate((bar) => bar.getBoundingClientRect().bottom > 0);

test("on a phone the bar leaves while one reads on and comes when one turns back", async () => {
  const page = await pageOf(phone);
  await page.goto(server.url + question, { waitUntil: "networkidle" });
  assert.equal(await isBarShown(page), true);
  await scrollTo(page, 1500);
  assert.equal(await isBarShown(page), false);
  await scrollTo(page, 1497);
  assert.equal(await isBarShown(page), false, "a trembling thumb turns nothing back");
  await scrollTo(page, 1300);
  assert.equal(await isBarShown(page), true);
  assert.equal((await boxOf(page, ".bar")).top, 0);
  assert.ok((await boxOf(page, ".bar")).height <= 57, "it is slim");
  await page.getByText("Menu", { exact: true }).tap();
  await scrollTo(page, 1700);
  assert.equal(await isBarShown(page), true, "not from under an open menu");
  await page.getByText("Menu", { exact: true }).tap();
  await scrollTo(page, 2000);
  assert.equal(await isBarShown(page), false);
  assert.equal(await page.evaluate(() => self.shift), 0);
});

test("the bar comes for the focus, and lies over no place that a link leads to", async () => {
  const page = await pageOf(phone);
  await page.goto(server.url + question, { waitUntil: "networkidle" });
  await scrollTo(page, 1500);
  await page.keyboard.press("Tab");
  await page.locator(".brand").focus();
  await page.waitForFunction(() => document.querySelector(".bar").getBoundingClientRect().top === 0);
  await page.locator(".brand").blur();
  // Upwards, so that the bar is there.
  await scrollTo(page, 4000);
  await page.locator(".jump").evaluate((jump) => (jump.open = true));
  await page.locator(".jump a[href$='#answer']").evaluate((link) => link.click());
  await page.waitForFunction(() => scrollY < 3000);
  await page.waitForFunction(() => document.querySelector(".bar").getBoundingClientRect().bottom > 0);
  assert.ok((await boxOf(page, "#answer")).top >= (await boxOf(page, ".bar")).bottom);
  await scrollTo(page, 4000);
  await page.locator("#try_it").evaluate((button) => button.scrollIntoView());
  await page.waitForFunction(() => document.querySelector(".bar").getBoundingClientRect().bottom > 0);
  assert.ok((await boxOf(page, "#try_it")).top >= (await boxOf(page, ".bar")).bottom);
});

test("the bar slides only for readers who like motion, and stays with the page without scripts and in low windows", async () => {
  const slides = async (options) => {
    const page = await pageOf({ ...phone, ...options });
    await page.goto(server.url + question);
    const style = await page.locator(".bar").evaluate((bar) => {
      const { position, transitionDuration } = getComputedStyle(bar);
      return { position, slides: Number.parseFloat(transitionDuration) > 0 };
    });
    await context.close();
    return style;
  };
  assert.deepEqual(await slides({ reducedMotion: "no-preference" }), { position: "sticky", slides: true });
  assert.deepEqual(await slides({}), { position: "sticky", slides: false });
  assert.equal((await slides({ javaScriptEnabled: false })).position, "relative");
  assert.equal((await slides({ viewport: { width: 844, height: 390 } })).position, "relative");
});
