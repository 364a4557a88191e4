//! Settings as the typed values that runs and checks are handed.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use domain::calendar::Calendar;
use domain::retry::Ladder;
use domain::trigger::{AttributeRule, ChannelRule, PaymentRule, Trigger, TriggerStage};
use domain::{Limits, Rules, ServiceCode, Severity, SkuRule};

use super::Settings;

impl Settings {
    /// A text setting.
    pub fn text(&self, key: &str) -> String {
        self.value(key).as_str().unwrap_or_default().to_owned()
    }

    /// A whole number.
    pub fn whole(&self, key: &str) -> i64 {
        self.value(key).as_i64().unwrap_or_default()
    }

    /// A flag.
    pub fn flag(&self, key: &str) -> bool {
        self.value(key).as_bool().unwrap_or_default()
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let value = self.value(key);
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        items
            .iter()
            .filter_map(|v| v.as_str().map(str::to_owned))
            .collect()
    }

    /// A number of seconds.
    pub fn seconds(&self, key: &str) -> Duration {
        Duration::from_secs(u64::try_from(self.whole(key)).unwrap_or_default())
    }

    /// Whether anything may be sent at all.
    pub fn is_live(&self) -> bool {
        self.text("mode") == "live"
    }

    /// The zone in which the merchant tells the time.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.text("merchant.time_zone")
            .parse()
            .unwrap_or(chrono_tz::Europe::London)
    }

    /// The rules of the checks.
    pub fn rules(&self) -> Rules {
        let size = |key: &str| usize::try_from(self.whole(key)).unwrap_or_default();
        let severity = |key: &str| Severity::from_word(&self.text(key)).unwrap_or(Severity::Hold);
        let defaults = Limits::default();
        Rules {
            sku: SkuRule {
                also_allowed: self.text("checks.sku_also_allowed"),
                max_len: size("checks.sku_max_length"),
                case_sensitive: self.flag("checks.sku_case_sensitive"),
            },
            limits: Limits {
                reference: size("checks.reference_max"),
                name: size("checks.name_max"),
                address_line: size("checks.address_line_max"),
                address_lines: size("checks.address_lines"),
                phone_digits: size("checks.phone_max_digits"),
                ..defaults
            },
            sku_may_map_to_itself: self.flag("checks.sku_may_map_to_itself"),
            phone_from_contacts: self.flag("checks.phone_from_contacts"),
            phone: severity("checks.phone"),
            backordered: severity("checks.backordered"),
            email: severity("checks.email"),
            item_list: severity("checks.item_list"),
            allow_partial: self.flag("checks.allow_partial"),
        }
    }

    /// The trigger, for the location with this id and name.
    pub fn trigger(&self, location: (String, String)) -> Trigger {
        let only = self.texts("trigger.channels_only");
        let except = self.texts("trigger.channels_except");
        let channels = match (only.is_empty(), except.is_empty()) {
            (false, _) => ChannelRule::Only(only),
            (true, false) => ChannelRule::Except(except),
            (true, true) => ChannelRule::Any,
        };
        let attribute = match self.whole("trigger.attribute") {
            0 => None,
            index => Some(AttributeRule {
                index: u8::try_from(index).unwrap_or(1),
                value: self.text("trigger.attribute_value"),
            }),
        };
        Trigger {
            stage: match self.text("trigger.stage").as_str() {
                "authorised_pick" => TriggerStage::AuthorisedPick,
                "authorised_pack" => TriggerStage::AuthorisedPack,
                _ => TriggerStage::AuthorisedOrder,
            },
            locations: vec![location.0],
            location_names: vec![location.1],
            channels,
            payment: if self.flag("trigger.paid_only") {
                PaymentRule::Paid
            } else {
                PaymentRule::Any
            },
            attribute,
            not_before: self.start_line(),
        }
    }

    /// The instant before which no sale is ever sent.
    pub fn start_line(&self) -> Option<DateTime<Utc>> {
        let day = self.value("trigger.not_before");
        let day = NaiveDate::parse_from_str(day.as_str()?, "%Y-%m-%d").ok()?;
        let midnight = day.and_time(NaiveTime::MIN);
        self.zone()
            .from_local_datetime(&midnight)
            .earliest()
            .map(|t| t.with_timezone(&Utc))
    }

    /// How long a sale of that channel waits after it became due.
    pub fn grace(&self, channel: &str) -> chrono::Duration {
        let by_channel = self.value("trigger.grace_by_channel");
        let minutes = by_channel
            .get(channel)
            .and_then(serde_json::Value::as_i64)
            .unwrap_or_else(|| self.whole("trigger.grace_minutes"));
        chrono::Duration::minutes(minutes)
    }

    /// Whether a sale that leaves in parts is told whole, with its last parcel.
    pub fn waits_for_last(&self) -> bool {
        self.text("despatch.parts") == "last"
    }

    /// The warehouse's days and cut-offs.
    pub fn calendar(&self) -> Calendar {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        let by_service = self.value("cutoff.by_service");
        let by_service = by_service
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(code, at)| Some((ServiceCode::parse(code).ok()?, time(at.as_str()?)?)))
            .collect();
        Calendar {
            zone: self.zone(),
            working_days: self
                .texts("cutoff.working_days")
                .iter()
                .filter_map(|day| day.parse::<Weekday>().ok())
                .collect(),
            holidays: self
                .texts("cutoff.holidays")
                .iter()
                .filter_map(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
                .collect(),
            cut_off: time(&self.text("cutoff.time"))
                .or_else(|| NaiveTime::from_hms_opt(16, 0, 0))
                .unwrap_or(NaiveTime::MIN),
            cut_off_by_service: by_service,
        }
    }

    /// The ladder of retries.
    pub fn ladder(&self) -> Ladder {
        let steps = self.value("retry.ladder_seconds");
        let steps = steps.as_array().map(Vec::as_slice).unwrap_or_default();
        Ladder {
            steps: steps
                .iter()
                .filter_map(serde_json::Value::as_u64)
                .map(Duration::from_secs)
                .collect(),
            give_up_after: Duration::from_secs(
                u64::try_from(self.whole("retry.give_up_hours")).unwrap_or(24) * 3_600,
            ),
            jitter_percent: u8::try_from(self.whole("retry.jitter_percent")).unwrap_or(20),
        }
    }
}
