//! Whether there is a screen to open a window on: asked first, since the toolkit ends the
//! program without a word a shopkeeper could use when there is none.

/// What to say where there is none.
pub(crate) const MISSING: &str = "Stockbridge needs a screen, and there is none here. On a computer without one, `stockbridge-cli watch` does the same work.";

/// Whether a window can be opened.
#[cfg(target_os = "linux")]
pub(crate) fn is_there() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let wayland = set("WAYLAND_DISPLAY").is_some_and(|name| answers_wayland(&name));
    wayland || set("DISPLAY").is_some_and(|name| answers_x(&name))
}

/// Windows and macOS have no desktop without one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_there() -> bool {
    true
}

#[cfg(target_os = "linux")]
fn answers_wayland(name: &str) -> bool {
    let folder = std::env::var("XDG_RUNTIME_DIR").unwrap_or_default();
    // An absolute name stands for itself.
    let socket = std::path::Path::new(&folder).join(name);
    std::os::unix::net::UnixStream::connect(socket).is_ok()
}

#[cfg(target_os = "linux")]
fn answers_x(name: &str) -> bool {
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::net::{SocketAddr, UnixStream};

    let Some(number) = here(name) else {
        // On another computer, through a tunnel: the toolkit will see.
        return true;
    };
    let path = format!("/tmp/.X11-unix/X{number}");
    let unnamed = SocketAddr::from_abstract_name(&path);
    unnamed.is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
        || UnixStream::connect(path).is_ok()
}

/// The number of a display on this computer: `:99` and `:99.0` are both the 99th.
#[cfg(target_os = "linux")]
fn here(name: &str) -> Option<u32> {
    let rest = name
        .strip_prefix(':')
        .or_else(|| name.strip_prefix("unix:"))?;
    rest.split('.').next()?.parse().ok()
}

/// Has pages painted by the processor: one of text needs no graphics card, whose driver took a
/// third of the memory and of the time to start, and on some computers shows nothing at all
/// (decision 0019). Whoever set the variable already knows better. Before anything else, since
/// the environment may be changed only while there is one thread.
#[cfg(target_os = "linux")]
pub(crate) fn paint_plainly() {
    let _ = glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false);
}

/// Elsewhere the system's own view of pages decides.
#[cfg(not(target_os = "linux"))]
pub(crate) fn paint_plainly() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_display_here_is_told_from_one_elsewhere() {
        assert_eq!(here(":0"), Some(0));
        assert_eq!(here(":99.1"), Some(99));
        assert_eq!(here("unix:2"), Some(2));
        assert_eq!(here("localhost:10.0"), None);
        assert_eq!(here("desk.example:0"), None);
    }

    #[test]
    fn nobody_answers_at_a_display_that_was_never_started() {
        assert!(!answers_x(":4294967295"));
    }
}
