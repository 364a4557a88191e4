//! Tests both connections as they are set up and says exactly what was found. Setting them
//! up is in [`super::credentials`].

use chrono::Duration;
use serde::Serialize;
use store::{Cursor, StoreFault, Write};
use vendor::{Lane, Told};

use crate::asks::name;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL, call};
use crate::location::{NoLocation, among};
use crate::settings::Settings;

/// A clock further off than this makes times on both sides disagree.
const SKEW_SECONDS: i64 = 60;

/// How a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Answers and takes the credentials.
    Ok,
    /// Something is missing or wrong on our side.
    NotSetUp,
    /// Refuses the credentials.
    CredentialsRefused,
    /// Asks us to wait.
    Busy,
    /// Does not answer, or not sensibly.
    Unreachable,
}

/// Why a connection stands so, as facts, for whoever words it for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// All is well.
    Fine,
    /// Answers, and its clock and ours differ by so many seconds (theirs less ours).
    ClockOff(i64),
    /// Answers, but which location is the warehouse's is not known.
    Location(NoLocation),
    /// The keys open another account than the one this data belongs to.
    OtherAccount {
        /// Whose account the keys open.
        theirs: String,
        /// Whose this data is.
        ours: String,
    },
    /// Something is missing or wrong here; which setting or credential.
    Missing(EngineProblem),
    /// The vendor's answer, or that there was none.
    Fault(vendor::Fault),
}

/// What is missing or wrong here before a vendor can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineProblem {
    /// The setting or credential.
    pub field: String,
    /// The engine's own words, which name it by its key.
    pub message: String,
}

/// The result for one vendor.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// `cin7` or `whistl`.
    pub vendor: &'static str,
    /// How it stands.
    pub standing: Standing,
    /// One sentence: what was found, and the fix where one is needed.
    pub message: String,
    /// What was found on the other side, where it answered.
    pub found: Vec<(String, String)>,
    /// The same as facts.
    #[serde(skip)]
    pub why: Why,
}

/// What Cin7 said of the account.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) company: String,
    pub(super) currency: String,
    pub(super) time_zone: String,
    /// Id and name; `None` when they could not be read.
    pub(super) locations: Option<Vec<(String, String)>>,
}

impl Engine {
    /// Tests both connections, one call or two each.
    pub async fn check(&self) -> Result<Vec<Checked>, EngineFault> {
        self.by_hand()?;
        Ok(vec![self.check_cin7().await?, self.check_whistl().await?])
    }

    /// Tests Cin7 Core: the key, the account, the location.
    pub async fn check_cin7(&self) -> Result<Checked, EngineFault> {
        self.lift_stop(CIN7)?;
        let cin7 = match self.cin7() {
            Ok(cin7) => cin7,
            Err(fault) => return not_set_up(CIN7, fault),
        };
        let told = cin7.me(Lane::Orders).await;
        self.keep(CIN7, &told)?;
        let me = match told.result {
            Ok(me) => me,
            Err(fault) => return Ok(failed(CIN7, fault)),
        };
        if let Some(ours) = self.other_account(&me.company)? {
            return Ok(other_account(me.company, ours));
        }
        let told = cin7.locations(Lane::Orders, 1).await;
        self.keep(CIN7, &told)?;
        let account = account(me, told.result.ok());
        let now = self.now();
        self.store().write(|w| keep_account(w, &account, now))?;
        Ok(self.cin7_found(&account, &self.settings()))
    }

    /// What was found at Cin7 Core, judged by these settings.
    pub(super) fn cin7_found(&self, account: &Account, settings: &Settings) -> Checked {
        let mut found = vec![
            ("company".to_owned(), account.company.clone()),
            ("currency".to_owned(), account.currency.clone()),
            ("time_zone".to_owned(), account.time_zone.clone()),
        ];
        let stored = self.store().reading().locations().unwrap_or_default();
        let locations = account.locations.as_ref().unwrap_or(&stored);
        let (standing, message, why) = match among(locations, &settings.text("cin7.location")) {
            Ok((_, location)) => {
                let message = format!(
                    "Connected to {}; orders are taken at {location}.",
                    account.company
                );
                found.push(("location".to_owned(), location));
                (Standing::Ok, message, Why::Fine)
            }
            Err(why) => (
                Standing::NotSetUp,
                EngineFault::from(why.clone()).to_string(),
                Why::Location(why),
            ),
        };
        Checked {
            vendor: CIN7,
            standing,
            message,
            found,
            why,
        }
    }

    /// Tests Whistl: the key, the rights, the clock.
    pub async fn check_whistl(&self) -> Result<Checked, EngineFault> {
        self.lift_stop(WHISTL)?;
        let (reader, _) = match self.whistl() {
            Ok(halves) => halves,
            Err(fault) => return not_set_up(WHISTL, fault),
        };
        let told = reader.ping().await;
        self.keep(WHISTL, &told)?;
        Ok(match told.result {
            Ok(ping) => self.whistl_found(&ping),
            Err(fault) => failed(WHISTL, fault),
        })
    }

