/**
 * Orders that live: a hold that is put right frees its order, an action takes its time and tells
 * how it goes, a list knows what it misses. Laid over a fake's answers; the shapes are the
 * program's, the rules are only as true as a page test needs.
 */
import { pageOf } from "./orders.mjs";
import { NOW, before } from "./times.mjs";

const CHANGED = {
  orders: true,
  activity: true,
  settings: false,
  attention: true,
  calls: false,
  stock: false,
};
const STATES = {
  at_warehouse: {
    state: "at_warehouse",
    state_title: "At the warehouse",
    tone: "ok",
    icon: "truck",
  },
  held: { state: "held", state_title: "Held before sending", tone: "stop", icon: "tag" },
};
const offerOf = (kind, label, from = "", to = "") => ({ kind, label, from, to });

/** One hold card for each cause of the fixture orders, with what is offered from it. */
const cards = {
  sku_invalid_characters: {
    title: "SKU has characters Whistl rejects",
    sentence:
      "Whistl takes letters and digits only. Change the SKU in Cin7 Core, or map it to the code Whistl uses.",
    icon: "tag",
    where_label: "Line 2",
    path: "Order → Lines → 2 → SKU",
    value: "ITEM-01_BLUE",
    marks: [
      [4, 5],
      [7, 8],
    ],
    offers: [offerOf("map_sku", "Map to this", "ITEM-01_BLUE", "ITEM01BLUE")],
  },
  phone_missing: {
    title: "No telephone number on the order",
    sentence:
      "The carrier needs one for this service. Enter it on the order or the customer in Cin7 Core.",
    icon: "phone",
    where_label: "Telephone",
    path: "Order → Phone",
    value: "",
    marks: [],
    offers: [offerOf("open_cin7", "Open in Cin7 Core"), offerOf("recheck", "Recheck")],
  },
  service_unmapped: {
    title: "Shipping method is not mapped",
    sentence: "Stockbridge never guesses a service. Choose the one Whistl should use for it.",
    icon: "truck",
    where_label: "Shipping",
    path: "Order → Shipping method",
    value: "Express Delivery",
    marks: [],
    offers: [offerOf("choose_service", "Choose a service", "Express Delivery")],
  },
  rejected_by_whistl: {
    title: "Rejected by Whistl",
    sentence: "Whistl does not know the SKU KETTLE17. Map it, or ask the warehouse to list it.",
    icon: "ban",
    where_label: "Line 1",
    path: "Order → Lines → 1 → SKU",
    value: "KETTLE17",
    marks: [],
    offers: [offerOf("map_sku", "Save", "KETTLE17"), offerOf("ask_warehouse", "Ask the warehouse")],
  },
};

