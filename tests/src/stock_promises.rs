//! The promises of stock, checked against what both vendors really hold: each adjustment
//! stands in Cin7 exactly once, by the reference that its document bears; and every level
//! agrees to the unit, or differs by what the last comparison lists.

use std::collections::{BTreeMap, BTreeSet};

use domain::adjustment::DocumentKey;
use serde_json::Value;

/// The location that is the warehouse's.
pub const PLACE: &str = "Whistl Fulfilment";

/// SKUs that the warehouse must spell otherwise, since it takes letters and digits only.
pub const SPELLINGS: [(&str, &str); 4] = [
    ("BOARD/22", "BOARD22"),
    ("ITEM-01_BLUE", "ITEM01BLUE"),
    ("JAR 500ML", "JAR500ML"),
    ("MUG-01_BLUE", "MUG01BLUE"),
];

/// What checking came to.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Adjustments that the warehouse told of.
    pub told: usize,
    /// Of these, posted.
    pub posted: usize,
    /// Of these, come to nothing together, and so not posted.
    pub netted: usize,
    /// Of these, waiting for a person: which, and why.
    pub waiting: Vec<String>,
    /// Documents that moved stock.
    pub documents: usize,
    /// Of these, those that put back what another swallowed.
    pub races: usize,
    /// Drafts that were left behind and moved nothing.
    pub drafts: usize,
    /// SKUs whose level agrees to the unit.
    pub equal: usize,
    /// SKUs whose level differs by just what is listed.
    pub listed: usize,
    /// What is not so, a sentence each.
    pub broken: Vec<String>,
}

/// Compares what we say (all adjustments, and the last comparison with all its SKUs) with what
/// both vendors hold, once all is quiet.
pub fn check(truth: &Value, adjustments: &[Value], drift: &Value) -> Checked {
    let mut checked = Checked::default();
    each_once(truth, adjustments, &mut checked);
    by_sums(truth, adjustments, &mut checked);
    to_the_unit(truth, adjustments, drift, &mut checked);
    checked
}

/// Whether it waits for a person, who sees it listed.
fn waits(adjustment: &Value) -> bool {
    matches!(
        text(adjustment, "state"),
        "needs_approval" | "failed" | "dismissed"
    )
}

/// Each adjustment is known once; those that are posted are in documents whose references are
/// made of just them, and Cin7 completed each of these documents once.
fn each_once(truth: &Value, ours: &[Value], checked: &mut Checked) {
    let told: BTreeSet<&str> = list(&truth["whistl"]["adjustments"])
        .iter()
        .filter(|one| one["told"] == true)
        .map(|one| text(one, "adjustment_id"))
        .collect();
    let mut known = BTreeSet::new();
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in ours {
        let id = text(one, "whistl_id");
        if !known.insert(id) {
            checked.broken.push(format!("P4: {id} is known twice"));
        }
        match text(one, "state") {
            "posted" => groups.entry(text(one, "document")).or_default().push(id),
            "recorded" | "already_in_cin7" => checked.netted += 1,
            state if waits(one) => checked
                .waiting
                .push(format!("{id} {state}: {}", one["causes"])),
            state => checked
                .broken
                .push(format!("P4: {id} is still {state} after all is quiet")),
        }
    }
    checked.told = told.len();
    checked.posted = groups.values().map(Vec::len).sum();
    if told != known {
        let missing: Vec<_> = told.symmetric_difference(&known).collect();
        checked.broken.push(format!(
            "P4: told of and not known, or known only: {missing:?}"
        ));
    }
    documents(truth, &groups, checked);
}

fn documents(truth: &Value, groups: &BTreeMap<&str, Vec<&str>>, checked: &mut Checked) {
    let all = list(&truth["cin7"]["documents"]);
    let (done, others): (Vec<&Value>, Vec<&Value>) =
        all.iter().partition(|one| one["status"] == "COMPLETED");
    checked.documents = done.len();
    checked.drafts = others.len();
    let mut references = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for document in &done {
        let Some(reference) = reference(document) else {
            continue;
        };
        if !references.insert(reference) {
            checked
                .broken
                .push(format!("P4: {reference} stands in Cin7 twice"));
        }
    }
    for (number, ids) in groups {
        let key = DocumentKey::of(ids.iter().copied());
        let found: Vec<&&Value> = done
            .iter()
            .filter(|one| text(one, "number") == *number)
            .collect();
        let bears = |one: &Value| reference(one).is_some_and(|given| is_of(given, key.as_str()));
        match found.as_slice() {
            [one] if bears(one) => drop(keys.insert(key.as_str().to_owned())),
            _ => checked.broken.push(format!(
                "P4: {ids:?} are said to stand in {number}, which {} with their reference",
                if found.is_empty() {
                    "is not in Cin7"
                } else {
                    "does not stand there"
                }
            )),
        }
    }
    for document in done {
        let number = text(document, "number");
        let given = reference(document).unwrap_or_default();
        if groups.contains_key(number) {
            continue;
        }
        if keys.iter().any(|key| is_of(given, key)) {
            checked.races += 1;
        } else {
            checked.broken.push(format!(
                "P4: nothing here says why {number} ({given}) stands in Cin7"
            ));
        }
    }
}

