/** The moment every fixture is told from: Tuesday 24 November 2026, 14:48:20 in London. */
export const NOW = Date.parse("2026-11-24T14:48:20Z");

/** The moment so many seconds before (or, negative, after) now, as the program writes it. */
export const before = (seconds) => new Date(NOW - seconds * 1000).toISOString();

export const at = (clock, day = 24) =>
  new Date(`2026-11-${String(day).padStart(2, "0")}T${clock}Z`).toISOString();

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

export const filterOf = (tab, more = {}) => ({
  tab,
  owner: null,
  cause: null,
  channel: null,
  find: null,
  put_off: false,
  ...more,
});

export const place = (screen, more = {}) => ({
  screen,
  filter: null,
  confirmations: null,
  adjustments: null,
  number: null,
  section: null,
  ...more,
});
