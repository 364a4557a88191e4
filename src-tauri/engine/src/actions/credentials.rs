//! Setting a connection up while the program runs: what was entered is tried first, and
//! what is in use stays so unless the vendor takes the new. Keeping credentials is the
//! keychain's business, between the trial and the taking.

use secrecy::SecretString;
use store::VendorRow;
use vendor::{Fault, Lane};

use super::connect::{Account, Checked, account, failed, keep_account, not_set_up, other_account};
use crate::engine::{Engine, Secrets};
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL, notice};
use crate::settings::Settings;

/// What a person enters to connect Cin7 Core.
#[derive(Clone, Debug, Default)]
pub struct NewCin7 {
    /// Address of the API.
    pub base_url: String,
    /// The account id; the one in use where none is given.
    pub account_id: Option<SecretString>,
    /// The application key; the one in use where none is given.
    pub key: Option<SecretString>,
    /// The warehouse's location by name; empty leaves it to be found.
    pub location: String,
}

/// What a person enters to connect Whistl.
#[derive(Clone, Debug, Default)]
pub struct NewWhistl {
    /// Address of the connector.
    pub base_url: String,
    /// The merchant's code.
    pub client_code: String,
    /// The key; the one in use where none is given.
    pub key: Option<SecretString>,
}

/// What came of a trial, and what may be taken into use.
#[derive(Debug)]
pub struct Tried {
    /// What was found.
    pub checked: Checked,
    /// What to take with [`Engine::take`], if the vendor took it: the credentials are to
    /// be put in the keychain first.
    pub taken: Option<Taking>,
}

/// Settings and credentials that a vendor took.
#[derive(Debug)]
pub struct Taking {
    vendor: &'static str,
    settings: Settings,
    keys: Vec<&'static str>,
    secrets: Secrets,
    account: Option<Account>,
}

impl Taking {
    /// All credentials as they will be.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }
}

impl Engine {
    /// Tries Cin7 Core with what was entered. Nothing in use is changed by it.
    ///
    /// # Errors
    /// The store's; [`EngineFault::Setting`] of a value that no setting can take.
    pub async fn try_cin7(&self, new: &NewCin7) -> Result<Tried, EngineFault> {
        let mut settings = Settings::clone(&self.settings());
        settings.set_text("cin7.base_url", &new.base_url)?;
        settings.set_text("cin7.location", &new.location)?;
        let mut secrets = self.secrets();
        secrets.cin7_account = new.account_id.clone().or(secrets.cin7_account);
        secrets.cin7_key = new.key.clone().or(secrets.cin7_key);
        let cin7 = match self.cin7_with(&settings, &secrets) {
            Ok(cin7) => cin7,
            Err(fault) => return Ok(not_taken(not_set_up(CIN7, fault)?)),
        };
        if let Some(checked) = self.asked_to_wait(CIN7) {
            return Ok(not_taken(checked));
        }
        let told = cin7.me(Lane::Orders).await;
        self.keep_trial(CIN7, &told)?;
        let me = match told.result {
            Ok(me) => me,
            Err(fault) => return Ok(not_taken(failed(CIN7, fault))),
        };
        if let Some(ours) = self.other_account(&me.company)? {
            return Ok(not_taken(other_account(me.company, ours)));
        }
        let told = cin7.locations(Lane::Orders, 1).await;
        self.keep_trial(CIN7, &told)?;
        let account = account(me, told.result.ok());
        Ok(Tried {
            checked: self.cin7_found(&account, &settings),
            taken: Some(Taking {
                vendor: CIN7,
                settings,
                keys: vec!["cin7.base_url", "cin7.location"],
                secrets,
                account: Some(account),
            }),
        })
    }

    /// Tries Whistl with what was entered. Nothing in use is changed by it.
    ///
    /// # Errors
    /// As [`Engine::try_cin7`].
    pub async fn try_whistl(&self, new: &NewWhistl) -> Result<Tried, EngineFault> {
        let mut settings = Settings::clone(&self.settings());
        settings.set_text("whistl.base_url", &new.base_url)?;
        settings.set_text("whistl.client_code", &new.client_code)?;
        let mut secrets = self.secrets();
        secrets.whistl_key = new.key.clone().or(secrets.whistl_key);
        let (reader, _) = match self.whistl_with(&settings, &secrets) {
            Ok(halves) => halves,
            Err(fault) => return Ok(not_taken(not_set_up(WHISTL, fault)?)),
        };
        if let Some(checked) = self.asked_to_wait(WHISTL) {
            return Ok(not_taken(checked));
        }
        let told = reader.ping().await;
        self.keep_trial(WHISTL, &told)?;
        Ok(match told.result {
            Ok(ping) => Tried {
                checked: self.whistl_found(&ping),
                taken: Some(Taking {
                    vendor: WHISTL,
                    settings,
                    keys: vec!["whistl.base_url", "whistl.client_code"],
                    secrets,
                    account: None,
                }),
            },
            Err(fault) => not_taken(failed(WHISTL, fault)),
        })
    }

    /// Takes into use what a vendor took. Journalled without any credential.
    pub fn take(&self, taking: Taking) -> Result<(), EngineFault> {
        // Settings may have changed while the keychain was being unlocked.
        let mut settings = Settings::clone(&self.settings());
        for key in &taking.keys {
            settings.set_text(key, &taking.settings.text(key))?;
        }
        self.use_secrets(taking.secrets);
        self.change_settings(settings)?;
        let (now, who) = (self.now(), self.who());
        self.lift_stop(taking.vendor)?;
        let mut store = self.store();
        // It has just answered with these: what it said to the old ones is over.
        let health = VendorRow {
            last_good: Some(now),
            paused_until: None,
            failing_since: None,
            ..store.reading().vendor(taking.vendor)?
        };
        store.write(|w| {
            w.put_vendor(taking.vendor, &health)?;
            if let Some(account) = &taking.account {
                keep_account(w, account, now)?;
            }
            w.journal(&notice(
                now,
                "setting",
                "connect",
                taking.vendor,
                &who,
                "Credentials taken into use",
            ))?;
            Ok(())
        })?;
        drop(store);
        self.hand_bell.notify_one();
        Ok(())
    }

    /// Uses a vendor's credentials no longer. Removing them from the keychain comes first.
    pub fn forget(&self, vendor: &'static str) -> Result<(), EngineFault> {
        let mut secrets = self.secrets();
        if vendor == CIN7 {
            secrets.cin7_account = None;
            secrets.cin7_key = None;
        } else {
            secrets.whistl_key = None;
        }
        self.use_secrets(secrets);
        let (now, who) = (self.now(), self.who());
        self.store().write(|w| {
            let text = "Credentials removed";
            w.journal(&notice(now, "setting", "forget", vendor, &who, text))?;
            Ok(())
        })?;
        Ok(())
    }

    /// A vendor that asked for time is given it, and whoever waits is told how long.
    fn asked_to_wait(&self, vendor: &'static str) -> Option<Checked> {
        let row = self.store().reading().vendor(vendor).unwrap_or_default();
        if row.failures > 0 {
            // A pause of our own making, for what was in use until now.
            self.pacer(vendor).end_pause();
            return None;
        }
        let counted = self.meter.now();
        let until = self.pacer(vendor).usage(counted).paused_until?;
        let wait = (until - counted).to_std().unwrap_or_default();
        Some(failed(
            vendor,
            Fault::Busy {
                wait,
                message: "asked to wait".into(),
            },
        ))
    }
}

fn not_taken(checked: Checked) -> Tried {
    Tried {
        checked,
        taken: None,
    }
}
