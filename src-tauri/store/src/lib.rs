//! SQLite behind the words of the trade.

mod fault;
mod forms;
mod interface;
mod seal;

pub use fault::StoreFault;
pub use forms::*;
pub use interface::*;
pub use seal::StoreKey;
