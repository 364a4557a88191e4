/** Despatches and how far Cin7 Core has been told of them, as the fixture worlds have them. */
import { DAY, HOUR, MINUTE, before } from "./times.mjs";

const states = {
  exception: { tab: "needs_you", tone: "stop", icon: "warning", owner: "office" },
  waiting: { tab: "waiting", tone: "info", icon: "clock", title: "Cin7 Core is told next" },
  posting: { tab: "waiting", tone: "info", icon: "clock", title: "Cin7 Core is being told now" },
  unclear: {
    tab: "waiting",
    tone: "warn",
    icon: "question",
    title: "Sent to Cin7 Core, no answer yet: looking",
  },
  posted: { tab: "posted", tone: "ok", icon: "truck", title: "Cin7 Core has been told" },
  closed: { tab: "left_alone", tone: "plain", icon: "ban", title: "Left as it is, by hand" },
};

const despatch = (despatch_id, number, state, seconds, more = {}) => {
  const { tab, tone, icon, owner = null, title = "" } = states[state];
  return {
    tab,
    words: "",
    lines: [{ sku: "TEAPOT04", quantity: "2", cancelled: "", why: "" }],
    flags: [],
    is_last: true,
    row: {
      despatch_id,
      number,
      reference: number ?? "SO-20990",
      left_at: before(seconds),
      parcels: 1,
      carrier: "Royal Mail",
      tracking: `JD00022${despatch_id.slice(-5)}0114`,
      more_tracking: 0,
      units: "2",
      state,
      state_title: title,
      tone,
      icon,
      owner,
      posted_at: state === "posted" ? before(seconds - 90) : null,
      settled: state === "posted" || state === "closed",
      ...more,
    },
  };
};

const told = (despatch, more) => ({ ...despatch, ...more });

export const LEFT = [
  told(
    despatch("DSP0000861", "SO-10391", "exception", DAY + 3 * HOUR, {
      state_title: "More left than was ordered",
      icon: "scales",
      owner: "warehouse",
      parcels: 2,
      units: "5",
      carrier: "DPD",
      more_tracking: 1,
    }),
    {
      words:
        "5 of TEAPOT04 left, and only 3 were still to come. Ask the warehouse what was sent, and correct the sale or the stock in Cin7 Core.",
      lines: [
        { sku: "TEAPOT04", quantity: "5", cancelled: "", why: "" },
        { sku: "MUGSET2", quantity: "0", cancelled: "1", why: "short pick" },
      ],
      flags: [
        {
          text: "The carrier DPDUK has no name of its own in Cin7 Core. It was passed on as the warehouse named it.",
          map: "carrier",
          from: "DPDUK",
        },
      ],
    },
  ),
  told(
    despatch("DSP0000869", "SO-10402", "exception", 4 * HOUR, {
      state_title: "The sale is voided",
      icon: "ban",
    }),
    {
      words:
        "The goods left, but the sale is voided in Cin7 Core. Restore it there and retry, or ask the warehouse to have the parcel returned.",
    },
  ),
  told(
    despatch("DSP0000874", null, "exception", 50 * MINUTE, {
      state_title: "Not an order of ours",
      icon: "question",
    }),
    { words: "The warehouse despatched SO-20990, which Stockbridge did not send." },
  ),
  despatch("DSP0000880", "SO-10371", "unclear", 14 * MINUTE),
  despatch("DSP0000881", "SO-10370", "posting", 12 * MINUTE, { carrier: "Evri" }),
  despatch("DSP0000882", "SO-10369", "waiting", 11 * MINUTE, { parcels: 3, more_tracking: 2 }),
  despatch("DSP0000883", "SO-10368", "waiting", 9 * MINUTE, {
    state_title: "Not told yet: tried again at 14:52",
  }),
  ...Array.from({ length: 60 }, (_, index) =>
    told(
      despatch(
        `DSP00007${99 - index}`,
        `SO-${10_240 - index}`,
        "posted",
        HOUR + index * 23 * MINUTE,
        {
          carrier: ["Royal Mail", "DPD", "Evri"][index % 3],
        },
      ),
      index === 0
        ? {
            came_again: [
              "At 14:20 the warehouse sent DSP0000799 again with other content: 3 TEAPOT04 instead of 2. That is kept, and Cin7 Core is told what came first. Ask the warehouse which is right.",
            ],
          }
        : {},
    ),
  ),
  told(despatch("DSP0000702", "SO-10180", "closed", 2 * DAY), {
    words: "The reason given: Put right in Cin7 Core by hand.",
  }),
];

const tabs = [
  ["needs_you", "Needs you"],
  ["waiting", "Waiting"],
  ["posted", "Posted"],
  ["left_alone", "Left alone"],
];

