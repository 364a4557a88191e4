//! The start options of `sandbox serve`: what they mean, their defaults, and what is
//! refused. Each option has its own reader, so that any command line can use them.
//! Nothing is opened or bound here.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::Pace;

/// Most orders a world may be made with.
pub const ORDERS_MAX: u32 = 100_000;
/// Most products a world may be made with.
pub const SKUS_MAX: u32 = 50_000;
/// Fastest world, in world seconds a real second: a day.
pub const SPEED_MAX: f64 = 86_400.0;

/// How much goes wrong in the generated world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// No order has a fault and none leaves the United Kingdom.
    Clean,
    /// One order in eight has one to three faults, one in twenty goes abroad.
    Typical,
    /// As typical, and the vendors themselves fail at low rates.
    Rough,
}

/// An option that cannot be meant, with what would have been right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{option}: {message}")]
pub struct OptionFault {
    /// The option as typed on a command line, `--speed` say.
    pub option: String,
    /// What was wrong with its value and what is allowed.
    pub message: String,
}

impl OptionFault {
    fn new(option: &str, message: impl Into<String>) -> Self {
        Self {
            option: option.into(),
            message: message.into(),
        }
    }
}

/// Everything a sandbox is started with.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Where Cin7 Core listens; loopback, port 0 for any free one.
    pub cin7: SocketAddr,
    /// Where Whistl listens; loopback, port 0 for any free one.
    pub whistl: SocketAddr,
    /// Orders the world begins with, 0 to [`ORDERS_MAX`].
    pub orders: u32,
    /// Products in the catalogue, 1 to [`SKUS_MAX`]; the telling ones are always there.
    pub skus: u32,
    /// Where all chance comes from.
    pub seed: u64,
    /// How much goes wrong.
    pub profile: Profile,
    /// The world's time at the start.
    pub start: DateTime<Utc>,
    /// How fast the world's time passes.
    pub pace: Pace,
    /// Fault switches to throw at the start, as posted to `/sandbox/faults`.
    pub faults: Option<PathBuf>,
    /// Where the whole world is kept between runs.
    pub state: Option<PathBuf>,
}

impl Options {
    /// The defaults, with the world starting at `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        let anywhere = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Self {
            cin7: anywhere,
            whistl: anywhere,
            orders: 50,
            skus: 120,
            seed: 1,
            profile: Profile::Typical,
            start: now,
            pace: Pace::Times(1.0),
            faults: None,
            state: None,
        }
    }

    /// Reads `--option value` and `--option=value` pairs over the defaults.
    ///
    /// # Errors
    /// The first option that is unknown, given twice, lacks a value or has a bad one.
    pub fn parse(arguments: &[String], now: DateTime<Utc>) -> Result<Self, OptionFault> {
        let mut options = Self::at(now);
        let mut given: Vec<&str> = Vec::new();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let (option, value) = match argument.split_once('=') {
                Some((option, value)) => (option, Some(value)),
                None => (argument.as_str(), None),
            };
            if given.contains(&option) {
                return Err(OptionFault::new(option, "given twice"));
            }
            given.push(option);
            let value = match value {
                Some(value) => value,
                None if NAMES.contains(&option) => rest
                    .next()
                    .map(String::as_str)
                    .ok_or_else(|| OptionFault::new(option, "needs a value"))?,
                None => "",
            };
            options.set(option, value)?;
        }
        Ok(options)
    }

    /// Sets one option by its name on the command line.
    ///
    /// # Errors
    /// The option is unknown, or its value cannot be meant.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), OptionFault> {
        match option {
            "--cin7" => self.cin7 = address(option, value)?,
            "--whistl" => self.whistl = address(option, value)?,
            "--orders" => self.orders = count(option, value, 0, ORDERS_MAX)?,
            "--skus" => self.skus = count(option, value, 1, SKUS_MAX)?,
            "--seed" => self.seed = seed(option, value)?,
            "--profile" => self.profile = profile(option, value)?,
            "--start" => self.start = start(option, value)?,
            "--speed" => self.pace = speed(option, value)?,
            "--faults" => self.faults = Some(file(option, value)?),
            "--state" => self.state = Some(file(option, value)?),
            _ => {
                let message = format!("unknown; the options are {}", NAMES.join(", "));
                return Err(OptionFault::new(option, message));
            }
        }
        Ok(())
    }
}

/// The options as typed.
const NAMES: [&str; 10] = [
    "--cin7",
    "--whistl",
    "--orders",
    "--skus",
    "--seed",
    "--profile",
    "--start",
    "--speed",
    "--faults",
    "--state",
];

/// A loopback address and port. `localhost` stands for 127.0.0.1.
///
/// # Errors
/// It is no address with a port, or it can be reached from other machines.
pub fn address(option: &str, text: &str) -> Result<SocketAddr, OptionFault> {
    let plain = text.trim();
    let spelt = plain
        .strip_prefix("localhost:")
        .map_or_else(|| plain.to_owned(), |port| format!("127.0.0.1:{port}"));
    let address: SocketAddr = spelt.parse().map_err(|_| {
        let message = format!("`{text}` is no address; write 127.0.0.1:PORT, port 0 for any");
        OptionFault::new(option, message)
    })?;
    if !address.ip().is_loopback() {
        let message = format!(
            "`{text}` is refused: the sandbox listens on loopback only, 127.0.0.1 or [::1]"
        );
        return Err(OptionFault::new(option, message));
    }
    Ok(address)
}

