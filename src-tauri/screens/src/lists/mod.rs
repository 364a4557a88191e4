//! The lists of orders: frozen when opened, so that nothing moves under the hand, and live in
//! what each row says.

use engine::views::Views;

use crate::shapes::{ListFilter, ListNews, ListOpened, OrderRow, UiError};

/// The lists that are open; at most eight, the longest unused of which is dropped first.
#[derive(Debug, Default)]
pub struct Lists {}

impl Lists {
    /// Opens a list: which orders, in which order, from now on.
    ///
    /// # Errors
    /// The store's.
    pub fn open(&self, look: &Views<'_>, filter: &ListFilter) -> Result<ListOpened, UiError> {
        let _ = (look, filter);
        Err(UiError::wrong("not_yet", "Not made yet."))
    }

    /// The rows of an open list from the given place on, as they are now; at most 200.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn rows(
        &self,
        look: &Views<'_>,
        list: u32,
        from: u32,
        count: u32,
    ) -> Result<Vec<OrderRow>, UiError> {
        let _ = (look, list, from, count);
        Err(UiError::wrong("not_yet", "Not made yet."))
    }

    /// What an open list misses by now.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn news(&self, look: &Views<'_>, list: u32) -> Result<ListNews, UiError> {
        let _ = (look, list);
        Err(UiError::wrong("not_yet", "Not made yet."))
    }
}
