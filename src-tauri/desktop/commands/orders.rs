//! Orders: the lists, one order whole, and what is done about them.

use std::sync::Arc;

use screens::order::settle;
use screens::shapes::{
    Act, Doing, ListFilter, ListNews, ListOpened, OrderPage, OrderRow, Owner, Payloads, Preview,
    Told, UiError, Which,
};
use tauri_plugin_opener::OpenerExt as _;

use super::{Answer, Program, unexpected};
use crate::cin7_page;
use crate::workspace::Workspace;

/// Opens a list: which orders, in which order, from now on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_list(app: Program<'_>, filter: ListFilter) -> Answer<ListOpened> {
    app.look(move |open, views| open.lists.open(views, &filter))
        .await
}

/// Rows of an open list, as they are now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_rows(
    app: Program<'_>,
    list: u32,
    from: u32,
    count: u32,
) -> Answer<Vec<OrderRow>> {
    app.look(move |open, views| open.lists.rows(views, list, from, count))
        .await
}

/// What an open list misses by now.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_news(app: Program<'_>, list: u32) -> Answer<ListNews> {
    app.look(move |open, views| open.lists.news(views, list))
        .await
}

/// One order whole.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn order(app: Program<'_>, number: String) -> Answer<OrderPage> {
    app.look(move |_, views| screens::order::order(views, &number))
        .await
}

/// What was sent and answered at an entry of the log.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn payloads(app: Program<'_>, entry: i64, personal: bool) -> Answer<Payloads> {
    app.look(move |_, views| screens::activity::payloads(views, entry, personal))
        .await
}

/// What doing this to these orders would do.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn preview(app: Program<'_>, act: Act, which: Which) -> Answer<Preview> {
    app.look(move |open, views| screens::preview::preview(views, &open.lists, act, &which))
        .await
}

/// Begins an action and answers at once; the work goes on, and is told of as it does.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn act(app: Program<'_>, act: Act, which: Which, note: String) -> Answer<Doing> {
    let workspace = app.workspace()?;
    let work = app
        .look(move |open, views| open.doings.begin(views, &open.lists, act, &which, &note))
        .await?;
    let begun = work.doing();
    let telling = Arc::clone(&app);
    tauri::async_runtime::spawn(async move {
        let moved = || telling.note_doing(work.doing());
        work.carry_out(&workspace.engine, &moved).await;
    });
    Ok(begun)
}

/// How far an action is.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn doing(app: Program<'_>, action: u32) -> Answer<Doing> {
    Ok(app.workspace()?.doings.work(action)?.doing())
}

/// Stops an action before its next order.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn cancel_action(app: Program<'_>, action: u32) -> Answer<()> {
    app.workspace()?.doings.work(action)?.cancel();
    Ok(())
}

/// Puts an order off to a time.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn put_off(
    app: Program<'_>,
    number: String,
    until: String,
    why: String,
) -> Answer<OrderPage> {
    let until = until
        .parse()
        .map_err(|_| UiError::at("time_invalid", "until", "Choose a day and a time."))?;
    changed(&app, number, move |open, number| {
        Ok(open.engine.put_off(number, until, &why)?)
    })
    .await
}

/// Brings an order back before its time.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn bring_back(app: Program<'_>, number: String) -> Answer<OrderPage> {
    changed(&app, number, |open, number| {
        Ok(open.engine.bring_back(number)?)
    })
    .await
}

/// Gives an order to an owner.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn assign(app: Program<'_>, number: String, owner: Owner) -> Answer<OrderPage> {
    changed(&app, number, move |open, number| {
        Ok(open.engine.assign(number, word(owner))?)
    })
    .await
}

/// Writes a note on an order.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn note(
    app: Program<'_>,
    number: String,
    text: String,
    to: Option<Owner>,
) -> Answer<OrderPage> {
    changed(&app, number, move |open, number| {
        Ok(open.engine.note(number, &text, to.map(word))?)
    })
    .await
}

/// What saying that an order is settled would do.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn settle_preview(app: Program<'_>, number: String) -> Answer<Preview> {
    app.look(move |_, views| settle::preview(views, &number))
        .await
}

/// Says of an order that what was to be decided about it is settled.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn settle(app: Program<'_>, number: String, why: String) -> Answer<Told> {
    app.have(move |open| {
        open.engine.settle(&number, &why)?;
        Ok(settle::told(&number))
    })
    .await
}

/// Opens the sale in Cin7 Core, in the browser.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_in_cin7(app: Program<'_>, number: String) -> Answer<()> {
    if app.practice().is_some() {
        return Err(UiError::wrong(
            "practice_has_no_page",
            "In practice Cin7 Core is simulated on this computer and has no pages to open. With your own account this opens the sale in the browser.",
        ));
    }
    let (page, base) = app
        .look(move |_, views| {
            let page = screens::order::order(views, &number)?;
            Ok((page, views.settings.text("cin7.base_url")))
        })
        .await?;
    let address = cin7_page::of_sale(&base, &page.sale_id).ok_or_else(|| {
        UiError::wrong(
            "no_page",
            "Only sales in Cin7 Core itself can be opened, and Stockbridge is connected to another address.",
        )
    })?;
    app.handle
        .opener()
        .open_url(address, None::<&str>)
        .map_err(|fault| unexpected(&fault))
}

/// Does something to an order and gives back its page as it is then.
async fn changed(
    app: &Program<'_>,
    number: String,
    done: impl FnOnce(&Workspace, &str) -> Answer<()> + Send + 'static,
) -> Answer<OrderPage> {
    let of = number.clone();
    app.have(move |open| done(open, &of)).await?;
    app.look(move |_, views| screens::order::order(views, &number))
        .await
}

fn word(owner: Owner) -> &'static str {
    match owner {
        Owner::Office => "office",
        Owner::Warehouse => "warehouse",
        Owner::Finance => "finance",
        Owner::Support => "support",
    }
}
