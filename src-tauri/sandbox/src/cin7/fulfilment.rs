//! `sale/fulfilment` and its stages as calls: which task is meant, which fault is played,
//! and what is answered. What a stage may do is `stages`, `pick`, `pack` and `ship`.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::Account;
use super::detail::View;
use super::faults::Play;
use super::plain::{object, text};
use super::progress::words;
use super::reply::{Call, Reply};
use super::ship::reply;
use super::stages::{Place, Stage, StageWrite};
use super::write::refused;

impl Account {
    /// `GET sale/fulfilment?SaleID=`.
    pub(super) fn get_fulfilments(&self, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        let index = call
            .param("SaleID")
            .and_then(|id| self.sales.index_of_id(id))
            .ok_or_else(Reply::no_sale)?;
        let hidden = self.hides_task(index, play);
        Ok(self.fulfilments(index, hidden))
    }

    /// `POST sale/fulfilment`: a further task, for what is still to go. Documented refusals:
    /// the order is not authorised, or another task waits for its pick.
    pub(super) fn post_fulfilment(&mut self, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        let body = body(call)?;
        let id = body.get("SaleID").map(text).unwrap_or_default();
        if id.is_empty() {
            return Err(refused(&["'SaleID' is required.".to_owned()]));
        }
        let index = self.sales.index_of_id(id).ok_or_else(Reply::no_sale)?;
        let order = self.sales.list[index].order_status();
        if order != "AUTHORISED" {
            let text = format!("Sale Order Status is {order}.");
            return Err(Reply::refusal(&text));
        }
        let hidden = self.hides_task(index, play);
        if !hidden && self.has_open_pick(index) {
            let text = "There is non authorised Fulfilment in this sale.";
            return Err(Reply::refusal(text));
        }
        if play.fires("accept_and_drop", &[]).is_none() {
            let before = self.row(&self.sales.list[index], TimeDelta::zero());
            self.sales.list[index].undone = false;
            if !hidden && self.sales.list[index].tasks.is_none() {
                self.sales.list[index].tasks = Some(self.kept_tasks(index));
            }
            self.add_task(index);
            self.touched(index, before, call.now, None);
            self.writes.fulfilment += 1;
        }
        Ok(self.fulfilments(index, hidden))
    }

    /// `DELETE sale/fulfilment?TaskID=&Void=`. Documented for Advanced sales with `Void`;
    /// anything else was seen to answer 200 and do nothing.
    pub(super) fn delete_fulfilment(
        &mut self,
        call: &Call,
        play: &mut Play,
    ) -> Result<Reply, Reply> {
        let id = call.param("TaskID").unwrap_or_default();
        let place = self.place_of_task(id).ok_or_else(no_task)?;
        let index = place.sale;
        let sale = &self.sales.list[index];
        let advanced = sale.kind() == "ADVANCED SALE" && sale.order_status() != "VOIDED";
        if call.yes("Void") && advanced && play.fires("accept_and_drop", &[]).is_none() {
            self.void_task(place, call);
        }
        Ok(self.fulfilments(index, false))
    }

    fn void_task(&mut self, place: Place, call: &Call) {
        let before = self.row(&self.sales.list[place.sale], TimeDelta::zero());
        let mut tasks = self.kept_tasks(place.sale);
        let task = &mut tasks[place.task];
        for stage in Stage::ALL {
            task[stage.key()]["Status"] = json!("VOIDED");
        }
        task["FulFilmentStatus"] = json!("VOIDED");
        let id = text(&task["TaskID"]).to_owned();
        self.sales.list[place.sale].tasks = Some(tasks);
        self.give_back(place.sale, Some(&id));
        self.allocate(place.sale);
        self.touched(place.sale, before, call.now, None);
        self.writes.fulfilment += 1;
    }

