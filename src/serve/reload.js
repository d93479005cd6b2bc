// Served by `prepbook serve` alone: reloads the page after a build that changed it, and shows what a build found.
"use strict";
(() => {
  /**
   * A build as the server tells of it: its number in that run of the server, the pages and assets that it changed, and
   * what it found if it failed.
   * @typedef {{ run: number, build: number, changed: string[], failure: string | null }} Build
   */

  const { dataset } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { page = "", root: folder = "/" } = dataset;
  const run = Number(dataset.run);
  let build = Number(dataset.build);
  const root = new URL(folder, location.href).href;
  const isWaiting = page === "";

  /** An address on this site as the path of a file. @param {string} address */
  const pathOf = (address) => {
    const path = address.split(/[?#]/)[0].slice(root.length);
    try {
      return decodeURIComponent(path);
    } catch {
      // No file has such an address.
      return path;
    }
  };

  /** Whether a changed file draws this page or stands, or would now stand, at its address. @param {string} path */
  const isOurs = (path) => {
    const here = pathOf(location.href);
    return path === page || path === here || path === here.replace(/\/?$/, here ? "/index.html" : "index.html") || isAsset(path);
  };
  /** @param {string} path */
  const isAsset = (path) => path.startsWith("assets/");
  /** @param {string} path */
  const isSheet = (path) => isAsset(path) && path.endsWith(".css");

  /** Loads changed style sheets of this page once more; the old ones stay until the new ones are there. @param {string[]} changed */
  const swapStyles = (changed) => {
    /** @type {NodeListOf<HTMLLinkElement>} */
    const sheets = document.querySelectorAll('link[rel="stylesheet"]');
    for (const old of sheets) {
      if (!changed.includes(pathOf(old.href))) continue;
      const next = /** @type {HTMLLinkElement} */ (old.cloneNode());
      next.href = `${old.href.split("?")[0]}?build=${build}`;
      next.addEventListener("load", () => old.remove());
      old.after(next);
    }
  };

  /** @type {HTMLElement | null} */
  let overlay = null;
  const hide = () => {
    if (overlay) overlay.remove();
    overlay = null;
  };
  /** @param {string} report */
  const show = (report) => {
    hide();
    overlay = document.createElement("section");
    overlay.id = "prepbook-overlay";
    overlay.tabIndex = 0;
    overlay.setAttribute("role", "alert");
    overlay.setAttribute("aria-label", "The last build failed");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Hide";
    button.addEventListener("click", hide);
    const text = document.createElement("pre");
    text.textContent = report;
    overlay.append(button, text);
    document.body.append(overlay);
  };

  /** @param {Build} told */
  const take = (told) => {
    const isOtherRun = told.run !== run;
    const isNew = isOtherRun || told.build > build;
    // Before its first build a server that was started again has nothing to show.
    if (told.build === 0) return;
    if (isOtherRun || (isWaiting && isNew)) return location.reload();
    if (isWaiting) return;
    const missed = told.build > build + 1;
    build = Math.max(build, told.build);
    if (told.failure) return show(told.failure);
    hide();
    if (!isNew) return;
    if (missed || told.changed.some((path) => isOurs(path) && !isSheet(path))) return location.reload();
    swapStyles(told.changed);
  };

  // Browsers hold few connections to one host: tabs in the background leave theirs to the others.
  /** @type {EventSource | null} */
  let events = null;
  const listen = () => {
    if (document.hidden) {
      if (events) events.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/__prepbook/events");
      events.addEventListener("message", (message) => take(JSON.parse(message.data)));
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
