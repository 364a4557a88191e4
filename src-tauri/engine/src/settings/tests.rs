use super::*;

#[test]
fn an_unknown_key_is_named_with_its_neighbours() {
    let fault = Settings::from_document(r#"{"retry":{"steps":[1]}}"#).unwrap_err();
    assert_eq!(fault.key, "retry.steps");
    assert!(
        fault.message.contains("retry.ladder_seconds"),
        "{}",
        fault.message
    );
}

#[test]
fn a_value_out_of_range_names_the_range_and_leaves_everything_as_it_was() {
    let mut settings = Settings::default();
    let before = settings.clone();
    let fault = settings
        .set_text("limits.cin7_calls_per_minute", "61")
        .unwrap_err();
    assert!(fault.message.contains("10 to 60"), "{}", fault.message);
    assert_eq!(settings, before);
}

#[test]
fn plain_http_is_taken_only_for_this_machine() {
    let mut settings = Settings::default();
    assert!(
        settings
            .set_text("cin7.base_url", "http://127.0.0.1:41001/ExternalApi/v2")
            .is_ok()
    );
    let fault = settings
        .set_text("whistl.base_url", "http://whistl.example")
        .unwrap_err();
    assert!(fault.message.contains("https"), "{}", fault.message);
}

#[test]
fn every_default_passes_its_own_check() {
    for spec in SPECS {
        let default: Value = serde_json::from_str(spec.default).unwrap();
        assert!(value::check(spec, default).is_ok(), "{}", spec.key);
    }
}

#[test]
fn what_is_stored_reads_back_the_same_and_holds_only_what_was_set() {
    let mut settings = Settings::default();
    settings.set_text("mode", "live").unwrap();
    settings
        .set_text("cutoff.holidays", "2026-12-25,2026-12-28")
        .unwrap();
    settings
        .set_text("trigger.grace_by_channel", r#"{"Shopify":10}"#)
        .unwrap();
    let stored = settings.stored();
    assert!(!stored.contains("retry"), "{stored}");
    assert_eq!(Settings::from_document(&stored).unwrap(), settings);
    assert_eq!(settings.grace("Shopify"), chrono::Duration::minutes(10));
}

#[test]
fn the_whole_document_can_be_exported_and_imported() {
    let document = Settings::default().document().to_string();
    let back = Settings::from_document(&document).unwrap();
    assert_eq!(back.document(), Settings::default().document());
}