/// The reference of ours that a document bears, in a field of its own or among its notes.
fn reference(document: &Value) -> Option<&str> {
    text(document, "reference")
        .split_whitespace()
        .find(|word| word.starts_with("SB-"))
}

/// Whether that reference is made of this key, the first time or again.
fn is_of(reference: &str, key: &str) -> bool {
    reference
        .strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// What all documents together did to a SKU is what the warehouse told of it: were one posted
/// twice under whatever reference, or one half of it, the sums would differ.
fn by_sums(truth: &Value, ours: &[Value], checked: &mut Checked) {
    let waiting: BTreeSet<&str> = ours
        .iter()
        .filter(|one| waits(one))
        .map(|one| text(one, "whistl_id"))
        .collect();
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for one in list(&truth["whistl"]["adjustments"]) {
        if one["told"] == true && !waiting.contains(text(one, "adjustment_id")) {
            *sums.entry(text(one, "sku").to_owned()).or_default() += units(one, "quantity");
        }
    }
    for document in list(&truth["cin7"]["documents"]) {
        let lines = list(&document["lines"]).iter();
        for line in lines.filter(|_| document["status"] == "COMPLETED") {
            *sums.entry(theirs(text(line, "sku"))).or_default() -= units(line, "change");
        }
    }
    for (sku, rest) in sums.iter().filter(|(_, rest)| **rest != 0) {
        checked
            .broken
            .push(format!("P4: {rest:+} of {sku} were told of and not posted"));
    }
}

/// Every SKU has the same level on both sides, or is listed with just the difference that
/// losses nobody told of, hands in Cin7 and what waits for a person explain. Goods that come
/// with further trade are of the opening there and by hand in Cin7.
fn to_the_unit(truth: &Value, ours: &[Value], drift: &Value, checked: &mut Checked) {
    let mut gaps: BTreeMap<String, i64> = BTreeMap::new();
    let mut untold: BTreeMap<String, i64> = BTreeMap::new();
    for row in list(&truth["whistl"]["stock"]) {
        let good = units(row, "on_hand") - units(row, "quarantined");
        let key = text(row, "sku").to_owned();
        *untold.entry(key.clone()).or_default() += units(row, "opening");
        *gaps.entry(key).or_default() += good;
    }
    let stock = list(&truth["cin7"]["stock"]);
    for row in stock.iter().filter(|row| row["location"] == PLACE) {
        let key = theirs(text(row, "sku"));
        *gaps.entry(key.clone()).or_default() -= units(row, "on_hand");
        *untold.entry(key).or_default() -= units(row, "opening") + units(row, "by_hand");
    }
    for loss in list(&truth["whistl"]["losses"]) {
        *untold.entry(text(loss, "sku").to_owned()).or_default() -= units(loss, "quantity");
    }
    let lines: BTreeMap<String, &Value> = list(&drift["skus"])
        .iter()
        .map(|line| (theirs(text(line, "sku")), line))
        .collect();
    for (sku, gap) in gaps {
        if gap == 0 {
            checked.equal += 1;
            continue;
        }
        let Some(line) = lines.get(&sku) else {
            checked
                .broken
                .push(format!("P6: {sku} differs by {gap:+} and is not listed"));
            continue;
        };
        // What the warehouse has no item of is listed as that.
        let counted = list(&truth["whistl"]["stock"]);
        if line["category"] == "not_comparable" && counted.iter().all(|row| row["sku"] != *sku) {
            checked.listed += 1;
            continue;
        }
        let of = |name: &str| units(line, name);
        let expected = untold.get(&sku).copied().unwrap_or_default();
        let pending: i64 = ours
            .iter()
            .filter(|one| waits(one) && text(one, "whistl_sku") == sku)
            .map(|one| units(one, "quantity"))
            .sum();
        let agrees = of("unexplained") == expected
            && of("pending") == pending
            && of("unexplained") + of("pending") + of("in_flight") == gap;
        if agrees {
            checked.listed += 1;
        } else {
            checked.broken.push(format!(
                "P6: {sku} differs by {gap:+}, of which nobody was told of {expected:+} and \
                 {pending:+} wait for a person; listed are {:+} unexplained, {:+} pending and \
                 {:+} in flight",
                of("unexplained"),
                of("pending"),
                of("in_flight")
            ));
        }
    }
}

fn theirs(sku: &str) -> String {
    let mapped = SPELLINGS.iter().find(|(ours, _)| *ours == sku);
    mapped.map_or(sku, |(_, theirs)| theirs).to_owned()
}

fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record[name].as_str().unwrap_or_default()
}

