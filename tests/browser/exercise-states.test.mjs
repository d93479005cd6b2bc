// Every state of every exercise: by touch, in low windows, in light and dark, on a desk and a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TOOLS, addressOf, reader, open, run, pass, heading, setUp, name, begin, isAt, answer } from "./exercising.mjs";
import { clumsy, desk, hiddenOfRun, lowWindows, phone, violationsEverywhere } from "./readers.mjs";

test("by touch at 390 px: every state fits and every target is large enough", async () => {
  for (const tool of TOOLS) {
    const page = await open(tool, phone);
    const check = async (state) => {
      await pass(page, 50);
      const faults = await clumsy(page, ".run");
      assert.deepEqual(faults, [], `${tool}, ${state}`);
    };
    await page.getByRole("button", { name: "Practise now" }).tap();
    await run(page).waitFor();
    await check("set-up");
    await name(page);
    await page.getByRole("button", { name: "Start" }).tap();
    await check("ready");
    await page.getByRole("button", { name: "Start" }).tap();
    await pass(page, 5_000);
    await check("running");
    await page.getByRole("button", { name: "Pause" }).tap();
    await pass(page, 50);
    await check("paused");
    await page.getByRole("button", { name: "Go on" }).tap();
    await pass(page, 400_000);
    await check("over time");
    await page.getByRole("button", { name: "Done" }).tap();
    await check("rating");
    if (await page.locator(".run-rubric").count()) {
      await page.getByText("Score it by the rubric").tap();
      await check("rubric");
    }
    await page.locator(".rate").first().tap();
    await page.getByRole("button", { name: "End" }).tap();
    await check("leaving");
    await page.locator(".run-ask").getByRole("button", { name: "End" }).tap();
    assert.ok(await isAt(page, "done"));
    await check("summary");
    await page.getByRole("button", { name: "Close" }).tap();
    assert.equal(await run(page).count(), 0);
  }
});

test("in a low window what is asked and the time stand above the keys", async () => {
  for (const tool of TOOLS) {
    const page = await open(tool);
    await begin(page);
    await page.keyboard.press("Space");
    await pass(page, 1_000);
    for (const [width, height] of lowWindows) {
      await page.setViewportSize({ width, height });
      assert.deepEqual(await hiddenOfRun(page), [], `${tool}, ${width} × ${height}`);
    }
  }
});

/** The states that only some tools have; each leaves the exercise before an answer. */
const special = {
  "follow-up-gauntlet": async (page, check) => {
    await page.locator(".exercise[data-ready]").waitFor();
    await check("follow-up");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await check("did it hold");
    await page.keyboard.press("3");
  },
  "mock-interview": async (page, check) => {
    const asks = page.getByRole("heading", { name: "What would you like to ask me?" });
    for (let nth = 0; nth < 40 && !(await asks.count()); nth++) {
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await page.locator(".rate").first().waitFor();
      await page.keyboard.press("2");
      await page.locator(".exercise[data-ready]").waitFor();
    }
    await page.keyboard.press("Enter");
    await check("the candidate's own questions");
    await page.keyboard.press("Enter");
    await check("close");
  },
};
for (const tool of TOOLS) {
  test(`axe finds nothing in any state of ${tool}, on a desk and a phone, in light and dark`, async () => {
    const page = await open(tool);
    // axe waits for frames and timers, which the test's clock holds back.
    await page.clock.resume();
    const found = [];
    const check = async (state, within = ".run") => found.push(...(await violationsEverywhere(page, within)).map((one) => `${state}, ${one}`));
    await check("page", "main");
    await setUp(page);
    await check("set-up, nothing there yet");
    if (tool !== "story-coverage-audit") {
      const by = page.getByLabel("Questions are chosen");
      if (await by.count()) await by.selectOption("seed");
      await name(page);
      await page.getByRole("button", { name: "Copy a link to this set" }).click();
      await page.locator("#exercise_link").waitFor();
      await check("set-up with a link");
      await page.getByRole("button", { name: "The interviewer’s card" }).click();
      await page.locator(".run-card").waitFor();
      await check("card");
      await page.getByRole("button", { name: "Back" }).click();
    }
    await page.getByRole("button", { name: "Start" }).click();
    await page.locator(".exercise[data-ready]").waitFor();
    await check("ready");
    await page.getByRole("button", { name: "Wait" }).click();
    await check("ready, the clock waits");
    await page.keyboard.press("Space");
    await check("running");
    const interruption = page.locator(".run-interruption");
    for (let nth = 0; nth < 60 && (await interruption.count()) && !(await interruption.innerText()); nth++) await page.clock.fastForward(2_000);
    if (await interruption.count()) await check("interrupted");
    await page.clock.fastForward(400_000);
    await page.locator("[data-over]").waitFor();
    await check("over time");
    await page.keyboard.press("Space");
    await check("over time and paused");
    await page.keyboard.press("Escape");
    await check("leaving");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.locator(".rate").first().waitFor();
    if (await page.locator(".run-rubric").count()) await page.locator(".run-rubric summary").click();
    await check("rating");
    await page.keyboard.press("Escape");
    await check("leaving while it is rated");
    await page.keyboard.press("Escape");
    await page.keyboard.press("3");
    await special[tool]?.(page, check);
    // Opened again later, and gone on with.
    await page.evaluate(async () => (await prepbook.loadStore()).flush());
    await page.goto("about:blank");
    await page.goto(`${reader.server.url}${addressOf(tool)}`);
    await setUp(page);
    await page.getByRole("button", { name: "Go on with it" }).waitFor();
    await check("set-up with one to go on with");
    await page.getByRole("button", { name: "Go on with it" }).click();
    await page.locator(".exercise[data-ready]").waitFor();
    await check("resumed");
    await page.keyboard.press("Escape");
    await page.locator(".run-ask").getByRole("button", { name: "End" }).click();
    await page.locator(".exercise[data-print]").waitFor();
    await check("summary");
    await page.getByRole("button", { name: "Set up anew" }).click();
    await check("set-up anew");
    assert.deepEqual(found, []);
  });
}
