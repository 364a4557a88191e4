/** Words of the Mappings screen. What a saved entry does, and why something fits, is worded by the program. */
import { count, plural } from "../format";

export const words = {
  label: "Maps",
  reading: "Reading the maps…",
  failed: "The maps could not be read",
  missing: {
    sku: "Not mapped, orders waiting",
    service: "Not mapped, orders waiting",
    carrier: "Not mapped, named by despatches",
  },
  waiting: (orders: number) => `${plural(orders, "order")} waiting`,
  told: (despatches: number) =>
    despatches
      ? `${plural(despatches, "despatch", "despatches")} told with this name`
      : "none told with it yet",
  noMethod: "No shipping method",
  use: (to: string) => `Use ${to}`,
  useSpoken: (to: string, from: string) => `Use ${to} for ${from}`,
  other: "Something else…",
  otherSpoken: (from: string) => `Something else for ${from}`,
  save: "Save",
  saveSpoken: (from: string) => `Save for ${from}`,
  leave: "Leave it",
  showAll: (more: number) => `Show ${count(more)} more`,
  find: "Find an entry",
  entries: {
    sku: "SKUs under another name at Whistl",
    service: "Shipping methods and their services",
    carrier: "Carriers and their names in Cin7 Core",
  },
  size: (entries: number) => plural(entries, "entry", "entries"),
  matching: (entries: number, all: number) => `${count(entries)} of ${count(all)}`,
  readAt: "Whistl’s list was read",
  add: "Add an entry",
  addText: {
    sku: "For a SKU that Whistl knows under another name.",
    service: "For a shipping method as Cin7 Core names it.",
    carrier: "For a carrier as the warehouse names it.",
  },
  entry: "Entry",
  close: "Close the entry",
  from: {
    sku: "SKU in Cin7 Core",
    service: "Shipping method in Cin7 Core",
    carrier: "Carrier at Whistl",
  },
  to: { sku: "SKU at Whistl", service: "Service at Whistl", carrier: "Carrier in Cin7 Core" },
  toSpoken: (to: string, from: string) => `${to} for ${from}`,
  why: "Why",
  whyHelp: "May be left empty. Kept with the entry.",
  choose: "Choose a service",
  noFrom: {
    sku: "Type the SKU as Cin7 Core has it.",
    service: "Type the shipping method.",
    carrier: "Type the carrier as Whistl has it.",
  },
  noTo: {
    sku: "Type the SKU as Whistl lists it.",
    service: "Choose a service first.",
    carrier: "Type the carrier as Cin7 Core has it.",
  },
  already: "There is an entry for it: saving replaces it.",
  change: "Save the change",
  by: (who: string) => `by ${who}`,
  madeBy: "Made by",
  made: "Made",
  remove: "Remove…",
  removeButton: "Remove the entry",
  removeTitle: (from: string) => `Remove the entry for ${from}?`,
  removeEffect: (kind: "sku" | "service" | "carrier", from: string, to: string) =>
    kind === "carrier"
      ? [
          `Cin7 Core is no longer told ${to} for “${from}”.`,
          "From then on the carrier is passed on as the warehouse names it. What was told stays.",
        ]
      : [
          `“${from}” is no longer sent as ${to}.`,
          "Orders checked from then on are held until it is mapped again. What is at the warehouse stays there.",
        ],
  calm: {
    sku: "Everything seen in orders is mapped",
    service: "Everything seen in orders is mapped",
    carrier: "A carrier without an entry is passed on as the warehouse names it",
  },
  yet: {
    sku: "No SKU is mapped yet",
    service: "No shipping method is mapped yet",
    carrier: "No carrier is mapped yet",
  },
  yetText: {
    sku: "A SKU spelt alike at Whistl may need no entry. Add one where the names differ.",
    service: "Each shipping method needs the Whistl service it stands for. None is guessed.",
    carrier:
      "A carrier without an entry is passed on to Cin7 Core as the warehouse names it. Add one where Cin7 Core has its own name.",
  },
  addFirst: "Add the first entry",
  none: "No entry matches",
  noneText: (find: string) => `Nothing here holds “${find}”.`,
  suggested: "Suggested, and taken on the Mappings screen",
  screen: "Chosen on the Mappings screen",
};
