/** Words that more than one screen uses. The program's own sentences come from the program. */
import type { Owner, Tone } from "../bindings";
import { count, plural } from "../format";

export const owners: Record<Owner, string> = {
  office: "Office",
  warehouse: "Warehouse",
  finance: "Finance",
  support: "System",
};

/** What a tone means, for who cannot see its colour. */
export const tones: Record<Tone, string> = {
  stop: "Stopped",
  warn: "Needs someone",
  info: "Different",
  ok: "Fine",
  plain: "",
};

export const common = {
  leave: "Leave it",
  close: "Close",
  tryAgain: "Try again",
  clearFilter: "Clear the filter",
  reason: "Why",
  reasonHelp: "Kept with the record, so that others can see it.",
  reasonMissing: "Say why in a few words.",
  reading: "Reading…",
  leftOut: (orders: number) => `Left out: ${plural(orders, "order")}`,
  andMore: (more: number) => `and ${count(more)} more`,
  lastChecked: (ago: string) => `Last checked ${ago}.`,
};
