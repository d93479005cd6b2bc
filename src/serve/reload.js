// Served by `prepbook serve` alone: reloads the page after a build that changed it, and shows what a build found.
"use strict";
(() => {
  /**
   * A build as the server tells of it: its number in that run of the server, the files that it changed, the new addresses
   * of style sheets by the old ones if it changed nothing else, and what it found if it failed.
   * @typedef {{ run: number, build: number, changed: string[], styles: Record<string, string> | null, failure: string | null }} Build
   */

  const { dataset } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { page = "" } = dataset;
  const run = Number(dataset.run);
  let build = Number(dataset.build);
  const root = new URL("/", location.href).href;
  const isWaiting = page === "";

  /** The files that may stand at this address: the one that does, and those that would if they were made. */
  const pages = () => {
    let path = location.href.split(/[?#]/)[0].slice(root.length);
    try {
      path = decodeURIComponent(path);
    } catch {
      // No file has such an address.
    }
    return [page, path, path.replace(/\/?$/, path ? "/index.html" : "index.html")];
  };

  /** Takes the new style sheets of this page in the place of the old ones, of which each stays until its successor is there.
   * @param {Record<string, string>} styles */
  const swapStyles = (styles) => {
    /** @type {NodeListOf<HTMLLinkElement>} */
    const sheets = document.querySelectorAll('link[rel="stylesheet"]');
    for (const old of sheets) {
      const address = styles[old.href.slice(root.length)];
      if (!address) continue;
      const next = /** @type {HTMLLinkElement} */ (old.cloneNode());
      next.href = root + address;
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
    if (told.styles && !missed) return swapStyles(told.styles);
    if (missed || pages().some((path) => told.changed.includes(path))) location.reload();
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
