//! What a figure shows of a movement that was told about the time it was read.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::super::*;
use super::world::{World, at};

/// So many seconds after noon.
fn second(of_noon: i64) -> DateTime<Utc> {
    at("2026-10-24T12:00:00Z") + TimeDelta::seconds(of_noon)
}

fn told(began: i64, ended: i64) -> Telling {
    Telling {
        began: Some(second(began)),
        ended: Some(second(ended)),
    }
}

/// What a figure asked for at 100 and in hand at 102 shows.
fn shown(telling: Telling) -> InFigure {
    let read = Span {
        began: second(100),
        ended: second(102),
    };
    in_figure(telling, read)
}

#[test]
fn what_was_done_well_before_a_figure_was_asked_for_is_in_it() {
    assert_eq!(shown(told(80, 89)), InFigure::Yes);
    // By whom it was written, and when that began, does not matter then.
    let by_others = Telling {
        began: None,
        ended: Some(second(89)),
    };
    assert_eq!(shown(by_others), InFigure::Yes);
}

#[test]
fn what_began_once_the_figure_was_in_hand_is_not_in_it() {
    assert_eq!(shown(told(103, 106)), InFigure::No);
    let under_way = Telling {
        began: Some(second(103)),
        ended: None,
    };
    assert_eq!(shown(under_way), InFigure::No);
}

#[test]
fn what_was_done_shortly_before_is_in_it_if_the_list_does_not_lag() {
    for telling in [told(80, 90), told(80, 99)] {
        assert_eq!(shown(telling), InFigure::Likely, "{telling:?}");
    }
}

#[test]
fn what_was_written_meanwhile_may_be_in_it_or_not() {
    for telling in [told(95, 101), told(101, 103), told(102, 110), told(80, 100)] {
        assert_eq!(shown(telling), InFigure::Unclear, "{telling:?}");
    }
    let still_under_way = Telling {
        began: Some(second(50)),
        ended: None,
    };
    assert_eq!(shown(still_under_way), InFigure::Unclear);
    assert_eq!(shown(Telling::default()), InFigure::Unclear);
}

#[test]
fn times_that_contradict_each_other_say_nothing() {
    assert_eq!(shown(told(110, 80)), InFigure::Unclear);
    let read = Span {
        began: second(102),
        ended: second(100),
    };
    assert_eq!(in_figure(told(50, 60), read), InFigure::Unclear);
}

#[test]
fn figures_read_in_two_stretches_hold_both() {
    let (one, other) = (
        Span {
            began: second(1),
            ended: second(4),
        },
        Span {
            began: second(3),
            ended: second(5),
        },
    );
    let both = Span {
        began: second(1),
        ended: second(5),
    };
    assert_eq!(one.hull(other), both);
    assert_eq!(other.hull(one), both);
}

proptest! {
    /// Cin7's figure moves at some moment of a telling, shows up to [`LAG`] late, and is taken
    /// at some moment between question and answer: whatever those are, what is said of it is
    /// true, and what is said to be unclear could have been either.
    #[test]
    fn what_is_said_of_a_figure_is_true_of_it(
        read in (0..60_i64, 0..20_i64),
        writes in (-60..90_i64, 0..30_i64),
        open in prop::bool::ANY,
        moved in 0..=30_i64,
        late in 0..=10_i64,
        taken in 0..=20_i64,
    ) {
        let (asked, answered) = (read.0, read.0 + read.1);
        let (began, ended) = (writes.0, writes.0 + writes.1);
        let telling = Telling {
            began: Some(second(began)),
            ended: (!open).then(|| second(ended)),
        };
        let read = Span { began: second(asked), ended: second(answered) };
        let moved = began + if open { moved } else { moved.min(writes.1) };
        let taken = asked + taken.min(answered - asked);
        // One of one moment may come either way round.
        let shows = moved + late < taken;
        let shows_not = moved + late > taken;
        match in_figure(telling, read) {
            InFigure::Yes => prop_assert!(shows),
            InFigure::Likely => prop_assert!(shows || late > 0),
            InFigure::No => prop_assert!(shows_not),
            InFigure::Unclear => prop_assert!(began <= answered && (open || ended >= asked)),
        }
    }

    /// Tellings all around the moment at which the figure is taken: whatever Cin7's figure has
    /// of them by then, taking them as told or not by our times leaves nothing unexplained, and
    /// of one whose time is unclear one of both does.
    #[test]
    fn movements_told_while_the_figure_was_read_leave_no_difference(
        tellings in prop::collection::vec((-60..90_i64, 0..20_i64, 0..20_i64, -9..9_i64), 0..8),
        either in prop::bool::ANY,
        opening in 0..90_i64,
        asked in 0..60_i64,
        taken in 0..=3_i64,
    ) {
        let read = Span { began: second(asked), ended: second(asked + 3) };
        let (mut cin7, mut counted) = (opening, opening);
        let mut world = World::new();
        for (number, (began, length, moved, change)) in (1..).zip(tellings) {
            let told = match in_figure(told(began, began + length), read) {
                InFigure::Yes | InFigure::Likely => DespatchTold::Yes,
                InFigure::No => DespatchTold::No,
                InFigure::Unclear if either && world.unsettled.is_empty() => {
                    world.unsettled = vec!["MUG".into()];
                    DespatchTold::Half
                }
                InFigure::Unclear => continue,
            };
            cin7 += if began + moved.min(length) < asked + taken { change } else { 0 };
            counted += change;
            world = world.moved("MUG", number, change, Moved::Despatch(told));
        }
        let world = world.cin7("MUG", cin7, 0).whistl("MUG", counted, 0, 900_108);
        world.compared(|found| {
            let columns = found.rows[0].columns;
            prop_assert_eq!(columns.unexplained, 0);
            prop_assert_eq!(columns.cin7 + columns.in_flight + columns.pending, columns.counted);
            Ok(())
        })?;
    }
}
