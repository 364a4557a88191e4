//! SQLite behind the words of the trade.

mod forms;
pub use forms::*;
