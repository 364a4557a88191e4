//! What the merchant has set: one JSON document, checked key by key against the table
//! in [`spec`], and read as the typed values the runs need. No I/O.

mod budget;
pub mod read;
pub mod spec;
mod stock;
mod value;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use budget::Plan;
pub use spec::{Kind, SPECS, Spec};

/// A setting that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SettingFault {
    /// The key at fault, as given.
    pub key: String,
    /// What is wrong, naming the value and what would be right.
    pub message: String,
    /// What would be right, without the key, as “takes a whole number from 10 to 60”;
    /// empty where the message is not about one value.
    pub wanted: String,
}

impl SettingFault {
    pub(crate) fn new(key: &str, message: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            message: message.into(),
            wanted: String::new(),
        }
    }
}

/// All settings: those that were set, over the defaults.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Settings {
    set: BTreeMap<&'static str, Value>,
}

impl Settings {
    /// Reads the stored or imported document. Every unknown key and bad value is named;
    /// the first one found is the error, and nothing is taken by half.
    pub fn from_document(document: &str) -> Result<Self, SettingFault> {
        let mut settings = Self::default();
        settings.take_document(document)?;
        Ok(settings)
    }

    /// Takes what a document sets; what it leaves out stays as it is. On an error the
    /// settings may hold a part of it and must be thrown away.
    pub fn take_document(&mut self, document: &str) -> Result<(), SettingFault> {
        let value: Value = serde_json::from_str(document)
            .map_err(|e| SettingFault::new("", format!("The settings are not valid JSON: {e}.")))?;
        let Value::Object(tree) = value else {
            return Err(SettingFault::new(
                "",
                "The settings must be one JSON object.",
            ));
        };
        self.take_tree("", &tree)
    }

    fn take_tree(&mut self, prefix: &str, tree: &Map<String, Value>) -> Result<(), SettingFault> {
        for (name, value) in tree {
            let key = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}.{name}")
            };
            match (spec::find(&key), value) {
                (Some(spec), value) => self.take(spec, value.clone())?,
                (None, Value::Object(inner)) if is_group(&key) => self.take_tree(&key, inner)?,
                (None, _) => return Err(unknown_key(&key)),
            }
        }
        Ok(())
    }

    fn take(&mut self, spec: &'static Spec, value: Value) -> Result<(), SettingFault> {
        let value = value::check(spec, value)?;
        self.set.insert(spec.key, value);
        Ok(())
    }

    /// Sets one key to a JSON value.
    pub fn set(&mut self, key: &str, value: Value) -> Result<(), SettingFault> {
        let spec = spec::find(key).ok_or_else(|| unknown_key(key))?;
        self.take(spec, value)
    }

    /// Sets one key from text as typed on a command line: JSON where the setting is not a
    /// text, else the text itself.
    pub fn set_text(&mut self, key: &str, text: &str) -> Result<(), SettingFault> {
        let spec = spec::find(key).ok_or_else(|| unknown_key(key))?;
        self.take(spec, value::from_text(spec, text))
    }

    /// The present value of a key, default included.
    pub fn value(&self, key: &str) -> Value {
        match (self.set.get(key), spec::find(key)) {
            (Some(value), _) => value.clone(),
            (None, Some(spec)) => serde_json::from_str(spec.default).unwrap_or(Value::Null),
            (None, None) => Value::Null,
        }
    }

    /// Everything as one nested document, defaults included, in the table's order.
    pub fn document(&self) -> Value {
        self.nested(|_| true)
    }

    /// Only what was set, for storage: a later default then still reaches the merchant.
    pub fn stored(&self) -> String {
        self.nested(|spec| self.set.contains_key(spec.key))
            .to_string()
    }

    fn nested(&self, keep: impl Fn(&Spec) -> bool) -> Value {
        let mut root = Map::new();
        for spec in SPECS.iter().filter(|spec| keep(spec)) {
            let mut at = &mut root;
            let mut parts = spec.key.split('.').peekable();
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    at.insert(part.into(), self.value(spec.key));
                    break;
                }
                let entry = at.entry(part).or_insert_with(|| Value::Object(Map::new()));
                let Value::Object(inner) = entry else { break };
                at = inner;
            }
        }
        Value::Object(root)
    }

    /// The keys whose values differ between two settings, with before and after.
    pub fn changes_to(&self, after: &Self) -> Vec<(&'static str, Value, Value)> {
        SPECS
            .iter()
            .map(|spec| (spec.key, self.value(spec.key), after.value(spec.key)))
            .filter(|(_, before, after)| before != after)
            .collect()
    }
}

fn is_group(key: &str) -> bool {
    let prefix = format!("{key}.");
    SPECS.iter().any(|spec| spec.key.starts_with(&prefix))
}

fn unknown_key(key: &str) -> SettingFault {
    let group = key.split('.').next().unwrap_or(key);
    let near: Vec<&str> = SPECS
        .iter()
        .map(|spec| spec.key)
        .filter(|known| known.split('.').next() == Some(group))
        .collect();
    let allowed = if near.is_empty() {
        SPECS
            .iter()
            .map(|spec| spec.key)
            .collect::<Vec<_>>()
            .join(", ")
    } else {
        near.join(", ")
    };
    SettingFault::new(
        key,
        format!("There is no setting “{key}”. Known are: {allowed}."),
    )
}

#[cfg(test)]
mod tests;
