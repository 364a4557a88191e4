//! Whether the program may work, and what is in its way: each obstacle in plain words,
//! with the way forward.

use std::time::Duration;

use home::HomeFault;
use screens::shapes::StandingKind;
use store::StoreFault;

/// What is in the way of opening the merchant's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Which obstacle.
    pub(crate) kind: StandingKind,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) fix: String,
}

impl Standing {
    /// Nothing is wrong; the files are being opened.
    pub(crate) fn starting() -> Self {
        Self::fine(StandingKind::Starting)
    }

    /// Nothing is wrong.
    pub(crate) fn fine(kind: StandingKind) -> Self {
        standing(kind, "", "")
    }

    /// The engine ended though nothing is wrong with its files.
    pub(crate) fn stopped() -> Self {
        standing(
            StandingKind::Damaged,
            "Stockbridge’s work has stopped unexpectedly. Nothing is sent.",
            "Try again. If it stops again, restart the computer and look for a newer version. Whatever was being sent is looked up at Whistl before anything is sent again.",
        )
    }

    /// The obstacle behind a fault.
    pub(crate) fn of(fault: &HomeFault) -> Self {
        match fault {
            HomeFault::NoKeychain { .. } => standing(
                StandingKind::NoKeychain,
                "Stockbridge keeps your Cin7 Core and Whistl keys in this computer’s keychain, and the keychain cannot be opened.",
                "Unlock the keychain, or install one (on Linux: gnome-keyring), then try again. Practice mode works without it.",
            ),
            HomeFault::KeyMissing { .. } => standing(
                StandingKind::KeyMissing,
                "The stored orders are locked, and the key that opens them is no longer in this computer’s keychain.",
                "Put back the keychain entry “store-key” of “uk.stockbridge.desktop”, for example from a backup of the keychain, then try again. Nothing is lost, and nothing is sent meanwhile.",
            ),
            HomeFault::KeyInvalid { .. } | HomeFault::KeyNotGiven => standing(
                StandingKind::KeyMissing,
                "The keychain’s key for the stored orders is not a key of Stockbridge’s.",
                "Put back the keychain entry “store-key” of “uk.stockbridge.desktop”, for example from a backup of the keychain, then try again.",
            ),
            HomeFault::CredentialsMissing { .. } | HomeFault::Folder => standing(
                StandingKind::Damaged,
                "This computer names no folder where programs may keep their data.",
                "Sign in to the computer with a user account that has a home folder, then start Stockbridge again.",
            ),
            HomeFault::Store(fault) => Self::of_store(fault),
        }
    }

    /// The obstacle behind the store's fault.
    pub(crate) fn of_store(fault: &StoreFault) -> Self {
        match fault {
            StoreFault::Newer { .. } | StoreFault::Older { .. } => standing(
                StandingKind::NewerDatabase,
                "A newer version of Stockbridge has already used these orders. This version cannot read them safely, so it leaves them alone.",
                "Install the newest Stockbridge on this computer, then start it again.",
            ),
            StoreFault::LockedBy { program, since, .. } => Self {
                kind: StandingKind::HeldElsewhere,
                message: format!(
                    "Another copy ({program}) has been working with these orders since {}. Only one may, so that nothing is sent twice.",
                    since.format("%-d %B, %H:%M UTC")
                ),
                fix: "Close the other copy. This one goes on by itself within half a minute."
                    .into(),
            },
            StoreFault::KeyWrong
            | StoreFault::KeyMissing { .. }
            | StoreFault::KeyMalformed { .. } => standing(
                StandingKind::KeyMissing,
                "The key in this computer’s keychain does not open the stored orders.",
                "Put back the keychain entry “store-key” of “uk.stockbridge.desktop” that these orders were stored with, then try again.",
            ),
            StoreFault::Full => standing(
                StandingKind::DiskFull,
                "The disk is full. Stockbridge writes down what it means to send before it sends it, so nothing is sent until there is room.",
                "Free some space. Stockbridge goes on by itself within half a minute.",
            ),
            StoreFault::NotPrivate { path } => Self {
                kind: StandingKind::Damaged,
                message: format!(
                    "{path} can be read by other users of this computer, and that could not be changed."
                ),
                fix: "Make yourself the owner of that folder and everything in it, then try again."
                    .into(),
            },
            StoreFault::Io { .. } | StoreFault::Busy { .. } => standing(
                StandingKind::Damaged,
                "The stored orders cannot be opened: the folder or the disk they are on does not let Stockbridge read and write.",
                "Check that the disk is connected and that you may write to your own data folder, then try again.",
            ),
            StoreFault::Damaged { .. }
            | StoreFault::Absent { .. }
            | StoreFault::AlreadyBegun { .. }
            | StoreFault::ReferenceTaken { .. }
            | StoreFault::NoSuchPage { .. }
            | StoreFault::Missing { .. }
            | StoreFault::Sql { .. } => standing(
                StandingKind::Damaged,
                "The stored orders are damaged and cannot be read. Nothing is sent.",
                "Close Stockbridge, keep a copy of its data folder, and restore the last backup. Whatever was sent since is looked up at Whistl before anything is sent again.",
            ),
        }
    }

