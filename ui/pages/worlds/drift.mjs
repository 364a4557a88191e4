/** How both sides' stock compares, as the fixture worlds have it. */
import { HOUR, MINUTE, at, before, place } from "./times.mjs";

const LONG =
  "Hand-thrown stoneware teapot with a bamboo handle, reactive glaze, 1.2 litres ".repeat(3);

const row = (sku, name, figures, category, means, tone, more = {}) => {
  const [cin7, whistl, in_flight, pending, unexplained] = figures;
  return {
    sku,
    name,
    cin7,
    whistl,
    in_flight,
    pending,
    unexplained,
    value: null,
    currency: "GBP",
    category,
    means,
    tone,
    note: "",
    trend: ["0", "0", "0", "0", "0", "0", "0"],
    ...more,
  };
};

/** The six of the picture. */
export const STOCK = [
  row(
    "TEAPOT04",
    "Cast iron teapot 1.2 l",
    ["34", "8", "−8", "0", "−18"],
    "can_oversell",
    "can oversell 18",
    "stop",
    { value: "297.00", trend: ["0", "0", "0", "-1", "-1", "-18", "-18"] },
  ),
  row(
    "MUGSET2",
    "Mug set of two",
    ["61", "57", "0", "−4", "0"],
    "posting_blocked",
    "posting blocked",
    "warn",
    { value: "0.00" },
  ),
  row(
    "LAMPWH",
    "Desk lamp, white",
    ["120", "127", "0", "0", "+7"],
    "cin7_short",
    "Cin7 Core short",
    "info",
    { value: "94.50", trend: ["0", "0", "2", "2", "7", "7", "7"] },
  ),
  row(
    "BRUSH9",
    "Bottle brush",
    ["15", "12", "−1", "0", "−2"],
    "can_oversell",
    "can oversell 2",
    "stop",
    { value: "21.10", trend: [null, null, "-1", "-1", "-1", "-2", "-2"], note: "seen once so far" },
  ),
  row(
    "KETTLE17X",
    "Gooseneck kettle",
    ["44", "41", "−3", "0", "0"],
    "explained",
    "explained",
    "ok",
  ),
  row(
    "ITEM01BLUE",
    "Storage box, blue",
    ["210", "204", "−6", "0", "0"],
    "explained",
    "explained",
    "ok",
  ),
];

const matched = (n) =>
  row(`BOX${String(n).padStart(6, "0")}`, `Storage box number ${n}`, ["12", "12", "0", "0", "0"], "matched", "matched", "plain"); // prettier-ignore

const TITLES = {
  can_oversell: ["Can oversell", "stop"],
  cin7_short: ["Cin7 Core short", "info"],
  posting_blocked: ["Posting blocked", "warn"],
  explained: ["Explained", "plain"],
  matched: ["Matched", "plain"],
  not_comparable: ["Not compared", "warn"],
};

const sum = (key, title, value, tone = "plain") => ({ key, title, value, tone });

const SUMS = [
  sum("cin7", "Cin7 Core says on hand", "48,204"),
  sum("in_flight", "Despatched, not yet posted", "−214"),
  sum("pending", "Adjustments, not yet posted", "−4"),
  sum("expected", "Whistl should hold", "47,986"),
  sum("counted", "Whistl counts", "47,973"),
  sum("unexplained", "Unexplained", "−13", "stop"),
];

const can = (why_not = "") => ({ allowed: !why_not, why_not });

const EVENTS = [
  {
    at: at("11:40:00"),
    title: "Left for SO-10391",
    detail: "DSP0000861, Cin7 Core: needs someone",
    change: "−5",
    tone: "stop",
    go: place("confirmations", { number: "DSP0000861" }),
  },
  {
    at: at("09:12:00"),
    title: "Left for SO-10369",
    detail: "DSP0000882, Cin7 Core: waits to be told",
    change: "−3",
    tone: "plain",
    go: place("confirmations", { number: "DSP0000882" }),
  },
];

