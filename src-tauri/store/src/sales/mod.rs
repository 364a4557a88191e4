//! Sales: where each stands and what is known of it. Why it is held stands in `holds`, how
//! lists are made in `orders`.

mod clear;
mod notice;
mod read;
mod row;
mod seen;
mod write;

pub use clear::ClearedSales;
pub use notice::ListingSeen;
#[cfg(test)]
pub(crate) use row::COLUMNS;
pub(crate) use row::{owner, reference, sale_number};
