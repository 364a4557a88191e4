//! Customers in other countries: names, streets, towns, postcodes and telephone
//! numbers in the shape of their own country.
//!
//! Only countries whose numbers still fit twelve digits with `00` and the country code
//! before them are used: the warehouse's label takes no more (connector contract, 2.1),
//! and an order from elsewhere would be at fault without anybody having planted it.
//! Each number begins with a digit that no number there begins with, so none is real.

use super::dice::Dice;
use super::places::Address;

/// What is known of a country: its name in Cin7, people, streets with a place for the
/// number, towns with the start of their postcode and how many digits follow, and the
/// start of a telephone number with how many digits follow.
struct Country {
    name: &'static str,
    people: &'static [(&'static str, &'static str)],
    streets: &'static [&'static str],
    towns: &'static [(&'static str, &'static str, usize)],
    phone: (&'static str, usize),
}

const COUNTRIES: &[Country] = &[
    Country {
        name: "Germany",
        people: &[
            ("Jürgen", "Weiß"),
            ("Anke", "Schäfer"),
            ("Lukas", "Brandt"),
            ("Petra", "Vogel"),
        ],
        streets: &[
            "Lindenstraße #",
            "Am Mühlbach #",
            "Gartenweg #",
            "Bahnhofstraße #",
        ],
        towns: &[
            ("Hamburg", "20", 3),
            ("Köln", "50", 3),
            ("Leipzig", "04", 3),
        ],
        phone: ("+49 30 0", 5),
    },
    Country {
        name: "Belgium",
        people: &[
            ("Élise", "Lambert"),
            ("Joris", "Claes"),
            ("Marie", "Dubois"),
            ("Wout", "Maes"),
        ],
        streets: &[
            "Kerkstraat #",
            "Rue des Tanneurs #",
            "Molenweg #",
            "Rue de la Loi #",
        ],
        towns: &[
            ("Antwerpen", "20", 2),
            ("Gent", "90", 2),
            ("Bruxelles", "10", 2),
        ],
        phone: ("+32 2 0", 6),
    },
    Country {
        name: "Denmark",
        people: &[
            ("Søren", "Holm"),
            ("Mette", "Kjær"),
            ("Anders", "Friis"),
            ("Ida", "Lund"),
        ],
        streets: &["Nørregade #", "Skovvej #", "Havnegade #", "Birkevej #"],
        towns: &[
            ("Aarhus", "80", 2),
            ("Odense", "50", 2),
            ("Aalborg", "90", 2),
        ],
        phone: ("+45 10 ", 6),
    },
    Country {
        name: "Norway",
        people: &[
            ("Ingrid", "Solberg"),
            ("Håkon", "Nygård"),
            ("Kari", "Dahl"),
            ("Øyvind", "Moe"),
        ],
        streets: &["Storgata #", "Kirkeveien #", "Bryggegata #", "Fjellveien #"],
        towns: &[
            ("Oslo", "01", 2),
            ("Bergen", "50", 2),
            ("Trondheim", "70", 2),
        ],
        phone: ("+47 10 ", 6),
    },
    Country {
        name: "Austria",
        people: &[
            ("Greta", "Huber"),
            ("Franz", "Gruber"),
            ("Lena", "Mayr"),
            ("Jörg", "Steiner"),
        ],
        streets: &[
            "Hauptplatz #",
            "Mariengasse #",
            "Burggasse #",
            "Wiesenweg #",
        ],
        towns: &[("Graz", "80", 2), ("Salzburg", "50", 2), ("Linz", "40", 2)],
        phone: ("+43 1 0", 6),
    },
];

/// A person abroad: first name, last name, where they live, their telephone.
pub(super) fn someone(dice: &mut Dice) -> (&'static str, &'static str, Address, String) {
    let country = dice.pick(COUNTRIES);
    let (first, last) = *dice.pick(country.people);
    let (town, start, more) = *dice.pick(country.towns);
    let number = dice.between(1, 90).to_string();
    let address = Address {
        line1: dice.pick(country.streets).replace('#', &number),
        town: town.to_owned(),
        postcode: format!("{start}{}", dice.digits(more)),
        country: country.name,
        ..Address::default()
    };
    let phone = format!("{}{}", country.phone.0, dice.digits(country.phone.1));
    (first, last, address, phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_abroad_still_fits_the_label_and_every_text_can_be_printed() {
        let mut dice = Dice::new(5, 1);
        for _ in 0..300 {
            let (first, last, at, phone) = someone(&mut dice);
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            assert!(
                (8..=10).contains(&digits),
                "00 and {phone} exceed twelve digits"
            );
            for text in [first, last, &at.line1, &at.town] {
                assert!(text.chars().all(|c| c <= '\u{ff}') && text.chars().count() <= 35);
            }
            let wanted = if at.country == "Germany" { 5 } else { 4 };
            assert_eq!(at.postcode.len(), wanted, "{at:?}");
        }
    }
}
