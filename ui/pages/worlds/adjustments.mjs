/** Stock adjustments and how far they stand in Cin7 Core, as the fixture worlds have them. */
import { DAY, HOUR, MINUTE, at, before } from "./times.mjs";

const states = {
  needs_approval: { tab: "needs_you", tone: "warn", icon: "scales", owner: "finance" },
  failed: { tab: "needs_you", tone: "stop", icon: "warning", owner: "office" },
  new: { tab: "waiting", tone: "info", icon: "clock", title: "Posted next" },
  posting: { tab: "waiting", tone: "info", icon: "clock", title: "Being posted to Cin7 Core now" },
  unclear: {
    tab: "waiting",
    tone: "warn",
    icon: "question",
    title: "Sent to Cin7 Core, no answer yet: looking",
  },
  posted: { tab: "posted", tone: "ok", icon: "scales", title: "Posted" },
  dismissed: { tab: "set_aside", tone: "plain", icon: "ban", title: "Not posted, by decision" },
  already_in_cin7: {
    tab: "set_aside",
    tone: "plain",
    icon: "link",
    title: "In Cin7 Core by another way",
  },
};

const adjustment = (id, sku, units, reason, state, seconds, more = {}, whole = {}) => {
  const { tab, tone, icon, owner = null, title = "" } = states[state];
  const settled = tab === "posted" || tab === "set_aside";
  return {
    tab,
    group: "",
    words: "",
    map: null,
    ...whole,
    row: {
      id,
      sku,
      units: String(units),
      reason,
      happened_at: before(seconds),
      state,
      state_title: title,
      tone,
      icon,
      owner,
      document: tab === "posted" ? `SW-${id.slice(-5)}` : "",
      before: tab === "posted" ? "34" : "",
      after: tab === "posted" ? String(34 + units) : "",
      value: (units * 16.5).toFixed(2),
      currency: "GBP",
      by: tab === "posted" ? "by itself" : "",
      settled_at: settled ? before(seconds - 4 * MINUTE) : null,
      ...more,
    },
  };
};

export const COUNTED = [
  adjustment(
    "ADJ0000318",
    "TEAPOT04",
    -18,
    "Lost",
    "needs_approval",
    DAY + 2 * HOUR,
    { state_title: "Above a limit", icon: "card" },
    {
      group: "Needs approval: above a limit",
      words:
        "It is worth £297.00 at cost; £250.00 may be posted without a person. Approve it to have it posted; dismiss it if the warehouse is mistaken.",
    },
  ),
  adjustment(
    "ADJ0000325",
    "MUGSET2",
    40,
    "Booked in",
    "needs_approval",
    5 * HOUR,
    { state_title: "Goods in", icon: "truck", owner: "office", value: "420.00" },
    {
      group: "Needs approval: goods in",
      words:
        "Goods were booked in. If a purchase receipt books them in Cin7 Core, mark it as standing there already; else approve it.",
    },
  ),
  adjustment(
    "ADJ0000331",
    "POT4",
    -1,
    "Damaged",
    "failed",
    3 * HOUR,
    { state_title: "Unknown SKU", icon: "tag", value: "" },
    {
      group: "Failed: unknown SKU",
      words:
        "No product of Cin7 Core goes by POT4 at the warehouse. Map the SKU, or make the product.",
      map: "sku",
    },
  ),
  adjustment(
    "ADJ0000334",
    "MUGSET2",
    -4,
    "Pick-face difference",
    "failed",
    2 * HOUR,
    { state_title: "Closed period", icon: "key", owner: "finance", value: "-42.00" },
    {
      group: "Failed: closed period",
      words: "Finance has closed the period in Cin7 Core. Open it, then retry.",
    },
  ),
  adjustment("ADJ0000340", "LAMPWH", 7, "Found", "unclear", 14 * MINUTE, { value: "94.50" }),
  adjustment("ADJ0000341", "BRUSH9", -2, "Cycle count", "new", 6 * MINUTE, { value: "-21.10" }),
  ...Array.from({ length: 40 }, (_, index) =>
    adjustment(
      `ADJ00002${99 - index}`,
      ["TEAPOT04", "MUGSET2", "ITEM01BLUE"][index % 3],
      index % 4 ? -1 - (index % 3) : 3,
      index % 4 ? "Damaged" : "Found",
      "posted",
      HOUR + index * 47 * MINUTE,
      index === 1 ? { by: "approved by Priya" } : {},
    ),
  ),
  adjustment("ADJ0000240", "MUGSET2", 24, "Booked in", "already_in_cin7", 2 * DAY, {
    by: "said by Sam",
    value: "252.00",
  }),
  adjustment("ADJ0000238", "BRUSH9", -3, "Lost", "dismissed", 2 * DAY + HOUR, {
    by: "dismissed by Priya",
  }),
];

