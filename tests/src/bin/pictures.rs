//! Pictures of the real window in practice mode, one of each screen in both themes, for the
//! README, for `cargo xtask demo` on a machine without a screen, and for looking at.
//!
//! `pictures FOLDER`

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "pictures".into());
    linux::take(std::path::Path::new(&folder)).await;
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The window is driven through WebKitWebDriver, which only Linux has.");
    std::process::exit(1);
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    use fantoccini::key::Key;
    use stockbridge_tests::window::{Desk, Keychain, Window};

    const SCREENS: [(&str, &str, &str); 8] = [
        ("today", "Today", "What needs someone"),
        ("orders", "Orders", "What happened"),
        ("confirmations", "Confirmations", "Left alone"),
        ("drift", "Stock drift", "Reconcile now"),
        ("adjustments", "Adjustments", "Set aside"),
        ("mappings", "Mappings", "Shipping methods"),
        ("activity", "Activity", "Check the log"),
        ("settings", "Settings", "Connections"),
    ];

    pub(super) async fn take(folder: &Path) {
        std::fs::create_dir_all(folder).expect("a folder for the pictures");
        println!("Building the window, unless it is built (some minutes)…");
        let program = stockbridge_tests::program::built("stockbridge");
        println!("Opening the window on a screen of its own…");
        let desk = Desk::new(Keychain::Unlocked);
        let window = desk.open_program(&program).await;
        window.see("Practise first").await;
        shot(&window, folder, "first-run", "light").await;
        invoke(&window, "practice", "{ on: true }").await;
        window.see("What needs someone").await;
        // Something has been sent and something is held before a picture is worth taking.
        window.press("Orders").await;
        window.press("At the warehouse").await;
        window.see("SO-").await;
        window.press("Needs you").await;
        window.see("SO-").await;
        invoke(&window, "practice_play", "{ what: 'collection' }").await;
        window.press("Confirmations").await;
        window.press("Posted").await;
        window.see("Told today").await;
        invoke(&window, "practice_play", "{ what: 'stock_astray' }").await;
        window.press("Stock drift").await;
        window.press("Reconcile now").await;
        window.see("What it means").await;
        // What was just said lies over the screens until it leaves.
        window.see_no_more("SKUs compared").await;
        for theme in ["light", "dark"] {
            invoke(&window, "set_theme", &format!("{{ theme: '{theme}' }}")).await;
            for (name, screen, landmark) in SCREENS {
                window.press(screen).await;
                if name == "orders" {
                    window.press("Needs you").await;
                    window.see("SO-").await;
                    window.keys("j").await;
                }
                if let "confirmations" | "adjustments" = name {
                    window.press("Posted").await;
                    window.keys("j").await;
                }
                window.see(landmark).await;
                shot(&window, folder, name, theme).await;
            }
            window.keys(&format!("{}k", char::from(Key::Control))).await;
            shot(&window, folder, "find", theme).await;
            window.keys(&char::from(Key::Escape).to_string()).await;
        }
        window.close().await;
    }

    async fn invoke(window: &Window, command: &str, arguments: &str) {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(() => done(''), done)"
        );
        window.run_later(&script).await;
    }

    async fn shot(window: &Window, folder: &Path, name: &str, theme: &str) {
        let file = folder.join(format!("{name}-{theme}.png"));
        window.picture(&file).await;
        println!("{}", file.display());
    }
}
