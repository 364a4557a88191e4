//! How many: whole units, at least one, at most what one line can carry (LC-07), and
//! what Cin7 had no stock for.

use rust_decimal::Decimal;

use super::findings::{Findings, office};
use super::text::{Mark, whole};
use crate::{HoldCode, Reason, Rules, SaleLine};

/// The units of a line; `None` with a reason when they are no number of goods.
pub(crate) fn units(
    index: usize,
    line: &SaleLine,
    rules: &Rules,
    findings: &mut Findings,
) -> Option<u32> {
    let most = rules.limits.units;
    let quantity = line.quantity;
    let value = quantity.to_string();
    let position = index + 1;
    let (marks, fix) = if quantity.is_zero() {
        let fix = format!("Give line {position} a quantity in Cin7 Core, or take the line off.");
        (whole(&value), fix)
    } else if quantity.is_sign_negative() {
        let fix = format!(
            "Correct the quantity of line {position} in Cin7 Core to a number above nought; goods \
             that come back are a credit note, not a line."
        );
        (vec![(0, 1)], fix)
    } else if !quantity.fract().is_zero() {
        let fix = format!(
            "Change the quantity of line {position} in Cin7 Core to whole units: the warehouse \
             cannot pick part of one."
        );
        (fraction_of(&value), fix)
    } else if quantity > Decimal::from(most) {
        let fix = format!(
            "Split line {position} over several sales in Cin7 Core: Whistl takes {most} units on a \
             line at most."
        );
        (whole(&value), fix)
    } else {
        return u32::try_from(quantity).ok();
    };
    findings.hold(invalid(index, value, marks, most, fix));
    None
}

/// The reason for a line that takes its SKU beyond what one line can carry.
pub(crate) fn too_many_together(
    index: usize,
    line: &SaleLine,
    total: u64,
    sku: &str,
    most: u32,
) -> Reason {
    let value = line.quantity.to_string();
    let fix = format!(
        "Split the sale in Cin7 Core: its lines order {total} of {sku} together, and Whistl takes \
         {most} units on a line at most."
    );
    invalid(index, value.clone(), whole(&value), most, fix)
}

/// Looks at what Cin7 had no stock for.
pub(crate) fn backordered(index: usize, line: &SaleLine, rules: &Rules, findings: &mut Findings) {
    if line.backordered <= Decimal::ZERO {
        return;
    }
    let value = line.backordered.to_string();
    let fix = format!(
        "Wait for stock of {value} and authorise the sale again, or take {value} of {} off line {} \
         in Cin7 Core.",
        line.quantity.normalize(),
        index + 1,
    );
    let marks = whole(&value);
    let field = format!("Order.Lines[{index}].BackorderQuantity");
    let expected = "0: Cin7 Core had stock for the whole line";
    let reason = office(HoldCode::Backordered, field, value, marks, expected, fix);
    findings.hold_if(rules.backordered, reason);
}

fn invalid(index: usize, value: String, marks: Vec<Mark>, most: u32, fix: String) -> Reason {
    let field = format!("Order.Lines[{index}].Quantity");
    let expected = format!("a whole number from 1 to {most}");
    office(
        HoldCode::QuantityInvalid,
        field,
        value,
        marks,
        expected,
        fix,
    )
}

fn fraction_of(value: &str) -> Vec<Mark> {
    match value.find('.') {
        Some(point) => vec![(point, value.len())],
        None => whole(value),
    }
}
