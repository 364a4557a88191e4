//! Stories of postcodes: the published examples, the slips people make, and what is said.

use proptest::prelude::*;

use super::*;

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap()
}

fn written(raw: &str, code: &str) -> String {
    match tidy_postcode(raw, &country(code)) {
        Ok(text) => text,
        Err(fault) => panic!("“{raw}” in {code} is refused: {fault:?}"),
    }
}

fn fault(raw: &str, code: &str) -> PostcodeFault {
    match tidy_postcode(raw, &country(code)) {
        Ok(text) => panic!("“{raw}” in {code} is taken as “{text}”"),
        Err(fault) => fault,
    }
}

/// The marked parts of a text, each between brackets.
fn marked(raw: &str, code: &str) -> String {
    let fault = fault(raw, code);
    let mut text = String::new();
    for (at, c) in raw.chars().enumerate() {
        text.extend(
            fault
                .marks
                .iter()
                .filter(|(start, _)| *start == at)
                .map(|_| '['),
        );
        text.push(c);
        text.extend(
            fault
                .marks
                .iter()
                .filter(|(_, end)| *end == at + 1)
                .map(|_| ']'),
        );
    }
    text
}

#[test]
fn the_published_examples_of_each_shape_pass() {
    for text in [
        "M1 1AE",
        "B33 8TH",
        "CR2 6XH",
        "DN55 1PT",
        "W1A 1HQ",
        "EC1A 1BB",
        "GIR 0AA",
        "BFPO 1",
        "BFPO 57",
        "BFPO 5424",
        "BF1 2AT",
        "BF1 4AA",
        "LS1 4AP",
        "SW1A 1AA",
        "SW1A 0AA",
        "BT1 5GS",
        "PL1 2HL",
        "E1W 1AA",
        "N1C 4AG",
        "SE1P 5LX",
        "ZE1 0AA",
        "FY0 1AA",
    ] {
        assert_eq!(written(text, "GB"), text);
    }
}

#[test]
fn case_and_spacing_are_put_right() {
    assert_eq!(written("ls14ap", "GB"), "LS1 4AP");
    assert_eq!(written("  ls1  4ap ", "GB"), "LS1 4AP");
    assert_eq!(written("sw1a1aa", "GB"), "SW1A 1AA");
    assert_eq!(written("S W 1 A 1 A A", "GB"), "SW1A 1AA");
    assert_eq!(written("LS1-4AP", "GB"), "LS1 4AP");
    assert_eq!(written("LS1\u{A0}4AP", "GB"), "LS1 4AP");
    assert_eq!(written("gir0aa", "GB"), "GIR 0AA");
    assert_eq!(written("bfpo57", "GB"), "BFPO 57");
}

#[test]
fn an_incomplete_postcode_is_marked_where_it_stops() {
    assert_eq!(marked("LS1 4A", "GB"), "LS1 [4A]");
    assert_eq!(marked("LS14A", "GB"), "LS1[4A]");
    assert_eq!(marked("LS1 4", "GB"), "LS1 [4]");
    assert_eq!(marked("LS1", "GB"), "[LS1]");
    assert_eq!(
        fault("LS1 4A", "GB").expected,
        "a UK postcode such as LS1 4AP: “4A” is only part of the second half, a digit and two \
         letters"
    );
}

#[test]
fn no_postcode_at_all_is_missing() {
    for raw in ["", "  ", "-"] {
        assert_eq!(fault(raw, "GB").kind, PostcodeFaultKind::Missing, "{raw:?}");
        assert_eq!(fault(raw, "US").kind, PostcodeFaultKind::Missing, "{raw:?}");
    }
    assert_eq!(fault("LS1 4A", "GB").kind, PostcodeFaultKind::Invalid);
}

#[test]
fn letters_that_never_stand_in_the_second_half_are_marked() {
    assert_eq!(marked("SW1A 1AO", "GB"), "SW1A 1A[O]");
    assert_eq!(marked("LS1 4CV", "GB"), "LS1 4[CV]");
    for letter in "CIKMOV".chars() {
        assert_eq!(
            marked(&format!("LS1 4A{letter}"), "GB"),
            format!("LS1 4A[{letter}]")
        );
    }
}

#[test]
fn letters_that_never_stand_in_the_first_half_are_marked() {
    assert_eq!(marked("QS1 4AP", "GB"), "[Q]S1 4AP");
    assert_eq!(marked("V1 4AP", "GB"), "[V]1 4AP");
    assert_eq!(marked("X1 4AP", "GB"), "[X]1 4AP");
    assert_eq!(marked("LI1 4AP", "GB"), "L[I]1 4AP");
    assert_eq!(marked("LJ1 4AP", "GB"), "L[J]1 4AP");
    assert_eq!(marked("LZ1 4AP", "GB"), "L[Z]1 4AP");
    assert_eq!(marked("W1I 4AP", "GB"), "W1[I] 4AP");
    assert_eq!(marked("W1Z 4AP", "GB"), "W1[Z] 4AP");
    assert_eq!(marked("SW1C 4AP", "GB"), "SW1[C] 4AP");
}

