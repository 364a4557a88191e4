//! The data folder: private to its user, and written by one copy at a time. Knows nothing
//! of what is in the database.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use fs4::fs_std::FileExt;

use crate::StoreFault;

/// The database's file name.
const DATABASE: &str = "stockbridge.db";
/// The lock's file name.
const LOCK: &str = "stockbridge.lock";

/// The database in a data folder.
pub(crate) fn database(dir: &Path) -> PathBuf {
    dir.join(DATABASE)
}

/// Makes the folder and the empty database file if need be, both closed to others.
pub(crate) fn make_private(dir: &Path) -> Result<(), StoreFault> {
    std::fs::create_dir_all(dir).map_err(|error| {
        StoreFault::io(&format!("Cannot make the folder {}", dir.display()), &error)
    })?;
    close_to_others(dir, 0o700)?;
    // SQLite gives its own files beside the database the database's permissions.
    drop(private_file(&database(dir))?);
    Ok(())
}

fn private_file(path: &Path) -> Result<File, StoreFault> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(path)
        .map_err(|error| StoreFault::io(&format!("Cannot open {}", path.display()), &error))?;
    close_to_others(path, 0o600)?;
    Ok(file)
}

#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) -> Result<(), StoreFault> {
    use std::os::unix::fs::PermissionsExt;
    let open = || StoreFault::NotPrivate {
        path: path.display().to_string(),
    };
    let now = std::fs::metadata(path)
        .map_err(|_| open())?
        .permissions()
        .mode();
    let others = now & 0o077;
    if others == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).map_err(|_| open())
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same shape as where permissions can fail"
)]
fn close_to_others(_: &Path, _: u32) -> Result<(), StoreFault> {
    // A user's application-data folder is closed to others by the system's own rules.
    Ok(())
}

/// The sole right to write to a data folder, given back when dropped or when the process
/// ends in any way.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Closing the file is not enough: a program that is being started at this moment holds
    /// a copy of the handle, and with it the lock, until it has begun.
    fn drop(&mut self) {
        let _ = FileExt::unlock(&self.file);
    }
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(crate) fn take(dir: &Path, program: &str, now: DateTime<Utc>) -> Result<Self, StoreFault> {
        let path = dir.join(LOCK);
        let mut file = private_file(&path)?;
        let doing = format!("Cannot lock {}", path.display());
        if !FileExt::try_lock_exclusive(&file).map_err(|error| StoreFault::io(&doing, &error))? {
            return Err(holder(&mut file, now));
        }
        let words = format!("{}\n{program}\n{}\n", std::process::id(), now.to_rfc3339());
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(words.as_bytes()))
            .and_then(|()| file.flush())
            .map_err(|error| StoreFault::io(&doing, &error))?;
        Ok(Self { file })
    }
}

/// Who holds the lock, as far as the file says: it may be between taking and writing.
fn holder(file: &mut File, now: DateTime<Utc>) -> StoreFault {
    let mut words = String::new();
    let _ = file
        .seek(SeekFrom::Start(0))
        .and_then(|_| file.read_to_string(&mut words));
    let mut lines = words.lines();
    let pid = lines.next().and_then(|pid| pid.parse().ok()).unwrap_or(0);
    let program = lines
        .next()
        .filter(|name| !name.is_empty())
        .unwrap_or("another copy");
    let since = lines
        .next()
        .and_then(|at| DateTime::parse_from_rfc3339(at).ok())
        .map_or(now, |at| at.with_timezone(&Utc));
    StoreFault::LockedBy {
        pid,
        program: program.into(),
        since,
    }
}
