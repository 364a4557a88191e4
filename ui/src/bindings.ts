// Written by `cargo run -p screens --example bindings` from src-tauri/screens/src/shapes.
// What the program and the page say to each other. Not to be edited by hand.

/** What may be done to orders. */
export type Act = "recheck" | "resend" | "withdraw" | "release";

/** What an action did to one order. */
export type Acted = {
  /** Its number. */
  number: string;
  /** Its state before, in words. */
  before: string;
  /** Its state after, in words. */
  after: string;
  /** How it went. */
  tone: Tone;
  /** What happened, as a sentence. */
  message: string;
};

/** Which entries to list. */
export type ActivityFilter = {
  /** Only those about this order. */
  find: string | null;
  /** Which kinds. */
  kind: ActivityKind;
  /** Which outcomes. */
  outcome: OutcomeKind;
  /** Only calls to this vendor. */
  vendor: VendorKind | null;
  /** Only those of this day in the merchant's zone, as 2026-03-04. */
  day: string | null;
};

/** Which kinds of entry. */
export type ActivityKind = "all" | "calls" | "decisions" | "settings";

/** A part of the log, newest first. */
export type ActivityPage = {
  /** The entries. */
  rows: Array<ActivityRow>;
  /** Where the next part begins; none at the end. */
  next: number | null;
};

/** One entry. */
export type ActivityRow = {
  /** Its number in the log. */
  entry: number;
  /** When. */
  at: string;
  /** What, in a few words. */
  what: string;
  /** The order it is about. */
  number: string | null;
  /** Who did it, in words. */
  who: string;
  /** How it went, in a word. */
  outcome: string;
  /** How it went. */
  tone: Tone;
  /** How long it took, in words; empty when that means nothing. */
  duration: string;
  /** Which attempt it was; 0 when it was none. */
  attempt: number;
  /** The vendor called; empty when none was. */
  vendor: string;
  /** Whether what was sent and answered can be shown. */
  has_payload: boolean;
  /** What happened, as a sentence. */
  text: string;
};

/** What may be said of an adjustment. */
export type AdjustmentAct = "approve" | "dismiss" | "already" | "retry";

/** Something about an adjustment, under its name. */
export type AdjustmentFact = {
  /** Its name. */
  title: string;
  /** What it is; empty where a time says it. */
  text: string;
  /** The time, where it is one. */
  at: string | null;
  /** Whether it is a code, to be shown letter for letter. */
  code: boolean;
};

/** One adjustment, whole. */
export type AdjustmentPage = {
  /** What the list says of it. */
  row: AdjustmentRow;
  /** The product's name in Cin7 Core; empty while that is not known. */
  product: string;
  /** Where it stands, and what would put it right, sentence by sentence. */
  sentences: Array<string>;
  /** What it does to the level in Cin7 Core, or would do, as far as that is known. */
  level: string;
  /** What the warehouse said. */
  said: Array<AdjustmentFact>;
  /** What stands of it in Cin7 Core; empty while nothing does. */
  document: Array<AdjustmentFact>;
  /** What else came under its name, a sentence for each, the oldest first: kept, and not applied. */
  came_again: Array<string>;
  /** What happened, newest first. */
  happened: Array<Happened>;
  /** Times it was put into a document. */
  attempts: number;
  /** When it is tried again by itself. */
  next_at: string | null;
  /** The map that would put it right. */
  map: MapKind | null;
  /** Whether it may be approved. */
  approve: Can;
  /** Whether it may be dismissed. */
  dismiss: Can;
  /** Whether it may be said to be in Cin7 Core already. */
  already: Can;
  /** Whether it may be tried again by hand. */
  retry: Can;
};

/** One line of the list. */
export type AdjustmentRow = {
  /** The warehouse's name of the adjustment. */
  id: string;
  /** Cin7 Core's SKU; the warehouse's while nobody knows which product it is. */
  sku: string;
  /** The change, units with their sign. */
  units: string;
  /** Why, in words. */
  reason: string;
  /** When it happened. */
  happened_at: string;
  /** The state's word. */
  state: string;
  /** Where it stands, in plain words. */
  state_title: string;
  /** How it stands. */
  tone: Tone;
  /** Its picture. */
  icon: Icon;
  /** Whose job the next step is. */
  owner: Owner | null;
  /** Cin7 Core's number of the document; empty when there is none. */
  document: string;
  /** The level in Cin7 Core before; empty until it is posted. */
  before: string;
  /** The level in Cin7 Core after; empty until it is posted. */
  after: string;
  /** The units at cost, with their sign; empty where the cost is not known. */
  value: string;
  /** The currency of that. */
  currency: string;
  /** Who or what had it posted or set aside, in words; empty until then. */
  by: string;
  /** When it stood in Cin7 Core, or was set aside. */
  settled_at: string | null;
};

/** The tabs; every adjustment is under the first, and under exactly one of the others. */
export type AdjustmentTab = "all" | "needs_you" | "waiting" | "posted" | "set_aside";

/** A tab and its adjustments. */
export type AdjustmentTabCount = {
  /** The tab. */
  tab: AdjustmentTab;
  /** Its title. */
  title: string;
  /** Its adjustments. */
  count: number;
};

/** Which adjustments to list. */
export type AdjustmentsFilter = {
  /** The tab. */
  tab: AdjustmentTab;
  /** Only those whose next step is this one's. */
  owner: Owner | null;
  /** Only those for this reason, by its word. */
  reason: string | null;
  /** Only those that happened on this day in the merchant's zone, as 2026-03-04. */
  day: string | null;
  /** Only those with this in their SKU, their own name or their document's number. */
  find: string | null;
};

