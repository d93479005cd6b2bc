// The question index: filters and order, kept in the address.
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
  context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  wrong = watchFor(page, server.url);
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(wrong, []);
});

const shown = () => page.locator("#questions tr[data-id]:visible").evaluateAll((rows) => rows.map((row) => ({ ...row.dataset })));
/** Whether a company asks a row's question, by a source or the editors, or may well ask it. */
const known = (row, company) => [row.sourced, row.editorial].some((ids) => ids.split(" ").includes(company));
const asks = (row, company) => known(row, company) || row.expected.split(" ").includes(company);
const count = () => page.locator("#filter-count").innerText();
const all = async () => page.locator("#questions tr[data-id]").count();
const query = () => new URL(page.url()).search;

for (const from of ["a host", "the disk"]) {
  test(`filters narrow, stand in the address, can be shared and gone back to, from ${from}`, async () => {
    if (from === "the disk") page.removeAllListeners("request");
    const start = from === "the disk" ? `file://${site()}/questions/index.html` : `${server.url}questions/index.html`;
    await page.goto(start);
    const total = await all();
    assert.equal(await count(), `${total} questions`);
    await page.selectOption("#filter-company", "google");
    const google = await shown();
    assert.ok(google.length > 0 && google.length < total);
    assert.ok(google.every((row) => asks(row, "google")));
    assert.equal(await count(), `${google.length} of ${total} questions`);
    assert.equal(query(), "?company=google");
    await page.selectOption("#filter-theme", "ethics-values");
    const both = await shown();
    assert.ok(both.length > 0 && both.length < google.length && both.every((row) => row.theme === "ethics-values"));
    assert.equal(query(), "?theme=ethics-values&company=google");
    assert.equal(await page.locator("#questions tbody[data-theme]:visible").count(), 0);
    const shared = page.url();
    await page.goBack();
    assert.equal((await shown()).length, google.length);
    assert.equal(await page.inputValue("#filter-theme"), "");
    await page.goBack();
    assert.equal((await shown()).length, total);
    const other = await context.newPage();
    await other.goto(shared);
    assert.equal(await other.locator("#questions tr[data-id]:visible").count(), both.length);
    assert.equal(await other.inputValue("#filter-company"), "google");
    // Chromium loads no font ahead from the disk.
    wrong = wrong.filter((one) => !/font|ERR_FAILED/.test(one));
  });
}

test("words are looked for in titles, companies and numbers, and typing is one step back", async () => {
  await page.goto(`${server.url}questions/`);
  await page.focus("#filter-text");
  await page.keyboard.type("weak");
  const found = await shown();
  assert.ok(found.some((row) => row.id === "greatest-weakness"));
  assert.equal(query(), "?text=weak");
  await page.goBack();
  assert.equal(query(), "");
  assert.equal(await page.inputValue("#filter-text"), "");
});

test("words are looked for in themes and other wordings too", async () => {
  await page.goto(`${server.url}questions/index.html`);
  await page.fill("#filter-text", "ethics");
  const ethics = await page.locator('#questions tr[data-theme="ethics-values"]').count();
  assert.ok(ethics > 0);
  assert.equal((await shown()).filter((row) => row.theme === "ethics-values").length, ethics);
  await page.fill("#filter-text", "biggest weakness");
  assert.deepEqual((await shown()).map((row) => row.number), ["4"]);
});

test("on paper the index says what was chosen, and nothing that only a screen can do", async () => {
  const filters = page.locator("form.filters");
  await page.goto(`${server.url}questions/index.html`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await filters.isVisible(), false);
  await page.goto(`${server.url}questions/index.html?company=google&text=time`);
  assert.equal(await filters.isVisible(), true);
  assert.deepEqual(await filters.locator("label:visible").allInnerTexts(), ["Words", "Company"]);
  assert.match(await filters.innerText(), /\d+ of \d+ questions/);
  await page.goto(`${server.url}questions/index.html?text=nosuchword`);
  assert.equal(await page.locator("#filter-empty").innerText(), "No question matches.");
  assert.equal(await page.locator("main button:visible").count(), 0);
});

test("a word after Back or after a sort is a step of its own", async () => {
  await page.goto(`${server.url}questions/`);
  await page.focus("#filter-text");
  await page.keyboard.type("bias");
  await page.goBack();
  await page.focus("#filter-text");
  await page.keyboard.type("fail");
  await page.goBack();
  // What was typed may still be on its way into the address when the browser has gone back.
  await page.waitForURL(/questions\/$/);
  await page.focus("#filter-text");
  await page.keyboard.type("b");
  await page.locator("thead").getByRole("button", { name: "Question", exact: true }).click();
  await page.focus("#filter-text");
  await page.keyboard.type("i");
  await page.goBack();
  assert.equal(query(), "?text=b&sort=title");
});

