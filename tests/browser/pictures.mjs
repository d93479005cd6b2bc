// Pictures of every page type: phone, desktop, dark, print. `node tests/browser/pictures.mjs FOLDER [name …]`
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { archetypes, browser, host, site } from "./browser.mjs";

const [out, ...wanted] = process.argv.slice(2);
if (!out) throw new Error("usage: node tests/browser/pictures.mjs FOLDER [name …]");
mkdirSync(out, { recursive: true });
const server = await host(site());
const chromium = await browser();
const label = (name) => name.replace(/\/?index\.html$/, "").replaceAll("/", "-") || "home";
for (const name of archetypes.filter((name) => wanted.length === 0 || wanted.includes(label(name)))) {
  for (const [kind, options] of [
    ["phone", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }],
    ["desktop", { viewport: { width: 1280, height: 900 } }],
    ["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
  ]) {
    const context = await chromium.newContext(options);
    const page = await context.newPage();
    await page.goto(server.url + name);
    await page.screenshot({ path: join(out, `${label(name)}-${kind}.png`), fullPage: true });
    if (kind === "desktop") {
      const pdf = join(out, `${label(name)}.pdf`);
      writeFileSync(pdf, await page.pdf({ format: "A4", preferCSSPageSize: true, tagged: true }));
      execFileSync("pdftoppm", ["-r", "70", "-png", pdf, join(out, `${label(name)}-print`)]);
    }
    await context.close();
  }
}
await chromium.close();
server.close();
