//! Settings and connections. A key is put in the keychain after the vendor took it, and
//! goes no further: none is ever given back to the page.

use engine::actions::{NewCin7, NewWhistl, Tried};
use home::{CIN7_ACCOUNT, CIN7_KEY, WHISTL_KEY};
use screens::connections::{self, Kept};
use screens::shapes::{
    Changes, Checked, Connections, SettingsView, Simulated, UiError, VendorKind,
};

use super::{Answer, Program};
use crate::standing::Standing;

/// All settings.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn settings(app: Program<'_>) -> Answer<SettingsView> {
    app.look(|_, views| screens::settings::settings(views))
        .await
}

/// Changes settings: all of them, or none.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_settings(app: Program<'_>, changes: Changes) -> Answer<SettingsView> {
    app.have(move |open| {
        let after = screens::settings::changed(&open.settings(), &changes)?;
        Ok(open.engine.change_settings(after)?)
    })
    .await?;
    app.tell_shell().await;
    app.look(|_, views| screens::settings::settings(views))
        .await
}

/// What other trigger rules would have done. Nothing is changed and nothing is sent.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn simulate_trigger(app: Program<'_>, changes: Changes) -> Answer<Simulated> {
    app.look(move |_, views| screens::settings::simulated(views, &changes))
        .await
}

/// How both vendors are reached.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn connections(app: Program<'_>) -> Answer<Connections> {
    app.look(|open, views| connections::connections(views, Kept::from(&open.engine.secrets())))
        .await
}

/// Tries what was entered for Cin7 Core, and keeps it if it was taken.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn connect_cin7(
    app: Program<'_>,
    base_url: String,
    account_id: String,
    key: String,
    location: String,
) -> Answer<Checked> {
    let workspace = app.workspace()?;
    let new = NewCin7 {
        base_url: base_url.trim().to_owned(),
        account_id: home::clean(&account_id),
        key: home::clean(&key),
        location: location.trim().to_owned(),
    };
    let tried = workspace.engine.try_cin7(&new).await?;
    take(&app, tried).await
}

/// The same for Whistl.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn connect_whistl(
    app: Program<'_>,
    base_url: String,
    client_code: String,
    key: String,
) -> Answer<Checked> {
    let workspace = app.workspace()?;
    let new = NewWhistl {
        base_url: base_url.trim().to_owned(),
        client_code: client_code.trim().to_owned(),
        key: home::clean(&key),
    };
    let tried = workspace.engine.try_whistl(&new).await?;
    take(&app, tried).await
}

/// Tests a connection as it is in use.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn check(app: Program<'_>, vendor: VendorKind) -> Answer<Checked> {
    let engine = &app.workspace()?.engine;
    let found = match vendor {
        VendorKind::Cin7 => engine.check_cin7().await?,
        VendorKind::Whistl => engine.check_whistl().await?,
    };
    Ok(connections::checked(&found))
}

/// Forgets a vendor's credentials.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn forget(app: Program<'_>, vendor: VendorKind) -> Answer<()> {
    app.have(move |open| {
        let (secrets, word): (&[_], _) = match vendor {
            VendorKind::Cin7 => (&[CIN7_ACCOUNT, CIN7_KEY], "cin7"),
            VendorKind::Whistl => (&[WHISTL_KEY], "whistl"),
        };
        for secret in secrets {
            open.keys
                .forget(*secret)
                .map_err(|fault| keychain(&fault))?;
        }
        Ok(open.engine.forget(word)?)
    })
    .await?;
    app.tell_shell().await;
    Ok(())
}

/// Keeps what the vendor took: first in the keychain, then in use.
async fn take(app: &Program<'_>, tried: Tried) -> Answer<Checked> {
    let Tried { checked, taken } = tried;
    let is_taken = taken.is_some();
    if let Some(taking) = taken {
        app.have(move |open| {
            let secrets = taking.secrets();
            for (secret, text) in [
                (CIN7_ACCOUNT, &secrets.cin7_account),
                (CIN7_KEY, &secrets.cin7_key),
                (WHISTL_KEY, &secrets.whistl_key),
            ] {
                if let Some(text) = text {
                    open.keys
                        .put(secret, text)
                        .map_err(|fault| keychain(&fault))?;
                }
            }
            Ok(open.engine.take(taking)?)
        })
        .await?;
        app.tell_shell().await;
    }
    Ok(connections::tried(&checked, is_taken))
}

/// The keychain does not take or give: nothing was changed.
fn keychain(fault: &home::HomeFault) -> UiError {
    tracing::warn!(%fault, "the keychain is not to be used");
    let standing = Standing::of(fault);
    UiError::wrong(
        fault.code(),
        format!("{} {}", standing.message, standing.fix),
    )
}
