// The plan from a date: made once, kept, on the home page and on the plan's; its ticks are those of the checklists; work
// that was not done moves on; without scripts the pages are as they were.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { measureShift, site } from "./browser.mjs";
import { readers, violations } from "./readers.mjs";

const reader = readers();
let context, page;
beforeEach(async () => {
  context = await reader.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", reducedMotion: "reduce" });
  page = await reader.newPage(context);
  await page.clock.install({ time: new Date("2026-11-02T10:00:00") });
});

const card = () => page.locator("#coach_card");
const go = async (path, day) => {
  if (day) await page.clock.setFixedTime(new Date(`${day}T10:00:00`));
  await page.goto(reader.server.url + path);
};
const makePlan = async (interview = "2026-11-16", more = {}) => {
  await page.fill("#coach_date", interview);
  for (const [name, value] of Object.entries({ company: "amazon", ...more })) await page.selectOption(`#coach_${name}`, value);
  await page.getByRole("button", { name: "Make my plan" }).click();
  await card().getByText(/to go|Tomorrow|Today is/).first().waitFor();
  await page.evaluate(async () => (await prepbook.loadStore()).flush());
};
const keys = () => card().locator("input[data-key]").evaluateAll((boxes) => boxes.map((box) => `${box.dataset.key.split("/")[1]}${box.checked ? "*" : ""}`));
const flush = () => page.evaluate(async () => (await prepbook.loadStore()).flush());
const look = async (state) => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await violations(page, { within: "#coach" }), [], `${state}, ${width} px`);
    const over = await page.evaluate(() => document.getElementById("coach").scrollWidth - document.getElementById("coach").clientWidth);
    assert.ok(over <= 0, `${state}, ${width} px`);
  }
};

test("home asks once, and then shows today: what to do, what to say, sized to the minutes", async () => {
  await go("");
  await look("asking");
  await makePlan();
  await card().getByText("14 days to go · Amazon · Monday 16 November").waitFor();
  assert.deepEqual(await keys(), ["day-0-themes", "day-0-anchor"]);
  await card().getByText("To do, 25 min").waitFor();
  await card().getByText("To say aloud, 20 min").waitFor();
  // The first answer is one press away, above all else that the card shows.
  assert.ok(await page.evaluate(() => document.querySelector("#coach .first").compareDocumentPosition(document.querySelector("#coach .plan-picture")) & Node.DOCUMENT_POSITION_FOLLOWING));
  assert.equal(await page.locator("#coach_form").isVisible(), false);
  await look("planned");
  // On paper the picture has its room, too.
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.evaluate(() => document.querySelector(".plan-picture svg").getBoundingClientRect().bottom <= document.querySelector("#coach .today").getBoundingClientRect().top));
  await page.emulateMedia({ media: "screen" });
  await page.reload();
  await card().getByText("14 days to go").waitFor();
  await go("plan/");
  await card().getByText("14 days to go").waitFor();
  assert.deepEqual(await page.locator(".stops .date").allInnerTexts(), ["Mon 2 Nov", "Thu 5 Nov", "Mon 9 Nov", "Sat 14 Nov", "Sun 15 Nov"]);
  await look("on the plan's page");
});

test("a home page without a plan loads neither store nor plan before it is asked", async () => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(reader.server.url, { waitUntil: "networkidle" });
  assert.deepEqual(asked.filter((url) => /store|records|practice-data|schedule|plan-card/.test(url)), []);
});

test("ticks stay, are the same on the checkpoint's page, and move nothing under the finger", async () => {
  await go("");
  await makePlan();
  await card().getByLabel("Read the list of questions once.").check();
  assert.deepEqual(await keys(), ["day-0-themes*", "day-0-anchor"]);
  assert.ok(await page.evaluate(() => document.activeElement.matches("[data-key]")));
  await flush();
  await go("plan/day-0/");
  const box = page.locator("#item-day-0-themes");
  await page.waitForFunction(() => document.getElementById("item-day-0-themes").checked);
  await page.getByText("Your ticks stay in this browser.").waitFor();
  await box.uncheck();
  await page.locator("#item-day-0-anchor").check();
  await flush();
  await page.reload();
  await page.waitForFunction(() => document.getElementById("item-day-0-anchor").checked);
  assert.equal(await box.isChecked(), false);
  await go("");
  await card().getByText("14 days to go").waitFor();
  assert.deepEqual(await keys(), ["day-0-themes", "day-0-anchor*"]);
  // Another tab sees it at once.
  const other = await context.newPage();
  await other.goto(reader.server.url);
  await other.locator("#coach_card").getByLabel("Read the list of questions once.").check();
  await page.waitForFunction(() => document.querySelectorAll("#coach_card input:checked").length === 2);
});

