//! What needs someone: alerts and their lives, orders put off or given to another owner,
//! notes, whose turn it was for how long, and what a day came to. Which fact deserves an
//! alert, and who is shown what, is not decided here.

mod alerts;
mod days;
mod needs;
mod notes;
mod put_off;
mod turns;
mod upkeep;

pub use alerts::AlertRow;
pub use days::DayCount;
pub use needs::{NeedBy, NeedSum};
pub use notes::NoteRow;
pub use put_off::{Came, PutOffRow};
pub use turns::Spent;
