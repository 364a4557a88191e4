/** Mappings, activity, settings and the first run, as the fixture worlds have them. */
import { DAY, HOUR, at, before } from "./times.mjs";

export const maps = (kind) => ({
  kind,
  unmapped:
    kind === "carrier"
      ? [
          {
            from: "DPDUK",
            waiting: 0,
            told: 14,
            suggestion: null,
            why: "Passed on as the warehouse names it. Enter Cin7 Core’s own name.",
          },
          {
            from: "XYZ9",
            waiting: 0,
            told: 0,
            suggestion: null,
            why: "Passed on as the warehouse names it. Enter Cin7 Core’s own name. 1 despatch is still to be told.",
          },
        ]
      : kind === "sku"
        ? [
            {
              from: "ITEM-01_BLUE",
              waiting: 3,
              told: 0,
              suggestion: "ITEM01BLUE",
              why: "The same letters and digits",
            },
            {
              from: "KETTLE17",
              waiting: 1,
              told: 0,
              suggestion: null,
              why: "Whistl lists nothing like it",
            },
          ]
        : [
            {
              from: "Express Delivery",
              waiting: 2,
              told: 0,
              suggestion: "WHI_EXP",
              why: "Named alike",
            },
          ],
  entries:
    kind === "carrier"
      ? []
      : kind === "sku"
        ? [
            {
              from: "MUG-SET/2",
              to: "MUGSET2",
              who: "Priya",
              at: before(9 * DAY),
              reason: "warehouse label",
              note: "",
              tone: "plain",
            },
            {
              from: "LAMP.WH",
              to: "LAMPWH",
              who: "Sam",
              at: before(40 * DAY),
              reason: "",
              note: "not on Whistl’s list",
              tone: "warn",
            },
          ]
        : [
            {
              from: "Standard Delivery",
              to: "WHI_STD",
              who: "Sam",
              at: before(60 * DAY),
              reason: "",
              note: "",
              tone: "plain",
            },
          ],
  choices:
    kind === "service"
      ? [
          { code: "WHI_STD", name: "Standard, 3 days" },
          { code: "WHI_EXP", name: "Express, next day" },
        ]
      : [],
  counts: [
    { kind: "sku", title: "SKUs", entries: 2, unmapped: 2 },
    { kind: "service", title: "Shipping methods", entries: 1, unmapped: 1 },
    { kind: "carrier", title: "Carriers", entries: 0, unmapped: 2 },
  ],
  read_at: at("12:00:00"),
});

const entry = (entry, seconds, what, more = {}) => ({
  entry,
  at: before(seconds),
  what,
  number: "SO-10482",
  who: "Stockbridge",
  outcome: "done",
  tone: "ok",
  duration: "0.3 s",
  attempt: 1,
  vendor: "Cin7 Core",
  has_payload: true,
  text: "",
  ...more,
});

export const activityRows = [
  entry(9, 12, "Orders changed since 14:38 read", { number: null, text: "2 changed" }),
  entry(8, 20, "Order sent", {
    number: "SO-10483",
    vendor: "Whistl",
    duration: "0.9 s",
    attempt: 2,
    text: "Accepted as WF10000023",
  }),
  entry(7, 48, "Held", {
    outcome: "held",
    tone: "stop",
    vendor: "",
    duration: "",
    has_payload: false,
    text: "SKU on line 2 has characters Whistl rejects",
  }),
  entry(6, 50, "Order sent", {
    number: "SO-10483",
    vendor: "Whistl",
    outcome: "failed",
    tone: "stop",
    duration: "30 s",
    text: "No answer within 30 s",
  }),
  entry(5, 3 * HOUR, "Setting changed", {
    number: null,
    who: "Sam",
    vendor: "",
    has_payload: false,
    tone: "plain",
    text: "Cut-off from 15:30 to 16:00",
  }),
];

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

export const settings = () => ({
  version: 3,
  sections: [
    {
      key: "trigger",
      title: "Which orders go to Whistl",
      text: "An order is taken up when all of these hold.",
      settings: [
        setting("trigger.status", "Status in Cin7 Core", "choice", "authorised", {
          choices: [
            { word: "authorised", title: "Authorised" },
            { word: "picked", title: "Picked" },
          ],
        }),
        setting("trigger.paid", "Only when paid in full", "flag", true),
        setting("trigger.from", "Not before", "date", "2026-11-01"),
      ],
    },
    {
      key: "schedule",
      title: "Schedule and cut-offs",
      text: "",
      settings: [
        setting("schedule.cut_off", "Cut-off on a working day", "time", "16:00", {
          help: "What is accepted by then leaves the same day.",
        }),
        setting("schedule.every", "Look for orders every", "whole", 30, {
          min: 15,
          max: 600,
          unit: "seconds",
        }),
        setting("zone", "Time zone", "zone", "Europe/London"),
      ],
    },
    {
      key: "alerts",
      title: "Alerts",
      text: "",
      settings: [
        setting("alerts.quiet", "Quiet hours", "times", ["20:00", "07:30"]),
        setting("alerts.every", "Remind after", "whole", 30, { unit: "minutes", advanced: true }),
      ],
    },
  ],
  rights: [
    { vendor: "Cin7 Core", right: "Sales: read", use: "to see which orders are ready" },
    { vendor: "Whistl", right: "Orders: create", use: "to send them" },
  ],
  zones: ["Europe/London", "Europe/Dublin", "Europe/Paris"],
  budget: "About 9 of 55 Cin7 calls a minute when idle",
});

export const connections = () => ({
  cin7: {
    base_url: "https://inventory.example.org",
    has_account: true,
    has_key: true,
    location: "Main Warehouse",
    locations: ["Main Warehouse", "Shop"],
  },
  whistl: { base_url: "https://fulfilment.example.org", client_code: "SHOP01", has_key: true },
});

export const checked = (vendor) => ({
  vendor,
  ok: true,
  tone: "ok",
  title: vendor === "cin7" ? "Cin7 Core answers" : "Whistl answers",
  message: "The key is accepted.",
  found: [{ title: "Location", value: "Main Warehouse" }],
});

export const review = () => ({
  ready: true,
  reading: "",
  would_send: 21,
  would_hold: 7,
  holds: [
    {
      cause: "sku_invalid_characters",
      title: "SKU has characters Whistl rejects",
      count: 4,
      owner: "office",
    },
    { cause: "phone_missing", title: "No telephone number", count: 3, owner: "office" },
  ],
  outside: [{ title: "Not yet authorised", count: 12 }],
  location: "Main Warehouse",
  unmapped_services: 1,
  unmapped_skus: 2,
  blockers: [],
  go_live_effect: [
    "21 orders go to Whistl, the most urgent first.",
    "7 orders stay held until they are put right.",
  ],
});

export const simulated = () => ({
  recent: 240,
  would_send: 180,
  would_hold: 7,
  outside: [{ title: "Not yet authorised", count: 53 }],
  text: "Of the 240 sales of the last 14 days, 187 would be taken up.",
});
