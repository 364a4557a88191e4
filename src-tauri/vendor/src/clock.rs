//! The one clock, passed in. Only the mains ask the system what time it is.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// A wait that ends when the clock says so.
pub type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Tells the time and waits for it.
pub trait Clock: Send + Sync {
    /// Now, UTC.
    fn now(&self) -> DateTime<Utc>;
    /// Ends after this long on this clock.
    fn sleep(&self, how_long: Duration) -> Pause<'_>;
    /// The clock that vendors count calls by, where it is another one: in practice the
    /// world may run fast, and a limit still counts real seconds.
    fn meter(&self) -> Option<Arc<dyn Clock>> {
        None
    }
    /// What the clock that vendors count by will show when this one shows `at`.
    fn metered(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at
    }
}
