// Search without a browser: what a query finds, and how little work the worst of them is.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { folder, repository, search, searchData } from "./scripts.mjs";

const queries = JSON.parse(readFileSync(join(repository, "tests/search-queries.json"), "utf8"));

let handbook;
before(async () => (handbook = await search(searchData(repository))));

const titles = (query) => handbook.find(query).map(({ page }) => page.title);

test("pages have their addresses, titles, words and neighbours", () => {
  const weakness = handbook.pages.find(({ url }) => url === "questions/greatest-weakness/index.html");
  assert.equal(weakness.title, "What is your greatest weakness?");
  assert.equal(weakness.number, 4);
  assert.equal(weakness.group.kind, "question");
  assert.ok(handbook.wordsOf(weakness.text).includes("hyperparameters"));
  assert.equal(handbook.pages[weakness.about[0]].group.kind, "theme");
  assert.equal(new Set(handbook.pages.map(({ url }) => url)).size, handbook.pages.length);
});

test("fields of plain text are found as Markdown is", () => {
  // What can be said of a framework's part, a source's publisher, what a company writes down.
  const has = (url, word) => handbook.wordsOf(handbook.pages.find((page) => page.url === url).text).includes(word);
  assert.ok(has("frameworks/star/index.html", "parcel"));
  assert.ok(has("sources/index.html#engineers-of-ai", "engineersofai"));
});

test("one and two letters before the last word need not be there", () => {
  assert.ok(titles("handled a conflict").length > 0);
  assert.deepEqual(titles("a b weakness")[0], titles("weakness")[0]);
  assert.ok(titles("w").length > 0);
});

test("a known word is found with its plural, an unknown one with two slips", () => {
  assert.ok(titles("weaknes").some((title) => /weakness/i.test(title)));
  assert.ok(titles("greatst weeknes").some((title) => /greatest weakness/.test(title)));
  assert.equal(titles("xqzvwkjx").length, 0);
});

test("what candidates type leads to its page, first or second", () => {
  const queries = JSON.parse(readFileSync(join(repository, "tests/search-queries.json"), "utf8"));
  const missed = queries.filter(({ query, pages }) => !handbook.find(query).slice(0, 2).some(({ page }) => pages.includes(page.url)));
  assert.deepEqual(missed.map(({ query }) => `${query}: ${titles(query).slice(0, 3).join(" | ")}`), []);
});

test("words around what is looked for need not stand on its page", () => {
  assert.deepEqual(titles("how to answer greatest weakness")[0], titles("greatest weakness")[0]);
  assert.ok(titles("interview questions").length > 0);
});

test("sources stand behind the pages that name them", () => {
  const kinds = handbook.find("meta values").map(({ page }) => page.group.kind);
  assert.ok(kinds.includes("source"));
  assert.ok(kinds.indexOf("company") < kinds.indexOf("source"));
});

const worst = {
  "a pasted page": "tell me about a time when you failed at something and what you did then. ".repeat(52),
  "one long word": "x".repeat(3700),
  "a word of 200 letters of the handbook": "weakness".repeat(25),
  "many letters": "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(70),
  "many beginnings": "ab co de in re un st pr tr pe ma le ".repeat(100),
  "many known words": "weakness mistake project leadership conflict decision priority ambiguity customer feedback stakeholder deployment ".repeat(30),
  "many misspelt words": "weaknnsss misttakke projjecct leaddershp connflicct decissioon prioritti ambigguiti customrrs feedbakks stakehollder deploymennt ".repeat(30),
  "many digits": "1234567890".repeat(370),
  "many numbers": "1 22 333 4444 55555 ".repeat(180),
  "astral letters": "𝔸𝔹ℂ😀".repeat(900),
  "half of an astral letter at the end": `${"x".repeat(199)}😀`,
  "marks on marks": "e\u0301\u0302\u0303\u0304".repeat(740),
  "letters that become eighteen": "\ufdfa".repeat(3700),
  "right to left": "שלום עולם ".repeat(370),
  "only separators": " .,-…\t\n".repeat(520),
  "only apostrophes": "'s ’s ' ".repeat(460),
};
for (const [name, query] of Object.entries(worst)) {
  test(`little work: ${name}`, () => {
    handbook.lookUps.length = 0;
    handbook.find(query);
    const { lookUps } = handbook;
    // The words, and them once more with letters put straight.
    assert.ok(lookUps.length <= 24, `${lookUps.length} words are looked up`);
    // What is dear: many slips, and the beginnings of one or two letters.
    assert.ok(lookUps.filter(({ fuzzy }) => fuzzy > 1).length <= 2, "words with two slips");
    assert.ok(lookUps.filter(({ word, prefix }) => prefix && word.length < 3).length <= 1, "short beginnings");
    const longest = Math.max(0, ...lookUps.filter(({ fuzzy }) => fuzzy).map(({ word }) => word.length));
    assert.ok(longest <= 40, `a word of ${longest} letters is compared with others`);
    assert.equal(handbook.find(query).length, handbook.find(query.slice(0, 200)).length);
  });
}

