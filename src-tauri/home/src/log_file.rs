//! The log's files: one a day beside the data, closed to other users, a fortnight of them.
//! What is written into them is not decided here; no secrets and no personal data are.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use engine::clock::SystemClock;
use vendor::Clock as _;

/// The folder within the data folder.
const FOLDER: &str = "logs";
/// How many days' files are kept.
const KEPT: usize = 14;
/// How a day's file begins, and what follows the day.
const NAME: (&str, &str) = ("stockbridge.", ".log");

/// One file for each day. `tracing_appender` has such a thing, but its files can be read
/// by every user of the computer.
#[derive(Debug)]
pub struct DailyLog {
    folder: PathBuf,
    day: NaiveDate,
    file: File,
}

impl DailyLog {
    /// Today's file beside the data in that folder; the files of days long past go.
    ///
    /// # Errors
    /// The folder or the file cannot be made.
    pub fn today(data: &Path) -> io::Result<Self> {
        Self::open(data.join(FOLDER), SystemClock.now().date_naive())
    }

    fn open(folder: PathBuf, day: NaiveDate) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        let file = private_file(&folder.join(format!("{}{day}{}", NAME.0, NAME.1)))?;
        drop_oldest(&folder);
        Ok(Self { folder, day, file })
    }
}

impl Write for DailyLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let today = SystemClock.now().date_naive();
        if today != self.day
            && let Ok(next) = Self::open(self.folder.clone(), today)
        {
            *self = next;
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut how = OpenOptions::new();
    how.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    let file = how.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// The names sort by day. A file that cannot be removed is no reason not to log.
fn drop_oldest(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut days: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(NAME.0) && name.ends_with(NAME.1)
        })
        .map(|entry| entry.path())
        .collect();
    days.sort();
    let surplus = days.len().saturating_sub(KEPT);
    for old in &days[..surplus] {
        let _ = std::fs::remove_file(old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    #[test]
    fn a_fortnight_of_logs_is_kept_and_the_older_go() {
        let folder = tempfile::tempdir().unwrap();
        for number in 1..=20 {
            DailyLog::open(folder.path().to_owned(), day(number)).unwrap();
        }
        let mut names: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names.len(), KEPT);
        assert_eq!(names[0], "stockbridge.2026-11-07.log");
    }

    #[cfg(unix)]
    #[test]
    fn no_other_user_can_read_the_log() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        DailyLog::open(folder.path().join("logs"), day(1)).unwrap();
        let file = folder.path().join("logs/stockbridge.2026-11-01.log");
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(&folder.path().join("logs")), 0o700);
    }
}
