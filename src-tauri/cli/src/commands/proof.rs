//! `proof` and `proof verify`.

use std::path::Path;

use engine::proof::{self, Form, Wanted};
use serde_json::json;

use super::days::span;
use super::files::write;
use crate::args::ProofArgs;
use crate::exit::{Exit, STORE};
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn make(args: &ProofArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let Some(file) = &args.out else {
        return Err(Exit::field(
            "file_missing",
            "--out",
            "Name the file to write with --out FILE, ending in .html or .csv.",
        ));
    };
    let form = form_of("--out", file)?;
    let wanted = match &args.from {
        None => Wanted::Numbers(args.numbers.clone()),
        Some(from) => {
            let (first, last) = span(from, args.to.as_deref())?;
            Wanted::Days(first, last)
        }
    };
    let facts = home.look(|views| Ok(views.proof(&wanted)?))?;
    write(file, &proof::written(&facts, form))?;
    let fingerprint = proof::fingerprint(&facts);
    let numbers: Vec<&str> = facts.orders.iter().map(|one| one.number.as_str()).collect();
    let entries: usize = facts.orders.iter().map(|one| one.entries.len()).sum();
    let told = json!({
        "file": file.display().to_string(),
        "orders": numbers,
        "entries": entries,
        "fingerprint": fingerprint,
        "head": { "entries": facts.head.entries, "hash": facts.head.hash },
    });
    output.result(&told, || show::proof::made(file, &facts, &fingerprint));
    Ok(0)
}

pub(super) fn verify(file: &Path, output: &Output) -> Result<u8, Exit> {
    let form = form_of("FILE", file)?;
    let bytes = std::fs::read(file).map_err(|error| {
        Exit::field(
            "file_unreadable",
            "FILE",
            format!("{} could not be read: {error}.", file.display()),
        )
    })?;
    // What is no text any more was changed, like any other text that is another one.
    let text = String::from_utf8_lossy(&bytes);
    match proof::check(&text, form) {
        Ok(checked) => {
            let facts = &checked.facts;
            let numbers: Vec<&str> = facts.orders.iter().map(|one| one.number.as_str()).collect();
            let told = json!({
                "ok": true,
                "orders": numbers,
                "made_at": facts.made_at,
                "fingerprint": checked.fingerprint,
                "entries_checked": checked.linked,
                "entries_withheld": checked.withheld,
                "shown_compared": checked.is_compared,
                "head": { "entries": facts.head.entries, "hash": facts.head.hash },
            });
            output.result(&told, || show::proof::checked(&checked));
            Ok(0)
        }
        Err(altered) => {
            let message = format!(
                "{} is not as it was made. {}",
                file.display(),
                altered.found.join(" ")
            );
            output.result(
                &json!({ "ok": false, "found": altered.found, "error": { "code": "proof_altered", "message": message } }),
                || message.clone(),
            );
            Ok(STORE)
        }
    }
}

fn form_of(field: &str, file: &Path) -> Result<Form, Exit> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    ending.and_then(Form::of_ending).ok_or_else(|| {
        let found = ending.map_or_else(|| "no ending".to_owned(), |ending| format!("“.{ending}”"));
        Exit::field(
            "ending_unknown",
            field,
            format!(
                "{} has {found}. A proof is .html, to be printed, or .csv, for a spreadsheet.",
                file.display()
            ),
        )
    })
}
