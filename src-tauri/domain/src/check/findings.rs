//! What a check has found so far, and the few ways of adding to it. No rule lives here.

use super::letters::describe;
use super::text::{Breaks, Mark, Tidied, cut, marks_of, overflow, tidy};
use crate::{HoldCode, Note, NoteCode, Owner, Reason, Severity};

/// Reasons and notes in the order they were found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What stops the sale.
    pub(crate) reasons: Vec<Reason>,
    /// What stops nothing.
    pub(crate) notes: Vec<Note>,
}

impl Findings {
    /// Adds a reason.
    pub(crate) fn hold(&mut self, reason: Reason) {
        self.reasons.push(reason);
    }

    /// Adds a note.
    pub(crate) fn note(
        &mut self,
        code: NoteCode,
        field: impl Into<String>,
        text: impl Into<String>,
    ) {
        self.notes.push(Note {
            code,
            field: field.into(),
            text: text.into(),
        });
    }

    /// Holds, or says that it would have, or says nothing.
    pub(crate) fn hold_if(&mut self, severity: Severity, reason: Reason) {
        match severity {
            Severity::Hold => self.reasons.push(reason),
            Severity::Warn => {
                self.note(NoteCode::WouldHold, reason.field, reason.fix);
            }
            Severity::Off => {}
        }
    }
}

/// A reason the office can put right.
pub(crate) fn office(
    code: HoldCode,
    field: impl Into<String>,
    value: impl Into<String>,
    marks: Vec<Mark>,
    expected: impl Into<String>,
    fix: impl Into<String>,
) -> Reason {
    Reason {
        code,
        field: field.into(),
        value: value.into(),
        marks: in_order(marks),
        expected: expected.into(),
        owner: Owner::Office,
        fix: fix.into(),
    }
}

/// Marks from left to right, none twice: two faults of a text may lie on one character.
fn in_order(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_unstable();
    marks.dedup_by(|next, last| {
        let overlap = next.0 < last.1;
        if overlap {
            last.1 = last.1.max(next.1);
        }
        overlap
    });
    marks
}

/// A field of text of the sale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its path in Cin7's sale.
    pub(crate) path: &'a str,
    /// What people call it: `the town`.
    pub(crate) label: &'a str,
    /// What is in it, to the letter.
    pub(crate) raw: &'a str,
}

impl Field<'_> {
    /// Whether there is nothing to read in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.raw.trim().is_empty()
    }

    /// The tidied text. Characters no label can carry make a reason, and stay in the text
    /// so that its length can still be judged.
    pub(crate) fn read(&self, breaks: Breaks, findings: &mut Findings) -> String {
        let tidied = tidy(self.raw, breaks);
        if !tidied.folded.is_empty() {
            let signs = list(tidied.folded.iter().map(|&c| describe(c)), "and");
            let text = format!(
                "In {}, {signs} was written plainly for the label.",
                self.label
            );
            findings.note(NoteCode::Warning, self.path, text);
        }
        if !tidied.bad.is_empty() {
            findings.hold(self.unsupported(&tidied));
        }
        tidied.text
    }

    /// The tidied text; one longer than `limit` makes a reason of that code, with the
    /// count and a shorter form to choose from. Nothing is ever cut here.
    pub(crate) fn read_within(
        &self,
        limit: usize,
        code: HoldCode,
        breaks: Breaks,
        findings: &mut Findings,
    ) -> String {
        let text = self.read(breaks, findings);
        let length = text.chars().count();
        if length > limit {
            let fix = format!(
                "Shorten {} in Cin7 Core ({length} of {limit} characters), for instance to “{}”.",
                self.label,
                cut(&text, limit),
            );
            findings.hold(self.too_long(code, breaks, length, limit, fix));
        }
        text
    }

    /// The reason for a text of `length` characters where `limit` fit.
    pub(crate) fn too_long(
        &self,
        code: HoldCode,
        breaks: Breaks,
        length: usize,
        limit: usize,
        fix: String,
    ) -> Reason {
        let marks = overflow(self.raw, breaks, limit).into_iter().collect();
        let expected = format!("at most {limit} characters; this has {length} of {limit}");
        office(code, self.path, self.raw, marks, expected, fix)
    }

    fn unsupported(&self, tidied: &Tidied) -> Reason {
        let named = tidied
            .bad
            .iter()
            .map(|&(at, c)| format!("{} (character {})", describe(c), at + 1));
        office(
            HoldCode::TextUnsupported,
            self.path,
            self.raw,
            marks_of(tidied.bad.iter().map(|&(at, _)| at)),
            "letters and signs of Western European languages, no control characters",
            format!(
                "Retype {} in Cin7 Core without {}: carriers' labels cannot print that.",
                self.label,
                list(named, "and"),
            ),
        )
    }
}

/// `a, b and c`; more than five are counted, not named.
pub(crate) fn list(items: impl IntoIterator<Item = String>, word: &str) -> String {
    const SHOWN: usize = 5;
    let mut items: Vec<String> = items.into_iter().collect();
    if items.len() > SHOWN + 1 {
        let more = items.len() - SHOWN;
        items.truncate(SHOWN);
        items.push(format!("{more} more"));
    }
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
    }
}
