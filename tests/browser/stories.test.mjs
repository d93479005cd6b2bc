// The reader's own stories: written on a question's page or in the bank, kept as they are typed, with what a listener would
// notice; what they cover, what to do next, and which to tell in which round.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { site } from "./browser.mjs";
import { phone, readers, violations } from "./readers.mjs";

const reader = readers();
const calm = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" };
let context;
beforeEach(async () => {
  context = await reader.newContext(calm);
});

const QUESTION = "questions/time-you-failed/index.html";
const open = async (name = "stories/index.html", at = reader.server.url) => {
  const page = await reader.newPage(context, at);
  await page.goto(at + name);
  return page;
};
const doc = (page) => page.evaluate(async () => JSON.parse(JSON.stringify((await prepbook.loadStore()).doc)));
const change = (page, edit) => page.evaluate(async (edit) => {
  const store = await prepbook.loadStore();
  await store.change((doc) => void Object.assign(doc, structuredClone({ stories: edit })));
  await store.flush();
}, edit);
const three = {
  "001": { title: "The model at night", headline: "I let an alarm stay off.", beats: { situation: "We ran a model.", action: "It was not my fault.", result: "It got better." }, numbers: ["40 % to 18 %"], when: "2026-01", fit: { "growth-learning": 3, "ethics-values": 2 }, principles: ["amazon/dive-deep"] },
  "002": { title: "Cut in half", numbers: [], fit: { "growth-learning": 2, "project-execution": 3 } },
  "003": { title: "A threshold", numbers: ["3"], fit: { "collaboration-communication": 1 } },
};
/** Axe in both colours, and nothing wider than the window. */
const look = async (page) => {
  // What the page's bar covers on a long page is no smaller for that: targets are measured by the test of phones.
  assert.deepEqual(await violations(page, { rules: { "target-size": { enabled: false } } }), []);
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= window, `${wide} in ${window}`);
};
const button = (page, name) => page.getByRole("button", { name, exact: true });

test("an answer is written on its question's page by keyboard alone, and is there again afterwards", async () => {
  const page = await open(QUESTION);
  await button(page, "Write my own answer").focus();
  await page.keyboard.press("Enter");
  const [first, second] = [page.locator("#my-answer textarea").nth(0), page.locator("#my-answer textarea").nth(1)];
  await first.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches("#my-answer textarea"));
  assert.deepEqual(await doc(page).then(({ stories }) => stories), {}, "nothing is there before the first letter");
  const place = () => first.evaluate((one) => [scrollY, one.getBoundingClientRect().top]);
  const before = await place();
  await page.keyboard.type("We lost 3 days, and it was not my fault.");
  await page.getByText("Saved in this browser.").waitFor();
  assert.deepEqual(await place(), before, "the field stays under the fingers");
  await page.keyboard.press("Tab");
  await page.keyboard.type("The decision was mine.");
  await page.getByText("Saved in this browser.").waitFor();
  const { stories, questions } = await doc(page);
  const [[id, story]] = Object.entries(stories);
  assert.equal(story.beats["what-went-wrong"], "We lost 3 days, and it was not my fault.");
  assert.equal(story.beats.responsibility, "The decision was mine.");
  assert.deepEqual([story.framework, story.fit, questions["time-you-failed"].stories], ["failure-four", { "growth-learning": 2 }, [id]]);

  // What a listener would notice leads to the phrase.
  const finding = page.getByRole("button", { name: /^“not my fault” sounds like blame/ });
  await finding.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), "not my fault");
  assert.deepEqual(await first.locator("xpath=preceding-sibling::div//mark").allInnerTexts(), ["We", "not my fault"]);
  assert.match(await page.getByRole("link", { name: "Blame in every failure story" }).last().getAttribute("href"), /red-flags\/index\.html#blaming-others$/);
  await look(page);

  // Typed last before the page goes.
  await second.focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" All of it.");
  await page.reload();
  await button(page, "Write my own answer").click();
  await second.waitFor();
  assert.equal(await second.inputValue(), "The decision was mine. All of it.");
});

