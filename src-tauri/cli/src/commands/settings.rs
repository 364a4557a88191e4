//! `settings show`, `set`, `import`, `export`.

use std::path::Path;

use engine::Settings;
use engine::clock::SystemClock;
use serde_json::{Value, json};
use store::{Store, StoreFault};
use vendor::Clock as _;

use crate::args::SettingsCommand;
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn run(what: &SettingsCommand, home: &Home, output: &Output) -> Result<u8, Exit> {
    match what {
        SettingsCommand::Show => show(&current(home)?, home, output),
        SettingsCommand::Set { pairs } => set(pairs, home, output)?,
        SettingsCommand::Import { file } => import(file, home, output)?,
        SettingsCommand::Export { file } => export(file, &current(home)?, output)?,
    }
    Ok(0)
}

fn current(home: &Home) -> Result<Settings, Exit> {
    match store::Reading::open(&home.folder, None) {
        Err(StoreFault::Absent { .. }) => Ok(Settings::default()),
        reading => Ok(engine::views::stored_settings(&reading?)?),
    }
}

fn show(settings: &Settings, home: &Home, output: &Output) {
    output.result(&settings.document(), || {
        show::settings::all(settings, &home.sheet(output))
    });
}

fn set(pairs: &[String], home: &Home, output: &Output) -> Result<(), Exit> {
    if !pairs.len().is_multiple_of(2) {
        let last = pairs.last().cloned().unwrap_or_default();
        return Err(Exit::field(
            "usage",
            &last,
            format!("The setting {last} has no value: give KEY VALUE KEY VALUE …."),
        ));
    }
    change(home, output, |settings| {
        for pair in pairs.chunks_exact(2) {
            settings.set_text(&pair[0], &pair[1])?;
        }
        Ok(())
    })
}

fn import(file: &Path, home: &Home, output: &Output) -> Result<(), Exit> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Exit::field(
            "file_unreadable",
            "file",
            format!("{} could not be read: {error}.", file.display()),
        )
    })?;
    change(home, output, |settings| settings.take_document(&text))
}

fn export(file: &Path, settings: &Settings, output: &Output) -> Result<(), Exit> {
    let text = serde_json::to_string_pretty(&settings.document()).unwrap_or_default();
    std::fs::write(file, text + "\n").map_err(|error| {
        Exit::field(
            "file_unwritable",
            "file",
            format!("{} could not be written: {error}.", file.display()),
        )
    })?;
    output.result(&json!({ "exported": file.display().to_string() }), || {
        format!("Settings written to {}.", file.display())
    });
    Ok(())
}

fn change(
    home: &Home,
    output: &Output,
    edit: impl FnOnce(&mut Settings) -> Result<(), engine::SettingFault>,
) -> Result<(), Exit> {
    let mut store: Store = home.unsealed_store()?;
    let before = engine::views::stored_settings(store.reading())?;
    let mut after = before.clone();
    edit(&mut after).map_err(engine::EngineFault::from)?;
    let plan = after.check_plan().map_err(engine::EngineFault::from)?;
    let now = SystemClock.now();
    engine::store_settings(&mut store, &after, &home::user(), now)?;
    let changes = before.changes_to(&after);
    let as_json: Vec<Value> = changes
        .iter()
        .map(|(key, old, new)| json!({ "key": key, "before": old, "after": new }))
        .collect();
    let told = json!({
        "changed": as_json,
        "plan": {
            "cin7_calls_per_minute_for_looking": format!("{:.1}", plan.calls_per_minute),
            "orders_per_minute_left": format!("{:.0}", plan.orders_per_minute()),
        },
    });
    // The store is let go first: the sheet reads the zone from it.
    drop(store);
    output.result(&told, || {
        show::settings::changed(&changes, &plan, &home.sheet(output))
    });
    Ok(())
}
