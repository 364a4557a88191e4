//! Connections: how each vendor is reached, and what a test of them found.

use engine::EngineFault;
use engine::views::Views;

use crate::shapes::{Checked, Connections};

/// Which credentials the keychain holds; never what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Cin7's account id.
    pub cin7_account: bool,
    /// Cin7's application key.
    pub cin7_key: bool,
    /// Whistl's key.
    pub whistl_key: bool,
}

/// How both vendors are reached.
///
/// # Errors
/// The store's.
pub fn connections(look: &Views<'_>, kept: Kept) -> Result<Connections, EngineFault> {
    let _ = (look, kept);
    Err(EngineFault::wrong("not_yet", "", "Not made yet."))
}

/// What a test found, in words.
pub fn checked(look: &Views<'_>, found: &engine::actions::Checked) -> Checked {
    let _ = look;
    crate::shapes::Checked {
        vendor: crate::shapes::VendorKind::Cin7,
        ok: false,
        tone: crate::shapes::Tone::Plain,
        title: String::new(),
        message: found.message.clone(),
        found: Vec::new(),
    }
}
