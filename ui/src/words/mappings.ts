/** Words of the Mappings screen. What a saved entry does is worded by the program. */
import { plural } from "../format";

export const words = {
  label: "Maps",
  reading: "Reading the maps…",
  failed: "The maps could not be read",
  missing: "Not mapped, orders waiting",
  waiting: (orders: number) => `${plural(orders, "order")} waiting`,
  use: (to: string) => `Use ${to}`,
  save: "Save",
  add: "Add an entry",
  find: "Find an entry",
  from: { sku: "SKU in Cin7 Core", service: "Shipping method in Cin7 Core" },
  to: { sku: "SKU at Whistl", service: "Service at Whistl" },
  choose: "Choose a service",
  made: "Made",
  by: (who: string) => `by ${who}`,
  remove: "Remove",
  removeSpoken: (from: string) => `Remove the entry for ${from}`,
  removeTitle: (from: string) => `Remove the entry for ${from}?`,
  removeEffect: (from: string, to: string) => [
    `“${from}” is no longer sent as ${to}.`,
    "Orders that need the entry are held until it is mapped again.",
  ],
  calm: "Everything seen in orders is mapped",
  yet: "No entries yet",
  yetText: "An entry says what Whistl calls something that Cin7 Core calls otherwise.",
  none: "No entry matches",
  noneText: (find: string) => `Nothing here holds “${find}”.`,
  screen: "On the Mappings screen",
};
