//! Mappings: what each map has, what orders wait for, what fits.

use domain::HoldCode;
use engine::actions::Saved;
use engine::views::{MapView, Odd, Views, WaitedFor, time};
use store::{CarrierNamed, MapKind as Kind};

use crate::shapes::{
    MapChoice, MapCount, MapEntry, MapKind, MapSaved, MapsView, Told, Tone, UiError, Unmapped,
};
use crate::text::counted;

/// The maps that have a tab; reasons come with adjustments.
const SHOWN: [MapKind; 3] = [MapKind::Sku, MapKind::Service, MapKind::Carrier];

/// One map: what orders wait for first, then what it has.
///
/// # Errors
/// The store's.
pub fn maps(look: &Views<'_>, kind: MapKind) -> Result<MapsView, UiError> {
    let map = look.map(stored(kind))?;
    let counts = SHOWN
        .into_iter()
        .map(|shown| count(look, shown))
        .collect::<Result<_, _>>()?;
    Ok(MapsView {
        kind,
        unmapped: map
            .waited_for
            .iter()
            .map(|waited| unmapped(kind, waited))
            .chain(map.carriers.iter().map(carrier))
            .collect(),
        choices: map
            .services
            .iter()
            .filter(|service| service.active)
            .map(|service| MapChoice {
                code: service.code.clone(),
                name: service.name.clone(),
            })
            .collect(),
        read_at: map.read_at.map(time),
        entries: entries(kind, map),
        counts,
    })
}

/// The engine's word for a map.
pub fn stored(kind: MapKind) -> Kind {
    match kind {
        MapKind::Sku => Kind::Sku,
        MapKind::Service => Kind::Service,
        MapKind::Carrier => Kind::Carrier,
        MapKind::Reason => Kind::Reason,
    }
}

/// What came of saving an entry, in words.
pub fn saved(kind: MapKind, saved: &Saved) -> MapSaved {
    MapSaved {
        text: match saved.waiting {
            _ if kind == MapKind::Carrier => {
                "Saved. Despatches that Cin7 Core is told of from now on carry this name.".into()
            }
            0 => "Saved. No order waits for it.".into(),
            1 => "Saved. 1 order is being checked again.".into(),
            more => format!(
                "Saved. {} are being checked again.",
                counted(more, "order", "orders")
            ),
        },
        waiting: saved.waiting,
        warnings: saved.mapped.warnings.clone(),
    }
}

/// What taking an entry away means, in words.
pub fn removed(kind: MapKind, from: &str) -> Told {
    Told {
        text: match kind {
            MapKind::Carrier => {
                format!("Removed. From now on “{from}” is passed on as the warehouse names it.")
            }
            MapKind::Sku | MapKind::Service | MapKind::Reason => format!(
                "Removed. Orders with “{from}” are held from now on; those checked before go as they were checked."
            ),
        },
    }
}

fn count(look: &Views<'_>, kind: MapKind) -> Result<MapCount, UiError> {
    let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let causes = engine::views::causes_of(stored(kind));
    Ok(MapCount {
        kind,
        title: match kind {
            MapKind::Sku => "SKUs",
            MapKind::Service => "Shipping methods",
            MapKind::Carrier => "Carriers",
            MapKind::Reason => "Adjustment reasons",
        }
        .into(),
        entries: whole(look.reading.maps(stored(kind))?.len()),
        unmapped: whole(match kind {
            MapKind::Carrier => look.unmapped_carriers()?.len(),
            MapKind::Sku | MapKind::Service | MapKind::Reason => {
                look.reading.held_for(causes)?.len()
            }
        }),
    })
}

