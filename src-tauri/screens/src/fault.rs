//! What the page is told when something cannot be done: the engine's faults in plain words.

use engine::EngineFault;
use store::StoreFault;

use crate::shapes::UiError;

impl UiError {
    /// A fault of the page's own request.
    pub fn wrong(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            field: None,
        }
    }

    /// The same, about an input.
    pub fn at(code: &str, field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::wrong(code, message)
        }
    }
}

impl From<EngineFault> for UiError {
    fn from(fault: EngineFault) -> Self {
        if let EngineFault::Setting(setting) = &fault {
            return crate::settings::wrong(setting);
        }
        let message = match (fault.code(), fault.field()) {
            ("credentials_missing", Some(vendor)) => format!(
                "No key is kept for {}. Enter it under Settings, Connections.",
                engine::words::vendor(vendor)
            ),
            ("alert_unknown", _) => "That has ended meanwhile: there is nothing to take.".into(),
            ("locations_unread", _) => {
                crate::connections::no_location(&engine::location::NoLocation::Unread)
            }
            _ => without_commands(&fault.to_string()),
        };
        Self {
            code: fault.code().into(),
            message,
            field: fault.field().map(str::to_owned),
        }
    }
}

/// Leaves out sentences that name a command: those are for the command line.
fn without_commands(text: &str) -> String {
    let mut kept: Vec<&str> = text
        .split_inclusive(". ")
        .filter(|sentence| !sentence.contains('`'))
        .collect();
    if kept.is_empty() {
        kept.push(text);
    }
    kept.concat().trim_end().to_owned()
}

impl From<StoreFault> for UiError {
    fn from(fault: StoreFault) -> Self {
        EngineFault::from(fault).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_is_named_on_screen() {
        let fault = EngineFault::wrong(
            "order_unknown",
            "number",
            "There is no order SO-7 here. Order numbers look like SO-00042; `orders` lists them.",
        );
        assert_eq!(UiError::from(fault).message, "There is no order SO-7 here.");
        let fault = EngineFault::wrong(
            "credentials_missing",
            "whistl",
            "No key for whistl is stored. Run `connect whistl` first.",
        );
        assert_eq!(
            UiError::from(fault).message,
            "No key is kept for Whistl. Enter it under Settings, Connections."
        );
    }
}
