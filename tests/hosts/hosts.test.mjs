// What hosts make of a built site and of the files that tell them how to build it, by their own programs.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { resolveConfig } from "@netlify/config";
import { parseAllHeaders } from "@netlify/headers-parser";
import { parse } from "yaml";
import { generateHandler } from "@cloudflare/pages-shared/dist/asset-server/handler.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.PREPBOOK ?? join(repository, "target/release/prepbook");
const work = mkdtempSync(join(tmpdir(), "prepbook-hosts-"));
// nginx reads as a user of its own when root starts it.
chmodSync(work, 0o755);
after(() => rmSync(work, { recursive: true, force: true }));

const prepbook = (...words) => execFileSync(program, ["-q", ...words]);
/** A new handbook with the file of a host, built for an address. */
const made = (host, address) => {
  const root = join(work, `${host}-${address.replace(/\W/g, "")}`);
  prepbook("init", root, "--host", host);
  prepbook("--root", root, "build", "--base-url", address);
  return root;
};
const root = made("netlify", "https://prep.example.org/");
const out = join(root, "output");
const asset = `/assets/${readdirSync(join(out, "assets")).find((name) => name.startsWith("site."))}`;

/** What every file must come with, and how long each may be kept. */
const checkHeaders = (of) => {
  for (const path of ["/", "/questions/creaking-bicycle/", "/sw.js", asset]) {
    const headers = of(path);
    assert.match(headers["content-security-policy"], /^default-src 'none';[^,]*frame-ancestors 'none'$/, path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
    assert.equal(headers["strict-transport-security"], "max-age=31536000", path);
    assert.equal(headers["referrer-policy"], "no-referrer", path);
  }
  assert.equal(of(asset)["cache-control"], "public, max-age=31536000, immutable");
};

// ---------- Netlify ----------

const rulesOfNetlify = async () => {
  const { headers, errors } = await parseAllHeaders({ headersFiles: [join(out, "_headers")], configHeaders: [], minimal: true });
  assert.deepEqual(errors, []);
  return headers.map(({ for: path, values }) => ({ path, values }));
};

test("Netlify reads every rule, and sends each header once", async () => {
  const rules = await rulesOfNetlify();
  assert.deepEqual(rules.map(({ path }) => path), ["/*", "/assets/*"]);
  checkHeaders((path) => {
    const sent = {};
    for (const { path: pattern, values } of rules.filter(({ path: pattern }) => path.startsWith(pattern.slice(0, -1)))) {
      for (const [name, value] of Object.entries(values)) {
        assert.equal(sent[name.toLowerCase()], undefined, `${name} of ${path} by ${pattern}`);
        sent[name.toLowerCase()] = value;
      }
    }
    return sent;
  });
});

const config = async (folder, context) => {
  const { config, configPath } = await resolveConfig({ repositoryRoot: folder, cwd: folder, context, branch: "x", offline: true, mode: "buildbot", buffer: true });
  assert.equal(configPath, join(folder, "netlify.toml"));
  return config.build;
};

for (const [name, folder] of [["a new handbook", () => root], ["this handbook", () => repository.replace(/\/$/, "")]]) {
  test(`Netlify builds ${name} for the address that it will have`, async () => {
    for (const [context, address] of [["production", "$URL"], ["deploy-preview", "$DEPLOY_PRIME_URL"], ["branch-deploy", "$DEPLOY_PRIME_URL"]]) {
      const { command, publish } = await config(folder(), context);
      assert.ok(command.includes(`build --strict --base-url "${address}"`) || command.includes(`build --base-url "${address}"`), `${context}: ${command}`);
      assert.equal(publish, join(folder(), "output"));
    }
  });
}

test("the command of Netlify's file builds, in a shell as Netlify runs it", async () => {
  const { command } = await config(root, "deploy-preview");
  const own = command.split(" && ").at(-1);
  const bin = join(work, "bin");
  mkdirSync(bin);
  execFileSync("ln", ["-s", program, join(bin, "prepbook")]);
  execFileSync("bash", ["-c", own], { cwd: root, env: { PATH: `${bin}:${process.env.PATH}`, DEPLOY_PRIME_URL: "https://deploy-preview-7--prep.netlify.app" }, stdio: "pipe" });
  assert.match(readFileSync(join(out, "index.html"), "utf8"), /<link rel="canonical" href="https:\/\/deploy-preview-7--prep\.netlify\.app\/">/);
  prepbook("--root", root, "build", "--base-url", "https://prep.example.org/");
});

// ---------- Cloudflare ----------

/** What Cloudflare Pages answers. It takes rules as its command-line program hands them on, parsed. */
const askCloudflare = async (path, folder = out) => {
  const rules = Object.fromEntries((await rulesOfNetlify()).map(({ path, values }) => [path, { set: values }]));
  const find = async (name) => {
    try {
      return { name, body: readFileSync(join(folder, decodeURIComponent(name))) };
    } catch {
      return null;
    }
  };
  return generateHandler({
    request: new Request(new URL(path, "https://prep.example.org/")),
    metadata: { headers: { version: 2, rules } },
    xServerEnvHeader: "test",
    logError: (error) => assert.fail(error),
    findAssetEntryForPath: find,
    getAssetKey: (entry) => entry.name,
    negotiateContent: () => ({ encoding: null }),
    fetchAsset: async (name) => {
      const type = { html: "text/html", css: "text/css", js: "text/javascript" }[name.split(".").at(-1)];
      return { body: readFileSync(join(folder, name)), contentType: type ?? "application/octet-stream" };
    },
  });
};

test("Cloudflare sends each header once, and files of the site theme to be kept for ever", async () => {
  const answers = {};
  for (const path of ["/", "/questions/creaking-bicycle/", "/sw.js", asset]) {
    const answer = await askCloudflare(path);
    assert.equal(answer.status, 200, path);
    answers[path] = Object.fromEntries(answer.headers);
  }
  checkHeaders((path) => answers[path]);
  for (const path of ["/", "/sw.js"]) assert.equal(answers[path]["cache-control"], "public, max-age=0, must-revalidate", path);
});

test("Cloudflare leads from a page's file to its folder: the address that links of this site have when they are used", async () => {
  const led = await askCloudflare("/questions/index.html");
  assert.equal(led.status, 308);
  assert.equal(led.headers.get("location"), "/questions/");
  assert.equal((await askCloudflare("/questions/")).status, 200);
  const missing = await askCloudflare("/nothing/here/");
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /That page is not in this edition/);
});

