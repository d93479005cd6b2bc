// Where one reads: marks the place in the contents beside the page, and takes the bar of phones out of the way. Loaded once
// the page is at rest.
// @ts-check
(() => {
  'use strict';
  const root = document.documentElement;

  // ---------- in the contents ----------

  const toc = Array.from(/** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.toc a')));
  const headings = toc.flatMap(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))) ?? []);
  /** The last place whose heading has come into the upper third. At the end of the page no more come: there it is the one that was asked for, or the last. */
  const placeRead = () => {
    const shown = headings.filter((heading) => heading.getClientRects().length);
    const topOf = (/** @type {Element} */ element) => element.getBoundingClientRect().top;
    const isAtEnd = scrollY > 0 && scrollY + innerHeight > root.scrollHeight - 2;
    const asked = isAtEnd && shown.find((heading) => `#${heading.id}` === location.hash && topOf(heading) > 0);
    const line = isAtEnd ? innerHeight : innerHeight / 3;
    return asked || shown.findLast((heading) => topOf(heading) < line) || shown[0];
  };
  const showPlace = () => {
    const here = placeRead();
    for (const link of toc) {
      if (link.hash !== `#${here?.id}`) link.removeAttribute('aria-current');
      else if (!link.hasAttribute('aria-current')) {
        link.setAttribute('aria-current', 'location');
        // In long contents it stays in sight, unless one is about to choose from them.
        const rail = /** @type {HTMLElement | null} */ (link.closest('.rail:not(:hover, :focus-within)'));
        if (rail && (link.offsetTop < rail.scrollTop || link.offsetTop > rail.scrollTop + rail.clientHeight - 64)) rail.scrollTop = link.offsetTop - rail.clientHeight / 2;
      }
    }
  };
  if (headings.length) {
    // Whatever passes the third, however fast, is above it from then on.
    const watcher = new IntersectionObserver(showPlace, { rootMargin: '999999px 0px -66.7% 0px' });
    for (const heading of headings) watcher.observe(heading);
    for (const event of ['scrollend', 'hashchange']) addEventListener(event, showPlace);
  }

  // ---------- the bar of phones ----------

  /** How far one scrolls before it means a direction, in pixels. */
  const STEP = 8;
  let lastY = scrollY;
  addEventListener('scroll', () => {
    const y = Math.max(scrollY, 0);
    if (Math.abs(y - lastY) < STEP) return;
    root.toggleAttribute('data-reads-on', y > lastY && y > 4 * STEP);
    lastY = y;
  }, { passive: true });
})();
