// What is kept in the browser: apart for each handbook, and nothing of before is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Storage, core } from "./scripts.mjs";

const page = (address, home, localStorage) => core({ address, home, storage: { localStorage } });

test("a page has one address on a host, and that of its file on a disk", () => {
  const hosted = page("https://example.org/one/questions/weakness/", "../../index.html", new Storage()).prepbook.addressOf;
  assert.equal(hosted("questions/index.html?company=x#list"), "https://example.org/one/questions/?company=x#list");
  assert.equal(hosted("https://example.org/one/index.html"), "https://example.org/one/");
  assert.equal(hosted("https://example.org/one/questions/"), "https://example.org/one/questions/");
  assert.equal(hosted("questions/index.html?from=/index.html#/index.html"), "https://example.org/one/questions/?from=/index.html#/index.html");
  assert.equal(hosted("questions/?from=/index.html"), "https://example.org/one/questions/?from=/index.html");
  // Of another handbook, of another host, or no page's file.
  for (const other of ["https://example.org/two/index.html", "https://example.net/one/index.html", "https://example.org/one/404.html", "https://example.org/one/my-index.html"]) assert.equal(hosted(other), other);
  const onDisk = page("file:///books/one/plan/day-3/index.html", "../../index.html", new Storage()).prepbook.addressOf;
  assert.equal(onDisk("questions/index.html#list"), "file:///books/one/questions/index.html#list");
});

test("who comes by the address of a file goes on with the page's own", () => {
  const told = [];
  const history = { state: { run: 1 }, replaceState: (...all) => told.push(all) };
  core({ address: "https://example.org/one/questions/index.html?a=b#c", home: "../index.html", storage: { localStorage: new Storage() }, history });
  core({ address: "https://example.org/one/questions/?a=b#c", home: "../index.html", storage: { localStorage: new Storage() }, history });
  core({ address: "file:///one/questions/index.html", home: "../index.html", storage: { localStorage: new Storage() }, history });
  assert.deepEqual(told, [[{ run: 1 }, "", "https://example.org/one/questions/?a=b#c"]]);
});

test("two handbooks of one host keep apart, all pages of one share", () => {
  const storage = new Storage();
  const one = page("https://example.org/one/questions/weakness/", "../../index.html", storage);
  const other = page("https://example.org/two/index.html", "index.html", storage);
  one.prepbook.keep("theme", "dark");
  assert.equal(other.prepbook.kept("theme"), null);
  assert.equal(page("https://example.org/one/", "index.html", storage).prepbook.kept("theme"), "dark");
  assert.equal(page("https://example.org/", "index.html", storage).prepbook.kept("theme"), null);
  one.prepbook.keep("theme", null);
  assert.equal(one.prepbook.kept("theme"), null);
});

test("handbooks on a disk keep apart", () => {
  const storage = new Storage();
  page("file:///books/one/plan/day-3/index.html", "../../index.html", storage).prepbook.keep("keys", "off");
  assert.equal(page("file:///books/two/index.html", "index.html", storage).prepbook.kept("keys"), null);
  assert.equal(page("file:///books/one/index.html", "index.html", storage).prepbook.kept("keys"), "off");
});

test("what handbooks shared before comes over to each of them, once", () => {
  const storage = new Storage();
  storage.setItem("prepbook:theme", "dark");
  storage.setItem("prepbook:keys", "off");
  storage.setItem("prepbook:visited", '["index.html"]');
  storage.setItem("prepbook:cheat-sheet", "company=amazon");
  storage.setItem("prepbook:mine", "a story");
  const visit = (name) => page(`https://example.org/${name}/`, "index.html", storage);
  for (const name of ["one", "two"]) {
    const { prepbook, attributes } = visit(name);
    assert.deepEqual(["theme", "keys", "visited", "cheat-sheet"].map(prepbook.kept), ["dark", "off", '["index.html"]', "company=amazon"], name);
    assert.deepEqual([...attributes], [["data-theme", "dark"], ["data-no-keys", ""]]);
  }
  visit("one").prepbook.keep("theme", null);
  const { prepbook, attributes } = visit("one");
  assert.equal(prepbook.kept("theme"), null);
  assert.equal(attributes.get("data-theme"), undefined);
  assert.equal(visit("two").prepbook.kept("theme"), "dark");
  assert.equal(storage.getItem("prepbook:mine"), "a story");
});

test("a choice made meanwhile stands above what was shared before", () => {
  const storage = new Storage();
  storage.setItem("prepbook:theme", "dark");
  storage.setItem("prepbook /one/ theme", "light");
  assert.equal(page("https://example.org/one/", "index.html", storage).prepbook.kept("theme"), "light");
});

test("storage that is switched off or full breaks nothing", () => {
  const off = core({ address: "https://example.org/", home: "index.html", storage: { get localStorage() { throw new Error("off"); } } });
  off.prepbook.keep("theme", "dark");
  assert.equal(off.prepbook.kept("theme"), null);

  const full = new Storage();
  full.setItem("prepbook:theme", "dark");
  const { setItem } = full;
  full.setItem = () => { throw new Error("full"); };
  page("https://example.org/one/", "index.html", full).prepbook.keep("theme", "light");
  full.setItem = setItem;
  assert.equal(page("https://example.org/one/", "index.html", full).prepbook.kept("theme"), "dark");
});

test("a message is filled with values, and a number chooses its form", () => {
  const { word, worded } = core({ address: "https://example.org/", home: "index.html", storage: { localStorage: new Storage() }, lang: "de" }).prepbook;
  assert.equal(word("{n} von {all}", { n: 3, all: "vier" }), "3 von vier");
  const days = { one: "ein Tag", other: "{n} Tage" };
  assert.equal(word(days, { n: 1 }), "ein Tag");
  assert.equal(word(days, { n: 12345 }), "12.345 Tage");
  assert.equal(word("{n} MB", { n: 1.5 }), "1,5 MB");
  // A brace that is no place, and a value that is not there.
  assert.equal(word("{ n } {x}", {}), "{ n } ");
  const link = { href: "#" };
  assert.deepEqual([...worded("Siehe {link}.", { link })], ["Siehe ", link, "."]);
});