test("figures in what was written are taken over by a press each, and the story is called by its own first words", async () => {
  const page = await open(QUESTION);
  await button(page, "Write my own answer").click();
  const first = page.locator("#my-answer textarea").first();
  await first.fill("We lost 3 days. False alarms went from 40 % to 18 %, and 14 people noticed; it cost 900 dollars.");
  await page.getByText("Saved in this browser.").waitFor();
  const title = page.getByLabel("Title");
  assert.equal(await title.inputValue(), "We lost 3 days");
  const offers = page.locator(".offers button");
  assert.deepEqual(await offers.allInnerTexts(), ["We lost 3 days", "False alarms went from 40 % to 18 %", "and 14 people noticed", "it cost 900 dollars"]);
  await look(page);
  // By keys: who takes one stays among the others.
  await offers.nth(1).focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await offers.allInnerTexts(), ["We lost 3 days", "and 14 people noticed", "it cost 900 dollars"]);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "and 14 people noticed");
  // There is room for three.
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.locator(".figure-offers").waitFor({ state: "hidden" });
  await page.getByText("Saved in this browser.").waitFor();
  const kept = async () => Object.values((await doc(page)).stories)[0];
  assert.deepEqual((await kept()).numbers, ["False alarms went from 40 % to 18 %", "and 14 people noticed", "it cost 900 dollars"]);

  // The title follows the words until one is given, and again once that is emptied.
  await first.fill("Nobody had looked. We lost 3 days.");
  await page.waitForFunction(() => document.querySelector("#my-answer input").value === "Nobody had looked");
  await title.fill("The lost days");
  await first.fill("Nobody at all had looked. We lost 3 days.");
  await first.blur();
  await page.getByText("Saved in this browser.").waitFor();
  assert.equal((await kept()).title, "The lost days");
  await title.fill("");
  await first.focus();
  await page.waitForFunction(() => document.querySelector("#my-answer input").value === "Nobody at all had looked");
});

test("a story of the bank can answer a question, and a question asks for nothing before", async () => {
  const page = await open(QUESTION);
  await page.waitForLoadState("networkidle");
  const scripts = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".js")));
  assert.ok(!scripts.some((name) => /story|lint|stor/.test(name)), `${scripts}`);
  await change(page, three);
  await button(page, "Write my own answer").click();
  await page.getByLabel("Story", { exact: true }).selectOption({ label: "Cut in half" });
  await page.getByLabel("Title").waitFor();
  assert.deepEqual((await doc(page)).questions["time-you-failed"].stories, ["002"]);
  await page.getByRole("textbox", { name: "What went wrong" }).fill("I ran it.");
  await page.getByText("Saved in this browser.").waitFor();
  assert.equal((await doc(page)).stories["002"].beats["what-went-wrong"], "I ran it.");
  await look(page);
});

test("the bank begins with prompts; a story is written, fits, is deleted and comes back", async () => {
  const page = await open();
  await button(page, "Write it").first().click();
  const title = page.getByLabel("Title");
  await title.waitFor();
  assert.equal(await title.inputValue(), "Something you got wrong");
  await title.fill("The model at night");
  await page.getByLabel("Figure 2").fill("18 %");
  await page.getByLabel("People").fill("Mara, the reviewer");
  await page.getByLabel("When").fill("2026-01");
  await page.getByRole("radiogroup", { name: "Ethics and Values" }).getByRole("radio", { name: "3" }).check();
  await page.getByRole("checkbox", { name: "Dive Deep" }).check();
  await page.getByText("Saved in this browser.").waitFor();
  const [[id, story]] = Object.entries((await doc(page)).stories);
  assert.deepEqual([story.title, story.numbers, story.people, story.when, story.fit, story.principles], ["The model at night", ["", "18 %"], ["Mara", "the reviewer"], "2026-01", { "ethics-values": 3 }, ["amazon/dive-deep"]]);
  await look(page);
  await button(page, "Done “The model at night”").click();
  await page.getByRole("heading", { name: "The model at night" }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.matches(".bank button")));

  await button(page, "Delete “The model at night”").click();
  await page.getByText("is deleted.").waitFor();
  assert.deepEqual((await doc(page)).stories, {});
  await look(page);
  await page.keyboard.press("Enter");
  await page.getByText("is back.").waitFor();
  assert.equal((await doc(page)).stories[id].title, "The model at night");
});

