/**
 * A stand-in for the program: answers every command of the page from a fixture world, and
 * remembers what it was told. It follows the program's shapes, not its rules. Tests only.
 */
import {
  checked,
  activityRows,
  connections,
  maps,
  review,
  settings,
  simulated,
} from "./worlds/others.mjs";
import { COUNTED, adjustmentsOf } from "./worlds/adjustments.mjs";
import { LEFT, confirmationsOf } from "./worlds/confirmations.mjs";
import { driftOf } from "./worlds/drift.mjs";
import { BUSY, OTHERS, doing, listsOf, many, pageOf, payload, preview } from "./worlds/orders.mjs";
import { NOW, before, filterOf, place } from "./worlds/times.mjs";
import * as todays from "./worlds/today.mjs";

export { NOW };

const LONG = "Featherstonehaugh-Cholmondeley & Sons ".repeat(6).slice(0, 200);

/** What differs from world to world: the orders there are, and Today. */
const worlds = {
  busy: { today: todays.busy, orders: () => [...BUSY, ...OTHERS] },
  quiet: { today: todays.quiet, orders: () => OTHERS },
  nothing_yet: { today: todays.nothingYet, orders: () => [], mode: "look_only" },
  vendor_down: { today: todays.vendorDown, orders: () => [...BUSY, ...OTHERS] },
  crowded: { today: todays.crowded, orders: () => [...many(100_000), ...OTHERS] },
  long_names: {
    today: todays.longNames,
    orders: () => [...BUSY.map((row) => ({ ...row, customer: LONG })), ...OTHERS],
  },
};

export const worldNames = Object.keys(worlds);

export const shellOf = (more = {}) => ({
  standing: "working",
  message: "",
  fix: "",
  first_run_step: "live",
  practice: null,
  practice_available: true,
  version: "0.1.0",
  user: "Sam",
  zone: "Europe/London",
  theme: "system",
  mode: "live",
  notifications: "ok",
  notifications_message: "",
  autostart: false,
  ...more,
});

export const practiceOf = (more = {}) => ({
  speed: 10,
  world_time: before(0),
  faults: [
    {
      name: "whistl_down",
      title: "Whistl does not answer",
      what: "Every call to Whistl fails.",
      on: false,
    },
    {
      name: "cin7_busy",
      title: "Cin7 Core is busy",
      what: "One call in three is told to wait.",
      on: false,
    },
    {
      name: "lost_answers",
      title: "Answers get lost",
      what: "Whistl takes the order, its answer never comes.",
      on: false,
    },
  ],
  ...more,
});

/**
 * The answers of one world, for `open` of stage.js. `shell` changes how the program stands.
 * Answers may be replaced one by one; `state` is what the world remembers.
 */
