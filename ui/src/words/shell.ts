/** Words round every screen: navigation, banners, the standing screens, Ctrl+K and the keys. */
import type { Shell, StandingKind, Tab } from "../bindings";
import { count, plural } from "../format";

export const screens = {
  today: "Today",
  orders: "Orders",
  confirmations: "Confirmations",
  drift: "Stock drift",
  adjustments: "Adjustments",
  mappings: "Mappings",
  activity: "Activity",
  settings: "Settings",
};

export const tabs: Record<Tab, string> = {
  needs_you: "Orders that need you",
  waiting: "Orders waiting to send",
  at_warehouse: "Orders at the warehouse",
  despatched: "Despatched orders",
  cancelled: "Cancelled orders",
};

export const nav = {
  label: "Screens",
  needYou: (orders: number) => `${plural(orders, "order needs", "orders need")} you`,
  despatchesNeedYou: (despatches: number) =>
    `${plural(despatches, "despatch needs", "despatches need")} you`,
  driftNeedsYou: (skus: number) => `${plural(skus, "SKU needs", "SKUs need")} you`,
  adjustmentsNeedYou: (adjustments: number) =>
    `${plural(adjustments, "stock adjustment needs", "stock adjustments need")} you`,
  vendors: "Connections",
  free: (free: number, limit: number) => `${count(free)} of ${count(limit)} calls free`,
  freeTitle: "How many more calls Cin7 Core takes from us this minute",
  since: (time: string) => `since ${time}`,
  pause: "Pause sending",
  resume: "Resume sending",
};

export const header = {
  find: "Find an order or SKU",
  sync: "Sync now",
  reconcile: "Reconcile now",
  skip: "Skip to the screen",
};

export const pause = {
  title: "Pause sending",
  effect: [
    "Nothing more goes to Whistl until someone resumes; what was sent stays sent.",
    "Orders are still read and checked, and wait in their order.",
  ],
  button: "Pause sending",
  done: "Sending is paused.",
  resumed: "Sending goes on.",
  banner: "Sending is paused",
  by: (who: string, why: string) => (why ? `${who}: ${why}` : who),
  waiting: (orders: number) => (orders === 1 ? "1 order waits." : `${count(orders)} orders wait.`),
  since: "since",
  resume: "Resume",
};

export const stale = {
  banner: "Not up to date",
  asOf: "What is shown is from",
};

export const silent = {
  banner: "No notifications",
  button: "Alert settings",
};

export const lookOnly = {
  banner: "Look only",
  text: "Everything is read and decided. Nothing is sent to Whistl.",
  button: "Review and go live",
};

export const practice = {
  banner: "Practice",
  text: "Both vendors are simulated here: nothing reaches Cin7 Core or Whistl.",
  speed: "How fast its time runs",
  speeds: [
    { speed: 0, title: "Stop" },
    { speed: 1, title: "1×" },
    { speed: 10, title: "10×" },
    { speed: 60, title: "60×" },
  ],
  faults: (on: number) => (on ? `Faults (${count(on)} on)` : "Faults"),
  faultsLabel: "What goes wrong",
  play: [
    { what: "rush", title: "A rush of orders" },
    { what: "bad_orders", title: "Orders with mistakes" },
    { what: "fix_orders", title: "Correct them in Cin7 Core" },
    { what: "collection", title: "The carrier collects" },
    { what: "stock_astray", title: "Stock goes astray" },
  ] as const,
  leave: "Leave practice",
  enter: "Practise first",
};

/** Titles of what stands in the way; what it is and what to do come from the program. */
export const standing: Record<Exclude<StandingKind, "first_run" | "working">, string> = {
  starting: "Starting",
  no_keychain: "The keychain cannot be reached",
  key_missing: "The key to the stored data is missing",
  newer_database: "The data was written by a newer Stockbridge",
  held_elsewhere: "Stockbridge is already at work on this data",
  damaged: "The stored data cannot be read",
  disk_full: "The disk is full",
};

export const standingMore = {
  unanswered: "Stockbridge does not answer",
  tryAgain: "Try again",
  quit: "Quit",
  version: (version: string) => `Version ${version}`,
};

export const palette = {
  title: "Find",
  hint: "An order, a customer, a SKU, a reason or a setting",
  groups: { found: "Found", screens: "Go to", actions: "Do" },
  nothing: (text: string) => `Nothing is called “${text}”.`,
  nothingHelp: "Try an order's number, a SKU, or a word of a customer's name.",
  searching: "Looking…",
  results: (found: number) => plural(found, "result"),
  foot: "↑ ↓ to choose · Enter to go · Esc to leave",
};

export const actions = {
  sync: "Sync now",
  pause: "Pause sending",
  resume: "Resume sending",
  theme: (theme: Shell["theme"]) =>
    ({ light: "Light theme", dark: "Dark theme", system: "Theme of this computer" })[theme],
  keys: "Keys",
  practise: "Practise with simulated vendors",
  leavePractice: "Leave practice",
};

export const keyList = {
  title: "Keys",
  everywhere: "Everywhere",
  find: "Find anything",
  keys: "This list",
  back: "Back to where you were",
  screen: (title: string) => `Go to ${title}`,
  leave: "Leave a dialog",
  more: { move: "Move a page, to the first or last row", extend: "Select along the way" },
};
