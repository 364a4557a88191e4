//! `package`: what a merchant installs, made for the system this runs on: a `.deb`, or
//! installers for Windows, or an app and its disk image for macOS. The command-line program
//! is inside each, but on Linux in a package of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};

use crate::trouble::Trouble;
use crate::{clean_root, machine, page, say, tools};

/// Beside what `tauri.conf.json` says, since a file named there must exist on every system.
const WINDOWS_CONFIG: &str = "src-tauri/desktop/windows-package.json";

/// What packages are called, by their last letters.
const ENDINGS: &[&str] = &["deb", "exe", "msi", "dmg"];

pub(crate) fn run(arguments: &[String]) -> Result<(), Trouble> {
    let proves = match arguments {
        [] => false,
        [only] if only == "--prove" => true,
        _ => {
            return Err(Trouble::new(format!(
                "package takes --prove alone; “{}” is unknown.",
                arguments.join(" ")
            )));
        }
    };
    let kinds = kinds(std::env::consts::OS)?;
    say::line(&format!(
        "Packages for this system ({kinds}), built for release: some ten minutes on two cores \
         from nothing."
    ));
    let start = Instant::now();
    machine::ready_to_build_window()?;
    let page = page::ready()?;
    let target = tools::root()?.join("target");
    let before = newest(&target)?;
    let mut tauri = page.tauri()?;
    tauri
        .args(["build", "--ci", "--bundles", kinds])
        // The configuration names the command-line program where this puts it.
        .env("CARGO_TARGET_DIR", &target);
    if cfg!(windows) {
        tauri.args(["--config", WINDOWS_CONFIG]);
    }
    tauri.args(["--", "--locked"]);
    tools::must(&mut tauri, "Building the packages")?;
    if cfg!(target_os = "linux") {
        command_line_package(&target.join("release"))?;
    }
    let made = packages(&target.join("release/bundle"), before)?;
    if made.is_empty() {
        return Err(Trouble::new(
            "The build ended well, yet there is no new package under target/release/bundle.",
        ));
    }
    say::heading("Packages");
    for package in &made {
        say::line(&described(package)?);
    }
    say::line(&format!("Made in {}.", say::since(start)));
    let of_window = |package: &&PathBuf| {
        let name = package.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("Stockbridge_") && name.ends_with(".deb")
    };
    match made.iter().find(of_window) {
        Some(package) if proves => clean_root::prove(package),
        None if proves => Err(Trouble::new("--prove is for the .deb, and none was made.")),
        _ => Ok(()),
    }
}

/// The command line in a package of its own: a server wants it without a window, and a desk
/// seldom wants it at all.
fn command_line_package(release: &Path) -> Result<(), Trouble> {
    let doing = |error| Trouble::doing("The package of the command line", error);
    let version = env!("CARGO_PKG_VERSION");
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    let name = format!("stockbridge-cli_{version}_{architecture}");
    let root = release.join("bundle/deb").join(&name);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("DEBIAN")).map_err(doing)?;
    fs::create_dir_all(root.join("usr/bin")).map_err(doing)?;
    let program = root.join("usr/bin/stockbridge-cli");
    fs::copy(release.join("stockbridge-cli"), &program).map_err(doing)?;
    let kibibytes = fs::metadata(&program).map_err(doing)?.len().div_ceil(1024);
    let control = format!(
        "Package: stockbridge-cli\n\
         Version: {version}\n\
         Architecture: {architecture}\n\
         Maintainer: Stockbridge\n\
         Section: misc\n\
         Priority: optional\n\
         Installed-Size: {kibibytes}\n\
         Depends: libc6 (>= 2.34), libgcc-s1\n\
         Recommends: gnome-keyring | kwalletmanager\n\
         Description: Sales from Cin7 Core to Whistl, by command line\n \
         Sets up, sends, looks, and keeps to a schedule on a server without a screen.\n"
    );
    fs::write(root.join("DEBIAN/control"), control).map_err(doing)?;
    let file = root.with_file_name(format!("{name}.deb"));
    tools::unseen(
        Command::new("dpkg-deb")
            .args(["--root-owner-group", "--build"])
            .arg(&root)
            .arg(file),
        "dpkg-deb",
    )?;
    fs::remove_dir_all(&root).map_err(doing)
}