    /// What was found at Whistl.
    pub(super) fn whistl_found(&self, ping: &whistl::Ping) -> Checked {
        let skew = ping
            .server_time
            .map_or(0, |at| (at - self.now()).num_seconds());
        let off = Duration::seconds(skew.abs()) > Duration::seconds(SKEW_SECONDS);
        let clock = if off {
            format!(
                " Whistl's clock and this computer's differ by {skew} s: set this computer's clock."
            )
        } else {
            String::new()
        };
        Checked {
            vendor: WHISTL,
            standing: Standing::Ok,
            message: format!("Connected to Whistl as {}.{clock}", ping.client_code),
            found: vec![
                ("client_code".to_owned(), ping.client_code.clone()),
                ("clock_difference_seconds".to_owned(), skew.to_string()),
            ],
            why: if off { Why::ClockOff(skew) } else { Why::Fine },
        }
    }

    /// Whose this data is, if it is another's. Before the first sale it is nobody's yet.
    pub(super) fn other_account(&self, company: &str) -> Result<Option<String>, EngineFault> {
        let store = self.store();
        if store.reading().cursor("sales")?.is_none() {
            return Ok(None);
        }
        let known = store.reading().cursor("account")?;
        Ok(known
            .map(|cursor| cursor.value)
            .filter(|known| known != company))
    }

    fn keep<T>(&self, vendor: &'static str, told: &Told<T>) -> Result<(), EngineFault> {
        Ok(self.keep_exchange(vendor, None, &told.exchange, told.result.as_ref().err())?)
    }

    /// Keeps the record of a call made with credentials that are only tried: what comes of
    /// it says nothing about those in use.
    pub(super) fn keep_trial<T>(
        &self,
        vendor: &'static str,
        told: &Told<T>,
    ) -> Result<(), StoreFault> {
        self.store().write(|w| {
            w.journal(&call(vendor, &told.exchange, None))?;
            Ok(())
        })
    }
}

/// An account from both answers.
pub(super) fn account(me: cin7::Me, locations: Option<cin7::LocationPage>) -> Account {
    Account {
        company: me.company,
        currency: me.currency,
        time_zone: me.time_zone,
        locations: locations.map(|page| {
            page.rows
                .into_iter()
                .filter_map(Result::ok)
                .filter(|location| !location.deprecated)
                .map(|location| (location.id, location.name))
                .collect()
        }),
    }
}

/// Notes whose account this is, and its locations where they were read.
pub(super) fn keep_account(
    w: &mut Write<'_>,
    account: &Account,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), StoreFault> {
    if let Some(locations) = &account.locations {
        w.put_locations(locations)?;
        w.reference_read("locations", now)?;
    }
    let cursor = Cursor {
        value: account.company.clone(),
        epoch: String::new(),
        at: now,
    };
    w.put_cursor("account", &cursor)
}

/// The keys open another account than the one this data belongs to.
pub(super) fn other_account(theirs: String, ours: String) -> Checked {
    Checked {
        vendor: CIN7,
        standing: Standing::NotSetUp,
        message: format!(
            "These keys open the account of {theirs}, but this data belongs to {ours}. Use the keys of {ours}, or another data folder."
        ),
        found: Vec::new(),
        why: Why::OtherAccount { theirs, ours },
    }
}

/// The vendor did not take the call.
pub(super) fn failed(vendor: &'static str, fault: vendor::Fault) -> Checked {
    use vendor::Fault;
    let (standing, fix) = match &fault {
        Fault::SignIn(_) => (
            Standing::CredentialsRefused,
            format!(
                "Check the key in {} and run `connect {vendor}` again.",
                name(vendor)
            ),
        ),
        Fault::Busy { wait, .. } => (
            Standing::Busy,
            format!("Try again in {} seconds.", wait.as_secs()),
        ),
        Fault::Refused { .. }
        | Fault::Unreachable(_)
        | Fault::NoAnswer { .. }
        | Fault::Unclear { .. }
        | Fault::Redirected(_) => (
            Standing::Unreachable,
            format!("Check the setting {vendor}.base_url and the connection to the internet."),
        ),
    };
    Checked {
        vendor,
        standing,
        message: format!("{}: {fault}. {fix}", name(vendor)),
        found: Vec::new(),
        why: Why::Fault(fault),
    }
}

/// Something is missing or wrong here.
pub(super) fn not_set_up(vendor: &'static str, fault: EngineFault) -> Result<Checked, EngineFault> {
    match fault {
        EngineFault::Store(fault) => Err(fault.into()),
        other => Ok(Checked {
            vendor,
            standing: Standing::NotSetUp,
            message: other.to_string(),
            found: Vec::new(),
            why: Why::Missing(EngineProblem {
                field: other.field().unwrap_or_default().to_owned(),
                message: other.to_string(),
            }),
        }),
    }
}
