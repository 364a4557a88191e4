/**
 * The only door to the program behind the page: every command and every event goes through
 * here. Nothing is decided here, and no other file imports Tauri (eslint.config.js sees to it).
 * A command that fails rejects with a `UiError`, whatever went wrong.
 */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type {
  Act,
  ActivityFilter,
  ActivityPage,
  AdjustmentAct,
  AdjustmentPage,
  AdjustmentRow,
  AdjustmentsFilter,
  AdjustmentsOpened,
  Changed,
  Checked,
  ConfirmationAct,
  ConfirmationPage,
  ConfirmationRow,
  ConfirmationsFilter,
  ConfirmationsOpened,
  Connections,
  Doing,
  DriftAct,
  DriftCard,
  DriftFilter,
  DriftOpened,
  DriftRow,
  DriftSku,
  Found,
  Go,
  ListFilter,
  ListNews,
  ListOpened,
  LogVerified,
  MapKind,
  MapSaved,
  MapsView,
  MonthEnd,
  MonthForm,
  OrderPage,
  OrderRow,
  Owner,
  Payloads,
  Play,
  Preview,
  Review,
  SettingsView,
  Shell,
  Simulated,
  Theme,
  TodayView,
  Told,
  UiError,
  VendorKind,
  Which,
} from "./bindings";

export type { Changed, Payloads, VendorKind as Vendor } from "./bindings";

/** Ends what was begun with the call that returned it. */
export type Stop = () => void;

/** Any failure as a `UiError`: the program's own, or one of words when it could not even answer. */
export function asUiError(failure: unknown): UiError {
  if (typeof failure === "object" && failure !== null && "code" in failure && "message" in failure)
    return {
      field: null,
      ...(failure as { code: string; message: string; field?: string | null }),
    };
  return {
    code: "unanswered",
    message: "Stockbridge did not answer. Try again; if it stays like this, close and open it.",
    field: null,
  };
}

async function ask<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (failure) {
    throw asUiError(failure);
  }
}

/** Hears an event until the returned function is called. */
function hear<T>(event: string, heard: (payload: T) => void): Promise<Stop> {
  return listen<T>(event, ({ payload }) => heard(payload));
}