test("typing on looks up the word that changed, and going back none", () => {
  const query = "disagreed with your manager";
  for (let end = 1; end <= query.length; end += 1) {
    handbook.lookUps.length = 0;
    handbook.find(query.slice(0, end));
    // The word itself, with letters put straight, and the one before, which may go on no longer.
    assert.ok(handbook.lookUps.length <= 3, query.slice(0, end));
  }
  handbook.lookUps.length = 0;
  for (let end = query.length; end > 0; end -= 1) handbook.find(query.slice(0, end));
  assert.deepEqual(handbook.lookUps, []);
});

/** Search in the starter's handbook with a guide for each text, `Words 0`, `Words 1` and so on. */
const searchWith = async (texts) => {
  const root = folder();
  cpSync(join(repository, "src/starter/handbook/content"), join(root, "content"), { recursive: true });
  for (const [nth, text] of texts.entries()) {
    const related = `["guide:words-${(nth + 1) % texts.length}", "question:creaking-bicycle", "theme:at-the-stand"]`;
    writeFileSync(join(root, `content/guides/words-${nth}.md`), `---\ntitle: Words ${nth}\norder: ${nth + 3}\nsummary: Many words.\nrelated: ${related}\n---\n\n${text}\n`);
  }
  return search(searchData(root));
};
const letters = [..."abcdefghijklmnopqrstuvwxyz"];

test("a page that holds a word comes before those with many like it, also among other words", async () => {
  const like = letters.flatMap((letter) => [`qwerty${letter}p`, `qwert${letter}xp`, `qwer${letter}yxp`]).filter((word) => word !== "qwertyxp");
  const { find } = await searchWith([`${like.join(" ")} zither`, "A qwertyxp, and a zither.", "qwertyxps zither", `${like.join(" ")}s`]);
  const found = (query) => Array.from(find(query), ({ page }) => page.title).filter((title) => title.startsWith("Words"));
  assert.deepEqual(found("qwertyxp").slice(0, 2).sort(), ["Words 1", "Words 2"]);
  assert.deepEqual(found("qwertyxp").slice(2).sort(), ["Words 0", "Words 3"]);
  // One of several is the same word.
  assert.deepEqual(found("qwertyxps").slice(0, 2).sort(), ["Words 1", "Words 2"]);
  assert.deepEqual(found("zither qwertyxp").slice(0, 2).sort(), ["Words 1", "Words 2"]);
  assert.equal(found("zither qwertyxp")[2], "Words 0");
});

/** The nth of the 456,976 words of five letters that begin with this one. */
const word = (first, nth) => first + [26 ** 3, 26 ** 2, 26, 1].map((place) => letters[Math.floor(nth / place) % 26]).join("");

test("three guides of 384,000 distinct words each are built, and their words found", async () => {
  const count = 384_000;
  const first = ["x", "y", "z"];
  const { find } = await searchWith(first.map((first) => Array.from({ length: count }, (_, nth) => word(first, nth)).join(" ")));
  for (const [nth, letter] of first.entries()) {
    for (const place of [0, 1, 234_567, count - 1]) assert.equal(find(word(letter, place))[0]?.page.title, `Words ${nth}`, word(letter, place));
  }
});

test("words are found however they are written", async () => {
  const project = folder();
  const write = (id, text) => writeFileSync(join(project, "content/guides", `${id}.md`), `---\ntitle: ${text}\norder: 9\nsummary: One more.\n---\n\nText.\n`);
  cpSync(join(repository, "src/starter/handbook/content"), join(project, "content"), { recursive: true });
  write("one", "A trade-off of zebras");
  write("two", "The tradeoff of zebus");
  write("three", "CI/CD with GPT-4");
  write("four", "Cafe\u0301 re\u0301sume\u0301");
  write("five", "急ブレーキの点検");
  const made = await search(searchData(project));
  const found = (query) => made.find(query).map(({ page }) => page.url.split("/")[1]);
  const both = (query) => ["one", "two"].every((id) => found(query).includes(id));
  assert.ok(both("tradeoff") && both("trade-off"));
  for (const query of ["cicd", "ci/cd", "gpt4", "gpt-4", "GPT 4"]) assert.equal(found(query)[0], "three", query);
  for (const query of ["café résumé", "cafe\u0301", "resume"]) assert.ok(found(query).includes("four"), query);
  for (const query of ["ブレーキ", "点検", "急ブレーキの点検", "フ\u3099レーキ"]) assert.ok(found(query).includes("five"), query);
});

test("a letter that is typed weighs few words of pages, the first letter too", async () => {
  // A thousand take a few milliseconds of a frame of 16.
  const MOST = 2_500;
  const { find, lookUps } = await search(searchData(repository));
  const heavy = [];
  let letters = 0;
  const slips = (query) => query.replace(/(\p{L}\p{L})(\p{L})(\p{L})/gu, "$1$3$2");
  const asked = queries.flatMap(({ query }) => [query, slips(query)]);
  // A page that is pasted, and a word without an end.
  asked.push(queries.map(({ query }) => query).join(" "), "internationalisation".repeat(50));
  for (const query of asked) {
    for (let length = 1; length <= Math.min(query.length, 220); length += 1) {
      lookUps.length = 0;
      find(query.slice(0, length));
      letters += 1;
      const weighed = lookUps.reduce((sum, one) => sum + one.weighed, 0);
      if (weighed > MOST) heavy.push([query.slice(0, length), weighed]);
    }
  }
  assert.ok(letters > 500, `${letters}`);
  assert.deepEqual(heavy, []);
});
