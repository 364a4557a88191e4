//! One order's whole life, and the message made of it. The address is personal and is
//! left out.

use engine::views::{JourneyEnd, OrderDetail, OrderView, SourceView};
use engine::words;

use super::card::card;
use super::orders::ship_by;
use super::sheet::{Sheet, span};
use super::state_colour;
use super::table::{Cell, Table};
use super::timeline::timeline;

/// The order, its holds, lines, tries and what happened.
pub(crate) fn life(detail: &OrderDetail, sheet: &Sheet) -> String {
    let order = &detail.order;
    let mut text = head(order, sheet);
    for hold in &order.holds {
        text.push_str(&card(hold, sheet));
    }
    text.push_str(&said(detail, sheet));
    text.push_str(&lines(detail, sheet));
    text.push_str(&tries(detail, sheet));
    text.push_str(&whose(detail, sheet));
    text.push_str("\nWhat happened\n");
    text.push_str(&timeline(&detail.timeline, sheet));
    if let Some(next) = next(order) {
        text.push_str(&format!("\n{next}\n"));
    }
    text
}

fn head(order: &OrderView, sheet: &Sheet) -> String {
    let text = format!(
        "{}  {}  {}\n",
        order.number,
        sheet.paint(state_colour(&order.state), &words::state(&order.state)),
        words::money(&order.currency, &order.value),
    );
    let time = |at: &Option<String>| at.as_deref().map(|at| sheet.told(at));
    let mut facts = Table::bare(&["", ""]);
    let mut fact = |name: &str, value: Option<Cell>| {
        if let Some(value) = value {
            facts.row(vec![format!("  {name}").into(), value]);
        }
    };
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    fact(
        "Owner",
        order.owner.as_deref().map(|o| words::owner(o).into()),
    );
    fact(
        "Ship by",
        order.ship_by.as_ref().map(|_| ship_by(order, sheet)),
    );
    fact("Channel", given(&order.channel).map(Cell::from));
    fact("Service", given(&order.service).map(Cell::from));
    fact("Authorised", time(&order.authorised_at).map(Cell::from));
    fact("Accepted", time(&order.accepted_at).map(Cell::from));
    fact("At Whistl", at_whistl(order).map(Cell::from));
    fact("Next step at", time(&order.next_at).map(Cell::from));
    fact(
        "Decided under",
        Some(
            format!(
                "settings {}, maps {}",
                order.settings_version, order.map_version
            )
            .into(),
        ),
    );
    text + &facts.text(sheet)
}

fn at_whistl(order: &OrderView) -> Option<String> {
    let reference = order.client_reference.as_ref()?;
    if order.submissions == 0 && order.whistl_reference.is_none() {
        return Some(format!("not yet; under {reference} once it is sent"));
    }
    let mut text = format!("under {reference}");
    if let Some(theirs) = &order.whistl_reference {
        text.push_str(&format!(", their number {theirs}"));
    }
    if let Some(status) = &order.whistl_status {
        let status = words::plain(&status.to_lowercase());
        text.push_str(&format!(", {status} there"));
    }
    Some(text)
}

/// What people have said about it: put off, given to somebody else, noted.
fn said(detail: &OrderDetail, sheet: &Sheet) -> String {
    let mut text = String::new();
    if let Some(put_off) = &detail.put_off {
        let said = format!(
            "Put off to {} by {}: {}. `bring-back {}` brings it back.",
            sheet.told(&put_off.until),
            put_off.who,
            put_off.why,
            detail.order.number
        );
        text.push_str(&sheet.wrapped("\n", &said, 0));
    }
    if let Some(owner) = detail.assigned {
        text.push_str(&format!("\nGiven to {} by hand.\n", words::owner(owner)));
    }
    if detail.notes.is_empty() {
        return text;
    }
    text.push_str("\nNotes\n");
    for note in &detail.notes {
        let to = note
            .to
            .map(|to| format!(" for {}", words::owner(to)))
            .unwrap_or_default();
        let head = format!("  {}  {}{to}: ", sheet.told(&note.at), note.who);
        text.push_str(&sheet.wrapped(&head, &note.text, 4));
    }
    text
}