export const backend = {
  // Shell
  begin: () => ask<Shell>("begin"),
  tryAgain: () => ask<Shell>("try_again"),
  setTheme: (theme: Theme) => ask<Shell>("set_theme", { theme }),
  setAutostart: (on: boolean) => ask<Shell>("set_autostart", { on }),
  practice: (on: boolean) => ask<Shell>("practice", { on }),
  practiceSpeed: (speed: number) => ask<Shell>("practice_speed", { speed }),
  practiceFault: (name: string, on: boolean) => ask<Shell>("practice_fault", { name, on }),
  practicePlay: (what: Play) => ask<Told>("practice_play", { what }),
  testNotification: () => ask<Told>("test_notification"),
  hideWindow: () => ask<null>("hide_window"),
  quit: () => ask<null>("quit"),

  // Today
  today: () => ask<TodayView>("today"),
  pause: (reason: string) => ask<null>("pause", { reason }),
  resume: () => ask<null>("resume"),
  syncNow: () => ask<Told>("sync_now"),
  takeNeed: (id: string) => ask<null>("take_need", { id }),
  settleReadBack: (number: string, why: string) => ask<Told>("settle_read_back", { number, why }),

  // Orders
  openList: (filter: ListFilter) => ask<ListOpened>("open_list", { filter }),
  listRows: (list: number, from: number, count: number) =>
    ask<OrderRow[]>("list_rows", { list, from, count }),
  listNews: (list: number) => ask<ListNews>("list_news", { list }),
  order: (number: string) => ask<OrderPage>("order", { number }),
  payloads: (entry: number, personal: boolean) => ask<Payloads>("payloads", { entry, personal }),
  preview: (act: Act, which: Which) => ask<Preview>("preview", { act, which }),
  act: (act: Act, which: Which, note: string) => ask<Doing>("act", { act, which, note }),
  doing: (action: number) => ask<Doing>("doing", { action }),
  cancelAction: (action: number) => ask<null>("cancel_action", { action }),
  putOff: (number: string, until: string, why: string) =>
    ask<OrderPage>("put_off", { number, until, why }),
  bringBack: (number: string) => ask<OrderPage>("bring_back", { number }),
  assign: (number: string, owner: Owner) => ask<OrderPage>("assign", { number, owner }),
  note: (number: string, text: string, to: Owner | null) =>
    ask<OrderPage>("note", { number, text, to }),
  settlePreview: (number: string) => ask<Preview>("settle_preview", { number }),
  settle: (number: string, why: string) => ask<Told>("settle", { number, why }),
  openInCin7: (number: string) => ask<null>("open_in_cin7", { number }),

  // Confirmations
  openConfirmations: (filter: ConfirmationsFilter) =>
    ask<ConfirmationsOpened>("open_confirmations", { filter }),
  confirmationRows: (list: number, from: number, count: number) =>
    ask<ConfirmationRow[]>("confirmation_rows", { list, from, count }),
  confirmationNews: (list: number) => ask<ListNews>("confirmation_news", { list }),
  confirmation: (id: string) => ask<ConfirmationPage>("confirmation", { id }),
  confirmationPreview: (act: ConfirmationAct, id: string) =>
    ask<Preview>("confirmation_preview", { act, id }),
  confirmationAct: (act: ConfirmationAct, id: string, why: string) =>
    ask<Told>("confirmation_act", { act, id, why }),
  openTracking: (id: string, parcel: number) => ask<null>("open_tracking", { id, parcel }),

  // Stock drift
  openDrift: (filter: DriftFilter) => ask<DriftOpened>("open_drift", { filter }),
  driftRows: (list: number, from: number, count: number) =>
    ask<DriftRow[]>("drift_rows", { list, from, count }),
  driftNews: (list: number) => ask<ListNews>("drift_news", { list }),
  driftCard: (sku: string) => ask<DriftCard>("drift_card", { sku }),
  driftSku: (sku: string) => ask<DriftSku>("drift_sku", { sku }),
  driftPreview: (act: DriftAct, sku: string) => ask<Preview>("drift_preview", { act, sku }),
  driftAct: (act: DriftAct, sku: string, why: string, until: string | null) =>
    ask<Told>("drift_act", { act, sku, why, until }),
  recountMessage: (sku: string) => ask<Told>("recount_message", { sku }),
  reconcileNow: () => ask<Told>("reconcile_now"),
  exportDrift: (filter: DriftFilter) => ask<Told>("export_drift", { filter }),
  monthEnd: (month: string | null) => ask<MonthEnd>("month_end", { month }),
  saveMonth: (month: string, form: MonthForm) => ask<Told>("save_month", { month, form }),
  signMonth: (month: string, note: string) => ask<Told>("sign_month", { month, note }),

  // Adjustments
  openAdjustments: (filter: AdjustmentsFilter) =>
    ask<AdjustmentsOpened>("open_adjustments", { filter }),
  adjustmentRows: (list: number, from: number, count: number) =>
    ask<AdjustmentRow[]>("adjustment_rows", { list, from, count }),
  adjustmentNews: (list: number) => ask<ListNews>("adjustment_news", { list }),
  adjustment: (id: string) => ask<AdjustmentPage>("adjustment", { id }),
  adjustmentPreview: (act: AdjustmentAct, id: string) =>
    ask<Preview>("adjustment_preview", { act, id }),
  adjustmentAct: (act: AdjustmentAct, id: string, why: string) =>
    ask<Told>("adjustment_act", { act, id, why }),
  exportAdjustments: (filter: AdjustmentsFilter) => ask<Told>("export_adjustments", { filter }),

  // Mappings
  maps: (kind: MapKind) => ask<MapsView>("maps", { kind }),
  saveMap: (kind: MapKind, from: string, to: string, reason: string) =>
    ask<MapSaved>("save_map", { kind, from, to, reason }),
  removeMap: (kind: MapKind, from: string, reason: string) =>
    ask<Told>("remove_map", { kind, from, reason }),

  // Activity
  activity: (filter: ActivityFilter, before: number | null, limit: number) =>
    ask<ActivityPage>("activity", { filter, before, limit }),
  verifyLog: () => ask<LogVerified>("verify_log"),

  // Settings
  settings: () => ask<SettingsView>("settings"),
  saveSettings: (changes: Record<string, unknown>) =>
    ask<SettingsView>("save_settings", { changes }),
  simulateTrigger: (changes: Record<string, unknown>) =>
    ask<Simulated>("simulate_trigger", { changes }),
  connections: () => ask<Connections>("connections"),
  connectCin7: (to: { base_url: string; account_id: string; key: string; location: string }) =>
    ask<Checked>("connect_cin7", to),
  connectWhistl: (to: { base_url: string; client_code: string; key: string }) =>
    ask<Checked>("connect_whistl", to),
  check: (vendor: VendorKind) => ask<Checked>("check", { vendor }),
  forget: (vendor: VendorKind) => ask<null>("forget", { vendor }),

  // First run
  review: () => ask<Review>("review"),
  lookOnly: () => ask<Review>("look_only"),
  goLive: () => ask<Shell>("go_live"),
  backToLookOnly: () => ask<Shell>("back_to_look_only"),

  // Find
  find: (text: string) => ask<Found[]>("find", { text }),
};

export const onChanged = (heard: (changed: Changed) => void) => hear("changed", heard);
export const onDoing = (heard: (doing: Doing) => void) => hear("doing", heard);
export const onGo = (heard: (go: Go) => void) => hear("go", heard);
export const onShell = (heard: (shell: Shell) => void) => hear("shell", heard);
