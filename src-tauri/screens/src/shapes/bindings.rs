//! The shapes written as TypeScript, for `ui/src/bindings.ts`. That file is never edited by
//! hand: `cargo run -p screens --example bindings` writes it anew, and a test fails when it
//! is stale.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use super::{
    ActivityFilter, ActivityPage, AdjustmentAct, AdjustmentPage, AdjustmentsFilter,
    AdjustmentsOpened, Changed, Checked, ConfirmationAct, ConfirmationPage, ConfirmationsFilter,
    ConfirmationsOpened, Connections, Doing, DriftAct, DriftCard, DriftFilter, DriftOpened,
    DriftRow, DriftSku, Found, ListFilter, ListNews, ListOpened, LogVerified, MapSaved, MapsView,
    MonthEnd, MonthForm, OrderPage, OrderRow, Payloads, Play, Preview, Review, SettingsView, Shell,
    Simulated, TodayView, Told, UiError, Which,
};

/// What stands above the types.
const HEAD: &str = "\
// Written by `cargo run -p screens --example bindings` from src-tauri/screens/src/shapes.
// What the program and the page say to each other. Not to be edited by hand.
";

/// Every shape as one TypeScript module, sorted by name.
pub fn bindings() -> String {
    let mut all = Collected {
        config: Config::new().with_large_int("number"),
        found: BTreeMap::new(),
    };
    all.visit::<UiError>();
    all.visit::<Shell>();
    all.visit::<Told>();
    all.visit::<Play>();
    all.visit::<Changed>();
    all.visit::<TodayView>();
    all.visit::<ListFilter>();
    all.visit::<ListOpened>();
    all.visit::<ListNews>();
    all.visit::<OrderRow>();
    all.visit::<OrderPage>();
    all.visit::<Payloads>();
    all.visit::<ConfirmationsFilter>();
    all.visit::<ConfirmationsOpened>();
    all.visit::<ConfirmationPage>();
    all.visit::<ConfirmationAct>();
    all.visit::<DriftFilter>();
    all.visit::<DriftOpened>();
    all.visit::<DriftRow>();
    all.visit::<DriftCard>();
    all.visit::<DriftSku>();
    all.visit::<DriftAct>();
    all.visit::<AdjustmentsFilter>();
    all.visit::<AdjustmentsOpened>();
    all.visit::<AdjustmentPage>();
    all.visit::<AdjustmentAct>();
    all.visit::<Which>();
    all.visit::<Preview>();
    all.visit::<Doing>();
    all.visit::<MapsView>();
    all.visit::<MapSaved>();
    all.visit::<MonthEnd>();
    all.visit::<MonthForm>();
    all.visit::<ActivityFilter>();
    all.visit::<ActivityPage>();
    all.visit::<LogVerified>();
    all.visit::<SettingsView>();
    all.visit::<Checked>();
    all.visit::<Connections>();
    all.visit::<Simulated>();
    all.visit::<Review>();
    all.visit::<Found>();

    let mut text = HEAD.to_owned();
    for shape in all.found.values() {
        text.push('\n');
        text.push_str(shape);
        text.push('\n');
    }
    text
}

/// The types met so far, and all they are made of.
struct Collected {
    config: Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Collected {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only our own types are ever exported to a file; numbers and lists are not.
        if T::output_path().is_none() {
            return T::visit_dependencies(self);
        }
        let name = T::ident(&self.config);
        if self.found.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let shape = format!("{docs}export {}", T::decl(&self.config));
        self.found.insert(name, tidied(&shape));
        T::visit_dependencies(self);
    }
}

/// The shape with its remarks on one line each and its fields below one another.
fn tidied(shape: &str) -> String {
    let mut text = String::new();
    let mut remark: Option<String> = None;
    let mut inside = false;
    for line in shape.lines().map(str::trim) {
        let indent = if inside { "  " } else { "" };
        match (line, &mut remark) {
            ("/**", _) => remark = Some(String::new()),
            ("*/", Some(said)) => {
                text.push_str(&format!("{indent}/**{said} */\n"));
                remark = None;
            }
            (_, Some(said)) => {
                said.push(' ');
                said.push_str(line.trim_start_matches('*').trim());
            }
            (field, None) => {
                let last = inside && field.ends_with("};");
                let field = if last {
                    field.trim_end_matches("};")
                } else {
                    field
                };
                let field = field.trim_end().trim_end_matches(',');
                let ended = if inside { ";" } else { "" };
                text.push_str(&format!("{indent}{field}{ended}\n"));
                if last {
                    text.push_str("};\n");
                }
                inside = !last && (inside || field.ends_with('{'));
            }
        }
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::bindings;

    #[test]
    fn the_page_knows_every_shape_as_it_is_now() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings.ts");

        let kept = std::fs::read_to_string(page).unwrap();

        assert!(
            kept == bindings(),
            "ui/src/bindings.ts is stale: cargo run -p screens --example bindings"
        );
    }
}