/** A list as it was when it was opened. */
export type AdjustmentsOpened = {
  /** Its number, to ask for rows with. */
  list: number;
  /** How many adjustments it has. */
  total: number;
  /** Whether there are more than it has. */
  capped: boolean;
  /** Its groups in order; their counts add up to the total. */
  groups: Array<Group>;
  /** All tabs with their counts. */
  tabs: Array<AdjustmentTabCount>;
  /** Adjustments that need someone, by owner. */
  owners: Array<OwnerCount>;
  /** The reasons that occur. */
  reasons: Array<ReasonCount>;
  /** When it was read. */
  as_of: string;
  /** When the warehouse was last asked; none before the first time. */
  checked: string | null;
};

/** One attempt to deliver. */
export type AttemptRow = {
  /** Which, from 1. */
  number: number;
  /** What was tried. */
  step: string;
  /** When it began. */
  began: string;
  /** When it ended. */
  ended: string | null;
  /** How it went. */
  outcome: string;
  /** What was answered. */
  detail: string;
};

/** The calls of the last minute against what Cin7 allows. */
export type Calls = {
  /** Made in the last 60 seconds. */
  used: number;
  /** The most we allow ourselves. */
  limit: number;
  /** Those made, by kind of work. */
  by: Array<CallsBy>;
};

/** The calls of one kind of work. */
export type CallsBy = {
  /** The kind of work. */
  title: string;
  /** Its calls. */
  count: number;
};

/** Whether something may be done. */
export type Can = {
  /** Whether. */
  allowed: boolean;
  /** Why not, as a sentence; empty when it may. */
  why_not: string;
};

/** A cause and the orders held for it. */
export type CauseCount = {
  /** Its word. */
  cause: string;
  /** Its title. */
  title: string;
  /** How many orders. */
  count: number;
};

/** What changed since the page last asked. */
export type Changed = {
  /** Orders or their states. */
  orders: boolean;
  /** The log. */
  activity: boolean;
  /** Settings or maps. */
  settings: boolean;
  /** What needs someone. */
  attention: boolean;
  /** Calls made, and how vendors answer. */
  calls: boolean;
  /** Stock: adjustments, their documents, comparisons and what was decided on them. */
  stock: boolean;
};

/** A sales channel and its orders. */
export type ChannelCount = {
  /** Its name in Cin7 Core; empty when the sale has none. */
  channel: string;
  /** How many orders. */
  count: number;
};

/** What a vendor answered when asked for a test. */
export type Checked = {
  /** Which. */
  vendor: VendorKind;
  /** Whether all is well. */
  ok: boolean;
  /** How it went. */
  tone: Tone;
  /** In short. */
  title: string;
  /** The exact result, as sentences. */
  message: string;
  /** The input at fault: `base_url`, `key` or `location`; none when none is. */
  field: string | null;
  /** What was learnt. */
  found: Array<FoundOut>;
};

/** One of a few words to choose. */
export type Choice = {
  /** The word. */
  word: string;
  /** Its title. */
  title: string;
};

/** How Cin7 Core is reached. */
export type Cin7Connection = {
  /** Its address. */
  base_url: string;
  /** Whether an account id is kept. */
  has_account: boolean;
  /** Whether a key is kept. */
  has_key: boolean;
  /** The warehouse's location in Cin7 Core. */
  location: string;
  /** The locations last read. */
  locations: Array<string>;
};

/** What may be done to a despatch. */
export type ConfirmationAct = "retry" | "leave_alone";

/** One despatch, whole. */
export type ConfirmationPage = {
  /** What the list says of it. */
  row: ConfirmationRow;
  /** Where it stands, and what is wrong if something is, sentence by sentence. */
  sentences: Array<string>;
  /** The customer's name; empty when nobody knows, or when it was cleared with age. */
  customer: string;
  /** Where the order stands, in words; empty while nobody knows whose it is. */
  order_state: string;
  /** When the warehouse made it known. */
  published_at: string | null;
  /** When it came here. */
  received_at: string;
  /** Whether nothing more will come for the order. */
  is_last: boolean;
  /** Goods by SKU; empty when they cannot be read. */
  lines: Array<DespatchLine>;
  /** Parcels; empty when they cannot be read. */
  parcels: Array<DespatchParcel>;
  /** What Cin7 Core was told, in order. */
  stages: Array<DespatchStage>;
  /** What is odd about it. */
  flags: Array<DespatchFlag>;
  /** What else came under its name, a sentence for each, the oldest first: kept, and not applied. */
  came_again: Array<string>;
  /** Tries so far. */
  attempts: number;
  /** When it is tried again by itself. */
  next_at: string | null;
  /** Whether it may be tried again by hand. */
  retry: Can;
  /** Whether it may be left as it is. */
  leave_alone: Can;
};

/** One line of the list. */
export type ConfirmationRow = {
  /** The warehouse's name of the despatch. */
  despatch_id: string;
  /** The order's number in Cin7 Core; none while nobody knows whose it is. */
  number: string | null;
  /** The order as the warehouse names it. */
  reference: string;
  /** When it was handed to the carrier. */
  left_at: string;
  /** How many parcels. */
  parcels: number;
  /** Who carries it, in words; empty when that is not known. */
  carrier: string;
  /** The first tracking number; empty when there is none. */
  tracking: string;
  /** How many tracking numbers more. */
  more_tracking: number;
  /** Units that left with it. */
  units: string;
  /** The state's word. */
  state: string;
  /** Where it stands, in plain words. */
  state_title: string;
  /** How it stands. */
  tone: Tone;
  /** Its picture. */
  icon: Icon;
  /** Whose job the next step is. */
  owner: Owner | null;
  /** When Cin7 Core had been told of all of it. */
  posted_at: string | null;
  /** Whether it came to the tab by being settled: no time presses any more. */
  settled: boolean;
};

/** The tabs; every despatch is under exactly one. */
export type ConfirmationTab = "needs_you" | "waiting" | "posted" | "left_alone";

/** A tab and its despatches. */
export type ConfirmationTabCount = {
  /** The tab. */
  tab: ConfirmationTab;
  /** Its title. */
  title: string;
  /** Its despatches. */
  count: number;
};

