//! The practice world's clock: as fast as the person wants, standing still if wanted, and
//! the same as the simulated vendors'. Calls to them are counted in real time all the same.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use engine::clock::SystemClock;
use tokio::sync::watch;
use tokio::time::Instant;
use vendor::{Clock, Pause};

/// What the clock showed at one real moment, and how fast it goes from there.
#[derive(Clone, Copy, Debug)]
struct Face {
    world: DateTime<Utc>,
    at: Instant,
    speed: u32,
}

impl Face {
    fn now(&self) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.at.elapsed()).unwrap_or_default();
        let speed = i32::try_from(self.speed).unwrap_or(i32::MAX);
        self.world + passed.checked_mul(speed).unwrap_or_default()
    }
}

/// See the module's head.
pub(crate) struct PracticeClock {
    face: watch::Sender<Face>,
    meter: Arc<dyn Clock>,
}

impl PracticeClock {
    /// A clock that shows `world` now and goes on at that speed; 0 stands still.
    pub(crate) fn new(world: DateTime<Utc>, speed: u32) -> Self {
        Self::counted_by(Arc::new(SystemClock), world, speed)
    }

    /// The same, with calls counted by that clock.
    pub(super) fn counted_by(meter: Arc<dyn Clock>, world: DateTime<Utc>, speed: u32) -> Self {
        let face = Face {
            world,
            at: Instant::now(),
            speed,
        };
        Self {
            face: watch::Sender::new(face),
            meter,
        }
    }

    /// World seconds in a real one.
    pub(crate) fn speed(&self) -> u32 {
        self.face.borrow().speed
    }

    /// Shows what the simulated vendors' clock shows, and goes on at its speed. Never goes
    /// back: what was written down a moment ago must not be of the future.
    pub(crate) fn follow(&self, world: DateTime<Utc>, speed: u32) {
        self.face.send_modify(|face| {
            *face = Face {
                world: world.max(face.now()),
                at: Instant::now(),
                speed,
            };
        });
    }
}

impl Clock for PracticeClock {
    fn now(&self) -> DateTime<Utc> {
        self.face.borrow().now()
    }

    fn sleep(&self, how_long: Duration) -> Pause<'_> {
        let how_long = TimeDelta::from_std(how_long).unwrap_or(TimeDelta::days(366));
        let until = self.now() + how_long;
        let mut faces = self.face.subscribe();
        Box::pin(async move {
            loop {
                let face = *faces.borrow_and_update();
                let left = (until - face.now()).to_std().unwrap_or_default();
                if left.is_zero() {
                    return;
                }
                let changed = faces.changed();
                if face.speed == 0 {
                    // The clock outlives whoever waits on it.
                    let _ = changed.await;
                } else {
                    tokio::select! {
                        _ = changed => {}
                        // A hair longer, so that it does not wake before its time.
                        () = tokio::time::sleep(left / face.speed + Duration::from_millis(1)) => {}
                    }
                }
            }
        })
    }

    fn meter(&self) -> Option<Arc<dyn Clock>> {
        Some(Arc::clone(&self.meter))
    }

    fn metered(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        // While the world stands still nothing becomes due; a wait then counts real time.
        let speed = i32::try_from(self.speed().max(1)).unwrap_or(i32::MAX);
        self.meter.now() + (at - self.now()) / speed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nine() -> DateTime<Utc> {
        "2026-11-24T09:00:00Z".parse().unwrap()
    }

    async fn seconds_pass(seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }

    fn shown(clock: &PracticeClock) -> i64 {
        (clock.now() - nine()).num_seconds()
    }

    #[tokio::test(start_paused = true)]
    async fn ten_times_as_fast_a_minute_is_six_seconds() {
        let clock = PracticeClock::new(nine(), 10);
        let began = Instant::now();
        clock.sleep(Duration::from_mins(1)).await;
        assert_eq!(began.elapsed().as_secs(), 6);
        assert_eq!(shown(&clock), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_is_woken_at_the_worlds_time_however_the_speed_changes() {
        let clock = Arc::new(PracticeClock::new(nine(), 1));
        let waiting = Arc::clone(&clock);
        let woken = tokio::spawn(async move {
            waiting.sleep(Duration::from_mins(10)).await;
            waiting.now()
        });
        seconds_pass(60).await;
        clock.follow(clock.now(), 0);
        seconds_pass(3_600).await;
        assert!(!woken.is_finished(), "the world stands still");
        clock.follow(clock.now(), 60);
        seconds_pass(10).await;
        let woken = (woken.await.unwrap() - nine()).num_seconds();
        assert!((600..=601).contains(&woken), "woken at {woken} s");
    }

    #[tokio::test(start_paused = true)]
    async fn the_world_is_never_set_back() {
        let clock = PracticeClock::new(nine(), 10);
        seconds_pass(6).await;
        clock.follow(nine(), 1);
        assert_eq!(shown(&clock), 60);
        clock.follow(nine() + TimeDelta::seconds(90), 1);
        assert_eq!(shown(&clock), 90);
    }

    #[test]
    fn calls_are_counted_in_real_seconds_and_a_wait_of_the_world_is_shorter_there() {
        let clock = PracticeClock::new(nine(), 10);
        let meter = clock.meter().unwrap();
        let wait = clock.metered(clock.now() + TimeDelta::seconds(60)) - meter.now();
        assert_eq!((wait.num_milliseconds() + 50) / 100, 60, "6 s, and not 60");
    }
}
