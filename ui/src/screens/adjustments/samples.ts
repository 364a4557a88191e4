/** Stock adjustments for the component tests; the page itself never imports this. */
import type { AdjustmentPage, AdjustmentRow, AdjustmentsOpened } from "../../bindings";

export const NOW = "2026-11-24T14:48:20Z";

export const row = (id: string, more: Partial<AdjustmentRow> = {}): AdjustmentRow => ({
  id,
  sku: "TEAPOT04",
  units: "-18",
  reason: "Damaged",
  happened_at: "2026-11-24T12:48:20Z",
  state: "needs_approval",
  state_title: "Above a limit",
  tone: "warn",
  icon: "card",
  owner: "finance",
  document: "",
  before: "",
  after: "",
  value: "-297.00",
  currency: "GBP",
  by: "",
  settled_at: null,
  ...more,
});

export const posted = (id: string, more: Partial<AdjustmentRow> = {}) =>
  row(id, {
    units: "-4",
    state: "posted",
    state_title: "Posted",
    tone: "ok",
    icon: "scales",
    owner: null,
    document: "SW-00012",
    before: "34",
    after: "30",
    value: "-66.00",
    currency: "GBP",
    by: "by itself",
    settled_at: "2026-11-24T13:00:00Z",
    ...more,
  });

const no = (why_not: string) => ({ allowed: false, why_not });
const yes = { allowed: true, why_not: "" };

export const page = (of: AdjustmentRow, more: Partial<AdjustmentPage> = {}): AdjustmentPage => {
  const decides = of.state === "needs_approval";
  const open = decides || of.state === "failed";
  const done = no("There is nothing to decide about it.");
  return {
    row: of,
    product: "Cast iron teapot",
    sentences: [`What is to be known of ${of.id}.`],
    level: "What Cin7 Core has now is read just before posting.",
    said: [
      { title: "Happened", text: "", at: of.happened_at, code: false },
      { title: "Reason", text: of.reason, at: null, code: false },
      { title: "Its name at Whistl", text: of.id, at: null, code: true },
    ],
    document: [],
    came_again: [],
    happened: [],
    attempts: 0,
    next_at: null,
    map: null,
    approve: decides ? yes : done,
    dismiss: open ? yes : done,
    already: open ? yes : done,
    retry: open ? yes : done,
    ...more,
  };
};

export const opened = (
  list: number,
  rows: readonly AdjustmentRow[],
  more: Partial<AdjustmentsOpened> = {},
): AdjustmentsOpened => {
  const needing = rows.filter(({ settled_at }) => settled_at === null).length;
  const group = (title: string, count: number, tone: "warn" | "plain") =>
    count ? [{ title, count, tone } as const] : [];
  return {
    list,
    total: rows.length,
    capped: false,
    groups: [
      ...group("Needs approval: above a limit", needing, "warn"),
      ...group("Settled today", rows.length - needing, "plain"),
    ],
    tabs: [
      { tab: "all", title: "All", count: rows.length },
      { tab: "needs_you", title: "Needs you", count: needing },
      { tab: "posted", title: "Posted", count: rows.length - needing },
    ],
    owners: needing ? [{ owner: "finance", count: needing }] : [],
    reasons: [
      { reason: "damaged", title: "Damaged", count: rows.length },
      { reason: "found", title: "Found", count: 1 },
    ],
    as_of: NOW,
    checked: "2026-11-24T14:48:00Z",
    ...more,
  };
};
