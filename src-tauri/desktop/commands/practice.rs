//! Practice mode: on and off, its speed, what goes wrong, what happens.

use std::sync::Arc;

use screens::shapes::{Play, Shell, Told, UiError};

use super::{Answer, Program, not_practising, unexpected};
use crate::app::App;
use crate::boot;
use crate::practice::{self as world, Practice};

/// Switches practice on, in a fresh world, or off.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice(app: Program<'_>, on: bool) -> Answer<Shell> {
    if on {
        begin(&app).await?;
    } else {
        let _one_at_a_time = app.changing_practice.lock().await;
        end(&app).await;
    }
    Ok(app.shell().await)
}

/// Goes on at another speed.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice_speed(app: Program<'_>, speed: u32) -> Answer<Shell> {
    let practice = app.practice().ok_or_else(not_practising)?;
    if !practice.set_speed(speed) {
        return Err(UiError::at(
            "speed_unknown",
            "speed",
            "Practice runs at 1, 10 or 60 times the real speed, or stands still at 0.",
        ));
    }
    app.have(move |_| Ok(practice.keep_schedule()?)).await?;
    app.tell_shell().await;
    Ok(app.shell().await)
}

/// Makes something go wrong, or right again.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice_fault(app: Program<'_>, name: String, on: bool) -> Answer<Shell> {
    let practice = app.practice().ok_or_else(not_practising)?;
    if !practice.set_fault(&name, on) {
        return Err(UiError::at(
            "fault_unknown",
            "name",
            "There is no such thing to make go wrong.",
        ));
    }
    app.tell_shell().await;
    Ok(app.shell().await)
}

/// Has something happen, and says what to look for.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice_play(app: Program<'_>, what: Play) -> Answer<Told> {
    let practice = app.practice().ok_or_else(not_practising)?;
    let played = tauri::async_runtime::spawn_blocking(move || world::play(&practice, what))
        .await
        .map_err(|fault| unexpected(&fault))?;
    let text = played.map_err(|fault| unexpected(&fault))?;
    // Whoever clicked wants to see it now, not at the next turn.
    app.workspace()?.engine.look_now();
    Ok(Told { text })
}

/// Enters a fresh world, unless one is there already.
pub(crate) async fn begin(app: &Arc<App>) -> Answer<()> {
    let _one_at_a_time = app.changing_practice.lock().await;
    match app.practice() {
        None => start(app).await,
        Some(_) => Ok(()),
    }
}

/// Leaves the world that cannot go on, and enters a fresh one.
pub(super) async fn begin_anew(app: &Arc<App>) -> Answer<()> {
    let _one_at_a_time = app.changing_practice.lock().await;
    end(app).await;
    start(app).await
}

async fn start(app: &Arc<App>) -> Answer<()> {
    let started = Practice::start(&app.folder, app.user.clone(), app.ear()).await;
    let practice = started.map_err(|fault| {
        tracing::error!(%fault, "practice did not start");
        UiError::wrong("practice_failed", fault.to_string())
    })?;
    boot::work(app, &practice.workspace);
    let day = Arc::clone(&practice);
    tauri::async_runtime::spawn(async move { day.day().await });
    app.set_practice(Some(practice));
    app.everything_changed();
    app.tell_shell().await;
    Ok(())
}

async fn end(app: &Arc<App>) {
    let Some(practice) = app.set_practice(None) else {
        return;
    };
    practice.end();
    practice.workspace.halt().await;
    let wiped = tauri::async_runtime::spawn_blocking(move || practice.wipe());
    if let Err(fault) = wiped.await {
        tracing::warn!(%fault, "what was practised was not wiped");
    }
    app.everything_changed();
    app.tell_shell().await;
}
