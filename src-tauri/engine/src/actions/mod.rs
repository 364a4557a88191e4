//! What a person can ask for: connect and check, recheck, resend, withdraw, map, pause.
//! Each goes through the same runs as the schedule, and each is journalled with a name.

mod connect;
mod maps;
mod orders;
mod pause;

pub use connect::{Checked, Standing as ConnectionStanding};
pub use maps::{MapFault, Mapped};
pub(crate) use orders::state_word;
pub use orders::{Acted, ActionReport, Which};
pub use pause::SendingPause;
pub(crate) use pause::paused;
