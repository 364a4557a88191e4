/** Words of the Orders screen: its controls and what it says itself. Reasons, states and results come from the program. */
import type { Act, ListFilter, Tab } from "../bindings";
import { count, plural } from "../format";

export const list = {
  tabs: "Orders by how they stand",
  label: "Orders",
  group: "Orders",
  reading: "Reading the orders…",
  choose: "Select this group",
  leaveOut: "Leave this group out",
  chooseAll: (orders: number) => `Select all ${count(orders)}`,
  chooseAllSpoken: (orders: number) => `Select all ${count(orders)} orders of this list`,
  chosen: (orders: number) => `${count(orders)} selected`,
  allChosen: (orders: number) =>
    orders === 1 ? "The one order is selected" : `All ${count(orders)} selected`,
  choosing: (done: number, total: number) => `Selecting ${count(done)} of ${count(total)}…`,
  none: "Clear the selection",
  total: (orders: number) => plural(orders, "order"),
  capped: (orders: number) => `the first ${count(orders)} orders`,
  sorted: (tab: Tab) => (tab === "needs_you" ? "sorted by time left" : "newest first"),
  more: (more: number) => `+${count(more)} more`,
  nextTry: "tried again",
  putOffUntil: "put off until",
  cleared: "Customer cleared with age",
  news: (more: number, gone: number) =>
    [
      more ? `${count(more)} new` : "",
      gone ? (gone === 1 ? "1 is no longer here" : `${count(gone)} are no longer here`) : "",
    ]
      .filter(Boolean)
      .join(", "),
  show: "Show",
  refresh: "Refresh the list",
};

export const keysOf = {
  recheck: "Recheck the selection, or the order under the cursor",
  resend: "Resend the selection, or the order under the cursor",
  withdraw: "Withdraw the selection, or the order under the cursor",
  all: "Select all that match",
  groupOf: "Select the group under the cursor",
  find: "Find in this list",
  leave: "Close the order, or clear the selection",
};

export const filters = {
  label: "Narrow the list",
  owner: "Owner",
  everyone: "everyone",
  cause: "Cause",
  anyCause: "any",
  channel: "Channel",
  allChannels: "all",
  noChannel: "none given",
  putOff: "Put off",
  find: "Find in this list",
  clear: (what: string) => `Clear ${what.toLowerCase()}`,
  clearAll: "Clear the filter",
  found: (text: string) => `“${text}”`,
};

export const empty = {
  calm: "Nothing needs you",
  calmText: "Every order that may go has gone or is on its way.",
  yet: "No orders yet",
  yetText:
    "A sale shows up here after it is authorised in Cin7 Core, at the next look. You can look now.",
  look: "Look now",
  other: {
    needs_you: "",
    waiting: "Nothing waits to be sent",
    at_warehouse: "Nothing is at the warehouse",
    despatched: "Nothing was despatched yet",
    cancelled: "No order was called off",
  } satisfies Record<Tab, string>,
  found: "No order matches",
  foundText: (filter: string) => `Shown is only what fits this filter: ${filter}.`,
  failed: "The orders could not be read",
};

export const acts: Record<Act, { verb: string; doing: string; done: string; icon: ActIcon }> = {
  recheck: { verb: "Recheck", doing: "Rechecking", done: "Rechecked", icon: "refresh" },
  resend: { verb: "Resend", doing: "Resending", done: "Resent", icon: "send" },
  withdraw: { verb: "Withdraw", doing: "Withdrawing", done: "Withdrawn", icon: "undo" },
  release: { verb: "Release", doing: "Releasing", done: "Released", icon: "play" },
};
type ActIcon = "refresh" | "send" | "undo" | "play";

export const action = {
  toWhistl: "Resend to Whistl",
  recheckOne: "Recheck",
  withdrawOne: "Withdraw",
  releaseOne: "Release anyway…",
  nothingChosen: "Select one or more orders first.",
  of: (act: Act) => acts[act].verb,
  workingOut: "Working out what this does…",
  begun: (act: Act, orders: number) =>
    orders === 1 ? `${acts[act].doing}…` : `${acts[act].doing} ${plural(orders, "order")}…`,
  chip: (act: Act) => `${acts[act].doing}…`,
  progress: (done: number, total: number, current: string) =>
    `${count(done)} of ${count(total)}${current ? `, ${current}…` : ""}`,
  stop: "Cancel",
  stopping: "Stopping after this one…",
  dismiss: "Done",
  results: "What happened to each order",
  showAll: (orders: number) => `Show ${plural(orders, "result")}`,
  hide: "Hide the results",
  failedFirst: (failed: number) =>
    failed === 1 ? "1 needs another look" : `${count(failed)} need another look`,
  untouched: (orders: number) =>
    orders === 1
      ? "1 order was left as it was."
      : `${count(orders)} orders were left as they were.`,
  older: (orders: number) => `${plural(orders, "more result")} in Activity`,
  didNotBegin: "Nothing was done",
};

