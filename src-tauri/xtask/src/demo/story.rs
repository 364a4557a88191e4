//! What the demo tells, step by step. Each step says what it does before it does it.

use std::time::Instant;

use super::account::{Account, cards, sum_up};
use super::program::{Program, build};
use super::stage::{Folder, Sandbox};
use super::{Wanted, verdict};
use crate::json::{Json, quoted};
use crate::say;
use crate::trouble::Trouble;

/// Shipping methods of the sandbox's merchant that are mapped from the start. One is left
/// out on purpose: “Express Delivery”.
const SERVICES: [(&str, &str); 4] = [
    ("Royal Mail Tracked 48", "WHI_STD"),
    ("Royal Mail Tracked 24", "WHI_EXP"),
    ("DPD Next Day", "WHI_EXP"),
    ("International Tracked", "WHI_INT"),
];

/// A buyer whose details are complete; each troubled sale spoils one of them.
const STREET: &str =
    r#""Line1":"14 Albion Street","Line2":"","City":"Leeds","State":"","Country":"United Kingdom""#;

/// The numbers of the sales the story puts in.
struct Troubled {
    sku: String,
    phone: String,
    postcode: String,
    method: String,
}

pub(super) fn tell(wanted: Wanted) -> Result<(), Trouble> {
    let start = Instant::now();
    say::heading("1. Build the program");
    let path = build(wanted.headless)?;
    say::line(&format!("Built in {}.", say::since(start)));

    let start = Instant::now();
    let folder = Folder::make(wanted.keep)?;
    say::heading("2. Both vendors on this machine");
    let log = folder.path().join("sandbox.log");
    let sandbox = Sandbox::serve(&path, wanted.orders, &log)?;
    say::line(&format!(
        "Cin7 Core  {}",
        sandbox.ready.text("cin7/base_url")
    ));
    say::line(&format!(
        "Whistl     {}",
        sandbox.ready.text("whistl/base_url")
    ));
    say::line(&format!("Steering   {}", sandbox.ready.text("control")));
    let data = folder.path().join("data");
    let program = Program::with_keys_of(&sandbox.ready, &path, &data);
    let troubled = put_in_troubled_sales(&sandbox)?;
    say::line("The office has entered four more sales, each with one thing wrong.");

    set_up(&program, &sandbox)?;
    let mut account = Account::new(&program);
    look_first(&mut account)?;
    release(&program, &mut account)?;
    fix(&program, &sandbox, &mut account, &troubled)?;
    refuse_and_lose(&sandbox, &mut account)?;
    once_more(&mut account)?;
    verdict::compare(&program, &account, &sandbox.truth()?)?;
    say::line(&format!("The story took {}.", say::since(start)));
    if wanted.keep {
        say::line(&format!("Its data is kept in {}.", folder.path().display()));
    }
    Ok(())
}

fn put_in_troubled_sales(sandbox: &Sandbox) -> Result<Troubled, Trouble> {
    let sale = |sku: &str, phone: &str, postcode: &str, method: &str| {
        enter_sale(sandbox, sku, phone, postcode, method)
    };
    let (phone, postcode, method) = ("0113 496 0100", "LS1 6AG", "Royal Mail Tracked 48");
    Ok(Troubled {
        sku: sale("ITEM-01_BLUE", phone, postcode, method)?,
        phone: sale("TEAPOT04", "", postcode, method)?,
        postcode: sale("MUGSET2", phone, "LS1 4A", method)?,
        method: sale("TEAPOT04", phone, postcode, "Express Delivery")?,
    })
}

/// A sale entered by the office; its number.
fn enter_sale(
    sandbox: &Sandbox,
    sku: &str,
    phone: &str,
    postcode: &str,
    method: &str,
) -> Result<String, Trouble> {
    let body = format!(
        r#"{{"Customer":"Rowan Ashby","Phone":{},"Email":"rowan@example.com","Carrier":{},
            "ShippingAddress":{{{STREET},"Postcode":{},"Contact":"Rowan Ashby"}},
            "Order":{{"Lines":[{{"SKU":{},"Quantity":1}}]}}}}"#,
        quoted(phone),
        quoted(method),
        quoted(postcode),
        quoted(sku)
    );
    let made = sandbox.steer("POST", "cin7/sales", &body)?;
    Ok(made.text("number").to_owned())
}

fn set_up(program: &Program, sandbox: &Sandbox) -> Result<(), Trouble> {
    say::heading("3. Connect, and map every shipping method but one");
    let ready = &sandbox.ready;
    program.shown(&[
        "settings",
        "set",
        "cin7.base_url",
        ready.text("cin7/base_url"),
        "whistl.base_url",
        ready.text("whistl/base_url"),
        "whistl.client_code",
        ready.text("whistl/client_code"),
        "cin7.location",
        "Whistl Fulfilment",
    ])?;
    for vendor in ["cin7", "whistl"] {
        let told = program.shown(&["connect", vendor])?;
        say::line(&format!("  {}", told.text("connections/0/message")));
    }
    for (method, service) in SERVICES {
        program.shown(&["map", "service", method, service])?;
    }
    Ok(())
}

