// A try that is recorded: only when asked for, kept here alone, heard again from each part, downloaded, deleted; and the
// clock that runs without it where it is refused, missing or interrupted.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { forgetAsked, site } from "./browser.mjs";
import { readers, violations } from "./readers.mjs";

const name = "questions/incomplete-information/index.html";
const reader = readers({
  args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"],
  // A recording is played from the page itself.
  forgiven: (one) => /^request: blob:(http:\/\/127\.0\.0\.1:|null\/)/.test(one),
});
let context;

const open = async (prepare) => {
  context = await reader.newContext({ acceptDownloads: true });
  const page = await reader.newPage(context);
  if (prepare) await page.addInitScript(prepare);
  await page.goto(reader.server.url + name);
  return page;
};
const record = (page) => page.getByRole("switch", { name: "Record my voice" }).check();
const begin = async (page) => {
  await page.getByRole("button", { name: "Try it" }).click();
  await page.locator(".run[open]").waitFor();
};
const kept = (page) =>
  page.evaluate(async () => {
    const store = await prepbook.loadStore();
    await store.flush();
    return { attempts: store.doc.attempts, audio: store.doc.audio, run: store.doc.run };
  });
/** What stands in the database: sizes of recordings, and the number of pieces. */
const stored = (page) =>
  page.evaluate(
    () =>
      new Promise((done, failed) => {
        const request = indexedDB.open(`prepbook ${prepbook.folder.pathname}`);
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const transaction = request.result.transaction(["audio", "chunks"]);
          const sounds = transaction.objectStore("audio").getAll();
          const pieces = transaction.objectStore("chunks").count();
          transaction.oncomplete = () => {
            request.result.close();
            done({ sounds: sounds.result.map(({ size }) => size), pieces: pieces.result });
          };
        };
      }),
  );

/** Milliseconds of sound that are in the first recording, as it can be heard. */
const lengthOf = (page) =>
  page.evaluate(async () => {
    const { doc } = await prepbook.loadStore();
    const sound = await prepbook.recordings.get(doc.audio[0].id);
    return Math.round((await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(await sound.arrayBuffer())).duration * 1000);
  });

test("off until asked: a try asks for no microphone and loads no recorder", async () => {
  const page = await open(() => {
    self.asked = 0;
    const { mediaDevices } = navigator;
    const { getUserMedia } = mediaDevices;
    mediaDevices.getUserMedia = (...what) => {
      self.asked += 1;
      return getUserMedia.apply(mediaDevices, what);
    };
  });
  await forgetAsked(reader.server, page);
  await begin(page);
  await page.keyboard.press("Enter");
  await page.getByText("Your times are kept").waitFor();
  assert.equal(await page.evaluate(() => self.asked), 0);
  assert.deepEqual(reader.server.asked.filter((path) => /\/(recorder|playback|voice|dictation)/.test(path)), []);
  assert.equal(await page.locator(".run-sound").count(), 0);
});

test("a try is recorded, heard again from each part and at another speed, downloaded, and deleted", async () => {
  const page = await open();
  await record(page);
  await page.getByText("It stays in this browser: the last three of each question.").waitFor();
  await begin(page);
  await page.getByText("Recording", { exact: true }).waitFor();
  await page.waitForTimeout(3_000);
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(3_500);
  // What was said is stored while the try runs.
  assert.ok((await stored(page)).pieces >= 1);
  await page.keyboard.press("Space");
  await page.waitForTimeout(1_500);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recording" }).waitFor();
  const { attempts: [{ audio: id, ms }], audio: [note] } = await kept(page);
  assert.equal(note.id, id);
  assert.match(note.mime, /^audio\//);
  assert.ok(Math.abs(note.ms - ms) < 700, `${note.ms} ms recorded of ${ms}`);
  const { sounds, pieces } = await stored(page);
  assert.deepEqual([sounds.length, pieces], [1, 0]);
  assert.equal(sounds[0], note.bytes);
  const sound = page.locator(".run-sound audio");
  const its = (what) => sound.evaluate((one, what) => one[what], what);
  await page.getByRole("button", { name: /^Task 0:0[3-9]$/ }).click();
  await page.waitForFunction(() => document.querySelector(".run-sound audio").currentTime > 3);
  assert.equal(await its("error"), null);
  await page.getByLabel("1.5×").check();
  assert.equal(await its("playbackRate"), 1.5);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
  assert.match(download.suggestedFilename(), /^incomplete-information-\d{4}-\d\d-\d\dT\d{4}\.(m4a|webm|ogg)$/);
  assert.equal(statSync(await download.path()).size, note.bytes);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await violations(page), [], `${width} px`);
    assert.ok(await page.evaluate(() => document.querySelector(".run").scrollWidth <= document.querySelector(".run").clientWidth));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Press again to delete" }).click();
  await page.getByText("They are deleted.").waitFor();
  assert.deepEqual(await stored(page), { sounds: [], pieces: 0 });
  const after = await kept(page);
  assert.deepEqual([after.audio.length, after.attempts[0].audio], [0, null]);
});

