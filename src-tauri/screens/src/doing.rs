//! Actions at work: begun at once, told of as they go on, stopped between two orders.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::Engine;
use engine::actions::{self, ActionReport, Progress, Which as These};
use engine::views::Views;
use engine::words::{self, capital};
use store::SaleKey;

use crate::lists::Lists;
use crate::preview::chosen;
use crate::shapes::{Act, Acted, Doing, Tone, UiError, Which};
use crate::text::{counted, grouped, list, sentence};

/// Actions remembered.
const KEPT: usize = 16;
/// Orders named in [`Doing`] at most; those that went well are forgotten first.
const NAMED: usize = 200;

/// The actions begun since the program started.
#[derive(Debug, Default)]
pub struct Doings {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u32,
    works: VecDeque<Arc<Work>>,
}

/// One action: what is to be done, and how far it is.
#[derive(Debug)]
pub struct Work {
    act: Act,
    keys: Vec<SaleKey>,
    note: String,
    cancelled: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    doing: Doing,
    /// How many orders are now where, by the state's word.
    after: Vec<(String, u32)>,
}

impl Doings {
    /// Puts an action down, to be carried out with [`Work::carry_out`].
    ///
    /// # Errors
    /// `order_unknown`, `list_gone`, `cause_unknown`, `reason_missing`; the store's.
    pub fn begin(
        &self,
        look: &Views<'_>,
        lists: &Lists,
        act: Act,
        which: &Which,
        note: &str,
    ) -> Result<Arc<Work>, UiError> {
        if act == Act::Release && note.trim().is_empty() {
            return Err(UiError::at(
                "reason_missing",
                "note",
                "Say why: the reason is kept with your name.",
            ));
        }
        let keys = chosen(look, lists, which)?;
        let mut kept = self.kept();
        kept.last += 1;
        let work = Arc::new(Work {
            act,
            note: note.trim().to_owned(),
            cancelled: AtomicBool::new(false),
            state: Mutex::new(State {
                doing: Doing {
                    action: kept.last,
                    act,
                    total: small(keys.len()),
                    done: 0,
                    current: String::new(),
                    finished: false,
                    orders: Vec::new(),
                    untouched: 0,
                    stopped_because: String::new(),
                    summary: String::new(),
                },
                after: Vec::new(),
            }),
            keys,
        });
        kept.works.push_back(Arc::clone(&work));
        if kept.works.len() > KEPT {
            kept.works.pop_front();
        }
        Ok(work)
    }

