//! Which Cin7 location is the warehouse's: the one that is set, or the only one named
//! after Whistl. Pure; the locations are those last read.

use store::{Reading, StoreFault};

use crate::fault::EngineFault;
use crate::settings::{SettingFault, Settings};

/// Why no location can be told to be the warehouse's. The names are the account's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoLocation {
    /// Cin7's locations have not been read yet.
    Unread,
    /// None is set, and none is named after Whistl.
    NotSet(Vec<String>),
    /// The account does not have the one that is set.
    Unknown {
        /// The one that is set.
        wanted: String,
        /// Those there are.
        names: Vec<String>,
    },
    /// None is set, and several are named after Whistl.
    Several(Vec<String>),
}

/// The warehouse's location, id and name, under these settings.
///
/// # Errors
/// The store's. That there is none is an answer.
pub fn find(
    reading: &Reading,
    settings: &Settings,
) -> Result<Result<(String, String), NoLocation>, StoreFault> {
    Ok(among(
        &reading.locations()?,
        &settings.text("cin7.location"),
    ))
}

/// The one of these that is wanted, or the only one named after Whistl.
pub(crate) fn among(
    all: &[(String, String)],
    wanted: &str,
) -> Result<(String, String), NoLocation> {
    let names = || all.iter().map(|(_, name)| name.clone()).collect();
    let fits = |id: &str, name: &str| {
        if wanted.is_empty() {
            name.to_lowercase().contains("whistl")
        } else {
            name == wanted || id == wanted.to_lowercase()
        }
    };
    let found: Vec<&(String, String)> = all.iter().filter(|(id, name)| fits(id, name)).collect();
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        _ if all.is_empty() => Err(NoLocation::Unread),
        [] if wanted.is_empty() => Err(NoLocation::NotSet(names())),
        [] => Err(NoLocation::Unknown {
            wanted: wanted.to_owned(),
            names: names(),
        }),
        several => Err(NoLocation::Several(
            several.iter().map(|(_, name)| name.clone()).collect(),
        )),
    }
}

impl From<NoLocation> for EngineFault {
    fn from(why: NoLocation) -> Self {
        const KEY: &str = "cin7.location";
        let message = match why {
            NoLocation::Unread => {
                return Self::wrong(
                    "locations_unread",
                    KEY,
                    "Cin7's locations have not been read yet.",
                );
            }
            NoLocation::NotSet(names) => format!(
                "{KEY} is not set, and no location is named after Whistl. This account has: {}.",
                names.join(", ")
            ),
            NoLocation::Unknown { wanted, names } => format!(
                "{KEY} is “{wanted}”, which this account does not have. It has: {}.",
                names.join(", ")
            ),
            NoLocation::Several(names) => format!(
                "Several locations fit. Set {KEY} to one of: {}.",
                names.join(", ")
            ),
        };
        SettingFault::new(KEY, message).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(names: &[&str]) -> Vec<(String, String)> {
        names
            .iter()
            .map(|name| (format!("id-{name}"), (*name).to_owned()))
            .collect()
    }

    #[test]
    fn the_only_location_named_after_whistl_is_taken_unasked() {
        let found = among(&all(&["Shop", "Whistl Fulfilment"]), "").unwrap();
        assert_eq!(found.1, "Whistl Fulfilment");
    }

    #[test]
    fn of_two_named_after_whistl_neither_is_taken() {
        let fault = among(&all(&["Whistl North", "Whistl South", "Shop"]), "").unwrap_err();
        let named = vec!["Whistl North".to_owned(), "Whistl South".to_owned()];
        assert_eq!(fault, NoLocation::Several(named));
    }

    #[test]
    fn a_location_that_went_is_named_with_those_there_are() {
        let fault = among(&all(&["Shop"]), "Whistl").unwrap_err();
        let message = EngineFault::from(fault).to_string();
        assert!(
            message.contains("“Whistl”") && message.contains("Shop"),
            "{message}"
        );
    }

    #[test]
    fn without_locations_nothing_is_said_to_be_missing() {
        assert_eq!(among(&[], "Whistl").unwrap_err(), NoLocation::Unread);
    }
}
