//! `PUT /v1/orders/{client_ref}`: an order is taken whole or refused whole (contract,
//! section 5.4). The faults that belong to this one call are played here.

use serde_json::{Value, json};

use super::Warehouse;
use super::agenda::Act;
use super::call::{Call, Reply};
use super::order::{Deferral, Order};
use super::refusal::{Refusal, Rejection};
use super::rules::{Rules, in_table_order, is_known_code};
use super::services::Applied;
use super::status::Status;
use super::submission::{Submission, differing_paths};
use super::times::later;

impl Warehouse {
    /// Judges a submission and takes or refuses it.
    pub(super) fn submit(
        &mut self,
        reference: &str,
        call: &mut Call<'_>,
    ) -> Result<Reply, Refusal> {
        let sent = Submission::read(call.json_body()?, &self.site)?;
        let named = sent.client_ref.as_deref().unwrap_or_default();
        if !named.eq_ignore_ascii_case(reference) {
            let message = format!("Path names {reference}, the body {named:?}.");
            return Err(Refusal::new(400, "REF_MISMATCH", message));
        }
        if let Some(known) = self.existing(reference, &sent, call)? {
            return Ok(known);
        }
        if let Some(value) = call.fires("F22") {
            return Ok(self.defer(&sent, &value, call));
        }
        let forced = call.fires("F21").map(|value| forced_reasons(&value, &sent));
        let refuse_without_stock = call.fires("no_stock").is_some();
        let customs_required = call.fires("customs_data").is_some();
        let verdict = self
            .rules(refuse_without_stock, customs_required)
            .judge(&sent);
        match (verdict, forced) {
            (Ok(applied), None) => Ok(self.accept(&sent, applied, call)),
            (verdict, forced) => {
                let (more, first_only) = forced.unwrap_or_default();
                let mut reasons = verdict.err().unwrap_or_default();
                reasons.extend(more);
                let mut reasons = in_table_order(reasons);
                if first_only {
                    reasons.truncate(1);
                }
                Err(Refusal::order(reasons, first_only))
            }
        }
    }

    /// The content rules as this account has them.
    pub(super) fn rules(&self, refuse_without_stock: bool, customs_required: bool) -> Rules<'_> {
        Rules {
            items: &self.items,
            services: &self.services,
            warehouse: &self.site,
            refuse_without_stock,
            customs_required,
        }
    }

    /// The answer for a reference that is in use; nothing if it is free.
    fn existing(
        &self,
        reference: &str,
        sent: &Submission,
        call: &mut Call<'_>,
    ) -> Result<Option<Reply>, Refusal> {
        let Some(order) = self.orders.present(reference) else {
            return Ok(None);
        };
        match order.status {
            Status::Rejected => return Ok(None),
            Status::Cancelled => {
                let message = "This reference belongs to a cancelled order.";
                let refusal = Refusal::new(409, "REF_CANCELLED", message);
                return Err(refusal.with("existing", order.existing(&[])));
            }
            _ => {}
        }
        if call.fires("F04").is_some() {
            return Ok(None);
        }
        let differs = differing_paths(&order.canonical, &sent.canonical);
        if differs.is_empty() {
            return Ok(Some(Reply::Json(200, order.state(&[]))));
        }
        let message = "An order with this reference exists and its content differs.";
        let refusal = Refusal::new(409, "REF_CONFLICT", message);
        Err(refusal.with("existing", order.existing(&differs)))
    }

    /// Takes an order unchecked; it is decided later.
    fn defer(&mut self, sent: &Submission, value: &Value, call: &mut Call<'_>) -> Reply {
        let now = call.now.world;
        let seconds = value
            .get("seconds")
            .unwrap_or(value)
            .as_u64()
            .unwrap_or(3 * 3600);
        let accepted = value.get("outcome").and_then(Value::as_str) == Some("accepted")
            || value.as_str() == Some("accepted");
        let reasons = match value.get("reasons") {
            Some(reasons) => forced_reasons(reasons, sent).0,
            None => vec![usual_reason("POSTCODE_UNKNOWN", sent)],
        };
        let number = self.orders.next_number();
        let mut order = Order::taken(number, sent, &self.site, now);
        order.deferral = Some(Deferral {
            refuse_with: Some(reasons).filter(|_| !accepted),
        });
        let state = order.state(&[]);
        self.orders.put(order);
        self.announce(number, now);
        self.agenda.plan(later(now, seconds), number, Act::Decide);
        self.rush(number, call);
        Reply::Json(202, state)
    }

    /// Takes a good order, sets stock aside and plans its life.
    fn accept(&mut self, sent: &Submission, applied: Applied, call: &mut Call<'_>) -> Reply {
        let now = call.now.world;
        let number = self.orders.next_number();
        let mut order = Order::taken(number, sent, &self.site, now);
        let mut warnings: Vec<Rejection> = applied.warning.into_iter().collect();
        order.service_applied = Some(applied.code);
        if let Some(value) = call.fires("F20") {
            self.change_service(&mut order, &value, &mut warnings);
        }
        order.accepted_at = Some(now);
        let short = order.lines.iter().any(|line| {
            self.items
                .get(&line.sku)
                .is_none_or(|item| item.available() < line.ordered)
        });
        order.status = if short && call.fires("backorder").is_some() {
            Status::Backordered
        } else {
            Status::Accepted
        };
        let state = order.state(&warnings);
        self.orders.put(order);
        self.announce(number, now);
        if let Some(value) = call.fires("F23") {
            let hold_after = value
                .get("hold_after")
                .and_then(Value::as_u64)
                .unwrap_or(60);
            let span = value.get("release_after").unwrap_or(&value);
            let never = span.as_str() == Some("never");
            let release = Some(span.as_u64().unwrap_or(2 * 86_400)).filter(|_| !never);
            self.agenda
                .plan(later(now, hold_after), number, Act::CarrierHold(release));
        }
        if let Some(value) = call.fires("F47") {
            let seconds = value.as_u64().unwrap_or(3600);
            self.agenda.plan(later(now, seconds), number, Act::Forget);
        }
        self.rush(number, call);
        Reply::Json(201, state)
    }

    /// Despatches an order before its submission is answered, and keeps its events back
    /// (F24).
    fn rush(&mut self, number: u64, call: &mut Call<'_>) {
        let Some(value) = call.fires("F24") else {
            return;
        };
        let (now, seconds) = (call.now.world, value.as_u64().unwrap_or(3600));
        self.leave(number, now, call.board());
        let order = self.orders.get(number);
        if let Some(whistl_ref) = order.map(Order::whistl_ref) {
            self.events.hide_about(&whistl_ref, later(now, seconds));
        }
    }

    /// Puts the order on the default service, told or in silence (F20).
    fn change_service(&self, order: &mut Order, how: &Value, warnings: &mut Vec<Rejection>) {
        let stand_in = self.services.default_code().unwrap_or("WHI_STD");
        order.service_applied = Some(stand_in.to_owned());
        warnings.clear();
        if how.as_str() == Some("warning") {
            warnings.push(Rejection {
                code: "SERVICE_DEFAULTED".into(),
                field: Some("service_code".into()),
                value: json!(order.service_requested),
                message: "Service not active; default used.".into(),
            });
        } else {
            order.service_told = false;
        }
    }
}

