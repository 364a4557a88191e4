//! `demo`: the app in practice mode, with both vendors simulated inside it. Without a
//! screen, pictures of the same window on a virtual one, and then a readable account of the
//! headless program between the two vendors. That account knows the program only by its
//! command line and the sandbox only by its control interface, as anybody would.

mod account;
mod program;
mod stage;
mod story;
mod verdict;
mod window;

use std::path::Path;

use crate::trouble::Trouble;
use crate::{say, tools};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Sales in the world before the story adds its own.
    pub(crate) orders: u32,
    /// The data folder stays for a look afterwards.
    pub(crate) keep: bool,
    /// The account in the terminal alone, whatever screen there is.
    pub(crate) headless: bool,
}

impl Wanted {
    fn read(arguments: &[String]) -> Result<Self, Trouble> {
        let mut wanted = Self {
            orders: 24,
            keep: false,
            headless: false,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--keep" => wanted.keep = true,
                "--headless" => wanted.headless = true,
                "--orders" => wanted.orders = orders(rest.next())?,
                other => {
                    return Err(Trouble::new(format!(
                        "demo takes --headless, --keep and --orders N; “{other}” is unknown."
                    )));
                }
            }
        }
        Ok(wanted)
    }
}

fn orders(text: Option<&String>) -> Result<u32, Trouble> {
    let number = text
        .and_then(|text| text.parse().ok())
        .filter(|n| (1..=500).contains(n));
    number.ok_or_else(|| Trouble::new("--orders needs a whole number from 1 to 500."))
}

pub(crate) fn run(arguments: &[String]) -> Result<(), Trouble> {
    let wanted = Wanted::read(arguments)?;
    if !wanted.headless {
        if window::has_screen() {
            return window::open();
        }
        window::pictures(&window::demo_pictures()?)?;
    }
    say::line(
        "Stockbridge, headless, between Cin7 Core and Whistl, both simulated on this machine.",
    );
    say::line(
        "Nothing leaves this machine. About a minute once built; the first build takes a few.",
    );
    if wanted.orders > 30 {
        say::line(
            "Cin7 Core takes 60 calls a minute, so more than 30 orders take a minute for each 50.",
        );
    }
    story::tell(wanted)
}

/// `pictures`: those of the README, made anew.
pub(crate) fn pictures(arguments: &[String]) -> Result<(), Trouble> {
    match arguments {
        [] => window::pictures(&tools::root()?.join("docs/pictures")),
        [folder] if !folder.starts_with('-') => window::pictures(Path::new(folder)),
        _ => Err(Trouble::new(
            "pictures takes at most one argument, a folder.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Wanted, Trouble> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Wanted::read(&words)
    }

    #[test]
    fn without_arguments_there_are_24_orders_and_nothing_is_kept() {
        assert_eq!(
            read("").unwrap(),
            Wanted {
                orders: 24,
                keep: false,
                headless: false
            }
        );
        assert_eq!(
            read("--orders 100 --keep --headless").unwrap(),
            Wanted {
                orders: 100,
                keep: true,
                headless: true
            }
        );
    }

    #[test]
    fn a_wrong_argument_is_named() {
        for (line, part) in [
            ("--order 3", "--order"),
            ("--orders", "1 to 500"),
            ("--orders 0", "1 to"),
        ] {
            let told = read(line).unwrap_err().to_string();
            assert!(told.contains(part), "{line}: {told}");
        }
    }
}