/** Which despatches to list. */
export type ConfirmationsFilter = {
  /** The tab. */
  tab: ConfirmationTab;
  /** Only those whose next step is this one's. */
  owner: Owner | null;
  /** Only those of this order, or with this in their own name. */
  find: string | null;
};

/** A list as it was when it was opened. */
export type ConfirmationsOpened = {
  /** Its number, to ask for rows with. */
  list: number;
  /** How many despatches it has. */
  total: number;
  /** Whether there are more than it has. */
  capped: boolean;
  /** Its groups in order; their counts add up to the total. */
  groups: Array<Group>;
  /** All tabs with their counts. */
  tabs: Array<ConfirmationTabCount>;
  /** Despatches that need someone, by owner. */
  owners: Array<OwnerCount>;
  /** When it was read. */
  as_of: string;
  /** When the warehouse was last asked what left; none before the first time. */
  checked: string | null;
};

/** How both vendors are reached. No secret is ever here. */
export type Connections = {
  /** Cin7 Core. */
  cin7: Cin7Connection;
  /** Whistl. */
  whistl: WhistlConnection;
};

/** Something odd about a despatch that keeps nothing back. */
export type DespatchFlag = {
  /** What, as a sentence. */
  text: string;
  /** The map it can be settled in. */
  map: MapKind | null;
  /** The value to map; empty when nothing is mapped. */
  from: string;
};

/** The goods of one SKU. */
export type DespatchLine = {
  /** The warehouse's SKU. */
  sku: string;
  /** Units that left. */
  quantity: string;
  /** Units that will never leave; empty for none. */
  cancelled: string;
  /** Why those will not, as the warehouse says it; empty when it does not say. */
  why: string;
};

/** One parcel. */
export type DespatchParcel = {
  /** Counts from 1. */
  number: number;
  /** The carrier as the warehouse names it. */
  carrier: string;
  /** The service it travels by; empty when that is not known. */
  service: string;
  /** Tracking numbers. */
  tracking: Array<string>;
  /** Where its way can be followed; empty when there is no such place. */
  link: string;
};

/** One thing told to Cin7 Core of a despatch. */
export type DespatchStage = {
  /** Its word: `task`, `pick`, `pack`, `ship` or `correct`. */
  stage: string;
  /** Its title, as “Picked”. */
  title: string;
  /** How far it is. */
  state: StageState;
  /** How it went, in a few words. */
  text: string;
  /** When, where that is known. */
  at: string | null;
};

/** An action at work. */
export type Doing = {
  /** Its number, to ask with. */
  action: number;
  /** What is done. */
  act: Act;
  /** The orders meant. */
  total: number;
  /** Those done. */
  done: number;
  /** The one at work; empty between two. */
  current: string;
  /** Whether it has ended. */
  finished: boolean;
  /** What happened to each so far; at most the last 200. */
  orders: Array<Acted>;
  /** Those left as they were. */
  untouched: number;
  /** Why it ended before all were done; empty when it did not. */
  stopped_because: string;
  /** The whole in one sentence; empty until it has ended. */
  summary: string;
};

/** What a person may decide about a difference. */
export type DriftAct = "post" | "recount" | "accept" | "withdraw";

/** The SKU under the cursor: what happened, and what may be done. */
export type DriftCard = {
  /** What the table says of it. */
  row: DriftRow;
  /** What both sides say, in one line. */
  title: string;
  /** What happened, sentence by sentence. */
  sentences: Array<string>;
  /** What doing something about it would change; empty when nothing is to be done. */
  effect: string;
  /** What was decided on it and still stands, sentence by sentence. */
  decided: Array<string>;
  /** Between which comparisons the gap opened; empty when that is not known. */
  opened: string;
  /** What moved between those, the last one first; at most a few. */
  events: Array<DriftEvent>;
  /** How many more moved. */
  more_events: number;
  /** The words of the button that posts it. */
  post_button: string;
  /** Whether it may be posted. */
  post: Can;
  /** Whether a recount may be asked for. */
  recount: Can;
  /** Whether it may be accepted. */
  accept: Can;
  /** Whether there is something to take back. */
  withdraw: Can;
};

/** What a SKU's two figures mean for the business; every SKU is in exactly one. */
export type DriftCategory = "can_oversell" | "cin7_short" | "posting_blocked" | "explained" | "matched" | "not_comparable";

/** A category and its SKUs. */
export type DriftChip = {
  /** The category. */
  category: DriftCategory;
  /** Its title. */
  title: string;
  /** Its SKUs. */
  count: number;
  /** How it stands. */
  tone: Tone;
};

/** One thing that happened to a SKU. */
export type DriftEvent = {
  /** When. */
  at: string;
  /** What, as “Left for SO-10391”. */
  title: string;
  /** What is known of it besides. */
  detail: string;
  /** The change, as text to show; empty for none. */
  change: string;
  /** How it stands. */
  tone: Tone;
  /** Where it is; none where nothing more is shown. */
  go: Go | null;
};

/** One thing to know about a SKU. */
export type DriftFact = {
  /** Its title. */
  title: string;
  /** What it is. */
  value: string;
};

/** Which SKUs to list. */
export type DriftFilter = {
  /** Only those of this category. */
  category: DriftCategory | null;
  /** Only those with this in their SKU or name. */
  find: string | null;
};

/** A list as it was when it was opened, and the comparison it is of. */
export type DriftOpened = {
  /** Its number, to ask for rows with. */
  list: number;
  /** How many SKUs it has. */
  total: number;
  /** Whether there are more than it has. */
  capped: boolean;
  /** The last comparison; none before the first. */
  run: DriftRun | null;
  /** The equation: what both sides have, what is on its way, what remains. */
  sums: Array<DriftSum>;
  /** Of which earlier comparison the sums are; empty when they are of the last one. */
  sums_of: string;
  /** The categories with their SKUs; together all of them. */
  chips: Array<DriftChip>;
  /** SKUs that differ by more than is known of. */
  unexplained: number;
  /** What was left open for too long, as a sentence or two; empty for nothing. */
  debt: string;
  /** When it was read. */
  as_of: string;
};

