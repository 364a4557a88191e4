//! The program: opens the window and hands over. Nothing else lives here.

// Else Windows opens a console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    stockbridge_desktop::run()
}