/// A whole number from `least` to `most`.
///
/// # Errors
/// It is no whole number, or outside the range.
pub fn count(option: &str, text: &str, least: u32, most: u32) -> Result<u32, OptionFault> {
    text.trim()
        .parse()
        .ok()
        .filter(|n| (least..=most).contains(n))
        .ok_or_else(|| {
            let message = format!("`{text}` must be a whole number from {least} to {most}");
            OptionFault::new(option, message)
        })
}

/// A seed: any whole number that 64 bits hold.
///
/// # Errors
/// It is none.
pub fn seed(option: &str, text: &str) -> Result<u64, OptionFault> {
    text.trim().parse().map_err(|_| {
        let message = format!("`{text}` must be a whole number from 0 to {}", u64::MAX);
        OptionFault::new(option, message)
    })
}

/// A profile's name.
///
/// # Errors
/// It is none of the three.
pub fn profile(option: &str, text: &str) -> Result<Profile, OptionFault> {
    match text.trim() {
        "clean" => Ok(Profile::Clean),
        "typical" => Ok(Profile::Typical),
        "rough" => Ok(Profile::Rough),
        _ => {
            let message = format!("`{text}` must be clean, typical or rough");
            Err(OptionFault::new(option, message))
        }
    }
}

/// A start time: RFC 3339, or without a zone in UTC; between the years 2000 and 2100.
///
/// # Errors
/// It cannot be read so, or lies outside those years.
pub fn start(option: &str, text: &str) -> Result<DateTime<Utc>, OptionFault> {
    let plain = text.trim();
    let naive = || NaiveDateTime::parse_from_str(plain, "%Y-%m-%dT%H:%M:%S").ok();
    DateTime::parse_from_rfc3339(plain)
        .ok()
        .map(|time| time.to_utc())
        .or_else(|| naive().map(|time| time.and_utc()))
        .filter(|time| ("2000-01-01".."2100-01-01").contains(&time.to_rfc3339().as_str()))
        .ok_or_else(|| {
            let message =
                format!("`{text}` must be a time such as 2026-11-24T09:00:00Z, in 2000 to 2099");
            OptionFault::new(option, message)
        })
}

/// A pace: `manual`, or how many world seconds pass in a real one.
///
/// # Errors
/// It is no number above 0 and up to [`SPEED_MAX`].
pub fn speed(option: &str, text: &str) -> Result<Pace, OptionFault> {
    let plain = text.trim();
    if plain == "manual" {
        return Ok(Pace::Manual);
    }
    let times = plain
        .parse()
        .ok()
        .filter(|x: &f64| *x > 0.0 && *x <= SPEED_MAX);
    times.map(Pace::Times).ok_or_else(|| {
        let message = format!("`{text}` must be manual, or a number above 0 and up to {SPEED_MAX}");
        OptionFault::new(option, message)
    })
}

fn file(option: &str, text: &str) -> Result<PathBuf, OptionFault> {
    if text.is_empty() {
        return Err(OptionFault::new(option, "needs a file name"));
    }
    Ok(PathBuf::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-24T09:00:00Z".parse().unwrap()
    }

    fn parse(line: &str) -> Result<Options, OptionFault> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&arguments, now())
    }

    #[test]
    fn without_options_the_world_is_typical_and_starts_now() {
        assert_eq!(parse("").unwrap(), Options::at(now()));
    }

    #[test]
    fn every_option_of_the_contract_is_taken() {
        let options = parse(
            "--cin7 127.0.0.1:4000 --whistl=[::1]:0 --orders 500 --skus 9 --seed 7 \
             --profile rough --start 2026-10-25T01:30:00+01:00 --speed manual --faults f.json \
             --state world.json",
        )
        .unwrap();
        assert_eq!(options.cin7.port(), 4000);
        assert!(options.whistl.is_ipv6());
        assert_eq!((options.orders, options.skus, options.seed), (500, 9, 7));
        assert_eq!(options.profile, Profile::Rough);
        assert_eq!(options.start.to_rfc3339(), "2026-10-25T00:30:00+00:00");
        assert_eq!(options.pace, Pace::Manual);
        assert_eq!(options.state, Some(PathBuf::from("world.json")));
        assert_eq!(parse("--speed 60").unwrap().pace, Pace::Times(60.0));
    }

    #[test]
    fn a_bad_option_is_named_with_what_is_allowed() {
        let cases = [
            ("--cin7 0.0.0.0:0", "--cin7", "loopback only"),
            ("--whistl 192.168.1.4:80", "--whistl", "loopback only"),
            ("--whistl here", "--whistl", "127.0.0.1:PORT"),
            ("--orders -1", "--orders", "0 to 100000"),
            ("--orders 1.5", "--orders", "whole number"),
            ("--skus 0", "--skus", "1 to"),
            ("--seed x", "--seed", "whole number"),
            ("--profile tidy", "--profile", "clean, typical or rough"),
            ("--start yesterday", "--start", "2026-11-24T09:00:00Z"),
            ("--start 1999-01-01T00:00:00Z", "--start", "2000"),
            ("--speed 0", "--speed", "manual"),
            ("--speed NaN", "--speed", "manual"),
            ("--speed", "--speed", "needs a value"),
            ("--state=", "--state", "file name"),
            ("--seed 1 --seed 2", "--seed", "twice"),
            ("--colour red", "--colour", "--profile"),
        ];
        for (line, option, part) in cases {
            let fault = parse(line).unwrap_err();
            assert_eq!(fault.option, option, "{line}");
            assert!(fault.message.contains(part), "{line}: {fault}");
        }
    }
}