/** A SKU's figures at one comparison, as plain numbers. */
export type DriftPoint = {
  /** When. */
  at: string;
  /** On hand in Cin7 Core. */
  cin7: string;
  /** Good stock at the warehouse. */
  whistl: string;
  /** What the warehouse should have counted; none where it was not compared. */
  expected: string | null;
  /** What remained; none where it was not compared. */
  unexplained: string | null;
  /** What it meant, in a few words. */
  means: string;
  /** How it stood. */
  tone: Tone;
};

/** One line of the table. Units are text to show. */
export type DriftRow = {
  /** Cin7's SKU; the warehouse's where Cin7 knows none. */
  sku: string;
  /** The product's name. */
  name: string;
  /** On hand in Cin7 Core. */
  cin7: string;
  /** Good stock at the warehouse. */
  whistl: string;
  /** Despatched and not posted. */
  in_flight: string;
  /** Adjusted and not posted. */
  pending: string;
  /** What remains; empty where it could not be compared. */
  unexplained: string;
  /** What remains at cost, without its sign; none where that says nothing. */
  value: string | null;
  /** The currency of that. */
  currency: string;
  /** The category. */
  category: DriftCategory;
  /** What it means, in a few words. */
  means: string;
  /** How it stands. */
  tone: Tone;
  /** What else is to be known at a glance, as that it is accepted; empty for nothing. */
  note: string;
  /** What remained at each of the last seven comparisons, the oldest first, as plain numbers; none where it was not compared. */
  trend: Array<string | null>;
};

/** A comparison. */
export type DriftRun = {
  /** When it was, how much it compared, how long it took, and when the next one is. */
  title: string;
  /** When it ended. */
  at: string;
  /** What was not compared, and why; empty when all was. */
  not_compared: string;
};

/** A SKU's page: its figures over time and every movement. */
export type DriftSku = {
  /** What happened, and what may be done. */
  card: DriftCard;
  /** Cin7's SKU and the warehouse's, the cost and such. */
  facts: Array<DriftFact>;
  /** Its figures at each comparison, the oldest first. */
  history: Array<DriftPoint>;
  /** What moved and what was decided, the last one first. */
  events: Array<DriftEvent>;
  /** Whether neither side knows it any more. */
  gone: boolean;
};

/** One figure of the equation. */
export type DriftSum = {
  /** Its word. */
  key: string;
  /** Its title. */
  title: string;
  /** Units, as text to show. */
  value: string;
  /** How it stands. */
  tone: Tone;
};

/** What Today says of drift. */
export type DriftToday = {
  /** SKUs that somebody has to see to: that can be oversold, that Cin7 Core is short of, or of which posting is stopped. */
  need_you: number;
  /** SKUs that differ by more than is known of. */
  unexplained: number;
  /** The last comparisons, the oldest first. */
  runs: Array<DriftTodayRun>;
};

/** What one comparison found. */
export type DriftTodayRun = {
  /** When. */
  at: string;
  /** SKUs that differed by more than was known of; none where not all was compared. */
  skus: number | null;
};

/** One of the figures on top. */
export type Figure = {
  /** Its word. */
  key: string;
  /** Its title. */
  title: string;
  /** The count. */
  value: number;
  /** What stands beside it. */
  aside: string;
  /** How it stands. */
  tone: Tone;
  /** What it counts. */
  go: Go;
  /** Since when it could not be read anew; none when it is fresh. */
  stale_since: string | null;
};

/** Where set-up was left. */
export type FirstRunStep = "connect" | "look_only" | "review" | "live";

/** One thing found. */
export type Found = {
  /** What it is. */
  kind: FoundKind;
  /** Its name. */
  title: string;
  /** What tells it from others. */
  detail: string;
  /** How it stands. */
  tone: Tone;
  /** Where it is. */
  go: Go;
};

/** The kinds of thing found. */
export type FoundKind = "order" | "sku" | "adjustment" | "cause" | "setting";

/** One thing learnt about an account. */
export type FoundOut = {
  /** What. */
  title: string;
  /** Its value. */
  value: string;
};

/** A time in which nothing was done, as when this computer slept. */
export type Gap = {
  /** Its beginning. */
  from: string;
  /** Its end. */
  to: string;
  /** In words. */
  text: string;
};

/** A place in the window to go to. */
export type Go = {
  /** The screen. */
  screen: Screen;
  /** The list to open there. */
  filter: ListFilter | null;
  /** The list of confirmations to open there. */
  confirmations: ConfirmationsFilter | null;
  /** The list of stock adjustments to open there. */
  adjustments: AdjustmentsFilter | null;
  /** The order to show; on Confirmations the despatch, on Stock drift the SKU, on Adjustments the adjustment, on Mappings the value, on Settings the setting. */
  number: string | null;
  /** The part of the screen, as a map's kind or a settings section; on Stock drift the category, or `page` for the SKU's own page. */
  section: string | null;
};

/** Orders of a list that stand together. */
export type Group = {
  /** Its heading. */
  title: string;
  /** Its orders. */
  count: number;
  /** How urgent it is. */
  tone: Tone;
};

/** One thing that happened to an order. */
export type Happened = {
  /** When. */
  at: string;
  /** How it went. */
  tone: Tone;
  /** What, in a sentence. */
  text: string;
  /** Who did it, in words. */
  who: string;
  /** Its entry in the log. */
  entry: number;
  /** Whether what was sent and answered can be shown. */
  has_payload: boolean;
  /** Which attempt it was; 0 when it was none. */
  attempt: number;
};