const tabs = [
  ["all", "All"],
  ["needs_you", "Needs you"],
  ["waiting", "On the way"],
  ["posted", "Posted"],
  ["set_aside", "Set aside"],
];

const parts = tabs.slice(1).map(([tab]) => tab);

const can = (why_not = "") => ({ allowed: !why_not, why_not });
const fact = (title, text, more = {}) => ({ title, text, at: null, code: false, ...more });

export function pageOf(adjustment) {
  const { row, words, map } = adjustment;
  const decides = row.state === "needs_approval";
  const open = decides || ["failed", "new"].includes(row.state);
  const done = can(open ? "" : "There is nothing to decide about it.");
  const posted = row.state === "posted";
  return {
    row,
    product: row.sku === "POT4" ? "" : "Cast iron teapot 1.2 l",
    sentences: [words || `${row.state_title}.`],
    level: posted
      ? `Cin7 Core went from ${row.before} to ${row.after}.`
      : "Cin7 Core had 34 when its level was last read, at 13:52: from that it would go to 16. The level is read again just before posting.",
    said: [
      fact("Happened", "", { at: row.happened_at }),
      fact("Reason", row.reason),
      fact("Note", "Bay 14, counted twice"),
      fact("Its name at Whistl", row.id, { code: true }),
      fact("Known here", "", { at: row.happened_at }),
    ],
    document: posted
      ? [
          fact("Write-off", row.document, { code: true }),
          fact("State", "completed and read back"),
          fact("Booked on", "24 November 2026"),
          fact("Our reference", "SB-7f3a91c2", { code: true }),
        ]
      : [],
    came_again: [],
    happened: [
      {
        at: row.happened_at,
        tone: "plain",
        text: `The warehouse changed ${row.sku} by ${row.units}.`,
        who: "Whistl",
        entry: Number(row.id.slice(-5)),
        has_payload: posted,
        attempt: 0,
      },
    ],
    attempts: posted ? 1 : 0,
    next_at: row.state_title === "Unknown SKU" ? at("15:20:00") : null,
    map,
    approve: can(decides ? "" : "There is nothing to decide about it."),
    dismiss: done,
    already: done,
    retry: done,
  };
}

