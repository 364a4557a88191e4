/**
 * Set-up as it is gone through: keys that are wrong or right, a location to choose, a look that
 * takes its time, a method to map, and going live. Laid over a fake's answers.
 */
import { connections, maps, review, simulated } from "./others.mjs";

export const KEYS = { account: "5f0c-account", key: "c1n7-key", whistl: "wh1stl-key" };

const checked = (vendor, more = {}) => ({
  vendor,
  ok: true,
  tone: "ok",
  title: `Connected to ${vendor === "cin7" ? "Cin7 Core" : "Whistl"}`,
  message: "",
  field: null,
  found: [],
  ...more,
});

/** Lays a set-up not yet begun over a fake. `tell` sends an event to the page. */
export function settingUp({ answers, state }, tell) {
  const kept = connections();
  kept.cin7 = { ...kept.cin7, has_account: false, has_key: false, location: "", locations: [] };
  kept.whistl = { base_url: "", client_code: "", has_key: false };
  let read = 0;
  let mapped = false;
  const all = 240;

  const shown = () => ({
    ...review(),
    ready: read === all,
    reading: read === all ? "" : `Reading sales from Cin7 Core: ${read} of ${all}`,
    would_send: mapped ? 23 : 21,
    would_hold: mapped ? 5 : 7,
    unmapped_services: mapped ? 0 : 1,
    unmapped_skus: 0,
    location: kept.cin7.location,
    go_live_effect: [
      `${mapped ? 23 : 21} orders are sent to Whistl within a minute, the most urgent first.`,
      `${mapped ? 5 : 7} orders stay held until put right.`,
    ],
  });

  Object.assign(answers, {
    connections: () => structuredClone(kept),
    connect_cin7({ base_url, account_id, key, location }) {
      if (!base_url.startsWith("https://"))
        throw {
          code: "setting_invalid",
          message: "An address begins with https://.",
          field: "cin7.base_url",
        };
      const has = kept.cin7.has_key && !key && !account_id;
      if (!has && (account_id !== KEYS.account || key !== KEYS.key))
        return checked("cin7", {
          ok: false,
          tone: "stop",
          title: "Cin7 Core refuses the key",
          message:
            "Cin7 Core says: “Incorrect credentials”. Check that it was copied whole, and that it is still valid. Nothing has been changed.",
          field: "key",
        });
      kept.cin7 = {
        base_url,
        has_account: true,
        has_key: true,
        location,
        locations: ["Main Warehouse", "Shop", "Whistl Fulfilment"],
      };
      const found = [
        { title: "Company", value: "Kettle & Crane Ltd" },
        { title: "Currency of the books", value: "GBP" },
        { title: "Time zone of the account", value: "Europe/London" },
      ];
      if (!location)
        return checked("cin7", {
          ok: false,
          tone: "warn",
          title: "Connected to Cin7 Core, but the location is not known",
          message:
            "The keys open the account of Kettle & Crane Ltd. Choose the location that Whistl ships from.",
          field: "location",
          found,
        });
      return checked("cin7", {
        message: `The keys open the account of Kettle & Crane Ltd. Orders are taken from ${location}.`,
        found: [...found, { title: "Location", value: location }],
      });
    },
    connect_whistl({ base_url, client_code, key }) {
      if (key !== KEYS.whistl && !(kept.whistl.has_key && !key))
        return checked("whistl", {
          ok: false,
          tone: "stop",
          title: "Whistl refuses the key",
          message: "Check that it was copied whole. Nothing has been changed.",
          field: "key",
        });
      kept.whistl = { base_url, client_code, has_key: true };
      return checked("whistl", {
        message: `The key opens the account ${client_code}.`,
        found: [
          { title: "Account code", value: client_code },
          { title: "This computer's clock", value: "the same as Whistl's" },
        ],
      });
    },
    look_only: () => shown(),
    review: () => shown(),
    maps: ({ kind }) => {
      const map = maps(kind);
      if (kind === "service" && mapped) map.unmapped = [];
      return map;
    },
    save_map({ kind }) {
      if (kind === "service") mapped = true;
      return { text: "Saved. 2 orders are being checked again.", waiting: 2, warnings: [] };
    },
    go_live: () => (state.shell = { ...state.shell, standing: "working", mode: "live" }),
  });
  return {
    kept,
    /** More sales were read. */
    async reads(many) {
      read = Math.min(all, read + many);
      await tell("changed", {
        orders: true,
        activity: true,
        settings: false,
        attention: false,
        calls: true,
        stock: false,
      });
    },
  };
}

const setting = (key, title, kind, value, more = {}) => ({
  key,
  title,
  help: "",
  kind,
  value,
  default: value,
  choices: [],
  min: null,
  max: null,
  unit: "",
  advanced: false,
  ...more,
});

