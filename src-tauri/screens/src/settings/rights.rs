//! What each vendor's key must be allowed to do, and what for (R116): no more and no less
//! than the calls that are made, against which a story holds it.

use crate::shapes::Right;

/// Vendor, right, what it is used for.
const RIGHTS: [(&str, &str, &str); 13] = [
    (
        "Cin7 Core",
        "An API application of its own",
        "Cin7 Core counts 60 calls a minute for each application. Shared with another program, both would be slowed down.",
    ),
    (
        "Cin7 Core",
        "Read sales",
        "To find new and changed sales and read each one whole before it is checked.",
    ),
    (
        "Cin7 Core",
        "Read customers",
        "To look for a telephone number among a customer's contacts when the sale has none.",
    ),
    (
        "Cin7 Core",
        "Read products",
        "To tell goods from charges and services, and to know which SKUs could be mistaken for one another.",
    ),
    (
        "Cin7 Core",
        "Read locations",
        "To know which sales ship from the warehouse.",
    ),
    (
        "Cin7 Core",
        "Read the account's own details",
        "To make sure that the keys open the account this data belongs to.",
    ),
    (
        "Cin7 Core",
        "Nothing is written",
        "This version writes nothing to Cin7 Core. The key needs no right to change anything.",
    ),
    (
        "Whistl",
        "Test the key",
        "To check the key, the account and the clock when you test the connection.",
    ),
    (
        "Whistl",
        "Create orders",
        "To hand over an order that passed every check.",
    ),
    (
        "Whistl",
        "Cancel orders",
        "To call off an order when you withdraw it.",
    ),
    (
        "Whistl",
        "Read orders and their news",
        "To learn what was accepted, stopped or sent out, and to ask whether an order arrived before it is sent again.",
    ),
    (
        "Whistl",
        "Read items",
        "To hold an order for a SKU that the warehouse does not know.",
    ),
    (
        "Whistl",
        "Read services",
        "To offer the delivery services you can map your shipping methods to.",
    ),
];

/// The rights in order.
pub(super) fn rights() -> Vec<Right> {
    RIGHTS
        .into_iter()
        .map(|(vendor, right, purpose)| Right {
            vendor: vendor.into(),
            right: right.into(),
            purpose: purpose.into(),
        })
        .collect()
}
