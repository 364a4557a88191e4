//! Stock drift: the table, one SKU, comparing now, and what is decided about a difference.

use engine::actions::DriftWord;
use engine::runs::Job;
use screens::drift;
use screens::shapes::{
    DriftAct, DriftCard, DriftFilter, DriftOpened, DriftRow, DriftSku, ListNews, Preview, Told,
    UiError,
};

use super::{Answer, Program, saved};

/// Opens a list: which SKUs, in which order, from now on; with the comparison it is of.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_drift(app: Program<'_>, filter: DriftFilter) -> Answer<DriftOpened> {
    app.look(move |open, views| open.drift.open(views, &filter))
        .await
}

/// Rows of an open list, as they are now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn drift_rows(
    app: Program<'_>,
    list: u32,
    from: u32,
    count: u32,
) -> Answer<Vec<DriftRow>> {
    app.look(move |open, views| open.drift.rows(views, list, from, count))
        .await
}

/// What an open list misses by now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn drift_news(app: Program<'_>, list: u32) -> Answer<ListNews> {
    app.look(move |open, views| open.drift.news(views, list))
        .await
}

/// What happened to a SKU, and what may be done.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn drift_card(app: Program<'_>, sku: String) -> Answer<DriftCard> {
    app.look(move |_, views| drift::card(views, &sku)).await
}

/// A SKU's page.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn drift_sku(app: Program<'_>, sku: String) -> Answer<DriftSku> {
    app.look(move |_, views| drift::sku(views, &sku)).await
}

/// What deciding this would do; of posting, by what Cin7 Core has now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn drift_preview(app: Program<'_>, act: DriftAct, sku: String) -> Answer<Preview> {
    match act {
        DriftAct::Post => {
            let seen = app.workspace()?.engine.preview_drift_post(&sku).await?;
            app.look(move |_, views| drift::posting(views, &seen)).await
        }
        DriftAct::Recount | DriftAct::Accept | DriftAct::Withdraw => {
            app.look(move |_, views| drift::preview(views, act, &sku))
                .await
        }
    }
}

/// Does what was decided. `until` is the last day of an acceptance.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn drift_act(
    app: Program<'_>,
    act: DriftAct,
    sku: String,
    why: String,
    until: Option<String>,
) -> Answer<Told> {
    let word = match act {
        DriftAct::Post => DriftWord::Post { why },
        DriftAct::Recount => DriftWord::Recount { note: why },
        DriftAct::Accept => DriftWord::Accept {
            until: until
                .as_deref()
                .and_then(|day| day.parse().ok())
                .ok_or_else(|| UiError::at("day_invalid", "until", "Choose a day."))?,
            why,
        },
        DriftAct::Withdraw => DriftWord::Withdraw { why },
    };
    let done = app.workspace()?.engine.decide_drift(&sku, word).await?;
    drift::done(&done)
}

/// The message that asks the warehouse to count a SKU again.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn recount_message(app: Program<'_>, sku: String) -> Answer<Told> {
    app.have(move |open| {
        Ok(Told {
            text: open.engine.recount_message(&sku)?,
        })
    })
    .await
}

/// Compares both sides now, and says what came of it.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn reconcile_now(app: Program<'_>) -> Answer<Told> {
    let report = app.workspace()?.engine.run(Job::Reconcile).await?;
    drift::compared(&report)
}

/// Writes the list to a file for a spreadsheet, among the downloads.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn export_drift(app: Program<'_>, filter: DriftFilter) -> Answer<Told> {
    let (name, text) = app
        .look(move |_, views| Ok((drift::file_name(views)?, drift::export(views, &filter)?)))
        .await?;
    saved(&app, &name, &text)
}
