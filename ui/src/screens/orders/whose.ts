/** What stands in a row where its owner is named, and what a screen reader says of the whole row. */
import type { Act, OrderRow, Owner, Tab } from "../../bindings";
import { dayAndTime, due, money, until } from "../../format";
import { owners } from "../../words/common";
import { action, list } from "../../words/orders";

export type Whose = { act: Act } | { state: string } | { owner: Owner };

/**
 * What is being done to it; else its state, where nobody need do anything or something was just
 * done; else whose job it is.
 */
export function whose(row: OrderRow, tab: Tab, under: Act | null, touched: boolean): Whose {
  if (under) return { act: under };
  if (row.owner === null || tab === "cancelled" || touched) return { state: row.state_title };
  return { owner: row.owner };
}

/** By when: the moment it is put off to, the time that is left, or since when it stands so. */
export function byWhen(row: OrderRow, tab: Tab): { at: string; as: "put_off" | "due" | "since" } {
  if (row.put_off_until) return { at: row.put_off_until, as: "put_off" };
  if (row.ship_by && tab !== "cancelled" && tab !== "despatched")
    return { at: row.ship_by, as: "due" };
  return { at: row.at, as: "since" };
}

/** The second line where there is no reason to name. */
export function second(row: OrderRow, now: number): string {
  if (row.next_at) return `${list.nextTry} ${until(row.next_at, now)}`;
  return [money(row.value, row.currency), row.channel].filter(Boolean).join(" · ");
}

/** The row as one sentence, with all that it shows and nothing cut off. */
export function spoken(
  row: OrderRow,
  tab: Tab,
  who: Whose,
  clock: { now: number; zone: string },
): string {
  const when = byWhen(row, tab);
  const at = {
    put_off: () => `${list.putOffUntil} ${dayAndTime(when.at, clock.now, clock.zone)}`,
    due: () => due(when.at, clock.now, clock.zone),
    since: () => dayAndTime(when.at, clock.now, clock.zone),
  }[when.as]();
  return [
    row.number,
    row.customer || list.cleared,
    row.reason || second(row, clock.now),
    row.reason && row.more ? list.more(row.more) : "",
    "act" in who ? action.chip(who.act) : "state" in who ? who.state : owners[who.owner],
    at,
  ]
    .filter(Boolean)
    .join(", ");
}