test("the map tells gaps and single cover in words, for themes and principles, and each finding has one action", async () => {
  const page = await open();
  await look(page);
  await change(page, three);
  const row = (name) => page.locator("#story-map tbody tr", { hasText: name });
  await row("Ethics").waitFor();
  assert.match(await row("Ethics").innerText(), /One story/);
  assert.match(await row("Growth").innerText(), /2 stories/);
  assert.match(await row("Collaboration").innerText(), /Gap/);
  assert.match(await row("Growth").locator("td").first().textContent(), /3, tell this one first|3$/);
  const tasks = page.locator("#story-findings li");
  assert.match(await tasks.nth(0).innerText(), /You have 3 stories/);
  await look(page);
  await page.getByLabel("Rows").selectOption({ label: "Amazon: principles" });
  assert.match(await row("Dive Deep").innerText(), /One story/);
  await page.getByRole("button", { name: /^Write one for it: No story fits Customer Obsession/ }).click();
  await page.getByLabel("Title").fill("New");
  await page.getByText("Saved in this browser.").waitFor();
  const made = Object.values((await doc(page)).stories).find(({ title }) => title === "New");
  assert.deepEqual(made.principles, ["amazon/customer-obsession"]);
  await look(page);
});

test("a day of interviews tells no story twice, and is there again after a reload", async () => {
  const page = await open();
  await change(page, three);
  const rounds = page.locator("#loop-list fieldset");
  await rounds.first().waitFor();
  await page.getByLabel("Rounds").selectOption("2");
  for (const [name, topic] of [["Round 1, topic 1", "Growth Mindset and Learning"], ["Round 1, topic 2", "Ethics and Values"], ["Round 2, topic 1", "Collaboration and Communication"], ["Round 2, topic 2", "Company and Role Fit"]]) await page.getByLabel(name).selectOption({ label: topic });
  const told = () => page.locator("#loop-list .told").allInnerTexts();
  const expected = ["Cut in half", "The model at night", "A threshold, a stretch", "No story is left for it."];
  assert.deepEqual(await told(), expected);
  await page.getByText("3 of 4 topics have a story").waitFor();
  await page.evaluate(async () => (await prepbook.loadStore()).flush());
  await page.reload();
  await rounds.first().waitFor();
  assert.deepEqual(await told(), expected);
});

test("what another page changes is seen, and what is being typed stays", async () => {
  const page = await open();
  await change(page, three);
  await button(page, "Edit “Cut in half”").click();
  await page.getByLabel("Headline").fill("Half of it was enough.");
  const other = await open(QUESTION);
  await other.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.change((doc) => void (doc.stories["002"].title = "Half"));
    await store.flush();
  });
  await page.waitForFunction(() => document.querySelector(".open input").value === "Half");
  assert.equal(await page.getByLabel("Headline").inputValue(), "Half of it was enough.");
  await page.getByText("Saved in this browser.").waitFor();
  const kept = (await doc(page)).stories["002"];
  assert.deepEqual([kept.title, kept.headline], ["Half", "Half of it was enough."]);
});

