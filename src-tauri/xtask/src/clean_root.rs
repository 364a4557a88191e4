//! `package --prove`: a clean Debian 12 in a folder, the package installed there with what it
//! depends on, the program started on a virtual screen, and a picture of what it shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::trouble::Trouble;
use crate::{machine, say, tools};

/// What a screen and a session of their own come from; the package brings the rest.
const SCREEN: &str = "xvfb xauth dbus x11-utils x11-apps imagemagick";

/// Starts the program as a fresh user would, waits for its window, and photographs it.
const START: &str = r#"
export HOME=/tmp/home XDG_RUNTIME_DIR=/tmp/home
mkdir -p "$HOME"
stockbridge & program=$!
for second in $(seq 30); do
    sleep 1
    xwininfo -root -tree | grep -q '"Stockbridge"' && shown=yes && break
done
sleep 5
import -window root /tmp/stockbridge.png
kill -TERM $program
for tenth in $(seq 50); do
    kill -0 $program 2>/dev/null || { echo "stopped within $tenth tenths of a second"; break; }
    sleep 0.1
done
[ "$shown" = yes ] && echo "its window is up"
"#;

/// Needs root, and Debian's archive.
pub(crate) fn prove(package: &Path) -> Result<(), Trouble> {
    if !(cfg!(target_os = "linux") && machine::is_root() && machine::on_path("debootstrap")) {
        return Err(Trouble::new(
            "--prove needs Linux, root, and the program debootstrap (apt-get install debootstrap).",
        ));
    }
    let root = CleanRoot::make(tools::root()?.join("target/clean-root"))?;
    let name = package
        .file_name()
        .ok_or_else(|| Trouble::new("The package has no name."))?;
    let inside = Path::new("tmp").join(name);
    fs::copy(package, root.folder.join(&inside))
        .map_err(|error| Trouble::doing("Copying the package", error))?;
    say::line("Installing it with what it depends on.");
    root.run(&format!(
        "apt-get install -y -q --no-install-recommends '/{}'",
        inside.display()
    ))?;
    say::line("Starting it on a virtual screen.");
    root.run(&format!(
        "apt-get install -y -q --no-install-recommends {SCREEN}"
    ))?;
    root.run("dpkg-query -W -f '${Package} ${Version}: ${Status}, ${Installed-Size} KiB installed\\n' stockbridge >&3")?;
    fs::write(root.folder.join("tmp/start.sh"), START)
        .map_err(|error| Trouble::doing("Writing how it is started", error))?;
    root.run("xvfb-run -a -s '-screen 0 1280x800x24' dbus-run-session -- sh /tmp/start.sh >&3")?;
    let picture = tools::root()?.join("target/clean-root.png");
    fs::copy(root.folder.join("tmp/stockbridge.png"), &picture)
        .map_err(|error| Trouble::doing("Copying the picture", error))?;
    say::line(&format!("What it showed: {}", picture.display()));
    Ok(())
}

/// A Debian 12 with nothing but its base; unmounted and removed when dropped.
struct CleanRoot {
    folder: PathBuf,
}

impl CleanRoot {
    fn make(folder: PathBuf) -> Result<Self, Trouble> {
        say::heading("A clean Debian 12");
        say::line("debootstrap fetches its base: a minute.");
        let root = Self { folder };
        root.clear();
        fs::create_dir_all(&root.folder)
            .map_err(|error| Trouble::doing("The folder of the clean root", error))?;
        tools::unseen(
            Command::new("debootstrap")
                .args(["--variant=minbase", "bookworm"])
                .arg(&root.folder)
                .arg("http://deb.debian.org/debian"),
            "debootstrap",
        )?;
        for (kind, from, to) in [("proc", "proc", "proc"), ("bind", "/dev", "dev")] {
            let mut mount = Command::new("mount");
            if kind == "bind" {
                mount.arg("--bind");
            } else {
                mount.args(["-t", kind]);
            }
            tools::unseen(mount.arg(from).arg(root.folder.join(to)), "mount")?;
        }
        root.run("apt-get update -q")?;
        Ok(root)
    }

    /// In the root; what it writes to 3 is shown, the rest only if it fails.
    fn run(&self, script: &str) -> Result<(), Trouble> {
        let told = self.folder.join("tmp/told");
        let ran = tools::unseen(
            Command::new("chroot")
                .arg(&self.folder)
                .args(["sh", "-c", &format!("exec 3>/tmp/told; {script}")])
                .env("DEBIAN_FRONTEND", "noninteractive")
                .env("LC_ALL", "C.UTF-8"),
            script,
        );
        for line in fs::read_to_string(told).unwrap_or_default().lines() {
            say::line(line);
        }
        ran
    }

    fn clear(&self) {
        for place in ["dev", "proc"] {
            machine::quiet(
                Command::new("umount")
                    .arg("-l")
                    .arg(self.folder.join(place)),
            );
        }
        // Never with something still mounted in it.
        let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
        if !mounts.contains(&*self.folder.to_string_lossy()) {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Drop for CleanRoot {
    fn drop(&mut self) {
        self.clear();
    }
}