/** One reason against an order. */
export type HoldCard = {
  /** The cause's word. */
  code: string;
  /** Its title. */
  title: string;
  /** What is wrong, as a sentence. */
  sentence: string;
  /** Its picture. */
  icon: Icon;
  /** How bad it is. */
  tone: Tone;
  /** Whose job it is. */
  owner: Owner;
  /** Where, in short, as “Line 2”. */
  where_label: string;
  /** Where in Cin7 Core, as “Order → Lines → 2 → SKU”. */
  path: string;
  /** The value found there. */
  value: string;
  /** Its characters at fault. */
  marks: Array<Mark>;
  /** What puts it right. */
  fix: string;
  /** Since when. */
  since: string;
  /** What can be done from here. */
  offers: Array<Offer>;
};

/** The picture beside a line. */
export type Icon = "ban" | "tag" | "phone" | "pin" | "truck" | "warning" | "link" | "key" | "clock" | "pause" | "scales" | "card" | "question" | "disk";

/** How a kind of work went. */
export type JobOutcome = "ok" | "partly" | "failed" | "never" | "running";

/** One kind of work and when it is done. */
export type JobRow = {
  /** Its word. */
  job: string;
  /** Its title. */
  title: string;
  /** When it last ended. */
  last: string | null;
  /** How often, as “every 30 s”. */
  every: string;
  /** When it is due. */
  next: string | null;
  /** How the last one went. */
  outcome: JobOutcome;
  /** Whether it should have been done by now. */
  overdue: boolean;
};

/** An order's way, wait after wait without a gap. */
export type Journey = {
  /** From what to what, as “From authorised to confirmed”. */
  title: string;
  /** The waits, the earliest first. */
  legs: Array<JourneyLeg>;
};

/** One wait on an order's way. */
export type JourneyLeg = {
  /** Whose. */
  side: Side;
  /** Whose, in words. */
  who: string;
  /** What for, with a capital and no full stop. */
  what: string;
  /** Since when. */
  from: string;
  /** How long, or how long so far. */
  seconds: number;
  /** Whether it lasts. */
  lasts: boolean;
};

/** How long from authorised to accepted, in words. */
export type Latency = {
  /** For half of the orders. */
  median: string;
  /** For 95 in 100. */
  p95: string;
  /** The longest. */
  worst: string;
  /** Over how many orders. */
  count: number;
};

/** A document that is right as it stands, though it was posted otherwise, if a person says so. */
export type LineSettle = {
  /** Its number, to settle it by. */
  number: string;
  /** The words of what opens the question. */
  ask: string;
  /** The question. */
  title: string;
  /** What will happen, sentence by sentence. */
  effect: Array<string>;
  /** The words on the button, with the verb. */
  button: string;
  /** Whether a reason has to be given. */
  needs_reason: boolean;
};

/** Which orders to list. */
export type ListFilter = {
  /** The tab. */
  tab: Tab;
  /** Only those whose next step is this one's. */
  owner: Owner | null;
  /** Only those with an open hold of this cause. */
  cause: string | null;
  /** Only those of this sales channel. */
  channel: string | null;
  /** Only those found by this text. */
  find: string | null;
  /** Only those put off, instead of those that are not. */
  put_off: boolean;
};

/** What a frozen list misses by now. */
export type ListNews = {
  /** Orders that would be in it and are not. */
  new: number;
  /** Orders in it that would not be. */
  gone: number;
};

/** A list as it was when it was opened. */
export type ListOpened = {
  /** Its number, to ask for rows with. */
  list: number;
  /** How many orders it has. */
  total: number;
  /** Whether there are more than it has. */
  capped: boolean;
  /** Its groups in order; their counts add up to the total. */
  groups: Array<Group>;
  /** All tabs with their counts. */
  tabs: Array<TabCount>;
  /** Orders that need someone, by owner. */
  owners: Array<OwnerCount>;
  /** Orders with an open hold, by cause. */
  causes: Array<CauseCount>;
  /** The orders of this tab, by sales channel. */
  channels: Array<ChannelCount>;
  /** How many orders are put off: under no tab until they come back. */
  put_off: number;
  /** When it was read. */
  as_of: string;
};

/** Whether the log is whole. */
export type LogVerified = {
  /** Whether. */
  ok: boolean;
  /** What was found, as a sentence. */
  text: string;
};

/** Something to map to. */
export type MapChoice = {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
};

/** A map and its size. */
export type MapCount = {
  /** Which. */
  kind: MapKind;
  /** Its title. */
  title: string;
  /** Its entries. */
  entries: number;
  /** Values seen without an entry. */
  unmapped: number;
};

/** One entry of a map. */
export type MapEntry = {
  /** The value in Cin7 Core. */
  from: string;
  /** The value at Whistl. */
  to: string;
  /** Who made it. */
  who: string;
  /** When. */
  at: string;
  /** Why. */
  reason: string;
  /** What is odd about it, as “not on Whistl's list”; or nothing. */
  note: string;
  /** How it stands. */
  tone: Tone;
};

/** The maps. */
export type MapKind = "sku" | "service" | "carrier" | "reason";

/** A saved entry. */
export type MapSaved = {
  /** What happens now, as a sentence. */
  text: string;
  /** Orders that waited for it. */
  waiting: number;
  /** What is odd about it. */
  warnings: Array<string>;
};

/** One map as the screen shows it. */
export type MapsView = {
  /** Which. */
  kind: MapKind;
  /** Values seen in orders or despatches that it does not have. */
  unmapped: Array<Unmapped>;
  /** What it has. */
  entries: Array<MapEntry>;
  /** What can be chosen; empty for free text. */
  choices: Array<MapChoice>;
  /** All maps with their counts. */
  counts: Array<MapCount>;
  /** When Whistl's list was last read. */
  read_at: string | null;
};

/** Characters of a value to mark: the first, and the one after the last, counted as the page counts (UTF-16 code units). */
export type Mark = [number, number];

/** One field of what was sent, and where it came from. */
export type MessageField = {
  /** The field of Whistl's message. */
  field: string;
  /** The field of Cin7's sale, or setting, it came from. */
  from: string;
  /** What was sent. */
  value: string;
  /** The rule applied, or nothing. */
  rule: string;
};

/** Whether orders leave. */
export type Mode = "look_only" | "live";

