//! The vendors' credentials of one workspace: in the keychain for the merchant, in memory
//! alone for practice. Never in a file, never in the page.

use std::sync::{Mutex, PoisonError};

use engine::Secrets;
use home::{CIN7_ACCOUNT, CIN7_KEY, HomeFault, Keeper, Secret, WHISTL_KEY};
use secrecy::SecretString;

/// See the module's head.
#[derive(Debug)]
pub(crate) struct Keys {
    keeper: Option<Keeper>,
    in_use: Mutex<Secrets>,
}

impl Keys {
    /// The merchant's, as the keychain has them. Blocks.
    pub(crate) fn kept(keeper: Keeper) -> Result<Self, HomeFault> {
        Ok(Self {
            in_use: Mutex::new(keeper.vendors()?),
            keeper: Some(keeper),
        })
    }

    /// Some that are gone with the program.
    pub(crate) fn in_memory(secrets: Secrets) -> Self {
        Self {
            keeper: None,
            in_use: Mutex::new(secrets),
        }
    }

    /// Those in use.
    pub(crate) fn secrets(&self) -> Secrets {
        self.in_use
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes a credential into use, and keeps it where these are kept. Blocks.
    pub(crate) fn put(&self, secret: Secret, text: &SecretString) -> Result<(), HomeFault> {
        if let Some(keeper) = self.keeper {
            keeper.put(secret, text)?;
        }
        self.set(secret, Some(text.clone()));
        Ok(())
    }

    /// Forgets a credential. Blocks.
    pub(crate) fn forget(&self, secret: Secret) -> Result<(), HomeFault> {
        if let Some(keeper) = self.keeper {
            keeper.forget(secret)?;
        }
        self.set(secret, None);
        Ok(())
    }

    fn set(&self, secret: Secret, text: Option<SecretString>) {
        let mut secrets = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        if secret == CIN7_ACCOUNT {
            secrets.cin7_account = text;
        } else if secret == CIN7_KEY {
            secrets.cin7_key = text;
        } else if secret == WHISTL_KEY {
            secrets.whistl_key = text;
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_key_in_memory_is_used_until_it_is_forgotten_and_never_shown() {
        let keys = Keys::in_memory(Secrets::default());
        keys.put(WHISTL_KEY, &SecretString::from("planted"))
            .unwrap();
        let used = keys.secrets().whistl_key.unwrap();
        assert_eq!(used.expose_secret(), "planted");
        assert!(!format!("{keys:?}").contains("planted"));
        keys.forget(WHISTL_KEY).unwrap();
        assert!(keys.secrets().whistl_key.is_none());
    }
}
