//! `finance ready`.

use super::proof::day;
use crate::args::FinanceCommand;
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn run(what: &FinanceCommand, home: &Home, output: &Output) -> Result<u8, Exit> {
    let FinanceCommand::Ready { date } = what;
    let date = date
        .as_deref()
        .map(|text| day("--date", text))
        .transpose()?;
    let ready = home.look(|views| {
        let today = views.now.with_timezone(&views.settings.zone()).date_naive();
        Ok(views.ready(date.unwrap_or(today))?)
    })?;
    output.result(&ready, || show::finance::ready(&ready, &home.sheet(output)));
    Ok(0)
}
