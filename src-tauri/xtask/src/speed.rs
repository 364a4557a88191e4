//! `speed`: the window's figures beside an empty one's, built for release.

use std::time::Instant;

use crate::together::{COMMAND_LINE, Profile, Together, WINDOW};
use crate::trouble::Trouble;
use crate::{machine, page, say, tools};

pub(crate) fn run(arguments: &[String]) -> Result<(), Trouble> {
    if let Some(unknown) = arguments.iter().find(|one| one.parse::<u64>().is_err()) {
        return Err(Trouble::new(format!(
            "speed takes a number of orders and of minutes; “{unknown}” is no number."
        )));
    }
    say::line("The window beside an empty one, both built for release: some ten minutes from");
    say::line("nothing, then about ten more to measure. Nothing else should run meanwhile.");
    let start = Instant::now();
    machine::ready_to_test()?;
    page::ready()?;
    let programs = [WINDOW, COMMAND_LINE, ("stockbridge-tests", "speed")];
    let built = Together::build(Profile::Release, &programs, &["empty"])?;
    let mut command = built.run("speed")?;
    command.args(arguments);
    tools::must(&mut command, "The measurement")?;
    say::line(&format!("Measured in {}.", say::since(start)));
    Ok(())
}
