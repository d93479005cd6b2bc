// What the tests of scripts share: classic scripts loaded without a browser.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { parse } from "yaml";

export const repository = fileURLToPath(new URL("../../", import.meta.url));
const assets = join(repository, "themes/default/assets");
/** The program under test. */
export const program = process.env.PREPBOOK ?? join(repository, "target/release/prepbook");

const made = [];
process.on("exit", () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A new temporary folder; removed at the end. */
export const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "prepbook-"));
  made.push(path);
  return path;
};

/** Files of a built handbook, by their names. */
export const built = (root, names) => {
  const out = folder();
  execFileSync(program, ["--root", root, "-q", "build", "-o", join(out, "site")]);
  return names.map((name) => readFileSync(join(out, "site", name), "utf8"));
};
/** The search data of a handbook, as a script. */
export const searchData = (root) => built(root, ["search-data.js"])[0];
/** What practice tools know of a handbook. */
export const practiceData = (root) => {
  const prepbook = {};
  vm.runInNewContext(built(root, ["practice-data.js"])[0], { prepbook });
  return JSON.parse(JSON.stringify(prepbook.handbook));
};

/** The rules of spoken texts, as the program publishes them. */
export const rules = () => {
  const read = (name) => JSON.parse(readFileSync(join(repository, "src/model", name), "utf8"));
  return { ...read("speech.json"), languages: { de: read("speech/de.json"), en: read("speech/en.json") } };
};

/** Storage as browsers have it. */
export class Storage {
  #values = new Map();
  getItem = (key) => this.#values.get(key) ?? null;
  setItem = (key, value) => void this.#values.set(key, String(value));
  removeItem = (key) => void this.#values.delete(key);
  keys = () => [...this.#values.keys()].sort();
}

/** The words of the interface by language, as `group.word`: texts, or texts by plural form. */
export const words = (language) => {
  const groups = Object.entries(parse(readFileSync(join(repository, `themes/default/words/${language}.yaml`), "utf8")));
  return Object.fromEntries(groups.flatMap(([group, inside]) => Object.entries(inside).map(([word, message]) => [`${group}.${word}`, message])));
};
const english = words("en");
/** A script of the site theme as the build leaves it: with messages in the place of their keys. */
export const source = (name, messages = english) =>
  readFileSync(join(assets, name), "utf8").replaceAll(/(?<![\w$]|(?<!\.\.)\.)(word|worded)\(\s*(['"])(.+?)\2\s*([,)])/g, (_, call, __, key, end) => {
    if (!(key in messages)) throw new Error(`${name}: there is no word ${key}`);
    const message = JSON.stringify(messages[key]);
    return call === "word" && end === ")" ? message : `${call}(${message}${end}`;
  });

/** Runs core.js as the page at an address would; gives what it leaves, and the root element's attributes. */
export const core = ({ address, home, storage, history = { replaceState: () => {} }, lang = "en", messages = english }) => {
  const attributes = new Map();
  const documentElement = {
    lang,
    setAttribute: (name, value) => attributes.set(name, value),
    removeAttribute: (name) => attributes.delete(name),
    toggleAttribute: (name, on) => (on ? attributes.set(name, "") : attributes.delete(name)),
  };
  const self = {
    document: { documentElement, currentScript: { dataset: { home } } },
    location: new URL(address),
    history,
    navigator: {},
    addEventListener: () => {},
    URL,
  };
  // As it is, also when reading it fails.
  Object.defineProperties(self, Object.getOwnPropertyDescriptors(storage));
  self.self = self;
  vm.runInNewContext(source("core.js", messages), self);
  return { prepbook: self.prepbook, attributes };
};

/** Loads search with its data. Every look-up in the index is noted in `lookUps`, with how many words of pages it has weighed. */
export const search = async (data) => {
  const lookUps = [];
  const self = { prepbook: {}, setTimeout };
  self.self = self;
  vm.createContext(self);
  const run = (name) => vm.runInContext(source(name), self, { filename: name });
  run("vendor/minisearch.js");
  const { MiniSearch } = self;
  self.MiniSearch = class extends MiniSearch {
    search(word, options) {
      const hits = super.search(word, options);
      const weighed = hits.reduce((sum, { match }) => sum + Object.values(match).reduce((fields, { length }) => fields + length, 0), 0);
      lookUps.push({ word, ...options, weighed });
      return hits;
    }
  };
  vm.runInContext(data, self);
  run("search.js");
  await self.prepbook.search.ready;
  return { ...self.prepbook.search, lookUps };
};

/** What records.js leaves. */
export const records = () => script("records.js").records;

/** Runs a script that needs no page, with the messages of a language; gives what it leaves in `prepbook`. */
export const script = (name, prepbook = {}, messages = english) => {
  const { word, worded } = core({ address: "https://example.org/", home: "index.html", storage: {} }).prepbook;
  prepbook = Object.assign(prepbook, { word, worded });
  const self = { prepbook, structuredClone, URL, TextEncoder, TextDecoder, Blob, CompressionStream, DecompressionStream, btoa, atob };
  vm.runInNewContext(source(name, messages), self, { filename: name });
  return prepbook;
};

/** Chance that a seed repeats: sfc32. */
export const random = (seed) => {
  let [a, b, c, d] = [seed ^ 0x9e3779b9, seed ^ 0x243f6a88, seed ^ 0xb7e15162, 1];
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let n = 0; n < 12; n++) next();
  return { next, below: (end) => Math.floor(next() * end) };
};
