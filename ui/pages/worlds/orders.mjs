/** Orders, their list and their page, as the fixture worlds have them. */
import { LEFT, pageOf as despatchOf } from "./confirmations.mjs";
import { HOUR, at, before } from "./times.mjs";

const row = (number, customer, reason, icon, more = {}) => ({
  number,
  customer,
  state: "held",
  state_title: "Held before sending",
  tone: "stop",
  icon,
  reason,
  more: 0,
  owner: "office",
  ship_by: at("16:00:00"),
  due_tone: "stop",
  next_at: null,
  value: "84.50",
  currency: "GBP",
  channel: "Web shop",
  put_off_until: null,
  at: before(300),
  cause: "sku_invalid_characters",
  ...more,
});

const later = (day) => ({ tone: "warn", due_tone: "plain", ship_by: at("16:00:00", day) });

export const BUSY = [
  row("SO-10482", "Harriet Okafor", "SKU has characters Whistl rejects: ITEM-01_BLUE", "tag"),
  row("SO-10479", "Northgate Cycles Ltd", "No telephone number on the order", "phone", {
    cause: "phone_missing",
    value: "1290.00",
    more: 1,
  }),
  row("SO-10477", "Tom Brightwell", "Shipping method “Express Delivery” is not mapped", "truck", {
    cause: "service_unmapped",
    channel: "Marketplace",
  }),
  row("SO-10471", "Priya Nair", "Rejected by Whistl: unknown SKU KETTLE17", "ban", {
    cause: "rejected_by_whistl",
    state: "rejected",
    state_title: "Rejected by Whistl",
  }),
  row("SO-10468", "Green Lane Nursery", "Postcode “LS1 4A” is incomplete", "pin", {
    cause: "postcode_incomplete",
    ...later(25),
  }),
  row("SO-10465", "Owen Pritchard", "Postcode missing for United Kingdom", "pin", {
    cause: "postcode_incomplete",
    ...later(25),
  }),
  row("SO-10455", "Maya Feldman", "Carrier failure reported at the warehouse", "warning", {
    cause: "carrier_failed",
    owner: "warehouse",
    state: "blocked",
    state_title: "Blocked at the warehouse",
    ...later(26),
  }),
];

const others = (first, tab, count, state, state_title, tone, icon) =>
  Array.from({ length: count }, (_, index) =>
    row(`SO-${String(first - index).padStart(5, "0")}`, `Customer ${index + 1}`, "", icon, {
      tab,
      state,
      state_title,
      tone,
      owner: null,
      due_tone: "plain",
      ship_by: at("16:00:00", 25),
      at: before(index * 300),
      cause: null,
    }),
  );

export const OTHERS = [
  ...others(10_400, "waiting", 12, "waiting", "Waiting to send", "info", "clock"),
  ...others(10_388, "at_warehouse", 148, "accepted", "Accepted by Whistl", "ok", "truck"),
  ...others(10_240, "despatched", 2316, "despatched", "Despatched", "ok", "truck"),
  ...others(7_900, "cancelled", 9, "cancelled", "Cancelled in Cin7 Core", "plain", "ban"),
];

/** So many held orders, of the same few causes. */
export const many = (count) =>
  Array.from({ length: count }, (_, index) => {
    const like = BUSY[index % 4];
    return {
      ...like,
      number: `SO-${200_000 - index}`,
      customer: `${like.customer} ${index + 1}`,
    };
  });

const tabs = [
  ["needs_you", "Needs you"],
  ["waiting", "Waiting to send"],
  ["at_warehouse", "At the warehouse"],
  ["despatched", "Despatched"],
  ["cancelled", "Cancelled"],
];

const causeTitles = {
  sku_invalid_characters: "SKU has characters Whistl rejects",
  phone_missing: "No telephone number",
  service_unmapped: "Shipping method not mapped",
  rejected_by_whistl: "Rejected by Whistl",
  postcode_incomplete: "Postcode missing or incomplete",
  carrier_failed: "Carrier failed",
};

