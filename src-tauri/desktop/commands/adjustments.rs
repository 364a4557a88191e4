//! Stock adjustments: the lists, one adjustment whole, and what is said of it.

use screens::adjustments;
use screens::shapes::{
    AdjustmentAct, AdjustmentPage, AdjustmentRow, AdjustmentsFilter, AdjustmentsOpened, ListNews,
    Preview, Told,
};

use super::{Answer, Program, saved};

/// Opens a list: which adjustments, in which order, from now on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_adjustments(
    app: Program<'_>,
    filter: AdjustmentsFilter,
) -> Answer<AdjustmentsOpened> {
    app.look(move |open, views| open.adjustments.open(views, &filter))
        .await
}

/// Rows of an open list, as they are now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn adjustment_rows(
    app: Program<'_>,
    list: u32,
    from: u32,
    count: u32,
) -> Answer<Vec<AdjustmentRow>> {
    app.look(move |open, views| open.adjustments.rows(views, list, from, count))
        .await
}

/// What an open list misses by now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn adjustment_news(app: Program<'_>, list: u32) -> Answer<ListNews> {
    app.look(move |open, views| open.adjustments.news(views, list))
        .await
}

/// One adjustment whole.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn adjustment(app: Program<'_>, id: String) -> Answer<AdjustmentPage> {
    app.look(move |_, views| adjustments::view(views, &id))
        .await
}

/// What saying this of an adjustment would do.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn adjustment_preview(
    app: Program<'_>,
    act: AdjustmentAct,
    id: String,
) -> Answer<Preview> {
    app.look(move |_, views| adjustments::preview(views, act, &id))
        .await
}

/// Approves an adjustment, sets it aside, or has it tried again.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn adjustment_act(
    app: Program<'_>,
    act: AdjustmentAct,
    id: String,
    why: String,
) -> Answer<Told> {
    let about = id.clone();
    app.have(move |open| {
        open.engine.see_to_adjustment(&about, act.into(), &why)?;
        if matches!(act, AdjustmentAct::Approve | AdjustmentAct::Retry) {
            open.engine.look_now();
        }
        Ok(())
    })
    .await?;
    app.look(move |_, views| adjustments::told(views, act, &id))
        .await
}

/// Writes the list to a file for a spreadsheet, among the downloads.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn export_adjustments(
    app: Program<'_>,
    filter: AdjustmentsFilter,
) -> Answer<Told> {
    let (name, text) = app
        .look(move |_, views| {
            let text = adjustments::export(views, &filter)?;
            Ok((adjustments::file_name(views), text))
        })
        .await?;
    saved(&app, &name, &text)
}
