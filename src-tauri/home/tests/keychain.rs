//! The keychain's part of the story, told with a keychain in memory. A real one is used in
//! the stories of the whole program.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use home::{CIN7_KEY, HomeFault, Keeper, STORE_KEY, WHISTL_KEY};
use secrecy::{ExposeSecret as _, SecretString};
use store::{Store, StoreFault};

/// The process has one default keychain: stories take turns with it.
static TURN: Mutex<()> = Mutex::new(());

/// Tells a story with an empty keychain of its own.
fn with_an_empty_keychain(story: impl FnOnce(Keeper)) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let empty = keyring_core::mock::Store::new().unwrap_or_else(|error| panic!("{error}"));
    keyring_core::set_default_store(empty);
    story(Keeper::keychain());
    keyring_core::unset_default_store();
}

fn open(folder: &Path, keeper: Keeper) -> Result<Store, HomeFault> {
    let now: DateTime<Utc> = DateTime::UNIX_EPOCH;
    home::writing_store(folder, keeper, now, "a story")
}

fn text(secret: Option<SecretString>) -> Option<String> {
    secret.map(|secret| secret.expose_secret().to_owned())
}

#[test]
fn what_is_put_is_there_until_it_is_forgotten() {
    with_an_empty_keychain(|keeper| {
        let key = SecretString::from("planted-key");
        assert_eq!(text(keeper.get(CIN7_KEY).expect("answers")), None);

        keeper.put(CIN7_KEY, &key).expect("kept");

        let vendors = keeper.vendors().expect("answers");
        assert_eq!(text(vendors.cin7_key).as_deref(), Some("planted-key"));
        assert_eq!(text(vendors.whistl_key), None);
        keeper.forget(CIN7_KEY).expect("forgotten");
        assert_eq!(text(keeper.get(CIN7_KEY).expect("answers")), None);
        assert_eq!(keeper.forget(WHISTL_KEY), Ok(()), "it never was there");
    });
}

#[test]
fn the_first_opening_makes_a_key_and_the_next_uses_it() {
    with_an_empty_keychain(|keeper| {
        let folder = tempfile::tempdir().expect("a folder");
        drop(open(folder.path(), keeper).expect("a new store"));
        let first = text(keeper.get(STORE_KEY).expect("answers")).expect("a key was made");

        drop(open(folder.path(), keeper).expect("the same store"));

        assert_eq!(text(keeper.get(STORE_KEY).expect("answers")), Some(first));
        assert!(home::reading_store(folder.path(), keeper).is_ok());
    });
}

#[test]
fn a_store_whose_key_is_gone_gets_no_second_one() {
    with_an_empty_keychain(|keeper| {
        let folder = tempfile::tempdir().expect("a folder");
        drop(open(folder.path(), keeper).expect("a new store"));
        keeper.forget(STORE_KEY).expect("gone");

        let fault = open(folder.path(), keeper).err().expect("refused");

        assert_eq!(fault.code(), "store_key_missing");
        assert!(fault.to_string().contains("store-key"), "{fault}");
        assert_eq!(text(keeper.get(STORE_KEY).expect("answers")), None);
        let unsealed = home::reading_store(folder.path(), keeper);
        assert!(unsealed.is_ok(), "what is not sealed can be seen");
    });
}

#[test]
fn a_text_that_is_no_key_is_told_without_showing_it() {
    with_an_empty_keychain(|keeper| {
        let folder = tempfile::tempdir().expect("a folder");
        let wrong = SecretString::from("planted-no-key");
        keeper.put(STORE_KEY, &wrong).expect("kept");

        let fault = open(folder.path(), keeper).err().expect("refused");

        assert!(matches!(fault, HomeFault::KeyInvalid { .. }), "{fault:?}");
        assert_eq!(fault.code(), "store_key");
        assert!(!format!("{fault} {fault:?}").contains("planted"), "{fault}");
    });
}

#[test]
fn a_second_copy_is_told_who_writes() {
    with_an_empty_keychain(|keeper| {
        let folder = tempfile::tempdir().expect("a folder");
        let _first = open(folder.path(), keeper).expect("a new store");

        let fault = open(folder.path(), keeper).err().expect("refused");

        let HomeFault::Store(StoreFault::LockedBy { program, .. }) = fault else {
            panic!("{fault:?}");
        };
        assert_eq!(program, "a story");
    });
}

#[test]
fn nothing_is_stored_yet_where_nobody_wrote() {
    with_an_empty_keychain(|keeper| {
        let folder = tempfile::tempdir().expect("a folder");
        let fault = home::reading_store(folder.path(), keeper).err();
        assert!(
            matches!(fault, Some(HomeFault::Store(StoreFault::Absent { .. }))),
            "{fault:?}"
        );
    });
}
