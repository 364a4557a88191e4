//! The files a sandbox is started with and leaves behind: its whole world, and the
//! fault switches thrown at the start.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ServeFault;
use crate::control;
use crate::options::Options;
use crate::sandbox::Sandbox;

/// The layout of the state file; another one is refused, not guessed at.
const LAYOUT: u32 = 1;

#[derive(Deserialize)]
struct Saved {
    layout: u32,
    left_at: DateTime<Utc>,
    sandbox: Sandbox,
}

#[derive(Serialize)]
struct Saving<'a> {
    layout: u32,
    left_at: DateTime<Utc>,
    sandbox: &'a Sandbox,
}

/// The world of the state file if there is one, else a fresh one; then the switches of
/// the faults file, which take the place of any that the state file had on.
pub(super) fn opened(options: &Options, now: DateTime<Utc>) -> Result<Sandbox, ServeFault> {
    let restored = match &options.state {
        Some(path) => restored(path, options, now)?,
        None => None,
    };
    let again = restored.is_some();
    let mut sandbox = match restored {
        Some(sandbox) => sandbox,
        None => Sandbox::new(options)?,
    };
    if let Some(path) = &options.faults {
        if again {
            sandbox.behave();
        }
        throw(&mut sandbox, path)?;
    }
    Ok(sandbox)
}

fn restored(
    path: &Path,
    options: &Options,
    now: DateTime<Utc>,
) -> Result<Option<Sandbox>, ServeFault> {
    let fault = |message: String| file_fault("--state", path, message);
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
            // Found out at the end, this would cost the whole world.
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            return match folder {
                Some(folder) if !folder.is_dir() => Err(fault(
                    "is in no folder that exists; make it first".to_owned(),
                )),
                _ => Ok(None),
            };
        }
        Err(other) => return Err(fault(other.to_string())),
    };
    let saved: Saved = serde_json::from_slice(&bytes)
        .map_err(|wrong| fault(format!("is no state of a sandbox: {wrong}")))?;
    if saved.layout != LAYOUT {
        let message = format!("has layout {}, this sandbox reads {LAYOUT}", saved.layout);
        return Err(fault(message));
    }
    let away = (now - saved.left_at).to_std().unwrap_or_default();
    Ok(Some(saved.sandbox.resumed(options.pace, away)))
}

fn throw(sandbox: &mut Sandbox, path: &Path) -> Result<(), ServeFault> {
    let fault = |message: String| file_fault("--faults", path, message);
    let bytes = fs::read(path).map_err(|wrong| fault(wrong.to_string()))?;
    let list: Vec<Value> = serde_json::from_slice(&bytes).map_err(|wrong| {
        fault(format!(
            "must be a JSON list of faults as posted to /sandbox/faults: {wrong}"
        ))
    })?;
    for (place, posted) in list.iter().enumerate() {
        let switch = control::switch(posted, sandbox.world())
            .map_err(|misuse| fault(format!("[{place}] {}", misuse.message)))?;
        sandbox.throw(switch);
    }
    Ok(())
}

/// Writes the whole world beside the file and puts it in its place, so that no reader
/// ever sees half of one.
pub(super) fn save(
    path: &Path,
    sandbox: &Sandbox,
    left_at: DateTime<Utc>,
) -> Result<(), ServeFault> {
    let saving = Saving {
        layout: LAYOUT,
        left_at,
        sandbox,
    };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    let written = serde_json::to_vec(&saving)
        .map_err(io::Error::other)
        .and_then(|bytes| {
            let mut file = private(beside)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(beside, path)
        });
    written.map_err(|wrong| file_fault("--state", path, format!("cannot be written: {wrong}")))
}

/// A new file that only its owner may read: it holds the world's keys.
fn private(path: &Path) -> io::Result<File> {
    let mut how = OpenOptions::new();
    how.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    how.open(path)
}

fn file_fault(option: &'static str, path: &Path, message: String) -> ServeFault {
    ServeFault::File {
        option,
        path: path.to_owned(),
        message,
    }
}
