//! The maps: Cin7 SKU to Whistl SKU, shipping method to service code. An entry that would
//! send two products under one code is refused where it is made.

use domain::{ServiceCode, Sku, WhistlSku};
use serde::Serialize;
use store::{MapKind, MapRow, StoreFault};

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;

/// An entry that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MapFault {
    /// `from` or `to`.
    pub field: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mapped {
    /// The maps' version after it.
    pub version: i64,
    /// Entries set.
    pub set: usize,
    /// Orders that are held now and may be released by it at the next sync.
    pub held_orders: i64,
    /// Things worth knowing that stop nothing.
    pub warnings: Vec<String>,
}

impl Engine {
    /// Sets one entry.
    pub fn map(
        &self,
        kind: MapKind,
        from: &str,
        to: &str,
        reason: &str,
    ) -> Result<Mapped, EngineFault> {
        self.map_all(kind, &[(from.to_owned(), to.to_owned())], reason)
            .map_err(|(_, fault)| fault)
    }

    /// Sets several entries, all or none; a fault comes with the index of its row.
    pub fn map_all(
        &self,
        kind: MapKind,
        entries: &[(String, String)],
        reason: &str,
    ) -> Result<Mapped, (usize, EngineFault)> {
        let store_fault = |fault: StoreFault| (0, EngineFault::from(fault));
        let mut after = self.store().reading().maps(kind).map_err(store_fault)?;
        let mut warnings = Vec::new();
        for (index, (from, to)) in entries.iter().enumerate() {
            let checked = self.check_entry(kind, from, to, &after);
            let warning = checked.map_err(|fault| {
                let code = if fault.message.contains("already") {
                    "map_collision"
                } else {
                    "map_invalid"
                };
                (index, EngineFault::wrong(code, fault.field, fault.message))
            })?;
            warnings.extend(warning);
            after.retain(|row| row.from != *from);
            let at = self.now();
            after.push(MapRow {
                kind,
                from: from.clone(),
                to: to.clone(),
                at,
                who: String::new(),
                reason: String::new(),
            });
        }
        let (now, who) = (self.now(), self.who());
        let version = self
            .store()
            .write(|w| {
                let mut version = 0;
                for (from, to) in entries {
                    version = w.put_map(kind, from, Some(to), &who, reason, now)?;
                    let text = format!("{} mapped to {to}", kind.word());
                    w.journal(&notice(now, "map", kind.word(), from, &who, &text))?;
                }
                Ok(version)
            })
            .map_err(store_fault)?;
        let held_orders = self.held_now().map_err(store_fault)?;
        Ok(Mapped {
            version,
            set: entries.len(),
            held_orders,
            warnings,
        })
    }

    /// Takes an entry away.
    pub fn unmap(&self, kind: MapKind, from: &str, reason: &str) -> Result<Mapped, EngineFault> {
        if !self
            .store()
            .reading()
            .maps(kind)?
            .iter()
            .any(|row| row.from == from)
        {
            return Err(EngineFault::wrong(
                "map_unknown",
                "from",
                format!("There is no {} entry for “{from}”.", kind.word()),
            ));
        }
        let (now, who) = (self.now(), self.who());
        let version = self.store().write(|w| {
            w.journal(&notice(
                now,
                "map",
                kind.word(),
                from,
                &who,
                "Entry removed",
            ))?;
            w.put_map(kind, from, None, &who, reason, now)
        })?;
        Ok(Mapped {
            version,
            set: 0,
            held_orders: self.held_now()?,
            warnings: Vec::new(),
        })
    }

    fn held_now(&self) -> Result<i64, StoreFault> {
        let tallies = self.store().reading().tallies_by_state()?;
        Ok(tallies
            .iter()
            .find(|t| t.word == "held")
            .map_or(0, |t| t.count))
    }