test("a result of nothing offers to clear the narrowest filter", async () => {
  await page.goto(`${server.url}questions/?theme=ethics-values&text=xyzzy`);
  assert.deepEqual(await shown(), []);
  assert.ok(await page.locator("#questions").isHidden());
  assert.equal(await page.locator("#filter-empty").innerText(), "No question matches. Clear the words filter");
  await page.locator("#filter-empty button").click();
  assert.ok((await shown()).length > 0);
  assert.equal(query(), "?theme=ethics-values");
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter-text");
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.equal(query(), "");
  assert.equal((await shown()).length, await all());
});

test("an index without questions has nothing to clear", async () => {
  await page.route("**/questions/index.html", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/<tbody[\s\S]*<\/tbody>/, "") });
  });
  await page.goto(`${server.url}questions/index.html`);
  assert.equal(await count(), "0 questions");
  assert.equal(await page.locator("#filter-empty").isVisible(), false);
});

test("every column sorts up, down and back to themes", async () => {
  await page.goto(`${server.url}questions/`);
  const before = (await shown()).map((row) => row.id);
  const head = page.locator("th[data-sort=number]");
  const button = page.getByRole("button", { name: "No." });
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  const numbers = (await shown()).map((row) => Number(row.number) || Infinity);
  assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
  assert.equal(query(), "?sort=number");
  await page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  const down = (await shown()).map((row) => Number(row.number)).filter(Boolean);
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  assert.equal((await shown()).at(-1).number, "");
  await page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), null);
  assert.deepEqual((await shown()).map((row) => row.id), before);
  for (const name of ["Question", "Companies and principles", "Asked", "Difficulty"]) {
    await page.locator("thead").getByRole("button", { name, exact: true }).click();
    assert.equal(await page.locator("th[aria-sort]").count(), 1, name);
    assert.equal((await shown()).length, before.length, name);
  }
  await page.goto(`${server.url}questions/?sort=-difficulty&difficulty=nonsense`);
  const levels = (await shown()).map((row) => Number(row.difficulty)).filter(Boolean);
  assert.deepEqual(levels, [...levels].sort((a, b) => b - a));
  assert.equal(levels.length > 0, true);
});

test("a dot of the home page leads to its questions", async () => {
  await page.goto(server.url);
  const dot = page.locator(".dots td a").first();
  const expected = Number(/^\d+/.exec(await dot.getAttribute("aria-label"))[0]);
  await dot.click();
  await page.waitForURL(/questions\/\?company=/);
  const company = new URL(page.url()).searchParams.get("company");
  assert.equal((await shown()).filter((row) => known(row, company)).length, expected);
});

test("a company's questions stand by what it rests on that it asks them, and go back to their themes", async () => {
  await page.goto(`${server.url}questions/`);
  const order = (await shown()).map((row) => row.id);
  await page.selectOption("#filter-company", "amazon");
  const grounds = await page.locator("#questions tbody:visible").evaluateAll((bodies) => bodies.map((body) => [body.rows[0].textContent, Array.from(body.rows).filter((row) => row.dataset.id && !row.hidden).map((row) => ({ ...row.dataset }))]));
  assert.deepEqual(grounds.map(([title]) => title), ["Asked, by our sources", "Asked, in our judgement", "Expect it anyway"]);
  for (const [nth, name] of ["sourced", "editorial", "expected"].entries()) {
    assert.ok(grounds[nth][1].length > 0 && grounds[nth][1].every((row) => row[name].split(" ").includes("amazon")), name);
  }
  await page.selectOption("#filter-company", "google");
  assert.ok((await shown()).every((row) => asks(row, "google")));
  await page.getByRole("button", { name: "Difficulty" }).click();
  assert.equal(await page.locator("#questions tbody:visible").count(), 1);
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.deepEqual((await shown()).map((row) => row.id), order);
});

test("on a phone nothing touches the themes of the home page", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(server.url);
  const gaps = await page.locator(".themes tbody tr").evaluateAll((rows) => rows.map((row) => {
    const edges = (element) => { const range = document.createRange(); range.selectNodeContents(element); return range.getBoundingClientRect(); };
    return edges(row.querySelector(".count")).left - edges(row.querySelector("th")).right;
  }));
  assert.ok(gaps.length > 0 && gaps.every((gap) => gap >= 8), `${gaps}`);
});