fn look_first(account: &mut Account<'_>) -> Result<(), Trouble> {
    say::heading("4. Look first: everything is read and decided, nothing is sent");
    let run = account.follow(&["sync", "orders"])?;
    sum_up(&run);
    let waiting = account.orders(&["--state", "waiting"])?.len();
    let held = account.orders(&["--state", "held"])?;
    say::line(&format!(
        "{waiting} orders would go; {} are held:",
        held.len()
    ));
    held.iter().for_each(cards);
    Ok(())
}

fn release(program: &Program, account: &mut Account<'_>) -> Result<(), Trouble> {
    say::heading("5. Go live: what passed every check goes to Whistl");
    program.shown(&["settings", "set", "mode", "live"])?;
    let run = account.follow(&["sync", "orders"])?;
    sum_up(&run);
    Ok(())
}

fn fix(
    program: &Program,
    sandbox: &Sandbox,
    account: &mut Account<'_>,
    troubled: &Troubled,
) -> Result<(), Trouble> {
    say::heading("6. Fix four causes: two maps here, two corrections in Cin7 Core");
    program.shown(&[
        "map",
        "sku",
        "ITEM-01_BLUE",
        "ITEM01BLUE",
        "--reason",
        "warehouse label",
    ])?;
    program.shown(&["map", "service", "Express Delivery", "WHI_EXP"])?;
    let edit = |number: &str, what: &str, body: &str| -> Result<(), Trouble> {
        sandbox.steer("PATCH", &format!("cin7/sales/{number}"), body)?;
        say::line(&format!("  in Cin7 Core: {number}, {what}"));
        Ok(())
    };
    edit(
        &troubled.phone,
        "telephone 0113 496 0101",
        r#"{"Phone":"0113 496 0101"}"#,
    )?;
    edit(
        &troubled.postcode,
        "postcode LS1 4AP",
        r#"{"ShippingAddress":{"Postcode":"LS1 4AP"}}"#,
    )?;
    say::line("The next run releases them; no further command is needed.");
    let run = account.follow(&["sync", "orders"])?;
    sum_up(&run);
    let numbers = [
        &troubled.sku,
        &troubled.phone,
        &troubled.postcode,
        &troubled.method,
    ];
    must_all_be_at_warehouse(account, &numbers)
}

fn refuse_and_lose(sandbox: &Sandbox, account: &mut Account<'_>) -> Result<(), Trouble> {
    say::heading("7. Two things that go wrong beyond our reach");
    let sale = || {
        enter_sale(
            sandbox,
            "TEAPOT04",
            "0113 496 0102",
            "LS1 6AG",
            "DPD Next Day",
        )
    };
    let (refused, lost) = (sale()?, sale()?);
    throw(sandbox, "F21", &refused, r#""SKU_INACTIVE""#)?;
    throw(sandbox, "F01", &lost, "null")?;
    say::line(&format!(
        "  Whistl will refuse {refused}: it has switched the item off."
    ));
    say::line(&format!(
        "  Whistl will take {lost}, and its answer will be lost on the way."
    ));
    let run = account.follow(&["sync", "orders"])?;
    sum_up(&run);
    account
        .orders(&["--state", "rejected"])?
        .iter()
        .for_each(cards);
    say::line("Whistl switches the item on again; a person sends the refused order once more:");
    account.follow(&["resend", &refused])?;
    must_all_be_at_warehouse(account, &[&refused, &lost])
}

/// Switches a fault of Whistl's on, for one order, once.
fn throw(sandbox: &Sandbox, fault: &str, number: &str, value: &str) -> Result<(), Trouble> {
    let body = format!(
        r#"{{"vendor":"whistl","fault":{},"match":{{"number":{}}},"times":1,"value":{value}}}"#,
        quoted(fault),
        quoted(number)
    );
    sandbox.steer("POST", "faults", &body).map(|_| ())
}

fn once_more(account: &mut Account<'_>) -> Result<(), Trouble> {
    say::heading("8. Once more: there is nothing left to send");
    let run = account.follow(&["sync", "orders"])?;
    sum_up(&run);
    match run.whole("runs/0/counts/sent") {
        0 => Ok(()),
        sent => Err(Trouble::new(format!(
            "{sent} orders were sent again, which must never be."
        ))),
    }
}

fn must_all_be_at_warehouse(account: &Account<'_>, numbers: &[&String]) -> Result<(), Trouble> {
    let there: Vec<Json> = account.orders(&["--state", "at_warehouse"])?;
    let missing: Vec<&str> = numbers
        .iter()
        .map(|number| number.as_str())
        .filter(|number| !there.iter().any(|order| order.text("number") == *number))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Trouble::new(format!(
        "Not at the warehouse, but should be: {}.",
        missing.join(", ")
    )))
}
