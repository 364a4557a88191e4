//! `connect` and `check`.

use engine::actions::{Checked, ConnectionStanding};
use home::{CIN7_ACCOUNT, CIN7_KEY, WHISTL_KEY};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::args::Vendor;
use crate::exit::{Exit, NEEDS_SOMEONE, VENDOR};
use crate::open::Home;
use crate::output::Output;
use crate::secrets::obtain;
use crate::show;

pub(super) async fn connect(vendor: Vendor, home: &Home, output: &Output) -> Result<u8, Exit> {
    let wanted = match vendor {
        Vendor::Cin7 => vec![CIN7_ACCOUNT, CIN7_KEY],
        Vendor::Whistl => vec![WHISTL_KEY],
    };
    for secret in wanted {
        home.keeper.put(secret, &obtain(home.keeper, secret)?)?;
    }
    let engine = home.engine(CancellationToken::new())?;
    let checked = match vendor {
        Vendor::Cin7 => engine.check_cin7().await?,
        Vendor::Whistl => engine.check_whistl().await?,
    };
    print(std::slice::from_ref(&checked), home, output);
    Ok(status(&[checked]))
}

pub(super) async fn check(strict: bool, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    let checked = engine.check().await?;
    print(&checked, home, output);
    match status(&checked) {
        0 if strict && engine.needs_someone()? => Ok(NEEDS_SOMEONE),
        status => Ok(status),
    }
}

fn print(checked: &[Checked], home: &Home, output: &Output) {
    output.result(&json!({ "connections": checked }), || {
        let sheet = home.sheet(output);
        let text = show::connections::connections(checked, &sheet);
        let all_well = checked
            .iter()
            .all(|one| one.standing == ConnectionStanding::Ok);
        let next = home
            .standing()
            .filter(|_| all_well)
            .map(|standing| show::next::after_connect(&standing, &sheet));
        text + &next.unwrap_or_default()
    });
}

/// 3 when a vendor refuses or cannot be reached, 2 when something is missing here.
fn status(checked: &[Checked]) -> u8 {
    let any = |wanted: &[ConnectionStanding]| checked.iter().any(|c| wanted.contains(&c.standing));
    if any(&[
        ConnectionStanding::CredentialsRefused,
        ConnectionStanding::Unreachable,
        ConnectionStanding::Busy,
    ]) {
        VENDOR
    } else if any(&[ConnectionStanding::NotSetUp]) {
        crate::exit::USAGE
    } else {
        0
    }
}
