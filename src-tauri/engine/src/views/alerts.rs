//! Alerts as the views show them; what deserves one is judged in [`crate::attention`].

pub use crate::attention::{Alert, Facts, Level, alerts};
