//! Names the commands the page may call; each gets a permission, all others are refused.

#[path = "commands/names.rs"]
mod names;

fn main() {
    let commands = tauri_build::AppManifest::new().commands(names::NAMES);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        // A build script speaks to cargo through its output and its exit code.
        #[expect(clippy::print_stderr, reason = "cargo shows it as the build's error")]
        {
            eprintln!("tauri.conf.json or a capability is wrong: {error:#}");
        }
        std::process::exit(1);
    }
}
