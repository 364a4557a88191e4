//! A sale's row as it lies in the table, and what it means.

use domain::{ClientReference, Owner, SaleId, SaleNumber};
use rusqlite::Row;
use uuid::Uuid;

use crate::columns::Columns;
use crate::forms::{OrderState, SaleKey, SaleRow, Standing};
use crate::{StoreFault, times};

/// The columns of a [`SaleRow`] in the order [`sale_row`] reads them; the table is `s`.
pub(crate) const COLUMNS: &str = "s.key, s.id, s.number, s.state, s.outside, s.owner, s.updated, \
    s.read_updated, s.authorised_at, s.first_seen, s.accepted_at, s.ship_by, s.not_before, \
    s.value, s.currency, s.channel, s.service, s.edition, s.reference, s.whistl_ref, \
    s.whistl_status, s.event_seq, s.settings_version, s.map_version, s.attempts, s.changed_at, \
    s.fingerprint, \
    (SELECT MIN(o.due) FROM outbox AS o INDEXED BY outbox_open WHERE o.sale = s.key AND o.state <> 'closed' \
       AND o.state IN ('ready', 'unclear')), s.put_off_until";

/// The sale of that row.
pub(crate) fn sale_row(row: &Row<'_>) -> Result<SaleRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(SaleRow {
        key: SaleKey(columns.next()?),
        id: sale_id(&columns.next::<Vec<u8>>()?)?,
        number: sale_number(&columns.next::<String>()?)?,
        standing: standing(columns.next()?, columns.next()?)?,
        owner: columns
            .next::<Option<String>>()?
            .as_deref()
            .map(owner)
            .transpose()?,
        updated: times::at_ns(columns.next()?),
        read_updated: columns.next::<Option<i64>>()?.map(times::at_ns),
        authorised_at: columns.at_or_none()?,
        first_seen: columns.at()?,
        accepted_at: columns.at_or_none()?,
        ship_by: columns.at_or_none()?,
        not_before: columns.at_or_none()?,
        value: times::decimal(&columns.next::<String>()?)?,
        currency: columns.next()?,
        channel: columns.next()?,
        service: columns.next()?,
        edition: columns.count()?,
        reference: columns
            .next::<Option<String>>()?
            .as_deref()
            .map(reference)
            .transpose()?,
        whistl_ref: columns.next()?,
        whistl_status: columns.next()?,
        event_seq: columns
            .next::<Option<i64>>()?
            .map(times::count)
            .transpose()?,
        settings_version: columns.next()?,
        map_version: columns.next()?,
        attempts: columns.count()?,
        changed_at: columns.at()?,
        fingerprint: columns.next()?,
        next_at: columns.at_or_none()?,
        put_off_until: columns.at_or_none()?,
    })
}

/// A sale's id as stored: its sixteen bytes.
pub(crate) fn id_bytes(id: &SaleId) -> Result<[u8; 16], StoreFault> {
    Uuid::parse_str(id.as_str())
        .map(Uuid::into_bytes)
        .map_err(|_| StoreFault::damaged(format!("“{id}” is no sale id")))
}

/// The id of those bytes.
pub(crate) fn sale_id(bytes: &[u8]) -> Result<SaleId, StoreFault> {
    Uuid::from_slice(bytes)
        .ok()
        .and_then(|uuid| SaleId::parse(&uuid.hyphenated().to_string()).ok())
        .ok_or_else(|| StoreFault::damaged("a sale id is not 16 bytes"))
}

pub(crate) fn sale_number(text: &str) -> Result<SaleNumber, StoreFault> {
    SaleNumber::parse(text).map_err(|not| StoreFault::damaged(not.to_string()))
}

pub(crate) fn reference(text: &str) -> Result<ClientReference, StoreFault> {
    // The account's limit was kept when it was made, and may have been lowered since.
    ClientReference::parse(text, usize::MAX).map_err(|not| StoreFault::damaged(not.to_string()))
}

pub(crate) fn owner(word: &str) -> Result<Owner, StoreFault> {
    Owner::from_word(word).ok_or_else(|| StoreFault::damaged(format!("“{word}” is no owner")))
}

/// A standing from its two columns.
pub(crate) fn standing(
    state: Option<String>,
    outside: Option<String>,
) -> Result<Standing, StoreFault> {
    match (state, outside) {
        (Some(word), None) => OrderState::from_word(&word)
            .map(Standing::In)
            .ok_or_else(|| StoreFault::damaged(format!("“{word}” is no state"))),
        (None, Some(why)) => Ok(Standing::Outside(why)),
        (Some(_), Some(_)) | (None, None) => Err(StoreFault::damaged(
            "a sale stands nowhere or in two places",
        )),
    }
}

/// A standing's two columns.
pub(crate) fn standing_columns(standing: &Standing) -> (Option<&str>, Option<&str>) {
    match standing {
        Standing::In(state) => (Some(state.word()), None),
        Standing::Outside(why) => (None, Some(why)),
    }
}