/** A month's report, and the months there are. */
export type MonthEnd = {
  /** The months that can be shown, the last one first. */
  months: Array<MonthName>;
  /** The one that is shown, as `2026-10`. */
  month: string;
  /** Between which comparisons it stands. */
  span: string;
  /** Why there is no report of it; empty when there is. */
  missing: string;
  /** The bridge. */
  lines: Array<MonthLine>;
  /** What is to be known about it, each in a sentence. */
  notes: Array<string>;
  /** Signatures, each in a sentence. */
  signed: Array<string>;
  /** Whether it may be signed. */
  sign: Can;
};

/** In which form a report is saved. */
export type MonthForm = "page" | "table";

/** A line of the bridge. */
export type MonthLine = {
  /** What it is. */
  text: string;
  /** Units, with their sign where it is a change. */
  units: string;
  /** Money. */
  money: string;
  /** Whether it is what is there, rather than a change. */
  is_level: boolean;
  /** Whether it is what the other lines leave. */
  is_remainder: boolean;
};

/** A month by its name. */
export type MonthName = {
  /** As `2026-10`. */
  month: string;
  /** For people. */
  name: string;
};

/** One thing that needs someone. */
export type Need = {
  /** The same for as long as it is the same thing. */
  id: string;
  /** How bad it is. */
  tone: Tone;
  /** Its picture. */
  icon: Icon;
  /** What is wrong, as a sentence. */
  title: string;
  /** What follows, and what to do. */
  detail: string;
  /** Whose job it is. */
  owner: Owner;
  /** The words on its button. */
  button: string;
  /** Where the button leads. */
  go: Go;
  /** How many orders it is about; 0 when none. */
  count: number;
  /** Since when. */
  since: string | null;
  /** Who said they have it. */
  taken_by: string | null;
};

/** A note on an order. */
export type NoteRow = {
  /** When. */
  at: string;
  /** By whom. */
  who: string;
  /** The note. */
  text: string;
  /** Whom it is for. */
  to: Owner | null;
};

/** Whether a notification reaches the person. */
export type Notifying = "ok" | "unavailable" | "untested";

/** One thing a hold card offers. */
export type Offer = {
  /** What. */
  kind: OfferKind;
  /** The words on its button. */
  label: string;
  /** The value to map; empty when nothing is mapped. */
  from: string;
  /** What to map it to; empty when it is to be chosen. */
  to: string;
};

/** What a hold card offers to do. */
export type OfferKind = "map_sku" | "map_service" | "choose_service" | "open_cin7" | "recheck" | "ask_warehouse" | "settle";

/** One line of an order. */
export type OrderLine = {
  /** The SKU in Cin7 Core. */
  sku: string;
  /** The SKU at Whistl, when it is known. */
  whistl_sku: string | null;
  /** The product's name. */
  name: string;
  /** How many. */
  quantity: string;
  /** The price of one, with two decimals. */
  price: string;
};

/** One order, whole. */
export type OrderPage = {
  /** Its number in Cin7 Core. */
  number: string;
  /** Its identity in Cin7 Core. */
  sale_id: string;
  /** The customer's name. */
  customer: string;
  /** Its value, with two decimals. */
  value: string;
  /** The currency's code. */
  currency: string;
  /** When it must leave the warehouse. */
  ship_by: string | null;
  /** The sales channel. */
  channel: string;
  /** The shipping method in Cin7 Core. */
  service: string;
  /** Whistl's service for it; empty when it has none. */
  service_name: string;
  /** The state's word. */
  state: string;
  /** The state in words. */
  state_title: string;
  /** How it stands. */
  tone: Tone;
  /** What is known, and no more, as a sentence. */
  state_detail: string;
  /** Whose job the next step is. */
  owner: Owner | null;
  /** The reference it carries at Whistl. */
  reference: string | null;
  /** Whistl's own reference. */
  whistl_reference: string | null;
  /** Whistl's word for its state. */
  whistl_status: string | null;
  /** The reasons against it. */
  holds: Array<HoldCard>;
  /** Whose time it was so far; none for a sale that is not for the warehouse. */
  journey: Journey | null;
  /** What happened, newest first. */
  happened: Array<Happened>;
  /** Its lines. */
  lines: Array<OrderLine>;
  /** Where it goes, line by line; empty when it was cleared with age. */
  address: Array<string>;
  /** The recipient's telephone number. */
  phone: string;
  /** The recipient's e-mail address. */
  email: string;
  /** What was or will be sent, and why; empty when there is no message. */
  message: Array<MessageField>;
  /** Every attempt to deliver. */
  attempts: Array<AttemptRow>;
  /** What left of it, in the order in which it left. */
  despatches: Array<ConfirmationPage>;
  /** Notes, newest first. */
  notes: Array<NoteRow>;
  /** Whether it is put off. */
  put_off: PutOff | null;
  /** Whether it may be read and checked again. */
  recheck: Can;
  /** Whether it may be sent again. */
  resend: Can;
  /** Whether it may be withdrawn. */
  withdraw: Can;
  /** Whether it may be released in spite of what stops it. */
  release: Can;
  /** Whether its page in Cin7 Core can be opened. */
  open_cin7: boolean;
};

/** One line of a list. */
export type OrderRow = {
  /** Its number in Cin7 Core. */
  number: string;
  /** The customer's name; empty when it was cleared with age. */
  customer: string;
  /** The state's word. */
  state: string;
  /** The state in words. */
  state_title: string;
  /** How it stands. */
  tone: Tone;
  /** Its picture. */
  icon: Icon;
  /** The first reason, in one line; empty when there is none. */
  reason: string;
  /** How many reasons more. */
  more: number;
  /** Whose job the next step is. */
  owner: Owner | null;
  /** When it must leave the warehouse. */
  ship_by: string | null;
  /** How near that is. */
  due_tone: Tone;
  /** When it is tried again by itself. */
  next_at: string | null;
  /** Its value, with two decimals. */
  value: string;
  /** The currency's code. */
  currency: string;
  /** The sales channel. */
  channel: string;
  /** Until when it is put off. */
  put_off_until: string | null;
  /** When it came to this state. */
  at: string;
};

