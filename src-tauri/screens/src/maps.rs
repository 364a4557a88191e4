//! Mappings: what each map has, what orders wait for, what fits.

use engine::EngineFault;
use engine::views::Views;

use crate::shapes::{MapKind, MapsView};

/// One map: what orders wait for first, then what it has.
///
/// # Errors
/// The store's.
pub fn maps(look: &Views<'_>, kind: MapKind) -> Result<MapsView, EngineFault> {
    let _ = (look, kind);
    Err(EngineFault::wrong("not_yet", "", "Not made yet."))
}