/// Whose time it was, stretch by stretch.
fn whose(detail: &OrderDetail, sheet: &Sheet) -> String {
    let Some(journey) = &detail.journey else {
        return String::new();
    };
    let so_far = |open: bool| if open { " so far" } else { "" };
    let mut table = Table::new(&["  Whose", ">For", "What"]);
    for leg in &journey.legs {
        table.row(vec![
            format!("  {}", words::side(&leg.who)).into(),
            format!("{}{}", words::span(leg.seconds), so_far(leg.to.is_none())).into(),
            leg.what.as_str().into(),
        ]);
    }
    let open = journey.end == JourneyEnd::Open;
    format!(
        "\nWhose time, {}{} in all\n{}",
        words::span(journey.seconds),
        so_far(open),
        table.text(sheet)
    )
}

fn lines(detail: &OrderDetail, sheet: &Sheet) -> String {
    if detail.lines.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[">  Quantity", "SKU", "Name", ">Each", "No stock for"]);
    for line in &detail.lines {
        let short = if line.backordered == "0" {
            String::new()
        } else {
            line.backordered.clone()
        };
        table.row(vec![
            line.quantity.as_str().into(),
            line.sku.as_str().into(),
            line.name.as_str().into(),
            words::money(&detail.order.currency, &two_places(&line.unit_price)).into(),
            short.into(),
        ]);
    }
    format!("\nLines\n{}", table.text(sheet))
}

/// `23.5` as `23.50`; more places stay.
fn two_places(price: &str) -> String {
    match price.split_once('.') {
        None => format!("{price}.00"),
        Some((_, pence)) if pence.len() == 1 => format!("{price}0"),
        Some(_) => price.to_owned(),
    }
}

fn tries(detail: &OrderDetail, sheet: &Sheet) -> String {
    if detail.attempts.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["  Try", "At", "To", "Under", "Outcome", ">Took", "Answer"]);
    for attempt in &detail.attempts {
        let took = attempt
            .ended_at
            .as_deref()
            .and_then(super::sheet::instant)
            .zip(super::sheet::instant(&attempt.began_at))
            .map(|(ended, began)| span(ended - began));
        table.row(vec![
            format!("  {}", attempt.number).into(),
            sheet.told_with_seconds(&attempt.began_at).into(),
            words::step(&attempt.step).into(),
            attempt.reference.as_str().into(),
            words::outcome(&attempt.outcome).into(),
            took.unwrap_or_default().into(),
            words::sentence(&attempt.detail).into(),
        ]);
    }
    format!("\nTries\n{}", table.text(sheet))
}

/// What to type next.
fn next(order: &OrderView) -> Option<String> {
    let number = &order.number;
    Some(match order.state.as_str() {
        "held" => format!(
            "After the fix: `recheck {number}`. Changes in Cin7 Core are also seen at the next `sync`."
        ),
        "rejected" => format!("After the fix: `resend {number}`."),
        "unclear" => {
            "Whistl is asked whether it has this order before anything is sent again.".into()
        }
        "at_warehouse" if !order.holds.is_empty() => {
            format!("To stop it: `withdraw {number}`.")
        }
        "blocked" => format!("To call it back: `withdraw {number}`."),
        "cancelled" => format!("To send it after all: `resend {number}`."),
        _ => return None,
    })
}

