/** Today, as the fixture worlds have it. */
import { DAY, HOUR, MINUTE, NOW, at, before, filterOf, place } from "./times.mjs";

const HOURLY = [
  31, 38, 44, 52, 49, 22, 18, 41, 47, 55, 58, 61, 24, 20, 46, 63, 70, 66, 72, 28, 25, 57, 74, 81,
];

const orders = (tab, more) => place("orders", { filter: filterOf(tab, more) });

const figure = (key, title, value, aside, go, tone = "plain") => ({
  key,
  title,
  value,
  aside,
  tone,
  go,
  stale_since: null,
});

const job = (job, title, last, every, more = {}) => ({
  job,
  title,
  last,
  every,
  next: null,
  outcome: "ok",
  overdue: false,
  ...more,
});

const need = (id, tone, icon, title, detail, owner, button, go, more = {}) => ({
  id,
  tone,
  icon,
  title,
  detail,
  owner,
  button,
  go,
  count: 1,
  since: before(20 * MINUTE),
  taken_by: null,
  ...more,
});

export const vendor = (vendor, name, seconds, more = {}) => ({
  vendor,
  name,
  tone: "ok",
  state: "answers",
  last_good: before(seconds),
  detail: "",
  error_rate: "0 of 240 calls failed in the last hour",
  slow: "19 of 20 answers within 0.8 s",
  ...more,
});

export const hoursOf = (counts) =>
  counts.map((count, index) => ({
    from: new Date(NOW - (NOW % 3_600_000) - (23 - index) * 3_600_000).toISOString(),
    count,
  }));

const sentOf = (counts) => ({
  hours: hoursOf(counts),
  total: counts.reduce((sum, count) => sum + count, 0),
});

/** What the comparisons found, four hours apart, the last at noon. */
export const driftOf = (skus) => ({
  need_you: skus.at(-1) ? skus.at(-1) + 1 : 0,
  unexplained: skus.at(-1),
  runs: skus.map((found, index) => ({
    at: new Date(
      Date.parse("2026-11-24T12:00:20Z") - (skus.length - 1 - index) * 4 * HOUR * 1000,
    ).toISOString(),
    skus: index === 9 ? null : found,
  })),
});

export function busy() {
  return {
    as_of: before(0),
    zone: "Europe/London",
    mode: "live",
    paused: null,
    figures: [
      figure("held", "Held, needs you", 7, "4 before 16:00", orders("needs_you"), "stop"),
      figure("waiting", "Waiting to send", 12, "next in 20 s", orders("waiting")),
      figure("at_warehouse", "At the warehouse", 148, "oldest 1 d 3 h", orders("at_warehouse")),
      figure("despatched", "Despatched today", 81, "79 seen in Cin7", orders("despatched")),
      figure(
        "to_tell",
        "To tell Cin7 Core",
        4,
        "oldest 14 min, 3 need you",
        place("confirmations", { confirmations: { tab: "waiting", owner: null, find: null } }),
      ),
      figure("drift", "Unexplained drift", 3, "SKUs, £412.60", place("drift")),
    ],
    needs: [
      need(
        "cut_off",
        "stop",
        "ban",
        "4 orders will miss today’s 16:00 cut-off",
        "2 SKU errors, 1 missing telephone, 1 unmapped shipping method",
        "office",
        "Fix 4",
        orders("needs_you"),
        { count: 4 },
      ),
      need(
        "unknown_sku",
        "stop",
        "tag",
        "KETTLE17 is unknown at Whistl",
        "3 orders were refused for it since 13:10; the next will be too",
        "office",
        "Map",
        place("mappings", { section: "sku" }),
        { count: 3 },
      ),
      need(
        "blocked",
        "warn",
        "truck",
        "SO-10455 blocked at the warehouse",
        "Carrier label failed twice: address line 1 is over 35 characters",
        "warehouse",
        "Open",
        place("orders", { filter: filterOf("needs_you"), number: "SO-10455" }),
      ),
      need(
        "despatch_exceptions#office",
        "warn",
        "truck",
        "2 despatches not told to Cin7 Core: 1 the sale is voided, 1 not an order of ours",
        "Each says what is wrong and what would put it right; then retry it.",
        "office",
        "Review",
        place("confirmations", {
          confirmations: { tab: "needs_you", owner: "office", find: null },
        }),
        { count: 0 },
      ),
      need(
        "adjustments#finance",
        "warn",
        "scales",
        "2 stock adjustments not in Cin7 Core yet: 1 above a limit, 1 in a closed period",
        "What can be sold may differ from what is there until each is decided.",
        "finance",
        "Review",
        place("adjustments", {
          adjustments: { tab: "needs_you", owner: "finance", reason: null, day: null, find: null },
        }),
        { count: 0 },
      ),
      need(
        "money",
        "warn",
        "card",
        "1 order is worth more than its payment",
        "SO-10461, £412.60 ordered, £400.00 paid: Cin7 Core lets it through, your rule holds it",
        "finance",
        "Open",
        place("orders", { filter: filterOf("needs_you"), number: "SO-10461" }),
        { taken_by: "Priya" },
      ),
      need(
        "address",
        "warn",
        "pin",
        "2 orders need an address before tomorrow",
        "Incomplete or missing postcode",
        "office",
        "Fix 2",
        orders("needs_you", { cause: "postcode_incomplete" }),
        { count: 2 },
      ),
    ],
    checked: before(12),
    schedule: [
      job("pull", "Orders from Cin7 Core", at("14:48:12"), "every 30 s"),
      job("deliver", "Orders to Whistl", at("14:48:02"), "every 30 s"),
      job("follow", "What Whistl did", at("14:45:00"), "every 5 min"),
      job("despatches", "Despatches to Cin7 Core", at("14:47:40"), "every 2 min"),
      job("sweep", "Nothing missed", at("12:00:00"), "", { next: at("16:30:00") }),
    ],
    calls: {
      used: 19,
      limit: 60,
      by: [
        { title: "Orders", count: 11 },
        { title: "Despatches", count: 6 },
        { title: "Stock", count: 2 },
      ],
    },
    sent: sentOf(HOURLY),
    vendors: [vendor("cin7", "Cin7 Core", 12), vendor("whistl", "Whistl", 8)],
    gaps: [],
    latency: { median: "48 s", p95: "2 min 10 s", worst: "14 min", count: 1142 },
    needs_you: 7,
    confirmations_need_you: 3,
    drift: driftOf([
      9, 11, 10, 12, 15, 14, 13, 9, 8, 8, 7, 9, 12, 11, 8, 6, 6, 5, 7, 6, 4, 3, 4, 3,
    ]),
    lines: [
      {
        key: "debt",
        title: "Reconciliation debt",
        text: "3 differences open for longer than 5 working days: 18 units, £297.00 at cost.",
        tone: "warn",
        button: "Show the differences",
        go: { screen: "drift", filter: null, number: null, section: null },
        settle: null,
      },
      {
        key: "read_back",
        title: "Accuracy",
        text: "All 50 documents of yesterday read back: 49 as posted, 1 differs (98.0 %). SO-10355, tracking number: posted JD0002218834, now JD0002218843.",
        tone: "warn",
        button: "Show what happened",
        go: { screen: "activity", filter: null, number: null, section: null },
        settle: {
          number: "SO-10355",
          ask: "SO-10355 is right",
          title: "SO-10355 is right as it stands?",
          effect: ["Tracking number: posted JD0002218834, now JD0002218843."],
          button: "Settle it",
          needs_reason: true,
        },
      },
    ],
    adjustments_need_you: 4,
    put_off: 0,
  };
}

