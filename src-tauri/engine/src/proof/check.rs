//! Checks a pack by what is in it, on any machine and without the database.

use chrono::{DateTime, Utc};
use store::{EntryRow, Linked, SaleKey};

use super::facts::{EntryFacts, FORMAT, Facts};
use super::seal::{Seal, hash};
use super::{Form, page, sheet, written};

/// A pack that is as it was made.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What it says.
    pub facts: Facts,
    /// The fingerprint of the facts.
    pub fingerprint: String,
    /// Entries whose hash follows from what they say and the entry before.
    pub linked: usize,
    /// Entries of which something personal is withheld, so that their hash is taken on trust.
    pub withheld: usize,
    /// Whether what is shown was compared with the facts: another version of the program
    /// may word them in another way.
    pub is_compared: bool,
}

/// A pack that is not as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    /// What was found, a sentence each, the most telling first.
    pub found: Vec<String>,
}

/// Checks a pack.
///
/// # Errors
/// [`Altered`], with all that was found.
pub fn check(text: &str, form: Form) -> Result<Checked, Altered> {
    let mut found = Vec::new();
    let Some((seal, above)) = Seal::taken_off(text, form) else {
        return Err(one(
            "It does not end with a seal: it was cut short, changed, or is no proof pack.",
        ));
    };
    let block = match form {
        Form::Html => page::block(above),
        Form::Csv => sheet::block(above),
    };
    let Some(block) = block else {
        return Err(one(
            "The facts are not in it: they were cut out or changed.",
        ));
    };
    let facts: Facts = match serde_json::from_str(&block) {
        Ok(facts) => facts,
        Err(error) => return Err(one(format!("The facts cannot be read: {error}."))),
    };
    if facts.format != FORMAT {
        return Err(one(format!(
            "Its form is “{}”, and this program knows {FORMAT}.",
            facts.format
        )));
    }
    let (linked, withheld) = check_entries(&facts, &mut found);
    if hash(&block) != seal.facts || crate::escape::for_machines(&facts) != block {
        found.push("The facts are not those that were sealed.".into());
    }
    let same_program = facts.program == env!("CARGO_PKG_VERSION");
    if same_program && found.is_empty() {
        found.extend(difference(&written(&facts, form), text));
    }
    if found.is_empty() && hash(above) != seal.above {
        found.push("What is shown is not what was sealed.".into());
    }
    if found.is_empty() {
        Ok(Checked {
            fingerprint: seal.facts,
            linked,
            withheld,
            is_compared: same_program,
            facts,
        })
    } else {
        Err(Altered { found })
    }
}

/// Makes every entry's hash again, and follows the chain as far as it is in the pack. How
/// many were made again, and how many could not be.
fn check_entries(facts: &Facts, found: &mut Vec<String>) -> (usize, usize) {
    let (mut linked, mut withheld) = (0, 0);
    let mut all: Vec<&EntryFacts> = facts.orders.iter().flat_map(|o| &o.entries).collect();
    all.sort_by_key(|entry| entry.entry);
    for entry in &all {
        if entry.withheld {
            withheld += 1;
            continue;
        }
        linked += 1;
        if entry_again(entry).is_none_or(|again| again.follows() != again.entry.hash) {
            found.push(format!(
                "Log entry {} was changed: its hash does not follow from what it says.",
                entry.entry
            ));
        }
    }
    for pair in all.windows(2) {
        let [one, next] = pair else { continue };
        if next.entry == one.entry + 1 && next.before != one.hash {
            found.push(format!(
                "Log entry {} does not follow from entry {}.",
                next.entry, one.entry
            ));
        }
    }
    if let Some(last) = all.last() {
        let is_behind = last.entry > facts.head.entries;
        let is_other = last.entry == facts.head.entries && last.hash != facts.head.hash;
        if is_behind || is_other {
            found.push("The log's end is not the one its entries lead to.".into());
        }
    }
    (linked, withheld)
}

/// The entry as the store would give it.
fn entry_again(facts: &EntryFacts) -> Option<Linked> {
    let bytes = |hash: &Option<String>| match hash {
        None => Some(None),
        Some(hash) => unhex(hash).map(Some),
    };
    let at = DateTime::parse_from_rfc3339(&facts.at).ok()?;
    Some(Linked {
        entry: EntryRow {
            id: facts.entry,
            at: at.with_timezone(&Utc),
            kind: facts.kind.clone(),
            vendor: facts.vendor.clone(),
            direction: facts.direction.clone(),
            operation: facts.operation.clone(),
            number: None,
            subject: facts.subject.clone(),
            who: facts.who.clone(),
            attempt: facts.attempt,
            status: facts.status,
            outcome: facts.outcome.clone(),
            duration_ms: facts.duration_ms,
            text: facts.text.clone(),
            request_hash: bytes(&facts.request_sha256)?,
            response_hash: bytes(&facts.response_sha256)?,
            hash: unhex(&facts.hash)?,
        },
        sale: Some(SaleKey(facts.sale)),
        before: unhex(&facts.before)?,
    })
}

/// Where what is shown first differs from what the facts say.
fn difference(wanted: &str, shown: &str) -> Option<String> {
    if wanted == shown {
        return None;
    }
    let line = wanted
        .lines()
        .zip(shown.lines())
        .position(|(wanted, shown)| wanted != shown)
        .map_or_else(
            || wanted.lines().count().min(shown.lines().count()) + 1,
            |at| at + 1,
        );
    Some(format!(
        "Line {line} was changed: what is shown there is not what the facts say."
    ))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn one(what: impl Into<String>) -> Altered {
    Altered {
        found: vec![what.into()],
    }
}
