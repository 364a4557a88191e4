//! Which folder holds the database, the settings and the logs.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::fault::HomeFault;

/// The environment variable that names the data folder where no argument does.
pub const DATA_VARIABLE: &str = "STOCKBRIDGE_DATA";

/// The folder given; else the one [`DATA_VARIABLE`] names; else `stockbridge` in the
/// platform's application-data folder. It need not exist yet.
///
/// # Errors
/// [`HomeFault::Folder`] where the system names no such folder.
pub fn data_folder(given: Option<&PathBuf>) -> Result<PathBuf, HomeFault> {
    chosen(given, |name| std::env::var_os(name))
}

fn chosen(
    given: Option<&PathBuf>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<PathBuf, HomeFault> {
    let from = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(named) = given.cloned().or_else(|| from(DATA_VARIABLE)) {
        return Ok(named);
    }
    let base = if cfg!(windows) {
        from("APPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("stockbridge"))
        .ok_or(HomeFault::Folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An environment of these variables alone.
    fn environment<'a>(set: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        |wanted| {
            set.iter()
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| value.into())
        }
    }

    #[test]
    fn what_is_given_goes_before_the_variable_and_the_variable_before_the_platform() {
        let given = PathBuf::from("/given");
        let set = [(DATA_VARIABLE, "/named"), ("HOME", "/people/ann")];
        assert_eq!(chosen(Some(&given), environment(&set)), Ok("/given".into()));
        assert_eq!(chosen(None, environment(&set)), Ok("/named".into()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn without_either_it_is_the_platforms_own() {
        let people = ("HOME", "/people/ann");
        let empty = (DATA_VARIABLE, "");
        assert_eq!(
            chosen(None, environment(&[people, empty])),
            Ok("/people/ann/.local/share/stockbridge".into())
        );
        assert_eq!(
            chosen(None, environment(&[people, ("XDG_DATA_HOME", "/data")])),
            Ok("/data/stockbridge".into())
        );
    }

    #[test]
    fn where_there_is_none_it_says_so() {
        assert_eq!(chosen(None, environment(&[])), Err(HomeFault::Folder));
    }
}
