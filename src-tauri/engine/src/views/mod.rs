//! What is shown: one shape for the command line and the window alike. Field names are
//! stable; times are RFC 3339 UTC; quantities and money are exact decimals as text.

mod activity;
mod adjustments;
pub mod alerts;
mod attention;
mod debt;
mod despatches;
mod drift;
mod facts;
mod finance;
mod maps;
mod order;
mod read_back;
mod sale;
mod simulation;
mod status;

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use store::Reading;

pub use activity::{Activity, ActivityFilter};
pub use adjustments::{AdjustmentClashView, AdjustmentView, AdjustmentsView, StockInboxView};
pub use alerts::{Alert, Facts, Level};
pub use attention::{AlertView, NoteView, OwnerView, PutOffView};
pub use debt::{DebtSumView, DebtView};
pub use despatches::{
    ClashView, ConfirmationsView, DespatchContent, DespatchLineView, DespatchView, DespatchesView,
    ParcelView,
};
pub use drift::{
    AcceptedView, DriftCategoriesView, DriftDecisionView, DriftHistoryView, DriftLineView,
    DriftMovementView, DriftPointView, DriftTotalsView, DriftTrendView, DriftView, lost_sales,
};
pub(crate) use drift::{pence, plain};
pub use finance::{ReadyGroup, ReadyOrder, ReadyView};
pub use maps::{MapEntry, MapView, Odd, WaitedFor, causes_of};
pub use order::{
    AttemptView, HoldView, LineView, OrderDetail, OrderView, OrdersView, SourceView, TimelineView,
};
pub use read_back::{DifferenceView, FindingView, ReadBackCheckView, ReadBackView};
pub use simulation::Simulation;
pub use status::{GapView, JobView, LatencyView, QueueView, StatusView, VendorView};

pub use crate::proof::{JourneyEnd, JourneyView, LegView};
pub use crate::runs::MASKED;
pub(crate) use order::order_row;

use crate::fault::EngineFault;
use crate::proof::midnight;
use crate::settings::Settings;

/// An instant as it is shown.
pub fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The span of some days, both included, in a zone: from a moment until before another.
pub(crate) fn days(
    zone: Tz,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<(DateTime<Utc>, DateTime<Utc>), EngineFault> {
    if to < from {
        let why = format!("{to} is before {from}: the last day comes after the first.");
        return Err(EngineFault::wrong("days_reversed", "to", why));
    }
    Ok(span(zone, from, to))
}

/// The same of days that are known to be in order.
pub(crate) fn span(zone: Tz, from: NaiveDate, to: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let next = to.checked_add_days(Days::new(1)).unwrap_or(to);
    (midnight(zone, from), midnight(zone, next))
}

/// Bytes as they are shown.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Everything a reading command needs: works beside a running copy, and writes nothing.
pub struct Views<'a> {
    /// The store, read-only.
    pub reading: &'a Reading,
    /// The settings in force.
    pub settings: &'a Settings,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Views<'_> {
    /// The last moment of a day in the merchant's zone, to the millisecond.
    pub fn end_of(&self, date: NaiveDate) -> DateTime<Utc> {
        let (_, next) = span(self.settings.zone(), date, date);
        next - chrono::Duration::milliseconds(1)
    }
}

impl<'a> Views<'a> {
    /// Views of this store at this moment.
    pub fn new(reading: &'a Reading, settings: &'a Settings, now: DateTime<Utc>) -> Self {
        Self {
            reading,
            settings,
            now,
        }
    }
}

/// The settings as stored, read without the right to write.
pub fn stored_settings(reading: &Reading) -> Result<Settings, EngineFault> {
    let (_, document) = reading.settings()?;
    Ok(crate::engine::read_settings(&document)?)
}