// ---------- nginx ----------

/** The blocks of code of a language below a heading of the README. */
const recipe = (heading, language) => {
  const [, rest] = readFileSync(join(repository, "README.md"), "utf8").split(`## ${heading}\n`);
  const [section] = rest.split(/\n##/);
  return [...section.matchAll(new RegExp("```" + language + "\\n([^]*?)```", "g"))].map(([, code]) => code);
};
const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** nginx by the README's recipe, as changed by `change`; `asks` is given a function that asks it for a path. */
const withNginx = async (folder, name, change, asks) => {
  const [server] = recipe("nginx", "nginx");
  const [shell] = recipe("nginx", "sh");
  const port = await freePort();
  const snippet = join(work, `${name}-headers.conf`);
  execFileSync("bash", ["-c", shell.replace(/> \S+/, `> ${snippet}`)], { cwd: root });
  const site = change(server)
    .replace(/listen \d+;/, `listen 127.0.0.1:${port};`)
    .replace(/root \S+;/, `root ${folder};`)
    .replaceAll(/include \S*prepbook-headers\.conf;/g, `include ${snippet};`);
  const file = join(work, `${name}.conf`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((part) => `${part}_temp_path ${work}/${name}-${part};`).join(" ");
  writeFileSync(file, `daemon off; pid ${work}/${name}.pid; error_log stderr; worker_processes 1; events {}\nhttp { include ${process.env.NGINX_FOLDER ?? "/etc/nginx"}/mime.types; access_log off; ${temporary}\n${site}}\n`);
  const nginx = spawn(process.env.NGINX ?? "nginx", ["-e", "stderr", "-c", file], { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  nginx.stderr.on("data", (data) => (told += data));
  const ask = (path, options) => fetch(`http://127.0.0.1:${port}${path}`, options);
  try {
    for (let tries = 0; ; tries += 1) {
      if (await ask("/").catch(() => undefined)) break;
      assert.ok(tries < 100, told);
      await new Promise((done) => setTimeout(done, 100));
    }
    await asks(ask);
  } finally {
    nginx.kill();
  }
};

const PLACES = [
  ["at the root", () => out, "", (server) => server],
  ["below a path", () => below(), "/handbook", (server) => server.replace(/(error_page 404|location =?) ?\//g, "$1 /handbook/")],
];
for (const [where, folder, path, change] of PLACES) {
  test(`nginx serves the site by the README's recipe, ${where}`, async () => {
    await withNginx(folder(), `nginx${path.replace("/", "-")}`, change, async (ask) => {
      const answers = {};
      for (const page of ["/", "/questions/creaking-bicycle/", "/sw.js", asset]) {
        const answer = await ask(path + page);
        assert.equal(answer.status, 200, page);
        answers[page] = Object.fromEntries(answer.headers);
      }
      checkHeaders((page) => answers[page]);
      for (const page of ["/", "/sw.js"]) assert.equal(answers[page]["cache-control"], "no-cache", page);
      const manifest = await ask(`${path}/manifest.webmanifest`);
      assert.equal(manifest.headers.get("content-type"), "application/manifest+json");
      const missing = await ask(`${path}/nothing/here/`);
      assert.equal(missing.status, 404);
      const text = await missing.text();
      assert.match(text, /That page is not in this edition/);
      assert.ok(text.includes(`href="${path}/all/index.html"`));
      assert.match(missing.headers.get("content-security-policy"), /^default-src 'none'/);
      const zipped = await ask(path + asset, { headers: { "Accept-Encoding": "gzip" } });
      assert.equal(zipped.headers.get("content-encoding"), "gzip");
      const bare = await ask(`${path}/questions`, { redirect: "manual" });
      assert.equal(bare.status, 301);
      assert.match(bare.headers.get("location"), /\/questions\/$/);
      assert.equal((await ask(`${path}/_headers`)).status, 404);
    });
  });
}

// ---------- Below a path of another site ----------

let whole;
/** The folder of a whole site, the handbook below a path of it, made by the README's commands. */
const below = () => {
  if (!whole) {
    const [shell] = recipe("Publish", "sh");
    const bin = join(work, "bin-below");
    mkdirSync(bin);
    execFileSync("ln", ["-s", program, join(bin, "prepbook")]);
    execFileSync("bash", ["-e", "-c", shell], { cwd: root, env: { PATH: `${bin}:${process.env.PATH}` }, stdio: "pipe" });
    whole = join(root, "site");
  }
  return whole;
};

test("hosts that read files at the root know what belongs to a handbook below a path", async () => {
  const folder = below();
  const { headers, errors } = await parseAllHeaders({ headersFiles: [join(folder, "_headers")], configHeaders: [], minimal: true });
  assert.deepEqual(errors, []);
  assert.deepEqual(headers.map(({ for: path }) => path), ["/handbook/*", "/handbook/assets/*"]);
  assert.match(readFileSync(join(folder, "404.html"), "utf8"), /href="\/handbook\/index\.html"/);
  assert.match(readFileSync(join(folder, "robots.txt"), "utf8"), /^Sitemap: https:\/\/example\.org\/handbook\/sitemap\.xml$/m);
  const read = (path) => readFileSync(join(folder, "handbook", path), "utf8");
  for (const [, address] of read("sitemap.xml").matchAll(/<loc>(.*?)<\/loc>/g)) assert.match(address, /^https:\/\/example\.org\/handbook\//);
  assert.match(read("questions/index.html"), /<link rel="canonical" href="https:\/\/example\.org\/handbook\/questions\/">/);
  const manifest = JSON.parse(read("manifest.webmanifest"));
  for (const address of [manifest.start_url, manifest.scope, ...manifest.icons.map(({ src }) => src)]) assert.doesNotMatch(address, /^(\/|https?:)/);
});

// ---------- GitHub Pages ----------

test("a project page of GitHub has all that its page for no page needs", () => {
  const root = made("github", "https://owner.github.io/handbook");
  const page = readFileSync(join(root, "output/404.html"), "utf8");
  const named = [...page.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, address]) => address).filter((address) => !/^https?:/.test(address));
  assert.ok(named.length > 20);
  for (const address of named) {
    assert.match(address, /^\/handbook\//);
    readFileSync(join(root, "output", address.replace(/^\/handbook\//, "")));
  }
});

test("GitHub's file builds for the address that Pages names, and publishes what was built", () => {
  const { jobs, permissions } = parse(readFileSync(join(made("github", "https://a.example/"), ".github/workflows/publish.yml"), "utf8"));
  assert.deepEqual(permissions, { contents: "read", pages: "write", "id-token": "write" });
  const { steps } = jobs.publish;
  const uses = steps.flatMap(({ uses }) => uses ?? []);
  assert.deepEqual(uses.map((one) => one.split("@")[0]), ["actions/checkout", "actions/configure-pages", "actions/upload-pages-artifact", "actions/deploy-pages"]);
  const build = steps.find(({ run }) => run?.startsWith("prepbook build"));
  assert.equal(build.run, 'prepbook build --strict --base-url "$BASE_URL"');
  assert.equal(build.env.BASE_URL, "${{ steps.pages.outputs.base_url }}");
  assert.equal(steps.find(({ id }) => id === "pages").uses, "actions/configure-pages@v5");
  assert.equal(steps.find(({ uses }) => uses?.startsWith("actions/upload")).with.path, "output");
});
