//! Units and money as this screen shows them: separators, a real minus, a plus where a sign
//! says something.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::text::grouped;

/// What is added up and valued is in the currency of the merchant's books. Assumed to be
/// pounds, as Whistl's merchants keep them; else the sign before an amount is wrong.
pub(crate) const CURRENCY: &str = engine::words::BOOKS;

/// `1,204`, `−8`, `0.5`.
pub(crate) fn units(figure: Decimal) -> String {
    let figure = figure.normalize();
    match figure.to_i64() {
        Some(whole) if figure.fract().is_zero() => grouped(whole),
        _ => figure.to_string().replace('-', "−"),
    }
}

/// The same with a plus before what is above nothing.
pub(crate) fn signed(figure: Decimal) -> String {
    if figure > Decimal::ZERO {
        format!("+{}", units(figure))
    } else {
        units(figure)
    }
}

/// `1 unit`, `18 units`, without the sign.
pub(crate) fn counted(figure: Decimal) -> String {
    let figure = figure.abs();
    if figure == Decimal::ONE {
        "1 unit".into()
    } else {
        format!("{} units", units(figure))
    }
}

/// A figure of the engine's; nothing where it is none.
pub(crate) fn read(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

/// `£297.00`, without the sign.
pub(crate) fn worth(value: &str) -> String {
    engine::words::money(CURRENCY, value.trim_start_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_separators_a_real_minus_and_a_plus_where_asked() {
        let told = ["1204", "-8", "0.50", "0", "7"].map(|text| units(read(text)));
        assert_eq!(told, ["1,204", "−8", "0.5", "0", "7"]);
        let told = ["1204", "-8", "0"].map(|text| signed(read(text)));
        assert_eq!(told, ["+1,204", "−8", "0"]);
        assert_eq!(counted(read("-1")), "1 unit");
        assert_eq!(worth("-297.00"), "£297.00");
    }
}
