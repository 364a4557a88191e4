//! One despatch whole: where it stands and what would put it right, what left in what, what
//! Cin7 Core was told of it, and what may be done.

use engine::views::{DespatchView, Views, time};
use engine::words::plain;
use store::{DespatchRow, DespatchState};

use super::{clashes, rows, stages};
use crate::lists::state_title;
use crate::shapes::{
    Can, ConfirmationAct, ConfirmationPage, DespatchFlag, DespatchLine, DespatchParcel, MapKind,
    Preview, Told, UiError,
};
use crate::text::{clock, counted, sentence};

/// The despatch of that name, whole.
///
/// # Errors
/// `despatch_unknown` when there is none; the store's.
pub fn view(look: &Views<'_>, id: &str) -> Result<ConfirmationPage, UiError> {
    page_of(look, &row_of(look, id)?)
}

/// The same, of a row that was read already.
pub(crate) fn page_of(look: &Views<'_>, row: &DespatchRow) -> Result<ConfirmationPage, UiError> {
    let seen = look.despatch(row)?;
    let sale = row
        .sale
        .map(|sale| look.reading.sale_row(sale))
        .transpose()?;
    let steps = look.reading.despatch_steps(row.key)?;
    Ok(ConfirmationPage {
        row: rows::of(look, row, &seen),
        sentences: sentences(look, row, &seen),
        customer: match row.sale {
            Some(sale) => look.customer(sale)?,
            None => String::new(),
        },
        order_state: sale
            .as_ref()
            .map(|sale| state_title(&sale.standing))
            .unwrap_or_default(),
        published_at: row.published.map(time),
        received_at: time(row.received),
        is_last: row.is_last,
        lines: lines(&seen),
        parcels: parcels(&seen),
        stages: stages::stages(row, &steps),
        flags: row.flags.iter().map(|flag| flag_of(flag)).collect(),
        came_again: clashes::sentences(look, row, &seen),
        attempts: row.attempts,
        next_at: seen.next_at.clone(),
        retry: retry(row),
        leave_alone: leave_alone(row),
    })
}

/// Where a parcel's way can be followed: a page of the web, and nothing else.
///
/// # Errors
/// `no_page` when there is none; the store's.
pub fn tracking_link(look: &Views<'_>, id: &str, parcel: u32) -> Result<String, UiError> {
    let seen = look.despatch(&row_of(look, id)?)?;
    seen.parcels
        .into_iter()
        .find(|each| each.number == parcel)
        .map(|each| each.link)
        .filter(|link| can_be_opened(link))
        .ok_or_else(|| {
            UiError::wrong(
                "no_page",
                "The warehouse gave no page on which this parcel can be followed.",
            )
        })
}

/// What doing this would do.
///
/// # Errors
/// `despatch_unknown` when there is none; the store's.
pub fn preview(look: &Views<'_>, act: ConfirmationAct, id: &str) -> Result<Preview, UiError> {
    let row = row_of(look, id)?;
    let units = counted(row.units, "unit", "units");
    let of = row
        .number
        .as_ref()
        .map_or_else(|| row.raw_reference.clone(), ToString::to_string);
    let (title, button, effect, can) = match act {
        ConfirmationAct::Retry => (
            format!("Retry {id}?"),
            format!("Retry {id}"),
            retry_effect(look, &row, &of, &units),
            retry(&row),
        ),
        ConfirmationAct::LeaveAlone => (
            format!("Leave {id} as it is?"),
            format!("Leave {id} as it is"),
            vec![
                format!(
                    "Stockbridge tells Cin7 Core nothing more of this despatch. The {units} that left for {of} stand there only if somebody enters them."
                ),
                "It moves to Left alone, with your reason and your name. It cannot be taken up again from here.".into(),
            ],
            leave_alone(&row),
        ),
    };
    Ok(Preview {
        title,
        effect: if can.allowed {
            effect
        } else {
            vec![can.why_not.clone()]
        },
        button,
        count: 1,
        allowed: u32::from(can.allowed),
        refused: Vec::new(),
        needs_reason: act == ConfirmationAct::LeaveAlone && can.allowed,
    })
}

fn retry_effect(look: &Views<'_>, row: &DespatchRow, of: &str, units: &str) -> Vec<String> {
    if row.sale.is_none() {
        return vec![format!(
            "Stockbridge looks again for an order that goes by {of}. If there is one now, the despatch is its own, and Cin7 Core is told of it."
        )];
    }
    let mut effect = vec![
        format!(
            "Stockbridge reads {of} in Cin7 Core and tells it only what is missing there: picked, packed and shipped, {units} in {}.",
            counted(row.parcels, "parcel", "parcels")
        ),
        "What stands there already is not told again. If something is still wrong, the despatch comes back here.".into(),
    ];
    if !look.settings.is_live() {
        effect.push("Stockbridge only looks for now: it is told once you go live.".into());
    }
    effect
}

/// What was done, in words.
pub fn told(act: ConfirmationAct, id: &str) -> Told {
    Told {
        text: match act {
            ConfirmationAct::Retry => format!("{id} is tried again now."),
            ConfirmationAct::LeaveAlone => format!("{id} is left as it is."),
        },
    }
}

