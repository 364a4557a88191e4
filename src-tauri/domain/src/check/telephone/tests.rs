//! Stories of telephone numbers: how people type them, what the warehouse dials, and
//! what is said of those it cannot.

use proptest::prelude::*;

use super::*;

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap()
}

fn phone(raw: &str, code: &str) -> Phone {
    match tidy_phone(raw, &country(code), 12) {
        Ok(phone) => phone,
        Err(fault) => panic!("“{raw}” in {code} is refused: {fault:?}"),
    }
}

fn dialled(raw: &str, code: &str) -> String {
    phone(raw, code).digits
}

fn fault(raw: &str, code: &str) -> PhoneFault {
    match tidy_phone(raw, &country(code), 12) {
        Ok(phone) => panic!("“{raw}” in {code} is taken: {phone:?}"),
        Err(fault) => fault,
    }
}

fn marked(raw: &str, code: &str) -> Vec<String> {
    let fault = fault(raw, code);
    let part = |(start, end): (usize, usize)| raw.chars().take(end).skip(start).collect();
    fault.marks.into_iter().map(part).collect()
}

#[test]
fn a_uk_number_is_dialled_from_its_nought_however_it_was_typed() {
    for raw in [
        "07911 123456",
        "07911-123-456",
        "07911.123.456",
        "(07911) 123456",
        "+44 7911 123456",
        "+44 (0)7911 123456",
        "+44(0) 7911 123456",
        "(+44) (0)7911 123456",
        "+44 07911 123456",
        "0044 7911 123456",
        "0044 (0)7911 123456",
        "44 (0)7911 123456",
        "447911123456",
        " 07911\u{A0}123456 ",
        "\u{202A}+44 7911 123456\u{202C}",
    ] {
        assert_eq!(dialled(raw, "GB"), "07911123456", "{raw}");
    }
    assert_eq!(dialled("(0)20 7219 4272", "GB"), "02072194272");
    assert_eq!(
        dialled("016977 3555", "GB"),
        "0169773555",
        "ten digits exist"
    );
    assert_eq!(phone("07911 123456", "GB").warning, None);
}

#[test]
fn the_crown_dependencies_dial_as_the_kingdom_does() {
    assert_eq!(dialled("01534 445500", "JE"), "01534445500");
    assert_eq!(dialled("+44 1481 227322", "GG"), "01481227322");
    assert_eq!(dialled("07624 123456", "IM"), "07624123456");
}

#[test]
fn a_uk_number_for_a_parcel_abroad_is_dialled_from_its_nought() {
    assert_eq!(dialled("+44 7911 123456", "FR"), "07911123456");
}

#[test]
fn no_number_is_missing_and_a_word_is_wrong() {
    for raw in ["", "   ", "-", "()"] {
        assert_eq!(fault(raw, "GB").kind, PhoneFaultKind::Missing, "{raw:?}");
    }
    for raw in [
        "n/a",
        "none",
        "0000",
        "0",
        "00000000000",
        "1111111111",
        "tbc",
        "07911 12345X",
    ] {
        assert_eq!(fault(raw, "GB").kind, PhoneFaultKind::Invalid, "{raw:?}");
    }
    assert_eq!(marked("0000", "GB"), ["0000"]);
    assert_eq!(marked("n/a", "GB"), ["n/a"]);
}

#[test]
fn an_extension_or_a_second_number_is_marked_as_a_whole() {
    assert_eq!(marked("020 7219 4272 x12", "GB"), ["x12"]);
    assert_eq!(marked("020 7219 4272 ext. 12 ", "GB"), ["ext. 12"]);
    assert_eq!(
        marked("020 7219 4272 / 07911 123456", "GB"),
        ["/ 07911 123456"]
    );
    assert_eq!(
        fault("020 7219 4272 x12", "GB").expected,
        "one telephone number and nothing else, without “x12”"
    );
}

#[test]
fn letters_in_front_and_odd_characters_are_marked_by_themselves() {
    assert_eq!(marked("Tel 020 7219 4272", "GB"), ["Tel"]);
    assert_eq!(marked("０7911 123456", "GB"), ["０"]);
    assert!(
        fault("０7911 123456", "GB")
            .expected
            .contains("full-width digit")
    );
    assert_eq!(marked("O7911 123456", "GB"), ["O"]);
}

#[test]
fn a_number_too_short_or_too_long_says_how_long_it_is() {
    assert!(
        fault("07911 123", "GB")
            .expected
            .ends_with("this one has 8")
    );
    assert!(
        fault("07911 1234567", "GB")
            .expected
            .ends_with("this one has 12")
    );
    assert!(
        fault("7911123456", "GB")
            .expected
            .ends_with("its first 0 may have been lost")
    );
    assert_eq!(marked(" 07911 123 ", "GB"), ["07911 123"]);
}