test("what was not done is there on the next day, and the last days come as they are", async () => {
  await go("");
  await makePlan();
  await card().getByLabel("Read the list of questions once.").check();
  await flush();
  await go("", "2026-11-03");
  await card().getByText("13 days to go").waitFor();
  assert.deepEqual(await keys(), ["day-0-stories"]);
  await go("", "2026-11-06");
  await card().getByText("moved from").first().waitFor();
  // The card has the name of what comes first in it, not of the day on which it was meant to be done.
  const from = await card().locator(".tasks .under a").first().getAttribute("href");
  assert.ok(from.startsWith(await card().getByRole("heading", { level: 2 }).getByRole("link").getAttribute("href")), from);
  await go("", "2026-11-15");
  await card().getByText("Tomorrow").waitFor();
  await card().getByRole("link", { name: "Night before: nothing new" }).waitFor();
  assert.equal((await keys()).length, 5);
  assert.equal(await card().getByText("To say aloud").count(), 0);
  await look("the night before");
  await go("", "2026-11-16");
  await card().getByText("Today is the interview").waitFor();
  assert.match(await card().getByRole("link", { name: "the cheat sheet" }).getAttribute("href"), /\/cheat-sheet\//);
  await look("the day itself");
  await go("", "2026-11-17");
  await card().getByText("How did it go?").waitFor();
  assert.match(await card().getByRole("link", { name: "in the list of questions" }).getAttribute("href"), /\/questions\//);
  await look("afterwards");
  await card().getByRole("button", { name: "Set the next date" }).click();
  assert.equal(await page.inputValue("#coach_date"), "");
  await makePlan("2026-11-27", { minutes: "60" });
  await card().getByText("10 days to go").waitFor();
});

test("what one has tried counts: tried today, due again, weakest, continue", async () => {
  await go("");
  await makePlan();
  await page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.change((doc) => {
      doc.questions["time-you-failed"] = { rating: 0, last: new Date(Date.now() - 86_400_000).toISOString(), count: 1 };
      doc.questions["tell-me-about-yourself"] = { rating: 2, last: new Date().toISOString(), count: 1 };
      doc.run = { tool: "try", question: "complex-problem" };
    });
  });
  await card().getByText("Continue:").waitFor();
  assert.match(await card().locator("ol.asked li").first().innerText(), /tried today$/);
  assert.match(await card().locator("ol.asked li").nth(1).innerText(), /due again$/);
  await look("with tries");
});

test("it is changed, and its calendar file follows; it is deleted", async () => {
  const calendar = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Put it into my calendar" }).click()]);
    assert.equal(download.suggestedFilename(), "prepbook-plan.ics");
    const text = readFileSync(await download.path(), "utf8");
    return { uids: [...text.matchAll(/^UID:(.+?)\r$/gm)].map(([, uid]) => uid), starts: [...text.matchAll(/^DTSTART:(.+?)\r$/gm)].map(([, start]) => start), sequence: /SEQUENCE:(\d+)/.exec(text)[1] };
  };
  await go("");
  await makePlan();
  const first = await calendar();
  assert.deepEqual(first.starts, ["20261102T183000", "20261105T183000", "20261109T183000", "20261114T183000", "20261115T183000"]);
  await page.getByRole("button", { name: "Change" }).click();
  assert.equal(await page.inputValue("#coach_date"), "2026-11-16");
  await look("changing");
  await page.getByRole("button", { name: "Cancel" }).click();
  await card().getByText("14 days to go").waitFor();
  await page.getByRole("button", { name: "Change" }).click();
  await page.fill("#coach_date", "2026-11-22");
  await page.fill("#coach_time", "07:15");
  await page.getByRole("button", { name: "Save" }).click();
  await card().getByText("20 days to go").waitFor();
  const second = await calendar();
  assert.deepEqual(second.uids, first.uids);
  assert.equal(second.starts[0], "20261102T071500");
  assert.ok(Number(second.sequence) > Number(first.sequence));
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("button", { name: "Delete the plan" }).click();
  await page.getByRole("heading", { name: "When is your interview?" }).waitFor();
  await flush();
  await page.reload();
  await page.getByRole("heading", { name: "When is your interview?" }).waitFor();
});

test("who has practised without a plan sees what is next below the question for a date", async () => {
  await go("");
  await page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.change((doc) => (doc.questions["time-you-failed"] = { rating: 0, last: new Date().toISOString(), count: 1 }));
  });
  await page.reload();
  await card().getByText("Weakest so far").waitFor();
  await page.getByRole("heading", { name: "When is your interview?" }).waitFor();
  await look("without a plan");
  await makePlan();
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("button", { name: "Delete the plan" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await card().getByText("14 days to go").waitFor();
});

