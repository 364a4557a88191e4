//! Chance for the generator: one seed, one stream of numbers a topic, so that more
//! orders do not change the catalogue. Written out here rather than taken from a
//! library's ranges, whose draws may differ from one release to the next.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of numbers that only seed and topic decide.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of a topic; any two topics are independent.
    pub(super) fn new(seed: u64, topic: u64) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(topic);
        Self(stream)
    }

    /// A number from 0 to just below `end`; 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // Multiply and shift: the bias at these sizes is below one in 10^15.
        let wide = u128::from(self.0.next_u64()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number from `first` to `last`, both included.
    pub(super) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// One of the things offered; the list must not be empty.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One of the things offered, as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, usize)]) -> T {
        let mut at = self.below(from.iter().map(|(_, weight)| weight).sum());
        let found = from.iter().position(|(_, weight)| {
            let here = at < *weight;
            at = at.saturating_sub(*weight);
            here
        });
        from[found.unwrap_or_default()].0
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// That many decimal digits.
    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or(0)))
            .collect()
    }

    /// Which `wanted` of `total` places are chosen: exactly that many are true.
    pub(super) fn choose(&mut self, wanted: usize, total: usize) -> Vec<bool> {
        let mut chosen: Vec<bool> = (0..total).map(|place| place < wanted).collect();
        for place in (1..total).rev() {
            chosen.swap(place, self.below(place + 1));
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_and_topic_give_one_stream_on_every_machine() {
        let mut dice = Dice::new(7, 2);
        let drawn: Vec<_> = (0..6).map(|_| dice.below(1000)).collect();
        let mut again = Dice::new(7, 2);
        assert_eq!(drawn, (0..6).map(|_| again.below(1000)).collect::<Vec<_>>());
        let mut other = Dice::new(7, 3);
        assert_ne!(drawn, (0..6).map(|_| other.below(1000)).collect::<Vec<_>>());
    }

    #[test]
    fn weights_decide_and_exactly_as_many_are_chosen_as_wanted() {
        let mut dice = Dice::new(1, 1);
        let rare = (0..1000)
            .filter(|_| dice.weighted(&[(true, 1), (false, 9)]))
            .count();
        assert!((50..200).contains(&rare), "{rare}");
        assert_eq!(
            dice.choose(3, 50).iter().filter(|chosen| **chosen).count(),
            3
        );
        assert!((0..100).all(|_| dice.between(2, 4) <= 4));
    }
}
