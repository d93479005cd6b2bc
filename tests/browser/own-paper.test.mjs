// What the reader has written stands on paper: the own answer on its question's page, on checklists the stories with figures.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "./browser.mjs";
import { formats, tool } from "./paper.mjs";
import { readers } from "./readers.mjs";

const reader = readers();
const out = folder();
const questions = ["tell-me-about-yourself", "why-work-here", "proudest-project", "time-you-failed", "disagreement-with-colleague"];
const long = "We counted what was lost on both sides, week by week, and wrote it down where everybody could see it. ";

const write = async (page) => {
  await page.goto(`${reader.server.url}my-data/index.html`);
  await page.evaluate(async ({ questions, long }) => {
    const store = await prepbook.loadStore();
    await store.change((doc) => {
      questions.forEach((question, nth) => {
        doc.stories[`s${nth}`] = {
          title: `Story ${nth}: ${long}`, headline: `${nth} ${long.repeat(3)}`, numbers: ["40 % to 18 %", "4 hours", "3 renames caught since then, each within a day", "12 teams"], framework: "starl",
          beats: { situation: `At night ${nth}.`, task: "It was mine.", action: `I rolled back. ${long.repeat(4)}`, result: "It came back.", lesson: "I test names now." },
        };
        doc.questions[question] = { stories: [`s${nth}`] };
      });
      doc.stories.ask = { title: "What I will ask", beats: { answer: "How is a model rolled back here, and who decides?" } };
      doc.questions["questions-for-me"] = { stories: ["ask"] };
    });
    await store.flush();
  }, { questions, long });
};
const printed = async (page, name, format) => {
  await page.goto(reader.server.url + name, { waitUntil: "networkidle" });
  const path = join(out, "page.pdf");
  writeFileSync(path, await page.pdf({ format, preferCSSPageSize: true }));
  return { count: Number(/Pages:\s+(\d+)/.exec(tool("pdfinfo", path))[1]), text: tool("pdftotext", "-layout", path, "-").replace(/\s+/g, " ") };
};

for (const format of formats) {
  test(`a question's page has the reader's own answer with room to write, and at most one sheet more for it, on ${format}`, async () => {
    const page = await reader.newPage(await reader.newContext());
    const before = await printed(page, "questions/time-you-failed/index.html", format);
    assert.ok(!before.text.includes("My answer"));
    await write(page);
    const { count, text } = await printed(page, "questions/time-you-failed/index.html", format);
    for (const said of ["My answer: Story 3", "Situation At night 3.", "Lesson I test names now.", "40 % to 18 % · 4 hours"]) assert.ok(text.includes(said), said);
    assert.ok(count <= before.count + 1, `${count} pages, ${before.count} without it`);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await page.locator(".own-paper .lines p").evaluateAll((all) => all.map((one) => one.offsetHeight >= 28)), [true, true]);
    await page.emulateMedia({ media: null });
    assert.equal(await page.locator(".own-paper").isVisible(), false);
    const ask = await printed(page, "questions/questions-for-me/index.html", format);
    assert.ok(ask.text.includes("How is a model rolled back here"));
  });

  test(`checklists have the stories that are told, with their figures and what one will ask, on one sheet of ${format}`, async () => {
    const page = await reader.newPage(await reader.newContext());
    const before = await printed(page, "plan/night-before/index.html", format);
    assert.equal(before.count, 1);
    await write(page);
    const { count, text } = await printed(page, "plan/night-before/index.html", format);
    assert.equal(count, 1);
    for (const said of ["Story 0:", "Story 4:", "40 % to 18 % · 4 hours", "How is a model rolled back here"]) assert.ok(text.includes(said), said);
    for (const name of ["day-0", "day-3", "day-7", "day-14"]) assert.equal((await printed(page, `plan/${name}/index.html`, format)).count, 1, name);
  });
}