export function quiet() {
  const day = busy();
  return {
    ...day,
    figures: day.figures.map((each) =>
      each.key === "held"
        ? { ...each, value: 0, aside: "all clear", tone: "plain" }
        : each.key === "to_tell"
          ? { ...each, value: 0, aside: "" }
          : each,
    ),
    needs: [],
    needs_you: 0,
    confirmations_need_you: 0,
    drift: driftOf([3, 2, 2, 0, 0]),
    lines: [],
    adjustments_need_you: 0,
    put_off: 2,
    gaps: [
      {
        from: at("18:02:00", 23),
        to: at("08:11:00"),
        text: "This PC was off from 18:02 to 08:11; nothing was sent in between.",
      },
    ],
    sent: sentOf([3, 4, 2, ...Array(15).fill(0), 6, 9, 4, 2, 5, 1]),
  };
}

export function nothingYet() {
  const day = busy();
  return {
    ...day,
    mode: "look_only",
    figures: day.figures.map((each) => ({ ...each, value: 0, aside: "", tone: "plain" })),
    needs: [],
    needs_you: 0,
    confirmations_need_you: 0,
    drift: null,
    lines: [],
    adjustments_need_you: 0,
    checked: null,
    schedule: day.schedule.map((each) => ({ ...each, last: null, outcome: "never" })),
    calls: { used: 0, limit: 60, by: [] },
    sent: sentOf(Array(24).fill(0)),
    vendors: day.vendors.map((each) => ({
      ...each,
      tone: "plain",
      state: "not set up",
      last_good: null,
    })),
    latency: null,
  };
}

export function vendorDown() {
  const day = busy();
  const since = before(2 * DAY + 3 * HOUR);
  return {
    ...day,
    figures: day.figures.map((each) =>
      ["at_warehouse", "despatched"].includes(each.key) ? { ...each, stale_since: since } : each,
    ),
    needs: [
      need(
        "whistl_down",
        "stop",
        "link",
        "Whistl has not answered for 2 days",
        "Orders are kept and go out in their order once it answers; nothing is lost. Ask Whistl when it will be back.",
        "support",
        "Check",
        place("settings", { section: "connections" }),
        { since },
      ),
      ...day.needs,
    ],
    vendors: [
      vendor("cin7", "Cin7 Core", 12),
      vendor("whistl", "Whistl", 2 * DAY + 3 * HOUR, {
        tone: "stop",
        state: "no answer since",
        detail: "Whistl does not answer: the connection is refused. Tried again every 5 minutes.",
      }),
    ],
    schedule: day.schedule.map((each) =>
      each.job === "deliver" ? { ...each, last: since, outcome: "failed", overdue: true } : each,
    ),
    sent: sentOf(Array(24).fill(0)),
    latency: null,
  };
}

export function crowded() {
  const day = busy();
  return {
    ...day,
    figures: day.figures.map((each) =>
      each.key === "held" ? { ...each, value: 100_000, aside: "99,996 before 16:00" } : each,
    ),
    needs_you: 100_000,
  };
}

export function longNames() {
  const day = busy();
  const name = "Messrs Featherstonehaugh-Cholmondeley ".repeat(6).slice(0, 200);
  return {
    ...day,
    needs: day.needs.map((each, index) =>
      index === 2 ? { ...each, title: `SO-10455 for ${name} blocked at the warehouse` } : each,
    ),
  };
}
