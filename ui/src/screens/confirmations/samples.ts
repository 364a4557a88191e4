/** Despatches for the component tests; the page itself never imports this. */
import type { ConfirmationPage, ConfirmationRow, ConfirmationsOpened } from "../../bindings";

export const NOW = "2026-11-24T14:48:20Z";

export const row = (despatch_id: string, more: Partial<ConfirmationRow> = {}): ConfirmationRow => ({
  despatch_id,
  number: `SO-${despatch_id.slice(-1)}`,
  reference: "SO-REF",
  left_at: "2026-11-24T12:48:20Z",
  parcels: 1,
  carrier: "DPD",
  tracking: "1594",
  more_tracking: 0,
  units: "2",
  state: "exception",
  state_title: "The sale is voided",
  tone: "stop",
  icon: "ban",
  owner: "office",
  posted_at: null,
  settled: false,
  ...more,
});

export const page = (
  of: ConfirmationRow,
  more: Partial<ConfirmationPage> = {},
): ConfirmationPage => ({
  row: of,
  sentences: [`What is wrong with ${of.despatch_id}.`],
  customer: "Harriet Okafor",
  order_state: "Despatched",
  published_at: null,
  received_at: of.left_at,
  is_last: true,
  lines: [{ sku: "TEAPOT04", quantity: "2", cancelled: "", why: "" }],
  parcels: [
    {
      number: 1,
      carrier: of.carrier,
      service: "Next day",
      tracking: [of.tracking],
      link: "https://track.example/1594",
    },
  ],
  stages: [],
  flags: [],
  came_again: [],
  attempts: 1,
  next_at: null,
  retry: { allowed: true, why_not: "" },
  leave_alone: { allowed: true, why_not: "" },
  ...more,
});

export const opened = (
  list: number,
  total: number,
  more: Partial<ConfirmationsOpened> = {},
): ConfirmationsOpened => ({
  list,
  total,
  capped: false,
  groups: total ? [{ title: "Left today", count: total, tone: "plain" }] : [],
  tabs: [
    { tab: "needs_you", title: "Needs you", count: total },
    { tab: "waiting", title: "Waiting", count: 1 },
  ],
  owners: [{ owner: "office", count: total }],
  as_of: NOW,
  checked: "2026-11-24T14:48:00Z",
  ...more,
});
