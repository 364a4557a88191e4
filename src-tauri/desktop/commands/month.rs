//! The month's end: its bridge, the files it is saved in, and the signature under it.

use screens::month;
use screens::shapes::{MonthEnd, MonthForm, Told};

use super::{Answer, Program, saved};

/// A month's report, such as that of `2026-10`; without one that of the last month.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn month_end(app: Program<'_>, month: Option<String>) -> Answer<MonthEnd> {
    app.look(move |_, views| month::month_end(views, month.as_deref()))
        .await
}

/// Writes a month's report to a file among the downloads.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_month(app: Program<'_>, month: String, form: MonthForm) -> Answer<Told> {
    let (name, text) = app
        .look(move |_, views| month::month_file(views, &month, form))
        .await?;
    saved(&app, &name, &text)
}

/// Puts the user's name under a month's closing figures.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn sign_month(app: Program<'_>, month: String, note: String) -> Answer<Told> {
    let last = month::last_day(&month)?;
    let at = app.look(move |_, views| Ok(views.end_of(last))).await?;
    app.have(move |open| {
        let done = open.engine.sign_off(at, &note)?;
        Ok(Told {
            text: format!("{}.", done.text),
        })
    })
    .await
}
