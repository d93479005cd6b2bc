// What was said in a try: written down on this device where the browser says that it can, typed elsewhere; counted, kept with
// the try, deleted with it; and never sent anywhere.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { site } from "./browser.mjs";
import { clumsy, phone, readers, violations } from "./readers.mjs";

const reader = readers({
  args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  forgiven: (one) => one.startsWith("request: blob:http://127.0.0.1:"),
});
const name = "questions/incomplete-information/index.html";

/** A browser that writes down speech: what it has, what it hears a piece a tenth of a second, and what it was asked for. */
const recogniser = ({ state, words = [], isLocal = true }) => {
  self.heard = [];
  self.language = state;
  const has = () => self.sessionStorage.getItem("language") ?? state;
  class Recogniser extends EventTarget {
    #local = false;
    #timer;
    get processLocally() {
      return isLocal && this.#local;
    }
    set processLocally(value) {
      this.#local = value;
    }
    static available = async (options) => (self.heard.push(["available", options]), options.langs[0] === "en-GB" ? has() : "unavailable");
    static install = async (options) => {
      self.heard.push(["install", options]);
      self.sessionStorage.setItem("language", "available");
      return true;
    };
    start() {
      self.heard.push(["start", this.lang, this.processLocally, this.continuous]);
      this.#timer = setInterval(() => {
        const word = words.shift();
        if (word) this.onresult?.({ resultIndex: 0, results: [{ isFinal: true, 0: { transcript: word } }] });
      }, 100);
    }
    stop() {
      self.heard.push(["stop"]);
      clearInterval(this.#timer);
      setTimeout(() => this.onend?.(), 50);
    }
    abort() {
      clearInterval(this.#timer);
    }
  }
  Object.defineProperty(self, "SpeechRecognition", { value: Recogniser, configurable: true });
};
const open = async (given, options) => {
  const page = await reader.newPage(await reader.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options }));
  if (given) await page.addInitScript(recogniser, given);
  await page.goto(reader.server.url + name);
  return page;
};
const begin = async (page) => {
  await page.getByRole("button", { name: "Try it" }).click();
  await page.locator(".run[open]").waitFor();
};
const stop = async (page) => {
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Your times are kept").waitFor();
};
const unfold = (page) => page.getByText("What did you say?").click();
const field = (page) => page.getByLabel("In your words");
const counts = async (page) => (await page.locator(".run-counts > div").allInnerTexts()).map((one) => one.replaceAll("\n", " "));
const attempts = (page) =>
  page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.flush();
    return JSON.parse(JSON.stringify(store.doc.attempts));
  });
const dictation = (page) => page.getByRole("switch", { name: "Write down what I say" });
const SAID = "Um, we had, you know, a model that I shipped. We measured 40 % and I rolled it back, and it was not my fault.";

test("typed: counted as it is typed, kept with the try and readable again, gone when it is emptied", async () => {
  const page = await open();
  await begin(page);
  await stop(page);
  assert.deepEqual(reader.server.asked.filter((path) => /\/(said|spoken|dictation)\./.test(path)), []);
  await unfold(page);
  await field(page).fill(SAID);
  const [pace, fillers, persons, figures] = await counts(page);
  assert.match(pace, /^Pace – 2\d words, too few to tell$/);
  assert.equal(fillers, "Fillers 2 “um”, “you know”");
  assert.equal(persons, "I : we 2 : 2 your part can be heard");
  assert.equal(figures, "Figures 1 40 %");
  await page.getByText("“not my fault” sounds like blame").waitFor();
  assert.deepEqual(await dictation(page).count(), 0);
  const [{ id, said }] = await attempts(page);
  assert.deepEqual(said, { text: SAID, by: "hand" });
  assert.ok(await page.evaluate(async () => {
    const { doc } = await prepbook.loadStore();
    return prepbook.records.isSame(prepbook.records.read(JSON.parse(JSON.stringify(doc)), new Date().toISOString()).doc, doc);
  }));
  // Digits in a field rate nothing.
  await field(page).press("1");
  assert.equal(await page.locator("[name=rating]:checked").count(), 0);
  await field(page).fill("");
  assert.deepEqual(await counts(page), []);
  const [after] = await attempts(page);
  assert.deepEqual([after.id, after.said], [id, undefined]);
});

test("every state of it is accessible, in reach of a thumb, and no wider than the screen", async () => {
  const page = await open({ state: "downloadable" }, phone);
  await begin(page);
  await stop(page);
  await unfold(page);
  for (const text of ["", SAID]) {
    await field(page).fill(text);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await clumsy(page, ".run"), []);
  }
});

