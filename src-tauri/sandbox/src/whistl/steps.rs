//! Moving orders by hand from the control side: one legal step at a time, or out of
//! existence. What a step entails is `life`'s business.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Warehouse;
use super::life::{carrier_hold, internal};
use super::order::Hold;
use super::refusal::Rejection;
use super::status::Status;
use crate::faults::Switchboard;
use crate::http::Misuse;

impl Warehouse {
    /// Moves one order on from the control side (`to` is a status word), or releases a
    /// hold by naming the status to go on with. `hold` may carry `code`, `message` and
    /// `fixed_by` for `HELD`, or a reason's `code`, `field`, `value`, `message` for
    /// `REJECTED`. Answers the order state; an illegal step is a misuse that names the
    /// legal ones. Goods leave by a despatch, not by a step.
    pub fn step(
        &mut self,
        reference: &str,
        to: &str,
        hold: Option<&Value>,
        now: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Result<Value, Misuse> {
        self.advance(now, board);
        let order = self
            .orders
            .present(reference)
            .ok_or_else(|| Misuse::unknown(format!("{reference}: no order of that reference")))?;
        let (number, from) = (order.number, order.status);
        let held_from = order.held_from;
        let allowed: Vec<Status> = from
            .may_become(held_from, order.goods_left())
            .into_iter()
            .filter(|next| {
                let leaves = matches!(next, Status::PartDespatched | Status::Despatched);
                !leaves || held_from == Some(*next)
            })
            .filter(|next| *next != Status::Received)
            .collect();
        let words: Vec<&str> = allowed.iter().map(|status| status.word()).collect();
        let words = if words.is_empty() {
            "no step".to_owned()
        } else {
            words.join(", ")
        };
        let to = Status::named(to)
            .filter(|to| allowed.contains(to))
            .ok_or_else(|| {
                Misuse::bad(format!(
                    "{reference} is {}: cannot become {to}; allowed: {words}",
                    from.word()
                ))
            })?;
        match to {
            Status::Held => {
                let hold = hold_from(hold, now)?;
                self.stop(number, hold, now);
            }
            Status::Rejected => self.enter(number, to, vec![reason_from(hold)?], now),
            _ => self.go_on(number, to, now),
        }
        Ok(self
            .orders
            .get(number)
            .map_or(Value::Null, |order| order.state(&[])))
    }

    /// Drops every order of a reference without any message, as F47 does. Answers how
    /// many were dropped.
    pub fn forget_order(&mut self, reference: &str) -> Result<Value, Misuse> {
        let numbers = self.orders.numbers(reference);
        if numbers.is_empty() {
            return Err(Misuse::unknown(format!(
                "{reference}: no order of that reference"
            )));
        }
        for number in &numbers {
            self.forget(*number);
        }
        Ok(json!({ "dropped": numbers.len() }))
    }
}

/// Who clears a hold of that code (contract, section 8).
fn usual_fixer(code: &str) -> &'static str {
    match code {
        "ADDRESS_QUERY" | "PHONE_QUERY" | "NO_STOCK" | "CUSTOMS_DATA" | "PAYMENT"
        | "CANCEL_REFUSED" => "OFFICE",
        _ => "WAREHOUSE",
    }
}

fn hold_from(given: Option<&Value>, now: DateTime<Utc>) -> Result<Hold, Misuse> {
    let Some(given) = given.filter(|given| !given.is_null()) else {
        return Ok(carrier_hold(now));
    };
    let members = texts(given, "hold", &["code", "message", "fixed_by"])?;
    let [code, message, fixed_by] = members.try_into().unwrap_or_default();
    let mut hold = carrier_hold(now);
    if let Some(code) = code {
        hold.message = format!("Stopped: {code}.");
        hold.fixed_by = usual_fixer(&code).into();
        hold.code = code;
    }
    hold.message = message.unwrap_or(hold.message);
    if let Some(fixer) = fixed_by {
        if !matches!(fixer.as_str(), "OFFICE" | "WAREHOUSE" | "CARRIER") {
            return Err(Misuse::bad(
                "hold.fixed_by: expected OFFICE, WAREHOUSE or CARRIER",
            ));
        }
        hold.fixed_by = fixer;
    }
    Ok(hold)
}

fn reason_from(given: Option<&Value>) -> Result<Rejection, Misuse> {
    let Some(given) = given.filter(|given| !given.is_null()) else {
        return Ok(internal("Refused by the warehouse."));
    };
    let members = texts(given, "hold", &["code", "field", "value", "message"])?;
    let [code, field, value, message] = members.try_into().unwrap_or_default();
    Ok(Rejection {
        code: code.unwrap_or_else(|| "INTERNAL_REJECT".into()),
        field,
        value: json!(value),
        message: message.unwrap_or_else(|| "Refused by the warehouse.".into()),
    })
}

/// The texts of an object in the order of `names`; any other member is a misuse.
fn texts(given: &Value, what: &str, names: &[&str]) -> Result<Vec<Option<String>>, Misuse> {
    let allowed = names.join(", ");
    let Some(members) = given.as_object() else {
        return Err(Misuse::bad(format!(
            "{what}: expected an object with {allowed}"
        )));
    };
    if let Some(odd) = members.keys().find(|key| !names.contains(&key.as_str())) {
        return Err(Misuse::bad(format!(
            "{what}.{odd}: unknown; expected {allowed}"
        )));
    }
    names
        .iter()
        .map(|name| match members.get(*name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Misuse::bad(format!("{what}.{name}: expected text"))),
        })
        .collect()
}
