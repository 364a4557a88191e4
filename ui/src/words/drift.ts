/** Words of the Stock drift screen: its controls and what it says itself. What happened to a SKU comes from the program. */
import { count, plural } from "../format";

export const list = {
  label: "SKUs by impact",
  group: "Stock drift",
  reading: "Reading the stock…",
  strip: "From Cin7 Core’s stock to Whistl’s count",
  chips: "Only one kind of SKU",
  find: "Find a SKU or a product",
  export: "Export",
  monthEnd: "Month end…",
  size: (skus: number) => plural(skus, "SKU"),
  capped: (skus: number) => `the first ${count(skus)} SKUs`,
  columns: {
    sku: "SKU",
    product: "Product",
    cin7: "Cin7 Core",
    whistl: "Whistl",
    inFlight: "In flight",
    pending: "Pending",
    unexplained: "Unexplained",
    value: "Value",
    means: "What it means",
    trend: "7 runs",
  },
  none: "—",
  unexplained: (units: string) => `${units} unexplained`,
  notCompared: "Not compared",
};

export const month = {
  title: "Month end",
  month: "Month",
  caption: "From Cin7 Core’s opening stock to Whistl’s closing count",
  step: "Step",
  units: "Units",
  money: "At cost",
  ties: "Each bold line is the one before it and the changes between them. A line in italics is what the others leave.",
  note: "Note under your name",
  noteHelp: "May stay empty. A signature stays; to think better of it, sign again.",
  page: "Save to print",
  table: "Save as a table",
  sign: "Sign",
};

export const keysOf = {
  post: "Post the difference under the cursor",
  recount: "Ask for a recount of the SKU under the cursor",
  accept: "Accept the difference under the cursor",
  withdraw: "Withdraw what was decided on the SKU under the cursor",
  find: "Find in this list",
  leave: "Back to all SKUs",
};

export const empty = {
  failed: "The stock could not be read",
  yet: "Stock has not been reconciled yet",
  yetText:
    "Stockbridge compares what Cin7 Core has on hand with what Whistl counts, three times a day by itself. Nothing is written by that. You can compare now.",
  compare: "Reconcile now",
  calm: "Everything agrees",
  calmText: "Nothing differs that is not on its way.",
  showAll: "Show all SKUs",
  found: "No SKU matches",
  foundText: (filter: string) => `Shown is only what fits this filter: ${filter}.`,
  kind: (title: string) => `No SKU is “${title.toLowerCase()}”`,
};

export const card = {
  label: (sku: string) => `${sku}, what happened`,
  reading: "Reading what happened…",
  none: "Choose a SKU to see what happened.",
  recount: "Ask for a recount",
  recountAgain: "Recount message",
  accept: "Accept until…",
  withdraw: "Withdraw…",
  page: "History and movements",
  more: (more: number) => `and ${plural(more, "more movement")}`,
  nothingMoved: "Nothing moved that Stockbridge heard of.",
  show: "Show",
};

export const page = {
  label: (sku: string) => `SKU ${sku}`,
  back: "All SKUs",
  mapping: "Its mapping",
  graph: "Stock on both sides",
  graphTable: "Stock at each reconciliation",
  expected: "Whistl should hold",
  counted: "Whistl counts",
  unexplained: "Unexplained",
  cin7: "Cin7 Core",
  run: "Reconciled",
  means: "What it means",
  events: "What moved, and what was decided",
  noEvents: "Nothing moved since the first reconciliation.",
  gone: "Neither side knows this SKU any more. These are the last figures.",
  open: "Open",
  openSpoken: (what: string) => `Open: ${what}`,
  runs: (runs: number) => plural(runs, "run"),
};

export const accepting = {
  until: "Until the end of",
  untilHelp: "It comes back by itself after that day.",
  missing: "Choose a day from today on.",
};

export const recounting = {
  message: "Message to the warehouse",
  help: "Copy it into an e-mail or the warehouse’s own portal.",
  copy: "Copy the message",
  copied: "Copied.",
  notCopied: "It could not be copied. Select the text and copy it by hand.",
  note: "Note",
  noteHelp: "Kept with the record; it is not part of the message.",
};

export const today = {
  title: (runs: number) => `SKUs with unexplained drift, last ${plural(runs, "run")}`,
  table: "SKUs with unexplained drift by reconciliation",
  run: "Reconciled",
  skus: "SKUs",
  point: (at: string, skus: number) => `${at}: ${plural(skus, "SKU")}`,
  notCompared: "not compared whole",
  none: "Stock has not been reconciled yet.",
};
