/** Words of the Adjustments screen: its controls and what it says itself. Where an adjustment stands and what is wrong comes from the program. */
import type { AdjustmentTab } from "../bindings";
import { count, plural } from "../format";

export const list = {
  export: "Export",
  tabs: "Stock adjustments by how far they stand in Cin7 Core",
  label: "Stock adjustments",
  group: "Adjustments",
  reading: "Reading the stock adjustments…",
  narrow: "Narrow the list",
  find: "Find a SKU or document",
  reason: "Reason",
  any: "any",
  reasonIs: (reason: string, adjustments: number) => `${reason} ${count(adjustments)}`,
  owner: "Owner",
  everyone: "everyone",
  ownerIs: (owner: string, adjustments: number) => `${owner} ${count(adjustments)}`,
  day: "Happened on",
  size: (adjustments: number) => plural(adjustments, "adjustment"),
  capped: (adjustments: number) => `the newest ${count(adjustments)}`,
  sorted: {
    all: "what needs you first",
    needs_you: "by what is wrong",
    waiting: "longest waiting first",
    posted: "newest first",
    set_aside: "newest first",
  } satisfies Record<AdjustmentTab, string>,
  inOrder: "Nothing needs anyone",
  units: (units: string) => `${units} ${/^[−+]?1$/.test(units) ? "unit" : "units"}`,
  levels: (before: string, after: string) => `${before} → ${after}`,
  levelsSpoken: (before: string, after: string) => `from ${before} to ${after}`,
  worth: (value: string) => `worth ${value}`,
  happened: "happened",
};

export const keysOf = {
  approve: "Approve the adjustment under the cursor",
  dismiss: "Dismiss the adjustment under the cursor",
  already: "Say that it is in Cin7 Core already",
  retry: "Retry the adjustment under the cursor",
  find: "Find in this list",
  leave: "Close the adjustment",
};

export const empty = {
  failed: "The stock adjustments could not be read",
  calm: "All in order: nothing needs anyone",
  calmText: "What the warehouse counts next is posted by itself, within the limits you set.",
  yet: "The warehouse has counted nothing yet",
  yetText:
    "What it counts, damages, loses or finds shows up here, and Cin7 Core follows by itself within the limits you set. You can look now.",
  look: "Look now",
  other: {
    all: "",
    needs_you: "",
    waiting: "Nothing is on the way to Cin7 Core",
    posted: "Nothing has been posted yet",
    set_aside: "Nothing was set aside",
  } satisfies Record<AdjustmentTab, string>,
  found: "No stock adjustment matches",
  foundText: (filter: string) => `Shown is only what fits this filter: ${filter}.`,
};

export const pane = {
  label: "Stock adjustment",
  close: "Close the adjustment",
  none: "No adjustment chosen",
  noneText: "Choose one on the left to see what the warehouse said, and how far it is.",
  reading: "Reading the adjustment…",
  change: "Change",
  level: "In Cin7 Core",
  value: "Value at cost",
  unknown: "not known",
  nextTry: "Looked at again by itself",
  tries: (tries: number) =>
    `Put into a document ${tries === 1 ? "once" : `${count(tries)} times`}.`,
  said: "What the warehouse said",
  document: "In Cin7 Core",
  map: "Map the SKU",
  approve: "Approve",
  dismiss: "Dismiss…",
  already: "Already in Cin7 Core…",
  retry: "Retry",
  activity: "In Activity",
};
