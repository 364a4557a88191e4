//! `sandbox serve`: both vendors on loopback until stopped.

use engine::clock::SystemClock;
use sandbox::options::Options;
use vendor::Clock as _;

use crate::args::SandboxCommand;
use crate::exit::Exit;
use crate::output::Output;

pub(super) async fn run(what: &SandboxCommand, output: &Output) -> Result<u8, Exit> {
    let SandboxCommand::Serve { options } = what;
    let told_to_stop = super::watch::told_to_stop();
    let now = SystemClock.now();
    let options = Options::parse(options, now)
        .map_err(|fault| Exit::field("option_invalid", &fault.option, fault.to_string()))?;
    let ready = |ready: sandbox::Ready| output.line(&ready.to_string());
    sandbox::serve(options, now, ready, told_to_stop)
        .await
        .map_err(|fault| Exit::field("sandbox", fault.option(), fault.to_string()))?;
    Ok(0)
}
