//! One call from arrival to answer: counted, let through the gate, handled, garbled
//! if a fault says so, and sent.

use chrono::TimeDelta;
use serde_json::Value;

use super::Account;
use super::documents::Kind;
use super::faults::Play;
use super::garble::{sent, written};
use super::gate::Gate;
use super::plain::text;
use super::reply::{Call, Ignored, Reply};
use super::stages::Stage;
use crate::faults::Switchboard;
use crate::http::{Answer, Ask, Moment, Outcome};

/// What every path begins with.
pub const BASE_PATH: &str = "/ExternalApi/v2/";
/// Parameters that say what a call is about.
const NAMING: [&str; 7] = [
    "ID",
    "SaleID",
    "TaskID",
    "Sku",
    "Name",
    "ExternalID",
    "Search",
];
/// Fields of a body that say what a write is about.
const NAMING_IN_BODY: [&str; 3] = ["ID", "SaleID", "TaskID"];
/// No clock is further off than this.
const MOST_SKEW_MINUTES: i64 = 60 * 24 * 366;

impl Account {
    /// Answers a call as the vendor would. `ask.path` includes `/ExternalApi/v2/`.
    pub fn answer(&mut self, ask: &Ask, now: Moment, board: &mut Switchboard) -> Outcome {
        let path = ask.path.strip_prefix(BASE_PATH).unwrap_or(&ask.path);
        let inside = ask.path.starts_with(BASE_PATH);
        self.meter
            .arrive(now.metered, &format!("{} {path}", ask.method));
        let mut play = Play::new(board, path, now, self.subjects(ask));
        self.play_events(&mut play, now.world);
        let skew = skew(&mut play);
        let late = match self.gate(ask, if inside { path } else { "" }, now.metered, &mut play) {
            Gate::Shut(outcome) => return dated(outcome, now, skew),
            Gate::Open(late) => late,
        };
        let call = Call {
            ask,
            now: now.world,
            skew,
            ignored: ignored(&mut play),
        };
        let reply = self
            .handle(path, &call, &mut play)
            .unwrap_or_else(|refusal| refusal);
        let answer = written(reply, &mut play);
        dated(sent(late.unwrap_or(answer), &mut play), now, skew)
    }

    fn handle(&mut self, path: &str, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        match (call.ask.method.as_str(), path) {
            ("PUT", "sale") => self.put_sale(call, play),
            ("GET", "sale/fulfilment") => self.get_fulfilments(call, play),
            ("POST", "sale/fulfilment") => self.post_fulfilment(call, play),
            ("DELETE", "sale/fulfilment") => self.delete_fulfilment(call, play),
            (_, "sale/fulfilment/pick") => self.write_stage(Stage::Pick, call, play),
            (_, "sale/fulfilment/pack") => self.write_stage(Stage::Pack, call, play),
            (_, "sale/fulfilment/ship") => self.write_stage(Stage::Ship, call, play),
            (_, "sale") => self.get_sale(call, play),
            (_, "saleList") => self.get_sale_list(call, play),
            (_, "product") => self.get_products(call, play),
            (_, "customer") => self.get_customers(call),
            (_, "ref/location") => self.get_locations(call),
            (_, "ref/carrier") => self.get_carriers(call),
            ("GET", "stockadjustment") => self.get_document(Kind::Adjustment, call),
            ("DELETE", "stockadjustment") => self.delete_document(Kind::Adjustment, call, play),
            (_, "stockadjustment") => self.write_document(Kind::Adjustment, call, play),
            (_, "stockadjustmentList") => self.list_documents(Kind::Adjustment, call),
            ("GET", "inventoryWriteOff") => self.get_document(Kind::WriteOff, call),
            ("DELETE", "inventoryWriteOff") => self.delete_document(Kind::WriteOff, call, play),
            (_, "inventoryWriteOff") => self.write_document(Kind::WriteOff, call, play),
            (_, "inventoryWriteOffList") => self.list_documents(Kind::WriteOff, call),
            (_, "stockTransferList") => self.list_transfers(call),
            (_, "ref/productavailability") => self.get_availability(call, play),
            _ => Ok(self.get_me(play)),
        }
    }

    /// The numbers, IDs and codes the call names.
    fn subjects(&self, ask: &Ask) -> Vec<String> {
        let mut named: Vec<String> = NAMING
            .iter()
            .filter_map(|name| ask.query(name))
            .map(str::to_owned)
            .collect();
        if ask.method != "GET"
            && let Ok(body) = serde_json::from_slice::<Value>(&ask.body)
        {
            let ids = NAMING_IN_BODY.iter().filter_map(|name| body.get(name));
            named.extend(ids.map(|id| text(id).to_owned()));
            if is_document(&ask.path) {
                named.extend(named_in_document(&body));
            }
        }
        if is_document(&ask.path) {
            return named;
        }
        let sales = named.iter().filter_map(|name| self.sale_named(name));
        let numbers: Vec<String> = sales
            .map(|index| self.sales.list[index].number.clone())
            .collect();
        named.extend(numbers);
        named
    }

    /// A sale by its number, its ID, or the ID of one of its tasks.
    fn sale_named(&self, name: &str) -> Option<usize> {
        let sale = self.sales.index_of_any(name);
        sale.or_else(|| self.place_of_task(name).map(|place| place.sale))
    }
}

fn is_document(path: &str) -> bool {
    let path = path.strip_prefix(BASE_PATH).unwrap_or(path);
    matches!(path, "stockadjustment" | "inventoryWriteOff")
}

/// What a document is about besides its ID: its reference or what its notes begin with, and
/// its goods.
fn named_in_document(body: &Value) -> Vec<String> {
    let reference = text(&body["Reference"]);
    let notes = text(&body["Notes"]);
    let lines = body["Lines"].as_array().into_iter().flatten();
    let codes = lines.flat_map(|line| [text(&line["SKU"]), text(&line["ProductCode"])]);
    let first = notes.split_whitespace().next().unwrap_or_default();
    let all = [reference, notes, first].into_iter().chain(codes);
    all.filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn skew(play: &mut Play) -> TimeDelta {
    let minutes = play
        .fires("clock_skew", &[])
        .map_or(0, |value| value.as_i64().unwrap_or(5));
    TimeDelta::minutes(minutes.clamp(-MOST_SKEW_MINUTES, MOST_SKEW_MINUTES))
}

fn ignored(play: &mut Play) -> Ignored {
    match play.fires("ignore_params", &[]) {
        None => Ignored::Nothing,
        Some(Value::Array(names)) => {
            Ignored::Named(names.iter().map(|name| text(name).to_owned()).collect())
        }
        Some(Value::String(name)) => Ignored::Named(vec![name]),
        Some(_) => Ignored::Filters,
    }
}

/// Every answer carries the vendor's own idea of the time.
fn dated(outcome: Outcome, now: Moment, skew: TimeDelta) -> Outcome {
    let date = (now.world + skew)
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    let with = |answer: Answer| answer.with_header("Date", &date);
    match outcome {
        Outcome::Whole(answer) => Outcome::Whole(with(answer)),
        Outcome::After(wait, answer) => Outcome::After(wait, with(answer)),
        Outcome::CutOff(answer, bytes) => Outcome::CutOff(with(answer), bytes),
        Outcome::Endless(answer) => Outcome::Endless(with(answer)),
        Outcome::Dropped | Outcome::Silent => outcome,
    }
}