fn unmapped(kind: MapKind, waited: &WaitedFor) -> Unmapped {
    let why = match (kind, &waited.suggestion) {
        (MapKind::Service, Some(code)) => format!("Whistl offers {code} under this very name."),
        (MapKind::Service, None) if waited.held.value.trim().is_empty() => {
            "The sale has no shipping method: choose one in Cin7 Core.".into()
        }
        (MapKind::Service, None) => {
            "Choose the service. None is guessed: on the wrong one a parcel goes by the wrong carrier.".into()
        }
        (_, Some(sku)) => fits(&waited.held.value, waited.held.cause, sku),
        (_, None) => nothing_fits(waited.held.cause).into(),
    };
    Unmapped {
        from: waited.held.value.clone(),
        waiting: waited.held.orders,
        told: 0,
        suggestion: waited.suggestion.clone(),
        why,
    }
}

/// A carrier that despatches named. Its name in Cin7 Core is nobody's to guess.
fn carrier(named: &CarrierNamed) -> Unmapped {
    let to_come = named.named - named.told;
    let mut why = String::from("Passed on as the warehouse names it. Enter Cin7 Core’s own name.");
    if to_come > 0 {
        why.push_str(&format!(
            " {} still to be told.",
            counted(to_come, "despatch is", "despatches are")
        ));
    }
    Unmapped {
        from: named.code.clone(),
        waiting: 0,
        told: named.told,
        suggestion: None,
        why,
    }
}

/// Why that SKU is offered.
fn fits(from: &str, cause: HoldCode, sku: &str) -> String {
    if cause == HoldCode::SkuInvalidCharacters {
        let mut dropped: Vec<char> = Vec::new();
        for letter in from.chars() {
            if !letter.is_ascii_alphanumeric() && !dropped.contains(&letter) {
                dropped.push(letter);
            }
        }
        let named: Vec<String> = dropped
            .iter()
            .map(|letter| {
                if letter.is_whitespace() {
                    "blanks".to_owned()
                } else {
                    format!("“{letter}”")
                }
            })
            .collect();
        return format!(
            "Whistl lists {sku}: the same without {}.",
            crate::text::list(&named)
        );
    }
    if from.eq_ignore_ascii_case(sku) {
        return format!("Whistl lists {sku}: the same but for capitals.");
    }
    format!("Whistl lists {sku}, which looks alike: check each O and nought.")
}

fn nothing_fits(cause: HoldCode) -> &'static str {
    match cause {
        HoldCode::SkuTooLong => "Too long for Whistl. Enter the SKU that Whistl lists.",
        HoldCode::SkuUnmapped => "Only mapped SKUs go. Enter the SKU that Whistl lists.",
        HoldCode::SkuCollision => {
            "Another SKU already goes under this Whistl SKU. Enter one of its own."
        }
        HoldCode::SkuUnknownAtWhistl => {
            "Whistl does not list it. Have Whistl set it up, or enter one that it lists."
        }
        _ => "Nothing on Whistl's list fits. Enter the SKU that Whistl lists.",
    }
}

fn entries(kind: MapKind, map: MapView) -> Vec<MapEntry> {
    map.entries
        .into_iter()
        .map(|entry| {
            let (note, tone) = match &entry.odd {
                None => (String::new(), Tone::Plain),
                Some(odd) => odd_words(kind, odd),
            };
            MapEntry {
                from: entry.row.from,
                to: entry.row.to,
                who: entry.row.who,
                at: time(entry.row.at),
                reason: entry.row.reason,
                note,
                tone,
            }
        })
        .collect()
}

fn odd_words(kind: MapKind, odd: &Odd) -> (String, Tone) {
    match (kind, odd) {
        (MapKind::Service, Odd::NotListed) => ("not a service of Whistl's".into(), Tone::Stop),
        (MapKind::Service, Odd::SwitchedOff) => ("withdrawn by Whistl".into(), Tone::Stop),
        (_, Odd::NotListed) => ("not on Whistl's list".into(), Tone::Warn),
        (_, Odd::SwitchedOff) => ("switched off at Whistl".into(), Tone::Warn),
        (_, Odd::Refused) => ("Whistl takes no such code".into(), Tone::Stop),
        (_, Odd::Collides(other)) => (format!("collides with {other}"), Tone::Stop),
    }
}
