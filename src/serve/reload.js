// Served by `prepbook serve` alone: reloads the page after a build that changed it, and shows what a build found.
// @ts-check
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  let build = Number(script.dataset.build);
  const root = new URL("/", location.href).href;

  /** The page's file, from the site's root. */
  const here = () => {
    const path = decodeURIComponent(location.href.split(/[?#]/)[0].slice(root.length));
    return path === "" || path.endsWith("/") ? path + "index.html" : path;
  };

  /**
   * Puts the new style sheets of this page in the place of the old ones; each old one stays until its successor is there.
   * @param {Record<string, string>} styles new addresses by old ones, from the site's root
   */
  const swapStyles = (styles) => {
    const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel="stylesheet"]'));
    for (const old of links) {
      const address = styles[old.href.slice(root.length)];
      if (!address) continue;
      const next = /** @type {HTMLLinkElement} */ (old.cloneNode());
      next.href = root + address;
      next.addEventListener("load", () => old.remove());
      old.after(next);
    }
  };

  /** @type {HTMLElement | undefined} */
  let overlay;
  const hide = () => {
    overlay?.remove();
    overlay = undefined;
  };
  const show = (/** @type {string} */ report) => {
    hide();
    overlay = document.createElement("div");
    overlay.id = "prepbook-overlay";
    overlay.setAttribute("role", "alertdialog");
    overlay.setAttribute("aria-label", "The last build failed");
    Object.assign(overlay.style, {
      position: "fixed", inset: "auto 0 0 0", maxHeight: "70vh", overflow: "auto", zIndex: "2147483647",
      background: "#1b1f24", color: "#f4f1ea", borderTop: "4px solid #f49c94", padding: "1rem 1.25rem",
    });
    const text = document.createElement("pre");
    Object.assign(text.style, { margin: "0", background: "none", color: "inherit", font: "14px/1.45 ui-monospace, monospace", whiteSpace: "pre-wrap" });
    text.textContent = report;
    overlay.append(text);
    (document.body || document.documentElement).append(overlay);
  };

  const events = new EventSource("/__prepbook/events");
  events.addEventListener("message", (message) => {
    const told = JSON.parse(message.data);
    if (told.failure) {
      build = Math.max(build, told.build);
      return show(told.failure);
    }
    if (overlay && told.build > 0) hide();
    if (told.build <= build && document.body && document.body.childElementCount > 0) return;
    const missed = told.build > build + 1;
    build = told.build;
    if (told.styles && !missed) return swapStyles(told.styles);
    if (missed || told.changed.includes(here())) location.reload();
  });
})();
