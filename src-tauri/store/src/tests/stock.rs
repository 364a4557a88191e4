//! What the warehouse counted and the documents in which Cin7 is told of it: taken once,
//! posted once, and after a crash looked up before anything is written again.

use chrono::NaiveDate;
use domain::ProductId;
use rust_decimal::Decimal;

use super::world::*;
use crate::{
    AdjustmentFilter, AdjustmentKey, AdjustmentState, DocumentFails, DocumentKey, DocumentKind,
    DocumentOrigin, DocumentState, NewAdjustment, NewDocument, NewDocumentLine, StoreFault,
    TookAdjustment,
};

fn counted(id: &'static str, units: i64) -> NewAdjustment<'static> {
    NewAdjustment {
        id,
        revision: 1,
        movement: Some(900_105),
        sku: "MUG330WHT",
        units,
        in_building: units,
        why: "cycle_count",
        why_text: "Cycle count",
        note: "Bay C-12",
        warehouse: "BRI1",
        reverses: "",
        belongs_to: "",
        at: noon(),
        published: None,
        goods: [u8::try_from(units.unsigned_abs()).unwrap(); 32],
        content: [u8::try_from(units.unsigned_abs()).unwrap(); 32],
        raw: "{}",
    }
}

fn took(world: &mut World, new: &NewAdjustment<'_>) -> TookAdjustment {
    world
        .store()
        .write(|w| w.take_adjustment(new, noon()))
        .unwrap()
}

fn new(world: &mut World, id: &'static str, units: i64) -> AdjustmentKey {
    match took(world, &counted(id, units)) {
        TookAdjustment::New(key) => key,
        other => panic!("{other:?}"),
    }
}

fn state(world: &mut World, key: AdjustmentKey) -> AdjustmentState {
    let row = world.store().reading().adjustment_by_key(key);
    row.unwrap().state
}

fn mug() -> ProductId {
    ProductId::parse("00000000-0000-4000-8000-00000000000a").unwrap()
}

fn intend(
    world: &mut World,
    reference: &str,
    change: i64,
    adjustments: &[AdjustmentKey],
) -> Result<DocumentKey, StoreFault> {
    let lines = [NewDocumentLine {
        product: mug(),
        sku: "MUG330WHT".into(),
        change: Decimal::from(change),
        unit_cost: Some(Decimal::new(420, 2)),
        cost_at: Some(noon()),
        comment: "Whistl ADJ1 cycle count".into(),
        adjustments: adjustments.to_vec(),
    }];
    world.store().write(|w| {
        w.intend_document(
            &NewDocument {
                reference,
                kind: DocumentKind::Adjustment,
                origin: DocumentOrigin::Reported,
                account: "",
                location: "a-location",
                effective: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
                made_by: "auto",
                lines: &lines,
            },
            noon(),
        )
    })
}

/// Writes a step of the document that is due, which ends well.
fn step(world: &mut World, step: &str) -> DocumentKey {
    let row = world.store().claim_document(after(5)).unwrap().unwrap();
    world
        .store()
        .begin_document_step(&row, step, b"{}", after(1))
        .unwrap();
    row.key
}

fn ended<T>(
    world: &mut World,
    document: DocumentKey,
    also: impl FnOnce(&mut crate::Write<'_>) -> Result<T, StoreFault>,
) -> T {
    world
        .store()
        .end_document_step(document, "answered", after(2), also)
        .unwrap()
}

#[test]
fn what_comes_again_is_known_and_what_says_otherwise_is_put_aside() {
    let mut world = World::new();
    let key = new(&mut world, "ADJ1", -2);
    assert_eq!(
        took(&mut world, &counted("ADJ1", -2)),
        TookAdjustment::Known(key)
    );
    let another_reason = NewAdjustment {
        revision: 2,
        why: "lost",
        content: [9; 32],
        ..counted("ADJ1", -2)
    };
    assert_eq!(
        took(&mut world, &another_reason),
        TookAdjustment::Revised(key)
    );
    let row = world.store().reading().adjustment("ADJ1").unwrap().unwrap();
    assert_eq!((row.why.as_str(), row.units), ("lost", -2));
    let other_units = NewAdjustment {
        revision: 3,
        ..counted("ADJ1", -5)
    };
    assert_eq!(took(&mut world, &other_units), TookAdjustment::Changed(key));
    let row = world.store().reading().adjustment("ADJ1").unwrap().unwrap();
    assert_eq!(row.units, -2, "the first stays");
}

#[test]
fn a_document_takes_its_adjustments_and_no_other_can() {
    let mut world = World::new();
    let (one, two) = (new(&mut world, "ADJ1", -2), new(&mut world, "ADJ2", 3));
    intend(&mut world, "SB-1", 1, &[one, two]).unwrap();
    assert_eq!(state(&mut world, one), AdjustmentState::Posting);
    assert!(intend(&mut world, "SB-2", -2, &[one]).is_err());
    assert!(
        intend(&mut world, "SB-1", -2, &[]).is_err(),
        "a key serves once"
    );
    assert_eq!(world.count("stock_document"), 1);
}

#[test]
fn drafted_completed_and_read_back_its_adjustments_are_posted_with_the_levels_they_saw() {
    let mut world = World::new();
    let (one, two) = (new(&mut world, "ADJ1", -2), new(&mut world, "ADJ2", 3));
    let document = intend(&mut world, "SB-1", 1, &[one, two]).unwrap();
    step(&mut world, "draft");
    ended(&mut world, document, |w| {
        w.document_drafted(document, "a-task", "ST-00001", &[], after(2))
    });
    step(&mut world, "complete");
    let (ten, eleven) = (Decimal::from(10), Decimal::from(11));
    ended(&mut world, document, |w| {
        w.document_completed(document, &[(1, ten, eleven)], after(2))
    });
    assert_eq!(
        state(&mut world, one),
        AdjustmentState::Posting,
        "not before it was read back"
    );
    world
        .store()
        .write(|w| w.document_done(document, &[(1, eleven)], after(3)))
        .unwrap();

    let rows = world
        .store()
        .reading()
        .adjustments_of_document(document)
        .unwrap();
    let levels: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.state,
                row.before,
                row.after,
                row.document_number.as_str(),
            )
        })
        .collect();
    let eight = Some(Decimal::from(8));
    assert_eq!(
        levels,
        [
            (AdjustmentState::Posted, Some(ten), eight, "ST-00001"),
            (AdjustmentState::Posted, eight, Some(eleven), "ST-00001"),
        ]
    );
    assert!(world.store().claim_document(after(9)).unwrap().is_none());
}

