//! Opens the store with the key it was made with. Everything here may reach the keychain,
//! and everything reads the disk: all of it blocks.

use std::path::Path;

use chrono::{DateTime, Utc};
use store::{Durability, Options, Reading, Store, StoreFault, StoreKey};

use crate::fault::HomeFault;
use crate::secrets::Keeper;

/// The store with the right to write, made if there is none yet, its key too. `program`
/// is what a second copy is told holds the folder. Blocks.
///
/// # Errors
/// The keychain's; [`HomeFault::KeyMissing`] of a sealed store whose key is gone; the
/// store's own, with [`StoreFault::LockedBy`] when another copy writes.
pub fn writing_store(
    folder: &Path,
    keeper: Keeper,
    now: DateTime<Utc>,
    program: &str,
) -> Result<Store, HomeFault> {
    let key = writing_key(folder, keeper)?;
    Ok(open_store(folder, Some(key), now, program)?)
}

/// The store with the right to write, under a key already at hand. With none only what is
/// not sealed can be read or written. Blocks, but not on the keychain.
///
/// # Errors
/// The store's own.
pub fn open_store(
    folder: &Path,
    key: Option<StoreKey>,
    now: DateTime<Utc>,
    program: &str,
) -> Result<Store, StoreFault> {
    let options = Options {
        durability: Durability::Full,
        program,
        now,
    };
    Store::open(folder, key, options)
}

/// The store to read from, also beside a copy that writes. Without its key what is not
/// sealed can still be seen. Blocks.
///
/// # Errors
/// The keychain's; the store's own, with [`StoreFault::Absent`] where nothing has been
/// stored yet.
pub fn reading_store(folder: &Path, keeper: Keeper) -> Result<Reading, HomeFault> {
    Ok(Reading::open(folder, keeper.store_key()?)?)
}

/// The store's key, made on first use. Never a second one for a store that has its own: a
/// key made anew would only hide that the old one is gone.
fn writing_key(folder: &Path, keeper: Keeper) -> Result<StoreKey, HomeFault> {
    if let Some(key) = keeper.store_key()? {
        return Ok(key);
    }
    match Reading::open(folder, Some(StoreKey::generate())) {
        Err(StoreFault::KeyWrong) => Err(keeper.store_key_gone()),
        _ => keeper.first_store_key(),
    }
}
