//! Files that a person asked for.

use std::path::Path;

use crate::exit::Exit;

/// Writes a file, in the place of one of that name.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Exit> {
    std::fs::write(file, text).map_err(|error| {
        Exit::field(
            "file_unwritable",
            "--out",
            format!("{} could not be written: {error}.", file.display()),
        )
    })
}

/// Whether it is a table, by its ending; an unknown one is named with those that there are.
pub(super) fn ending<'a>(file: &'a Path, known: &[&'a str]) -> Result<&'a str, Exit> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    let known_one = ending.filter(|ending| known.contains(ending));
    known_one.ok_or_else(|| {
        let endings: Vec<String> = known.iter().map(|one| format!(".{one}")).collect();
        Exit::field(
            "ending_unknown",
            "--out",
            format!(
                "{} has another ending than {}.",
                file.display(),
                endings.join(" or ")
            ),
        )
    })
}
