// What the browser tests share: the built handbook, a real Chromium, a plain static host.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

export const repository = fileURLToPath(new URL("../../", import.meta.url));
export const program = process.env.PREPBOOK ?? join(repository, "target/release/prepbook");

const made = [];
process.on("exit", () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A new temporary folder; removed at the end. */
export const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "prepbook-"));
  made.push(path);
  return path;
};

/** Builds a handbook into a folder. */
export const build = (root, out) => execFileSync(program, ["--root", root, "-q", "build", "-o", out]);

let built;
/** The folder of the built handbook; built once a test file. */
export const site = () => {
  if (!built) {
    built = folder();
    build(repository, built);
  }
  return built;
};

/** A copy of the handbook's sources, to edit. */
export const copyOfSources = () => {
  const path = folder();
  for (const name of ["content", "themes"]) cpSync(join(repository, name), join(path, name), { recursive: true });
  return path;
};

/** Every page of the built handbook, from the site's root. */
export const pages = () => {
  const out = [];
  const walk = (path) => {
    for (const name of readdirSync(path)) {
      const full = join(path, name);
      if (statSync(full).isDirectory()) walk(full);
      else if (name.endsWith(".html")) out.push(relative(site(), full).split(sep).join("/"));
    }
  };
  walk(site());
  return out.sort();
};

/** Whether a page is a stub that leads on. */
export const isStub = (page) => readFileSync(join(site(), page), "utf8").includes('http-equiv="refresh"');

/** One page of every type, with a record's page where there are several. */
export const archetypes = [
  "index.html", "questions/index.html", "questions/incomplete-information/index.html", "questions/questions-for-me/index.html",
  "themes/index.html", "themes/ethics-values/index.html", "companies/index.html", "companies/amazon/index.html", "companies/google/index.html",
  "companies/amazon/dive-deep/index.html", "frameworks/index.html", "frameworks/starl/index.html", "frameworks/anchor-story-map/index.html",
  "cheat-sheet/index.html", "cheat-sheet/lp-mapping/index.html", "plan/index.html", "plan/day-3/index.html", "plan/night-before/index.html",
  "practice/index.html", "practice/two-minute-drill/index.html", "guides/index.html", "guides/pitfalls/index.html", "red-flags/index.html",
  "follow-ups/index.html", "sources/index.html", "my-data/index.html", "all/index.html", "print/index.html", "404.html", "offline/index.html",
];

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".json": "application/json", ".xml": "application/xml", ".txt": "text/plain", ".webmanifest": "application/manifest+json" };

/** Headers of `_headers` for every path, and what hosts say by themselves of how long pages are kept. */
const headersOf = (root) => {
  const out = { "Cache-Control": "public, max-age=0, must-revalidate" };
  for (const line of readFileSync(join(root, "_headers"), "utf8").split("\n").slice(1)) {
    if (!line.startsWith("  ")) break;
    const [name, ...value] = line.trim().split(": ");
    if (name !== "Strict-Transport-Security") out[name] = value.join(": ");
  }
  return out;
};

/** What hosts compress on the way, and what was compressed already: a page's style and scripts are sent again and again. */
const compressible = new Set([".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".webmanifest"]);
const zipped = new Map();
const zip = (path) => {
  const { mtimeMs, ino } = statSync(path);
  const key = `${path} ${ino} ${mtimeMs}`;
  if (!zipped.has(key)) zipped.set(key, gzipSync(readFileSync(path)));
  return zipped.get(key);
};

/**
 * Hosts a folder below a path, as static hosts do, compressed and with the headers that the site names. `asked` holds the
 * paths of all requests; those in `broken` fail, and all do while it is `down`. With `strips` it leads from a page's file to
 * its folder, as many do; `led` holds the paths from which it did.
 */
export const host = async (root, prefix = "/", { strips = false } = {}) => {
  const headers = headersOf(root);
  const asked = [];
  const broken = new Set();
  const led = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url.split("?")[0]);
    if (hosted.down) return request.socket.destroy();
    asked.push(path);
    if (broken.has(path)) return response.writeHead(500).end();
    if (strips && path.endsWith("/index.html")) {
      led.push(path);
      return response.writeHead(308, { Location: request.url.replace("/index.html", "/") }).end();
    }
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) : null;
    const name = inside === null ? "404.html" : inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside;
    const send = (status, name) => {
      const isZipped = compressible.has(extname(name)) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
      const body = (isZipped ? zip : readFileSync)(join(root, name));
      response.writeHead(status, { ...headers, "Content-Type": types[extname(name)] ?? "application/octet-stream", ...(isZipped && { "Content-Encoding": "gzip" }) });
      response.end(body);
    };
    try {
      if (inside === null) throw new Error("outside");
      send(200, name);
    } catch {
      send(404, "404.html");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const hosted = { url: `http://127.0.0.1:${server.address().port}${prefix}`, asked, broken, led, down: false, close: () => server.close() };
  return hosted;
};

/** How long, in ms, a page may take for what it does sooner or later: a busy host takes its time. */
export const PATIENCE = 180_000;

/** Real Chromium. Its own network services are off: tests use this machine alone. Scroll bars take room where they are wanted. */
export const browser = async ({ scrollbars = false, args = [] } = {}) => {
  const launched = await chromium.launch({
    ignoreDefaultArgs: scrollbars ? ["--hide-scrollbars"] : [],
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...args],
  });
  const newContext = launched.newContext.bind(launched);
  launched.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(PATIENCE);
    return context;
  };
  return launched;
};

/** Starts `prepbook serve`, on a free port unless one is named; resolves when the first build is served. */
export const serve = (root, port = "0") =>
  new Promise((resolve, reject) => {
    const child = spawn(program, ["--root", root, "serve", "--port", port], { stdio: ["ignore", "ignore", "pipe"] });
    let told = "";
    child.stderr.on("data", (data) => {
      told += data;
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(told);
      if (!url) return;
      // A test that fails before it stops the server must end all the same.
      child.unref();
      child.stderr.unref();
      const stop = () => (child.ref(), child.kill() && new Promise((done) => child.once("exit", done)));
      resolve({ url: url[0], stop, told: () => told });
    });
    child.on("exit", () => reject(new Error(told)));
    process.on("exit", () => child.kill());
  });

/** From now on pages add up in `self.shift` how far what they show has moved under the reader's eyes. */
export const measureShift = (page) =>
  page.addInitScript(() => {
    self.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (self.shift += value))).observe({ type: "layout-shift", buffered: true });
  });

/** Forgets what a host was asked for, once a page has all that it asks for at rest: it would count with what follows. */
export const forgetAsked = async (server, page) => {
  await page.waitForLoadState("networkidle");
  server.asked.length = 0;
};

/** Collects what must not happen on a page: console errors, policy violations, requests to other hosts, failed requests. */
export const watchFor = (page, origin) => {
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) wrong.push(`request: ${request.url()}`);
  });
  page.on("response", (response) => response.status() >= 400 && wrong.push(`${response.status()}: ${response.url()}`));
  return wrong;
};
