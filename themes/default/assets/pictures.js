// Pictures for who would rather look than read: the last tries of a question, themes over time. What they show is worked out
// without a page.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  const { dayIn, percent, svg, picture } = prepbook.picture;
  const DAY = 86_400_000;
  /** How many tries are shown. */
  const TAKES = 5;

  // ---------- the last tries of a question ----------

  /** @type {Pictures['takesOf']} */
  const takesOf = (attempts, parts) => {
    const its = attempts.filter((one) => (one.parts?.length ?? 0) === parts.length && (one.ms ?? 0) > 0).toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1)).slice(-TAKES);
    const told = parts.map((part) => part.told);
    const rows = [...its.map(({ startedAt, parts = [] }) => ({ at: startedAt, lengths: [...parts] })), ...(told.some(Boolean) ? [{ at: '', lengths: told }] : [])];
    const totals = rows.map(({ lengths }) => lengths.reduce((sum, one) => sum + one, 0));
    const longest = Math.max(...totals, 1);
    return its.length < 2 ? [] : rows.map((row, nth) => ({ ...row, total: totals[nth], shares: row.lengths.map((one) => one / longest) }));
  };
  /** @type {Pictures['drawTakes']} */
  const drawTakes = (attempts, parts) => {
    const { make, clocks } = prepbook;
    const rows = takesOf(attempts, parts);
    if (!rows.length) return null;
    const height = 24;
    const lines = rows.flatMap(({ at, lengths, shares, total }) => {
      const name = at ? dayIn(Date.parse(at), { day: 'numeric', month: 'short' }) : word('picture.model');
      let from = 0;
      const cells = shares.map((share, nth) => {
        const cell = svg('rect', { class: parts[nth].step, x: percent(from), width: percent(Math.max(share - 0.003, 0)), y: 0, height });
        from += share;
        return cell;
      });
      const told = `${name}, ${clocks.time(total)}: ${parts.map(({ title }, nth) => `${title} ${word('told.seconds', { n: Math.round(lengths[nth] / 1000) })}`).join(', ')}`;
      return [make('dt', {}, name, make('span', {}, clocks.time(total))), make('dd', {}, picture('take', told, height, ...cells))];
    });
    return make('section', { class: 'run-history' }, make('h3', {}, word('picture.last-tries')), make('dl', { class: 'run-bars' }, ...lines));
  };

  // ---------- themes over time ----------

  /** @type {Pictures['themesOf']} */
  const themesOf = (handbook, attempts, now) => {
    const themeOf = new Map(handbook.questions.map(({ id, theme }) => [id, theme]));
    const rated = attempts.flatMap(({ question, rating, startedAt }) => (question && rating !== undefined && themeOf.has(question) ? [{ theme: themeOf.get(question), rating, at: Date.parse(startedAt) }] : []));
    const begin = Math.min(...rated.map(({ at }) => at));
    const length = Math.max(now - begin, DAY);
    return handbook.themes
      .map(({ id, title, url }) => {
        const its = rated.filter(({ theme }) => theme === id).sort((one, other) => one.at - other.at);
        const latest = its.slice(-3);
        return { title, url, dots: its.map(({ at, rating }) => ({ x: (at - begin) / length, y: rating / 3 })), mean: latest.reduce((sum, { rating }) => sum + rating, 0) / (latest.length || 1) };
      })
      .filter(({ dots }) => dots.length)
      .sort((one, other) => one.mean - other.mean);
  };
  /** @type {Pictures['drawThemes']} */
  const drawThemes = (handbook, attempts, now) => {
    const { make, home } = prepbook;
    const rows = themesOf(handbook, attempts, now);
    const height = 36;
    const ratings = [word('rating.no-story-within'), word('rating.rambled-within'), word('rating.solid-within'), word('rating.ready-within')];
    const lines = rows.map(({ title, url, dots, mean }) => {
      const x = (/** @type {number} */ share) => percent(0.02 + 0.96 * share);
      const y = (/** @type {number} */ share) => 6 + (1 - share) * (height - 12);
      const first = ratings[Math.round(dots[0].y * 3)];
      const last = ratings[Math.round(mean)];
      const about = { theme: title, n: dots.length, first, last };
      const told = dots.length > 1 ? word('picture.theme-since', about) : word('picture.theme', about);
      const steps = dots.slice(1).map((dot, nth) => svg('line', { class: 'way', x1: x(dots[nth].x), y1: y(dots[nth].y), x2: x(dot.x), y2: y(dot.y) }));
      const spots = dots.map((dot) => svg('circle', { class: dot.y >= 0.5 ? 'strong' : 'weak', cx: x(dot.x), cy: y(dot.y), r: 4 }));
      return make('div', {}, make('dt', {}, make('a', { href: new URL(url, home).href }, title)), make('dd', {}, picture('theme', told, height, svg('line', { x1: 0, x2: '100%', y1: height / 2, y2: height / 2 }), ...steps, ...spots), make('span', { 'aria-hidden': 'true' }, last)));
    });
    return rows.length ? make('dl', { class: 'theme-pictures' }, ...lines) : null;
  };

  prepbook.pictures = { takesOf, drawTakes, themesOf, drawThemes };
})();
