//! What the owner sees: a sale with one fault or another, and what its card says. Here
//! are the ways of asking; the stories are told next door.

mod cards;
mod goes;
mod held;
mod table;

use super::world::{World, good_sale};
use super::{Fit, check};
use crate::{NoteCode, Reason, Sale};

type Tweak = fn(&mut Sale, &mut World);

fn looked_at(tweak: Tweak) -> (Sale, World) {
    let (mut sale, mut world) = (good_sale(), World::new());
    tweak(&mut sale, &mut world);
    (sale, world)
}

fn fit(tweak: Tweak) -> Fit {
    let (sale, world) = looked_at(tweak);
    match check(&sale, 1, &world.rules, &world) {
        Ok(fit) => fit,
        Err(held) => panic!("held for {:?}", held.into_reasons()),
    }
}

fn held(tweak: Tweak) -> Vec<Reason> {
    let (sale, world) = looked_at(tweak);
    match check(&sale, 1, &world.rules, &world) {
        Ok(fit) => panic!("let go with {fit:?}"),
        Err(held) => held.into_reasons(),
    }
}

fn the_hold(tweak: Tweak) -> Reason {
    let mut reasons = held(tweak);
    let reason = reasons.remove(0);
    assert_eq!(reasons, [], "one fault makes one reason");
    reason
}

/// The value with its marked parts in square brackets, as the card shows them.
fn marked(reason: &Reason) -> String {
    let mut text = String::new();
    for (at, c) in reason.value.chars().enumerate() {
        if reason.marks.iter().any(|&(start, _)| start == at) {
            text.push('[');
        }
        text.push(c);
        if reason.marks.iter().any(|&(_, end)| end == at + 1) {
            text.push(']');
        }
    }
    text
}

fn notes(fit: &Fit) -> Vec<(NoteCode, &str)> {
    fit.notes
        .iter()
        .map(|note| (note.code, note.text.as_str()))
        .collect()
}