/** Lays the living orders over a fake. `tell` sends an event to the page. */
export function living({ answers, state }, tell, { pace = 60 } = {}) {
  const clones = state.orders.map((row, at) => ({
    ...row,
    // Each order is under one tab only, so no two share a number.
    number: row.tab ? `SO-${String(9_999 - at).padStart(5, "0")}` : row.number,
  }));
  state.orders.splice(0, state.orders.length, ...clones);
  const find = (number) => state.orders.find((row) => row.number === number);
  const side = new Map(); // Notes, putting off and owners, by number.
  const fixed = new Set(); // Causes that were put right.
  const lists = new Map();
  const actions = new Map();
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  const openList = answers.open_list;
  const numbersOf = (filter) => {
    const numbers = [];
    const { list, total } = openList({ filter });
    for (let from = 0; from < total; from += 200)
      numbers.push(...answers.list_rows({ list, from, count: 200 }).map((row) => row.number));
    return numbers;
  };
  answers.open_list = ({ filter }) => {
    const opened = openList({ filter });
    lists.set(opened.list, { filter, total: opened.total });
    return opened;
  };
  answers.list_news = ({ list }) => {
    const { filter } = lists.get(list);
    const total = lists.get(list).total;
    const then = new Set();
    for (let from = 0; from < total; from += 200)
      for (const row of answers.list_rows({ list, from, count: 200 })) then.add(row.number);
    const now = new Set(numbersOf(filter));
    return {
      new: [...now].filter((number) => !then.has(number)).length,
      gone: [...then].filter((number) => !now.has(number)).length,
    };
  };

  const accept = (row) => {
    Object.assign(row, STATES.at_warehouse, {
      tab: "at_warehouse",
      reason: "",
      more: 0,
      owner: null,
      at: new Date(NOW).toISOString(),
    });
  };
  const frees = (row) => fixed.has(row.cause);

  answers.order = ({ number }) => {
    const row = find(number);
    if (!row) throw { code: "not_found", message: `There is no order ${number}.`, field: null };
    const page = pageOf(row);
    const card = row.owner ? cards[row.cause] : undefined;
    const mine = side.get(number) ?? {};
    const at = row.state === "at_warehouse";
    const can = (allowed, why_not) => ({ allowed, why_not: allowed ? "" : why_not });
    return {
      ...page,
      holds: card
        ? [{ ...card, code: row.cause, tone: "stop", owner: row.owner, fix: "", since: before(48) }]
        : [],
      notes: mine.notes ?? [],
      put_off: mine.put_off ?? null,
      recheck: can(!at, "The warehouse has it: withdraw it first."),
      resend: can(!at, "The warehouse has it: withdraw it first."),
      withdraw: can(at, "The warehouse does not have it."),
      release: can(false, "Whistl itself would refuse it."),
      message: [
        { field: "reference", from: "Order number", value: number, rule: "as it is" },
        { field: "service", from: "Shipping method", value: "WHI_STD", rule: "mapped" },
      ],
      attempts: at
        ? [
            {
              number: 1,
              step: "Send it",
              began: before(3),
              ended: before(2),
              outcome: "accepted",
              detail: "Whistl answered with WF10000022",
            },
          ]
        : [],
    };
  };

  const meant = (which) =>
    which.numbers ??
    (which.list ? numbersOf(lists.get(which.list).filter) : []).filter((number) => find(number));
  const refusal = (act, row) =>
    act === "withdraw" && row.state !== "at_warehouse"
      ? "The warehouse does not have it."
      : act !== "withdraw" && row.state === "at_warehouse"
        ? "The warehouse has it: withdraw it first."
        : null;

  answers.preview = ({ act, which }) => {
    const numbers = meant(which);
    const refused = numbers
      .map((number) => ({ number, why: refusal(act, find(number)) }))
      .filter(({ why }) => why);
    const allowed = numbers.length - refused.length;
    const orders = allowed === 1 ? "1 order" : `${allowed} orders`;
    const verb = { recheck: "Recheck", resend: "Resend", withdraw: "Withdraw" }[act];
    return {
      title: `${verb} ${numbers.length === 1 ? numbers[0] : `${numbers.length} orders`}?`,
      effect: [
        `${orders} will be read from Cin7 Core, checked, and sent to Whistl if all is well.`,
      ],
      button: `${verb} ${numbers.length === 1 ? numbers[0] : orders}`,
      count: numbers.length,
      allowed,
      refused: refused.slice(0, 100),
      needs_reason: act === "withdraw",
    };
  };

  async function work(doing, numbers) {
    for (const number of numbers) {
      if (doing.stop) break;
      doing.told = { ...doing.told, current: number };
      await tell("doing", doing.told);
      await wait(pace);
      const row = find(number);
      const before = row.state_title;
      const goes = frees(row) && !refusal(doing.told.act, row);
      if (goes) accept(row);
      doing.told = {
        ...doing.told,
        done: doing.told.done + 1,
        current: "",
        orders: [
          ...doing.told.orders,
          {
            number,
            before,
            after: row.state_title,
            tone: goes ? "ok" : "stop",
            message: goes
              ? "Accepted by Whistl."
              : `Still held: ${row.reason || "nothing changed"}.`,
          },
        ].slice(-200),
      };
      await tell("changed", CHANGED);
      await tell("doing", doing.told);
    }
    const accepted = doing.told.orders.filter(({ tone }) => tone === "ok").length;
    doing.told = {
      ...doing.told,
      finished: true,
      current: "",
      untouched: doing.told.total - doing.told.done,
      stopped_because: doing.stop ? "You stopped it." : "",
      summary: `${accepted} of ${doing.told.total} accepted by Whistl.`,
    };
    await tell("doing", doing.told);
  }

  answers.act = ({ act, which }) => {
    const numbers = meant(which);
    const action = actions.size + 1;
    const told = {
      action,
      act,
      total: numbers.length,
      done: 0,
      current: "",
      finished: false,
      orders: [],
      untouched: 0,
      stopped_because: "",
      summary: "",
    };
    const doing = { told, stop: false };
    actions.set(action, doing);
    void wait(pace).then(() => work(doing, numbers));
    return told;
  };
  answers.doing = ({ action }) => actions.get(action).told;
  answers.cancel_action = ({ action }) => {
    actions.get(action).stop = true;
    return null;
  };

  answers.save_map = ({ kind, from, to }) => {
    if (kind === "sku" && /[^A-Za-z0-9]/.test(to))
      throw {
        code: "map_invalid",
        message: `“${to}” cannot be a Whistl SKU: it has more than letters and digits.`,
        field: "to",
      };
    for (const [cause, card] of Object.entries(cards)) if (card.value === from) fixed.add(cause);
    const waiting = state.orders.filter((row) => row.owner && frees(row)).length;
    return {
      text: `Saved. ${waiting === 1 ? "1 order is" : `${waiting} orders are`} being checked again.`,
      waiting,
      warnings: [],
    };
  };

  const keep = (number, more) => {
    side.set(number, { ...side.get(number), ...more });
    return answers.order({ number });
  };
  answers.put_off = ({ number, until, why }) => {
    find(number).put_off_until = until;
    return keep(number, { put_off: { until, why, who: "Sam" } });
  };
  answers.bring_back = ({ number }) => {
    find(number).put_off_until = null;
    return keep(number, { put_off: null });
  };
  answers.assign = ({ number, owner }) => {
    find(number).owner = owner;
    return answers.order({ number });
  };
  answers.note = ({ number, text, to }) =>
    keep(number, {
      notes: [{ at: before(0), who: "Sam", text, to }, ...(side.get(number)?.notes ?? [])],
    });

  return {
    find,
    fixed,
    changed: () => tell("changed", CHANGED),
    /** An order that turns up now, ahead of all others. */
    arrive(number, customer) {
      const like = state.orders[0];
      state.orders.unshift({ ...like, ...STATES.held, number, customer, owner: "office" });
    },
    /** An order that leaves by itself. */
    accept: (number) => accept(find(number)),
  };
}