/** Settings of every kind there is, with the words the program has for some of them. */
export const everyKind = () => ({
  version: 7,
  sections: [
    {
      key: "general",
      title: "General",
      text: "Whose shop this is, and how times are told.",
      settings: [
        setting("merchant.user", "Your name", "text", "", {
          help: "Put to every decision made here. Left empty, it is the name you are signed in to this computer with.",
          max: 80,
        }),
        setting("merchant.time_zone", "Time zone", "zone", "Europe/London", {
          help: "Cut-offs, schedules and every time on screen are told in it.",
        }),
        setting("merchant.page", "Address of your shop", "address", "https://shop.example.org", {
          advanced: true,
        }),
      ],
    },
    {
      key: "trigger",
      title: "Release trigger",
      text: "A sale is sent when its order is authorised. Try a change on recent sales before you save it: nothing is sent by that.",
      settings: [
        setting("trigger.stage", "A sale is due when", "choice", "authorised_order", {
          help: "How far it must be in Cin7 Core before it is checked and sent.",
          choices: [
            { word: "authorised_order", title: "its order is authorised" },
            { word: "authorised_pick", title: "its pick is authorised" },
          ],
        }),
        setting("trigger.channels_only", "Only these sales channels", "texts", ["Shopify"], {
          help: "As they are called in Cin7 Core. Left empty, sales of every channel go.",
          default: [],
        }),
        setting("trigger.paid_only", "Only paid sales", "flag", false, {
          help: "A sale waits until Cin7 Core shows it as paid or prepaid.",
        }),
        setting("trigger.not_before", "Start date", "date", null, {
          help: "Sales ordered before this day are never sent.",
        }),
        setting("trigger.grace_minutes", "Wait after authorising", "whole", 0, {
          help: "How long a sale waits before it is sent, so that early changes arrive first.",
          min: 0,
          max: 1440,
          unit: "minutes",
        }),
        setting(
          "trigger.grace_by_channel",
          "Wait by sales channel",
          "whole_by_text",
          {},
          {
            help: "Another wait for some channels.",
            min: 0,
            max: 1440,
            unit: "minutes",
            advanced: true,
          },
        ),
      ],
    },
    {
      key: "schedule",
      title: "Schedule",
      text: "How often each side is asked.",
      settings: [
        setting("schedule.orders", "Look for new and changed sales", "whole", 30, {
          help: "In Cin7 Core. The usual wait of an order is about half of this.",
          min: 10,
          max: 86400,
          unit: "seconds",
        }),
        setting("schedule.products", "Look for changed products", "whole", 900, {
          min: 10,
          max: 86400,
          unit: "seconds",
          advanced: true,
        }),
      ],
    },
    {
      key: "cutoffs",
      title: "Cut-offs",
      text: "By when an order must be at the warehouse to leave the same day.",
      settings: [
        setting("cutoff.time", "Daily cut-off", "time", "16:00", {
          help: "An order that reaches the warehouse later leaves on the next working day.",
        }),
        setting(
          "cutoff.by_service",
          "Cut-off by service",
          "time_by_text",
          { WHI_EXP: "15:00" },
          {
            help: "Another time for some of Whistl's service codes.",
            default: {},
          },
        ),
        setting("cutoff.working_days", "Working days", "texts", [
          "mon",
          "tue",
          "wed",
          "thu",
          "fri",
        ]),
        setting("cutoff.holidays", "Holidays", "dates", ["2026-12-25"], { default: [] }),
      ],
    },
    {
      key: "alerts",
      title: "Alerts and notifications",
      text: "When you are told, and when you are left in peace.",
      settings: [
        setting("alerts.quiet_from", "Quiet hours from", "time", "", {
          help: "Notifications wait from then on. Left empty, there are no quiet hours.",
        }),
        setting("alerts.digest_times", "Summary of the day", "times", ["17:00"]),
        setting("retry.ladder_seconds", "Waits before trying again", "wholes", [15, 60, 300], {
          min: 1,
          max: 86400,
          unit: "seconds",
          advanced: true,
        }),
      ],
    },
  ],
  rights: [
    { vendor: "Cin7 Core", right: "Read sales", use: "To find new and changed sales." },
    { vendor: "Whistl", right: "Create orders", use: "To hand over an order." },
  ],
  zones: ["America/New_York", "Europe/Dublin", "Europe/London", "Europe/Paris", "Pacific/Auckland"],
  budget:
    "About 3 of 55 Cin7 Core calls a minute when nothing is new. The rest is enough for about 52 new orders a minute.",
});

/** Lays settings that are kept, all or none, over a fake's answers. */
export function keeping({ answers }) {
  let view = everyKind();
  const find = (key) =>
    view.sections.flatMap(({ settings }) => settings).find((each) => each.key === key);
  Object.assign(answers, {
    settings: () => view,
    save_settings({ changes }) {
      if (changes["schedule.orders"] < 15)
        throw {
          code: "schedule_too_dear",
          message:
            "Looking that often would take 6 of the 55 calls a minute that Cin7 Core is asked at most.",
          field: "schedule.orders",
        };
      view = structuredClone(view);
      for (const [key, value] of Object.entries(changes)) find(key).value = value;
      view.version += 1;
      return view;
    },
    simulate_trigger: () => simulated(),
  });
  return { value: (key) => find(key).value };
}
