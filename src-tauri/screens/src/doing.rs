//! Actions at work: begun at once, told of as they go on, stopped between two orders.

use std::sync::Arc;

use engine::Engine;
use engine::views::Views;

use crate::lists::Lists;
use crate::shapes::{Act, Doing, UiError, Which};

/// The actions begun since the program started.
#[derive(Debug, Default)]
pub struct Doings {}

/// One action: what is to be done, and how far it is.
#[derive(Debug)]
pub struct Work {}

impl Doings {
    /// Puts an action down, to be carried out with [`Work::carry_out`].
    ///
    /// # Errors
    /// `order_unknown`, `list_gone`, `reason_missing`; the store's.
    pub fn begin(
        &self,
        look: &Views<'_>,
        lists: &Lists,
        act: Act,
        which: &Which,
        note: &str,
    ) -> Result<Arc<Work>, UiError> {
        let _ = (look, lists, act, which, note);
        Err(UiError::wrong("not_yet", "Not made yet."))
    }

    /// The action of that number.
    ///
    /// # Errors
    /// `action_unknown`.
    pub fn work(&self, action: u32) -> Result<Arc<Work>, UiError> {
        let _ = action;
        Err(UiError::wrong("not_yet", "Not made yet."))
    }
}

impl Work {
    /// How far it is.
    pub fn doing(&self) -> Doing {
        Doing {
            action: 0,
            act: Act::Recheck,
            total: 0,
            done: 0,
            current: String::new(),
            finished: true,
            orders: Vec::new(),
            untouched: 0,
            stopped_because: String::new(),
            summary: String::new(),
        }
    }

    /// Stops it before its next order.
    pub fn cancel(&self) {}

    /// Carries it out to its end; `moved` is called whenever [`Self::doing`] has changed,
    /// and with the last change. What went wrong is in `doing`, in words.
    pub async fn carry_out(&self, engine: &Engine, moved: &(dyn Fn() + Send + Sync)) {
        let _ = (engine, moved);
    }
}
