//! How the connections stand.

use engine::actions::{Checked, ConnectionStanding};
use engine::words;

use super::sheet::Sheet;
use crate::output::Colour;

/// One line for each vendor, each line ended.
pub(crate) fn connections(checked: &[Checked], sheet: &Sheet) -> String {
    let mut text = String::new();
    for one in checked {
        let (colour, word) = match one.standing {
            ConnectionStanding::Ok => (Colour::Ok, "connected"),
            ConnectionStanding::Busy => (Colour::Warn, "busy"),
            ConnectionStanding::NotSetUp => (Colour::Stop, "not set up"),
            ConnectionStanding::CredentialsRefused => (Colour::Stop, "refused"),
            ConnectionStanding::Unreachable => (Colour::Stop, "no answer"),
        };
        let first = format!(
            "{:<9}  {}{}  ",
            words::vendor(one.vendor),
            sheet.paint(colour, word),
            " ".repeat(10_usize.saturating_sub(word.len())),
        );
        text.push_str(&sheet.wrapped(&first, &one.message, 23));
    }
    text
}

#[cfg(test)]
mod tests {
    use engine::actions::Why;
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::sheet;

    #[test]
    fn each_vendor_has_a_line_that_says_how_it_stands() {
        let one = |vendor, standing, message: &str| Checked {
            vendor,
            standing,
            message: message.into(),
            why: Why::Fine,
            found: Vec::new(),
        };
        let checked = [
            one(
                "cin7",
                ConnectionStanding::Ok,
                "Connected to Harbour & Pine Ltd; orders are taken at Whistl Fulfilment.",
            ),
            one(
                "whistl",
                ConnectionStanding::NotSetUp,
                "No key for whistl is stored. Run `connect whistl` first.",
            ),
        ];
        expect![[r"
            Cin7 Core  connected   Connected to Harbour & Pine Ltd; orders are taken at Whistl Fulfilment.
            Whistl     not set up  No key for whistl is stored. Run `connect whistl` first.
        "]]
        .assert_eq(&connections(&checked, &sheet()));
    }
}
