//! The operating system's keychain, opened anew whenever it was not to be had: one that is
//! unlocked or started later is found, without the program having to be. A store that was
//! set by somebody else, as a test does, is left in place.

use std::sync::atomic::{AtomicBool, Ordering};

use keyring_core::{Error, get_default_store, set_default_store, unset_default_store};

/// Whether the store in use is the one opened here.
static OURS: AtomicBool = AtomicBool::new(false);

/// Sees to it that there is a keychain to ask. Blocks.
pub(crate) fn at_hand() -> Result<(), Error> {
    if get_default_store().is_some() {
        return Ok(());
    }
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(target_os = "windows")]
    let store = windows_native_keyring_store::Store::new()?;
    #[cfg(all(unix, not(target_os = "macos")))]
    let store = zbus_secret_service_keyring_store::Store::new()?;
    set_default_store(store);
    OURS.store(true, Ordering::SeqCst);
    Ok(())
}

/// It failed: the next question opens it anew.
pub(crate) fn let_go() {
    if OURS.swap(false, Ordering::SeqCst) {
        unset_default_store();
    }
}