#[test]
fn a_letter_for_a_digit_is_marked_and_explained_but_never_put_right() {
    assert_eq!(marked("SW1A OAA", "GB"), "SW1A [O]AA");
    assert!(
        fault("SW1A OAA", "GB")
            .expected
            .contains("“O” is a letter where a digit belongs")
    );
    assert_eq!(marked("LSI 4AP", "GB"), "LS[I] 4AP");
    assert_eq!(marked("0X1 2JD", "GB"), "[0]X1 2JD");
    assert!(fault("0X1 2JD", "GB").expected.contains("perhaps O"));
    assert_eq!(marked("S01 4AP", "GB"), "S[0]1 4AP");
    assert!(
        fault("S01 4AP", "GB")
            .expected
            .contains("is “0” the letter O?")
    );
}

#[test]
fn what_is_no_postcode_by_any_reading_is_marked_whole() {
    assert_eq!(marked("123456", "GB"), "[123456]");
    assert_eq!(marked("ABCDE 4AP", "GB"), "[ABCDE] 4AP");
    assert_eq!(marked("ABCDEF", "GB"), "[ABCDEF]");
}

#[test]
fn what_follows_a_whole_postcode_is_too_much() {
    assert_eq!(marked("LS1 4AP 7", "GB"), "LS1 4AP [7]");
    assert_eq!(marked("LS1 4AP UK", "GB"), "LS1 4AP [UK]");
}

#[test]
fn characters_no_postcode_has_are_named() {
    assert_eq!(marked("LS1 4AР", "GB"), "LS1 4A[Р]");
    assert!(fault("LS1 4AР", "GB").expected.contains("Cyrillic letter"));
    assert_eq!(marked("n/a", "GB"), "n[/]a");
}

#[test]
fn bfpo_needs_its_number() {
    assert_eq!(marked("BFPO", "GB"), "[BFPO]");
    assert_eq!(marked("BFPO 12345", "GB"), "BFPO [12345]");
    assert_eq!(marked("BFPO X", "GB"), "BFPO [X]");
    assert!(fault("BFPO 0", "GB").expected.contains("BFPO 57"));
}

#[test]
fn the_crown_dependencies_and_their_postcodes_belong_together() {
    assert_eq!(written("je2 3ab", "JE"), "JE2 3AB");
    assert_eq!(written("GY1 1AA", "GG"), "GY1 1AA");
    assert_eq!(written("IM1 1AA", "IM"), "IM1 1AA");
    assert_eq!(marked("JE2 3AB", "GB"), "[JE]2 3AB");
    assert_eq!(
        fault("JE2 3AB", "GB").expected,
        "JE postcodes need the country Jersey"
    );
    assert_eq!(
        fault("GY1 1AA", "GB").expected,
        "GY postcodes need the country Guernsey"
    );
    assert_eq!(
        fault("IM1 1AA", "JE").expected,
        "IM postcodes need the country Isle of Man"
    );
    assert!(fault("LS1 4AP", "JE").expected.contains("begins with JE"));
    assert!(fault("BFPO 57", "IM").expected.contains("begins with IM"));
}

#[test]
fn ireland_may_have_an_eircode_or_none() {
    assert_eq!(written("", "IE"), "");
    assert_eq!(written("a65f4e2", "IE"), "A65 F4E2");
    assert_eq!(written("D6W XY00", "IE"), "D6W XY00");
    assert_eq!(marked("A65 F4", "IE"), "[A65] [F4]");
    assert!(fault("Dublin 4", "IE").expected.ends_with("or nothing"));
}

#[test]
fn hong_kong_has_none_whatever_was_typed() {
    for raw in ["", "000000", "999077", "n/a"] {
        assert_eq!(written(raw, "HK"), "");
    }
}

#[test]
fn other_countries_have_their_own_shapes() {
    for (raw, code, expected) in [
        ("90210", "US", "90210"),
        ("902101234", "US", "90210-1234"),
        ("k1a0b1", "CA", "K1A 0B1"),
        ("2000", "AU", "2000"),
        ("6011", "NZ", "6011"),
        ("75008", "FR", "75008"),
        ("F-75008", "FR", "75008"),
        ("D-10115", "DE", "10115"),
        ("1010", "AT", "1010"),
        ("1000", "BE", "1000"),
        ("L-1234", "LU", "1234"),
        ("1012ab", "NL", "1012 AB"),
        ("8001", "CH", "8001"),
        ("0150", "NO", "0150"),
        ("114 55", "SE", "114 55"),
        ("se-11455", "SE", "114 55"),
        ("2100", "DK", "2100"),
        ("00100", "FI", "00100"),
        ("00-950", "PL", "00-950"),
        ("00950", "PL", "00-950"),
        ("1000-001", "PT", "1000-001"),
        ("11000", "CZ", "110 00"),
        ("81101", "SK", "811 01"),
        ("10431", "GR", "104 31"),
        ("28001", "ES", "28001"),
        ("00118", "IT", "00118"),
        ("LT01100", "LT", "LT-01100"),
        ("01100", "LT", "LT-01100"),
        ("LV-1010", "LV", "LV-1010"),
        ("vlt1117", "MT", "VLT 1117"),
        ("010001", "RO", "010001"),
        ("1000001", "JP", "100-0001"),
        ("110 001", "IN", "110001"),
        ("01310-100", "BR", "01310-100"),
        ("ad500", "AD", "AD500"),
        ("GX11 1AA", "GI", "GX11 1AA"),
        ("FIQQ1ZZ", "FK", "FIQQ 1ZZ"),
        ("AB-12 cd", "AX", ""),
    ] {
        if expected.is_empty() {
            assert_eq!(fault(raw, code).kind, PostcodeFaultKind::Invalid);
        } else {
            assert_eq!(written(raw, code), expected, "{raw} in {code}");
        }
    }
}