test("where the device can, it is off until asked; then a try is written down, counted, heard of no more once deleted", async () => {
  const page = await open({ state: "available", words: ["Um we shipped", "a model in 3 weeks", "and I rolled it back"] });
  await begin(page);
  await stop(page);
  assert.deepEqual(await page.evaluate(() => self.heard), []);
  await unfold(page);
  await dictation(page).check();
  await page.getByText("Sound and words stay on this device.").waitFor();
  await page.getByRole("button", { name: "Again" }).click();
  await page.getByText("Writing down", { exact: true }).waitFor();
  await page.waitForTimeout(600);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.waitForTimeout(200);
  await page.getByRole("button", { name: "Go on" }).click();
  await stop(page);
  await page.getByText("Written down on this device").waitFor();
  assert.equal(await field(page).inputValue(), "Um we shipped a model in 3 weeks and I rolled it back");
  assert.equal((await counts(page))[1], "Fillers 1 “um”");
  assert.deepEqual(await violations(page), []);
  const heard = await page.evaluate(() => self.heard);
  assert.ok(heard.filter(([what]) => what === "available").every(([, { processLocally, langs }]) => processLocally === true && langs.length === 1));
  const starts = heard.filter(([what]) => what === "start");
  assert.equal(starts.length, 2);
  for (const start of starts) assert.deepEqual(start, ["start", "en-GB", true, true]);
  const [first, second] = await attempts(page);
  assert.deepEqual([first.said, second.said], [undefined, { text: "Um we shipped a model in 3 weeks and I rolled it back", by: "device" }]);
});

test("from the disk, too, it is written down, or typed and counted", async () => {
  const disk = pathToFileURL(join(site(), name)).href;
  for (const given of [{ state: "available", words: ["I measured", "a model in 3 weeks"] }, undefined]) {
    const page = await reader.newPage(await reader.newContext({ locale: "en-GB", reducedMotion: "reduce" }), "file:");
    if (given) await page.addInitScript(recogniser, given);
    await page.goto(disk);
    await page.evaluate(() => prepbook.keep("dictate", "on"));
    await begin(page);
    if (given) {
      await page.getByText("Writing down", { exact: true }).waitFor();
      await page.waitForTimeout(600);
    } else await page.getByText("Nothing is written down: this device has not the language.").waitFor();
    await stop(page);
    if (!given) {
      await unfold(page);
      await field(page).fill("I measured a model in 3 weeks");
    }
    await page.waitForFunction(() => document.querySelector(".run-counts")?.checkVisibility());
    assert.equal(await field(page).inputValue(), "I measured a model in 3 weeks");
    await page.waitForTimeout(1_000);
    const [{ said }] = await attempts(page);
    assert.deepEqual(said, { text: "I measured a model in 3 weeks", by: given ? "device" : "hand" });
  }
});

test("recorded as well, the words go with the sound when it is deleted", async () => {
  const page = await open({ state: "available", words: ["I measured it"] });
  await page.getByRole("switch", { name: "Record my voice" }).check();
  await page.evaluate(() => prepbook.keep("dictate", "on"));
  await begin(page);
  await page.getByText("Recording and writing down", { exact: true }).waitFor();
  await page.waitForTimeout(700);
  await stop(page);
  await page.getByRole("heading", { name: "Your recording" }).waitFor();
  await page.getByText("What was written down").click();
  assert.equal(await page.locator(".run-words p").innerText(), "I measured it");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Press again to delete" }).click();
  await page.getByText("They are deleted.").waitFor();
  const [{ audio, said }] = await attempts(page);
  assert.deepEqual([audio, said], [null, undefined]);
  assert.equal(await field(page).inputValue(), "");
});

test("a language that is missing is fetched at the reader's word only", async () => {
  const page = await open({ state: "downloadable" });
  await begin(page);
  await stop(page);
  await unfold(page);
  await page.getByText("once it has the language").waitFor();
  assert.deepEqual(await page.evaluate(() => self.heard.filter(([what]) => what === "install")), []);
  assert.equal(await dictation(page).count(), 0);
  await page.getByRole("button", { name: "Get the language for it" }).click();
  await dictation(page).waitFor();
  assert.deepEqual(await page.evaluate(() => self.heard.filter(([what]) => what === "install")), [["install", { langs: ["en-GB"], processLocally: true }]]);
});

for (const [how, given] of [["has no language", { state: "unavailable" }], ["cannot be held to the device", { state: "available", isLocal: false }]]) {
  test(`a browser that ${how} listens to nothing, whatever was asked for before`, async () => {
    const page = await open(given);
    await page.evaluate(() => prepbook.keep("dictate", "on"));
    await begin(page);
    await page.getByText("Nothing is written down: this device has not the language.").waitFor();
    await stop(page);
    assert.deepEqual(await page.evaluate(() => self.heard.filter(([what]) => what === "start")), []);
    assert.equal((await attempts(page))[0].said, undefined);
  });
}

test("a browser of before, which knows no device, is never asked", async () => {
  const page = await open();
  await page.addInitScript(() => {
    self.listened = 0;
    self.SpeechRecognition = self.webkitSpeechRecognition = class { start() { self.listened += 1; } };
  });
  await page.goto(reader.server.url + name);
  await page.evaluate(() => prepbook.keep("dictate", "on"));
  await begin(page);
  await stop(page);
  await unfold(page);
  await field(page).waitFor();
  assert.deepEqual([await page.evaluate(() => self.listened), await dictation(page).count()], [0, 0]);
});
