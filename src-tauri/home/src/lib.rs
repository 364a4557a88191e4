//! Where data and credentials are kept on this computer: the data folder, the keychain or
//! the environment, and the store opened with its key. Shared by the command line and the
//! window, so that both find the same database and the same credentials.
//!
//! Nothing is asked or printed here, and no command or button is named: who calls says
//! what to do about a [`HomeFault`] where he stands. No Tauri, no argument parsing.
//!
//! Every call that reaches the keychain blocks, and may wait for as long as a person takes
//! to unlock it. In an asynchronous program make them where blocking is allowed.

mod account;
mod fault;
mod folder;
mod log_file;
mod native;
mod opening;
mod secrets;

pub use account::user;
pub use fault::HomeFault;
pub use folder::{DATA_VARIABLE, data_folder};
pub use log_file::DailyLog;
pub use opening::{open_store, reading_store, writing_store};
pub use secrets::{CIN7_ACCOUNT, CIN7_KEY, Keeper, SERVICE, STORE_KEY, Secret, WHISTL_KEY, clean};
