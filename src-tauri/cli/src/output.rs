//! What is printed: one JSON value, or text for people with colour only on a terminal.

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;
use serde_json::json;

use crate::exit::Exit;

/// Where and how to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    /// Exactly one JSON value on standard output.
    pub(crate) json: bool,
    /// Nothing but results and errors.
    pub(crate) quiet: bool,
    terminal: bool,
    colour: bool,
}

impl Output {
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            json,
            quiet,
            terminal,
            colour: terminal && wanted,
        }
    }

    /// Plain text, as into a file.
    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self {
            json: false,
            quiet: false,
            terminal: false,
            colour: false,
        }
    }

    /// As on a terminal with colours.
    #[cfg(test)]
    pub(crate) fn coloured() -> Self {
        Self {
            terminal: true,
            colour: true,
            ..Self::plain()
        }
    }

    /// Prints a result: the value as JSON, or the text made from it.
    pub(crate) fn result<T: Serialize>(&self, value: &T, text: impl FnOnce() -> String) {
        let line = if self.json {
            serde_json::to_string(value).unwrap_or_default()
        } else {
            text().trim_end().to_owned()
        };
        self.line(&line);
    }

    /// One line on standard output. A closed pipe is the reader's choice, not a fault.
    #[expect(
        clippy::unused_self,
        reason = "printing goes through the one that knows how"
    )]
    pub(crate) fn line(&self, line: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{line}");
        let _ = out.flush();
    }

    /// Prints why a command could not be carried out.
    pub(crate) fn error(&self, exit: &Exit) {
        if self.json {
            let mut error = json!({ "code": exit.code, "message": exit.message });
            if let Some(field) = &exit.field {
                error["field"] = json!(field);
            }
            self.line(&json!({ "error": error }).to_string());
        } else {
            let mut err = std::io::stderr().lock();
            let _ = writeln!(err, "{}", exit.message);
        }
    }

    /// Text in a colour, on a terminal.
    pub(crate) fn paint(&self, colour: Colour, text: &str) -> String {
        if self.colour && !self.json {
            format!("\x1b[{}m{text}\x1b[0m", colour.code())
        } else {
            text.to_owned()
        }
    }

    /// Whether somebody looks at standard output.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether a progress line makes sense.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.json && !self.quiet && std::io::stderr().is_terminal()
    }
}

/// Colours with a meaning.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Colour {
    /// Needs someone.
    Stop,
    /// Look at it.
    Warn,
    /// As it should be.
    Ok,
    /// Less important.
    Dim,
    /// More important.
    Strong,
}

impl Colour {
    fn code(self) -> &'static str {
        match self {
            Self::Stop => "31",
            Self::Warn => "33",
            Self::Ok => "32",
            Self::Dim => "2",
            Self::Strong => "1",
        }
    }
}
