//! The names of all commands, the page's whole reach: read by the build script, which makes
//! a permission of each, and by the test that holds them against the capability.

/// Every command the page may call.
pub(crate) const NAMES: &[&str] = &[
    // The shell.
    "begin",
    "try_again",
    "set_theme",
    "set_autostart",
    "test_notification",
    "hide_window",
    "quit",
    // Practice.
    "practice",
    "practice_speed",
    "practice_fault",
    "practice_play",
    // Today and the sidebar.
    "today",
    "pause",
    "resume",
    "sync_now",
    "take_need",
    "settle_read_back",
    // Orders.
    "open_list",
    "list_rows",
    "list_news",
    "order",
    "payloads",
    "preview",
    "act",
    "doing",
    "cancel_action",
    "put_off",
    "bring_back",
    "assign",
    "note",
    "settle_preview",
    "settle",
    "open_in_cin7",
    // Confirmations.
    "open_confirmations",
    "confirmation_rows",
    "confirmation_news",
    "confirmation",
    "confirmation_preview",
    "confirmation_act",
    "open_tracking",
    // Stock drift.
    "open_drift",
    "drift_rows",
    "drift_news",
    "drift_card",
    "drift_sku",
    "drift_preview",
    "drift_act",
    "recount_message",
    "reconcile_now",
    "export_drift",
    // The month's end.
    "month_end",
    "save_month",
    "sign_month",
    // Adjustments.
    "open_adjustments",
    "adjustment_rows",
    "adjustment_news",
    "adjustment",
    "adjustment_preview",
    "adjustment_act",
    "export_adjustments",
    // Mappings.
    "maps",
    "save_map",
    "remove_map",
    // Activity.
    "activity",
    "verify_log",
    // Settings.
    "settings",
    "save_settings",
    "simulate_trigger",
    "connections",
    "connect_cin7",
    "connect_whistl",
    "check",
    "forget",
    // First run.
    "review",
    "look_only",
    "go_live",
    "back_to_look_only",
    // Find.
    "find",
];
