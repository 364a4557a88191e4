//! The customer's contacts, kept sealed and believed for a day.

use chrono::Duration;
use domain::{Contact, Sale};
use vendor::Lane;

use crate::asks::Unanswered;
use crate::decide::Decider;
use crate::engine::Engine;
use crate::journal::CIN7;
use crate::runs::Run;
use crate::runs::reference::not_set_up;

/// A customer's contacts are believed for this long.
const CONTACTS_HOURS: i64 = 24;

impl Engine {
    /// The customer's contacts, where the sale's own telephone number will not do.
    pub(super) async fn contacts_for(
        &self,
        run: &Run,
        decider: &Decider,
        sale: &Sale,
    ) -> Result<Vec<Contact>, Unanswered> {
        if !decider.wants_contacts(sale) {
            return Ok(Vec::new());
        }
        if let Some((read_at, stored)) = self.store().reading().contact(&sale.customer_id)?
            && self.now() - read_at < Duration::hours(CONTACTS_HOURS)
            && read_at > sale.last_modified
        {
            return Ok(contacts_from(&stored));
        }
        let cin7 = self.cin7().map_err(not_set_up)?;
        let contacts = match self
            .ask(run, CIN7, None, || {
                cin7.customer(Lane::Orders, &sale.customer_id)
            })
            .await
        {
            Ok(contacts) => contacts,
            Err(Unanswered::Refused(_)) => Vec::new(),
            Err(other) => return Err(other),
        };
        let now = self.now();
        let stored = contacts_to(&contacts);
        self.store()
            .write(|w| w.put_contact(&sale.customer_id, &stored, now))?;
        Ok(contacts)
    }
}

/// Contacts in the form they are kept in, sealed.
fn contacts_to(contacts: &[Contact]) -> Vec<u8> {
    let rows: Vec<_> = contacts
        .iter()
        .map(|c| serde_json::json!([c.name, c.phone, c.mobile, c.is_default]))
        .collect();
    serde_json::Value::Array(rows).to_string().into_bytes()
}

pub(crate) fn contacts_from(stored: &[u8]) -> Vec<Contact> {
    let rows: Vec<(String, String, String, bool)> =
        serde_json::from_slice(stored).unwrap_or_default();
    rows.into_iter()
        .map(|(name, phone, mobile, is_default)| Contact {
            name,
            phone,
            mobile,
            is_default,
        })
        .collect()
}
