/** Whose time an order's life was: its waits with their lengths now, and their part of the whole. */
import type { Journey, JourneyLeg } from "../../bindings";

export type Wait = JourneyLeg & {
  /** Its part of the whole, from 0 to 1. */
  part: number;
};

/** The waits at that moment: the one that lasts has grown since it was read. */
export function waits(way: Journey, now: number): { legs: Wait[]; total: number; lasts: boolean } {
  const legs = way.legs.map((leg) => {
    const since = Math.floor((now - Date.parse(leg.from)) / 1000);
    return leg.lasts ? { ...leg, seconds: Math.max(leg.seconds, since) } : leg;
  });
  const total = legs.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    legs: legs.map((leg) => ({ ...leg, part: total ? leg.seconds / total : 1 / legs.length })),
    total,
    lasts: legs.some(({ lasts }) => lasts),
  };
}

/** Of many waits, those that say most: the longest, in the order in which they came. */
export function longest(legs: readonly Wait[], most: number): Wait[] {
  if (legs.length <= most) return [...legs];
  const kept = new Set([...legs].sort((a, b) => b.seconds - a.seconds).slice(0, most));
  return legs.filter((leg) => kept.has(leg));
}
