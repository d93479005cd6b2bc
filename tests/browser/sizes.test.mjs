// How much script a page sends, whatever its reader keeps: little to who reads, and tools come when they are used.
import assert from "node:assert/strict";
import { test } from "node:test";
import { archetypes } from "./browser.mjs";
import { phone, readers } from "./readers.mjs";

/** Bytes as sent: of a page to read until it has loaded, of a page with tools until nothing more comes by itself. */
const READING = 7_000;
const PRACTICE = 26_000;
/** What is kept is all that this page shows: it loads what reads, joins and writes it. */
const MY_DATA = 28_500;
const tools = /^(index\.html|plan\/index|practice\/|stories\/|cheat-sheet\/index|weak-answers\/|questions\/index)/;
const names = [...archetypes.filter((name) => name !== "print/index.html"), "stories/index.html", "weak-answers/index.html", "interviews/index.html", "tracks/index.html", "practice/mock-interview/index.html"];

const reader = readers();
const story = { title: "The night alarm", headline: "I turned a silent alarm into a check.", beats: { situation: "At night." }, numbers: ["4 hours"], fit: { "growth-learning": 3 }, framework: "starl" };
const kept = {
  nothing: () => {},
  stories: ({ story }) => prepbook.loadStore().then((store) => store.change((doc) => {
    const at = new Date().toISOString();
    doc.stories.a = story;
    doc.questions["incomplete-information"] = { rating: 1, last: at, count: 1, stories: ["a"] };
    doc.attempts.push({ id: "t", tool: "try", question: "incomplete-information", startedAt: at, ms: 90_000, rating: 1 });
  })),
  "a plan": ({ start, interview }) => prepbook.loadStore().then((store) => store.change((doc) => {
    doc.plan = { id: "p", start, interview, minutes: 60, company: "amazon" };
  })),
};

for (const [what, keep] of Object.entries(kept)) {
  test(`no page sends more script than its kind may, with ${what} kept`, async (t) => {
    const context = await reader.newContext(phone);
    const page = await reader.newPage(context);
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await page.goto(`${reader.server.url}my-data/index.html`);
    await page.evaluate(keep, { story, start: day(0), interview: day(5) });
    await page.evaluate(async () => prepbook.store?.flush());
    const over = [];
    const sizes = {};
    for (const name of names) {
      await page.goto(reader.server.url + name, { waitUntil: "networkidle" });
      const isTool = tools.test(name) || name.startsWith("my-data/");
      const bytes = await page.evaluate((isTool) => {
        const until = isTool ? Infinity : performance.getEntriesByType("navigation")[0].loadEventStart;
        const scripts = performance.getEntriesByType("resource").filter(({ name, startTime }) => /\.js$/.test(name) && startTime < until);
        return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
      }, isTool);
      sizes[name] = bytes;
      assert.ok(bytes > 3_000, `${name}: ${bytes}`);
      const most = name.startsWith("my-data/") ? MY_DATA : isTool ? PRACTICE : READING;
      if (bytes > most) over.push(`${name}: ${bytes} of ${most}`);
    }
    t.diagnostic(JSON.stringify(sizes));
    assert.deepEqual(over, []);
  });
}
