// Answers what is typed into the search dialog: the list of results and its keys. Loaded when search is first wanted,
// ahead of what it looks through; reader.js makes the dialog.
// @ts-check
(() => {
  'use strict';
  // It is loaded again when what came after it did not come.
  if (prepbook.showResults) return;
  const { visited, searchBox, word } = prepbook;
  const { dialog, input, list, none, tell, offerAllPages } = searchBox();
  /** A keystroke that takes longer than a frame, in milliseconds, is answered once no other is waiting. */
  const FRAME = 16;
  /** Letters of a query that are repeated when nothing is found for it. */
  const MOST_QUOTED = 60;

  /** @type {HTMLAnchorElement[]} */
  let options = [];
  let active = -1;

  const choose = (/** @type {number} */ nth) => {
    options[active]?.setAttribute('aria-selected', 'false');
    active = nth;
    const option = options[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };

  const show = () => {
    const text = input.value.trim();
    const found = prepbook.results?.(text, visited());
    if (!found) return;
    list.replaceChildren(...found.groups);
    options = found.options;
    list.hidden = !options.length;
    input.setAttribute('aria-expanded', String(!list.hidden));
    choose(text && options.length ? 0 : -1);
    list.scrollTop = 0;
    none.replaceChildren();
    if (!text) return tell('');
    if (!options.length) {
      offerAllPages(word('search.nothing', { query: text.length > MOST_QUOTED ? `${[...text].slice(0, MOST_QUOTED).join('')}…` : text }));
      return tell(word('search.no-results'));
    }
    tell(found.total > options.length ? word('search.best', { shown: options.length, n: found.total }) : word('search.results', { n: found.total }));
  };
  let isSlow = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const update = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const start = performance.now();
    show();
    isSlow = performance.now() - start > FRAME;
  };

  input.addEventListener('input', () => {
    if (!isSlow) return update();
    // A timer runs after the keys that came meanwhile, so only the last of them is searched for.
    clearTimeout(waiting);
    waiting = setTimeout(update);
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (waiting) update();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      const from = active < 0 && step < 0 ? 0 : active;
      choose((from + step + options.length) % options.length);
    } else if (event.key === 'Enter') {
      const option = options[active];
      if (option && (event.ctrlKey || event.metaKey)) window.open(prepbook.addressOf(option.href), '_blank', 'noopener');
      else option?.click();
    } else return;
    event.preventDefault();
  });
  // A link to a place on this page leads there with the dialog gone.
  list.addEventListener('click', (event) => !event.ctrlKey && !event.metaKey && event.target instanceof Element && event.target.closest('a') && dialog.close());

  prepbook.showResults = (isEntered) => {
    update();
    if (isEntered) options[active]?.click();
  };
})();
