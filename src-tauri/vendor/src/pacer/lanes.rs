//! Who is next: the most urgent lane, and now and then the one that waited longest.
//! Pure; says nothing about when.

use std::collections::VecDeque;

use super::Lane;

/// Of so many turns given while less urgent lanes wait, one is theirs. With 55 calls a
/// minute this leaves more than 50 to orders, and 3 a minute to the rest.
pub(super) const SHARE: u32 = 16;

/// The callers that wait, by lane. A ticket is a caller's number in order of arrival.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    queues: [VecDeque<u64>; 5],
    /// By lane: the number at which it was last served.
    served: [u64; 5],
    /// Turns given to the most urgent lane in a row while another waited.
    passed_over: u32,
    /// Numbers arrivals and turns alike.
    sequence: u64,
}

impl Lanes {
    pub(super) fn join(&mut self, lane: Lane) -> u64 {
        self.sequence += 1;
        self.queues[lane as usize].push_back(self.sequence);
        self.sequence
    }

    pub(super) fn leave(&mut self, ticket: u64, lane: Lane) {
        self.queues[lane as usize].retain(|waiting| *waiting != ticket);
    }

    /// The ticket whose turn it is, if anybody waits.
    pub(super) fn next(&self) -> Option<u64> {
        let top = self.top()?;
        let lane = match self.longest_waiting_below(top) {
            Some(below) if self.passed_over + 1 >= SHARE => below,
            Some(_) | None => top,
        };
        self.queues[lane].front().copied()
    }

    /// The caller at the head of this lane has got its turn.
    pub(super) fn serve(&mut self, lane: Lane) {
        let lane = lane as usize;
        let top = self.top();
        self.queues[lane].pop_front();
        self.sequence += 1;
        self.served[lane] = self.sequence;
        if top != Some(lane) {
            self.passed_over = 0;
        } else if self.longest_waiting_below(lane).is_some() {
            self.passed_over += 1;
        }
    }

    pub(super) fn waiting(&self) -> usize {
        self.queues.iter().map(VecDeque::len).sum()
    }

    /// How many wait in this lane and in more urgent ones.
    pub(super) fn ahead_of(&self, lane: Lane) -> usize {
        self.queues[..=lane as usize]
            .iter()
            .map(VecDeque::len)
            .sum()
    }

    fn top(&self) -> Option<usize> {
        self.queues.iter().position(|queue| !queue.is_empty())
    }

    /// The less urgent lane that has had nothing for the longest time: since its first
    /// caller came, or since its last turn if that was later.
    fn longest_waiting_below(&self, top: usize) -> Option<usize> {
        (top + 1..self.queues.len())
            .filter_map(|lane| Some((lane, (*self.queues[lane].front()?).max(self.served[lane]))))
            .min_by_key(|(_, since)| *since)
            .map(|(lane, _)| lane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Serves one caller and says whose lane it was.
    fn serve(lanes: &mut Lanes) -> Lane {
        let next = lanes.next().unwrap();
        let lane = Lane::ALL
            .into_iter()
            .find(|lane| lanes.queues[*lane as usize].front() == Some(&next))
            .unwrap();
        lanes.serve(lane);
        lane
    }

    #[test]
    fn orders_go_before_everything_that_came_earlier() {
        let mut lanes = Lanes::default();
        for lane in Lane::ALL.into_iter().rev() {
            lanes.join(lane);
        }
        let order: Vec<Lane> = (0..5).map(|_| serve(&mut lanes)).collect();
        assert_eq!(order, Lane::ALL);
    }

    #[test]
    fn one_turn_in_sixteen_goes_round_the_lanes_that_orders_keep_waiting() {
        let mut lanes = Lanes::default();
        let mut served = [0_u32; 5];
        for _ in 0..SHARE * 40 {
            for lane in Lane::ALL {
                while lanes.queues[lane as usize].len() < 3 {
                    lanes.join(lane);
                }
            }
            served[serve(&mut lanes) as usize] += 1;
        }
        assert_eq!(served, [600, 10, 10, 10, 10]);
    }

    #[test]
    fn a_caller_that_gives_up_leaves_no_gap() {
        let mut lanes = Lanes::default();
        let first = lanes.join(Lane::Orders);
        let second = lanes.join(Lane::Orders);
        lanes.leave(first, Lane::Orders);
        assert_eq!(lanes.next(), Some(second));
        lanes.leave(second, Lane::Orders);
        assert_eq!(lanes.next(), None);
        assert_eq!(lanes.waiting(), 0);
    }
}
