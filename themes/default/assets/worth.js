// What of the reader's records is worth a file of one's own, and when one is due.
// @ts-check
(() => {
  'use strict';
  const WEEK = 7 * 86_400_000;
  const isSaid = (/** @type {unknown} */ value) => value !== undefined && value !== '';
  /** @type {Worth['isWorthKeeping']} */
  const isWorthKeeping = ({ stories, attempts, audio, questions }) =>
    attempts.length > 0 || audio.length > 0 || Object.keys(stories).length > 0 || Object.values(questions).some(({ text, note, rating }) => [text, note, rating].some(isSaid));
  /** @type {Worth['isExportDue']} */
  const isExportDue = (doc, exported, now) => {
    const last = exported && exported > doc.createdAt ? exported : doc.createdAt;
    return isWorthKeeping(doc) && Date.parse(now) - Date.parse(last) > WEEK;
  };

  prepbook.worth = { isWorthKeeping, isExportDue };
})();
