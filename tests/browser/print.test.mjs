// Paper: pages counted on A4 and US Letter, fonts embedded, tables whole.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, build, folder, host, pages, program, site } from "./browser.mjs";
import { formats, headingsOf, lonely, tool } from "./paper.mjs";

let chromium, server, page, out;

before(async () => {
  server = await host(site());
  chromium = await browser();
  page = await chromium.newPage();
  out = folder();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const printed = async (page, format) => {
  const path = join(out, "page.pdf");
  writeFileSync(path, await page.pdf({ format, preferCSSPageSize: true, tagged: true }));
  const info = tool("pdfinfo", path);
  return { path, count: Number(/Pages:\s+(\d+)/.exec(info)[1]), tagged: /Tagged:\s+yes/.test(info) };
};

const print = async (name, format) => {
  await page.goto(server.url + name);
  return printed(page, format);
};

const sheet = "cheat-sheet/index.html";
const px = 96 / 25.4;
// The safe box: the width of A4 and the height of Letter, less the margins.
const box = { width: { A4: 186, Letter: 191.9 }, height: 255.4 };

/** How much of the safe box each side takes, and what is printed smallest, in points. */
const measured = () => page.evaluate(({ px, height }) => {
  const sides = [...document.querySelectorAll(".side")].filter((side) => side.getClientRects().length);
  const texts = [...document.querySelectorAll(".side *")].filter((element) => element.getClientRects().length && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return {
    shares: sides.map((side) => side.getBoundingClientRect().height / px / height),
    wide: sides.some((side) => side.scrollWidth > side.clientWidth),
    smallest: Math.min(...texts.map((element) => parseFloat(getComputedStyle(element).fontSize))) * 72 / 96,
  };
}, { px, height: box.height });

/** Runs with the page as wide as the paper inside its margins, in its printed style. */
const onPaper = async (format, run) => {
  await page.setViewportSize({ width: Math.round(box.width[format] * px), height: 1000 });
  await page.emulateMedia({ media: "print" });
  try {
    await run();
  } finally {
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
};

const assertFits = ({ shares, wide, smallest }, what) => {
  assert.ok(shares.length > 0 && shares.length <= 2, `${what}: ${shares.length} sides`);
  for (const share of shares) assert.ok(share <= 0.97, `${what}: ${(share * 100).toFixed(1)} % of a side`);
  assert.ok(!wide, `${what}: too wide`);
  assert.ok(smallest >= 8.5, `${what}: ${smallest} pt`);
};

/** Every choice of one thing on the cheat sheet, and of a company with a theme, as queries. */
const choices = async () => {
  await page.goto(server.url + sheet);
  return page.evaluate(() => {
    const options = (name) => [...document.querySelectorAll(`.chooser [name="${name}"] option`)].map((option) => option.value).filter(Boolean);
    const [companies, themes] = [options("company"), options("theme")];
    return [
      ...companies.map((one) => `?company=${one}`),
      ...themes.map((one) => `?theme=${one}`),
      ...Array.from(document.querySelectorAll('.chooser [name="table"]'), (table) => `?without=${table.value}`),
      ...companies.map((one, nth) => `?company=${one}&theme=${themes[nth % themes.length]}`),
    ];
  });
};

test("browsers that cannot print what is folded get it unfolded, and folded again", async () => {
  const old = await chromium.newPage();
  await old.addInitScript(() => {
    const { supports } = CSS;
    CSS.supports = (...asked) => !asked.join().includes("::details-content") && supports.apply(CSS, asked);
  });
  await old.goto(`${server.url}questions/incomplete-information/index.html`);
  const rows = old.locator(".follow-up");
  await rows.first().locator("summary").click();
  const open = () => old.locator(".follow-up[open]").count();
  assert.equal(await open(), 1);
  await old.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await open(), await rows.count());
  await old.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await open(), 1);
  await old.close();
});

test("what WebKit gets on paper asks for no columns, and sets the halves of the cheat sheet side by side without a grid", async () => {
  const asWebKit = await chromium.newPage({ serviceWorkers: "block" });
  await asWebKit.route("**/paper*.css", async (route) => {
    const response = await route.fetch();
    const style = await response.text();
    assert.ok(style.includes("@supports (-webkit-hyphens: none)"));
    await route.fulfill({ response, body: style.replaceAll("@supports (-webkit-hyphens: none)", "@supports (color: red)") });
  });
  await asWebKit.emulateMedia({ media: "print" });
  await asWebKit.setViewportSize({ width: Math.round(box.width.A4 * px), height: 1000 });
  for (const name of [sheet, "companies/amazon/index.html", "questions/difficult-person/index.html", "all/index.html", "weak-answers/index.html"]) {
    await asWebKit.goto(server.url + name);
    assert.deepEqual(await asWebKit.evaluate(() => [...document.querySelectorAll("main, main *")].filter((one) => getComputedStyle(one).columnCount !== "auto").map((one) => one.className)), [], name);
  }
  await asWebKit.goto(server.url + sheet);
  const sides = await asWebKit.evaluate(() => [...document.querySelectorAll(".sheets")].map((side) => {
    const { left, right } = side.getBoundingClientRect();
    const halves = [...side.querySelectorAll(".sheet:not(.full)")].map((half) => half.getBoundingClientRect());
    return { display: getComputedStyle(side).display, left, right, halves: halves.map(({ left, right, top }) => ({ left, right, top })) };
  }));
  assert.ok(sides.some(({ halves }) => halves.length > 1));
  for (const { display, left, right, halves } of sides) {
    assert.equal(display, "block");
    for (const [nth, half] of halves.entries()) {
      if (nth % 2 === 0) assert.ok(Math.abs(half.left - left) < 1, `${half.left} px, not ${left}`);
      else {
        assert.ok(Math.abs(half.right - right) < 1, `${half.right} px, not ${right}`);
        assert.equal(half.top, halves[nth - 1].top);
      }
    }
  }
  assert.equal((await printed(asWebKit, "A4")).count, 2);
  await asWebKit.close();
});

for (const format of formats) {
  test(`the cheat sheet is two whole pages on ${format}`, async () => {
    const { path, count, tagged } = await print(sheet, format);
    assert.equal(count, 2);
    assert.ok(tagged);
    const fonts = tool("pdffonts", path).split("\n").slice(2).filter(Boolean);
    assert.ok(fonts.length > 0);
    for (const font of fonts) {
      assert.ok(!font.includes("Type 3"), font);
      assert.match(font, /\byes\s+(yes|no)\s+(yes|no)\b/, font);
    }
    const text = tool("pdftotext", "-layout", path, "-");
    assert.ok(!/\bSearch\b|\bMenu\b|\bChoose\b|Print the sheet/.test(text));
    const sheets = await page.evaluate(() => [...document.querySelectorAll("main table")].map((table) => {
      const labels = [...table.querySelectorAll("tbody tr > :first-child")].map((cell) => cell.innerText.trim().split(/\s+/).slice(0, 2).join(" ")).filter(Boolean);
      return [labels[0], labels.at(-1)];
    }));
    const sides = text.split("\f");
    for (const labels of sheets) {
      assert.ok(sides.some((side) => labels.every((label) => side.replace(/\s+/g, " ").includes(label))), `a table is cut: ${labels}`);
    }
  });

  test(`the cheat sheet stays two pages in the dark, without its fonts and without scripts on ${format}`, async () => {
    const dark = await chromium.newPage();
    await dark.addInitScript(() => localStorage.setItem("prepbook:theme", "dark"));
    await dark.goto(server.url + sheet);
    assert.equal(await dark.locator("html").getAttribute("data-theme"), "dark");
    assert.equal((await printed(dark, format)).count, 2);
    await dark.emulateMedia({ media: "print" });
    assert.deepEqual(await dark.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]), ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    await dark.close();

    const fontless = await chromium.newPage();
    let blocked = 0;
    await fontless.route("**/*.woff2", (route) => {
      blocked += 1;
      return route.abort();
    });
    await fontless.goto(server.url + sheet);
    assert.equal((await printed(fontless, format)).count, 2);
    assert.ok(blocked > 0);
    await fontless.close();

    const still = await chromium.newContext({ javaScriptEnabled: false });
    const plain = await still.newPage();
    await plain.goto(server.url + sheet);
    assert.ok(await plain.locator(".chooser, #print, #chosen").evaluateAll((all) => all.every((one) => !one.getClientRects().length)));
    assert.equal((await printed(plain, format)).count, 2);
    await still.close();
  });

  test(`each side of the cheat sheet leaves room on ${format}, whatever is chosen`, async () => {
    const queries = ["", ...(await choices())];
    assert.ok(queries.length > 30, `${queries.length} choices`);
    await onPaper(format, async () => {
      for (const query of queries) {
        await page.goto(server.url + sheet + query);
        if (/company=|theme=/.test(query)) await page.locator(".focus").first().waitFor();
        assertFits(await measured(), query);
      }
    });
    for (const query of queries.filter((query) => /^\?company=[^&]+$/.test(query)).concat("?theme=collaboration-communication", "?without=question-type-quick-reference")) {
      const { count } = await print(sheet + query, format);
      assert.equal(count, 2, query);
    }
  });

  test(`what is made one's own prints on one page with room to write on ${format}`, async () => {
    for (const [name, rows, least] of [["lp-mapping", 16, 12], ["story-coverage-matrix", 11, 17]]) {
      const { count } = await print(`cheat-sheet/${name}/index.html`, format);
      assert.equal(count, 1, name);
      await onPaper(format, async () => {
        const cells = await page.locator(".write td:empty").evaluateAll((all, px) => all.map((one) => [one.offsetWidth / px, one.offsetHeight / px]), px);
        assert.ok(cells.length >= rows, name);
        for (const [width, height] of cells) assert.ok(width > 40 && height >= least - 0.5, `${name}: ${width.toFixed(0)} x ${height.toFixed(0)} mm`);
      });
    }
    await onPaper(format, async () => {
      await page.goto(server.url + sheet);
      const cells = await page.locator(".side .write td:empty").evaluateAll((all, px) => all.map((one) => one.offsetHeight / px), px);
      assert.equal(cells.length, 24);
      for (const height of cells) assert.ok(height >= 10.5, `${height} mm`);
    });
  });

  test(`a new handbook's sheets to fill in have room to write on ${format}`, async () => {
    const root = folder();
    execFileSync(program, ["init", root]);
    const sheet = (name, more) => writeFileSync(join(root, `content/cheat-sheets/${name}.yaml`), `title: ${name}\n${more}`);
    sheet("two-columns", 'columns: [To whom, My question]\nrows: [[The lead, ""], [The owner, ""]]\n');
    sheet("three-columns", 'columns: [Day, What I said aloud, Next]\nrows: [[Monday, "", ""], [Tuesday, "", ""]]\n');
    sheet("on-a-side", 'side: 1\norder: 9\ncolumns: [A question, My figure]\nrows: [["A mistake that I owned up to", ""], ["A day that went well", ""]]\n');
    const out = join(root, "output");
    build(root, out);
    for (const [path, cells, least] of [["two-columns/", 2, 115], ["three-columns/", 4, 55], ["", 2, 115]]) {
      await onPaper(format, async () => {
        await page.goto(pathToFileURL(join(out, `cheat-sheet/${path}index.html`)).href);
        const widths = await page.locator(".write td:empty").evaluateAll((all, px) => all.map((one) => one.offsetWidth / px), px);
        assert.equal(widths.length, cells, path);
        for (const width of widths) assert.ok(width >= least && Math.abs(width - widths[0]) < 1, `${path}: ${widths.map(Math.round)} mm`);
        const [head, cell] = await page.locator(".write :is(thead th, td):nth-child(2)").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left + parseFloat(getComputedStyle(one).paddingLeft)));
        assert.equal(head, cell, path);
      });
    }
  });

  test(`below each point to make one's own there is a line to write on, on ${format}`, async () => {
    await page.goto(`${server.url}questions/incomplete-information/index.html`);
    await page.emulateMedia({ media: "print" });
    const rooms = await page.locator(".swap > li").evaluateAll((all) => all.map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return one.getBoundingClientRect().bottom - range.getBoundingClientRect().bottom;
    }));
    await page.emulateMedia({ media: null });
    const millimetres = rooms.map((room) => (room * 25.4) / 96);
    assert.ok(rooms.length > 2 && millimetres.every((room) => room >= 4.8), `${millimetres}`);
  });

  test(`folded follow-ups are printed open on ${format}`, async () => {
    const { path } = await print("questions/incomplete-information/index.html", format);
    const answers = await page.locator(".follow-up > div").evaluateAll((all) => all.map((one) => one.textContent.trim().split(/\s+/).slice(0, 3).join(" ")));
    assert.equal(await page.locator(".follow-up[open]").count(), 0);
    const text = tool("pdftotext", path, "-").replace(/\s+/g, " ");
    assert.ok(answers.length > 0);
    for (const words of answers) assert.ok(text.includes(words), words);
  });

  test(`questions take at most two pages, three with a second answer or levels, companies three, Amazon five, checkpoints one, and no heading stands alone, on ${format}`, async () => {
    const limits = [[/^questions\/[^/]+\//, 2], [/^companies\/amazon\/index/, 5], [/^companies\/[^/]+\/index/, 3], [/^companies\/[^/]+\/[^/]+\//, 1], [/^plan\/[^/]+\//, 1], [/^tracks\/[^/]+\//, 1]];
    const over = [];
    const alone = [];
    for (const name of pages()) {
      const limit = limits.find(([pattern]) => pattern.test(name));
      if (!limit) continue;
      const { path, count } = await print(name, format);
      alone.push(...lonely(path, await headingsOf(page)).map((heading) => `${name}, ${heading}`));
      const more = [(await page.locator(".answer").count()) > 1, (await page.locator(".level").count()) > 0].filter(Boolean).length;
      if (count > limit[1] + more) over.push(`${name}: ${count} pages`);
    }
    for (const name of pages().filter((name) => /^(guides|themes|interviews|frameworks\/star)/.test(name))) {
      const { path } = await print(name, format);
      alone.push(...lonely(path, await headingsOf(page)).map((heading) => `${name}, ${heading}`));
    }
    assert.deepEqual(over, []);
    assert.deepEqual(alone, []);
  });

  test(`the print edition begins its chapters on new pages and turns its matrices on ${format}`, async () => {
    const { path, count, tagged } = await print("print/index.html", format);
    assert.ok(tagged);
    const titles = await page.locator(".chapter > h2").allInnerTexts();
    assert.ok(titles.length > 20, `${titles.length} chapters`);
    const pages = tool("pdftotext", "-layout", path, "-").split("\f").map((text) => text.trim().replace(/\s+/g, " "));
    for (const title of titles) assert.ok(pages.some((text) => text.startsWith(title.replace(/\s+/g, " "))), title);
    const sizes = [...tool("pdfinfo", "-f", "1", "-l", String(count), path).matchAll(/size:\s+([\d.]+) x ([\d.]+)/g)];
    const turned = sizes.filter(([, width, height]) => Number(width) > Number(height));
    assert.equal(turned.length, 2);
    assert.ok(!/\bMenu\b|Skip to/.test(pages.join(" ")));
  });
}
