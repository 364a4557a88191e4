/** What an action did to each order, as its word comes in parts. */
import type { Acted } from "../../bindings";

export type Results = ReadonlyMap<string, Acted>;

/** The results so far with the newest. The program tells only the last few hundred each time. */
export function joined(before: Results, newest: readonly Acted[]): Results {
  const results = new Map(before);
  for (const acted of newest) results.set(acted.number, acted);
  return results;
}

const RANK = { stop: 0, warn: 1, info: 2, plain: 3, ok: 4 };

/** Failures first, then what still needs someone, then what went well. */
export function sorted(results: Results): Acted[] {
  return [...results.values()].sort((a, b) => RANK[a.tone] - RANK[b.tone]);
}
