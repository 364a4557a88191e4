//! Orders.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_list(_app: Program<'_>, _filter: ListFilter) -> Answer<ListOpened> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_rows(
    _app: Program<'_>,
    _list: u32,
    _from: u32,
    _count: u32,
) -> Answer<Vec<OrderRow>> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_news(_app: Program<'_>, _list: u32) -> Answer<ListNews> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn order(_app: Program<'_>, _number: String) -> Answer<OrderPage> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn payloads(_app: Program<'_>, _entry: i64, _personal: bool) -> Answer<Payloads> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn preview(_app: Program<'_>, _act: Act, _which: Which) -> Answer<Preview> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn act(
    _app: Program<'_>,
    _act: Act,
    _which: Which,
    _note: String,
) -> Answer<Doing> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn doing(_app: Program<'_>, _action: u32) -> Answer<Doing> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn cancel_action(_app: Program<'_>, _action: u32) -> Answer<()> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn put_off(
    _app: Program<'_>,
    _number: String,
    _until: String,
    _why: String,
) -> Answer<OrderPage> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn bring_back(_app: Program<'_>, _number: String) -> Answer<OrderPage> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn assign(_app: Program<'_>, _number: String, _owner: Owner) -> Answer<OrderPage> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn note(
    _app: Program<'_>,
    _number: String,
    _text: String,
    _to: Option<Owner>,
) -> Answer<OrderPage> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_in_cin7(_app: Program<'_>, _number: String) -> Answer<()> {
    Err(not_ready())
}