test("by keyboard alone: from the question to the first tick", async () => {
  await go("");
  const tab = async (matches) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((matches) => document.activeElement.matches(matches), matches)) return;
    }
    assert.fail(`${matches} is not reached`);
  };
  await tab("#coach_date");
  await page.keyboard.type("11112026");
  await tab("#coach_form .go");
  await page.keyboard.press("Enter");
  await card().getByText("9 days to go").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "coach_title");
  await tab("[data-key]");
  await page.keyboard.press("Space");
  assert.deepEqual(await keys(), ["day-0-themes*", "day-0-anchor"]);
});

test("a page with a plan does not jump when it is drawn", async () => {
  await go("");
  await makePlan();
  await measureShift(page);
  for (const path of ["", "plan/"]) {
    // Once as it comes; then it knows its height.
    for (const _ of [1, 2]) {
      await go(path);
      await card().getByText("14 days to go").waitFor();
      await page.waitForTimeout(300);
    }
    assert.ok((await page.evaluate(() => self.shift)) < 0.01, `${path}: ${await page.evaluate(() => self.shift)}`);
  }
});

test("from the disk it is the same, and without scripts the pages are as they were", async () => {
  page = await reader.newPage(context, "file:");
  await page.clock.install({ time: new Date("2026-11-02T10:00:00") });
  await page.goto(pathToFileURL(`${site()}/index.html`).href);
  await makePlan();
  await page.goto(pathToFileURL(`${site()}/plan/index.html`).href);
  await card().getByText("14 days to go").waitFor();
  const plain = await reader.newContext({ javaScriptEnabled: false });
  const quiet = await plain.newPage();
  for (const path of ["", "plan/"]) {
    await quiet.goto(reader.server.url + path);
    assert.equal(await quiet.locator("#coach").isVisible(), false);
  }
  await quiet.goto(`${reader.server.url}plan/day-0/`);
  await quiet.getByText("Your ticks last as long as this page stays open.").waitFor();
  await plain.close();
});

test("who has no date yet gets a card a day all the same, and keeps the ticks when the date is known", async () => {
  await go("");
  await page.selectOption("#coach_company", "amazon");
  await page.getByRole("button", { name: "No date yet" }).click();
  await card().getByText("Day 1 of 14 · Amazon · no date yet").waitFor();
  assert.deepEqual(await keys(), ["day-0-themes", "day-0-anchor"]);
  await card().getByText("To say aloud").waitFor();
  await look("without a date");
  await card().getByLabel("Read the list of questions once.").check();
  await flush();
  await go("plan/", "2026-11-04");
  await card().getByText("Day 3 of 14").waitFor();
  assert.deepEqual(await page.locator(".stops .date").allInnerTexts(), ["Mon 2 Nov", "Thu 5 Nov", "Mon 9 Nov", "Sat 14 Nov"]);
  await go("", "2026-12-24");
  await card().getByText("Day 53 · Amazon · no date yet").waitFor();
  await card().getByText("To say aloud").waitFor();
  // It goes on without one as long as the reader says so.
  await page.getByRole("button", { name: "Set the date" }).click();
  await page.getByRole("button", { name: "No date yet" }).click();
  await card().getByText("Day 53").waitFor();
  await page.getByRole("button", { name: "Set the date" }).click();
  assert.equal(await page.locator("#coach_date").inputValue(), "");
  await page.fill("#coach_date", "2026-12-30");
  await page.getByRole("button", { name: "Save" }).click();
  await card().getByText("6 days to go · Amazon").waitFor();
  await flush();
  const { plan, ticks } = await page.evaluate(async () => JSON.parse(JSON.stringify((await prepbook.loadStore()).doc)));
  assert.deepEqual([plan.start, plan.interview, plan.open, Object.keys(ticks)], ["2026-11-02", "2026-12-30", undefined, ["day-0/day-0-themes"]]);
});

test("a picture shows the days from today to the interview: in words, in forced colours, on a phone and on paper", async () => {
  await go("");
  await makePlan();
  const picture = page.getByRole("img", { name: /^The days of the plan: 14, Day 0 today, Day 3 on Thu 5 Nov, .*, interview on Mon 16 Nov$/ });
  await picture.waitFor();
  assert.equal(await picture.locator("rect.work").count(), 14);
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const boxes = await picture.locator("text").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right]).sort(([one], [other]) => one - other));
    const edge = await picture.evaluate((one) => one.getBoundingClientRect().right);
    boxes.reduce((before, [left, right]) => (assert.ok(left >= before && right <= edge + 1, `${width} px: ${boxes}`), right), 0);
  }
  await page.emulateMedia({ forcedColors: "active" });
  const [bar, ground] = await picture.locator("rect.work").first().evaluate((one) => [getComputedStyle(one).fill, getComputedStyle(document.body).backgroundColor]);
  assert.notEqual(bar, ground);
  await page.emulateMedia({ forcedColors: "none", media: "print" });
  assert.ok(await picture.isVisible());
  assert.equal(await page.locator("#coach .actions:visible, #coach form:visible").count(), 0);
});
