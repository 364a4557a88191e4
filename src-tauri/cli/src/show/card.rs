//! A hold card: what is wrong, the field with the offending part marked, what was
//! expected, whose it is and the fix.

use engine::views::HoldView;
use engine::words::{self, capital};

use super::sheet::Sheet;
use crate::output::Colour;

/// One card, each line ended.
pub(crate) fn card(hold: &HoldView, sheet: &Sheet) -> String {
    let mut text = format!(
        "\n  {}  {}\n",
        sheet.paint(Colour::Stop, &capital(&words::hold(&hold.code))),
        sheet.paint(Colour::Dim, &hold.code),
    );
    let value = if hold.value.is_empty() {
        "(empty)"
    } else {
        &hold.value
    };
    text.push_str(&format!("    {}: {value}\n", hold.field));
    if let Some(under) = marks(hold) {
        let pad = " ".repeat(hold.field.chars().count() + 6);
        text.push_str(&format!("{pad}{}\n", sheet.paint(Colour::Stop, &under)));
    }
    text.push_str(&sheet.wrapped("    Expected  ", &hold.expected, 14));
    text.push_str(&sheet.wrapped("    Fix       ", &hold.fix, 14));
    let age = sheet.age(&hold.since);
    text.push_str(&format!(
        "    Owner     {}, since {} ({age})\n",
        words::owner(&hold.owner),
        sheet.told(&hold.since),
    ));
    text
}

fn marks(hold: &HoldView) -> Option<String> {
    let marked = |at: usize| {
        hold.marks
            .iter()
            .any(|(from, to)| (*from..*to).contains(&at))
    };
    let under: String = (0..hold.value.chars().count())
        .map(|at| if marked(at) { '^' } else { ' ' })
        .collect();
    let under = under.trim_end();
    (!under.is_empty()).then(|| under.to_owned())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::output::Output;
    use crate::show::fixtures::{held_order, sheet};

    #[test]
    fn a_card_marks_the_offending_characters() {
        let order = held_order();
        expect![[r"
            SO-00031
              SKU has characters Whistl refuses  sku_invalid_characters
                Order.Lines[1].SKU: ITEM-01_BLUE
                                        ^  ^
                Expected  letters and digits only
                Fix       Map ITEM-01_BLUE to the SKU Whistl has it under, or rename it in Cin7 Core to letters
                          and digits.
                Owner     the office, since 09:50 (2 h 10 min)
        "]]
        .assert_eq(&format!("SO-00031{}", card(&order.holds[0], &sheet())));
    }

    #[test]
    fn on_a_terminal_what_is_wrong_is_red() {
        let mut looked_at = sheet();
        looked_at = Sheet::new(Output::coloured(), looked_at.zone, looked_at.now);
        let text = card(&held_order().holds[1], &looked_at);
        assert!(
            text.contains("\u{1b}[31mNo telephone number\u{1b}[0m"),
            "{text:?}"
        );
        assert!(text.contains("Phone: (empty)"), "{text}");
    }
}
