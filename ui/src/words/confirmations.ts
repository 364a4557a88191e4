/** Words of the Confirmations screen: its controls and what it says itself. Where a despatch stands and what is wrong comes from the program. */
import type { ConfirmationTab, StageState } from "../bindings";
import { count, plural } from "../format";

export const list = {
  tabs: "Despatches by how far Cin7 Core has been told",
  label: "Despatches",
  group: "Confirmations",
  reading: "Reading the despatches…",
  find: "Find an order or a despatch",
  owner: "Owner",
  everyone: "everyone",
  ownerIs: (owner: string, despatches: number) => `${owner} ${count(despatches)}`,
  size: (despatches: number) => plural(despatches, "despatch", "despatches"),
  capped: (despatches: number) => `the newest ${count(despatches)} despatches`,
  sorted: {
    needs_you: "longest waiting first",
    waiting: "longest waiting first",
    posted: "newest first",
    left_alone: "newest first",
  } satisfies Record<ConfirmationTab, string>,
  unknown: "Unknown order",
  parcels: (parcels: number) => plural(parcels, "parcel"),
  units: (units: string) => `${units} ${units === "1" ? "unit" : "units"}`,
  noCarrier: "carrier not named",
  more: (more: number) => `+${count(more)}`,
  left: "left",
  told: "told",
};

export const keysOf = {
  retry: "Retry the despatch under the cursor",
  leaveAlone: "Leave the despatch under the cursor as it is",
  find: "Find in this list",
  leave: "Close the despatch",
};

export const empty = {
  failed: "The despatches could not be read",
  calm: "Cin7 Core knows of everything that left",
  calmText: "No despatch needs anyone. What leaves next is told by itself.",
  yet: "Nothing has left the warehouse yet",
  yetText:
    "A despatch shows up here when the warehouse hands it to the carrier; Cin7 Core is then told by itself. You can look now.",
  look: "Look now",
  other: {
    needs_you: "",
    waiting: "Nothing waits to be told",
    posted: "Cin7 Core was not told of any despatch yet",
    left_alone: "No despatch was left alone",
  } satisfies Record<ConfirmationTab, string>,
  found: "No despatch matches",
  foundText: (filter: string) => `Shown is only what fits this filter: ${filter}.`,
};

export const pane = {
  label: "Despatch",
  close: "Close the despatch",
  none: "No despatch chosen",
  noneText: "Choose one on the left to see what left, and how far Cin7 Core has been told of it.",
  reading: "Reading the despatch…",
  order: "Order",
  customer: "Customer",
  left: "Left",
  known: "Known here",
  of: (reference: string) => `of ${reference}`,
  nextTry: "Tried again",
  last: "The last of this order",
  notLast: "More is to come",
  what: "What left",
  sku: "SKU at Whistl",
  quantity: "Left",
  cancelled: (units: string, why: string) =>
    `${units} will not come${why ? `, the warehouse says: ${why}` : ""}`,
  parcels: "Parcels",
  parcel: (number: number) => `Parcel ${count(number)}`,
  noTracking: "No tracking number",
  follow: "Follow",
  followSpoken: (tracking: string) => `Follow ${tracking} in the browser`,
  notReadable: "What the warehouse said of it was cleared with age, or cannot be opened here.",
  told: "What Cin7 Core was told",
  states: {
    done: "Done",
    unclear: "Not known",
    failed: "Not taken",
    to_come: "To come",
  } satisfies Record<StageState, string>,
  mapCarrier: "Name it under Carriers",
  openOrder: "Open the order",
  openCin7: "Open in Cin7 Core",
  retry: "Retry",
  leaveAlone: "Leave as it is…",
};

export const inOrder = {
  title: "Despatches",
  open: "Confirmation",
  openSpoken: (despatch: string) => `Show how far Cin7 Core has been told of ${despatch}`,
};
