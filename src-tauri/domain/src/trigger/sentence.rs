//! The trigger as the sentence a merchant reads in settings (R16).

use super::{ChannelRule, PaymentRule, Trigger, TriggerStage};

impl Trigger {
    /// “A sale is released when it is authorised in Cin7 Core, ships from Whistl
    /// Fulfilment, and has not been picked, packed or shipped.”
    ///
    /// Dates are UTC days; the caller's zone is not known here, so a start line is told
    /// by the day on which it ends being too early.
    pub fn sentence(&self) -> String {
        let mut parts = vec![self.stage_part().to_owned(), self.place_part()];
        parts.extend(self.channel_part());
        parts.extend(self.payment_part());
        parts.extend(self.attribute_part());
        parts.extend(self.start_part());
        parts.push(self.untouched_part().to_owned());
        let last = parts.pop().unwrap_or_default();
        format!(
            "A sale is released when it {}, and {last}.",
            parts.join(", ")
        )
    }

    fn stage_part(&self) -> &'static str {
        match self.stage {
            TriggerStage::AuthorisedOrder => "is authorised in Cin7 Core",
            TriggerStage::AuthorisedPick => "has an authorised pick in Cin7 Core",
            TriggerStage::AuthorisedPack => "has an authorised pack in Cin7 Core",
        }
    }

    fn untouched_part(&self) -> &'static str {
        match self.stage {
            TriggerStage::AuthorisedOrder => "has not been picked, packed or shipped",
            TriggerStage::AuthorisedPick | TriggerStage::AuthorisedPack => "has not been shipped",
        }
    }

    fn place_part(&self) -> String {
        let names = if self.location_names.is_empty() {
            &self.locations
        } else {
            &self.location_names
        };
        if names.is_empty() {
            return "ships from a Whistl location (none is set, so nothing is released)".into();
        }
        format!("ships from {}", either(names))
    }

    fn channel_part(&self) -> Option<String> {
        match &self.channels {
            ChannelRule::Any => None,
            ChannelRule::Only(names) if names.is_empty() => {
                Some("came through a channel (none is chosen, so nothing is released)".into())
            }
            ChannelRule::Only(names) => Some(format!("came through {}", either(names))),
            ChannelRule::Except(names) if names.is_empty() => None,
            ChannelRule::Except(names) => Some(format!("did not come through {}", either(names))),
        }
    }

    fn payment_part(&self) -> Option<String> {
        match self.payment {
            PaymentRule::Any => None,
            PaymentRule::Paid => Some("is paid".into()),
        }
    }

    fn attribute_part(&self) -> Option<String> {
        let rule = self.attribute.as_ref()?;
        let value = rule.value.trim();
        Some(if value.is_empty() {
            format!("has nothing in its additional attribute {}", rule.index)
        } else {
            format!("says “{value}” in its additional attribute {}", rule.index)
        })
    }

    fn start_part(&self) -> Option<String> {
        // Half a day on, so that the midnight of any zone is told as that zone's day.
        let day = self
            .not_before?
            .checked_add_signed(chrono::TimeDelta::hours(12))?;
        Some(format!(
            "was ordered on or after {}",
            day.format("%-d %B %Y")
        ))
    }
}

fn either(names: &[String]) -> String {
    let shown: Vec<&str> = names
        .iter()
        .map(|name| name.trim())
        .map(|name| {
            if name.is_empty() {
                "typing by hand"
            } else {
                name
            }
        })
        .collect();
    match shown.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}
