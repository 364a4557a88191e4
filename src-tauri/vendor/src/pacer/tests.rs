//! The pacer under a simulated clock: what the vendor would count, at its end.

use chrono::{TimeDelta, TimeZone};
use proptest::prelude::*;
use tokio::time::Instant;

use super::lanes::SHARE;
use super::*;
use crate::Pause;

/// Tokio's own time as a clock; `set_back` moves it as a person might.
struct Simulated {
    origin: Instant,
    set_back: Mutex<TimeDelta>,
}

impl Simulated {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            origin: Instant::now(),
            set_back: Mutex::new(TimeDelta::zero()),
        })
    }

    /// Time passed, whatever the clock was set to.
    fn passed(&self) -> Duration {
        self.origin.elapsed()
    }
}

impl Clock for Simulated {
    fn now(&self) -> DateTime<Utc> {
        let start = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap();
        start + TimeDelta::from_std(self.passed()).unwrap() - *self.set_back.lock().unwrap()
    }

    fn sleep(&self, how_long: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(how_long))
    }
}

#[derive(Default)]
struct Kept(Mutex<Vec<DateTime<Utc>>>);

impl CallLedger for Kept {
    fn begun(&self, _: Lane, at: DateTime<Utc>) {
        self.0.lock().unwrap().push(at);
    }
}

/// The most arrivals in any `span` that contains its beginning and not its end.
fn most_in_any(span: Duration, arrivals: &[Duration]) -> usize {
    let mut arrivals = arrivals.to_vec();
    arrivals.sort_unstable();
    let within = |from: usize| {
        arrivals[from..]
            .iter()
            .take_while(|at| **at < arrivals[from] + span)
            .count()
    };
    (0..arrivals.len()).map(within).max().unwrap_or(0)
}

const MINUTE: Duration = Duration::from_mins(1);

async fn instant_calls(pacer: &Pacer, clock: &Simulated, calls: usize) -> Vec<Duration> {
    let mut at = Vec::new();
    for _ in 0..calls {
        let turn = pacer.turn(Lane::Orders).await;
        at.push(clock.passed());
        turn.done();
    }
    at
}

#[tokio::test(start_paused = true)]
async fn after_an_idle_minute_a_whole_windowful_goes_at_once_and_the_next_waits() {
    let clock = Simulated::new();
    let pacer = Pacer::new(55, 1, clock.clone());
    let at = instant_calls(&pacer, &clock, 56).await;
    assert_eq!(at[54], Duration::ZERO);
    assert!(
        at[55] > MINUTE && at[55] < Duration::from_secs(61),
        "{:?}",
        at[55]
    );
}

