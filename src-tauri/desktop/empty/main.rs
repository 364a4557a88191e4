//! An empty Tauri window, to measure the real one beside. Nothing of the product is in it.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!(
        "src-tauri/desktop/empty/tauri.conf.json"
    ))
}
