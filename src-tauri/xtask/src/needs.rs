//! What a machine must have: each thing, the Debian package it comes in, and what it is
//! for. Only the lists; `machine` looks for them and installs what it may.

use std::path::Path;
use std::process::Command;

use crate::machine;

/// How one sees that something is there.
#[derive(Clone, Copy, Debug)]
enum Sign {
    /// A program in the path.
    Program(&'static str),
    /// A library, by the name `pkg-config` knows it by.
    Library(&'static str),
    /// A file at its place.
    File(&'static str),
}

/// One thing, its package, its purpose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need {
    sign: Sign,
    /// In Debian and Ubuntu.
    pub(crate) package: &'static str,
    /// What goes without it.
    pub(crate) purpose: &'static str,
}

impl Need {
    const fn new(sign: Sign, package: &'static str, purpose: &'static str) -> Self {
        Self {
            sign,
            package,
            purpose,
        }
    }

    /// What it is called.
    pub(crate) const fn name(self) -> &'static str {
        match self.sign {
            Sign::Program(name) | Sign::Library(name) => name,
            Sign::File(_) => self.package,
        }
    }

    pub(crate) fn is_there(self) -> bool {
        match self.sign {
            Sign::Program(name) => machine::on_path(name),
            Sign::Library(name) => {
                machine::quiet(Command::new("pkg-config").args(["--exists", name]))
            }
            Sign::File(path) => Path::new(path).is_file(),
        }
    }
}

/// For building anything at all.
pub(crate) const TO_BUILD: &[Need] = &[Need::new(
    Sign::Program("cc"),
    "build-essential",
    "SQLite, zstd and the TLS library are compiled from C",
)];

/// For building the window on Linux; macOS and Windows bring their own.
pub(crate) const TO_BUILD_WINDOW: &[Need] = &[
    Need::new(
        Sign::Program("pkg-config"),
        "pkg-config",
        "finds the libraries of the window",
    ),
    Need::new(
        Sign::Library("webkit2gtk-4.1"),
        "libwebkit2gtk-4.1-dev",
        "shows the page in the window",
    ),
    Need::new(
        Sign::Library("librsvg-2.0"),
        "librsvg2-dev",
        "draws the desktop's symbols",
    ),
    Need::new(
        Sign::Library("ayatana-appindicator3-0.1"),
        "libayatana-appindicator3-dev",
        "the icon in the tray",
    ),
];

/// For building the page; Debian 12's own is too old, see `node`.
pub(crate) const FOR_PAGE: &[Need] = &[
    Need::new(Sign::Program("node"), "nodejs", "builds the page"),
    Need::new(Sign::Program("npm"), "npm", "fetches the page's libraries"),
];

/// For testing the real window on Linux, with or without a screen.
pub(crate) const TO_TEST_WINDOW: &[Need] = &[
    Need::new(
        Sign::Program("xvfb-run"),
        "xvfb",
        "a screen for the window where there is none",
    ),
    Need::new(
        Sign::Program("xauth"),
        "xauth",
        "lets the window onto that screen",
    ),
    Need::new(
        Sign::Program("dbus-run-session"),
        "dbus-daemon",
        "a session bus of the tests' own",
    ),
    Need::new(
        Sign::Program("gnome-keyring-daemon"),
        "gnome-keyring",
        "a keychain of the tests' own",
    ),
    Need::new(
        Sign::Program("WebKitWebDriver"),
        "webkit2gtk-driver",
        "clicks and reads in the real window",
    ),
    Need::new(
        Sign::Program("dunst"),
        "dunst",
        "shows notifications, and says which",
    ),
    Need::new(
        Sign::Program("openbox"),
        "openbox",
        "a window manager, for closing and focus",
    ),
    Need::new(
        Sign::File("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
        "fonts-dejavu-core",
        "letters that the page's own type lacks",
    ),
    Need::new(
        Sign::Program("chromium"),
        "chromium",
        "the page tests run in it",
    ),
];

/// For testing against a real keychain.
pub(crate) const FOR_KEYCHAIN: &[Need] = &[
    Need::new(
        Sign::Program("dbus-run-session"),
        "dbus-daemon",
        "a session bus of the tests' own",
    ),
    Need::new(
        Sign::Program("gnome-keyring-daemon"),
        "gnome-keyring",
        "a real keychain to test against",
    ),
    Need::new(
        Sign::Program("secret-tool"),
        "libsecret-tools",
        "looks into that keychain from outside",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exists_nowhere_is_missing_whatever_its_kind() {
        for sign in [
            Sign::Program("no-such-program-anywhere"),
            Sign::Library("no-such-library-anywhere"),
            Sign::File("/no/such/file"),
        ] {
            assert!(
                !Need::new(sign, "nothing", "nothing").is_there(),
                "{sign:?}"
            );
        }
        assert!(Need::new(Sign::Program("cargo"), "cargo", "this test").is_there());
    }

    #[test]
    fn a_file_is_called_by_its_package() {
        let need = Need::new(Sign::File("/no/such/file"), "some-fonts", "letters");
        assert_eq!(need.name(), "some-fonts");
    }
}
