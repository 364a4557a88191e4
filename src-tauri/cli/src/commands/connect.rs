//! `connect` and `check`.

use engine::actions::{Checked, ConnectionStanding};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::args::Vendor;
use crate::exit::{Exit, NEEDS_SOMEONE, VENDOR};
use crate::open::Home;
use crate::output::{Colour, Output};
use crate::secrets::{CIN7_ACCOUNT, CIN7_KEY, WHISTL_KEY};

pub(super) async fn connect(vendor: Vendor, home: &Home, output: &Output) -> Result<u8, Exit> {
    let wanted = match vendor {
        Vendor::Cin7 => vec![CIN7_ACCOUNT, CIN7_KEY],
        Vendor::Whistl => vec![WHISTL_KEY],
    };
    for secret in wanted {
        home.keeper.put(secret, &home.keeper.obtain(secret)?)?;
    }
    let engine = home.engine(CancellationToken::new())?;
    let checked = match vendor {
        Vendor::Cin7 => engine.check_cin7().await?,
        Vendor::Whistl => engine.check_whistl().await?,
    };
    print(std::slice::from_ref(&checked), output);
    Ok(status(&[checked]))
}

pub(super) async fn check(strict: bool, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    let checked = engine.check().await?;
    print(&checked, output);
    match status(&checked) {
        0 if strict && engine.needs_someone()? => Ok(NEEDS_SOMEONE),
        status => Ok(status),
    }
}

fn print(checked: &[Checked], output: &Output) {
    output.result(&json!({ "connections": checked }), || {
        checked.iter().fold(String::new(), |text, one| {
            let (colour, mark) = match one.standing {
                ConnectionStanding::Ok => (Colour::Ok, "ok  "),
                ConnectionStanding::Busy => (Colour::Warn, "busy"),
                ConnectionStanding::NotSetUp
                | ConnectionStanding::CredentialsRefused
                | ConnectionStanding::Unreachable => (Colour::Stop, "stop"),
            };
            text + &format!("{}  {}\n", output.paint(colour, mark), one.message)
        })
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