    /// `PUT` and `POST sale/fulfilment/pick`, `…/pack`, `…/ship`.
    pub(super) fn write_stage(
        &mut self,
        stage: Stage,
        call: &Call,
        play: &mut Play,
    ) -> Result<Reply, Reply> {
        let body = body(call)?;
        let adds = call.ask.method == "POST";
        if !adds && play.fires("put_405", &[]).is_some() {
            return Err(Reply::wrong_method("PUT"));
        }
        let id = body.get("TaskID").map(text).unwrap_or_default();
        if id.is_empty() {
            return Err(refused(&["'TaskID' is required.".to_owned()]));
        }
        let place = self.place_of_task(id).ok_or_else(no_task)?;
        if self.hides_task(place.sale, play) {
            return Err(no_task());
        }
        let carriers =
            stage == Stage::Ship && play.fires("carrier_unknown", &[]) == Some(json!("refuse"));
        let write = StageWrite {
            stage,
            body: &body,
            adds,
            known_carriers: carriers,
        };
        let done = self
            .judge(place, &write)
            .map_err(|problems| refused(&problems))?;
        let answer = Reply::one(reply(&done.task, stage));
        self.refused_by_fault(stage, &done.task, play)?;
        if play.fires("accept_and_drop", &[]).is_some() {
            return Ok(answer);
        }
        let picks = stage == Stage::Pick && Stage::Pick.status(&done.task) == "AUTHORISED";
        let early = picks && play.fires("on_hand_drop", &[]) == Some(json!("pick"));
        let before = self.row(&self.sales.list[place.sale], TimeDelta::zero());
        self.take_effect(place, done, early);
        if self.is_all_shipped(place.sale)
            && let Some(word) = play.fires("order_status_word", &[])
        {
            self.close_order(place.sale, &word);
        }
        self.touched(place.sale, before, call.now, None);
        self.writes.fulfilment += 1;
        Ok(answer)
    }

    /// Refusals whose cause is outside of what this account holds.
    fn refused_by_fault(&self, stage: Stage, task: &Value, play: &mut Play) -> Result<(), Reply> {
        if stage == Stage::Ship && play.fires("external_location", &[]).is_some() {
            let text = "Sale contains products from external location.";
            return Err(Reply::refusal(text));
        }
        let last = self.lines_of(task, "Pick").pop();
        if stage == Stage::Pick
            && let Some(line) = last
            && let Some(value) = play.fires("short_stock", &[])
        {
            let sku = value.as_str().unwrap_or(self.sku(line.goods.product));
            return Err(Reply::refusal(&self.short_of(sku, line.goods.location)));
        }
        Ok(())
    }

    /// Whether everything that was ordered has left.
    pub(super) fn is_all_shipped(&self, index: usize) -> bool {
        let sale = &self.sales.list[index];
        sale.tasks.is_some() && words(sale).shipping == "SHIPPED"
    }

    /// The order says that nothing is left to do. Some accounts' orders do, some stay
    /// AUTHORISED (assumed).
    pub(super) fn close_order(&mut self, index: usize, value: &Value) {
        let word = value.as_str().unwrap_or("FULFILLED");
        self.sales.list[index].set_order("Status", json!(word));
    }

    /// Whether the sale is one that nobody has touched and shows no task (A5, the other
    /// way). The switch is asked only about such sales.
    pub(super) fn hides_task(&self, index: usize, play: &mut Play) -> bool {
        let sale = &self.sales.list[index];
        sale.tasks.is_none()
            && play
                .fires("simple_has_task", &[&sale.number, &sale.id])
                .is_some_and(|says| says == json!(false) || says == json!("no"))
    }

    fn fulfilments(&self, index: usize, hidden: bool) -> Reply {
        let sale = &self.sales.list[index];
        let view = View {
            no_task: hidden,
            ..View::default()
        };
        Reply::one(Value::Object(object([
            ("SaleID", json!(sale.id)),
            ("Fulfilments", self.tasks(sale, view)),
        ])))
    }
}

fn body(call: &Call) -> Result<Map<String, Value>, Reply> {
    match serde_json::from_slice(&call.ask.body) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(Reply::broken()),
    }
}

/// No such task (wording assumed).
fn no_task() -> Reply {
    Reply::error(400, 404, "Fulfilment not found.")
}
