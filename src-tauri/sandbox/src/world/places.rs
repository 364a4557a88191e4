//! Where customers live: towns of the United Kingdom and the islands with the postcode
//! districts and telephone codes that really belong to them, and a few places abroad.
//! Streets and the last half of a postcode are made up, telephone numbers come from
//! the ranges that Ofcom keeps for drama, so that nobody real can be reached.

use super::dice::Dice;

/// A postal address in the shape Cin7 keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) line1: String,
    pub(super) line2: String,
    pub(super) town: String,
    pub(super) county: String,
    pub(super) postcode: String,
    pub(super) country: &'static str,
}

/// A town: name, county or state (mostly left out by customers), postcode districts,
/// and the start of a drama landline there; `…` below stands for what is drawn.
struct Town(
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

/// Towns without a drama range of their own use the range kept for any place.
const ANYWHERE: &str = "01632 960";

/// How often each part of the kingdom orders, of a hundred.
const NATIONS: [(&[Town], usize); 5] = [
    (ENGLAND, 60),
    (LONDON, 20),
    (SCOTLAND, 10),
    (WALES, 6),
    (NORTHERN_IRELAND, 4),
];

#[rustfmt::skip]
const LONDON: &[Town] = &[
    Town("London", "", &["E1", "E2", "E8", "E17", "EC1V", "N1", "N4", "N7", "N16", "NW1", "NW3", "NW5", "SE1", "SE5", "SE15", "SE22", "SW1V", "SW2", "SW4", "SW11", "W1T", "W4", "W6", "W12", "WC1N"], "020 7946 0"),
];

#[rustfmt::skip]
const ENGLAND: &[Town] = &[
    Town("Leeds", "West Yorkshire", &["LS1", "LS2", "LS6", "LS7", "LS8", "LS11", "LS12", "LS16", "LS17"], "0113 496 0"),
    Town("Sheffield", "South Yorkshire", &["S1", "S2", "S6", "S7", "S8", "S10", "S11"], "0114 496 0"),
    Town("Nottingham", "", &["NG1", "NG2", "NG3", "NG5", "NG7"], "0115 496 0"),
    Town("Leicester", "", &["LE1", "LE2", "LE3"], "0116 496 0"),
    Town("Bristol", "", &["BS1", "BS2", "BS3", "BS4", "BS5", "BS6", "BS7", "BS8", "BS9"], "0117 496 0"),
    Town("Reading", "Berkshire", &["RG1", "RG2", "RG4", "RG6"], "0118 496 0"),
    Town("Birmingham", "West Midlands", &["B1", "B3", "B13", "B14", "B15", "B16", "B17", "B29"], "0121 496 0"),
    Town("Liverpool", "Merseyside", &["L1", "L8", "L15", "L17", "L18"], "0151 496 0"),
    Town("Manchester", "", &["M1", "M3", "M4", "M14", "M20", "M21"], "0161 496 0"),
    Town("Newcastle upon Tyne", "Tyne and Wear", &["NE1", "NE2", "NE3", "NE4", "NE6"], "0191 498 0"),
    Town("Norwich", "Norfolk", &["NR1", "NR2", "NR3"], ANYWHERE),
    Town("Exeter", "Devon", &["EX1", "EX2", "EX4"], ANYWHERE),
    Town("Plymouth", "Devon", &["PL1", "PL2", "PL3", "PL4"], ANYWHERE),
    Town("Totnes", "Devon", &["TQ9"], ANYWHERE),
    Town("Truro", "Cornwall", &["TR1"], ANYWHERE),
    Town("Falmouth", "Cornwall", &["TR11"], ANYWHERE),
    Town("York", "North Yorkshire", &["YO1", "YO10", "YO23", "YO24", "YO30", "YO31"], ANYWHERE),
    Town("Harrogate", "North Yorkshire", &["HG1", "HG2"], ANYWHERE),
    Town("Whitby", "North Yorkshire", &["YO21", "YO22"], ANYWHERE),
    Town("Hebden Bridge", "West Yorkshire", &["HX7"], ANYWHERE),
    Town("Ilkley", "West Yorkshire", &["LS29"], ANYWHERE),
    Town("Bath", "Somerset", &["BA1", "BA2"], ANYWHERE),
    Town("Frome", "Somerset", &["BA11"], ANYWHERE),
    Town("Brighton", "East Sussex", &["BN1", "BN2"], ANYWHERE),
    Town("Hove", "East Sussex", &["BN3"], ANYWHERE),
    Town("Cambridge", "Cambridgeshire", &["CB1", "CB2", "CB3", "CB4"], ANYWHERE),
    Town("Oxford", "Oxfordshire", &["OX1", "OX2", "OX3", "OX4"], ANYWHERE),
    Town("Southampton", "Hampshire", &["SO14", "SO15", "SO16", "SO17"], ANYWHERE),
    Town("Winchester", "Hampshire", &["SO22", "SO23"], ANYWHERE),
    Town("Guildford", "Surrey", &["GU1", "GU2"], ANYWHERE),
    Town("Canterbury", "Kent", &["CT1", "CT2"], ANYWHERE),
    Town("Tunbridge Wells", "Kent", &["TN1", "TN2", "TN4"], ANYWHERE),
    Town("Shrewsbury", "Shropshire", &["SY1", "SY2", "SY3"], ANYWHERE),
    Town("Ludlow", "Shropshire", &["SY8"], ANYWHERE),
    Town("Lincoln", "Lincolnshire", &["LN1", "LN2"], ANYWHERE),
    Town("Ipswich", "Suffolk", &["IP1", "IP2", "IP3", "IP4"], ANYWHERE),
    Town("Colchester", "Essex", &["CO1", "CO2", "CO3", "CO4"], ANYWHERE),
    Town("Cheltenham", "Gloucestershire", &["GL50", "GL51", "GL52", "GL53"], ANYWHERE),
    Town("Stroud", "Gloucestershire", &["GL5"], ANYWHERE),
    Town("Lancaster", "Lancashire", &["LA1"], ANYWHERE),
    Town("Kendal", "Cumbria", &["LA9"], ANYWHERE),
    Town("Durham", "County Durham", &["DH1"], ANYWHERE),
    Town("Hexham", "Northumberland", &["NE46"], ANYWHERE),
];

#[rustfmt::skip]
const SCOTLAND: &[Town] = &[
    Town("Edinburgh", "", &["EH1", "EH3", "EH6", "EH7", "EH9", "EH10"], "0131 496 0"),
    Town("Glasgow", "", &["G1", "G3", "G11", "G12", "G20", "G41"], "0141 496 0"),
    Town("Aberdeen", "", &["AB10", "AB11", "AB15", "AB24", "AB25"], ANYWHERE),
    Town("Dundee", "", &["DD1", "DD2", "DD3"], ANYWHERE),
    Town("Inverness", "", &["IV2", "IV3"], ANYWHERE),
    Town("Perth", "Perthshire", &["PH1", "PH2"], ANYWHERE),
    Town("Stirling", "Stirlingshire", &["FK7", "FK8", "FK9"], ANYWHERE),
    Town("Oban", "Argyll", &["PA34"], ANYWHERE),
    Town("Portree", "Isle of Skye", &["IV51"], ANYWHERE),
    Town("Kirkwall", "Orkney", &["KW15"], ANYWHERE),
    Town("Lerwick", "Shetland", &["ZE1"], ANYWHERE),
    Town("Stornoway", "Isle of Lewis", &["HS1"], ANYWHERE),
];

#[rustfmt::skip]
const WALES: &[Town] = &[
    Town("Cardiff", "", &["CF5", "CF10", "CF11", "CF14", "CF23", "CF24"], "029 2018 0"),
    Town("Swansea", "", &["SA1", "SA2", "SA3"], ANYWHERE),
    Town("Aberystwyth", "Ceredigion", &["SY23"], ANYWHERE),
    Town("Bangor", "Gwynedd", &["LL57"], ANYWHERE),
    Town("Llandudno", "Conwy", &["LL30"], ANYWHERE),
    Town("Abergavenny", "Monmouthshire", &["NP7"], ANYWHERE),
    Town("Brecon", "Powys", &["LD3"], ANYWHERE),
];

#[rustfmt::skip]
const NORTHERN_IRELAND: &[Town] = &[
    Town("Belfast", "", &["BT1", "BT4", "BT5", "BT6", "BT7", "BT9", "BT15"], "028 9649 6"),
    Town("Londonderry", "", &["BT47", "BT48"], "028 9649 6"),
    Town("Newry", "County Down", &["BT34", "BT35"], "028 9649 6"),
    Town("Lisburn", "County Antrim", &["BT27", "BT28"], "028 9649 6"),
    Town("Omagh", "County Tyrone", &["BT78", "BT79"], "028 9649 6"),
];

/// The islands whose postcodes look British and whose country is not.
#[rustfmt::skip]
const ISLANDS: &[(&str, Town)] = &[
    ("Jersey", Town("St Helier", "", &["JE2"], "")),
    ("Guernsey", Town("St Peter Port", "", &["GY1"], "")),
    ("Isle of Man", Town("Douglas", "", &["IM1", "IM2"], "")),
];

const STREETS: &[&str] = &[
    "Lantern Row",
    "Quarry Lane",
    "Orchard Road",
    "Mill Lane",
    "Church Street",
    "Station Road",
    "Victoria Terrace",
    "Chapel Hill",
    "Rope Walk",
    "Albert Street",
    "Park Avenue",
    "High Street",
    "Harbour View",
    "Meadow Close",
    "Queens Road",
    "Castle Street",
    "Priory Gardens",
    "Elm Grove",
    "Bridge Street",
    "The Crescent",
    "Tannery Yard",
    "Beech Drive",
    "Northgate",
    "Weavers Way",
    "Market Place",
    "Laburnum Road",
    "Cobden Street",
    "Windmill Hill",
    "Alma Place",
    "Sandy Lane",
];
const HOUSES: &[&str] = &[
    "Rose Cottage",
    "The Old Forge",
    "Ivy House",
    "The Coach House",
    "Fairview",
    "Hill Farm",
    "The Old Rectory",
    "Bramble Cottage",
    "Sea View",
    "Orchard House",
];
const PREMISES: &[&str] = &[
    "Canal Mills",
    "Harbour Works",
    "The Old Brewery",
    "Foundry Court",
    "Dock Warehouse",
];
/// Letters that the last half of a British postcode uses.
const INWARD: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";

/// A town of the United Kingdom, and the start of a drama landline there.
pub(super) fn at_home(dice: &mut Dice) -> (Address, &'static str) {
    let nation: &'static [Town] = dice.weighted(&NATIONS);
    let town = dice.pick(nation);
    (settle(dice, town, "United Kingdom"), town.3)
}

/// A town in the Channel Islands or on the Isle of Man.
pub(super) fn on_the_islands(dice: &mut Dice) -> Address {
    let (country, town) = dice.pick(ISLANDS);
    settle(dice, town, country)
}

/// Moves an address to a unit of a business.
pub(super) fn make_business(dice: &mut Dice, address: &mut Address) {
    let unit = dice.between(1, 24);
    address.line1 = format!("Unit {unit}, {}", dice.pick(PREMISES));
    address.line2 = street(dice);
}

/// A mobile number of the range kept for drama, in one of the ways people type it.
pub(super) fn mobile(dice: &mut Dice) -> String {
    let last = dice.digits(3);
    let (prefix, gap) = dice.weighted(&[
        (("07700", " 900"), 60),
        (("07700", "900"), 20),
        (("+44 7700", " 900"), 15),
        (("+44 (0)7700", " 900"), 5),
    ]);
    format!("{prefix}{gap}{last}")
}

/// A landline of a drama range that begins so.
pub(super) fn landline(dice: &mut Dice, start: &str) -> String {
    format!("{start}{}", dice.digits(3))
}

fn settle(dice: &mut Dice, town: &'static Town, country: &'static str) -> Address {
    let (line1, line2) = match dice.below(20) {
        0..=2 => (format!("Flat {}", dice.between(1, 40)), street(dice)),
        3 => ((*dice.pick(HOUSES)).to_owned(), street(dice)),
        _ => (street(dice), String::new()),
    };
    let county = if dice.one_in(3) { town.1 } else { "" };
    let district = *dice.pick(town.2);
    let postcode = postcode(dice, district);
    Address {
        line1,
        line2,
        town: town.0.to_owned(),
        county: county.to_owned(),
        postcode,
        country,
    }
}

fn street(dice: &mut Dice) -> String {
    format!("{} {}", dice.between(1, 190), dice.pick(STREETS))
}

fn postcode(dice: &mut Dice, district: &str) -> String {
    let mut letter = || char::from(*dice.pick(INWARD));
    let (first, second) = (letter(), letter());
    format!("{district} {}{first}{second}", dice.between(1, 9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_at_home_prints_on_a_label_and_its_postcode_fits_its_town() {
        let mut dice = Dice::new(1, 1);
        let towns = [ENGLAND, LONDON, SCOTLAND, WALES, NORTHERN_IRELAND].concat_names();
        for _ in 0..2000 {
            let (at, _) = at_home(&mut dice);
            let (district, inward) = at.postcode.split_once(' ').unwrap();
            let known = towns.iter().find(|(name, _)| *name == at.town).unwrap();
            assert!(
                known.1.contains(&district),
                "{} is not in {}",
                district,
                at.town
            );
            let inward: Vec<char> = inward.chars().collect();
            assert!(inward[0].is_ascii_digit() && inward.len() == 3);
            assert!(!"CIKMOV".contains(inward[1]) && !"CIKMOV".contains(inward[2]));
            for line in [&at.line1, &at.line2, &at.town, &at.county] {
                assert!(line.len() <= 35, "{line}");
            }
            assert!(!at.line1.is_empty());
        }
    }

    #[test]
    fn no_telephone_number_can_ring_anybody() {
        let mut dice = Dice::new(2, 1);
        for _ in 0..200 {
            let number = mobile(&mut dice).replace([' ', '(', ')'], "");
            let local = number.trim_start_matches("+44").trim_start_matches('0');
            assert!(
                local.starts_with("7700900") && local.len() == 10,
                "{number}"
            );
            let (_, start) = at_home(&mut dice);
            let digits = landline(&mut dice, start).replace(' ', "").len();
            assert_eq!(digits, 11, "{start}");
        }
    }

    #[test]
    fn the_islands_are_countries_of_their_own() {
        let mut dice = Dice::new(3, 1);
        for _ in 0..50 {
            let at = on_the_islands(&mut dice);
            let area = match at.country {
                "Jersey" => "JE",
                "Guernsey" => "GY",
                _ => "IM",
            };
            assert!(at.postcode.starts_with(area), "{at:?}");
        }
    }

    trait Names {
        fn concat_names(&self) -> Vec<(&'static str, &'static [&'static str])>;
    }

    impl Names for [&'static [Town]; 5] {
        fn concat_names(&self) -> Vec<(&'static str, &'static [&'static str])> {
            self.iter()
                .flat_map(|nation| nation.iter().map(|town| (town.0, town.2)))
                .collect()
        }
    }
}
