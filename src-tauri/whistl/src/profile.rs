//! The account profile: what may differ from one Whistl account to the next, as plain
//! data with the contract's defaults (section 3). Where it is kept is not our business.

use std::collections::BTreeMap;
use std::fmt;

use chrono_tz::Tz;
use domain::{ClientReference, Limits, SkuRule};

/// How messages travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// JSON over HTTPS.
    #[default]
    Rest,
    /// CSV files over SFTP. Named so that a profile can ask for it; every call is refused
    /// until it is built.
    Sftp,
}

/// A transport that is named but not built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsupportedTransport;

impl fmt::Display for UnsupportedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("files over SFTP come later; set the transport to “api”")
    }
}

impl std::error::Error for UnsupportedTransport {}

/// What the warehouse does with an order whose service it does not offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownServicePolicy {
    /// It refuses the order.
    Reject,
    /// It sends it by its default service, perhaps in silence: the worse case, so the one
    /// assumed where nothing is said.
    #[default]
    Default,
}

/// One account. See the contract's section 3 for why each entry may differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// How messages travel.
    pub transport: Transport,
    /// The merchant's code at the warehouse.
    pub client_code: String,
    /// The warehouse's code, 1 to 8 characters; `None` leaves the choice to Whistl.
    pub warehouse: Option<String>,
    /// Sizes of fields, the reference's among them.
    pub limits: Limits,
    /// Which SKUs the account carries.
    pub sku_rule: SkuRule,
    /// Whether an order needs a telephone number (stated in the brief; one importer
    /// treats it as optional, observed).
    pub phone_required: bool,
    /// Most digits of a telephone number; 12 by default (observed).
    pub phone_max: usize,
    /// What happens to an unknown service, where the service list does not say.
    pub unknown_service_policy: UnknownServicePolicy,
    /// Foreign status words → the contract's (section 8), case ignored.
    pub status_map: BTreeMap<String, String>,
    /// Foreign hold words → the contract's (section 8), case ignored.
    pub hold_map: BTreeMap<String, String>,
    /// Foreign rejection words → the contract's (section 13), case ignored.
    pub rejection_map: BTreeMap<String, String>,
    /// Foreign reasons of adjustments → the contract's (section 10), case ignored.
    pub reason_map: BTreeMap<String, String>,
    /// Whether damaged units stay in the building, in quarantine. Asked only where an
    /// adjustment does not say itself what changed there.
    pub damage_stays_on_hand: bool,
    /// Whether the same order sent twice is one order at the warehouse. Where it is not,
    /// the engine never resends after an unknown outcome without asking.
    pub submit_idempotent: bool,
    /// Prefix that the warehouse puts before our references; taken off what comes in.
    pub ref_prefix: String,
    /// Whether a refusal names only the first fault, even when it does not say so.
    pub rejections_first_only: bool,
    /// Zone of times that name none, and of the times we write.
    pub zone_for_naive_times: Tz,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            transport: Transport::Rest,
            client_code: String::new(),
            warehouse: None,
            limits: Limits::default(),
            sku_rule: SkuRule::default(),
            phone_required: true,
            phone_max: 12,
            unknown_service_policy: UnknownServicePolicy::Default,
            status_map: BTreeMap::new(),
            hold_map: BTreeMap::new(),
            rejection_map: BTreeMap::new(),
            reason_map: BTreeMap::new(),
            damage_stays_on_hand: true,
            submit_idempotent: true,
            ref_prefix: String::new(),
            rejections_first_only: false,
            zone_for_naive_times: Tz::Europe__London,
        }
    }
}

impl Profile {
    /// Whether the transport can be used at all; to be asked when the profile is set.
    pub fn usable(&self) -> Result<(), UnsupportedTransport> {
        match self.transport {
            Transport::Rest => Ok(()),
            Transport::Sftp => Err(UnsupportedTransport),
        }
    }

    /// A reference as it came in, in our form: blanks and the account's prefix taken off,
    /// upper case (the contract compares without regard to case). `None` when it cannot
    /// be one of ours.
    pub(crate) fn inbound_reference(&self, raw: &str) -> Option<ClientReference> {
        let folded = self.fold(raw);
        ClientReference::parse(&folded, self.limits.reference).ok()
    }

    /// Whether an inbound reference means this one of ours.
    pub(crate) fn means(&self, raw: &str, ours: &ClientReference) -> bool {
        let raw = raw.trim();
        raw.eq_ignore_ascii_case(ours.as_str())
            || self.fold(raw).eq_ignore_ascii_case(ours.as_str())
    }

    fn fold(&self, raw: &str) -> String {
        let upper = raw.trim().to_ascii_uppercase();
        let prefix = self.ref_prefix.trim().to_ascii_uppercase();
        match upper.strip_prefix(&prefix) {
            Some(rest) if !rest.is_empty() => rest.to_owned(),
            Some(_) | None => upper,
        }
    }
}

/// The contract's word for a foreign one; the word itself where the map is silent.
pub(crate) fn translated(map: &BTreeMap<String, String>, word: &str) -> String {
    let word = word.trim();
    map.iter()
        .find(|(foreign, _)| foreign.trim().eq_ignore_ascii_case(word))
        .map_or_else(|| word.to_owned(), |(_, ours)| ours.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_comes_home_without_the_warehouses_prefix_and_in_any_case() {
        let profile = Profile {
            ref_prefix: "stk".into(),
            ..Profile::default()
        };
        let ours = ClientReference::parse("SO-00042", 12).unwrap();
        for raw in ["SO-00042", "so-00042", "STKSO-00042", " stkso-00042 "] {
            assert_eq!(
                profile.inbound_reference(raw).as_ref(),
                Some(&ours),
                "{raw}"
            );
            assert!(profile.means(raw, &ours), "{raw}");
        }
        assert!(!profile.means("SO-00043", &ours));
    }

    #[test]
    fn a_reference_that_only_looks_prefixed_still_means_itself() {
        let profile = Profile {
            ref_prefix: "SO-".into(),
            ..Profile::default()
        };
        let ours = ClientReference::parse("SO-1", 12).unwrap();
        assert!(
            profile.means("SO-1", &ours),
            "an account may leave its prefix off"
        );
    }

    #[test]
    fn a_reference_that_cannot_be_ours_is_none() {
        let profile = Profile::default();
        for raw in ["", "???", "A-REFERENCE-FAR-TOO-LONG"] {
            assert_eq!(profile.inbound_reference(raw), None, "{raw}");
        }
    }

    #[test]
    fn foreign_words_are_translated_without_regard_to_case_and_others_are_kept() {
        let map = BTreeMap::from([("On Hold".to_owned(), "HELD".to_owned())]);
        assert_eq!(translated(&map, "on hold"), "HELD");
        assert_eq!(translated(&map, "Lost"), "Lost");
    }

    #[test]
    fn sftp_is_named_and_refused() {
        let profile = Profile {
            transport: Transport::Sftp,
            ..Profile::default()
        };
        assert!(
            profile
                .usable()
                .unwrap_err()
                .to_string()
                .contains("files over SFTP come later")
        );
        assert!(Profile::default().usable().is_ok());
    }
}
