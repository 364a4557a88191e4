//! A few seeds of the simulation, in every test run; many are played by `cargo xtask
//! simulate`.

use stockbridge_tests::simulation::play;

#[test]
fn forty_seeds_keep_every_promise() {
    for seed in 1..=40 {
        let played = play(seed);
        assert!(
            played.broken.is_empty(),
            "seed {seed}: {:#?}\n{:#?}",
            played.broken,
            played.story
        );
    }
}

#[test]
fn a_seed_plays_the_same_day_twice() {
    let (one, two) = (play(7), play(7));
    assert_eq!(one.story, two.story);
    assert_eq!(
        (one.sales, one.at_whistl, one.deaths),
        (two.sales, two.at_whistl, two.deaths)
    );
}

#[test]
fn stock_compared_amid_heavy_movement_reports_no_difference_that_is_none() {
    for seed in 1..=12 {
        let moved = stockbridge_tests::movement::play(seed);
        assert!(
            moved.broken.is_empty(),
            "seed {seed}: {:#?}\n{:#?}",
            moved.broken,
            moved.story
        );
    }
}