/// The message, field by field.
pub(crate) fn explained(sources: &[SourceView], sheet: &Sheet) -> String {
    let mut table = Table::new(&["Field", "Value", "From Cin7 Core", "Rule"]);
    for source in sources {
        table.row(vec![
            source.payload_field.as_str().into(),
            source.value.as_str().into(),
            source.cin7_field.as_str().into(),
            source.rule.as_str().into(),
        ]);
    }
    table.text(sheet)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use engine::views::{NoteView, PutOffView};

    use super::*;
    use crate::show::fixtures::{held_life, sent_life, sheet};

    #[test]
    fn a_held_orders_life_ends_with_what_to_do() {
        expect![[r"
            SO-00031  held  £22.80
              Owner          the office
              Ship by        16:00, in 4 h
              Channel        Shopify
              Service        WHI_STD
              Authorised     Tue 24 Nov 09:50
              At Whistl      not yet; under SO-00031 once it is sent
              Decided under  settings 1, maps 2

              SKU has characters Whistl refuses  sku_invalid_characters
                Order.Lines[1].SKU: ITEM-01_BLUE
                                        ^  ^
                Expected  letters and digits only
                Fix       Map ITEM-01_BLUE to the SKU Whistl has it under, or rename it in Cin7 Core to letters
                          and digits.
                Owner     the office, since 09:50 (2 h 10 min)

              No telephone number  phone_missing
                Phone: (empty)
                Expected  a number the driver can call
                Fix       Enter a telephone number in the sale.
                Owner     the office, since 09:50 (2 h 10 min)

            Lines
              Quantity  SKU           Name                 Each  No stock for
                     6  HPCND001      Soy candle, slate  £23.50
                    12  ITEM-01_BLUE  Linen tea towel    £23.50  2

            What happened
              Tue 24 Nov 09:50  Read the sale at Cin7 Core
              Tue 24 Nov 09:50  Held: SKU has characters Whistl refuses, no telephone number

            After the fix: `recheck SO-00031`. Changes in Cin7 Core are also seen at the next `sync`.
        "]].assert_eq(&life(&held_life(), &sheet()));
    }

    #[test]
    fn what_people_said_stands_with_the_order() {
        let mut detail = held_life();
        detail.put_off = Some(PutOffView {
            until: "2026-11-26T09:00:00Z".into(),
            why: "stock arrives".into(),
            who: "Ada".into(),
            at: "2026-11-25T11:00:00Z".into(),
        });
        detail.assigned = Some("finance");
        detail.notes = vec![NoteView {
            at: "2026-11-25T11:30:00Z".into(),
            who: "Ada".into(),
            to: Some("finance"),
            text: "Is it paid?".into(),
        }];
        let told = life(&detail, &sheet());
        for wanted in [
            "Put off to Thu 26 Nov 09:00 by Ada: stock arrives. `bring-back SO-00031`",
            "Given to finance by hand.",
            "  11:30  Ada for finance: Is it paid?",
        ] {
            assert!(told.contains(wanted), "{wanted} not in {told}");
        }
    }

    #[test]
    fn a_sent_orders_life_tells_each_try_and_no_developers_words() {
        let text = life(&sent_life(), &sheet());
        expect![[r"
            SO-00010  at the warehouse  £169.20
              Ship by        16:00
              Channel        Shopify
              Service        WHI_STD
              Authorised     Tue 24 Nov 09:50
              Accepted       11:21
              At Whistl      under SO-00010, their number WF10000007, picking there
              Decided under  settings 1, maps 2

            Lines
              Quantity  SKU       Name                 Each
                     6  HPCND001  Soy candle, slate  £23.50

            Tries
              Try  At        To       Under     Outcome   Took  Answer
              1    11:20:00  send it  SO-00010  refused   30 s  Refused by Whistl; nothing exists there under this reference
              2    11:21:43  send it  SO-00010  accepted   2 s  Accepted by Whistl as WF10000007

            What happened
              11:19  Read the sale at Cin7 Core
              11:19  Passed every check; telephone number tidied; what is not goods left out
              11:20  Sending it to Whistl
              11:20  Refused by Whistl; nothing exists there under this reference
              11:21  Asked to send it again (by ann)
              11:21  Try 2: Sending it to Whistl
              11:21  Accepted by Whistl as WF10000007
        "]].assert_eq(&text);
        assert!(
            !text.contains("phone_tidied") && !text.contains(".000Z"),
            "{text}"
        );
    }
}
