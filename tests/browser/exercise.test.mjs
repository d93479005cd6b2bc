// The exercises as tools: from set-up to summary by keys, by touch, in light and dark; shared by a seed, gone on with after
// a reload and sleep, printed, and without scripts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { folder, forgetAsked, site } from "./browser.mjs";
import { TOOLS, addressOf, reader, open, run, pass, heading, setUp, name, begin, left, kept, keptIsTold, isAt, answer, finish } from "./exercising.mjs";
import { pagesOf } from "./paper.mjs";
import { desk, violations } from "./readers.mjs";

test("a drill by keys alone: set up, ten answers, ratings, a summary that corrects one", async () => {
  const page = await open("two-minute-drill");
  await setUp(page);
  assert.equal(await heading(page), "Two-Minute Drill");
  assert.match(await page.locator(".run-told").innerText(), /^10 answers: about \d+ minutes\.$/);
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".run-shape").innerText(), /^1 of 10 Two-Minute Drill/);
  const first = await heading(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "run_title");
  // The breath runs out by itself.
  await pass(page, 9_000);
  assert.ok(await isAt(page, "ready"));
  await pass(page, 2_000);
  assert.ok(!(await isAt(page, "ready")));
  const before = await left(page);
  await page.keyboard.press("+");
  await pass(page, 10);
  assert.notEqual(await left(page), before);
  await pass(page, 20_000);
  await page.keyboard.press("ArrowRight");
  await pass(page, 10_000);
  await page.keyboard.press("Enter");
  assert.equal(await heading(page), "How was it?");
  await page.getByText("Score it by the rubric").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("group", { name: /Structure/ }).getByLabel("2 Clear").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("2");
  await pass(page, 10);
  assert.match(await page.locator(".run-shape").innerText(), /^2 of 10/);
  await finish(page, (nth) => String(2 + (nth % 3)));
  await keptIsTold(page);
  let doc = await kept(page);
  assert.equal(doc.attempts.length, 10);
  assert.equal(doc.run, null);
  assert.deepEqual([doc.attempts[0].tool, doc.attempts[0].rating, doc.attempts[0].rubric], ["two-minute-drill", 1, { structure: 2 }]);
  assert.equal(new Set(doc.attempts.map(({ seed }) => seed)).size, 1);
  assert.equal(Object.keys(doc.questions).length, 10);
  await page.getByLabel(`Rating of: ${first}`).selectOption({ label: "Ready" });
  await pass(page, 500);
  doc = await kept(page);
  assert.deepEqual([doc.attempts[0].rating, doc.questions[doc.attempts[0].question].rating], [3, 3]);
  await page.getByRole("button", { name: "Repeat the weakest" }).focus();
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".run-shape").innerText(), /^1 of 3/);
});

test("each tool goes from its page to its summary by keys alone", async () => {
  for (const tool of TOOLS) {
    const page = await open(tool);
    await begin(page);
    await finish(page, (nth) => String(1 + (nth % 3)));
    assert.equal(await page.evaluate(() => document.activeElement.id), "run_title", tool);
    assert.notEqual(await heading(page), "", tool);
    await page.keyboard.press("Escape");
    assert.equal(await run(page).count(), 0, tool);
  }
});

test("an answer that was minutes too long is told in minutes", async () => {
  const page = await open("two-minute-drill");
  await begin(page);
  await answer(page, 300_000);
  await page.keyboard.press("Escape");
  await page.locator(".run-ask").getByRole("button", { name: "End" }).click();
  await page.getByText(/^1 answer went over time, by [23]:\d\d\.$/).waitFor();
});

test("what is stuck comes back by the key 3, and next time first", async () => {
  const page = await open("follow-up-gauntlet");
  await setUp(page);
  await page.getByLabel("Answers, five follow-ups each").selectOption("1");
  await page.getByRole("button", { name: "Start" }).click();
  await answer(page, 30_000, "3");
  const stuck = await heading(page);
  await answer(page, 30_000, "3");
  for (let nth = 0; nth < 4; nth++) await answer(page, 30_000, "1");
  assert.equal(await heading(page), stuck);
  assert.match(await page.locator(".run-shape").innerText(), /again, as it was stuck/i);
  await answer(page, 30_000, "1");
  assert.equal(await heading(page), "5 held, 0 dodged, 1 stuck");
  await pass(page, 500);
  const [attempt] = (await kept(page)).attempts;
  assert.equal(attempt.followUps.length, 5);
});