#[test]
fn a_number_of_right_length_in_no_use_is_a_warning_only() {
    let warned = |raw: &str| phone(raw, "GB").warning.unwrap_or_default();
    assert!(warned("07700 900123").contains("films and plays"));
    assert!(warned("020 7946 0123").contains("films and plays"));
    assert!(warned("0113 496 0123").contains("films and plays"));
    assert!(warned("0411 123 4567").contains("begins with 04"));
    assert!(warned("07911 12345").contains("one may be missing"));
}

#[test]
fn a_foreign_number_has_its_country_code() {
    assert_eq!(dialled("+354 410 4000", "IS"), "003544104000");
    assert_eq!(dialled("410 4000", "IS"), "003544104000");
    assert_eq!(dialled("+47 22 24 90 90", "NO"), "004722249090");
    assert_eq!(dialled("22 24 90 90", "NO"), "004722249090");
    assert_eq!(dialled("+45 33 92 33 92", "GB"), "004533923392");
    assert_eq!(phone("+45 33 92 33 92", "GB").warning, None);
}

#[test]
fn where_the_noughts_do_not_fit_they_are_left_off_with_a_warning() {
    let phone = phone("06 12 34 56 78", "FR");
    assert_eq!(phone.digits, "33612345678");
    assert_eq!(
        phone.warning.as_deref(),
        Some("Written 33612345678, without 00 in front, because Whistl takes at most 12 digits.")
    );
    assert_eq!(dialled("+1 (202) 456-1111", "US"), "12024561111");
    assert_eq!(dialled("202-456-1111", "US"), "12024561111");
    assert_eq!(dialled("+353 (0)86 123 4567", "IE"), "353861234567");
    assert_eq!(dialled("086 123 4567", "IE"), "353861234567");
}

#[test]
fn a_number_whistl_cannot_hold_is_refused_and_says_so() {
    let german = fault("+49 1512 3456789", "DE");
    assert_eq!(
        german.expected,
        "a number Whistl can take, at most 12 digits; +4915123456789 has 13"
    );
    let roomy = tidy_phone("+49 1512 3456789", &country("DE"), 15).unwrap();
    assert_eq!(
        (roomy.digits.as_str(), roomy.warning),
        ("004915123456789", None)
    );
    assert!(tidy_phone("07911 123456", &country("GB"), 10).is_err());
}

#[test]
fn a_foreign_number_of_impossible_length_is_refused() {
    assert!(fault("12345", "FR").expected.contains("a number of France"));
    assert!(
        fault("+33 6 12", "FR")
            .expected
            .contains("+33612 cannot be one")
    );
    assert!(
        fault("+999 123 456 789", "FR")
            .expected
            .contains("country code")
    );
    assert!(fault("12345", "AQ").expected.contains("country code"));
}

fn codes() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "GB", "JE", "FR", "DE", "IE", "US", "IT", "HK", "AQ", "ZZ",
    ])
}

proptest! {
    #[test]
    fn no_text_upsets_it_and_marks_stay_within(raw in any::<String>(), code in codes(), most in 0_usize..20) {
        if let Err(fault) = tidy_phone(&raw, &country(code), most) {
            let length = raw.chars().count();
            prop_assert!(!fault.expected.is_empty());
            prop_assert_eq!(fault.marks.is_empty(), raw.trim().is_empty());
            for (start, end) in fault.marks {
                prop_assert!(start < end && end <= length);
            }
        }
    }

    #[test]
    fn what_passes_is_ten_digits_at_least_and_no_more_than_fit(
        raw in "[+]?[0-9 ()x.-]{0,20}",
        code in codes(),
        most in 10_usize..16,
    ) {
        if let Ok(phone) = tidy_phone(&raw, &country(code), most) {
            prop_assert!((10..=most).contains(&phone.digits.len()), "{}", phone.digits);
            prop_assert!(phone.digits.bytes().all(|b| b.is_ascii_digit()));
        }
    }

    #[test]
    fn a_number_as_the_warehouse_dials_it_reads_as_itself(
        raw in "(\\+44|0044|0|\\+44 \\(0\\))[1-9][0-9]{8,9}|(00|\\+)(33|353|1|47|354)[1-9][0-9]{6,10}",
    ) {
        if let Ok(once) = tidy_phone(&raw, &country("GB"), 15) {
            prop_assert_eq!(tidy_phone(&once.digits, &country("GB"), 15), Ok(once));
        }
    }

    #[test]
    fn blanks_brackets_dots_and_hyphens_change_nothing(
        digits in prop::collection::vec((0_u8..10, "[ .-]?"), 6..13),
    ) {
        let mut plain = String::new();
        let mut spaced = String::new();
        for (digit, gap) in &digits {
            let digit = char::from(b'0' + digit);
            plain.push(digit);
            spaced.push(digit);
            spaced.push_str(gap);
        }
        let read = |raw: &str| tidy_phone(raw, &country("GB"), 12).map_err(|fault| fault.kind);
        prop_assert_eq!(read(&plain), read(&spaced));
    }
}
