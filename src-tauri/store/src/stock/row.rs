//! Rows of adjustments and documents as they lie in the tables, and what they mean.

use domain::ProductId;
use rusqlite::Row;

use super::documented::{
    DocumentKind, DocumentLine, DocumentOrigin, DocumentRow, DocumentState, DocumentStep,
};
use super::forms::{AdjustmentKey, AdjustmentRow, AdjustmentState, DocumentKey};
use crate::columns::Columns;
use crate::sales::owner;
use crate::{StoreFault, times};

/// The columns of an [`AdjustmentRow`] in the order [`adjustment_row`] reads them; the tables
/// are `a` and the document's `d`.
pub(crate) const ADJUSTMENT: &str = "a.key, a.id, a.revision, a.movement, a.sku, a.units, \
    a.in_building, a.why, a.why_text, a.note, a.warehouse, a.reverses, a.belongs_to, a.at, \
    a.published, a.received, a.state, a.owner, a.cause, a.product, a.cin7_sku, a.document, \
    a.line, d.number, d.task, a.before, a.after, a.unit_cost, a.cost_at, a.alone, \
    a.decided_by, a.decided_why, a.due, a.attempts, a.failures, a.first_failed, a.posted_at, \
    a.changed_at";

/// The adjustment of that row.
pub(super) fn adjustment_row(row: &Row<'_>) -> Result<AdjustmentRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(AdjustmentRow {
        key: AdjustmentKey(columns.next()?),
        id: columns.next()?,
        revision: columns.count()?,
        movement: movement(columns.next()?)?,
        sku: columns.next()?,
        units: columns.next()?,
        in_building: columns.next()?,
        why: columns.next()?,
        why_text: columns.next()?,
        note: columns.next()?,
        warehouse: columns.next()?,
        reverses: columns.next()?,
        belongs_to: columns.next()?,
        at: columns.at()?,
        published: columns.at_or_none()?,
        received: columns.at()?,
        state: adjustment_state(&columns.next::<String>()?)?,
        owner: columns
            .next::<Option<String>>()?
            .as_deref()
            .map(owner)
            .transpose()?,
        causes: words(&columns.next::<String>()?),
        product: product_or_none(&columns.next::<String>()?)?,
        cin7_sku: columns.next()?,
        document: columns.next::<Option<i64>>()?.map(DocumentKey),
        line: columns
            .next::<Option<i64>>()?
            .map(times::count)
            .transpose()?,
        document_number: columns.next::<Option<String>>()?.unwrap_or_default(),
        document_task: columns.next::<Option<String>>()?.unwrap_or_default(),
        before: columns.fixed_or_none()?,
        after: columns.fixed_or_none()?,
        unit_cost: columns.fixed_or_none()?,
        cost_at: columns.at_or_none()?,
        alone: columns.next()?,
        decided_by: columns.next()?,
        decided_why: columns.next()?,
        due: columns.at()?,
        attempts: columns.count()?,
        failures: columns.count()?,
        first_failed: columns.at_or_none()?,
        posted_at: columns.at_or_none()?,
        changed_at: columns.at()?,
    })
}

/// The columns of a [`DocumentRow`] in the order [`document_row`] reads them; the table is
/// `d`.
pub(crate) const DOCUMENT: &str = "d.key, d.reference, d.kind, d.origin, d.account, d.location, \
    d.effective, d.state, d.task, d.number, d.cause, d.made_by, d.due, d.attempts, d.failures, \
    d.first_failed, d.unclear_since, d.made_at, d.completed_at";

/// The document of that row, without its lines.
pub(super) fn document_row(row: &Row<'_>) -> Result<DocumentRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(DocumentRow {
        key: DocumentKey(columns.next()?),
        reference: columns.next()?,
        kind: known(&columns.next::<String>()?, DocumentKind::from_word)?,
        origin: known(&columns.next::<String>()?, DocumentOrigin::from_word)?,
        account: columns.next()?,
        location: columns.next()?,
        effective: times::date(columns.next()?)?,
        state: known(&columns.next::<String>()?, DocumentState::from_word)?,
        task: columns.next()?,
        number: columns.next()?,
        cause: columns.next()?,
        made_by: columns.next()?,
        due: columns.at()?,
        attempts: columns.count()?,
        failures: columns.count()?,
        first_failed: columns.at_or_none()?,
        unclear_since: columns.at_or_none()?,
        made_at: columns.at()?,
        completed_at: columns.at_or_none()?,
        lines: Vec::new(),
    })
}

/// A line of a document: `number`, `product`, `sku`, `change`, `before`, `after`, `seen`,
/// `unit_cost`, `cost_at`, `comment`.
pub(super) fn document_line(row: &Row<'_>) -> Result<DocumentLine, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(DocumentLine {
        number: columns.count()?,
        product: product(&columns.next::<String>()?)?,
        sku: columns.next()?,
        change: columns.fixed()?,
        before: columns.fixed_or_none()?,
        after: columns.fixed_or_none()?,
        seen: columns.fixed_or_none()?,
        unit_cost: columns.fixed_or_none()?,
        cost_at: columns.at_or_none()?,
        comment: columns.next()?,
    })
}

/// A step: `number`, `step`, `began`, `ended`, `outcome`.
pub(super) fn document_step(row: &Row<'_>) -> Result<DocumentStep, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(DocumentStep {
        number: columns.count()?,
        step: columns.next()?,
        began: columns.at()?,
        ended: columns.at_or_none()?,
        outcome: columns.next()?,
    })
}

/// A movement's number, where they count.
pub(super) fn movement(stored: Option<i64>) -> Result<Option<u64>, StoreFault> {
    stored.map(times::count).transpose()
}

/// Cin7's product of that id.
pub(super) fn product(id: &str) -> Result<ProductId, StoreFault> {
    ProductId::parse(id).map_err(|not| StoreFault::damaged(not.to_string()))
}

/// The same; "" for none.
pub(super) fn product_or_none(id: &str) -> Result<Option<ProductId>, StoreFault> {
    match id {
        "" => Ok(None),
        id => product(id).map(Some),
    }
}

/// The state of an adjustment of that word.
pub(super) fn adjustment_state(word: &str) -> Result<AdjustmentState, StoreFault> {
    known(word, AdjustmentState::from_word)
}

/// What the words about an adjustment are bound to.
pub(super) fn adjustment_place(id: &str) -> Vec<u8> {
    [b"adjustment ", id.as_bytes()].concat()
}

/// What the words about a document are bound to.
pub(super) fn document_place(reference: &str) -> Vec<u8> {
    [b"document ", reference.as_bytes()].concat()
}

fn words(written: &str) -> Vec<String> {
    written
        .split(',')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn known<T>(word: &str, from_word: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreFault> {
    from_word(word).ok_or_else(|| StoreFault::damaged(format!("stock knows no word “{word}”")))
}