export function fake(name = "busy", { shell = {} } = {}) {
  const world = worlds[name];
  const state = {
    shell: shellOf({ mode: world.mode ?? "live", ...shell }),
    today: world.today(),
    orders: world.orders(),
    actions: new Map(),
  };
  const stand = (more) => (state.shell = { ...state.shell, ...more });
  const lists = listsOf(state.orders);
  const despatches = state.orders.length
    ? LEFT.filter(({ tab }) => name !== "quiet" || tab === "posted").map((each) => ({ ...each }))
    : [];
  const counted = state.orders.length
    ? COUNTED.filter(({ tab }) => name !== "quiet" || tab === "posted").map((each) => ({ ...each }))
    : [];
  const orderOf = (number) => {
    const row = state.orders.find((each) => each.number === number);
    if (!row) throw { code: "not_found", message: `There is no order ${number}.`, field: null };
    return pageOf(row);
  };
  const numbersOf = (which) =>
    which.numbers ??
    BUSY.filter((row) => !which.cause || row.cause === which.cause).map((row) => row.number);
  let action = 0;

  const answers = {
    begin: () => state.shell,
    try_again: () => state.shell,
    set_theme: ({ theme }) => stand({ theme }),
    set_autostart: ({ on }) => stand({ autostart: on }),
    practice: ({ on }) => stand({ practice: on ? practiceOf() : null, standing: "working" }),
    practice_speed: ({ speed }) => stand({ practice: { ...state.shell.practice, speed } }),
    practice_fault: ({ name, on }) =>
      stand({
        practice: {
          ...state.shell.practice,
          faults: state.shell.practice.faults.map((each) =>
            each.name === name ? { ...each, on } : each,
          ),
        },
      }),
    practice_play: () => ({ text: "40 orders were placed in the practice shop." }),
    test_notification: () => ({ text: "A notification was shown." }),
    hide_window: null,
    quit: null,

    today: () => state.today,
    pause({ reason }) {
      state.today = { ...state.today, paused: { by: "Sam", why: reason, since: before(0) } };
      return null;
    },
    resume() {
      state.today = { ...state.today, paused: null };
      return null;
    },
    sync_now: () => ({ text: "Looking at Cin7 Core and Whistl now." }),
    settle_read_back: ({ number }) => ({ text: `${number} is settled.` }),
    take_need({ id }) {
      const needs = state.today.needs.map((need) =>
        need.id === id ? { ...need, taken_by: state.shell.user } : need,
      );
      state.today = { ...state.today, needs };
      return null;
    },

    ...lists,
    order: ({ number }) => orderOf(number),
    payloads: ({ personal }) => ({ ...payload, masked: !personal }),
    preview: ({ act, which }) => preview(act[0].toUpperCase() + act.slice(1), numbersOf(which)),
    act({ act, which }) {
      action += 1;
      state.actions.set(action, doing(action, act, numbersOf(which)));
      return state.actions.get(action);
    },
    doing: ({ action }) => state.actions.get(action),
    cancel_action: null,
    put_off: ({ number }) => orderOf(number),
    bring_back: ({ number }) => orderOf(number),
    assign: ({ number, owner }) => ({ ...orderOf(number), owner }),
    note: ({ number, text, to }) => ({
      ...orderOf(number),
      notes: [{ at: before(0), who: "Sam", text, to }],
    }),
    settle_preview: ({ number }) => ({
      title: `Settle ${number}?`,
      effect: [
        "This no longer needs anyone: part of it will not be sent: 1 of 3 TEAPOT04 not sent: short pick.",
        `Nothing else is wrong with ${number}, so it leaves Needs you.`,
        "Your reason is kept as a note on the order, with your name.",
      ],
      button: `Settle ${number}`,
      count: 1,
      allowed: 1,
      refused: [],
      needs_reason: true,
    }),
    settle: ({ number }) => ({
      text: `${number} is settled. Your reason is kept as a note on it.`,
    }),
    open_in_cin7: null,

    ...confirmationsOf(despatches),
    ...driftOf(name),
    ...adjustmentsOf(counted),

    maps: ({ kind }) => maps(kind),
    save_map: () => ({
      text: "Saved. 3 orders are being checked again.",
      waiting: 3,
      warnings: [],
    }),
    remove_map: () => ({ text: "Removed." }),

    activity: ({ filter }) => ({
      rows: activityRows.filter(
        (row) => !filter.find || row.number?.toLowerCase().includes(filter.find.toLowerCase()),
      ),
      next: null,
    }),
    verify_log: () => ({ ok: true, text: "All 9 entries are as they were written." }),

    settings: () => settings(),
    save_settings: () => settings(),
    simulate_trigger: () => simulated(),
    connections: () => connections(),
    connect_cin7: () => checked("cin7"),
    connect_whistl: () => checked("whistl"),
    check: ({ vendor }) => checked(vendor),
    forget: null,

    review: () => review(),
    look_only: () => review(),
    go_live: () => stand({ mode: "live", standing: "working" }),
    back_to_look_only: () => stand({ mode: "look_only" }),

    find: ({ text }) => found(state.orders, text),
  };
  return { answers, state };
}

function found(orders, text) {
  const wanted = text.toLowerCase();
  return orders
    .filter((row) => `${row.number} ${row.customer}`.toLowerCase().includes(wanted))
    .sort((a, b) => (b.number.toLowerCase() === wanted) - (a.number.toLowerCase() === wanted))
    .slice(0, 12)
    .map((row) => ({
      kind: "order",
      title: row.number,
      detail: `${row.customer}, ${row.state_title.toLowerCase()}`,
      tone: row.tone,
      go: place("orders", { filter: filterOf("needs_you"), number: row.number }),
    }));
}