    /// The action of that number.
    ///
    /// # Errors
    /// `action_unknown`.
    pub fn work(&self, action: u32) -> Result<Arc<Work>, UiError> {
        let kept = self.kept();
        let found = kept.works.iter().find(|work| work.doing().action == action);
        found
            .cloned()
            .ok_or_else(|| UiError::wrong("action_unknown", "This action is not known any more."))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Work {
    /// How far it is.
    pub fn doing(&self) -> Doing {
        self.state().doing.clone()
    }

    /// Stops it before its next order.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Carries it out to its end; `moved` is called whenever [`Self::doing`] has changed,
    /// and with the last change. What went wrong is in `doing`, in words.
    pub async fn carry_out(&self, engine: &Engine, moved: &(dyn Fn() + Send + Sync)) {
        let watch = Watch { work: self, moved };
        let these = These::Keys(self.keys.clone());
        let report = engine
            .act(self.act.into(), &these, &self.note, &watch)
            .await;
        self.finish(report.map_err(UiError::from));
        moved();
    }

    fn finish(&self, report: Result<ActionReport, UiError>) {
        let mut state = self.state();
        let because = match report {
            Err(fault) => fault.message,
            Ok(report) => match (report.stopped_because, report.run.faults.first()) {
                (because, _) if !because.is_empty() => {
                    because.replace("stopped by hand", "You stopped it")
                }
                (_, Some(fault)) => words::sentence(fault),
                _ if report.untouched > 0 => "Stockbridge was closing".into(),
                _ => String::new(),
            },
        };
        let State { doing, after } = &mut *state;
        doing.finished = true;
        doing.current = String::new();
        doing.untouched = doing.total - doing.done;
        if !because.is_empty() {
            doing.stopped_because = sentence(&because);
        }
        doing.summary = summary(doing, after);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps what the engine tells, and passes on that there is news.
struct Watch<'a> {
    work: &'a Work,
    moved: &'a (dyn Fn() + Send + Sync),
}

impl Progress for Watch<'_> {
    fn begins(&self, number: &str) {
        number.clone_into(&mut self.work.state().doing.current);
        (self.moved)();
    }

    fn done(&self, acted: &actions::Acted) {
        let mut state = self.work.state();
        let State { doing, after } = &mut *state;
        doing.done += 1;
        doing.current = String::new();
        doing.orders.push(told(doing.act, acted));
        if doing.orders.len() > NAMED {
            let went_well = |order: &Acted| order.tone == Tone::Ok;
            let oldest = doing.orders.iter().position(went_well).unwrap_or_default();
            doing.orders.remove(oldest);
        }
        match after.iter_mut().find(|(word, _)| *word == acted.after) {
            Some((_, count)) => *count += 1,
            None => after.push((acted.after.clone(), 1)),
        }
        drop(state);
        (self.moved)();
    }

    fn is_cancelled(&self) -> bool {
        self.work.cancelled.load(Ordering::Relaxed)
    }
}

/// One order's result in words.
fn told(act: Act, acted: &actions::Acted) -> Acted {
    let state = |word: &str| match word {
        "outside" => "Not due".to_owned(),
        word => capital(&words::state(word)),
    };
    let message = match act {
        Act::Withdraw => withdrawn(&acted.message).to_owned(),
        Act::Recheck | Act::Resend | Act::Release => words::causes(&acted.message).join(" "),
    };
    Acted {
        number: acted.number.clone(),
        before: state(&acted.before),
        after: state(&acted.after),
        tone: tone(act, acted),
        message: sentence(&message),
    }
}

/// What came of a withdrawal; what is no outcome's word is a sentence already.
fn withdrawn(message: &str) -> &str {
    match message {
        "cancelled" => "Whistl has cancelled it",
        "pending" => "Whistl is asked, and has not decided yet",
        "too late" => "Too late: it has left the warehouse",
        "unknown order" => "Whistl does not know this order",
        "not cancelled" => "Whistl has not cancelled it",
        "failed" | "" => "Whistl could not be asked yet; it is asked again",
        "stuck" => "Whistl could not be asked, in many tries",
        said => said,
    }
}

/// Whether an order is now where the action was to bring it.
fn tone(act: Act, acted: &actions::Acted) -> Tone {
    match (act, acted.after.as_str()) {
        (Act::Withdraw, after) if after != "cancelled" => Tone::Warn,
        (Act::Withdraw, _) | (_, "waiting") => Tone::Ok,
        (_, "at_warehouse" | "part_despatched" | "despatched") if acted.before != acted.after => {
            Tone::Ok
        }
        (_, "held" | "rejected" | "blocked") => Tone::Stop,
        (_, "unclear") => Tone::Warn,
        _ => Tone::Plain,
    }
}

/// The whole in one sentence.
fn summary(doing: &Doing, after: &[(String, u32)]) -> String {
    let mut said = match (doing.orders.as_slice(), doing.done) {
        (_, 0) => "No order was touched.".to_owned(),
        ([only], 1) => format!("{}: {}", only.number, lower(&only.after)),
        (_, done) => {
            let mut most_first: Vec<&(String, u32)> = after.iter().collect();
            most_first.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let parts: Vec<String> = most_first
                .into_iter()
                .map(|(word, count)| {
                    let state = match word.as_str() {
                        "outside" => "not due".to_owned(),
                        word => words::state(word),
                    };
                    format!("{} {state}", grouped(i64::from(*count)))
                })
                .collect();
            format!("{}: {}", counted(done, "order", "orders"), list(&parts))
        }
    };
    said = sentence(&said);
    if doing.untouched > 0 && doing.done > 0 {
        let left = counted(doing.untouched, "order was", "orders were");
        said.push_str(&format!(" {left} left as before."));
    }
    said
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