test("on a phone everything is in reach of a thumb and nothing is wider than the screen", async () => {
  await context.close();
  context = await reader.newContext({ ...calm, ...phone });
  const page = await open();
  await look(page);
  await change(page, three);
  await page.locator("#story-map tbody tr").first().waitFor();
  assert.equal(await page.locator("#story-map .story-column").first().isVisible(), false);
  assert.equal(await page.locator(".bank .strip").first().isVisible(), true);
  await look(page);
  await button(page, "Edit “The model at night”").tap();
  await page.getByRole("radiogroup", { name: "Ethics and Values" }).waitFor();
  await page.getByText("What they will ask about it").tap();
  await page.locator(".tree li li").first().waitFor();
  assert.ok(await page.locator(".tree > ul > li").count() <= 3);
  await look(page);
  const small = await page.evaluate(() => [...document.querySelectorAll("main :is(button, select, input, textarea)")].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && (width < 24 || height < 24) && !one.matches('[type="checkbox"]');
  }).map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(small, []);
  await page.getByRole("radiogroup", { name: "Ethics and Values" }).getByRole("radio", { name: "1" }).tap();
  await page.waitForFunction(async () => (await prepbook.loadStore()).doc.stories["001"].fit["ethics-values"] === 1);
});

test("on paper my stories take one page, by theme and by principle", async () => {
  const page = await open();
  await change(page, three);
  await page.locator("#story-map tbody tr").first().waitFor();
  for (const rows of ["Themes", "Amazon: principles"]) {
    await page.getByLabel("Rows").selectOption({ label: rows });
    for (const format of ["A4", "Letter"]) {
      const pdf = await page.pdf({ format, preferCSSPageSize: true });
      assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1, `${rows} on ${format}`);
    }
  }
  await page.emulateMedia({ media: "print" });
  assert.match(await page.locator("#story-paper").innerText(), /My stories by principle, for Amazon[^]*Dive Deep[^]*The model at night[^]*40 % to 18 %/);
  assert.equal(await page.locator("#story-blank").isVisible(), false);
});

test("without scripts there is a grid to print; from the disk stories are written as elsewhere", async () => {
  const plain = await reader.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${reader.server.url}stories/index.html`);
  assert.equal(await page.locator(".blank-grid tbody td").count() % 8, 0);
  assert.ok(await page.locator(".blank-grid").isVisible());
  assert.equal(await page.getByRole("button", { name: "Add a story" }).isVisible(), false);
  await plain.close();

  const disk = await open("/stories/index.html", `file://${site()}`);
  await button(disk, "Add a story").click();
  await disk.getByLabel("Title").fill("From the disk");
  await disk.getByText("Saved in this browser.").waitFor();
  await disk.reload();
  await disk.getByRole("heading", { name: "From the disk" }).waitFor();
  // Browsers refuse fonts from the disk.
});

test("the page of stories sends at most 23 kB of script before a story is opened", async () => {
  const page = await open();
  await button(page, "Add a story").waitFor();
  await page.waitForLoadState("networkidle");
  const scripts = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\/assets\/.*\.js$/.test(name)));
  const size = scripts.map((name) => gzipSync(readFileSync(`${site()}/${name.slice(reader.server.url.length)}`)).length).reduce((sum, one) => sum + one, 0);
  assert.ok(size <= 23_400, `${size} bytes: ${scripts}`);
});

test("where the browser keeps nothing, what is typed stays on the page and can be taken as a file", async () => {
  await context.addInitScript(() => {
    for (const name of ["indexedDB", "localStorage"]) {
      Object.defineProperty(self, name, {
        get() {
          throw new DOMException("switched off", "SecurityError");
        },
      });
    }
  });
  const page = await open(QUESTION);
  await button(page, "Write my own answer").click();
  const first = page.locator("#my-answer textarea").first();
  await first.fill("I let it run for 3 days.");
  await page.getByRole("alert").getByText("keeps nothing").waitFor();
  await page.getByText("This browser keeps nothing.", { exact: true }).waitFor();
  assert.equal(await first.inputValue(), "I let it run for 3 days.");
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download it").click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /I let it run for 3 days\./);
});
