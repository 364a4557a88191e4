//! Whether this desktop has a tray at all: asked before one is built, since building one
//! without the system's library ends the program, and before the window is hidden, since
//! without a place for the icon it could not be brought back.

/// Whether an icon can be built.
#[cfg(target_os = "linux")]
pub(super) fn can_build() -> bool {
    const LIBRARIES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    let paths = std::env::var("LD_LIBRARY_PATH").unwrap_or_default();
    let beside = paths
        .split(':')
        .filter(|folder| !folder.is_empty())
        .any(|folder| {
            LIBRARIES
                .iter()
                .any(|name| std::path::Path::new(folder).join(name).exists())
        });
    // The loader's own list of what is installed: the names stand in it as they are.
    let cache = std::fs::read("/etc/ld.so.cache").unwrap_or_default();
    beside || LIBRARIES.iter().any(|name| holds(&cache, name.as_bytes()))
}

/// Windows and macOS have their own.
#[cfg(not(target_os = "linux"))]
pub(super) fn can_build() -> bool {
    true
}

/// Whether something shows icons: a desktop's panel says so on the session bus.
#[cfg(target_os = "linux")]
pub(super) async fn is_shown() -> bool {
    let asked = async {
        let bus = zbus::Connection::session().await?;
        let proxy = zbus::fdo::DBusProxy::new(&bus).await?;
        let panel = zbus::names::BusName::try_from("org.kde.StatusNotifierWatcher")?;
        Ok::<bool, zbus::Error>(proxy.name_has_owner(panel).await?)
    };
    let soon = std::time::Duration::from_millis(500);
    matches!(tokio::time::timeout(soon, asked).await, Ok(Ok(true)))
}

/// Windows and macOS always do.
#[cfg(not(target_os = "linux"))]
pub(super) async fn is_shown() -> bool {
    true
}

#[cfg(target_os = "linux")]
fn holds(whole: &[u8], part: &[u8]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_the_loaders_list_and_only_there() {
        let list = b"glibc-ld.so.cache1.1\0libayatana-appindicator3.so.1\0/usr/lib/x";
        assert!(holds(list, b"libayatana-appindicator3.so.1"));
        assert!(!holds(list, b"libappindicator3.so.1"));
        assert!(!holds(b"", b"libappindicator3.so.1"));
    }
}
