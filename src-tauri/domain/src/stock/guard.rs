//! Whether Cin7's list of stock can be believed. Rows that are all zeros are left out, so a
//! missing one means nothing there; but a whole answer has come back about 190 rows short with
//! its own total agreeing (observed).

/// By how much the list may shrink from one reading to the next, in percent.
const SHRINKS_PERCENT: u128 = 2;

/// What to do about a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard<'a> {
    /// Nothing: what is missing is at 0.
    Believe,
    /// These SKUs must be read one by one before any of them is called 0; sorted, none twice.
    ReadSingly(Vec<&'a str>),
    /// Too much is missing: throw the run away.
    Discard,
}

/// One SKU of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Cin7's SKU, to the letter.
    pub sku: &'a str,
    /// Whether it has stock, above 0 or below.
    pub has_stock: bool,
}

/// Judges a list of so many rows by the last one that was believed. `read_at_most` is how many
/// SKUs may be read one by one: each is a call.
pub fn guard<'a>(
    before: &[Listed<'a>],
    rows_before: usize,
    now: &[Listed<'_>],
    rows_now: usize,
    read_at_most: usize,
) -> Guard<'a> {
    let mut known: Vec<&str> = now.iter().map(|one| one.sku).collect();
    known.sort_unstable();
    let gone = before
        .iter()
        .filter(|one| known.binary_search(&one.sku).is_err());
    let shrank = rows_now as u128 * 100 < rows_before as u128 * (100 - SHRINKS_PERCENT);
    // A list that shrank so much is not believed of any SKU that left it.
    let mut doubtful: Vec<&str> = gone
        .filter(|one| shrank || one.has_stock)
        .map(|one| one.sku)
        .collect();
    doubtful.sort_unstable();
    doubtful.dedup();
    match doubtful.len() {
        // Rows of bins or batches are missing, and nothing says of which SKUs.
        0 if shrank => Guard::Discard,
        0 => Guard::Believe,
        some if some > read_at_most => Guard::Discard,
        _ => Guard::ReadSingly(doubtful),
    }
}
