//! Where the data lives when nobody says: the platform's application-data folder.

use std::path::PathBuf;

use crate::exit::Exit;

/// The folder given, or the platform's.
pub(crate) fn folder(given: Option<&PathBuf>) -> Result<PathBuf, Exit> {
    if let Some(given) = given {
        return Ok(given.clone());
    }
    let from = |name: &str| {
        std::env::var_os(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(windows) {
        from("APPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("stockbridge")).ok_or_else(|| {
        Exit::field(
            "data_folder",
            "--data",
            "There is no application-data folder here. Give one with --data DIR.",
        )
    })
}