/** Which outcomes. */
export type OutcomeKind = "all" | "failed";

/** Whose job it is; shown as Office, Warehouse, Finance and System. */
export type Owner = "office" | "warehouse" | "finance" | "support";

/** An owner and their orders. */
export type OwnerCount = {
  /** Whose. */
  owner: Owner;
  /** How many. */
  count: number;
};

/** Sending was paused. */
export type Paused = {
  /** By whom. */
  by: string;
  /** Why. */
  why: string;
  /** Since when. */
  since: string;
};

/** What was sent and answered. */
export type Payloads = {
  /** What was sent, as indented JSON; empty when there was nothing. */
  request: string;
  /** What was answered, as indented JSON; empty when there was nothing. */
  response: string;
  /** The request's fingerprint as the log's chain has it. */
  request_hash: string;
  /** The answer's fingerprint. */
  response_hash: string;
  /** Whether personal data is masked. */
  masked: boolean;
};

/** A thing to play in practice. */
export type Play = "rush" | "bad_orders" | "fix_orders" | "collection" | "stock_astray";

/** The practice world. */
export type Practice = {
  /** How many times faster than real its time goes; 0 when stopped. */
  speed: number;
  /** Its time, RFC 3339. */
  world_time: string;
  /** What can be made to go wrong. */
  faults: Array<PracticeFault>;
};

/** One thing that can be made to go wrong in practice. */
export type PracticeFault = {
  /** Its word, as `whistl_down`. */
  name: string;
  /** Its title, as “Whistl does not answer”. */
  title: string;
  /** What will be seen. */
  what: string;
  /** Whether it is on. */
  on: boolean;
};

/** What an action would do, before it is done. */
export type Preview = {
  /** The question. */
  title: string;
  /** Exactly what will happen, sentence by sentence. */
  effect: Array<string>;
  /** The words on the button, with the verb. */
  button: string;
  /** The orders meant. */
  count: number;
  /** Those it may be done to. */
  allowed: number;
  /** Those it may not; at most 100 are named. */
  refused: Array<Refused>;
  /** Whether a reason has to be given. */
  needs_reason: boolean;
};

/** An order put off. */
export type PutOff = {
  /** Until when. */
  until: string;
  /** Why. */
  why: string;
  /** By whom. */
  who: string;
};

/** A reason and the adjustments that give it. */
export type ReasonCount = {
  /** Its word. */
  reason: string;
  /** In words. */
  title: string;
  /** Its adjustments. */
  count: number;
};

/** An order something may not be done to. */
export type Refused = {
  /** Its number. */
  number: string;
  /** Why, as a sentence. */
  why: string;
};

/** What the first look found, and what going live would do. */
export type Review = {
  /** Whether everything was read. */
  ready: boolean;
  /** How far reading is; empty when it has ended. */
  reading: string;
  /** Sales that would be sent. */
  would_send: number;
  /** Sales that would be held. */
  would_hold: number;
  /** Those by cause. */
  holds: Array<ReviewHold>;
  /** Sales that are not for the warehouse, by why. */
  outside: Array<TitleCount>;
  /** The warehouse's location in Cin7 Core. */
  location: string;
  /** Shipping methods seen without a service. */
  unmapped_services: number;
  /** SKUs seen that Whistl does not list. */
  unmapped_skus: number;
  /** What is in the way of going live, as sentences. */
  blockers: Array<string>;
  /** What going live does, as sentences. */
  go_live_effect: Array<string>;
};

/** Sales that would be held for one cause. */
export type ReviewHold = {
  /** The cause's word. */
  cause: string;
  /** Its title. */
  title: string;
  /** How many sales. */
  count: number;
  /** Whose job it is. */
  owner: Owner;
};

/** A right a vendor's key needs. */
export type Right = {
  /** The vendor's name. */
  vendor: string;
  /** The right. */
  right: string;
  /** What it is used for. */
  use: string;
};

/** The screens. */
export type Screen = "today" | "orders" | "confirmations" | "drift" | "adjustments" | "mappings" | "activity" | "settings";

/** Orders sent, hour by hour. */
export type Sent = {
  /** The last 24 hours, oldest first. */
  hours: Array<SentHour>;
  /** Their sum. */
  total: number;
};

/** One hour of sending. */
export type SentHour = {
  /** Its beginning. */
  from: string;
  /** Orders the warehouse took in it. */
  count: number;
};

/** One setting. */
export type Setting = {
  /** Its word. */
  key: string;
  /** Its title. */
  title: string;
  /** What it does, and in what unit. */
  help: string;
  /** How it is entered. */
  kind: SettingKind;
  /** Its value. */
  value: unknown;
  /** What it is when never set. */
  default: unknown;
  /** What can be chosen. */
  choices: Array<Choice>;
  /** The least allowed. */
  min: number | null;
  /** The most allowed. */
  max: number | null;
  /** The unit; empty when it has none. */
  unit: string;
  /** Whether it is seldom needed. */
  advanced: boolean;
};

/** How a setting is entered. */
export type SettingKind = "text" | "address" | "choice" | "whole" | "flag" | "date" | "time" | "times" | "texts" | "dates" | "wholes" | "whole_by_text" | "time_by_text" | "zone";

/** Settings that belong together. */
export type SettingsSection = {
  /** Its word. */
  key: string;
  /** Its title. */
  title: string;
  /** What it is about. */
  text: string;
  /** Its settings. */
  settings: Array<Setting>;
};

/** All settings. */
export type SettingsView = {
  /** Their version, which grows with every change. */
  version: number;
  /** The sections in order. */
  sections: Array<SettingsSection>;
  /** The rights the keys need. */
  rights: Array<Right>;
  /** Every time zone by its IANA name. */
  zones: Array<string>;
  /** What the schedule costs in calls, as a sentence. */
  budget: string;
};