for (const from of ["a host", "the disk"]) {
  test(`what is chosen survives neighbours, a way aside, the breadcrumb and Back, from ${from}`, async () => {
    if (from === "the disk") page.removeAllListeners("request");
    const start = `${from === "the disk" ? `file://${site()}/` : server.url}questions/index.html`;
    await page.goto(`${start}?company=google&sort=-difficulty`);
    const list = (await shown()).map((row) => row.id);
    const here = () => page.evaluate(() => document.querySelector("main") && location.pathname.split("/").at(-2));
    await page.locator(`#q-${list[0]} a.said`).click();
    for (const id of list.slice(1, 4)) {
      await page.locator(`.pager [rel=next][href*="/${id}/"]`).waitFor();
      await page.keyboard.press("j");
      await page.waitForURL(new RegExp(`/${id}/`));
    }
    await page.locator(`.pager [rel=prev][href*="/${list[2]}/"]`).click();
    await page.waitForURL(new RegExp(`/${list[2]}/`));
    // To one that is not in the list, over what stands beside.
    const others = await page.locator(".beside li").evaluateAll((all) => all.map(({ dataset }) => dataset.id));
    const aside = others.find((id) => !list.includes(id));
    assert.ok(aside, `${others}`);
    await page.locator(`.beside [data-id="${aside}"] a`).click();
    await page.waitForURL(new RegExp(`/${aside}/`));
    await page.waitForFunction(() => document.querySelector(".crumbs a").search);
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Questions" }).click();
    await page.waitForURL(/questions\/(index\.html)?\?/);
    assert.equal(query(), "?company=google&sort=-difficulty");
    assert.deepEqual((await shown()).map((row) => row.id), list);
    // All the way back.
    for (const id of [aside, ...[2, 3, 2, 1, 0].map((nth) => list[nth])]) {
      await page.goBack();
      assert.equal(await here(), id);
    }
    await page.goBack();
    assert.equal(query(), "?company=google&sort=-difficulty");
    assert.deepEqual((await shown()).map((row) => row.id), list);
    // Once it is cleared, nothing of it is left.
    await page.getByRole("button", { name: "Clear all" }).click();
    await page.locator(`#q-${list[0]} a.said`).click();
    await page.waitForURL(new RegExp(`/${list[0]}/`));
    await page.waitForLoadState("networkidle");
    assert.equal(await page.locator(".crumbs a").first().evaluate(({ search }) => search), "");
    wrong = wrong.filter((one) => !/font|ERR_FAILED/.test(one));
  });
}

test("a row tells the principles it tests and where; on a phone it is a card with all that a desk shows", async () => {
  await page.goto(`${server.url}questions/index.html`);
  const heads = await page.locator("#questions thead th:visible").allInnerTexts();
  assert.deepEqual(heads, ["No.", "Question", "Companies and principles", "Asked", "Difficulty"]);
  const row = page.locator("#q-incomplete-information");
  // Rows out of sight are not laid out, and have no text as it is seen.
  const seen = async (place) => {
    await place.scrollIntoViewIfNeeded();
    await page.waitForFunction((one) => one.innerText, await place.elementHandle());
    return place.innerText();
  };
  const askers = await seen(row.locator(".askers"));
  assert.match(askers, /^Amazon: [^;]*Bias for Action[^;]*; /);
  await page.goto(`${server.url}questions/incomplete-information/index.html`);
  const known = await page.locator(".who dt").allInnerTexts();
  assert.equal(askers.split("; ").length, known.length);
  await page.goto(`${server.url}questions/index.html?text=bias+for+action`);
  assert.ok((await shown()).some(({ id }) => id === "incomplete-information"));
  // Columns keep their places, whatever is left.
  const lefts = () => page.locator("#questions thead th").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
  const before = await lefts();
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.deepEqual(await lefts(), before);
  await page.setViewportSize({ width: 390, height: 844 });
  const card = await row.evaluate((one) => {
    const { borderTopWidth, borderLeftWidth } = getComputedStyle(one);
    return { edges: [borderTopWidth, borderLeftWidth], width: one.getBoundingClientRect().width };
  });
  assert.deepEqual(card.edges, ["1px", "1px"]);
  assert.ok(card.width > 340);
  assert.equal(await seen(row.locator(".askers")), askers);
  assert.match(await seen(row), /Common\s*·?\s*Medium/);
});

test("f goes to the filter; rows on a phone hide and sort too", async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${server.url}questions/?company=google`);
  await page.keyboard.press("f");
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter-text");
  assert.ok((await shown()).length < (await all()));
  await page.getByRole("button", { name: "Difficulty" }).click();
  assert.match(query(), /sort=difficulty/);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

test("without scripts the form is gone and every question is there", async () => {
  const plain = await chromium.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${server.url}questions/?company=google&theme=ethics-values#theme-ethics-values`);
  assert.ok(await page.locator("form.filters").isHidden());
  assert.ok(await page.locator("#filter-empty").isHidden());
  assert.equal(await page.locator("#questions tr[data-id]:visible").count(), await page.locator("#questions tr[data-id]").count());
  await plain.close();
});