export const pane = {
  label: "Order",
  close: "Close the order",
  none: "No order chosen",
  noneText: "Choose one on the left to see what holds it and what happened to it.",
  reading: "Reading the order…",
  customer: "Customer",
  value: "Value",
  shipBy: "Ship by",
  noShipBy: "no date",
  owner: "Owner",
  handTo: "Hand to…",
  handToSpoken: (number: string, now: string) => `${number} is with ${now}. Hand to…`,
  handed: (number: string, to: string) => `${number} is handed to ${to}.`,
  now: "now",
  since: "since",
  known: "Known at Whistl",
  serviceAtWhistl: "Whistl service",
  chooseService: "Choose a service",
  whistlSku: "SKU at Whistl",
  save: "Save",
  mapReason: (number: string) => `Set on the hold of ${number}`,
  mapSpoken: (label: string, from: string, to: string) => `${label}: ${from} becomes ${to}`,
  notChosen: "Choose a service first.",
  notTyped: "Type the SKU as Whistl lists it.",
  noServices: "Whistl's services could not be read. Try again in a moment.",
  openCin7: "Open in Cin7 Core",
  noCin7: "Stockbridge does not know this order's page in Cin7 Core.",
  more: "More",
  moreSpoken: (number: string) => `More for ${number}`,
  happened: "What happened",
  nothingHappened: "Nothing is recorded of it yet.",
  payloads: "Payloads",
  noPayloads: "Nothing was sent or answered about this order yet.",
  attempt: (attempt: number) => `try ${attempt}`,
  lines: "Lines",
  sku: "SKU",
  quantity: "Quantity",
  price: "Price",
  sentAs: "sent as",
  address: "Deliver to",
  phone: "Telephone",
  email: "E-mail",
  service: "Shipping method",
  channel: "Channel",
  reference: "Reference",
  whistl: "At Whistl",
  noService: "no service at Whistl yet",
  cleared: "Cleared with age.",
  message: "What was sent and why",
  field: "Field",
  from: "From",
  sent: "Value",
  attempts: "Attempts",
  underWay: "under way",
  notes: "Notes",
};

export const journey = {
  whole: (total: string, lasts: boolean) => (lasts ? `${total} so far` : total),
  leg: (who: string, what: string) => `${who}: ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
  soFar: "so far",
  showAll: (waits: number) => `Show all ${count(waits)} waits`,
};

export const payload = {
  show: "What was sent and answered",
  request: "Sent",
  response: "Answered",
  nothing: "Nothing.",
  hash: "Fingerprint",
  masked: "Personal data is masked.",
  unmasked: "Personal data is shown.",
  personal: "Show personal data",
  mask: "Mask it again",
  ask: "Show personal data?",
  effect: (number: string) => [
    `The name, address, telephone number and e-mail address on ${number} can then be read on this screen.`,
    "They are masked again when you move to another order.",
  ],
};

export const putOff = {
  button: "Put off…",
  title: "Put off until",
  hour: "In 1 hour",
  afternoon: "This afternoon",
  tomorrow: "Tomorrow morning",
  pick: "Pick a time",
  at: "Date and time",
  why: "Why",
  save: "Put off",
  leave: "Leave it",
  pastTime: "Choose a time that is still to come.",
  noTime: "Choose until when.",
  noReason: "Say why in a few words.",
  isOff: "Put off until",
  back: "Bring back",
};

export const note = {
  button: "Note…",
  title: "Note",
  text: "Note",
  to: "For",
  nobody: "nobody in particular",
  save: "Keep the note",
  leave: "Leave it",
  empty: "Write something first.",
  forWhom: (owner: string) => `for ${owner}`,
};

/** The filter in words, or "" without one. */
export function filterInWords(
  filter: ListFilter,
  owner: (word: NonNullable<ListFilter["owner"]>) => string,
  cause: (word: string) => string,
): string {
  return [
    filter.owner && `${filters.owner.toLowerCase()} ${owner(filter.owner)}`,
    filter.cause && `${filters.cause.toLowerCase()} ${cause(filter.cause)}`,
    filter.channel !== null &&
      `${filters.channel.toLowerCase()} ${filter.channel || filters.noChannel}`,
    filter.put_off && filters.putOff.toLowerCase(),
    filter.find && filters.found(filter.find),
  ]
    .filter(Boolean)
    .join(", ");
}
