//! What the stories about stock begin with: adjustments and documents made up by name.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ProductId;
use rust_decimal::Decimal;

use super::world::*;
use crate::{
    AdjustmentKey, AdjustmentRow, AdjustmentStands, AdjustmentState, DocumentFails, DocumentKey,
    DocumentKind, DocumentOrigin, DocumentRow, DocumentState, NewAdjustment, NewDocument,
    NewDocumentLine, StoreFault, TookAdjustment,
};

/// An adjustment that happened at that minute after noon.
pub(super) fn adjustment(id: &str, units: i64, minute: i64) -> NewAdjustment<'_> {
    NewAdjustment {
        id,
        revision: 1,
        movement: None,
        sku: "TEAPOT04",
        units,
        in_building: units,
        why: "cycle_count",
        why_text: "Cycle count",
        note: "Aisle 4",
        warehouse: "BRS1",
        reverses: "",
        belongs_to: "",
        at: after(minute),
        published: Some(after(minute + 1)),
        goods: [1; 32],
        content: [1; 32],
        raw: "{\"adjustment_id\":\"ADJ-1\"}",
    }
}

pub(super) fn took(world: &mut World, new: &NewAdjustment<'_>) -> TookAdjustment {
    world
        .store()
        .write(|w| w.take_adjustment(new, after(60)))
        .unwrap()
}

pub(super) fn take(world: &mut World, new: &NewAdjustment<'_>) -> AdjustmentKey {
    match took(world, new) {
        TookAdjustment::New(key) => key,
        other => panic!("{other:?} is not new"),
    }
}

pub(super) fn row(world: &mut World, key: AdjustmentKey) -> AdjustmentRow {
    world.store().reading().adjustment_by_key(key).unwrap()
}

pub(super) fn state(world: &mut World, key: AdjustmentKey) -> AdjustmentState {
    row(world, key).state
}

pub(super) fn stands(state: AdjustmentState) -> AdjustmentStands<'static> {
    AdjustmentStands {
        state,
        owner: None,
        causes: &[],
        detail: "",
        due: after(60),
        failed: false,
        by: "",
        why: "",
    }
}

pub(super) fn set(
    world: &mut World,
    key: AdjustmentKey,
    stands: &AdjustmentStands<'_>,
) -> Result<(), StoreFault> {
    world
        .store()
        .write(|w| w.adjustment_stands(key, stands, after(61)))
}

pub(super) fn product(n: u32) -> ProductId {
    ProductId::parse(&format!("00000000-0000-4000-9000-{n:012x}")).unwrap()
}

pub(super) fn line(n: u32, change: i64, adjustments: &[AdjustmentKey]) -> NewDocumentLine {
    NewDocumentLine {
        product: product(n),
        sku: "Teapot-04".into(),
        change: change.into(),
        unit_cost: Some(Decimal::new(425, 2)),
        cost_at: Some(after(50)),
        comment: "ADJ-1".into(),
        adjustments: adjustments.to_vec(),
    }
}

pub(super) fn document<'a>(reference: &'a str, lines: &'a [NewDocumentLine]) -> NewDocument<'a> {
    NewDocument {
        reference,
        kind: DocumentKind::Adjustment,
        origin: DocumentOrigin::Reported,
        account: "",
        location: "Main",
        effective: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        made_by: "auto",
        lines,
    }
}

pub(super) fn try_intend(
    world: &mut World,
    reference: &str,
    lines: &[NewDocumentLine],
    now: DateTime<Utc>,
) -> Result<DocumentKey, StoreFault> {
    world
        .store()
        .write(|w| w.intend_document(&document(reference, lines), now))
}

/// A document put down after an hour, with one line of product 1 for these.
pub(super) fn intend(
    world: &mut World,
    reference: &str,
    change: i64,
    adjustments: &[AdjustmentKey],
) -> DocumentKey {
    try_intend(world, reference, &[line(1, change, adjustments)], after(60)).unwrap()
}

pub(super) fn doc(world: &mut World, key: DocumentKey) -> DocumentRow {
    world.store().reading().document(key).unwrap()
}

/// The reference of the document to go on with at that moment; "" for none.
pub(super) fn next(world: &mut World, at: DateTime<Utc>) -> String {
    let claimed = world.store().claim_document(at).unwrap();
    claimed.map_or_else(String::new, |row| row.reference)
}

pub(super) fn begin(world: &mut World, key: DocumentKey, step: &str) {
    let row = doc(world, key);
    world
        .store()
        .begin_document_step(&row, step, b"{\"Status\":\"DRAFT\"}", after(61))
        .unwrap();
}

pub(super) fn end(world: &mut World, key: DocumentKey) {
    world
        .store()
        .end_document_step(key, "answered", after(62), |_| Ok(()))
        .unwrap();
}

/// Takes a document as far as that state, by the way it goes when all is well until then.
pub(super) fn bring(world: &mut World, key: DocumentKey, wanted: DocumentState) {
    let completed = doc(world, key).state == DocumentState::Completed;
    let store = world.store();
    store
        .write(|w| {
            if completed {
                return w.document_done(key, &[(1, 30.into())], after(64));
            }
            if wanted == DocumentState::Intended {
                return Ok(());
            }
            if wanted == DocumentState::Failed {
                return w.document_failed(key, &fails("period_locked"), after(64));
            }
            w.document_drafted(key, "task-1", "SA-00001", &[(1, 34.into())], after(62))?;
            if wanted == DocumentState::Drafted {
                return Ok(());
            }
            if wanted == DocumentState::Voided {
                return w.document_voided(key, after(64));
            }
            if wanted == DocumentState::Unclear {
                return w.document_again(key, after(65), false, true, after(63));
            }
            w.document_completed(key, &[(1, 34.into(), 30.into())], after(63))?;
            match wanted {
                DocumentState::Done => w.document_done(key, &[(1, 30.into())], after(64)),
                DocumentState::Unmoved => {
                    let fails = fails("did_not_move");
                    w.document_unmoved(key, &[(1, 34.into())], &fails, after(64))
                }
                _ => Ok(()),
            }
        })
        .unwrap();
    assert_eq!(doc(world, key).state, wanted);
}

pub(super) fn fails(cause: &str) -> DocumentFails<'_> {
    DocumentFails {
        cause,
        detail: "November is locked.",
        owner: Some(domain::Owner::Finance),
        due: after(600),
    }
}