/// The reasons a fault asks for, and whether only the first is to be named. The value
/// is a code, a list of codes or of `{code, field, value, message}`, or
/// `{"reasons": …, "first_only": true}`.
fn forced_reasons(value: &Value, sent: &Submission) -> (Vec<Rejection>, bool) {
    let first_only = value
        .get("first_only")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let wanted = value.get("reasons").unwrap_or(value);
    let reasons = match wanted {
        Value::Array(wanted) => wanted.iter().map(|one| forced_reason(one, sent)).collect(),
        one => vec![forced_reason(one, sent)],
    };
    (reasons, first_only)
}

fn forced_reason(wanted: &Value, sent: &Submission) -> Rejection {
    let text = |key: &str| {
        wanted
            .get(key)
            .and_then(Value::as_str)
            .map(ToOwned::to_owned)
    };
    let code = wanted
        .as_str()
        .map(ToOwned::to_owned)
        .or_else(|| text("code"));
    let mut reason = usual_reason(code.as_deref().unwrap_or("SKU_UNKNOWN"), sent);
    if let Some(field) = text("field") {
        reason.value = sent.sent_at(&field);
        reason.field = Some(field);
    }
    if let Some(value) = wanted.get("value") {
        reason.value = value.clone();
    }
    reason.message = text("message").unwrap_or(reason.message);
    reason
}

/// A reason with the field such a reason usually names.
fn usual_reason(code: &str, sent: &Submission) -> Rejection {
    let (field, message) = match code {
        "SKU_FORMAT" | "SKU_UNKNOWN" | "SKU_INACTIVE" | "DUPLICATE_SKU" => {
            (Some("lines[0].sku"), "SKU is not on file.")
        }
        "QUANTITY_INVALID" => (Some("lines[0].quantity"), "Quantity is not taken."),
        "NO_STOCK" => (Some("lines[0].quantity"), "Not enough stock."),
        "NO_LINES" | "TOO_MANY_LINES" => (Some("lines"), "Number of lines is not taken."),
        "REF_FORMAT" => (Some("client_ref"), "Reference is not taken."),
        "NAME_MISSING" | "NAME_TOO_LONG" => (Some("delivery.name"), "Name is not taken."),
        "ADDRESS_MISSING" | "ADDRESS_TOO_LONG" => {
            (Some("delivery.line1"), "Address line is not taken.")
        }
        "POSTCODE_MISSING" | "POSTCODE_FORMAT" => {
            (Some("delivery.postcode"), "Postcode is not taken.")
        }
        "POSTCODE_UNKNOWN" => (
            Some("delivery.postcode"),
            "Postcode not found in address file.",
        ),
        "COUNTRY_UNKNOWN" | "COUNTRY_NOT_SERVED" => {
            (Some("delivery.country"), "Country is not served.")
        }
        "PHONE_MISSING" | "PHONE_FORMAT" => (Some("delivery.phone"), "Telephone is not taken."),
        "EMAIL_FORMAT" => (Some("delivery.email"), "E-mail is not taken."),
        "SERVICE_UNKNOWN" | "SERVICE_INACTIVE" | "SERVICE_NOT_FOR_ADDRESS" | "OVER_WEIGHT" => {
            (Some("service_code"), "Service is not taken.")
        }
        "CHARSET" => (Some("delivery.name"), "Cannot be printed."),
        "NOTE_TOO_LONG" => (Some("delivery_note"), "Note is too long."),
        "CUSTOMS_DATA" => (Some("customs"), "Customs data is missing."),
        "ACCOUNT_STOPPED" => (None, "Account is stopped."),
        code if is_known_code(code) => (None, "Refused by the warehouse."),
        _ => (None, "Refused for a reason of its own."),
    };
    Rejection {
        code: code.into(),
        field: field.map(Into::into),
        value: field.map_or(Value::Null, |field| sent.sent_at(field)),
        message: message.into(),
    }
}
