//! Writes `ui/src/bindings.ts` anew from the shapes.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings.ts");
    std::fs::write(page, screens::shapes::bindings())
}
