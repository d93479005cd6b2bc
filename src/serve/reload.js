// Served by `prepbook serve` alone: reloads the page after a build that changed it, and shows what a build found.
"use strict";
(() => {
  const { run, page, build: builtAt } = document.currentScript.dataset;
  let build = Number(builtAt);
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

  /** Takes the new style sheets of this page in the place of the old ones, of which each stays until its successor is there. */
  const swapStyles = (styles) => {
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = styles[old.href.slice(root.length)];
      if (!address) continue;
      const next = old.cloneNode();
      next.href = root + address;
      next.addEventListener("load", () => old.remove());
      old.after(next);
    }
  };

  let overlay = null;
  const hide = () => {
    if (overlay) overlay.remove();
    overlay = null;
  };
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

  const take = (told) => {
    const isNew = told.run !== Number(run) || told.build > build;
    // Before its first build a server that was started again has nothing to show.
    if (told.build === 0) return;
    if (isNew && (isWaiting || told.run !== Number(run))) return location.reload();
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