#[tokio::test(start_paused = true)]
async fn an_order_finds_room_at_once_while_other_work_uses_up_the_rest() {
    let clock = Simulated::new();
    let pacer = Pacer::new(55, 1, clock.clone());
    let mut confirmed = Vec::new();
    for _ in 0..50 {
        let turn = pacer.turn(Lane::Despatches).await;
        confirmed.push(clock.passed());
        turn.done();
    }
    assert_eq!(confirmed[49], Duration::ZERO);
    let another = pacer.turn(Lane::Despatches);
    tokio::pin!(another);
    let a_while = tokio::time::timeout(Duration::from_secs(10), &mut another).await;
    assert!(a_while.is_err(), "five calls are kept for orders");

    let at = instant_calls(&pacer, &clock, 5).await;
    assert_eq!(at, [Duration::from_secs(10); 5]);
    another.await.done();
    assert!(
        clock.passed() < Duration::from_secs(61),
        "nor is more kept than that"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_counts_until_a_minute_after_its_end_because_it_may_have_arrived_then() {
    let clock = Simulated::new();
    let pacer = Pacer::new(1, 2, clock.clone());
    let turn = pacer.turn(Lane::Orders).await;
    tokio::time::sleep(Duration::from_secs(25)).await;
    turn.done();
    let at = instant_calls(&pacer, &clock, 1).await;
    assert!(at[0] > Duration::from_secs(85), "{:?}", at[0]);
}

#[tokio::test(start_paused = true)]
async fn never_more_calls_are_under_way_than_agreed() {
    let clock = Simulated::new();
    let pacer = Pacer::new(100, 2, clock.clone());
    let first = pacer.turn(Lane::Orders).await;
    let _second = pacer.turn(Lane::Orders).await;
    let third = pacer.turn(Lane::Orders);
    tokio::pin!(third);
    let early = tokio::time::timeout(Duration::from_mins(5), &mut third).await;
    assert!(
        early.is_err(),
        "a third call began while two were under way"
    );
    first.done();
    let _third = third.await;
}

#[tokio::test(start_paused = true)]
async fn a_refusal_stops_every_lane_and_a_shorter_one_does_not_shorten_it() {
    let clock = Simulated::new();
    let pacer = Pacer::new(55, 1, clock.clone());
    pacer.pause_until(clock.now() + TimeDelta::seconds(60));
    pacer.pause_until(clock.now() + TimeDelta::seconds(10));
    assert_eq!(pacer.would_wait(Lane::Background), MINUTE);
    assert_eq!(instant_calls(&pacer, &clock, 1).await, [MINUTE]);
    assert_eq!(pacer.usage(clock.now()).paused_until, None);
}

#[tokio::test(start_paused = true)]
async fn somebody_who_wants_to_know_now_need_not_sit_out_a_pause() {
    let clock = Simulated::new();
    let pacer = Pacer::new(55, 1, clock.clone());
    pacer.pause_until(clock.now() + TimeDelta::minutes(5));
    let waiting = tokio::spawn({
        let pacer = pacer.clone();
        async move { pacer.turn(Lane::Orders).await.done() }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    pacer.end_pause();
    waiting.await.unwrap();
    assert_eq!(clock.passed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_takes_nobody_elses_turn_along() {
    let clock = Simulated::new();
    let pacer = Pacer::new(1, 1, clock.clone());
    pacer.turn(Lane::Orders).await.done();
    let patient = tokio::spawn({
        let pacer = pacer.clone();
        async move { pacer.turn(Lane::Background).await.done() }
    });
    // The impatient one is before the patient one when it leaves.
    let impatient = tokio::time::timeout(Duration::from_secs(30), pacer.turn(Lane::Orders)).await;
    assert!(impatient.is_err());
    patient.await.unwrap();
    assert!(
        clock.passed() < Duration::from_secs(61),
        "{:?}",
        clock.passed()
    );
    assert_eq!(pacer.usage(clock.now()).waiting, 0);
}

/// Callers of three lanes wait and the window is full; it is the lower lanes' turn, and
/// the lowest of them counts the time. Then an order joins, and by that the middle lane
/// becomes the next one.
#[tokio::test(start_paused = true)]
async fn a_caller_that_becomes_the_next_one_because_another_joins_is_told() {
    let clock = Simulated::new();
    let pacer = Pacer::new(SHARE, 1, clock.clone());
    let mut tasks = tokio::task::JoinSet::new();
    let mut join = |lane| {
        let pacer = pacer.clone();
        tasks.spawn(async move { pacer.turn(lane).await.done() });
    };
    let first = pacer.turn(Lane::Orders).await;
    for _ in 1..SHARE {
        join(Lane::Orders);
    }
    join(Lane::Despatches);
    join(Lane::Background);
    tokio::task::yield_now().await;
    first.done();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(pacer.usage(clock.now()).waiting, 2);
    join(Lane::Orders);

    let all = async { while tasks.join_next().await.is_some() {} };
    let all = tokio::time::timeout(Duration::from_mins(10), all).await;
    assert!(all.is_ok(), "{:?}", pacer.usage(clock.now()));
    assert!(
        clock.passed() < Duration::from_secs(62),
        "{:?}",
        clock.passed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_half_way_ends_there() {
    let clock = Simulated::new();
    let pacer = Pacer::new(1, 1, clock.clone());
    let call = async {
        let _turn = pacer.turn(Lane::Orders).await;
        std::future::pending::<()>().await;
    };
    let _ = tokio::time::timeout(Duration::from_secs(5), call).await;
    let at = instant_calls(&pacer, &clock, 1).await;
    assert_eq!(at[0].as_millis(), 65_250);
}

#[tokio::test(start_paused = true)]
async fn a_higher_limit_helps_those_who_wait_at_once() {
    let clock = Simulated::new();
    let pacer = Pacer::new(1, 1, clock.clone());
    pacer.turn(Lane::Orders).await.done();
    let waiting = tokio::spawn({
        let pacer = pacer.clone();
        async move { pacer.turn(Lane::Orders).await.done() }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    pacer.set_limit(2);
    waiting.await.unwrap();
    assert_eq!(clock.passed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_clock_set_back_frees_no_turn_early_and_delays_none_by_hours() {
    let clock = Simulated::new();
    let pacer = Pacer::new(2, 1, clock.clone());
    instant_calls(&pacer, &clock, 2).await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    *clock.set_back.lock().unwrap() = TimeDelta::hours(5);
    let at = instant_calls(&pacer, &clock, 1).await;
    assert!(at[0] > MINUTE, "{:?}", at[0]);
    // The 20 s before anybody looked at the clock again are lost, and no more.
    assert!(at[0] < Duration::from_secs(81), "{:?}", at[0]);
}

#[tokio::test(start_paused = true)]
async fn a_burst_is_spread_even_when_the_minute_has_room() {
    let clock = Simulated::new();
    let pacer = Pacer::new(120, 4, clock.clone()).with_burst(20, Duration::from_secs(10));
    let at = instant_calls(&pacer, &clock, 130).await;
    assert_eq!(most_in_any(Duration::from_secs(10), &at), 20);
    assert_eq!(most_in_any(MINUTE, &at), 120);
}

#[tokio::test(start_paused = true)]
async fn a_full_burst_is_told_as_a_wait_before_anybody_asks_for_a_turn() {
    let clock = Simulated::new();
    let pacer = Pacer::new(120, 4, clock.clone()).with_burst(2, Duration::from_secs(10));
    pacer.turn(Lane::Orders).await.done();
    assert_eq!(pacer.would_wait(Lane::Orders), Duration::ZERO);
    pacer.turn(Lane::Orders).await.done();
    assert_eq!(
        pacer.would_wait(Lane::Orders),
        Duration::from_millis(10_250)
    );
}

#[tokio::test(start_paused = true)]
async fn usage_and_the_expected_wait_tell_what_will_happen() {
    let clock = Simulated::new();
    let pacer = Pacer::new(3, 1, clock.clone());
    pacer.turn(Lane::Orders).await.done();
    pacer.turn(Lane::Stock).await.done();
    assert_eq!(pacer.would_wait(Lane::Orders), Duration::ZERO);
    let under_way = pacer.turn(Lane::Orders).await;
    let usage = pacer.usage(clock.now());
    assert_eq!((usage.used, usage.limit), (3, 3));
    assert_eq!(usage.by_lane[0], (Lane::Orders, 2));
    assert_eq!(usage.by_lane[2], (Lane::Stock, 1));
    assert_eq!(
        pacer.would_wait(Lane::Orders),
        Duration::from_millis(60_250)
    );
    drop(under_way);
    tokio::time::sleep(Duration::from_secs(50)).await;
    assert_eq!(
        pacer.would_wait(Lane::Orders),
        Duration::from_millis(10_250)
    );
    tokio::time::sleep(Duration::from_secs(50)).await;
    assert_eq!(pacer.usage(clock.now()).used, 0);
}

#[tokio::test(start_paused = true)]
async fn after_a_restart_what_was_called_before_still_counts() {
    let clock = Simulated::new();
    let kept = Arc::new(Kept::default());
    let pacer = Pacer::new(3, 1, clock.clone()).with_ledger(kept.clone());
    for seconds in [10, 10, 10] {
        pacer.turn(Lane::Orders).await.done();
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
    // Begun at 0, 10 and 20 s; now it is 30 s. The first two had ended when the next
    // began, so they count to 70 and 80 s; the last may have ended only now.
    let again = Pacer::new(3, 1, clock.clone());
    again.restore(kept.0.lock().unwrap().clone());
    assert_eq!(again.usage(clock.now()).used, 3);
    let at = instant_calls(&again, &clock, 3).await;
    let millis: Vec<u128> = at.iter().map(Duration::as_millis).collect();
    assert_eq!(millis, [70_250, 80_250, 90_250]);
}

#[tokio::test(start_paused = true)]
async fn calls_of_last_week_do_not_slow_a_restart() {
    let clock = Simulated::new();
    let pacer = Pacer::new(2, 4, clock.clone());
    pacer.restore(
        (0..500)
            .map(|n| clock.now() - TimeDelta::days(7) + TimeDelta::seconds(n))
            .collect(),
    );
    assert_eq!(pacer.usage(clock.now()).used, 0);
}

/// Longer than any queue of these tests: a turn that has not come by then never comes.
const PATIENT_MS: u64 = 24 * 3_600_000;

/// One caller of the property test.
#[derive(Clone, Debug)]
struct Caller {
    lane: usize,
    /// When it asks for a turn.
    asks_ms: u64,
    /// From its turn to the arrival at the vendor.
    travels_ms: u64,
    /// From the arrival to the end.
    answers_ms: u64,
    /// Gives up waiting after this long.
    patience_ms: u64,
}

fn caller() -> impl Strategy<Value = Caller> {
    let patience = prop_oneof![4 => Just(PATIENT_MS), 1 => 0_u64..120_000];
    (
        0_usize..5,
        0_u64..200_000,
        0_u64..8_000,
        0_u64..30_000,
        patience,
    )
        .prop_map(
            |(lane, asks_ms, travels_ms, answers_ms, patience_ms)| Caller {
                lane,
                asks_ms,
                // Most calls are quick.
                travels_ms: if travels_ms % 3 == 0 {
                    travels_ms
                } else {
                    travels_ms % 50
                },
                answers_ms: if answers_ms % 5 == 0 {
                    answers_ms
                } else {
                    answers_ms % 300
                },
                patience_ms,
            },
        )
}

async fn make_call(
    caller: Caller,
    pacer: Pacer,
    clock: Arc<Simulated>,
    arrivals: Arc<Mutex<Vec<Duration>>>,
) {
    let asks = Duration::from_millis(caller.asks_ms);
    tokio::time::sleep(asks.saturating_sub(clock.passed())).await;
    let patience = Duration::from_millis(caller.patience_ms);
    let turn = pacer.turn(Lane::ALL[caller.lane]);
    let Ok(turn) = tokio::time::timeout(patience, turn).await else {
        return;
    };
    tokio::time::sleep(Duration::from_millis(caller.travels_ms)).await;
    arrivals.lock().unwrap().push(clock.passed());
    tokio::time::sleep(Duration::from_millis(caller.answers_ms)).await;
    turn.done();
}

/// Plays all callers, killing the process at each of `kills` (milliseconds), and gives
/// the arrivals at the vendor.
async fn play(
    limit: u32,
    in_flight: usize,
    burst: Option<(u32, Duration)>,
    callers: Vec<Caller>,
    kills: Vec<u64>,
) -> Vec<Duration> {
    let clock = Simulated::new();
    let kept = Arc::new(Kept::default());
    let arrivals = Arc::new(Mutex::new(Vec::new()));
    let mut kills = kills.into_iter();
    loop {
        let mut pacer = Pacer::new(limit, in_flight, clock.clone()).with_ledger(kept.clone());
        if let Some((calls, per)) = burst {
            pacer = pacer.with_burst(calls, per);
        }
        pacer.restore(kept.0.lock().unwrap().clone());
        let mut tasks = tokio::task::JoinSet::new();
        for caller in callers.clone() {
            tasks.spawn(make_call(
                caller,
                pacer.clone(),
                clock.clone(),
                arrivals.clone(),
            ));
        }
        let Some(kill) = kills.next() else {
            while tasks.join_next().await.is_some() {}
            break;
        };
        tokio::time::sleep(Duration::from_millis(kill).saturating_sub(clock.passed())).await;
        tasks.shutdown().await;
    }
    arrivals.lock().unwrap().clone()
}

fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(story)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// P12: never more than the limit arrive in any 60 s, restarts included.
    #[test]
    fn no_minute_at_the_vendor_ever_sees_more_calls_than_the_limit(
        limit in 1_u32..12,
        in_flight in 1_usize..5,
        callers in prop::collection::vec(caller(), 1..60),
        mut kills in prop::collection::vec(0_u64..200_000, 0..4),
    ) {
        kills.sort_unstable();
        let arrivals = run(play(limit, in_flight, None, callers, kills));
        prop_assert!(most_in_any(MINUTE, &arrivals) <= limit as usize);
    }

    #[test]
    fn no_burst_at_the_vendor_is_ever_larger_than_agreed(
        burst in 1_u32..6,
        callers in prop::collection::vec(caller(), 1..60),
        kill in 0_u64..200_000,
    ) {
        let per = Duration::from_secs(10);
        let arrivals = run(play(30, 4, Some((burst, per)), callers, vec![kill]));
        prop_assert!(most_in_any(per, &arrivals) <= burst as usize);
        prop_assert!(most_in_any(MINUTE, &arrivals) <= 30);
    }

    #[test]
    fn every_caller_that_is_patient_gets_its_turn(
        limit in 1_u32..12,
        in_flight in 1_usize..5,
        callers in prop::collection::vec(caller(), 1..60),
    ) {
        let patient: Vec<Caller> =
            callers.into_iter().map(|c| Caller { patience_ms: PATIENT_MS, ..c }).collect();
        let many = patient.len();
        prop_assert_eq!(run(play(limit, in_flight, None, patient, Vec::new())).len(), many);
    }
}

#[test]
fn however_many_orders_wait_the_other_lanes_move_every_minute() {
    let order = Caller {
        lane: 0,
        asks_ms: 0,
        travels_ms: 0,
        answers_ms: 0,
        patience_ms: PATIENT_MS,
    };
    run(async {
        let clock = Simulated::new();
        let pacer = Pacer::new(55, 1, clock.clone());
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..600 {
            tasks.spawn(make_call(
                order.clone(),
                pacer.clone(),
                clock.clone(),
                arrivals.clone(),
            ));
        }
        // By now all orders wait.
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(pacer.usage(clock.now()).waiting, 600 - 55);
        for lane in [1, 2, 3, 4] {
            let other = Caller {
                lane,
                ..order.clone()
            };
            make_call(other, pacer.clone(), clock.clone(), Arc::default()).await;
        }
        assert!(
            clock.passed() < Duration::from_secs(125),
            "{:?}",
            clock.passed()
        );
        while tasks.join_next().await.is_some() {}
        // Orders themselves lost next to nothing by it: 604 calls at 55 a minute.
        assert!(
            clock.passed() < Duration::from_secs(11 * 61),
            "{:?}",
            clock.passed()
        );
    });
}
