//! Connections: how each vendor is reached, and what a test of them found. Secrets never
//! come here.

use engine::Secrets;
use engine::actions::{Checked as Found, ConnectionStanding, Why};
use engine::location::NoLocation;
use engine::views::Views;
use vendor::Fault;

use crate::shapes::{
    Checked, Cin7Connection, Connections, FoundOut, Tone, UiError, VendorKind, WhistlConnection,
};
use crate::text::{counted, exact_span, list};

/// Which credentials are kept; never what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Cin7's account id.
    pub cin7_account: bool,
    /// Cin7's application key.
    pub cin7_key: bool,
    /// Whistl's key.
    pub whistl_key: bool,
}

impl From<&Secrets> for Kept {
    fn from(secrets: &Secrets) -> Self {
        Self {
            cin7_account: secrets.cin7_account.is_some(),
            cin7_key: secrets.cin7_key.is_some(),
            whistl_key: secrets.whistl_key.is_some(),
        }
    }
}

/// How both vendors are reached.
///
/// # Errors
/// The store's.
pub fn connections(look: &Views<'_>, kept: Kept) -> Result<Connections, UiError> {
    let locations = look.reading.locations()?;
    let location = match engine::location::find(look.reading, look.settings)? {
        Ok((_, name)) => name,
        Err(_) => look.settings.text("cin7.location"),
    };
    Ok(Connections {
        cin7: Cin7Connection {
            base_url: look.settings.text("cin7.base_url"),
            has_account: kept.cin7_account,
            has_key: kept.cin7_key,
            location,
            locations: locations.into_iter().map(|(_, name)| name).collect(),
        },
        whistl: WhistlConnection {
            base_url: look.settings.text("whistl.base_url"),
            client_code: look.settings.text("whistl.client_code"),
            has_key: kept.whistl_key,
        },
    })
}

/// What a test of the credentials in use found, in words.
pub fn checked(found: &Found) -> Checked {
    told(found, "")
}

/// What a trial of new credentials found, in words: whether they are in use now.
pub fn tried(found: &Found, taken: bool) -> Checked {
    told(
        found,
        if taken {
            ""
        } else {
            " Nothing has been changed."
        },
    )
}

fn told(found: &Found, more: &str) -> Checked {
    let vendor = if found.vendor == "cin7" {
        VendorKind::Cin7
    } else {
        VendorKind::Whistl
    };
    let name = engine::words::vendor(found.vendor);
    let (title, message) = words(name, found);
    Checked {
        vendor,
        ok: found.standing == ConnectionStanding::Ok,
        tone: match found.standing {
            ConnectionStanding::Ok if found.why == Why::Fine => Tone::Ok,
            ConnectionStanding::Ok | ConnectionStanding::NotSetUp => Tone::Warn,
            ConnectionStanding::Busy => Tone::Info,
            ConnectionStanding::CredentialsRefused | ConnectionStanding::Unreachable => Tone::Stop,
        },
        title,
        message: format!("{message}{more}"),
        field: field(&found.why).map(str::to_owned),
        found: found.found.iter().filter_map(found_out).collect(),
    }
}

fn words(name: &str, found: &Found) -> (String, String) {
    let value = |key: &str| {
        found
            .found
            .iter()
            .find(|(known, _)| known == key)
            .map_or("", |(_, value)| value.as_str())
    };
    let connected = format!("Connected to {name}");
    match &found.why {
        Why::Fine if found.vendor == "cin7" => (
            connected,
            format!(
                "The keys open the account of {}. Orders are taken from {}.",
                value("company"),
                value("location")
            ),
        ),
        Why::Fine => (
            connected,
            format!("The key opens the account {}.", value("client_code")),
        ),
        Why::ClockOff(seconds) => (
            connected,
            format!(
                "The key opens the account {}. This computer's clock is {} {}: set it right, since cut-offs go by it.",
                value("client_code"),
                exact_span(seconds.abs()),
                if *seconds > 0 { "slow" } else { "fast" }
            ),
        ),
        Why::Location(why) => (
            format!("{connected}, but the location is not known"),
            format!(
                "The keys open the account of {}. {}",
                value("company"),
                no_location(why)
            ),
        ),
        Why::OtherAccount { theirs, ours } => (
            "These keys open another account".into(),
            format!(
                "They open the account of {theirs}, but what is stored here belongs to {ours}. Enter the keys of {ours}."
            ),
        ),
        Why::Missing(problem) => (
            format!("{name} is not set up"),
            missing(&problem.field, name),
        ),
        Why::Fault(fault) => fault_words(name, fault),
    }
}

