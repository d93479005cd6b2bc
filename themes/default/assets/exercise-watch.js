// The time as the page sees it, and a screen that stays awake.
// @ts-check
(() => {
  'use strict';
  let wasHidden = false;
  document.addEventListener('visibilitychange', () => (wasHidden ||= document.hidden));
  document.addEventListener('freeze', () => (wasHidden = true));
  /** @returns {Reading} */
  const now = () => {
    const reading = { wall: Date.now(), steady: performance.now(), origin: performance.timeOrigin, wasHidden };
    wasHidden = document.hidden;
    return reading;
  };

  /** @type {WakeLockSentinel | null} */
  let awake = null;
  const stayAwake = async (/** @type {boolean} */ isWanted) => {
    try {
      if (!isWanted) await awake?.release();
      else if (!awake || awake.released) awake = (await navigator.wakeLock?.request('screen')) ?? null;
    } catch {
      // Refused, for example to save the battery: the clock is right all the same.
    }
  };

  prepbook.watch = { now, stayAwake };
})();
