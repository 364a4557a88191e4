//! The carriage services the warehouse offers, and which one an order gets.
//! The account's policy for a service it does not know lives here, because that is
//! what makes a parcel travel by the wrong service in silence.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::refusal::Rejection;
use crate::http::Misuse;

/// One carriage service (contract, section 2.8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOffer {
    /// Service code, 1–16 of `A–Z 0–9 _`.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// The carrier behind it.
    pub carrier_code: String,
    /// Countries it serves: ISO 3166-1 alpha-2 codes, or `*` for all.
    pub countries: Vec<String>,
    /// Heaviest parcel in grams; `None` without limit. Not enforced: the account
    /// keeps no weights (assumed).
    pub max_weight_g: Option<u64>,
    /// Whether it can be ordered.
    pub active: bool,
    /// Whether it stands in for services that are unknown or withdrawn.
    pub is_default: bool,
}

impl ServiceOffer {
    /// The four services of the recorded sample `rest/02-services-200.json`.
    pub fn usual() -> Vec<Self> {
        vec![
            Self::row("WHI_STD", "Standard 48", "RMT", "GB", 20_000, true, true),
            Self::row(
                "WHI_EXP",
                "Express next day",
                "DPD",
                "GB",
                30_000,
                true,
                false,
            ),
            Self::row(
                "WHI_INT",
                "International tracked",
                "RMT",
                "*",
                2_000,
                true,
                false,
            ),
            Self::row(
                "WHI_EXP24",
                "Express 24 (withdrawn)",
                "DPD",
                "GB",
                30_000,
                false,
                false,
            ),
        ]
    }

    fn row(
        code: &str,
        name: &str,
        carrier: &str,
        country: &str,
        max_weight_g: u64,
        active: bool,
        is_default: bool,
    ) -> Self {
        Self {
            code: code.into(),
            name: name.into(),
            carrier_code: carrier.into(),
            countries: vec![country.into()],
            max_weight_g: Some(max_weight_g),
            active,
            is_default,
        }
    }

    fn serves(&self, country: &str) -> bool {
        self.countries
            .iter()
            .any(|served| served == "*" || served == country)
    }
}

/// What becomes of an order for a service that is unknown or withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnknownService {
    /// The order is refused.
    #[serde(rename = "REJECT")]
    Reject,
    /// The default service is used instead, with a warning.
    #[serde(rename = "DEFAULT")]
    Default,
}

/// The service an order gets, and the warning that goes with it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Applied {
    /// The code that will really be used.
    pub(super) code: String,
    /// Told in the answer when it is not the one asked for.
    pub(super) warning: Option<Rejection>,
}

/// All services of the account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ServiceBook {
    offers: Vec<ServiceOffer>,
    policy: UnknownService,
}

impl ServiceBook {
    /// The book as the account starts.
    pub(super) fn new(offers: Vec<ServiceOffer>, policy: UnknownService) -> Self {
        Self { offers, policy }
    }

    /// The answer to `GET /v1/services`.
    pub(super) fn listing(&self) -> Value {
        json!({ "services": self.offers, "unknown_service_policy": self.policy })
    }

    /// The code that stands in for unknown ones, if the account has one.
    pub(super) fn default_code(&self) -> Option<&str> {
        self.offers
            .iter()
            .find(|o| o.is_default && o.active)
            .map(|o| o.code.as_str())
    }

    /// The carrier behind a service, active or not.
    pub(super) fn carrier_of(&self, code: &str) -> Option<&str> {
        let offer = self.offers.iter().find(|offer| offer.code == code);
        offer.map(|offer| offer.carrier_code.as_str())
    }

    /// Whether any active service goes to this country.
    pub(super) fn reaches(&self, country: &str) -> bool {
        self.offers
            .iter()
            .any(|offer| offer.active && offer.serves(country))
    }

    /// The service for an order, or why there is none. `country` is `None` when it is
    /// at fault itself, so that it is not blamed on the service as well.
    pub(super) fn choose(
        &self,
        requested: Option<&str>,
        country: Option<&str>,
    ) -> Result<Applied, Box<Rejection>> {
        let Some(code) = requested else {
            let message = "A service code is required.";
            return Err(Box::new(reason("SERVICE_UNKNOWN", Value::Null, message)));
        };
        let asked = json!(code);
        let (offer, warning) = match self.offers.iter().find(|offer| offer.code == code) {
            Some(offer) if offer.active => (offer, None),
            Some(_) => self.stand_in("SERVICE_INACTIVE", "active", &asked)?,
            None => self.stand_in("SERVICE_UNKNOWN", "known", &asked)?,
        };
        match country {
            Some(country) if !offer.serves(country) => {
                let message = format!("Service {} does not go to {country}.", offer.code);
                Err(Box::new(reason("SERVICE_NOT_FOR_ADDRESS", asked, &message)))
            }
            _ => Ok(Applied {
                code: offer.code.clone(),
                warning,
            }),
        }
    }

    /// The default service with its warning, if the policy lets it stand in.
    fn stand_in(
        &self,
        refusal: &str,
        state: &str,
        asked: &Value,
    ) -> Result<(&ServiceOffer, Option<Rejection>), Box<Rejection>> {
        let default = self
            .offers
            .iter()
            .find(|offer| offer.is_default && offer.active);
        let default = default.filter(|_| self.policy == UnknownService::Default);
        let Some(offer) = default else {
            let message = format!("Service is not {state}.");
            return Err(Box::new(reason(refusal, asked.clone(), &message)));
        };
        let message = format!("Service not {state}; default used.");
        Ok((
            offer,
            Some(reason("SERVICE_DEFAULTED", asked.clone(), &message)),
        ))
    }