/// The kinds of package for a system, as the Tauri command line calls them.
fn kinds(system: &str) -> Result<&'static str, Trouble> {
    match system {
        "linux" => Ok("deb"),
        "windows" => Ok("nsis,msi"),
        "macos" => Ok("app,dmg"),
        other => Err(Trouble::new(format!(
            "There are no packages for {other}, only for Linux, Windows and macOS."
        ))),
    }
}

/// A moment before anything that is made from now on, by the clock of the disk.
fn newest(target: &Path) -> Result<SystemTime, Trouble> {
    let mark = target.join("packages-began");
    let doing = |error| Trouble::doing("The target folder", error);
    fs::create_dir_all(target).map_err(doing)?;
    fs::write(&mark, "").map_err(doing)?;
    let began = fs::metadata(&mark).and_then(|data| data.modified());
    fs::remove_file(&mark).map_err(doing)?;
    began.map_err(doing)
}

/// Packages in the folder and those below, made since then, in order of their names.
fn packages(folder: &Path, since: SystemTime) -> Result<Vec<PathBuf>, Trouble> {
    let doing = |error| Trouble::doing("The folder of packages", error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(doing)? {
        let path = entry.map_err(doing)?.path();
        let data = fs::metadata(&path).map_err(doing)?;
        if data.is_dir() {
            found.extend(packages(&path, since)?);
        } else if is_package(&path) && data.modified().map_err(doing)? >= since {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_package(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
}

/// Where it is, how large, and what it takes up once installed, where that is written in it.
fn described(package: &Path) -> Result<String, Trouble> {
    let data = fs::metadata(package).map_err(|e| Trouble::doing("A package", e))?;
    let mut text = format!("{}  {}", package.display(), mebibytes(data.len()));
    let installed = Command::new("dpkg-deb")
        .arg("--field")
        .arg(package)
        .arg("Installed-Size")
        .output();
    let kibibytes = installed.ok().and_then(|output| {
        String::from_utf8_lossy(&output.stdout)
            .trim()
            .parse::<u64>()
            .ok()
    });
    if let Some(kibibytes) = kibibytes {
        text.push_str(&format!(", installed {}", mebibytes(kibibytes * 1024)));
    }
    Ok(text)
}

/// `7.6 MiB`, rounded up, so that what is just too large does not look as if it fitted.
fn mebibytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_kinds_and_others_are_told_so() {
        assert_eq!(kinds("linux").unwrap(), "deb");
        assert_eq!(kinds("windows").unwrap(), "nsis,msi");
        assert_eq!(kinds("macos").unwrap(), "app,dmg");
        assert!(
            kinds("freebsd")
                .unwrap_err()
                .to_string()
                .contains("freebsd")
        );
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(mebibytes(0), "0.0 MiB");
        assert_eq!(mebibytes(25 * 1024 * 1024), "25.0 MiB");
        assert_eq!(mebibytes(25 * 1024 * 1024 + 1), "25.1 MiB");
    }

    #[test]
    fn only_packages_made_since_then_are_listed() {
        let target = std::env::temp_dir().join(format!("stockbridge-pack-{}", std::process::id()));
        let folder = target.join("deb");
        fs::create_dir_all(&folder).unwrap();
        let old = folder.join("old.deb");
        fs::write(&old, "").unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
        let file = fs::File::options().write(true).open(&old).unwrap();
        file.set_modified(long_ago).unwrap();
        let since = newest(&target).unwrap();
        fs::write(folder.join("new.deb"), "").unwrap();
        fs::write(folder.join("control"), "").unwrap();
        assert_eq!(packages(&target, since).unwrap(), [folder.join("new.deb")]);
        fs::remove_dir_all(target).unwrap();
    }
}