test("an interruption comes into the answer, is announced, and goes", async () => {
  const page = await open("weakness-pressure-test");
  await begin(page);
  await page.keyboard.press("Space");
  await pass(page, 23_000);
  const line = page.locator(".run-interruption[role=alert]");
  let seen = "";
  for (let nth = 0; nth < 40 && !seen; nth++) {
    await pass(page, 2_000);
    seen = await line.innerText();
  }
  assert.match(seen, /\S/);
  await pass(page, 13_000);
  assert.equal(await line.innerText(), "");
});

test("a swap asks for a story's name first; named there, it comes into the bank with what it fits", async () => {
  const page = await open("story-swap");
  await setUp(page);
  const field = page.getByLabel(/in a few words/);
  await page.getByRole("button", { name: "Start" }).click();
  assert.equal(await page.locator(".exercise[data-ready]").count(), 0);
  assert.deepEqual(await field.evaluate((one) => [document.activeElement === one, one.validity.valueMissing]), [true, true]);
  await page.keyboard.type("  ");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".exercise[data-ready]").count(), 0);
  await page.keyboard.type("The cold store");
  await page.keyboard.press("Enter");
  await page.locator(".exercise[data-ready]").waitFor();
  assert.deepEqual((await kept(page)).stories, {}, "nothing is there before a rating");
  await answer(page, 9_000, "3");
  await answer(page, 9_000, "4");
  await pass(page, 500);
  const stories = Object.values((await kept(page)).stories);
  assert.deepEqual(stories.map(({ title }) => title), ["The cold store"]);
  assert.deepEqual(Object.values(stories[0].fit).sort(), [2, 3]);
  // The next time it is offered.
  await page.keyboard.press("Escape");
  await page.locator(".run-ask").getByRole("button", { name: "End" }).click();
  await page.getByRole("button", { name: "Set up anew" }).click();
  assert.equal(await page.locator("#exercise_story option").first().innerText(), "The cold store");
  await page.keyboard.press("Enter");
  await page.locator(".exercise[data-ready]").waitFor();
});

test("a story that is told goes into the bank, with how well it fits its theme", async () => {
  const page = await open("story-coverage-audit");
  await begin(page);
  await page.keyboard.press("Space");
  await pass(page, 8_000);
  await page.keyboard.press("Enter");
  await page.getByLabel(/in a few words/).fill("The rollback 3 weeks in");
  assert.equal(await heading(page), "Have you a story for it?");
  await page.getByRole("button", { name: /Made for it/ }).click();
  await pass(page, 500);
  const { stories, attempts } = await kept(page);
  const [[id, story]] = Object.entries(stories);
  assert.equal(story.title, "The rollback 3 weeks in");
  assert.deepEqual(Object.values(story.fit), [3]);
  assert.equal(attempts[0].story, id);
  await answer(page);
  assert.equal(await page.locator("#run_story").count(), 0);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.locator("#run_story option").allInnerTexts(), ["None, or a new one", "The rollback 3 weeks in"]);
});

test("it goes on after a reload, and after ten minutes of sleep shows the right time; later from its page", async () => {
  const page = await open("two-minute-drill");
  await setUp(page);
  await page.getByLabel("Length of an answer").selectOption("120");
  await page.getByRole("button", { name: "Start" }).click();
  await answer(page, 20_000, "2");
  const second = await heading(page);
  await page.keyboard.press("Space");
  await pass(page, 30_000);
  await kept(page);
  await page.reload();
  await run(page).waitFor();
  await pass(page, 500);
  assert.equal(await heading(page), second);
  assert.match(await left(page), /^1:(30|29|28|27) left$/);
  await page.clock.fastForward(600_000);
  await pass(page, 100);
  assert.match(await left(page), /^\+8:[23]\d over$/);
  await kept(page);
  // From another tab the page offers it, and the search leads to it.
  const other = await page.context().newPage();
  await other.goto(reader.server.url);
  // Search makes its index in pieces, which the test's clock holds back.
  await other.clock.resume();
  await other.keyboard.press("/");
  await other.getByRole("option", { name: "Two-Minute Drill, 2 of 10" }).click();
  await other.locator(".run[open]").waitFor();
  assert.equal(await heading(other), second);
});