    fn check_entry(
        &self,
        kind: MapKind,
        from: &str,
        to: &str,
        others: &[MapRow],
    ) -> Result<Option<String>, MapFault> {
        match kind {
            MapKind::Sku => self.check_sku(from, to, others),
            MapKind::Service => self.check_service(from, to),
            MapKind::Carrier | MapKind::Reason => {
                if from.is_empty() || to.is_empty() {
                    return Err(MapFault {
                        field: "to",
                        message: "Neither side may be empty.".into(),
                    });
                }
                Ok(None)
            }
        }
    }

    fn check_sku(
        &self,
        from: &str,
        to: &str,
        others: &[MapRow],
    ) -> Result<Option<String>, MapFault> {
        let rule = self.settings().rules().sku;
        Sku::parse(from).map_err(|fault| MapFault {
            field: "from",
            message: fault.to_string(),
        })?;
        if let Err(bad) = WhistlSku::parse(to, &rule) {
            let message = if bad.is_empty() {
                format!(
                    "“{to}” has {} characters; a Whistl SKU has 1 to {}.",
                    to.chars().count(),
                    rule.max_len
                )
            } else {
                let bad: Vec<String> = bad.iter().map(|c| format!("“{c}”")).collect();
                format!(
                    "“{to}” cannot be a Whistl SKU: {} is not a letter or a digit.",
                    bad.join(", ")
                )
            };
            return Err(MapFault {
                field: "to",
                message,
            });
        }
        let same = |a: &str, b: &str| {
            if rule.case_sensitive {
                a == b
            } else {
                a.eq_ignore_ascii_case(b)
            }
        };
        if let Some(other) = others
            .iter()
            .find(|row| same(&row.to, to) && row.from != from)
        {
            return Err(MapFault {
                field: "to",
                message: format!(
                    "{to} is already what {} is sent as. Two SKUs cannot share one Whistl code.",
                    other.from
                ),
            });
        }
        let store = self.store();
        let products = store.reading().products().unwrap_or_default();
        let own = products.iter().find(|product| {
            same(&product.sku, to)
                && product.sku != from
                && !product.status.eq_ignore_ascii_case("deprecated")
                && !others.iter().any(|row| row.from == product.sku)
        });
        if let Some(own) = own {
            return Err(MapFault {
                field: "to",
                message: format!(
                    "{to} is already the SKU of another Cin7 product ({}), which is sent under it. Two SKUs cannot share one Whistl code.",
                    own.sku
                ),
            });
        }
        let items = store.reading().items().unwrap_or_default();
        let listed = items.iter().find(|item| same(&item.sku, to));
        Ok(match listed {
            None if !items.is_empty() => Some(format!(
                "Whistl does not list {to} yet: orders for it are held until it does."
            )),
            Some(item) if !item.active => Some(format!("{to} is switched off at Whistl.")),
            None | Some(_) => None,
        })
    }

    fn check_service(&self, from: &str, to: &str) -> Result<Option<String>, MapFault> {
        if from.is_empty() {
            return Err(MapFault {
                field: "from",
                message: "The shipping method may not be empty.".into(),
            });
        }
        let code = ServiceCode::parse(to).map_err(|fault| MapFault {
            field: "to",
            message: fault.to_string(),
        })?;
        let services = self.store().reading().services().unwrap_or_default();
        if services.is_empty() {
            return Ok(Some(
                "Whistl's services have not been read yet; the code is taken as given.".into(),
            ));
        }
        let offered: Vec<&str> = services
            .iter()
            .filter(|s| s.active)
            .map(|s| s.code.as_str())
            .collect();
        match services.iter().find(|s| s.code == code.as_str()) {
            None => Err(MapFault {
                field: "to",
                message: format!(
                    "Whistl has no service {to}. It offers {}.",
                    offered.join(", ")
                ),
            }),
            Some(service) if !service.active => Err(MapFault {
                field: "to",
                message: format!(
                    "Whistl has withdrawn {to}. It offers {}.",
                    offered.join(", ")
                ),
            }),
            Some(_) => Ok(None),
        }
    }
}