fn units(record: &Value, name: &str) -> i64 {
    text(record, name).parse().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// One find of three teapots, posted as it should be; one mug was lost and nobody told.
    fn good() -> (Value, Vec<Value>, Value) {
        let key = DocumentKey::of(["ADJ1"]);
        let truth = json!({
            "whistl": {
                "adjustments": [
                    { "adjustment_id": "ADJ1", "sku": "TEAPOT04", "quantity": "3", "told": true },
                ],
                "losses": [{ "sku": "MUG01BLUE", "quantity": "1" }],
                "stock": [
                    { "sku": "TEAPOT04", "on_hand": "15", "quarantined": "2", "opening": "10" },
                    { "sku": "MUG01BLUE", "on_hand": "6", "quarantined": "0", "opening": "7" },
                ],
            },
            "cin7": {
                "documents": [{
                    "number": "ST-1", "status": "COMPLETED", "reference": key.as_str(),
                    "lines": [{ "sku": "TEAPOT04", "change": "3" }],
                }],
                "stock": [
                    { "sku": "TEAPOT04", "location": PLACE, "on_hand": "13",
                      "opening": "10", "by_hand": "0" },
                    { "sku": "MUG-01_BLUE", "location": PLACE, "on_hand": "7",
                      "opening": "7", "by_hand": "0" },
                ],
            },
        });
        let ours = vec![json!({
            "whistl_id": "ADJ1", "whistl_sku": "TEAPOT04", "quantity": "3", "state": "posted",
            "document": "ST-1",
        })];
        let drift = json!({ "skus": [{
            "sku": "MUG-01_BLUE", "unexplained": "-1", "pending": "0", "in_flight": "0",
        }] });
        (truth, ours, drift)
    }

    #[test]
    fn what_stands_once_and_agrees_or_is_listed_is_well() {
        let (truth, ours, drift) = good();
        let checked = check(&truth, &ours, &drift);
        assert_eq!(checked.broken, Vec::<String>::new());
        assert_eq!((checked.posted, checked.equal, checked.listed), (1, 1, 1));
    }

    #[test]
    fn one_that_is_posted_twice_is_found_whatever_reference_it_bears() {
        let (truth, ours, drift) = good();
        let key = DocumentKey::of(["ADJ1"]);
        for reference in [key.as_str().to_owned(), format!("{}-2", key.as_str())] {
            let mut truth = truth.clone();
            let mut again = truth["cin7"]["documents"][0].clone();
            again["number"] = json!("ST-2");
            again["reference"] = json!(reference);
            let documents = truth["cin7"]["documents"].as_array_mut().unwrap();
            documents.push(again);
            assert!(!check(&truth, &ours, &drift).broken.is_empty());
        }
    }

    #[test]
    fn one_that_is_missing_or_half_posted_or_of_another_document_is_found() {
        let (truth, ours, drift) = good();
        let broken = |truth: &Value, ours: &[Value]| check(truth, ours, &drift).broken.len();
        assert_ne!(broken(&truth, &[]), 0, "not known");
        let mut half = truth.clone();
        half["cin7"]["documents"][0]["lines"][0]["change"] = json!("2");
        assert_ne!(broken(&half, &ours), 0, "half");
        let mut draft = truth.clone();
        draft["cin7"]["documents"][0]["status"] = json!("DRAFT");
        assert_ne!(broken(&draft, &ours), 0, "a draft");
        let mut other = truth.clone();
        other["cin7"]["documents"][0]["reference"] = json!(DocumentKey::of(["ADJ2"]).as_str());
        assert_ne!(broken(&other, &ours), 0, "another set");
    }

    #[test]
    fn a_unit_that_is_not_listed_is_found_and_so_is_one_too_many() {
        let (truth, ours, mut drift) = good();
        drift["skus"][0]["unexplained"] = json!("-2");
        assert_ne!(check(&truth, &ours, &drift).broken.len(), 0);
        assert_ne!(check(&truth, &ours, &json!({})).broken.len(), 0);
    }
}