    /// After how long to look again by itself, for what may clear without a person here.
    pub(crate) fn tries_again_after(&self) -> Option<Duration> {
        match self.kind {
            StandingKind::HeldElsewhere | StandingKind::DiskFull => Some(Duration::from_secs(20)),
            StandingKind::Starting
            | StandingKind::NoKeychain
            | StandingKind::KeyMissing
            | StandingKind::NewerDatabase
            | StandingKind::Damaged
            | StandingKind::FirstRun
            | StandingKind::Working => None,
        }
    }
}

fn standing(kind: StandingKind, message: &str, fix: &str) -> Standing {
    Standing {
        kind,
        message: message.into(),
        fix: fix.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults() -> Vec<(StandingKind, HomeFault)> {
        let store = |fault| HomeFault::Store(fault);
        vec![
            (
                StandingKind::NoKeychain,
                HomeFault::NoKeychain {
                    detail: "NoDefaultStore".into(),
                },
            ),
            (
                StandingKind::KeyMissing,
                HomeFault::KeyMissing {
                    place: "the keychain".into(),
                },
            ),
            (StandingKind::KeyMissing, store(StoreFault::KeyWrong)),
            (
                StandingKind::NewerDatabase,
                store(StoreFault::Newer {
                    found: 99,
                    known: 9,
                }),
            ),
            (
                StandingKind::HeldElsewhere,
                store(StoreFault::LockedBy {
                    pid: 7,
                    program: "stockbridge-cli".into(),
                    since: chrono::DateTime::UNIX_EPOCH,
                }),
            ),
            (StandingKind::DiskFull, store(StoreFault::Full)),
            (
                StandingKind::Damaged,
                store(StoreFault::Damaged {
                    detail: "database disk image is malformed".into(),
                }),
            ),
        ]
    }

    #[test]
    fn every_obstacle_has_its_standing_and_says_what_to_do() {
        for (kind, fault) in faults() {
            let standing = Standing::of(&fault);
            assert_eq!(standing.kind, kind, "{fault:?}");
            assert!(standing.message.ends_with('.') && standing.fix.ends_with('.'));
        }
    }

    #[test]
    fn no_machine_words_reach_the_screen() {
        for (_, fault) in faults() {
            let standing = Standing::of(&fault);
            let said = format!("{} {}", standing.message, standing.fix);
            for word in ["NoDefaultStore", "malformed", "SQL", "pid", "database"] {
                assert!(!said.contains(word), "“{word}” in: {said}");
            }
        }
    }

    #[test]
    fn what_may_clear_by_itself_is_looked_at_again_and_the_rest_waits_for_a_person() {
        for (kind, fault) in faults() {
            let again = Standing::of(&fault).tries_again_after().is_some();
            let wanted = matches!(kind, StandingKind::HeldElsewhere | StandingKind::DiskFull);
            assert_eq!(again, wanted, "{kind:?}");
        }
    }
}
