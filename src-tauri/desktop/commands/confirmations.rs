//! Confirmations: the lists, one despatch whole, and what is done about it.

use screens::confirmations;
use screens::shapes::{
    ConfirmationAct, ConfirmationPage, ConfirmationRow, ConfirmationsFilter, ConfirmationsOpened,
    ListNews, Preview, Told,
};
use tauri_plugin_opener::OpenerExt as _;

use super::{Answer, Program, unexpected};

/// Opens a list: which despatches, in which order, from now on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_confirmations(
    app: Program<'_>,
    filter: ConfirmationsFilter,
) -> Answer<ConfirmationsOpened> {
    app.look(move |open, views| open.confirmations.open(views, &filter))
        .await
}

/// Rows of an open list, as they are now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn confirmation_rows(
    app: Program<'_>,
    list: u32,
    from: u32,
    count: u32,
) -> Answer<Vec<ConfirmationRow>> {
    app.look(move |open, views| open.confirmations.rows(views, list, from, count))
        .await
}

/// What an open list misses by now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn confirmation_news(app: Program<'_>, list: u32) -> Answer<ListNews> {
    app.look(move |open, views| open.confirmations.news(views, list))
        .await
}

/// One despatch whole.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn confirmation(app: Program<'_>, id: String) -> Answer<ConfirmationPage> {
    app.look(move |_, views| confirmations::view(views, &id))
        .await
}

/// What doing this to a despatch would do.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn confirmation_preview(
    app: Program<'_>,
    act: ConfirmationAct,
    id: String,
) -> Answer<Preview> {
    app.look(move |_, views| confirmations::preview(views, act, &id))
        .await
}

/// Tells Cin7 Core of a despatch again, or leaves it as it is.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn confirmation_act(
    app: Program<'_>,
    act: ConfirmationAct,
    id: String,
    why: String,
) -> Answer<Told> {
    app.have(move |open| {
        match act {
            ConfirmationAct::Retry => {
                open.engine.retry_despatch(&id)?;
                open.engine.look_now();
            }
            ConfirmationAct::LeaveAlone => open.engine.dismiss_despatch(&id, &why)?,
        }
        Ok(confirmations::told(act, &id))
    })
    .await
}

/// Opens the page on which a parcel can be followed, in the browser.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_tracking(app: Program<'_>, id: String, parcel: u32) -> Answer<()> {
    let address = app
        .look(move |_, views| confirmations::tracking_link(views, &id, parcel))
        .await?;
    app.handle
        .opener()
        .open_url(address, None::<&str>)
        .map_err(|fault| unexpected(&fault))
}
