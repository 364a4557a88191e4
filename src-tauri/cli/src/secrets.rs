//! Asks for credentials, for `connect`. Where they are kept is `home`'s to know.

use std::io::IsTerminal as _;

use home::{Keeper, Secret};
use secrecy::{ExposeSecret as _, SecretString};

use crate::exit::Exit;

/// A secret for `connect`: from the environment, else asked for at the terminal, else read
/// from standard input. Blanks and line breaks of a careless paste are dropped.
pub(crate) fn obtain(keeper: Keeper, secret: Secret) -> Result<SecretString, Exit> {
    let text = match Keeper::environment().get(secret)? {
        Some(given) => given.expose_secret().to_owned(),
        None if keeper.keeps() => ask(secret)?,
        None => {
            return Err(missing(
                secret,
                format!(
                    "{} is not set: it must hold the {}.",
                    secret.variable(),
                    secret.asked_as()
                ),
            ));
        }
    };
    home::clean(&text)
        .ok_or_else(|| missing(secret, format!("The {} is empty.", secret.asked_as())))
}

fn ask(secret: Secret) -> Result<String, Exit> {
    let asked_as = secret.asked_as();
    let unreadable = |error: std::io::Error| {
        missing(
            secret,
            format!("The {asked_as} could not be read: {error}."),
        )
    };
    if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{asked_as}: ")).map_err(unreadable)
    } else {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(unreadable)?;
        Ok(line)
    }
}

/// A credential that did not come, and why not.
fn missing(secret: Secret, why: String) -> Exit {
    Exit {
        message: why,
        ..home::HomeFault::CredentialsMissing { secret }.into()
    }
}