const story = {
  TEAPOT04: {
    title: "TEAPOT04: Whistl counted 8, Stockbridge expected 26",
    sentences: [
      "The gap opened between the 08:00 and 12:00 runs.",
      "No adjustment from Whistl explains it, and all 8 units in flight are accounted for.",
    ],
    effect: "Posting −18 to Cin7 Core stops your channels selling stock that is not there.",
    opened: "Between 08:00 and 12:00",
    events: EVENTS,
  },
  MUGSET2: {
    title: "MUGSET2: Whistl counted 57, as expected",
    sentences: [
      "The difference is known: adjustments of −4 cannot be posted to Cin7 Core.",
      "ADJ-88213, −4 for damage: Finance has closed the period in Cin7 Core. Open it, then retry.",
    ],
    effect: "Put right what stops it, and it is posted by itself.",
  },
};

function cardOf(row, decided) {
  const gap = ["can_oversell", "cin7_short"].includes(row.category);
  const no = can(gap ? "" : "Nothing of it is unexplained.");
  return {
    row,
    title: gap
      ? `${row.sku}: Whistl counted ${row.whistl}, Stockbridge expected ${row.cin7}`
      : `${row.sku}: Whistl counted ${row.whistl}, as expected`,
    sentences: [
      gap
        ? "The gap opened between the 08:00 and 12:00 runs."
        : "Nothing is on its way, and nothing differs.",
    ],
    effect: gap ? `Posting ${row.unexplained} to Cin7 Core puts it right.` : "",
    decided: decided ? [decided] : [],
    opened: "",
    events: [],
    more_events: 0,
    post_button: `Post ${row.unexplained} to Cin7 Core`,
    post: decided?.startsWith("Posted") ? can(decided) : no,
    recount: no,
    accept: no,
    withdraw: can(decided ? "" : "Nothing was decided that could be taken back."),
    ...story[row.sku],
  };
}

const worlds = {
  quiet: { rows: () => Array.from({ length: 40 }, (_, n) => matched(n)), calm: true },
  nothing_yet: { rows: () => [], never: true },
  vendor_down: {
    rows: () =>
      STOCK.map((each) => ({
        ...each,
        category: "not_comparable",
        means: "not compared",
        tone: "plain",
        unexplained: "",
        value: null,
      })),
    not_compared:
      "No SKU was compared: Whistl’s stock list broke off at page 3 of 25. The figures below are the last known ones, and no difference is reported or cleared until the next reconciliation.",
  },
  crowded: { rows: () => [...STOCK, ...Array.from({ length: 100_000 }, (_, n) => matched(n))] },
  long_names: { rows: () => STOCK.map((each) => ({ ...each, name: LONG })) },
};

