// Which browsers read the handbook: what styles and scripts use is held against the versions that package.json lists.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import compat from "eslint-plugin-compat";
import stylelint from "stylelint";
import { repository } from "./browser.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { browserslist: browsers } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const theme = join(repository, "themes/default");

/** What some of the listed versions lack, by the name that `caniuse` gives it, and what their readers have instead. */
const lacked = {
  "css-content-visibility": "the print edition takes longer to show; its follow-ups are no folded rows",
  "css-paged-media": "paper has no page numbers and the browser's own margins",
  "css-resize": "fields grow with their text, and only other browsers would show a handle",
  "css-scrollbar": "scroll bars look as usual",
  "css-widows-orphans": "a line may stand alone at the foot of a sheet",
  "text-size-adjust": "only phones need it, and theirs have it",
};
/** The same by Baseline, whose year 2023 is the last that is whole before those versions. */
const later = {
  ignoreProperties: {
    "accent-color": ["/./"], // Ticked boxes have the system's colour.
    "break-after": ["/./"], // Headings ask for room below as well.
    "break-before": ["/./"], // As above.
    "content-visibility": ["/./"], // The print edition takes longer to show.
    "field-sizing": ["/./"], // Printed filters are as wide as on the screen.
    "forced-color-adjust": ["/./"], // Safari has no forced colours.
    orphans: ["/./"], // A line may stand alone.
    "overscroll-behavior": ["/./"], // The page behind a box may scroll.
    "print-color-adjust": ["/./"], // With its older name beside it.
    resize: ["/./"], // Fields grow with their text.
    "scrollbar-color": ["/./"], // Scroll bars look as usual.
    "scrollbar-gutter": ["/./"], // The page moves by a scroll bar when a box opens.
    "scrollbar-width": ["/./"], // Scroll bars look as usual.
    "text-size-adjust": ["/./"], // Only phones need it, and theirs have it.
    "text-wrap": ["/./"], // Lines break as usual.
    widows: ["/./"], // A line may stand alone.
    zoom: ["/./"], // WebKit alone is asked for it, and has always had it.
  },
  ignoreFunctions: ["light-dark"], // All listed versions have it: Safari 17.5 was the last to get it.
  ignoreSelectors: ["details-content", "marker"], // A script unfolds rows for printing; bullets have the text's colour.
  ignoreAtRules: ["page"], // The margins are the browser's own.
};

const styles = async (what) => {
  const { results } = await stylelint.lint({
    ...what,
    configBasedir: here,
    config: {
      plugins: ["stylelint-no-unsupported-browser-features", "stylelint-plugin-use-baseline"],
      rules: {
        "plugin/no-unsupported-browser-features": [true, { browsers, ignore: Object.keys(lacked), ignorePartialSupport: true }],
        "plugin/use-baseline": [true, { available: 2023, ...later }],
      },
    },
  });
  return results.flatMap(({ source, warnings }) => warnings.map(({ line, text }) => `${source}:${line}: ${text}`));
};
const eslint = new ESLint({ cwd: repository, overrideConfigFile: true, overrideConfig: [{ ...compat.configs["flat/recommended"], files: ["**/*.js"], languageOptions: { sourceType: "script" }, settings: { browserslistOpts: { path: here } } }] });
const scripts = (results) => results.flatMap(({ filePath, messages }) => messages.map(({ line, message }) => `${filePath}:${line}: ${message}`));

test("what the styles use is in every listed browser, or is known to be lacked", async () => {
  assert.deepEqual(await styles({ files: join(theme, "assets/*.css") }), []);
  const found = (await styles({ code: "a { anchor-name: --a; } @scope (p) { a { color: red; } }" })).join(" ");
  assert.match(found, /anchor-name/);
  assert.match(found, /scope/);
});

test("what the scripts use is in every listed browser", async () => {
  const results = await eslint.lintFiles([join(theme, "assets/*.js"), join(theme, "worker/*.js")]);
  assert.ok(results.length > 4, `${results.length} files`);
  assert.deepEqual(scripts(results), []);
  assert.match(scripts(await eslint.lintText("new URLPattern('/x');", { filePath: join(repository, "x.js") })).join(" "), /URLPattern/);
});