    /// Changes services from the control side: `{"services":[{"code",…}],
    /// "unknown_service_policy"}` or one service's members at the top. A code not yet
    /// on the list makes a new service.
    pub(super) fn patch(&mut self, change: &Value) -> Result<(), Misuse> {
        let Some(members) = change.as_object() else {
            return Err(Misuse::bad("services: expected an object"));
        };
        let mut next = self.clone();
        for (key, value) in members {
            match key.as_str() {
                "unknown_service_policy" => {
                    next.policy = serde_json::from_value(value.clone()).map_err(|_| {
                        Misuse::bad("unknown_service_policy: expected REJECT or DEFAULT")
                    })?;
                }
                "services" => {
                    let rows = value
                        .as_array()
                        .ok_or_else(|| Misuse::bad("services: expected a list of services"))?;
                    for row in rows {
                        next.patch_one(row)?;
                    }
                }
                _ if members.contains_key("code") => {}
                _ => {
                    return Err(Misuse::bad(format!(
                        "{key}: unknown; expected services, unknown_service_policy, or one \
                         service with its code"
                    )));
                }
            }
        }
        if members.contains_key("code") {
            let mut row = members.clone();
            row.retain(|key, _| key != "services" && key != "unknown_service_policy");
            next.patch_one(&Value::Object(row))?;
        }
        *self = next;
        Ok(())
    }

    fn patch_one(&mut self, row: &Value) -> Result<(), Misuse> {
        let Some(code) = row.get("code").and_then(Value::as_str) else {
            return Err(Misuse::bad("services[].code: expected the service's code"));
        };
        let place = self.offers.iter().position(|offer| offer.code == code);
        let before = match place.and_then(|place| self.offers.get(place)) {
            Some(offer) => offer.clone(),
            None => ServiceOffer::row(code, code, "RMT", "GB", 30_000, true, false),
        };
        let mut merged = json!(before);
        for (key, value) in row.as_object().into_iter().flatten() {
            match merged.get_mut(key) {
                Some(slot) => *slot = value.clone(),
                None => {
                    return Err(Misuse::bad(format!(
                        "services[].{key}: unknown; a service has code, name, carrier_code, \
                         countries, max_weight_g, active, is_default"
                    )));
                }
            }
        }
        let after: ServiceOffer = serde_json::from_value(merged)
            .map_err(|fault| Misuse::bad(format!("services[] {code}: {fault}")))?;
        if after.is_default {
            for offer in &mut self.offers {
                offer.is_default = false;
            }
        }
        match place.and_then(|place| self.offers.get_mut(place)) {
            Some(slot) => *slot = after,
            None => self.offers.push(after),
        }
        Ok(())
    }
}

fn reason(code: &str, value: Value, message: &str) -> Rejection {
    Rejection {
        code: code.into(),
        field: Some("service_code".into()),
        value,
        message: message.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(policy: UnknownService) -> ServiceBook {
        ServiceBook::new(ServiceOffer::usual(), policy)
    }

    fn code(book: &ServiceBook, requested: &str, country: &str) -> String {
        match book.choose(Some(requested), Some(country)) {
            Ok(applied) => applied.code,
            Err(reason) => reason.code,
        }
    }

    #[test]
    fn a_withdrawn_or_unknown_service_is_defaulted_or_refused_by_policy() {
        let lenient = book(UnknownService::Default);
        assert_eq!(code(&lenient, "WHI_EXP24", "GB"), "WHI_STD");
        assert_eq!(code(&lenient, "Express Delivery", "GB"), "WHI_STD");
        let strict = book(UnknownService::Reject);
        assert_eq!(code(&strict, "WHI_EXP24", "GB"), "SERVICE_INACTIVE");
        assert_eq!(code(&strict, "WHI_NOPE", "GB"), "SERVICE_UNKNOWN");
        assert_eq!(
            code(&strict, "whi_std", "GB"),
            "SERVICE_UNKNOWN",
            "codes are capitals"
        );
    }

    #[test]
    fn a_service_goes_only_where_it_says() {
        let book = book(UnknownService::Default);
        assert_eq!(code(&book, "WHI_STD", "FR"), "SERVICE_NOT_FOR_ADDRESS");
        assert_eq!(code(&book, "WHI_INT", "FR"), "WHI_INT");
        assert_eq!(
            code(&book, "WHI_NOPE", "FR"),
            "SERVICE_NOT_FOR_ADDRESS",
            "the default does not go there either"
        );
    }

    #[test]
    fn a_patch_changes_adds_and_moves_the_default_and_a_bad_one_changes_nothing() {
        let mut book = book(UnknownService::Default);
        book.patch(&json!({
            "services": [
                {"code": "WHI_EXP", "active": false},
                {"code": "WHI_NEW", "countries": ["GB", "IE"], "is_default": true},
            ],
            "unknown_service_policy": "REJECT",
        }))
        .unwrap();
        assert_eq!(book.default_code(), Some("WHI_NEW"));
        assert_eq!(code(&book, "WHI_EXP", "GB"), "SERVICE_INACTIVE");
        assert_eq!(code(&book, "WHI_NEW", "IE"), "WHI_NEW");

        let before = book.listing();
        let misuse = book
            .patch(&json!({"services": [{"code": "WHI_STD", "active": false, "colour": "red"}]}))
            .unwrap_err();
        assert!(misuse.message.contains("colour"), "{}", misuse.message);
        assert_eq!(book.listing(), before);
        book.patch(&json!({"code": "WHI_STD", "active": false}))
            .unwrap();
        assert_eq!(code(&book, "WHI_STD", "GB"), "SERVICE_INACTIVE");
    }
}