/** The answers about stock in that world. */
export function driftOf(name) {
  const world = worlds[name] ?? { rows: () => [...STOCK] };
  const all = world.rows();
  const decided = new Map();
  const signed = [];
  const lists = new Map();
  let next = 1;
  const counts = () => {
    if (name === "busy" || name === "long_names")
      return { can_oversell: 2, cin7_short: 1, posting_blocked: 1, explained: 41, matched: 4767 };
    const found = {};
    for (const { category } of all) found[category] = (found[category] ?? 0) + 1;
    return found;
  };
  const of = (sku) => {
    const found = all.find((each) => each.sku === sku);
    if (!found)
      throw { code: "sku_unknown", message: `No reconciliation has seen a SKU ${sku} yet.`, field: "sku" }; // prettier-ignore
    return found;
  };
  const fits = (filter) => (each) =>
    (!filter.category || each.category === filter.category) &&
    (!filter.find || `${each.sku} ${each.name}`.toLowerCase().includes(filter.find.toLowerCase()));
  return {
    open_drift({ filter }) {
      const rows = all.filter(fits(filter));
      lists.set(next, { rows, filter });
      const found = counts();
      const skus = Object.values(found).reduce((sum, count) => sum + count, 0);
      return {
        list: next++,
        total: rows.length,
        capped: false,
        run: world.never
          ? null
          : {
              title: world.not_compared
                ? "Not reconciled at 12:00 today · next 16:30"
                : `Reconciled 12:00 today, ${skus.toLocaleString("en-GB")} SKUs in 38 s · next 16:30`,
              at: at("12:00:38"),
              not_compared: world.not_compared ?? "",
            },
        sums: world.never
          ? []
          : world.calm
            ? SUMS.map((each) =>
                each.key === "unexplained" ? { ...each, value: "0", tone: "plain" } : each,
              )
            : SUMS,
        debt: world.debt ?? "",
        sums_of: world.not_compared ? "As of 08:00, the last whole reconciliation." : "",
        chips: Object.entries(TITLES)
          .map(([category, [title, tone]]) => ({
            category,
            title,
            tone,
            count: found[category] ?? 0,
          }))
          .filter(({ category, count }) => category !== "not_comparable" || count),
        unexplained: (found.can_oversell ?? 0) + (found.cin7_short ?? 0),
        as_of: before(0),
      };
    },
    drift_rows: ({ list, from, count }) => lists.get(list).rows.slice(from, from + count),
    drift_news({ list }) {
      const { rows, filter } = lists.get(list);
      const now = all.filter(fits(filter));
      return {
        new: now.filter((each) => !rows.includes(each)).length,
        gone: rows.filter((each) => !now.includes(each)).length,
      };
    },
    drift_card: ({ sku }) => cardOf(of(sku), decided.get(sku)),
    drift_sku({ sku }) {
      const row = of(sku);
      const levels = [34, 34, 31, 31, 29, 26, 26];
      return {
        card: cardOf(row, decided.get(sku)),
        facts: [
          { title: "Cin7 Core on hand", value: row.cin7 },
          { title: "Promised there", value: "2" },
          { title: "Whistl counts", value: row.whistl },
          { title: "In flight", value: row.in_flight },
          { title: "Unexplained", value: row.unexplained },
          { title: "Cost of one", value: "£16.50" },
        ],
        history: levels.map((expected, run) => ({
          at: before((levels.length - 1 - run) * 4 * HOUR + 168 * MINUTE),
          cin7: "34",
          whistl: run < 5 ? String(expected) : "8",
          expected: run === 2 ? null : String(expected),
          unexplained: run === 2 ? null : run < 5 ? "0" : "-18",
          means: run === 2 ? "not compared" : run < 5 ? "explained" : "can oversell",
          tone: run < 5 ? "ok" : "stop",
        })),
        events: [
          ...(decided.has(sku)
            ? [
                {
                  at: before(0),
                  title: "Posted to Cin7 Core as SA-00012 by Sam",
                  detail: "two boxes were never delivered",
                  change: "−18",
                  tone: "info",
                  go: null,
                },
              ]
            : []),
          ...EVENTS,
        ],
        gone: false,
      };
    },
    drift_preview({ act, sku }) {
      const row = of(sku);
      const asked = { count: 1, allowed: 1, refused: [] };
      if (act === "post")
        return {
          ...asked,
          title: `Post ${row.unexplained} ${sku} to Cin7 Core?`,
          effect: [
            `Cin7 Core will go from ${row.cin7} to 16 ${sku} at Main Warehouse.`,
            "18 units fewer, £297.00 at cost.",
            "It stands there as a document of its own, with your reason and your name.",
          ],
          button: `Post ${row.unexplained} to Cin7 Core`,
          needs_reason: true,
        };
      return {
        ...asked,
        title: {
          recount: `Ask for a recount of ${sku}?`,
          accept: `Accept the difference of ${row.unexplained} ${sku}?`,
          withdraw: `Withdraw what was decided on ${sku}?`,
        }[act],
        effect: ["Nothing changes in Cin7 Core."],
        button: { recount: "Ask for a recount", accept: "Accept", withdraw: "Withdraw" }[act],
        needs_reason: act !== "recount",
      };
    },
    drift_act({ act, sku, why, until }) {
      const row = of(sku);
      if (act === "withdraw") decided.delete(sku);
      else
        decided.set(
          sku,
          {
            post: "Posted to Cin7 Core as SA-00012 by Sam at 14:48. The next reconciliation shows what is left.",
            recount:
              "A recount was asked for by Sam at 14:48; the next count shows what came of it.",
            accept: `Accepted by Sam until ${until}: ${why}.`,
          }[act],
        );
      return {
        text: {
          post: `Posted ${row.unexplained} of ${sku} to Cin7 Core as SA-00012: ${row.cin7} → 16.`,
          recount: `A recount of ${sku} is asked for.`,
          accept: `The difference of ${row.unexplained} ${sku} is accepted.`,
          withdraw: `What was decided about ${sku} is taken back.`,
        }[act],
      };
    },
    recount_message: ({ sku }) => ({
      text: `Please count ${sku} again.\n\nYour stock snapshot SNAP-2026-11-24-1200 of 24 November 2026, 12:00 shows 8 good units. By your despatches and adjustments up to then we expect 26, so 18 are missing.\n\nIf the count confirms your figure, please send the adjustment that explains it; if it does not, please correct your stock.`,
    }),
    reconcile_now: () => ({ text: "4,812 SKUs compared: 3 differ by more than is known of." }),
    month_end: ({ month }) => monthEnd(month ?? "2026-10", signed),
    save_month: ({ month, form }) => ({
      text: `Saved as /home/sam/Downloads/stock-${month}.${form === "page" ? "html" : "csv"}.`,
    }),
    sign_month: ({ note }) => {
      signed.push(`Signed by Sam, 24 November 2026, 14:48${note ? `: ${note}` : ""}`);
      return { text: "Sam signed the reconciled stock of 31 October 2026, 16:30." };
    },
    export_drift: () => ({ text: "Saved as /home/sam/Downloads/stock-drift-2026-11-24-1200.csv." }),
  };
}