/** Lists over the given adjustments: frozen when opened, like the program's. */
export function adjustmentsOf(adjustments) {
  const lists = new Map();
  let next = 1;
  const listed = (filter) =>
    adjustments
      .filter(
        ({ tab, row }) =>
          (filter.tab === "all" || tab === filter.tab) &&
          (!filter.owner || row.owner === filter.owner) &&
          (!filter.reason || row.reason === filter.reason) &&
          (!filter.day || row.happened_at.startsWith(filter.day)) &&
          (!filter.find ||
            `${row.id} ${row.sku} ${row.document}`
              .toLowerCase()
              .includes(filter.find.toLowerCase())),
      )
      .sort((a, b) => parts.indexOf(a.tab) - parts.indexOf(b.tab));
  const of = (id) => {
    const found = adjustments.find((each) => each.row.id === id);
    if (!found)
      throw { code: "adjustment_unknown", message: `There is no adjustment ${id}.`, field: "id" };
    return found;
  };
  const heading = ({ tab, group, row }) => {
    if (tab === "needs_you") return group;
    if (tab === "waiting") return "On the way to Cin7 Core";
    const days = Math.floor((Date.parse(before(0)) - Date.parse(row.settled_at)) / 1000 / DAY);
    return `Settled ${["today", "yesterday"][days] ?? "on Sunday 22 November"}`;
  };
  const named = ({ row }) => `${row.units.replace("-", "−")} ${row.sku}`;
  return {
    open_adjustments({ filter }) {
      const rows = listed(filter);
      const list = next++;
      lists.set(list, { filter, rows });
      const groups = [];
      for (const each of rows) {
        const title = heading(each);
        if (groups.at(-1)?.title === title) groups.at(-1).count += 1;
        else groups.push({ title, count: 1, tone: each.row.owner ? each.row.tone : "plain" });
      }
      const reasons = [...new Set(adjustments.map(({ row }) => row.reason))];
      return {
        list,
        total: rows.length,
        capped: false,
        groups,
        tabs: tabs.map(([tab, title]) => ({
          tab,
          title,
          count: adjustments.filter((each) => tab === "all" || each.tab === tab).length,
        })),
        owners: ["office", "finance"]
          .map((owner) => ({
            owner,
            count: adjustments.filter((each) => each.row.owner === owner).length,
          }))
          .filter(({ count }) => count),
        reasons: reasons.map((reason) => ({
          reason,
          title: reason,
          count: adjustments.filter((each) => each.row.reason === reason).length,
        })),
        as_of: before(0),
        checked: adjustments.length ? before(40) : null,
      };
    },
    adjustment_rows: ({ list, from, count }) =>
      lists
        .get(list)
        .rows.slice(from, from + count)
        .map(({ row }) => row),
    adjustment_news({ list }) {
      const { filter, rows } = lists.get(list);
      const now = listed(filter);
      return {
        new: now.filter((each) => !rows.includes(each)).length,
        gone: rows.filter((each) => !now.includes(each)).length,
      };
    },
    adjustment: ({ id }) => pageOf(of(id)),
    adjustment_preview({ act, id }) {
      const what = named(of(id));
      const verb = act === "approve" ? "Approve" : act === "retry" ? "Retry" : "Dismiss";
      return {
        title: act === "already" ? `Is ${what} in Cin7 Core already?` : `${verb} ${what}?`,
        effect: {
          approve: [
            "In Cin7 Core the stock of TEAPOT04 falls by 18 units at Whistl Fulfilment.",
            "Cin7 Core had 34 when its level was last read, at 13:52: from that it would go to 16. The level is read again just before posting.",
            "The stock is worth £297.00 less by it: 18 at a cost of £16.50.",
          ],
          dismiss: [
            "Cin7 Core is not told of it, and goes on counting 18 units more of TEAPOT04 than the warehouse says.",
          ],
          already: ["Stockbridge posts nothing: the units stand in Cin7 Core by another way."],
          retry: ["It is judged again by the maps, costs, limits and levels as they are now."],
        }[act],
        button: act === "already" ? "It is in Cin7 Core already" : `${verb} ${what}`,
        count: 1,
        allowed: 1,
        refused: [],
        needs_reason: act === "dismiss" || act === "already",
      };
    },
    export_adjustments: () => ({
      text: "Saved as /home/sam/Downloads/adjustments-2026-11-24-1447.csv.",
    }),
    adjustment_act({ act, id }) {
      const found = of(id);
      const state =
        { approve: "new", retry: "new", dismiss: "dismissed" }[act] ?? "already_in_cin7";
      const { tab, tone, icon, title } = states[state];
      const what = `${named(found)} (${id})`;
      found.tab = tab;
      found.words = "";
      found.row = {
        ...found.row,
        state,
        state_title: act === "approve" ? "Approved: posted next" : title,
        tone,
        icon,
        owner: null,
        settled_at: tab === "set_aside" ? before(0) : null,
      };
      return {
        text: {
          approve: `${what} is approved and goes to Cin7 Core now.`,
          retry: `${what} is tried again now.`,
          dismiss: `${what} is not posted. It is under Set aside.`,
          already: `${what} counts as in Cin7 Core already. It is under Set aside.`,
        }[act],
      };
    },
  };
}