/// The despatch of that name, or the fault that says there is none.
fn row_of(look: &Views<'_>, id: &str) -> Result<DespatchRow, UiError> {
    look.reading.despatch(id)?.ok_or_else(|| {
        UiError::at(
            "despatch_unknown",
            "id",
            format!("There is no despatch {id} here."),
        )
    })
}

fn sentences(look: &Views<'_>, row: &DespatchRow, seen: &DespatchView) -> Vec<String> {
    let said = for_the_window(seen.words.trim());
    let at = |time| clock(time, look.now, look.settings.zone());
    match row.state {
        DespatchState::Exception if !said.is_empty() => vec![sentence(&said)],
        DespatchState::Exception if row.sale.is_none() => vec![format!(
            "The warehouse despatched {}, and no order of ours goes by that. Ask the warehouse whose it is.",
            row.raw_reference
        )],
        DespatchState::Exception => vec![sentence(&super::state::title(look, row))],
        DespatchState::Waiting if row.failures > 0 => vec![
            format!("{}.", super::state::title(look, row)),
            format!(
                "{} without getting through.",
                counted(row.failures, "try", "tries")
            ),
        ],
        DespatchState::Unclear => vec![
            "Something was sent to Cin7 Core and no clear answer came. Stockbridge looks at what stands there before anything is sent again.".into(),
        ],
        DespatchState::Posted => match row.posted_at {
            Some(posted) => vec![format!("All of it has stood in Cin7 Core since {}.", at(posted))],
            None => Vec::new(),
        },
        DespatchState::Closed if !said.is_empty() => vec![
            format!("{}.", super::state::title(look, row)),
            format!("The reason given: {}", sentence(&said)),
        ],
        DespatchState::Parked => vec![
            "Cin7 Core is told of it together with the last parcel of the order, as the settings say: so the sale stays a Simple one.".into(),
        ],
        DespatchState::Waiting | DespatchState::Posting | DespatchState::Closed => {
            vec![format!("{}.", super::state::title(look, row))]
        }
    }
}

/// The words of the engine's advice as this window's buttons have them.
fn for_the_window(words: &str) -> String {
    words.replace("dismiss this", "leave this as it is")
}

fn lines(seen: &DespatchView) -> Vec<DespatchLine> {
    seen.lines
        .iter()
        .map(|line| DespatchLine {
            sku: line.sku.clone(),
            quantity: line.quantity.clone(),
            cancelled: match line.cancelled.as_str() {
                "0" => String::new(),
                cancelled => cancelled.to_owned(),
            },
            why: plain(&line.why.to_lowercase()),
        })
        .collect()
}

fn parcels(seen: &DespatchView) -> Vec<DespatchParcel> {
    seen.parcels
        .iter()
        .map(|parcel| DespatchParcel {
            number: parcel.number,
            carrier: rows::carrier(parcel).to_owned(),
            service: parcel.service.clone(),
            tracking: parcel.tracking.clone(),
            link: if can_be_opened(&parcel.link) {
                parcel.link.clone()
            } else {
                String::new()
            },
        })
        .collect()
}

/// Whatever else the warehouse may write there is no page.
fn can_be_opened(link: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| link.len() > scheme.len() && link.starts_with(scheme))
        && !link.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn flag_of(flag: &str) -> DespatchFlag {
    let (word, code) = flag.split_once(':').unwrap_or((flag, ""));
    let (text, map) = match word {
        "carrier_unmapped" => (
            format!(
                "The carrier {code} has no name of its own in Cin7 Core. It was passed on as the warehouse named it."
            ),
            Some(MapKind::Carrier),
        ),
        "parcels_differ" => (
            "What the parcels hold does not add up to what left. The lines were told, and the goods put in the parcels as far as they are named there.".into(),
            None,
        ),
        "tracking_cut" => (
            "A tracking number was longer than Cin7 Core takes, and was cut there.".into(),
            None,
        ),
        "dated_ahead" => (
            "The warehouse dates it more than two hours ahead of when it was read here. Cin7 Core is told the day it names; ask the warehouse to look at its clock.".into(),
            None,
        ),
        other => (sentence(&plain(other)), None),
    };
    DespatchFlag {
        text,
        from: if map.is_some() {
            code.to_owned()
        } else {
            String::new()
        },
        map,
    }
}

fn retry(row: &DespatchRow) -> Can {
    can(match row.state {
        DespatchState::Waiting | DespatchState::Unclear | DespatchState::Exception => "",
        DespatchState::Posting => "Cin7 Core is being told of it right now.",
        DespatchState::Parked => {
            "It waits for the last parcel of its order. To tell each part as it comes, change the settings."
        }
        DespatchState::Posted => "Cin7 Core has been told of it.",
        DespatchState::Closed => "It is done with.",
    })
}

fn leave_alone(row: &DespatchRow) -> Can {
    can(match row.state {
        DespatchState::Exception => "",
        DespatchState::Waiting
        | DespatchState::Posting
        | DespatchState::Unclear
        | DespatchState::Parked => "It goes on by itself; nobody has to do anything.",
        DespatchState::Posted => "Cin7 Core has been told of it.",
        DespatchState::Closed => "It is done with.",
    })
}

fn can(why_not: &str) -> Can {
    Can {
        allowed: why_not.is_empty(),
        why_not: why_not.into(),
    }
}