const MONTHS = [
  { month: "2026-11", name: "November 2026" },
  { month: "2026-10", name: "October 2026" },
  { month: "2026-09", name: "September 2026" },
];

/** A month's bridge that ties; nothing was compared in September. */
function monthEnd(month, signed) {
  if (month === "2026-09")
    return {
      months: MONTHS,
      month,
      span: "",
      missing:
        "Stock was not compared twice in September 2026, or not all of it could be read. A report rests on two whole reconciliations.",
      lines: [],
      notes: [],
      signed: [],
      sign: { allowed: false, why_not: "There is no report to sign." },
    };
  const line = (text, units, money, kind = "") => ({
    text,
    units,
    money,
    is_level: kind === "level",
    is_remainder: kind === "remainder",
  });
  const isOver = month === "2026-10";
  return {
    months: MONTHS,
    month,
    span: "From the reconciliation of 30 September, 16:30 to that of 31 October, 16:30",
    missing: "",
    lines: [
      line("On hand in Cin7 Core at the opening", "61,204", "£402,118.40", "level"),
      line("Despatched", "−9,816", "−£64,205.15"),
      line("Adjusted: cycle count", "−31", "−£204.60"),
      line("Adjusted: damaged", "−44", "−£318.12"),
      line("Adjusted: found", "+12", "+£71.40"),
      line(
        "Moved in Cin7 Core otherwise: goods received, returns, sales from elsewhere, edits",
        "+11,500",
        "+£76,040.00",
        "remainder",
      ),
      line("On hand in Cin7 Core at the close", "62,825", "£413,501.93", "level"),
      line("Left the warehouse, not yet in Cin7 Core", "−38", "−£251.02"),
      line("Unexplained", "−23", "−£322.61"),
      line("Counted by Whistl at the close", "62,764", "£412,928.30", "level"),
    ],
    notes: [
      "Unexplained at the close: 3 SKUs, each listed in the report.",
      "Lost and damaged at Whistl: 75 units, £522.72; 24 are allowed, 51 go beyond that.",
    ],
    signed: isOver ? signed : [],
    sign: isOver
      ? { allowed: true, why_not: "" }
      : { allowed: false, why_not: "The month is not over." },
  };
}
