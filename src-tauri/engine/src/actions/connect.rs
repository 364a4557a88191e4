//! Tests both connections and says exactly what was found.

use serde::Serialize;
use vendor::{Lane, Told};

use crate::asks::name;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL};

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
            Err(fault) => return Ok(failed(CIN7, &fault)),
        };
        if let Some(other) = self.other_account(&me.company)? {
            return Ok(Checked {
                vendor: CIN7,
                standing: Standing::NotSetUp,
                message: format!(
                    "These keys open the account of {}, but this data belongs to {other}. Use the keys of {other}, or another data folder.",
                    me.company
                ),
                found: Vec::new(),
            });
        }
        let told = cin7.locations(Lane::Orders, 1).await;
        self.keep(CIN7, &told)?;
        let mut found = vec![
            ("company".to_owned(), me.company.clone()),
            ("currency".to_owned(), me.currency.clone()),
            ("time_zone".to_owned(), me.time_zone.clone()),
        ];
        if let Ok(page) = &told.result {
            let rows: Vec<(String, String)> = page
                .rows
                .iter()
                .filter_map(|row| row.as_ref().ok())
                .filter(|location| !location.deprecated)
                .map(|location| (location.id.clone(), location.name.clone()))
                .collect();
            let now = self.now();
            self.store().write(|w| {
                w.put_locations(&rows)?;
                w.reference_read("locations", now)?;
                w.put_cursor(
                    "account",
                    &store::Cursor {
                        value: me.company.clone(),
                        epoch: String::new(),
                        at: now,
                    },
                )
            })?;
        }
        let (standing, message) = match self.location() {
            Ok((_, location)) => {
                found.push(("location".to_owned(), location.clone()));
                (
                    Standing::Ok,
                    format!(
                        "Connected to {}; orders are taken at {location}.",
                        me.company
                    ),
                )
            }
            Err(fault) => (Standing::NotSetUp, fault.to_string()),
        };
        Ok(Checked {
            vendor: CIN7,
            standing,
            message,
            found,
        })
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
            Ok(ping) => {
                let skew = ping
                    .server_time
                    .map_or(0, |at| (at - self.now()).num_seconds());
                let clock = if skew.abs() > 120 {
                    format!(
                        " Whistl's clock and this computer's differ by {skew} s: set this computer's clock."
                    )
                } else {
                    String::new()
                };
                let message = format!("Connected to Whistl as {}.{clock}", ping.client_code);
                let found = vec![
                    ("client_code".to_owned(), ping.client_code.clone()),
                    ("clock_difference_seconds".to_owned(), skew.to_string()),
                ];
                Checked {
                    vendor: WHISTL,
                    standing: Standing::Ok,
                    message,
                    found,
                }
            }
            Err(fault) => failed(WHISTL, &fault),
        })
    }

    fn other_account(&self, company: &str) -> Result<Option<String>, EngineFault> {
        let known = self.store().reading().cursor("account")?;
        Ok(known
            .map(|cursor| cursor.value)
            .filter(|known| known != company))
    }

    fn keep<T>(&self, vendor: &'static str, told: &Told<T>) -> Result<(), EngineFault> {
        Ok(self.keep_exchange(vendor, None, &told.exchange, told.result.as_ref().err())?)
    }
}

fn failed(vendor: &'static str, fault: &vendor::Fault) -> Checked {
    use vendor::Fault;
    let (standing, fix) = match fault {
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
    }
}

fn not_set_up(vendor: &'static str, fault: EngineFault) -> Result<Checked, EngineFault> {
    match fault {
        EngineFault::Store(fault) => Err(fault.into()),
        other => Ok(Checked {
            vendor,
            standing: Standing::NotSetUp,
            message: other.to_string(),
            found: Vec::new(),
        }),
    }
}