const stagesOf = ({ row }) => {
  const done = row.state === "posted";
  const stage = (stage, title, state, text, at = null) => ({ stage, title, state, text, at });
  if (row.number === null) return [];
  return [
    done || row.state === "unclear"
      ? stage("pick", "Picked", "done", "told", before(95))
      : stage("pick", "Picked", "to_come", "not told"),
    row.state === "unclear"
      ? stage("pack", "Packed", "unclear", "sent, no answer yet", before(60))
      : stage("pack", "Packed", done ? "done" : "to_come", done ? "found there" : "not told"),
    done
      ? stage("ship", "Shipped", "done", "told", before(90))
      : stage("ship", "Shipped", "to_come", "not told"),
  ];
};

const can = (why_not = "") => ({ allowed: !why_not, why_not });

export function pageOf(despatch) {
  const { row } = despatch;
  const open = ["exception", "waiting", "unclear"].includes(row.state);
  return {
    row,
    sentences: [despatch.words || `${row.state_title}.`],
    customer: row.number ? "Harriet Okafor" : "",
    order_state: row.number ? "Despatched" : "",
    published_at: row.left_at,
    received_at: row.left_at,
    is_last: despatch.is_last,
    lines: despatch.lines,
    parcels: Array.from({ length: row.parcels }, (_, index) => ({
      number: index + 1,
      carrier: row.carrier,
      service: "Tracked 48",
      tracking: [`${row.tracking}${index || ""}`],
      link: "https://track.example/parcel",
    })),
    stages: stagesOf(despatch),
    flags: despatch.flags,
    came_again: despatch.came_again ?? [],
    attempts: 1,
    next_at: null,
    retry: can(open ? "" : "It is done with."),
    leave_alone: can(row.state === "exception" ? "" : "It goes on by itself."),
  };
}

/** Lists over the given despatches: frozen when opened, like the program's. */
export function confirmationsOf(despatches) {
  const lists = new Map();
  let next = 1;
  const fits = (filter) => (each) =>
    each.tab === filter.tab &&
    (!filter.owner || each.row.owner === filter.owner) &&
    (!filter.find ||
      `${each.row.number} ${each.row.despatch_id}`
        .toLowerCase()
        .includes(filter.find.toLowerCase()));
  const of = (id) => {
    const found = despatches.find((each) => each.row.despatch_id === id);
    if (!found)
      throw { code: "despatch_unknown", message: `There is no despatch ${id}.`, field: "id" };
    return found;
  };
  return {
    open_confirmations({ filter }) {
      const rows = despatches.filter(fits(filter));
      const list = next++;
      lists.set(list, { filter, rows });
      const groups = [];
      for (const { row } of rows) {
        const days = Math.floor((Date.parse(before(0)) - Date.parse(row.left_at)) / 1000 / DAY);
        const day = days ? (days === 1 ? "yesterday" : "Sunday 22 November") : "today";
        const title = `${filter.tab === "posted" ? "Told" : "Left"} ${day}`;
        if (groups.at(-1)?.title === title) groups.at(-1).count += 1;
        else groups.push({ title, count: 1, tone: "plain" });
      }
      return {
        list,
        total: rows.length,
        capped: false,
        groups,
        tabs: tabs.map(([tab, title]) => ({
          tab,
          title,
          count: despatches.filter((each) => each.tab === tab).length,
        })),
        owners: ["office", "warehouse"]
          .map((owner) => ({
            owner,
            count: despatches.filter((each) => each.row.owner === owner).length,
          }))
          .filter(({ count }) => count),
        as_of: before(0),
        checked: despatches.length ? before(40) : null,
      };
    },
    confirmation_rows: ({ list, from, count }) =>
      lists
        .get(list)
        .rows.slice(from, from + count)
        .map(({ row }) => row),
    confirmation_news({ list }) {
      const { filter, rows } = lists.get(list);
      const now = despatches.filter(fits(filter));
      return {
        new: now.filter((each) => !rows.includes(each)).length,
        gone: rows.filter((each) => !now.includes(each)).length,
      };
    },
    confirmation: ({ id }) => pageOf(of(id)),
    confirmation_preview({ act, id }) {
      const retry = act === "retry";
      return {
        title: retry ? `Retry ${id}?` : `Leave ${id} as it is?`,
        effect: [
          retry
            ? "Stockbridge reads the sale in Cin7 Core and tells it only what is missing there."
            : "Stockbridge tells Cin7 Core nothing more of this despatch.",
        ],
        button: retry ? `Retry ${id}` : `Leave ${id} as it is`,
        count: 1,
        allowed: 1,
        refused: [],
        needs_reason: !retry,
      };
    },
    confirmation_act({ act, id }) {
      const found = of(id);
      const state = act === "retry" ? "waiting" : "closed";
      const { tab, tone, icon, title } = states[state];
      found.tab = tab;
      found.row = { ...found.row, state, state_title: title, tone, icon, owner: null };
      return { text: act === "retry" ? `${id} is tried again now.` : `${id} is left as it is.` };
    },
    open_tracking: null,
  };
}