test("a link gives coach and candidate the same set, whatever each has done", async () => {
  const set = async (page) => {
    await page.getByRole("button", { name: "The interviewer’s card" }).click();
    return page.locator(".run-card").innerText();
  };
  const candidate = await open("mock-interview");
  await setUp(candidate);
  await candidate.getByLabel("Company").selectOption("amazon");
  await candidate.getByLabel("Level").selectOption("senior");
  await candidate.getByLabel("Length").selectOption("30");
  await candidate.getByRole("button", { name: "Copy a link to this set" }).click();
  const link = await candidate.locator("#exercise_link").inputValue();
  assert.match(link, /\?company=amazon&level=senior&minutes=30&seed=[0-9A-Z]{6}$/);
  const mine = await set(candidate);
  assert.equal(mine.split("\n").filter((line) => /\?|\./.test(line)).length >= 4, true);
  const coach = await open("two-minute-drill");
  await begin(coach);
  await answer(coach, 10_000, "1");
  await coach.goto(link);
  await run(coach).waitFor();
  assert.equal(await coach.getByLabel("Company").inputValue(), "amazon");
  assert.equal(await set(coach), mine);
  await coach.getByRole("button", { name: "Back" }).click();
  await coach.getByRole("button", { name: "Start" }).click();
  const first = await heading(coach);
  assert.ok(mine.includes(first));
  // And a seed as somebody read it out.
  await candidate.getByRole("button", { name: "Back" }).click();
  await candidate.getByLabel("Seed").fill(` ${new URL(link).searchParams.get("seed").toLowerCase().replace(/^(...)/, "$1-")}`);
  assert.equal(await set(candidate), mine);
});

test("the debrief and the interviewer's card are one page each", async () => {
  const page = await open("mock-interview");
  await setUp(page);
  await page.getByLabel("Company").selectOption("amazon");
  await page.getByRole("button", { name: "The interviewer’s card" }).click();
  await page.locator(".exercise[data-print]").waitFor();
  const out = folder();
  const print = async (name, format) => {
    const path = join(out, `${name}.pdf`);
    await page.pdf({ path, format });
    return pagesOf(path);
  };
  for (const format of ["A4", "Letter"]) {
    const card = await print(`card-${format}`, format);
    assert.equal(card.length, 1, format);
    assert.match(card[0], /Scores: 0 missing, 1 partial, 2 clear, 3 memorable/);
    assert.doesNotMatch(card[0], /Close|Search|Steps/);
  }
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Start" }).click();
  await finish(page, (nth) => String(1 + (nth % 3)));
  for (const format of ["A4", "Letter"]) {
    const debrief = await print(`debrief-${format}`, format);
    assert.equal(debrief.length, 1, format);
    assert.match(debrief[0], /Mock Interview, Amazon, 30 November 2026.*What would you like to ask me\?.*One thing to change/);
  }
});

test("from the disk it works and keeps, and says where it cannot", async () => {
  const page = await reader.newPage(await reader.newContext(), "file:");
  await page.goto(pathToFileURL(join(site(), addressOf("two-minute-drill"))).href);
  await setUp(page);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.locator(".rate").first().waitFor();
  await page.keyboard.press("1");
  await page.keyboard.press("Escape");
  await page.locator(".run-ask").getByRole("button", { name: "End" }).click();
  await page.getByText("Your answers are kept in this browser.").waitFor({ timeout: 60_000 });
});

test("without scripts: decks, numbered follow-ups, grids to fill in", async () => {
  const page = await open("two-minute-drill", { ...desk, javaScriptEnabled: false });
  assert.ok(await page.getByRole("button", { name: "Practise now" }).isHidden());
  assert.equal(await page.locator(".decks details").count(), 12);
  await page.getByText("Deck C").click();
  assert.equal(await page.locator(".decks details[open] li").count(), 10);
  assert.ok(await page.locator(".paper table").isVisible());
  const gauntlet = await open("follow-up-gauntlet", { ...desk, javaScriptEnabled: false });
  assert.equal(await gauntlet.locator(".numbered tbody tr").count(), 60);
  for (const tool of TOOLS) {
    const one = await open(tool, { ...desk, javaScriptEnabled: false });
    assert.ok(await one.locator(".paper table.write tbody tr").count(), tool);
  }
});

