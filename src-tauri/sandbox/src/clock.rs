//! The world's clock. Both vendors share it; call limits are counted on another one,
//! which is real time unless the world is moved by hand.
//! The real time that has passed is told from outside: no clock is read here.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::http::Moment;

/// Furthest the world can be pushed by hand: a century, well inside what a date holds.
const PUSHED_MAX: Duration = Duration::from_hours(100 * 366 * 24);

/// How the world's time passes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Pace {
    /// This many world seconds in a real one.
    Times(f64),
    /// Only when told.
    Manual,
}

/// World time = base + real time passed at this pace × speed + what was added by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorldClock {
    pace: Pace,
    /// The world's time when this pace began, less what was added by hand.
    base: DateTime<Utc>,
    /// Real time that had passed when this pace began.
    #[serde(default)]
    paced_from: Duration,
    /// Added by control; never negative, the world does not go back.
    pushed: Duration,
    /// Real time passed since this run of the sandbox began.
    passed: Duration,
    /// Metered time before this run of the sandbox began.
    metered_before: Duration,
}

impl WorldClock {
    /// A clock that stands at `start`.
    pub fn new(start: DateTime<Utc>, pace: Pace) -> Self {
        Self {
            pace,
            base: start,
            paced_from: Duration::ZERO,
            pushed: Duration::ZERO,
            passed: Duration::ZERO,
            metered_before: Duration::ZERO,
        }
    }

    /// Tells the clock how much real time has passed since the sandbox began to serve.
    /// Less than before is ignored.
    pub fn pass(&mut self, real: Duration) {
        self.passed = self.passed.max(real);
    }

    /// The world's time.
    pub fn world(&self) -> DateTime<Utc> {
        self.base + self.run() + whole(self.pushed)
    }

    /// Time on the clock that call limits are counted in.
    pub fn metered(&self) -> Duration {
        let here = match self.pace {
            Pace::Times(_) => self.passed,
            Pace::Manual => self.pushed,
        };
        self.metered_before + here
    }

    /// Both, at this instant.
    pub fn moment(&self) -> Moment {
        Moment {
            world: self.world(),
            metered: self.metered(),
        }
    }

    /// How the world's time passes.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Goes on at another speed from here, 0 for standing still; the world's time does not
    /// jump. Call limits go on being counted in real time. A world that only moves when
    /// told keeps to that, and says so by `false`.
    pub fn set_speed(&mut self, speed: f64) -> bool {
        if self.pace == Pace::Manual {
            return false;
        }
        self.base += self.run();
        self.paced_from = self.passed;
        self.pace = Pace::Times(speed);
        true
    }

    /// Moves the world's time on.
    pub fn advance(&mut self, by: Duration) {
        self.pushed = self.pushed.saturating_add(by).min(PUSHED_MAX);
    }

    /// Moves the world's time to an instant; an earlier one than now is ignored.
    pub fn set(&mut self, to: DateTime<Utc>) {
        self.advance((to - self.world()).to_std().unwrap_or_default());
    }

    /// The same clock for a new run of the sandbox, `away` of real time after the last
    /// one ended: a world that keeps real time has gone on meanwhile.
    #[must_use]
    pub fn resumed(&self, pace: Pace, away: Duration) -> Self {
        let world = self.world();
        let (base, metered_before) = match pace {
            Pace::Times(speed) => (world + stretched(away, speed), self.metered() + away),
            Pace::Manual => (world, self.metered()),
        };
        Self {
            metered_before,
            ..Self::new(base, pace)
        }
    }

    fn run(&self) -> TimeDelta {
        match self.pace {
            Pace::Times(speed) => stretched(self.passed.saturating_sub(self.paced_from), speed),
            Pace::Manual => TimeDelta::zero(),
        }
    }
}

/// A span times a speed.
fn stretched(span: Duration, speed: f64) -> TimeDelta {
    let span = span.as_secs_f64() * speed;
    whole(Duration::try_from_secs_f64(span).unwrap_or_default())
}

/// The same span as the calendar counts it, to the microsecond.
fn whole(span: Duration) -> TimeDelta {
    TimeDelta::microseconds(i64::try_from(span.as_micros()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nine() -> DateTime<Utc> {
        "2026-11-24T09:00:00Z".parse().unwrap()
    }

    fn seconds(clock: &WorldClock) -> i64 {
        (clock.world() - nine()).num_seconds()
    }

    #[test]
    fn at_speed_sixty_a_minute_passes_in_a_second_but_calls_are_counted_in_real_time() {
        let mut clock = WorldClock::new(nine(), Pace::Times(60.0));
        clock.pass(Duration::from_secs(2));
        assert_eq!(seconds(&clock), 120);
        assert_eq!(clock.metered(), Duration::from_secs(2));
        clock.advance(Duration::from_hours(1));
        assert_eq!(seconds(&clock), 3720);
        assert_eq!(
            clock.metered(),
            Duration::from_secs(2),
            "control spares no call limit"
        );
    }

    #[test]
    fn another_speed_counts_from_here_and_never_makes_the_world_jump() {
        let mut clock = WorldClock::new(nine(), Pace::Times(10.0));
        clock.pass(Duration::from_secs(6));
        clock.advance(Duration::from_secs(5));
        assert!(clock.set_speed(0.0));
        clock.pass(Duration::from_mins(1));
        assert_eq!(seconds(&clock), 65, "it stands still");
        assert!(clock.set_speed(60.0));
        assert_eq!(seconds(&clock), 65, "it goes on from where it stood");
        clock.pass(Duration::from_secs(61));
        assert_eq!(seconds(&clock), 125);
        assert_eq!(
            clock.metered(),
            Duration::from_secs(61),
            "limits count real time"
        );
    }

    #[test]
    fn a_world_that_moves_when_told_takes_no_speed() {
        let mut clock = WorldClock::new(nine(), Pace::Manual);
        assert!(!clock.set_speed(10.0));
        assert_eq!(clock.pace(), Pace::Manual);
    }

    #[test]
    fn under_manual_only_control_moves_the_world_and_with_it_the_call_limit() {
        let mut clock = WorldClock::new(nine(), Pace::Manual);
        clock.pass(Duration::from_secs(500));
        assert_eq!((seconds(&clock), clock.metered()), (0, Duration::ZERO));
        clock.advance(Duration::from_secs(61));
        assert_eq!(
            (seconds(&clock), clock.metered()),
            (61, Duration::from_secs(61))
        );
    }

    #[test]
    fn the_world_never_goes_back() {
        let mut clock = WorldClock::new(nine(), Pace::Times(1.0));
        clock.pass(Duration::from_secs(10));
        clock.pass(Duration::from_secs(5));
        clock.set(nine());
        assert_eq!(seconds(&clock), 10);
        clock.set(nine() + TimeDelta::seconds(30));
        assert_eq!(seconds(&clock), 30);
    }

    #[test]
    fn after_a_restart_a_real_world_has_gone_on_and_a_manual_one_has_not() {
        let mut clock = WorldClock::new(nine(), Pace::Times(1.0));
        clock.pass(Duration::from_secs(10));
        let again = clock.resumed(Pace::Times(1.0), Duration::from_secs(5));
        assert_eq!(
            (seconds(&again), again.metered()),
            (15, Duration::from_secs(15))
        );
        let mut manual = clock.resumed(Pace::Manual, Duration::from_secs(5));
        assert_eq!(seconds(&manual), 10);
        manual.advance(Duration::from_secs(1));
        assert_eq!(
            (seconds(&manual), manual.metered()),
            (11, Duration::from_secs(11))
        );
    }
}
