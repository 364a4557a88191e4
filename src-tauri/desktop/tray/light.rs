//! What the tray says at a glance: fine, needs you, or stopped, and in how many words.
//! Pure.

use screens::shapes::{StandingKind, TodayView, Tone};

/// What the icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Light {
    /// Nothing needs anybody.
    Fine,
    /// Something needs someone.
    NeedsYou,
    /// Nothing is sent: paused, a vendor is away, or the data is not open.
    Stopped,
}

/// The icon, and the line beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glance {
    pub(crate) light: Light,
    pub(crate) line: String,
    /// Whether sending is paused, which decides between Pause and Resume.
    pub(crate) paused: bool,
}

impl Glance {
    /// At an open workspace.
    pub(crate) fn at(today: &TodayView, practising: bool) -> Self {
        let away: Vec<&str> = today
            .vendors
            .iter()
            .filter(|vendor| vendor.tone == Tone::Stop)
            .map(|vendor| vendor.name.as_str())
            .collect();
        let orders = today.needs_you;
        let (light, line) = if today.paused.is_some() {
            (Light::Stopped, "Sending is paused".to_owned())
        } else if !away.is_empty() {
            let names = away.join(" and ");
            (Light::Stopped, format!("{names}: not reached"))
        } else if orders > 0 {
            (Light::NeedsYou, needs_you(orders))
        } else if let Some(need) = today.needs.first() {
            (Light::NeedsYou, need.title.clone())
        } else {
            (Light::Fine, "Nothing needs you".to_owned())
        };
        Self {
            light,
            line: if practising {
                format!("Practice: {line}")
            } else {
                line
            },
            paused: today.paused.is_some(),
        }
    }

    /// At data that is not open.
    pub(crate) fn shut(kind: StandingKind) -> Self {
        let (light, line) = match kind {
            StandingKind::Starting => (Light::Fine, "Starting"),
            StandingKind::FirstRun | StandingKind::Working => (Light::Fine, "Not set up yet"),
            StandingKind::NoKeychain
            | StandingKind::KeyMissing
            | StandingKind::NewerDatabase
            | StandingKind::HeldElsewhere
            | StandingKind::Damaged
            | StandingKind::DiskFull => (Light::Stopped, "Stopped: open Stockbridge to see why"),
        };
        Self {
            light,
            line: line.into(),
            paused: false,
        }
    }
}

fn needs_you(orders: u32) -> String {
    if orders == 1 {
        "1 order needs you".into()
    } else {
        format!("{orders} orders need you")
    }
}

#[cfg(test)]
mod tests {
    use screens::shapes::{Calls, Mode, Paused, Sent, VendorKind, VendorRow};

    use super::*;

    fn today() -> TodayView {
        TodayView {
            as_of: String::new(),
            zone: "Europe/London".into(),
            mode: Mode::Live,
            paused: None,
            figures: Vec::new(),
            needs: Vec::new(),
            checked: None,
            schedule: Vec::new(),
            calls: Calls {
                used: 0,
                limit: 55,
                by: Vec::new(),
            },
            sent: Sent {
                hours: Vec::new(),
                total: 0,
            },
            vendors: Vec::new(),
            gaps: Vec::new(),
            latency: None,
            needs_you: 0,
            confirmations_need_you: 0,
            drift: None,
            lines: Vec::new(),
            adjustments_need_you: 0,
            put_off: 0,
        }
    }

    fn whistl(tone: Tone) -> VendorRow {
        VendorRow {
            vendor: VendorKind::Whistl,
            name: "Whistl".into(),
            tone,
            state: String::new(),
            last_good: None,
            detail: String::new(),
            error_rate: String::new(),
            slow: String::new(),
        }
    }

    #[test]
    fn a_quiet_day_is_fine() {
        let glance = Glance::at(&today(), false);
        assert_eq!(glance.light, Light::Fine);
        assert_eq!(glance.line, "Nothing needs you");
    }

    #[test]
    fn orders_that_need_someone_are_counted() {
        let some = |needs_you| {
            Glance::at(
                &TodayView {
                    needs_you,
                    ..today()
                },
                false,
            )
        };
        assert_eq!(some(1).line, "1 order needs you");
        assert_eq!(some(7).line, "7 orders need you");
        assert_eq!(some(7).light, Light::NeedsYou);
    }

    #[test]
    fn a_pause_or_a_vendor_away_is_stopped_whatever_else_there_is() {
        let paused = Paused {
            by: "Ann".into(),
            why: "stocktake".into(),
            since: String::new(),
        };
        let paused = TodayView {
            paused: Some(paused),
            needs_you: 3,
            ..today()
        };
        let glance = Glance::at(&paused, false);
        assert!(glance.paused && glance.light == Light::Stopped);
        let away = TodayView {
            vendors: vec![whistl(Tone::Stop)],
            needs_you: 3,
            ..today()
        };
        assert_eq!(Glance::at(&away, false).line, "Whistl: not reached");
        let slow = TodayView {
            vendors: vec![whistl(Tone::Warn)],
            ..today()
        };
        assert_eq!(Glance::at(&slow, false).light, Light::Fine);
    }

    #[test]
    fn practice_is_called_practice_and_data_that_is_shut_is_stopped() {
        assert!(Glance::at(&today(), true).line.starts_with("Practice: "));
        let full = Glance::shut(StandingKind::DiskFull);
        assert_eq!(full.light, Light::Stopped);
        assert_eq!(Glance::shut(StandingKind::Starting).light, Light::Fine);
    }
}
