// Search without a browser: what a query finds, and how little work the worst of them is.
import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { folder, repository, search, searchData } from "./scripts.mjs";

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

/** So many distinct words of eight letters in a row, from the nth on: `wrdaaaaa wrdaaaab …`. */
const distinctWords = (from, count) => {
  const word = (nth) => "wrd" + String.fromCharCode(...[26 ** 4, 26 ** 3, 26 ** 2, 26, 1].map((place) => 97 + (Math.floor(nth / place) % 26)));
  return Array.from({ length: count }, (_, nth) => word(from + nth)).join(" ");
};

test("three guides of 3.9 MB of distinct words each are built, and their words found", async () => {
  const root = folder();
  const count = 433_000;
  cpSync(join(repository, "src/starter/handbook/content"), join(root, "content"), { recursive: true });
  for (const nth of [0, 1, 2]) {
    const text = `---\ntitle: Words ${nth}\norder: ${nth + 3}\nsummary: Many words.\nrelated: ["guide:words-${(nth + 1) % 3}", "question:creaking-bicycle", "theme:at-the-stand"]\n---\n\n${distinctWords(nth * count, count)}\n`;
    assert.ok(text.length > 3_890_000);
    writeFileSync(join(root, `content/guides/words-${nth}.md`), text);
  }
  const { find } = await search(searchData(root));
  for (const nth of [0, 1, 2]) {
    for (const place of [0, 1, 234_567, count - 1]) {
      const word = distinctWords(nth * count + place, 1);
      assert.equal(find(word)[0]?.page.title, `Words ${nth}`, word);
    }
  }
});
