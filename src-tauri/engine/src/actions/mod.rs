//! What a person can ask for: connect and check, recheck, resend, withdraw, map, pause.
//! Each goes through the same runs as the schedule, and each is journalled with a name.

mod adjustments;
mod attention;
mod connect;
mod credentials;
mod despatches;
mod drift;
mod finance;
mod maps;
mod mode;
mod orders;
mod pause;
mod read_back;
mod saved;

pub use adjustments::{Word as AdjustmentWord, adjustment_refusal};
pub use connect::{Checked, EngineProblem, Standing as ConnectionStanding, Why};
pub use credentials::{NewCin7, NewWhistl, Taking, Tried};
pub use drift::{DriftDone, DriftWord};
pub use finance::SignedOff;
pub use maps::{MapFault, Mapped};
pub(crate) use orders::state_word;
pub use orders::{Acted, ActionReport, Deed, Progress, Refusal, Unwatched, Which, refusal};
pub use pause::SendingPause;
pub(crate) use pause::{pause_in, paused};
pub use read_back::ReadBackSettled;
pub use saved::Saved;