/** The frame around every screen. */
export type Shell = {
  /** Whether the program may work. */
  standing: StandingKind;
  /** What is wrong; empty when nothing is. */
  message: string;
  /** What to do about it; empty when nothing is wrong. */
  fix: string;
  /** Where set-up was left. */
  first_run_step: FirstRunStep;
  /** The practice world, when it is on. */
  practice: Practice | null;
  /** Whether practice can be switched on here. */
  practice_available: boolean;
  /** The program's version. */
  version: string;
  /** Who uses it, as notes are signed. */
  user: string;
  /** The merchant's time zone, by its IANA name. */
  zone: string;
  /** The colours chosen. */
  theme: Theme;
  /** Whether orders leave. */
  mode: Mode;
  /** Whether notifications are shown. */
  notifications: Notifying;
  /** What is wrong with them; empty when nothing is. */
  notifications_message: string;
  /** Whether it starts with the computer. */
  autostart: boolean;
};

/** Whose a wait was. */
export type Side = "office" | "stockbridge" | "warehouse" | "cin7" | "unknown";

/** What other trigger rules would have done with recent sales. */
export type Simulated = {
  /** The sales looked at. */
  recent: number;
  /** Those that would be sent. */
  would_send: number;
  /** Those that would be held. */
  would_hold: number;
  /** Those that are not for the warehouse, by why. */
  outside: Array<TitleCount>;
  /** The whole as a sentence. */
  text: string;
};

/** How far one thing told to Cin7 Core has come. */
export type StageState = "done" | "unclear" | "failed" | "to_come";

/** Whether the program may work, and what is in its way. */
export type StandingKind = "starting" | "no_keychain" | "key_missing" | "newer_database" | "held_elsewhere" | "damaged" | "disk_full" | "first_run" | "working";

/** The tabs; every order is under exactly one. */
export type Tab = "needs_you" | "waiting" | "at_warehouse" | "despatched" | "cancelled";

/** A tab and its orders. */
export type TabCount = {
  /** The tab. */
  tab: Tab;
  /** Its title. */
  title: string;
  /** Its orders. */
  count: number;
};

/** The colours of the window. */
export type Theme = "system" | "light" | "dark";

/** A title and how many. */
export type TitleCount = {
  /** The title. */
  title: string;
  /** How many. */
  count: number;
};

/** How far both sides agree, in a sentence that asks for nothing at once. */
export type TodayLine = {
  /** Its word. */
  key: string;
  /** What it is about. */
  title: string;
  /** The sentence. */
  text: string;
  /** How it stands. */
  tone: Tone;
  /** The words of its link. */
  button: string;
  /** Where the link leads. */
  go: Go;
  /** What a person may say is right as it stands; none where there is nothing to say. */
  settle: LineSettle | null;
};

/** The first screen. */
export type TodayView = {
  /** When it was read. */
  as_of: string;
  /** The merchant's zone. */
  zone: string;
  /** Whether orders leave. */
  mode: Mode;
  /** Whether sending is paused. */
  paused: Paused | null;
  /** The figures on top. */
  figures: Array<Figure>;
  /** What needs someone, most urgent first. */
  needs: Array<Need>;
  /** The last good look at Cin7 Core. */
  checked: string | null;
  /** The kinds of work. */
  schedule: Array<JobRow>;
  /** The calls of the last minute. */
  calls: Calls;
  /** Orders sent. */
  sent: Sent;
  /** Both vendors. */
  vendors: Array<VendorRow>;
  /** Times in which nothing was done. */
  gaps: Array<Gap>;
  /** How long orders take. */
  latency: Latency | null;
  /** Orders that need someone. */
  needs_you: number;
  /** Despatches that need someone. */
  confirmations_need_you: number;
  /** What the comparisons of stock found; none before the first. */
  drift: DriftToday | null;
  /** How far both sides agree: what was read back, and what was left open for too long. */
  lines: Array<TodayLine>;
  /** Stock adjustments that need someone. */
  adjustments_need_you: number;
  /** Orders put off. */
  put_off: number;
};

/** A finished sentence about what was done. */
export type Told = {
  /** The sentence. */
  text: string;
};

/** How a thing stands; the page adds an icon and a word, never colour alone. */
export type Tone = "stop" | "warn" | "info" | "ok" | "plain";

/** Why a command did not do what was asked, in words to show. */
export type UiError = {
  /** A stable word the page may act on, as `list_gone`. */
  code: string;
  /** One or two finished sentences. */
  message: string;
  /** The setting or input it is about. */
  field: string | null;
};

/** A value seen in orders or despatches without an entry. */
export type Unmapped = {
  /** The value in Cin7 Core; of a carrier, the warehouse's. */
  from: string;
  /** Orders that wait for it. */
  waiting: number;
  /** Despatches that Cin7 Core was told of under this very name; carriers only, and they keep nothing back. */
  told: number;
  /** What fits, when one thing does. */
  suggestion: string | null;
  /** Why it fits, or why nothing does. */
  why: string;
};

/** Which vendor. */
export type VendorKind = "cin7" | "whistl";

/** How a vendor answers. */
export type VendorRow = {
  /** Which. */
  vendor: VendorKind;
  /** Its name. */
  name: string;
  /** How it stands. */
  tone: Tone;
  /** In words, as “answers” or “refuses the key”. */
  state: string;
  /** When it last answered well. */
  last_good: string | null;
  /** A sentence more, or nothing. */
  detail: string;
  /** The share of calls that failed, in words. */
  error_rate: string;
  /** How long answers take, in words. */
  slow: string;
};

/** Which orders. */
export type Which = { "numbers": Array<string> } | { "list": number } | { "cause": string };

/** How Whistl is reached. */
export type WhistlConnection = {
  /** Its address. */
  base_url: string;
  /** The merchant's code there. */
  client_code: string;
  /** Whether a key is kept. */
  has_key: boolean;
};
