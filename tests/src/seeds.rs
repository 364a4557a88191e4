//! Plays many seeds on every core, and says how far it is.
#![expect(clippy::print_stdout, reason = "progress of the long runs")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Plays `seeds` seeds from `from` on, printing a line for each hundred. What each came to, in
/// no order, and how many seconds it took.
pub fn play_all<T: Send>(from: u64, seeds: u64, play: impl Fn(u64) -> T + Sync) -> (Vec<T>, f64) {
    let began = Instant::now();
    let next = AtomicU64::new(from);
    let all: Mutex<Vec<T>> = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= from + seeds {
                        return;
                    }
                    let played = play(seed);
                    let mut all = all.lock().expect("no thread fails while holding it");
                    all.push(played);
                    if all.len().is_multiple_of(100) {
                        println!(
                            "{} of {seeds} seeds, {:.0} s",
                            all.len(),
                            began.elapsed().as_secs_f64()
                        );
                    }
                }
            });
        }
    });
    let all = all.into_inner().expect("no thread fails while holding it");
    (all, began.elapsed().as_secs_f64())
}
