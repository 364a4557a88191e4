//! What Cin7's words mean when it refuses a write. Kept to the words that have been seen or
//! that the reference gives; any other refusal is shown to a person as it came.

use vendor::Fault;

/// The stage was authorised before (observed: the sentence holds `Status is AUTHORISED`). It
/// counts as done only when what stands there was compared.
pub fn is_already_done(fault: &Fault) -> bool {
    says(fault, "status is authorised")
}

/// Another task with an open pick is there already (observed).
pub fn is_open_task(fault: &Fault) -> bool {
    says(fault, "non authorised fulfilment")
}

/// Cin7 holds less at the location than is to be picked or written off (assumed, words
/// included).
pub fn is_short_of_stock(fault: &Fault) -> bool {
    says(fault, "not enough stock")
}

/// The account takes no such call (405).
pub fn is_method_refused(fault: &Fault) -> bool {
    matches!(fault, Fault::Refused { status: 405, .. })
}

/// Every line of the adjustment has the level it asks for already (observed: the sentence ends
/// in these words). It counts as done once the level was looked at.
pub fn is_nothing_to_do(fault: &Fault) -> bool {
    let end = "no need to create stock adjustment.";
    matches!(fault, Fault::Refused { status: 400, message, .. }
        if message.trim().to_lowercase().ends_with(end))
}

/// The document is dated in a period whose books are closed (assumed, words included).
pub fn is_locked_period(fault: &Fault) -> bool {
    says(fault, "lock date")
}

/// A line names a product that Cin7 does not know (assumed, words included).
pub fn is_unknown_product(fault: &Fault) -> bool {
    says(fault, "product") && says(fault, "not found")
}

/// Whether Cin7 refused with these words, in lower case here and in any case there. What is
/// said inside an answer of 200 counts too ([`crate::WriteOffDocument::refusal`]).
fn says(fault: &Fault, words: &str) -> bool {
    matches!(fault, Fault::Refused { status: 400 | 200, message, .. }
        if message.to_lowercase().contains(words))
}
