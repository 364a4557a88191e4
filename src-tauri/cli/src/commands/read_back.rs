//! `read-back`: what the last check came to, and settling what does not stand as posted.

use tokio_util::sync::CancellationToken;

use crate::args::ReadBackCommand;
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn run(
    what: Option<&ReadBackCommand>,
    home: &Home,
    output: &Output,
) -> Result<u8, Exit> {
    match what {
        None => {
            let view = home.look(|views| Ok(views.read_back()?))?;
            output.result(&view, || {
                show::read_back::read_back(&view, &home.sheet(output))
            });
        }
        Some(ReadBackCommand::Settle { number, reason }) => {
            let engine = home.engine(CancellationToken::new())?;
            let done = engine.settle_read_back(number, reason)?;
            output.result(&done, || done.text.clone());
        }
    }
    Ok(0)
}