test("the page of an exercise sends little before it is asked, and a practice page keeps its limit", async () => {
  const page = await open("mock-interview");
  const sizes = () => reader.server.asked.filter((path) => path.endsWith(".js") && !/-data\./.test(path)).map((path) => [path, gzipSync(readFileSync(join(site(), path.slice(1)))).length]);
  const sum = (list) => list.reduce((all, [, size]) => all + size, 0);
  // What the first visit asks for at rest must not be counted with the second.
  await pass(page, 1_000);
  await forgetAsked(reader.server, page);
  await page.reload();
  await pass(page, 1_000);
  assert.ok(sum(sizes()) <= 6_400, JSON.stringify(sizes()));
  await begin(page);
  await pass(page, 100);
  // A mock alone has a script more than the others.
  assert.ok(sum(sizes()) <= 26_000, `${sum(sizes())} ${JSON.stringify(sizes())}`);
  assert.ok(sum(sizes().filter(([path]) => !path.includes("exercise-mock"))) <= 24_500, JSON.stringify(sizes()));
  // What follows an answer comes once one has begun, and with it the store.
  await answer(page, 20_000);
  await kept(page);
  // A reader who comes back sees the marks in the page's list, and needs the store only once there is something to keep.
  await forgetAsked(reader.server, page);
  await page.goto(`${reader.server.url}${addressOf("two-minute-drill")}`);
  await begin(page);
  await pass(page, 1_000);
  assert.ok(await page.locator(".cards [data-mine]").count());
  assert.ok(sum(sizes()) <= 26_100, `${sum(sizes())} ${JSON.stringify(sizes())}`);
});

test("the index and the practice page know the reader; neighbours keep the filter", async () => {
  const page = await open("two-minute-drill");
  await begin(page);
  await answer(page, 20_000, "2");
  await answer(page, 20_000, "4");
  const [weak, ready] = (await kept(page)).attempts.map(({ question }) => question);
  await page.goto(`${reader.server.url}questions/index.html`);
  // Rows out of sight are not laid out, and have no text as it is seen.
  const mineOf = async (id, rating) => {
    const mine = page.locator(`#q-${id} .mine`);
    await mine.getByText(rating).waitFor();
    await mine.scrollIntoViewIfNeeded();
    await page.waitForFunction((id) => document.querySelector(`#q-${id} .mine`).innerText, id);
    return mine.innerText();
  };
  assert.equal(await mineOf(weak, "Rambled"), "Rambled\ntoday");
  assert.match(await mineOf(ready, "Ready"), /^Ready/);
  await page.getByLabel("Mine").selectOption("weak");
  assert.match(await page.locator("#filter-count").innerText(), /^1 of /);
  await page.getByLabel("Mine").selectOption("fresh");
  const all = Number((await page.locator("#filter-count").innerText()).split(" of ")[1].split(" ")[0]);
  assert.match(await page.locator("#filter-count").innerText(), new RegExp(`^${all - 2} of `));
  await page.goto(`${reader.server.url}questions/index.html?theme=ethics-values`);
  const titles = await page.locator("#questions tr:visible > th > a.said").allTextContents();
  await page.locator("#questions tr:visible > th > a.said").nth(1).click();
  await page.locator(".pager [rel=next]").getByText(titles[2]).waitFor();
  assert.match(await page.locator(".pager [rel=prev]").innerText(), new RegExp(titles[0].slice(0, 20).replace(/[?.]/g, "\\$&")));
  await page.locator(".pager [rel=next]").click();
  await page.waitForURL(/questions\/(?!index)/);
  await page.locator(".crumbs a").first().click();
  assert.match(page.url(), /\?theme=ethics-values$/);
  // A day later the weak one is due.
  await page.clock.fastForward(86_400_000);
  await page.goto(`${reader.server.url}practice/index.html`);
  const now = page.locator("#practice_now");
  await now.getByText("Due today").waitFor();
  assert.match(await now.innerText(), /Last session\s+Two-Minute Drill, yesterday: 2 answers, 1 weak/);
  assert.match(await now.innerText(), /Goes on\s+Two-Minute Drill, 3 of 10/);
  assert.deepEqual(await page.locator(".rows h2").allInnerTexts().then((list) => list.slice(0, 6)), ["Story Coverage Audit", "Two-Minute Drill", "Follow-Up Gauntlet", "Story Swap", "Weakness Pressure Test", "Mock Interview"]);
  // How each theme goes over time, the weakest first.
  const themes = page.locator(".practice-themes");
  await themes.getByRole("img").first().waitFor();
  assert.match(await themes.getByRole("img").first().getAttribute("aria-label"), /: 1 rated, rambled$/);
  await page.clock.resume();
  assert.deepEqual(await violations(page, { within: ".practice-themes" }), []);
  await page.setViewportSize({ width: 320, height: 800 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.emulateMedia({ media: "print" });
  assert.ok(await themes.isVisible());
  await page.goto(`${reader.server.url}themes/ethics-values/index.html`);
  assert.equal(await page.locator(".cards tr[data-id]").count() > 0, true);
});
