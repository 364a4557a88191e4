//! What the stories are told with: a world of both vendors, the engine and a store in one
//! process, under one clock that a test moves and one seed.
//!
//! The stories themselves are in `tests/stories`; the long runs (simulation, crashes,
//! benchmarks) are programs in `src/bin`.

pub mod clock;
pub mod figures;
pub mod movement;
pub mod program;
pub mod promises;
pub mod seeds;
pub mod simulation;
pub mod stock_figures;
pub mod stock_promises;
#[cfg(target_os = "linux")]
pub mod window;
pub mod wire;
pub mod world;

pub use world::World;
