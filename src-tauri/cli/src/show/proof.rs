//! What was written of a proof, and what checking one found.

use std::path::Path;

use engine::proof::{Checked, Facts};
use engine::words::many;

/// A proof was written.
pub(crate) fn made(file: &Path, facts: &Facts, fingerprint: &str) -> String {
    let orders = many(count(facts.orders.len()), "order");
    format!(
        "Proof of {orders} written to {}.\nFingerprint of the facts: {fingerprint}\nThe log's end: entry {} {}\nTell the fingerprint by another way than the file, and it cannot be exchanged unnoticed.\n",
        file.display(),
        facts.head.entries,
        facts.head.hash
    )
}

/// A proof is as it was made.
pub(crate) fn checked(checked: &Checked) -> String {
    let facts = &checked.facts;
    let mut text = format!(
        "It is as it was made on {} by Stockbridge {}.\nFingerprint of the facts: {}\nHashes made again: {} of the log.\n",
        facts.made_at,
        facts.program,
        checked.fingerprint,
        entries(checked.linked)
    );
    if checked.withheld > 0 {
        text.push_str(&format!(
            "Taken on trust: the hashes of {}, in which a person's name is withheld.\n",
            entries(checked.withheld)
        ));
    }
    if !checked.is_compared {
        text.push_str(
            "What is shown was not compared with the facts: another version of Stockbridge made it.\n",
        );
    }
    text.push_str(
        "Who made it, this cannot tell: compare the fingerprint, or the log's end, with what the merchant told you by another way.\n",
    );
    text
}

fn entries(number: usize) -> String {
    if number == 1 {
        "1 entry".into()
    } else {
        format!("{number} entries")
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use engine::proof::{Asked, HeadFacts};
    use expect_test::expect;

    use super::*;

    fn facts() -> Facts {
        Facts {
            format: "stockbridge-proof-1".into(),
            program: "0.1.0".into(),
            made_at: "2026-11-25T12:00:00.000Z".into(),
            time_zone: "Europe/London".into(),
            asked: Asked::Numbers,
            orders: Vec::new(),
            head: HeadFacts {
                entries: 871,
                hash: "ab12".into(),
            },
        }
    }

    #[test]
    fn what_was_made_and_what_was_found_is_told_with_its_fingerprint() {
        let checked_one = Checked {
            facts: facts(),
            fingerprint: "cd34".into(),
            linked: 12,
            withheld: 1,
            is_compared: true,
        };
        let text = made(Path::new("late.html"), &facts(), "cd34") + "\n" + &checked(&checked_one);
        expect![[r"
            Proof of 0 orders written to late.html.
            Fingerprint of the facts: cd34
            The log's end: entry 871 ab12
            Tell the fingerprint by another way than the file, and it cannot be exchanged unnoticed.

            It is as it was made on 2026-11-25T12:00:00.000Z by Stockbridge 0.1.0.
            Fingerprint of the facts: cd34
            Hashes made again: 12 entries of the log.
            Taken on trust: the hashes of 1 entry, in which a person's name is withheld.
            Who made it, this cannot tell: compare the fingerprint, or the log's end, with what the merchant told you by another way.
        "]]
        .assert_eq(&text);
    }
}