test("the last three of a question are kept; one that is left keeps nothing", async () => {
  const page = await open();
  await record(page);
  await begin(page);
  for (let nth = 1; nth <= 4; nth++) {
    await page.getByText("Recording", { exact: true }).waitFor();
    await page.waitForTimeout(700);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: nth > 1 ? "Your recordings" : "Your recording", exact: true }).waitFor();
    assert.equal((await stored(page)).sounds.length, Math.min(nth, 3));
    await page.getByRole("button", { name: "Again" }).click();
  }
  await page.getByText("Recording", { exact: true }).waitFor();
  await page.waitForTimeout(700);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Leave", exact: true }).last().click();
  await page.locator(".run[open]").waitFor({ state: "detached" });
  await page.waitForTimeout(500);
  assert.deepEqual([(await stored(page)).sounds.length, (await stored(page)).pieces], [3, 0]);
  const { attempts, audio } = await kept(page);
  assert.deepEqual([attempts.length, attempts.filter((one) => one.audio).length, audio.length], [4, 3, 3]);
  // All at once.
  await page.getByRole("switch", { name: "Record my voice" }).uncheck();
  await begin(page);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete all 3" }).click();
  await page.getByRole("button", { name: "Press again to delete" }).click();
  await page.getByText("They are deleted.").waitFor();
  assert.deepEqual(await stored(page), { sounds: [], pieces: 0 });
});

test("a page that is killed in the middle loses five seconds at most", async () => {
  const page = await open();
  await record(page);
  await begin(page);
  await page.getByText("Recording", { exact: true }).waitFor();
  await page.waitForTimeout(6_500);
  await kept(page);
  await page.reload();
  await page.getByText("The recording ended when the page was loaded again; what came before is kept.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recording" }).waitFor();
  const { audio: [note] } = await kept(page);
  assert.ok(note.ms > 4_500, `${note.ms}`);
  const length = await lengthOf(page);
  assert.ok(Math.abs(length - note.ms) < 700, `${length} ms to hear of ${note.ms}`);
  await page.getByRole("button", { name: /^Situation 0:00$/ }).click();
  await page.waitForFunction(() => document.querySelector(".run-sound audio").currentTime > 0.5);
});

test("one that is killed at once leaves no recording of nothing", async () => {
  const page = await open();
  await record(page);
  await begin(page);
  await page.getByText("Recording", { exact: true }).waitFor();
  await page.waitForTimeout(3_200);
  await kept(page);
  await page.reload();
  await page.getByText("The recording ended when the page was loaded again; what came before is kept.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Your times are kept").waitFor();
  await page.waitForTimeout(500);
  const { audio, attempts: [attempt] } = await kept(page);
  // Some browsers have a sound in their first piece.
  if (audio.length) assert.ok((await lengthOf(page)) > 500);
  else assert.deepEqual([attempt.audio, await stored(page)], [null, { sounds: [], pieces: 0 }]);
});

test("what a page has left that never came back is kept with the next try", async () => {
  const page = await open();
  await record(page);
  await begin(page);
  await page.getByText("Recording", { exact: true }).waitFor();
  await page.waitForTimeout(5_600);
  const { pieces } = await stored(page);
  assert.ok(pieces >= 1);
  // Another tab records while the first goes on: its pieces are its own.
  const other = await context.newPage();
  await other.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + 120_000;
  });
  await other.goto(reader.server.url + name);
  const take = async (takes) => {
    await begin(other);
    await other.getByText("Recording", { exact: true }).waitFor();
    await other.waitForTimeout(600);
    await other.keyboard.press("Enter");
    await other.getByRole("heading", { name: takes > 1 ? "Your recordings" : "Your recording", exact: true }).waitFor();
    await other.keyboard.press("Escape");
  };
  await take(1);
  assert.equal((await stored(other)).sounds.length, 1);
  await page.close();
  await take(3);
  assert.deepEqual([(await stored(other)).sounds.length, (await stored(other)).pieces], [3, 0]);
  assert.equal((await kept(other)).audio.length, 3);
});

