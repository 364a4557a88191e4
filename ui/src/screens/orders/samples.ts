/** Orders for the component tests; the page itself never imports this. */
import type {
  Doing,
  HoldCard,
  ListFilter,
  ListOpened,
  Offer,
  OrderPage,
  OrderRow,
  Preview,
} from "../../bindings";
import { mockIPC } from "../../../test-bridge";

export const NOW = "2026-11-24T14:48:20Z";

export const row = (number: string, more: Partial<OrderRow> = {}): OrderRow => ({
  number,
  customer: `Customer of ${number}`,
  state: "held",
  state_title: "Held before sending",
  tone: "stop",
  icon: "tag",
  reason: "SKU has characters Whistl rejects",
  more: 0,
  owner: "office",
  ship_by: "2026-11-24T16:00:00Z",
  due_tone: "stop",
  next_at: null,
  value: "84.50",
  currency: "GBP",
  channel: "Web shop",
  put_off_until: null,
  at: NOW,
  ...more,
});

export const rows = (count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => row(`SO-${from + at}`));

export const offer = (kind: Offer["kind"], more: Partial<Offer> = {}): Offer => ({
  kind,
  label: "Do it",
  from: "",
  to: "",
  ...more,
});

export const card = (more: Partial<HoldCard> = {}): HoldCard => ({
  code: "sku_invalid_characters",
  title: "SKU has characters Whistl rejects",
  sentence: "Whistl takes letters and digits only.",
  icon: "tag",
  tone: "stop",
  owner: "office",
  where_label: "Line 2",
  path: "Order → Lines → 2 → SKU",
  value: "ITEM-01_BLUE",
  marks: [
    [4, 5],
    [7, 8],
  ],
  fix: "Change the SKU in Cin7 Core.",
  since: NOW,
  offers: [],
  ...more,
});

const allowed = { allowed: true, why_not: "" };
export const page = (number: string, more: Partial<OrderPage> = {}): OrderPage => ({
  number,
  sale_id: "5c9d0f4e",
  customer: `Customer of ${number}`,
  value: "84.50",
  currency: "GBP",
  ship_by: "2026-11-24T16:00:00Z",
  channel: "Web shop",
  service: "Standard Delivery",
  service_name: "WHI_STD",
  state: "held",
  state_title: "Held before sending",
  tone: "stop",
  state_detail: "",
  owner: "office",
  reference: null,
  whistl_reference: null,
  whistl_status: null,
  holds: [],
  journey: null,
  happened: [],
  lines: [],
  address: [],
  phone: "",
  email: "",
  message: [],
  attempts: [],
  despatches: [],
  notes: [],
  put_off: null,
  recheck: allowed,
  resend: allowed,
  withdraw: { allowed: false, why_not: "The warehouse does not have it." },
  release: { allowed: false, why_not: "Whistl itself would refuse it." },
  open_cin7: true,
  ...more,
});

export const preview = (more: Partial<Preview> = {}): Preview => ({
  title: "Resend SO-1?",
  effect: ["It is read from Cin7 Core, checked, and sent to Whistl."],
  button: "Resend SO-1",
  count: 1,
  allowed: 1,
  refused: [],
  needs_reason: false,
  ...more,
});

export const doing = (more: Partial<Doing> = {}): Doing => ({
  action: 7,
  act: "resend",
  total: 1,
  done: 0,
  current: "",
  finished: false,
  orders: [],
  untouched: 0,
  stopped_because: "",
  summary: "",
  ...more,
});

export type Call = { command: string; args: Record<string, unknown> };
type Answer = (args: Record<string, unknown>) => unknown;

/** Stands in for the program; what it throws is the refusal the page gets. */
export function program(answers: Record<string, Answer>): Call[] {
  const calls: Call[] = [];
  mockIPC((command, args) => {
    if (command.startsWith("plugin:")) return 1;
    calls.push({ command, args: (args ?? {}) as Record<string, unknown> });
    const answer = answers[command];
    if (!answer) throw { code: "internal", message: `${command} has no answer`, field: null };
    return answer((args ?? {}) as Record<string, unknown>);
  });
  return calls;
}

/** Lists over orders that come and go, frozen when they are opened. */
export function lists(orders: OrderRow[]) {
  const open = new Map<number, string[]>();
  let last = 0;
  const shown = () => orders.filter((each) => each.owner !== null);
  return {
    open_list: (args: Record<string, unknown>): ListOpened => {
      const { tab, find } = args["filter"] as ListFilter;
      const found = shown().filter((each) => !find || each.number.includes(find));
      last += 1;
      open.set(
        last,
        found.map((each) => each.number),
      );
      return {
        list: last,
        total: found.length,
        capped: false,
        groups: found.length ? [{ title: "Later", count: found.length, tone: "plain" }] : [],
        tabs: [{ tab, title: "Needs you", count: shown().length }],
        owners: [{ owner: "office", count: shown().length }],
        causes: [],
        channels: [{ channel: "Web shop", count: shown().length }],
        put_off: 0,
        as_of: NOW,
      };
    },
    list_rows: (args: Record<string, unknown>): OrderRow[] => {
      const numbers = open.get(args["list"] as number);
      if (!numbers) throw { code: "list_gone", message: "No longer kept.", field: null };
      const from = args["from"] as number;
      return numbers.slice(from, from + (args["count"] as number)).map((number) => {
        const found = orders.find((each) => each.number === number);
        if (!found) throw new Error(`no ${number}`);
        return { ...found };
      });
    },
    list_news: (args: Record<string, unknown>) => {
      const then = open.get(args["list"] as number) ?? [];
      const now = shown().map((each) => each.number);
      return {
        new: now.filter((number) => !then.includes(number)).length,
        gone: then.filter((number) => !now.includes(number)).length,
      };
    },
    forget: () => open.clear(),
  };
}
