//! Who sits at this computer.

/// The desktop account's name, put to decisions made by hand; “unknown user” if the
/// system does not say.
pub fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "unknown user".into())
}