const tally = (rows, of) => {
  const counts = new Map();
  for (const each of rows) if (of(each)) counts.set(of(each), (counts.get(of(each)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
};

/** Lists over the given orders: frozen when opened, like the program's. */
export function listsOf(rows) {
  const lists = new Map();
  let next = 1;
  const tabOf = (each) => each.tab ?? "needs_you";

  return {
    open_list({ filter }) {
      const inTab = rows.filter((each) => tabOf(each) === filter.tab);
      const find = filter.find?.toLowerCase();
      const shown = inTab.filter(
        (each) =>
          (!filter.owner || each.owner === filter.owner) &&
          (!filter.cause || each.cause === filter.cause) &&
          (!filter.channel || each.channel === filter.channel) &&
          Boolean(each.put_off_until) === filter.put_off &&
          (!find || `${each.number} ${each.customer}`.toLowerCase().includes(find)),
      );
      const list = next++;
      lists.set(list, shown);
      const today = shown.filter((each) => each.ship_by === at("16:00:00"));
      const groups =
        filter.tab === "needs_you"
          ? [
              { title: "Before today’s 16:00 cut-off", count: today.length, tone: "stop" },
              { title: "Later", count: shown.length - today.length, tone: "plain" },
            ]
          : [{ title: "Today", count: shown.length, tone: "plain" }];
      return {
        list,
        total: shown.length,
        capped: false,
        groups: groups.filter(({ count }) => count),
        tabs: tabs.map(([tab, title]) => ({
          tab,
          title,
          count: rows.filter((each) => tabOf(each) === tab).length,
        })),
        owners: tally(inTab, (each) => each.owner).map(([owner, count]) => ({ owner, count })),
        causes: tally(inTab, (each) => each.cause).map(([cause, count]) => ({
          cause,
          title: causeTitles[cause],
          count,
        })),
        channels: tally(inTab, (each) => each.channel).map(([channel, count]) => ({
          channel,
          count,
        })),
        put_off: inTab.filter((each) => each.put_off_until).length,
        as_of: before(0),
      };
    },
    list_rows({ list, from, count }) {
      const shown = lists.get(list);
      if (!shown) throw { code: "list_gone", message: "That list is no longer kept.", field: null };
      // eslint-disable-next-line @typescript-eslint/no-unused-vars -- not a field of the program's.
      return shown.slice(from, from + count).map(({ cause, tab, ...each }) => each);
    },
    list_news: () => ({ new: 0, gone: 0 }),
  };
}

const allowed = { allowed: true, why_not: "" };

/** An order's way so far: seven waits for one that has left, two for one that is held. */
const wayOf = (row) => {
  let from = Date.parse(before(0));
  const leg = (side, who, what, seconds, lasts = false) => {
    from -= seconds * 1000;
    return { side, who, what, from: new Date(from).toISOString(), seconds, lasts };
  };
  const office = (lasts) => leg("office", "Office", "Held: no telephone number", 58 * 60, lasts);
  if (row.state !== "despatched")
    return {
      title: "From authorised to confirmed",
      legs: [office(true), leg("stockbridge", "Stockbridge", "To be checked", 42)].reverse(),
    };
  const legs = [
    leg("cin7", "Cin7 Core", "For Cin7 Core to take it in", 190),
    leg("stockbridge", "Stockbridge", "To be told to Cin7 Core", 3),
    leg("unknown", "Warehouse or Stockbridge", "For the news to be read by Stockbridge", 340),
    leg("warehouse", "Warehouse", "To be packed and handed to the carrier", 19_000),
    leg("stockbridge", "Stockbridge", "To be sent, and for Whistl’s answer", 12),
    office(false),
    leg("stockbridge", "Stockbridge", "To be checked", 42),
  ];
  return { title: "From authorised to confirmed", legs: legs.reverse() };
};

/** The card of an order of which a part will not come. */
export const SHORT = {
  code: "despatch_short",
  title: "Part of it will not be sent",
  sentence:
    "Part of it will not be sent: 1 of 3 TEAPOT04 not sent: short pick. Decide with the customer. Then say it is settled.",
  icon: "scales",
  tone: "warn",
  owner: "office",
  where_label: "Lines",
  path: "Order → Lines",
  value: "1 of 3 TEAPOT04 not sent: short pick",
  marks: [],
  fix: "Then say it is settled.",
  since: at("14:40:00"),
  offers: [
    { kind: "settle", label: "Settled…", from: "", to: "" },
    { kind: "open_cin7", label: "Open in Cin7 Core", from: "", to: "" },
  ],
};

export function pageOf(row) {
  const held = row.state === "held";
  return {
    number: row.number,
    sale_id: "5c9d0f4e-2f0e-4d3c-9a53-000000010482",
    customer: row.customer,
    value: row.value,
    currency: row.currency,
    ship_by: row.ship_by,
    channel: row.channel,
    service: "Standard Delivery",
    service_name: "WHI_STD",
    state: row.state,
    state_title: row.state_title,
    tone: row.tone,
    state_detail: "",
    owner: row.owner,
    reference: held ? null : `${row.number}-1`,
    whistl_reference: held ? null : "WF10000022",
    whistl_status: held ? null : "Received",
    holds: row.owner
      ? [
          {
            code: row.cause ?? "sku_invalid_characters",
            title: "SKU has characters Whistl rejects",
            sentence:
              "Whistl takes letters and digits only. Change the SKU in Cin7 Core, or map it to the code Whistl uses.",
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
            fix: "Remove “-” and “_” from the SKU in Cin7 Core, or map ITEM-01_BLUE to ITEM01BLUE, which Whistl lists.",
            since: at("14:47:32"),
            offers: [
              {
                kind: "map_sku",
                label: "Map to this",
                from: "ITEM-01_BLUE",
                to: "ITEM01BLUE",
              },
            ],
          },
        ]
      : [],
    journey: wayOf(row),
    happened: [
      {
        at: at("14:47:32"),
        tone: "stop",
        text: "Held: SKU on line 2. Desktop alert shown.",
        who: "Stockbridge",
        entry: 3,
        has_payload: false,
        attempt: 0,
      },
      {
        at: at("14:47:31"),
        tone: "plain",
        text: "Fetched from Cin7 Core, 2 lines",
        who: "Stockbridge",
        entry: 2,
        has_payload: true,
        attempt: 1,
      },
      {
        at: at("14:47:05"),
        tone: "plain",
        text: "Authorised in Cin7 Core",
        who: "Cin7 Core",
        entry: 1,
        has_payload: false,
        attempt: 0,
      },
    ],
    lines: [
      {
        sku: "TEAPOT04",
        whistl_sku: "TEAPOT04",
        name: "Cast iron teapot 1.2 l",
        quantity: "1.0000",
        price: "49.50",
      },
      {
        sku: "ITEM-01_BLUE",
        whistl_sku: null,
        name: "Storage box, blue",
        quantity: "2.0000",
        price: "17.50",
      },
    ],
    address: [row.customer, "14 Mill Lane", "Leeds", "LS1 4AB", "United Kingdom"],
    phone: "0113 496 0101",
    email: "harriet@example.org",
    message: [],
    attempts: [],
    despatches: LEFT.filter((each) => each.row.number === row.number).map(despatchOf),
    notes: [],
    put_off: null,
    recheck: allowed,
    resend: held
      ? { allowed: false, why_not: "It is held: put the reason right, and it goes by itself." }
      : allowed,
    withdraw: allowed,
    release: allowed,
    open_cin7: true,
  };
}

export const payload = {
  request: JSON.stringify(
    { OrderNumber: "SO-10482", Lines: [{ Sku: "TEAPOT04", Quantity: 1 }] },
    null,
    2,
  ),
  response: JSON.stringify({ Accepted: true, Reference: "WF10000022" }, null, 2),
  request_hash: "9f2c",
  response_hash: "77ab",
  masked: true,
};

/** An action on so many orders, as it is told and as it goes. */
export const preview = (verb, numbers) => ({
  title: `${verb} ${numbers.length === 1 ? numbers[0] : `${numbers.length} orders`}`,
  effect: [
    `${numbers.length === 1 ? "1 order is" : `${numbers.length} orders are`} checked again with what Cin7 Core says now.`,
    "What passes is sent to Whistl; what does not stays held.",
  ],
  button: `${verb} ${numbers.length === 1 ? "1 order" : `${numbers.length} orders`}`,
  count: numbers.length,
  allowed: numbers.length,
  refused: [],
  needs_reason: false,
});

export const doing = (action, act, numbers) => ({
  action,
  act,
  total: numbers.length,
  done: numbers.length,
  current: "",
  finished: true,
  orders: numbers.map((number) => ({
    number,
    before: "Held",
    after: "Waiting to send",
    tone: "ok",
    message: "Passed every check",
  })),
  untouched: 0,
  stopped_because: "",
  summary: `${numbers.length} of ${numbers.length} done.`,
});

export const since = before(2 * HOUR);
