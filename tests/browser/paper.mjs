// What the tests of paper share: printed files as readers get them, counted and searched.
import { execFileSync } from "node:child_process";

export const formats = ["A4", "Letter"];

/** Runs a tool of poppler. */
export const tool = (name, ...args) => execFileSync(name, args, { encoding: "utf8", maxBuffer: 1 << 26 });

/** The text of each page, with single spaces. */
export const pagesOf = (pdf) => tool("pdftotext", "-layout", pdf, "-").split("\f").slice(0, -1).map((text) => text.trim().replace(/\s+/g, " "));

const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };

/** The lines of each page from the top: their words and where they stand, in points. */
const linesOf = (pdf) =>
  tool("pdftotext", "-bbox-layout", pdf, "-")
    .split("<page ")
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^]*?)<\/line>/g)].map(([, left, top, right, bottom, words]) => ({
        left: Number(left),
        top: Number(top),
        right: Number(right),
        bottom: Number(bottom),
        text: [...words.matchAll(/<word [^>]*>([^<]*)<\/word>/g)].map(([, word]) => word.replace(/&\w+;/g, (entity) => entities[entity] ?? entity)).join(" "),
      })),
    );

/** A page's number at its foot is no text below a heading. */
const isNumber = ({ text }) => /^\d+ \/ \d+$/.test(text);

/** The headings of a page that stand above what they head. The names of parts and of rows stand beside them. */
export const headingsOf = (page) => page.$$eval("main :is(h1, h2, h3, h4, h5)", (all) => all.filter((one) => !one.closest(".part, .row, .rows")).map((one) => one.textContent));

/** Headings that stand at the foot of a page or a column, with nothing below. */
export const lonely = (pdf, headings) => {
  const wanted = new Set(headings.map((heading) => heading.trim().replace(/\s+/g, " ")));
  return linesOf(pdf).flatMap((lines, nth) =>
    lines
      .filter(({ text }) => wanted.has(text))
      .filter((heading) => !lines.some((line) => !isNumber(line) && line.top > heading.top + 2 && line.left < heading.left + 60 && line.right > heading.left - 5))
      .map(({ text }) => `page ${nth + 1}: ${text}`),
  );
};

/** The size of each page, in points. */
export const sizesOf = (pdf) =>
  [...tool("pdfinfo", "-f", "1", "-l", "9999", pdf).matchAll(/^Page.*size:\s+([\d.]+) x ([\d.]+)/gm)].map(([, width, height]) => ({ width: Number(width), height: Number(height) }));