/// The input that has to be put right, where it is one.
fn field(why: &Why) -> Option<&'static str> {
    match why {
        Why::Fine | Why::ClockOff(_) => None,
        Why::Location(_) => Some("location"),
        Why::OtherAccount { .. } => Some("key"),
        Why::Missing(problem) => match problem.field.as_str() {
            "cin7.base_url" | "whistl.base_url" => Some("base_url"),
            "cin7" | "whistl" => Some("key"),
            _ => None,
        },
        Why::Fault(fault) => match fault {
            Fault::SignIn(_) => Some("key"),
            Fault::Busy { .. } => None,
            Fault::Unreachable(_)
            | Fault::Redirected(_)
            | Fault::Refused { .. }
            | Fault::NoAnswer { .. }
            | Fault::Unclear { .. } => Some("base_url"),
        },
    }
}

/// What is missing, by the engine's word for it.
fn missing(field: &str, name: &str) -> String {
    match field {
        "cin7.base_url" | "whistl.base_url" => {
            format!("Enter the address of {name}. It begins with https://.")
        }
        "whistl.transport" => {
            "This version reaches Whistl over the internet only, not by file transfer.".into()
        }
        "cin7" => "Enter the account id and the application key.".into(),
        "whistl" => "Enter the key that Whistl gave you.".into(),
        _ => "Something is missing. Fill in every field and try again.".into(),
    }
}

fn fault_words(name: &str, fault: &Fault) -> (String, String) {
    match fault {
        Fault::SignIn(words) => (
            format!("{name} refuses the key"),
            format!(
                "{} Check that it was copied whole, and that it is still valid.",
                said(name, words)
            ),
        ),
        Fault::Busy { wait, .. } => (
            format!("{name} asks us to wait"),
            format!(
                "It has had as many calls as it takes. Try again in {}.",
                exact_span(i64::try_from(wait.as_secs()).unwrap_or_default().max(1))
            ),
        ),
        Fault::Unreachable(_) => (
            format!("{name} cannot be reached"),
            "No connection. Check the address and this computer's connection to the internet.".into(),
        ),
        Fault::Redirected(elsewhere) => (
            format!("The address of {name} is wrong"),
            format!(
                "It sends us on to {elsewhere}. For safety nobody is followed with your key. Check the address."
            ),
        ),
        Fault::Refused { message, .. } => (
            format!("{name} answers, but not as expected"),
            format!("{} Check the address.", said(name, message)),
        ),
        Fault::NoAnswer { .. } | Fault::Unclear { .. } => (
            format!("{name} does not answer as expected"),
            "Something answers at that address, but it does not seem to be the right thing, or it is out of order. Check the address, and try again.".into(),
        ),
    }
}

/// A vendor's own words, quoted.
fn said(name: &str, words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() {
        format!("{name} does not take it.")
    } else {
        format!("{name} says: “{words}”.")
    }
}

/// Why no location is known, and what to do.
pub(crate) fn no_location(why: &NoLocation) -> String {
    let shown = |names: &[String]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
        list(&quoted)
    };
    match why {
        NoLocation::Unread => {
            "Cin7 Core's locations have not been read yet: connect Cin7 Core first.".into()
        }
        NoLocation::NotSet(names) => format!(
            "Choose the location that Whistl ships from. This account has {}.",
            shown(names)
        ),
        NoLocation::Unknown { wanted, names } => format!(
            "This account has no location “{wanted}” any more. Choose the one that Whistl ships from: it has {}.",
            shown(names)
        ),
        NoLocation::Several(names) => format!(
            "Several locations are named after Whistl: {}. Choose the one that it ships from.",
            shown(names)
        ),
    }
}

/// One thing that was found, with its title; what people need not see is left out.
fn found_out((key, value): &(String, String)) -> Option<FoundOut> {
    let out = |title: &str, value: String| {
        Some(FoundOut {
            title: title.into(),
            value,
        })
    };
    match key.as_str() {
        "company" => out("Company", value.clone()),
        "currency" => out("Currency of the books", value.clone()),
        "time_zone" => out("Time zone of the account", value.clone()),
        "location" => out("Location", value.clone()),
        "client_code" => out("Account code", value.clone()),
        "clock_difference_seconds" => {
            let seconds: i64 = value.parse().unwrap_or_default();
            let told = match seconds {
                0 => "the same as Whistl's".to_owned(),
                _ => format!(
                    "{} {} Whistl's",
                    counted(seconds.abs(), "second", "seconds"),
                    if seconds > 0 { "behind" } else { "ahead of" }
                ),
            };
            out("This computer's clock", told)
        }
        _ => None,
    }
}