#[test]
fn a_wrong_shape_is_marked_from_where_it_goes_wrong() {
    assert_eq!(marked("9021", "US"), "[9021]");
    assert_eq!(marked("902101", "US"), "[902101]");
    assert_eq!(marked("7500A", "FR"), "7500[A]");
    assert_eq!(marked("K1A OB1", "CA"), "K1A [OB1]");
    assert_eq!(marked("D1A 0B1", "CA"), "[D1A] [0B1]");
    assert_eq!(
        fault("9021", "US").expected,
        "a postcode of United States: 12345 or 12345-6789"
    );
}

#[test]
fn a_postcode_of_the_kingdom_under_another_country_is_recognised() {
    assert_eq!(
        fault("LS1 4AP", "FR").expected,
        "a postcode of France: 12345; as it stands it is a postcode of the United Kingdom"
    );
}

#[test]
fn a_country_in_doubt_takes_anything_short() {
    assert_eq!(written("ab 12", "ER"), "");
    assert_eq!(written("", "ZZ"), "");
    assert_eq!(written("ab 12", "ZZ"), "AB 12");
    assert_eq!(marked("ABCDEFGHIJKL", "ZZ"), "ABCDEFGHIJ[KL]");
}

fn codes() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "GB", "JE", "GG", "IM", "IE", "HK", "US", "CA", "FR", "DE", "NL", "PL", "PT", "LT", "LV",
        "MT", "JP", "BR", "AR", "SA", "GI", "AD", "KY", "AZ", "LC", "ZZ",
    ])
}

proptest! {
    #[test]
    fn no_text_upsets_it_and_marks_stay_within(raw in any::<String>(), code in codes()) {
        if let Err(fault) = tidy_postcode(&raw, &country(code)) {
            let length = raw.chars().count();
            prop_assert!(!fault.expected.is_empty());
            for (start, end) in fault.marks {
                prop_assert!(start < end && end <= length);
            }
        }
    }

    #[test]
    fn what_was_written_is_written_the_same_again(
        raw in "[A-Za-z]{0,3}[ -]?[0-9]{0,5}[ -]?[0-9A-Za-z]{0,5}",
        code in codes(),
    ) {
        match tidy_postcode(&raw, &country(code)) {
            Ok(once) => {
                prop_assert_eq!(tidy_postcode(&once, &country(code)), Ok(once.clone()));
                prop_assert!(once.chars().count() <= 10, "{once} is longer than Whistl carries");
            }
            Err(fault) => {
                let nothing = raw.chars().all(|c| !c.is_ascii_alphanumeric());
                prop_assert_eq!(fault.kind == PostcodeFaultKind::Missing, nothing);
                prop_assert_eq!(fault.marks.is_empty(), raw.is_empty());
            }
        }
    }

    #[test]
    fn every_postcode_of_the_published_shapes_passes_however_it_is_spaced(
        outward in prop_oneof![
            "[A-PR-UWYZ][0-9]", "[A-PR-UWYZ][1-9][0-9]", "[A-PR-UWYZ][A-HK-Y][0-9]",
            "[A-PR-UWYZ][A-HK-Y][1-9][0-9]", "[A-PR-UWYZ][0-9][A-HJKPSTUW]",
            "[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]",
        ],
        inward in "[0-9][ABD-HJLNP-UW-Z]{2}",
        gap in " {0,3}",
    ) {
        prop_assume!(!["JE", "GY", "IM"].iter().any(|crown| outward.starts_with(crown)));
        let raw = format!("{outward}{gap}{inward}").to_lowercase();
        prop_assert_eq!(tidy_postcode(&raw, &country("GB")), Ok(format!("{outward} {inward}")));
    }

    #[test]
    fn a_postcode_cut_short_never_passes(
        full in "[A-PR-UWYZ][A-HK-Y][1-9] [0-9][ABD-HJLNP-UW-Z]{2}",
        kept in 0_usize..6,
    ) {
        let raw: String = full.chars().take(kept).collect();
        prop_assert!(tidy_postcode(&raw, &country("GB")).is_err());
    }
}
