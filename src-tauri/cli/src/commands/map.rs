//! `map list`, `sku`, `service`, `carrier`, `reason`, `import`, `history`.

use std::path::Path;

use engine::actions::Mapped;
use engine::views::time;
use serde_json::{Value, json};
use store::MapKind;
use tokio_util::sync::CancellationToken;

use crate::args::{EntryArgs, Kind, MapCommand};
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn run(what: &MapCommand, home: &Home, output: &Output) -> Result<u8, Exit> {
    match what {
        MapCommand::List { kind } => list(*kind, home, output),
        MapCommand::History => history(home, output),
        MapCommand::Sku(entry) => set(MapKind::Sku, entry, home, output),
        MapCommand::Service(entry) => set(MapKind::Service, entry, home, output),
        MapCommand::Carrier(entry) => set(MapKind::Carrier, entry, home, output),
        MapCommand::Reason(entry) => set(MapKind::Reason, entry, home, output),
        MapCommand::Import { file } => import(file, home, output),
    }
}

fn kind_of(kind: Kind) -> MapKind {
    match kind {
        Kind::Sku => MapKind::Sku,
        Kind::Service => MapKind::Service,
        Kind::Carrier => MapKind::Carrier,
        Kind::Reason => MapKind::Reason,
    }
}

fn list(kind: Option<Kind>, home: &Home, output: &Output) -> Result<u8, Exit> {
    let reading = home.reading()?;
    let kinds = kind.map_or_else(|| MapKind::ALL.to_vec(), |kind| vec![kind_of(kind)]);
    let mut rows = Vec::new();
    for kind in kinds {
        rows.extend(reading.maps(kind)?);
    }
    let entries: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "kind": row.kind.word(), "from": row.from, "to": row.to, "by": row.who,
                "at": time(row.at), "reason": row.reason,
            })
        })
        .collect();
    output.result(
        &json!({ "entries": entries, "version": reading.map_version()? }),
        || show::maps::entries(&rows, &home.sheet(output)),
    );
    Ok(0)
}

fn history(home: &Home, output: &Output) -> Result<u8, Exit> {
    let changes = home.reading()?.map_history(None, None)?;
    let entries: Vec<Value> = changes
        .iter()
        .map(|change| {
            json!({
                "version": change.version, "kind": change.kind.word(), "from": change.from,
                "before": change.before, "after": change.after, "by": change.who,
                "at": time(change.at), "reason": change.reason,
            })
        })
        .collect();
    output.result(&json!({ "changes": entries }), || {
        show::maps::history(&changes, &home.sheet(output))
    });
    Ok(0)
}

fn set(kind: MapKind, entry: &EntryArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    let mapped = match &entry.to {
        Some(to) => engine.map(kind, &entry.from, to, &entry.reason)?,
        None => engine.unmap(kind, &entry.from, &entry.reason)?,
    };
    told(&mapped, home, output);
    Ok(0)
}

fn told(mapped: &Mapped, home: &Home, output: &Output) {
    output.result(mapped, || show::maps::mapped(mapped, &home.sheet(output)));
}

/// All entries of the file, or none; the line at fault is named.
fn import(file: &Path, home: &Home, output: &Output) -> Result<u8, Exit> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Exit::field(
            "file_unreadable",
            "file",
            format!("{} could not be read: {error}.", file.display()),
        )
    })?;
    let entries = super::map_file::read(&text)?;
    let engine = home.engine(CancellationToken::new())?;
    let mut total = Mapped {
        version: 0,
        set: 0,
        held_orders: 0,
        warnings: Vec::new(),
    };
    for (kind, rows) in entries {
        let pairs: Vec<(String, String)> = rows
            .iter()
            .map(|row| (row.from.clone(), row.to.clone()))
            .collect();
        let mapped = engine
            .map_all(kind, &pairs, "imported")
            .map_err(|(index, fault)| {
                let line = rows.get(index).map_or(0, |row| row.line);
                let mut exit = Exit::from(fault);
                exit.message = format!("Line {line}: {}", exit.message);
                exit
            })?;
        total.version = mapped.version;
        total.set += mapped.set;
        total.held_orders = mapped.held_orders;
        total.warnings.extend(mapped.warnings);
    }
    told(&total, home, output);
    Ok(0)
}
