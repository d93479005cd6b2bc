// How the scripts are written, seen in their syntax.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "acorn";
import { fullAncestor, simple } from "acorn-walk";

const theme = new URL("../../themes/default/", import.meta.url);
/** As clippy.toml has it for Rust. */
const LONGEST = 60;
const lines = ({ loc }) => loc.end.line - loc.start.line + 1;
const isFunction = ({ type }) => /Function/.test(type);

/** The lines of a function without those of the functions in it: what holds the state of a dialog is as long as its parts. */
const ownLines = (whole) => {
  let inner = 0;
  fullAncestor(whole, (node, _, [, ...above]) => {
    if (isFunction(node) && node !== whole && !above.slice(0, -1).some(isFunction)) inner += lines(node) - 1;
  });
  return lines(whole) - inner;
};

test("no function is longer than one can see at once", () => {
  const long = [];
  for (const folder of ["assets/", "worker/"]) {
    for (const name of readdirSync(new URL(folder, theme)).filter((name) => name.endsWith(".js"))) {
      const script = parse(readFileSync(new URL(folder + name, theme), "utf8"), { ecmaVersion: "latest", locations: true });
      // What wraps a whole file is its scope, no function of it.
      const scope = script.body.find(({ expression }) => expression?.type === "CallExpression")?.expression.callee;
      const look = (node) => {
        if (node !== scope && ownLines(node) > LONGEST) long.push(`${name}:${node.loc.start.line}: ${ownLines(node)}`);
      };
      simple(script, { Function: look });
    }
  }
  assert.deepEqual(long, []);
});
