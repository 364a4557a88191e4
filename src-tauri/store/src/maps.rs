//! Maps between the two vendors' codes, every change of them kept, and the settings, every
//! version of them kept. What they mean is the engine's business.

use chrono::{DateTime, Utc};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{MapChange, MapKind, MapRow};
use crate::reading::Reading;
use crate::write::Write;
use crate::{StoreFault, times};

/// A version of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsChange {
    /// Its number, from 1.
    pub version: i64,
    /// The whole document.
    pub document: String,
    /// When it was set.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
}

fn map_kind(word: &str) -> Result<MapKind, StoreFault> {
    MapKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| StoreFault::damaged(format!("“{word}” is no map")))
}

impl Reading {
    /// A map's entries, by what they map from.
    pub fn maps(&self, kind: MapKind) -> Result<Vec<MapRow>, StoreFault> {
        self.all(
            "SELECT source, target, at, who, reason FROM map WHERE kind = ?1 ORDER BY source",
            [kind.word()],
            |row| {
                let mut columns = Columns::of(row);
                Ok(MapRow {
                    kind,
                    from: columns.next()?,
                    to: columns.next()?,
                    at: columns.at()?,
                    who: columns.next()?,
                    reason: columns.next()?,
                })
            },
        )
    }

    /// Changes of the maps, newest first: of all or of one map, of all or of one entry.
    pub fn map_history(
        &self,
        kind: Option<MapKind>,
        from: Option<&str>,
    ) -> Result<Vec<MapChange>, StoreFault> {
        self.all(
            "SELECT version, kind, source, before, after, at, who, reason FROM map_change
             WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR source = ?2)
             ORDER BY version DESC",
            params![kind.map(MapKind::word), from],
            |row| {
                let mut columns = Columns::of(row);
                Ok(MapChange {
                    version: columns.next()?,
                    kind: map_kind(&columns.next::<String>()?)?,
                    from: columns.next()?,
                    before: columns.next()?,
                    after: columns.next()?,
                    at: columns.at()?,
                    who: columns.next()?,
                    reason: columns.next()?,
                })
            },
        )
    }

    /// The version of all maps together; 0 before the first entry.
    pub fn map_version(&self) -> Result<i64, StoreFault> {
        let version = self.one(
            "SELECT COALESCE(MAX(version), 0) FROM map_change",
            [],
            |row| row.get(0),
        )?;
        Ok(version.unwrap_or(0))
    }

    /// The settings in force: their version and the document; version 0 and "" before any
    /// were set.
    pub fn settings(&self) -> Result<(i64, String), StoreFault> {
        let newest = self.one(
            "SELECT version, document FROM setting ORDER BY version DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(newest.unwrap_or_default())
    }

    /// Every version of the settings, newest first.
    pub fn settings_history(&self) -> Result<Vec<SettingsChange>, StoreFault> {
        self.all(
            "SELECT version, document, at, who FROM setting ORDER BY version DESC",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(SettingsChange {
                    version: columns.next()?,
                    document: columns.next()?,
                    at: columns.at()?,
                    who: columns.next()?,
                })
            },
        )
    }
}

impl Write<'_> {
    /// Sets an entry of a map, or takes it away with `to` none. Gives back the maps'
    /// version, which rises only if something changed.
    pub fn put_map(
        &mut self,
        kind: MapKind,
        from: &str,
        to: Option<&str>,
        who: &str,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreFault> {
        let version = self.map_version()?;
        let before: Option<String> = self.one(
            "SELECT target FROM map WHERE kind = ?1 AND source = ?2",
            params![kind.word(), from],
            |row| row.get(0),
        )?;
        if before.as_deref() == to {
            return Ok(version);
        }
        self.run(
            "INSERT INTO map_change (version, kind, source, before, after, at, who, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                version + 1,
                kind.word(),
                from,
                before,
                to,
                times::ms(now),
                who,
                reason
            ],
        )?;
        match to {
            None => self.run(
                "DELETE FROM map WHERE kind = ?1 AND source = ?2",
                params![kind.word(), from],
            )?,
            Some(to) => self.run(
                "INSERT INTO map (kind, source, target, at, who, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (kind, source) DO UPDATE SET target = excluded.target,
                     at = excluded.at, who = excluded.who, reason = excluded.reason",
                params![kind.word(), from, to, times::ms(now), who, reason],
            )?,
        };
        Ok(version + 1)
    }

    /// Puts new settings in force, and gives back their version. The same document as
    /// before is no new version.
    pub fn put_settings(
        &mut self,
        document: &str,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreFault> {
        let (version, before) = self.settings()?;
        if version > 0 && before == document {
            return Ok(version);
        }
        self.run(
            "INSERT INTO setting (version, document, at, who) VALUES (?1, ?2, ?3, ?4)",
            params![version + 1, document, times::ms(now), who],
        )?;
        Ok(version + 1)
    }
}