for (const [error, sentence] of [
  ["NotAllowedError", "The microphone is blocked: allow it in the address bar to record. The clock runs without."],
  ["NotFoundError", "No microphone is there. The clock runs without."],
]) {
  test(`with ${error} the clock runs on and says so`, async () => {
    const page = await open(`navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "${error}"));`);
    await record(page);
    await begin(page);
    await page.getByText(sentence).waitFor();
    await page.waitForTimeout(1_200);
    assert.match(await page.locator(".run-left").innerText(), /1:5\d/);
    await page.keyboard.press("Enter");
    await page.getByText("Your times are kept").waitFor();
    assert.equal((await kept(page)).attempts[0].audio, null);
  });
}

test("who does not answer for the microphone can go on without it", async () => {
  const page = await open("navigator.mediaDevices.getUserMedia = () => new Promise(() => {});");
  await record(page);
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("Allow the microphone, or press again to go on without it.").waitFor();
  assert.equal(await page.locator(".run[open]").count(), 0);
  await begin(page);
  assert.equal(await page.locator(".run-record").innerText(), "");
});

test("a browser that cannot record says so", async () => {
  const page = await open("delete self.MediaRecorder;");
  await record(page);
  await begin(page);
  await page.getByText("This browser cannot record here. The clock runs without.").waitFor();
});

/** A page from the disk: a question's, or another. */
const openFromDisk = async (path = name, prepare) => {
  context = await reader.newContext({ acceptDownloads: true });
  const page = await reader.newPage(context, "file:");
  if (prepare) await page.addInitScript(prepare);
  await page.goto(pathToFileURL(join(site(), path)).href);
  return page;
};

test("from the disk a try is recorded, heard, downloaded, there after a reload, and deleted", async () => {
  const page = await openFromDisk();
  await record(page);
  await begin(page);
  await page.getByText("Recording", { exact: true }).waitFor();
  await page.waitForTimeout(5_600);
  assert.ok((await stored(page)).pieces >= 1);
  await kept(page);
  await page.reload();
  await page.getByText("The recording ended when the page was loaded again; what came before is kept.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recording" }).waitFor();
  await page.getByRole("button", { name: /^Situation 0:00$/ }).click();
  await page.waitForFunction(() => document.querySelector(".run-sound audio").currentTime > 0.5);
  const { audio: [note] } = await kept(page);
  assert.ok(Math.abs((await lengthOf(page)) - note.ms) < 700);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
  assert.equal(statSync(await download.path()).size, note.bytes);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Press again to delete" }).click();
  await page.getByText("They are deleted.").waitFor();
  assert.deepEqual(await stored(page), { sounds: [], pieces: 0 });
});