#[test]
fn a_posted_adjustment_stays_posted_whoever_asks() {
    let mut world = World::new();
    let one = new(&mut world, "ADJ1", 3);
    let document = intend(&mut world, "SB-1", 3, &[one]).unwrap();
    step(&mut world, "draft");
    ended(&mut world, document, |w| {
        w.document_drafted(document, "t", "ST-1", &[], after(2))
    });
    step(&mut world, "complete");
    ended(&mut world, document, |w| {
        w.document_completed(document, &[(1, Decimal::ONE, Decimal::from(4))], after(2))
    });
    world
        .store()
        .write(|w| w.document_done(document, &[], after(3)))
        .unwrap();
    let by_force = world
        .store()
        .write(|w| {
            Ok(w.conn
                .execute("UPDATE adjustment SET state = 'new' WHERE key = 1", []))
        })
        .unwrap();
    assert!(by_force.unwrap_err().to_string().contains("stays posted"));
    assert!(intend(&mut world, "SB-2", 3, &[one]).is_err());
}

#[test]
fn a_step_cut_off_by_a_crash_is_looked_up_before_anything_else_of_that_product() {
    let mut world = World::new();
    let one = new(&mut world, "ADJ1", 3);
    let document = intend(&mut world, "SB-1", 3, &[one]).unwrap();
    step(&mut world, "draft");
    world.restart().unwrap();
    assert!(
        world.store().claim_document(after(5)).unwrap().is_none(),
        "nothing while it stands so"
    );

    assert_eq!(world.store().recover_documents(after(5)).unwrap(), 1);
    assert_eq!(state(&mut world, one), AdjustmentState::Unclear);
    let another = new(&mut world, "ADJ2", 1);
    intend(&mut world, "SB-2", 1, &[another]).unwrap();
    let claimed = world.store().claim_document(after(5)).unwrap().unwrap();
    assert_eq!(
        (claimed.key, claimed.state),
        (document, DocumentState::Unclear)
    );
}

#[test]
fn what_was_refused_is_given_back_each_by_itself() {
    let mut world = World::new();
    let (one, two) = (new(&mut world, "ADJ1", 2), new(&mut world, "ADJ2", 3));
    let document = intend(&mut world, "SB-1", 5, &[one, two]).unwrap();
    step(&mut world, "draft");
    let fails = DocumentFails {
        cause: "refused_by_cin7",
        detail: "Product was not found",
        owner: Some(domain::Owner::Office),
        due: after(60),
    };
    ended(&mut world, document, |w| {
        w.document_failed(document, &fails, after(2))?;
        w.release_document(document, true, after(2))
    });
    let due = world
        .store()
        .reading()
        .adjustments_due(after(3), 10)
        .unwrap();
    assert_eq!(due.len(), 2);
    assert!(
        due.iter()
            .all(|row| row.alone && row.state == AdjustmentState::New)
    );
}

#[test]
fn the_history_is_narrowed_and_paged_from_the_newest_on() {
    let mut world = World::new();
    for (n, id) in ["ADJ1", "ADJ2", "ADJ3"].into_iter().enumerate() {
        let mut one = counted(id, i64::try_from(n).unwrap() + 1);
        one.at = after(i64::try_from(n).unwrap());
        one.sku = if n == 1 { "OTHER" } else { one.sku };
        took(&mut world, &one);
    }
    let ids = |world: &mut World, filter: &AdjustmentFilter| -> Vec<String> {
        let rows = world.store().reading().adjustments(filter).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    let all = AdjustmentFilter {
        limit: 2,
        ..AdjustmentFilter::default()
    };
    assert_eq!(ids(&mut world, &all), ["ADJ3", "ADJ2"]);
    let last = world
        .store()
        .reading()
        .adjustment("ADJ2")
        .unwrap()
        .unwrap()
        .key;
    let next = AdjustmentFilter {
        after: Some(last),
        ..all.clone()
    };
    assert_eq!(ids(&mut world, &next), ["ADJ1"]);
    let of_one = AdjustmentFilter {
        sku: Some("OTHER".into()),
        ..all
    };
    assert_eq!(ids(&mut world, &of_one), ["ADJ2"]);
}
