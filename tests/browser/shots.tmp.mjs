// states of tools, at three looks
import { browser, host, site } from "./browser.mjs";
const server = await host(site());
const chromium = await browser({ args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] });
const only = process.argv[2];
const looks = { light: { viewport: { width: 1440, height: 900 }, colorScheme: "light" }, dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }, phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "light" } };
const seed = async (page) => { await page.goto(`${server.url}my-data/index.html`); await page.evaluate(async () => {
  const at = (d) => new Date(Date.now() - d * 864e5).toISOString(); const s = await prepbook.loadStore();
  await s.change((doc) => {
    doc.plan = { start: at(2).slice(0, 10), interview: at(-5).slice(0, 10), minutes: 45, company: "amazon", level: "senior" };
    const put = (id, rating, d) => { doc.questions[id] = { rating, last: at(d), count: 1 }; doc.attempts.push({ id: id + d, tool: "try", question: id, startedAt: at(d), ms: 96000, parts: [20000, 16000, 40000, 10000, 10000], over: 0, rating }); };
    put("incomplete-information", 0, 9); doc.attempts.push({ id: "x1", tool: "try", question: "incomplete-information", startedAt: at(3), ms: 130000, parts: [30000, 20000, 50000, 20000, 10000], over: 10000, rating: 1 });
    put("greatest-weakness", 1, 4); put("tell-me-about-yourself", 3, 1); put("time-you-failed", 2, 2); put("deep-dive-project", 0, 3); put("stay-current", 2, 1);
    doc.stories = { a: { title: "The rollback", headline: "I rolled back a launch three weeks in", beats: { situation: "We had shipped a model three weeks before, and the team was proud.", action: "We decided together to go back. It was the data team's fault.", result: "It was good." }, fit: { "ethics-values": 3, "failure-learning": 2 }, principles: ["dive-deep", "ownership"], numbers: ["40 %", "3 weeks"], people: ["Ana"], when: "2024-05" }, b: { title: "A model nobody wanted", fit: { "technical-decisions": 3 }, principles: ["invent-and-simplify"] }, c: { title: "Ten days to launch", fit: { "ethics-values": 1 }, principles: ["deliver-results", "dive-deep"] } };
  }); await s.flush(); }); };
const shots = {
  home: async (p, shot) => { await p.goto(server.url, { waitUntil: "networkidle" }); await p.waitForTimeout(600); await shot("home"); },
  plan: async (p, shot) => { await p.goto(server.url + "plan/index.html", { waitUntil: "networkidle" }); await p.waitForTimeout(600); await shot("plan"); },
  practice: async (p, shot) => { await p.goto(server.url + "practice/index.html", { waitUntil: "networkidle" }); await p.waitForTimeout(600); await shot("practice"); },
  try: async (p, shot) => { await p.goto(server.url + "questions/incomplete-information/index.html", { waitUntil: "networkidle" }); await p.waitForTimeout(400); await shot("try-before");
    await p.getByRole("switch", { name: "Record my voice" }).check(); await p.getByRole("button", { name: "Try it" }).click(); await p.locator(".run[open]").waitFor(); await p.waitForTimeout(4000); await shot("try-running");
    await p.getByRole("button", { name: "Pause" }).click(); await shot("try-paused"); await p.keyboard.press("Escape"); await p.waitForTimeout(200); await shot("try-leaving"); await p.keyboard.press("Escape"); await p.getByRole("button", { name: "Go on" }).first().click().catch(() => {});
    await p.keyboard.press("Enter"); await p.getByText("Your times are kept").waitFor(); await p.waitForTimeout(1500); await shot("try-ended", ".run"); },
  exercise: async (p, shot) => { for (const tool of ["two-minute-drill", "follow-up-gauntlet", "story-swap", "weakness-pressure-test", "story-coverage-audit", "mock-interview"]) {
    await p.goto(`${server.url}practice/${tool}/index.html`, { waitUntil: "networkidle" }); await p.waitForTimeout(300); await shot(tool + "-page"); await p.getByRole("button", { name: "Practise now" }).click(); await p.locator(".run[open]").waitFor(); await p.waitForTimeout(400); await shot(tool + "-setup", ".run");
    await p.keyboard.press("Enter"); await p.locator(".exercise[data-ready]").waitFor(); await p.waitForTimeout(300); await shot(tool + "-ready"); await p.getByRole("button", { name: "Start" }).click(); await p.waitForTimeout(1500); await shot(tool + "-running");
    for (let n = 0; n < 3; n++) { await p.getByRole("button", { name: "Done" }).click(); await p.locator(".rate").first().waitFor(); await p.waitForTimeout(200); if (!n) await shot(tool + "-rating", ".run"); await p.keyboard.press(String(1 + n)); await p.waitForTimeout(100); if (await p.locator(".exercise[data-print]").count()) break; if (n < 2) { await p.getByRole("button", { name: "Start" }).click(); await p.waitForTimeout(300); } }
    if (!(await p.locator(".exercise[data-print]").count())) { await p.keyboard.press("Escape"); await p.locator(".run-ask").getByRole("button", { name: "End" }).click(); } await p.locator(".exercise[data-print]").waitFor(); await p.waitForTimeout(600); await shot(tool + "-summary", ".run"); await p.keyboard.press("Escape"); } },
  data: async (p, shot) => { await p.goto(server.url + "my-data/index.html", { waitUntil: "networkidle" }); await p.waitForTimeout(600); await shot("data", "html");
    for (const name of await p.locator("main button").allInnerTexts()) console.log("data button:", name); },
  stories: async (p, shot) => { await p.goto(server.url + "stories/index.html", { waitUntil: "networkidle" }); await p.waitForTimeout(900); await shot("stories", "html"); const b = p.locator("main").getByRole("button", { name: /The rollback|Open|Edit/ }).first(); if (await b.count()) { await b.click(); await p.waitForTimeout(900); await shot("stories-editor", "html"); } },
  weak: async (p, shot) => { await p.goto(server.url + "weak-answers/index.html", { waitUntil: "networkidle" }); await p.waitForTimeout(500); await shot("weak"); await p.getByRole("button", { name: "Show the interviewer’s marks" }).first().click(); await p.waitForTimeout(300); await shot("weak-shown"); },
  index: async (p, shot) => { await p.goto(server.url + "questions/index.html?company=amazon", { waitUntil: "networkidle" }); await p.waitForTimeout(500); await shot("index"); },
};
for (const [look, options] of Object.entries(looks)) {
  if (process.argv[3] && !process.argv[3].split(",").includes(look)) continue;
  const context = await chromium.newContext({ reducedMotion: "reduce", serviceWorkers: "block", ...options });
  context.setDefaultTimeout(15000);
  const p = await context.newPage(); await seed(p);
  const shot = async (name, whole) => { if (whole) { const h = await p.evaluate((w) => (w === "html" ? document.documentElement.scrollHeight : document.querySelector(w).scrollHeight), whole); await p.setViewportSize({ width: options.viewport.width, height: Math.min(4200, Math.max(h, options.viewport.height)) }); await p.waitForTimeout(150); } await p.screenshot({ path: `/tmp/shots/${name}-${look}.png` }); if (whole) await p.setViewportSize(options.viewport); };
  for (const [name, go] of Object.entries(shots)) if (!only || only === "all" || only.split(",").includes(name)) await go(p, shot).catch((e) => console.log(look, name, String(e).slice(0, 300)));
  await context.close();
}
await chromium.close(); server.close();
