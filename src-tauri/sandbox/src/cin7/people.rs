//! The buyer a sale gets when none is given: plausible, British, and the same
//! for the same number. Telephone numbers are of the ranges kept free for drama.

use uuid::Uuid;

/// A person with an address.
pub(super) struct Buyer {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) line1: String,
    pub(super) city: &'static str,
    pub(super) postcode: String,
}

const FIRST: [&str; 16] = [
    "Ada", "Jon", "Priya", "Marcus", "Elin", "Tom", "Grace", "Idris", "Megan", "Owen", "Zara",
    "Callum", "Ruth", "Kofi", "Hannah", "Leo",
];
const LAST: [&str; 16] = [
    "Merrow",
    "Hale",
    "Nair",
    "Okafor",
    "Lindqvist",
    "Barker",
    "Whitlock",
    "Rees",
    "Doyle",
    "Farrow",
    "Siddiqui",
    "Munro",
    "Asher",
    "Mensah",
    "Pryce",
    "Calder",
];
const STREETS: [&str; 12] = [
    "Lantern Row",
    "Quarry Lane",
    "Harbour Road",
    "Station Road",
    "Mill Lane",
    "Church Street",
    "Orchard Close",
    "Victoria Avenue",
    "Bridge Street",
    "Elm Grove",
    "Castle Hill",
    "Albert Terrace",
];
const TOWNS: [(&str, &str); 12] = [
    ("Bristol", "BS1 4"),
    ("Leeds", "LS2 7"),
    ("Plymouth", "PL1 3"),
    ("Norwich", "NR2 4"),
    ("Cardiff", "CF10 2"),
    ("York", "YO1 7"),
    ("Exeter", "EX1 1"),
    ("Chester", "CH1 2"),
    ("Bath", "BA1 5"),
    ("Durham", "DH1 3"),
    ("Oxford", "OX1 2"),
    ("Edinburgh", "EH1 1"),
];
// Inward codes never hold C, I, K, M, O or V.
const INWARD: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";

/// The buyer of the sale of that number; the name may be given.
pub(super) fn buyer(number: &str, name: Option<&str>) -> Buyer {
    let dice = *Uuid::new_v5(&Uuid::NAMESPACE_OID, number.as_bytes()).as_bytes();
    let pick = |die: usize, sides: usize| usize::from(dice[die]) % sides;
    let name = name.map_or_else(
        || {
            format!(
                "{} {}",
                FIRST[pick(0, FIRST.len())],
                LAST[pick(1, LAST.len())]
            )
        },
        str::to_owned,
    );
    let (city, district) = TOWNS[pick(3, TOWNS.len())];
    let letter = |die: usize| char::from(INWARD[pick(die, INWARD.len())]);
    let digits = (usize::from(dice[9]) * 256 + usize::from(dice[10])) % 1000;
    Buyer {
        email: format!("{}@example.com", mailbox(&name)),
        phone: format!("07700 900{digits:03}"),
        line1: format!("{} {}", pick(4, 98) + 1, STREETS[pick(5, STREETS.len())]),
        city,
        postcode: format!("{district}{}{}", letter(7), letter(11)),
        name,
    }
}

fn mailbox(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "customer".into()
    } else {
        words.join(".")
    }
}