test("from the disk an exercise is recorded, and its summary plays it", async () => {
  const page = await openFromDisk("practice/two-minute-drill/index.html");
  await page.getByRole("button", { name: "Practise now" }).click();
  await page.getByRole("switch", { name: "Record my voice" }).check();
  await page.getByRole("button", { name: "Start" }).click();
  await page.locator(".exercise[data-ready]").waitFor();
  await answer(page, 1_200);
  await endHere(page);
  await page.getByRole("heading", { name: "Your recording", exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector(".run-sound audio").readyState > 0);
  assert.equal((await stored(page)).sounds.length, 1);
});

test("a browser that gives pages from the disk no microphone says that, and the clock runs", async () => {
  const page = await openFromDisk(name, 'Object.defineProperty(navigator, "mediaDevices", { value: undefined });');
  await record(page);
  await begin(page);
  await page.getByText("This browser gives pages from the disk no microphone: it does where the handbook is hosted. The clock runs without.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Your times are kept").waitFor();
});

/** A page of an exercise whose reader has asked for recording in its set-up, with as few questions as it has. */
const openExercise = async (tool, few) => {
  context = await reader.newContext({ acceptDownloads: true });
  const page = await reader.newPage(context);
  await page.goto(`${reader.server.url}practice/${tool}/index.html`);
  await page.getByRole("button", { name: "Practise now" }).click();
  assert.equal(await page.getByRole("switch", { name: "Record my voice" }).isChecked(), false);
  await page.getByRole("switch", { name: "Record my voice" }).check();
  for (const [label, value] of Object.entries(few)) await page.getByLabel(label, { exact: true }).selectOption(value);
  await page.getByRole("button", { name: "Start" }).click();
  await page.locator(".exercise[data-ready]").waitFor();
  return page;
};
/** Answers a turn, and rates it by a key. */
const answer = async (page, ms, rating = "3") => {
  await page.getByRole("button", { name: "Start" }).click();
  await page.locator(".run.exercise:not([data-ready])").waitFor();
  await page.waitForTimeout(ms);
  await page.getByRole("button", { name: "Done" }).click();
  await page.locator(".rate").first().waitFor();
  await page.keyboard.press(rating);
};
const endHere = async (page) => {
  await page.getByRole("button", { name: "End", exact: false }).first().click();
  await page.locator(".run-ask").getByRole("button", { name: "End" }).click();
};

test("an exercise asks for no microphone unless its reader does", async () => {
  context = await reader.newContext();
  const page = await reader.newPage(context);
  await page.addInitScript(() => {
    self.asked = 0;
    navigator.mediaDevices.getUserMedia = () => Promise.reject(self.asked++);
  });
  await page.goto(`${reader.server.url}practice/two-minute-drill/index.html`);
  await page.getByRole("button", { name: "Practise now" }).click();
  await page.getByRole("button", { name: "Start" }).click();
  await answer(page, 300);
  assert.equal(await page.evaluate(() => self.asked), 0);
});

test("a drill records each answer apart, and its summary plays them", async () => {
  const page = await openExercise("two-minute-drill", { Questions: "3" });
  assert.equal(await page.locator(".run-record").innerText(), "");
  for (let nth = 0; nth < 2; nth++) {
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByText("Recording", { exact: true }).waitFor();
    await page.waitForTimeout(1_200);
    await page.getByRole("button", { name: "Done" }).click();
    await page.locator(".rate").first().waitFor();
    await page.keyboard.press("3");
  }
  await endHere(page);
  await page.getByRole("heading", { name: "Your recordings" }).waitFor();
  const { attempts, audio } = await kept(page);
  assert.deepEqual(attempts.map(({ audio }) => audio), [...audio].sort((one, other) => (one.at < other.at ? -1 : 1)).map(({ id }) => id));
  for (const [nth, { ms }] of attempts.entries()) assert.ok(Math.abs(audio.find(({ id }) => id === attempts[nth].audio).ms - ms) < 700);
  assert.deepEqual((await stored(page)).sounds.length, 2);
  await page.waitForFunction(() => document.querySelector(".run-sound audio").readyState > 0);
  assert.deepEqual(await violations(page), []);
  // The microphone is let go of, and a rating that is corrected brings nothing back.
  await page.getByRole("button", { name: "Delete all 2" }).click();
  await page.getByRole("button", { name: "Press again to delete" }).click();
  await page.getByText("They are deleted.").waitFor();
  await page.getByLabel(/^Rating of/).first().selectOption({ label: "Ready" });
  await page.waitForTimeout(500);
  assert.deepEqual((await kept(page)).attempts.map(({ audio, rating }) => [audio, rating]), [[null, 3], [null, 2]]);
});

test("a gauntlet records an answer together with its follow-ups", async () => {
  const page = await openExercise("follow-up-gauntlet", { "Answers, five follow-ups each": "1" });
  await answer(page, 1_000);
  for (let nth = 0; nth < 2; nth++) await answer(page, 1_000, "1");
  await endHere(page);
  await page.getByRole("heading", { name: "Your recording", exact: true }).waitFor();
  const { attempts: [attempt], audio: [note] } = await kept(page);
  assert.equal(attempt.audio, note.id);
  assert.ok(note.ms > 2_500 && note.ms < 6_000, `${note.ms}`);
});

test("a mock whose page is loaded again keeps what was recorded before", async () => {
  const page = await openExercise("mock-interview", { Length: "30" });
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByText("Recording", { exact: true }).waitFor();
  await page.waitForTimeout(5_600);
  await kept(page);
  await page.reload();
  await page.getByText("The recording ended when the page was loaded again; what came before is kept.").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.keyboard.press("2");
  await page.waitForTimeout(1_000);
  const { attempts: [attempt], audio: [note] } = await kept(page);
  assert.equal(attempt.audio, note.id);
  assert.ok(note.ms > 4_500, `${note.ms}`);
});

test("of a question that an exercise asks again, the last three are kept; an answer that is left is not", async () => {
  const page = await openExercise("weakness-pressure-test", {});
  for (let nth = 0; nth < 3; nth++) {
    const turn = page.locator(".run-shape .q");
    await turn.first().waitFor();
    await answer(page, 400, "1");
  }
  await page.getByRole("button", { name: "Start" }).click();
  await page.waitForTimeout(500);
  await endHere(page);
  await page.locator(".exercise[data-print]").waitFor();
  await page.waitForTimeout(1_000);
  const { attempts, audio } = await kept(page);
  assert.deepEqual([attempts.filter(({ audio }) => audio).length, (await stored(page)).sounds.length, (await stored(page)).pieces], [audio.length, audio.length, 0]);
  assert.ok(audio.length >= 1);
});
