//! Who the customers are: names as they occur in Britain, their e-mail addresses, and
//! the trade customers who come back.

use super::abroad;
use super::dice::Dice;
use super::places::{self, Address};

/// A customer with one contact, as the generator thinks of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Customer {
    /// The person who receives the parcel.
    pub(super) name: String,
    /// The firm, empty for a private customer.
    pub(super) company: String,
    pub(super) email: String,
    /// What stands on an order of theirs.
    pub(super) phone: String,
    /// The contact's landline, mostly empty.
    pub(super) landline: String,
    /// The contact's mobile.
    pub(super) mobile: String,
    pub(super) address: Address,
}

impl Customer {
    /// The name that Cin7 lists the customer under.
    pub(super) fn listed_as(&self) -> &str {
        if self.company.is_empty() {
            &self.name
        } else {
            &self.company
        }
    }
}

#[rustfmt::skip]
const FIRST: &[&str] = &[
    "Ada", "Aisha", "Alan", "Amelia", "Andrew", "Anjali", "Arthur", "Beth", "Callum", "Caroline",
    "Catrin", "Charlotte", "Chloë", "Colin", "Daniel", "David", "Deborah", "Dylan", "Eilidh",
    "Eleanor", "Emma", "Fatima", "Fergus", "Fiona", "George", "Grace", "Hamish", "Hannah", "Harriet",
    "Helen", "Ian", "Imogen", "Isla", "Jack", "James", "Jasmine", "Joan", "Joseph", "Kwame",
    "Laura", "Lewis", "Linda", "Lucy", "Malcolm", "Margaret", "Megan", "Mohammed", "Nadia", "Niamh",
    "Nigel", "Oliver", "Olwen", "Patrick", "Priya", "Rachel", "Rhys", "Robert", "Rosie", "Samuel",
    "Sandra", "Siân", "Simon", "Sofia", "Stephen", "Susan", "Tariq", "Thomas", "Victoria", "William",
    "Zoë",
];

#[rustfmt::skip]
const LAST: &[&str] = &[
    "Ahmed", "Allen", "Armstrong", "Ashworth", "Baker", "Barker", "Begum", "Bell", "Bennett",
    "Brown", "Cameron", "Campbell", "Carter", "Chen", "Clarke", "Cooper", "Cox", "Davies", "Dawson",
    "Edwards", "Evans", "Fletcher", "Foster", "Gallagher", "Graham", "Green", "Griffiths", "Hale",
    "Hall", "Harris", "Hughes", "Hussain", "Jackson", "James", "Jenkins", "Johnson", "Jones",
    "Kaur", "Kelly", "Khan", "King", "Lewis", "Lloyd", "MacDonald", "Marsh", "Mason", "Mensah",
    "Merrow", "Mitchell", "Moore", "Morgan", "Morris", "Murray", "O'Connor", "O'Neill", "Okafor",
    "Owen", "Palmer", "Parker", "Patel", "Phillips", "Price", "Reid", "Richardson", "Roberts",
    "Robinson", "Scott", "Sharma", "Shaw", "Singh", "Smith", "Smith-Barnes", "Stewart", "Taylor",
    "Thomas", "Thompson", "Turner", "Walker", "Ward", "Watson", "Webb", "White", "Williams",
    "Wilson", "Wood", "Wright", "Young",
];

const FIRMS: &[&str] = &[
    "The Copper Kettle Tearooms",
    "Bay Tree Interiors Ltd",
    "Hearth & Larder",
    "Northgate Cookshop",
    "The Old Dairy Farm Shop",
    "Willow & Slate Homewares",
    "Pier Street Coffee Co",
    "Abbey Gift Gallery",
];

/// A private customer in the United Kingdom.
pub(super) fn at_home(dice: &mut Dice) -> Customer {
    let (address, dial) = places::at_home(dice);
    let mut customer = named(dice, address);
    if dice.one_in(6) {
        let number = places::landline(dice, dial);
        customer.phone.clone_from(&number);
        customer.landline = number;
    }
    customer
}

/// A private customer in the Channel Islands or on the Isle of Man.
pub(super) fn on_the_islands(dice: &mut Dice) -> Customer {
    let address = places::on_the_islands(dice);
    named(dice, address)
}

/// A private customer in another country.
pub(super) fn abroad(dice: &mut Dice) -> Customer {
    let (first, last, address, phone) = abroad::someone(dice);
    customer(dice, first, last, address, phone)
}

/// The firms that buy for their own shops: they come back, so there are few.
pub(super) fn trade(dice: &mut Dice) -> Vec<Customer> {
    FIRMS
        .iter()
        .map(|firm| {
            let mut customer = at_home(dice);
            (*firm).clone_into(&mut customer.company);
            places::make_business(dice, &mut customer.address);
            customer
        })
        .collect()
}

fn named(dice: &mut Dice, address: Address) -> Customer {
    let (first, last) = (*dice.pick(FIRST), *dice.pick(LAST));
    let mobile = places::mobile(dice);
    customer(dice, first, last, address, mobile)
}

fn customer(dice: &mut Dice, first: &str, last: &str, address: Address, phone: String) -> Customer {
    let who = format!("{first}.{last}");
    let mut email: String = who.chars().filter_map(plain).collect();
    if dice.one_in(2) {
        email.push_str(&dice.digits(2));
    }
    Customer {
        name: format!("{first} {last}"),
        company: String::new(),
        email: format!("{email}@example.com"),
        landline: String::new(),
        mobile: phone.clone(),
        phone,
        address,
    }
}

/// The letter as an e-mail address has it.
fn plain(letter: char) -> Option<char> {
    let plain = match letter {
        'â' | 'ä' | 'å' | 'á' | 'æ' => 'a',
        'ë' | 'é' | 'É' => 'e',
        'ö' | 'ø' | 'Ø' => 'o',
        'ü' => 'u',
        'ß' => 's',
        '.' => '.',
        other if other.is_ascii_alphabetic() => other.to_ascii_lowercase(),
        _ => return None,
    };
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_customer_has_a_printable_name_and_an_address_at_example_com() {
        let mut dice = Dice::new(4, 1);
        let mut all = trade(&mut dice);
        all.extend((0..500).map(|_| at_home(&mut dice)));
        all.extend((0..60).map(|_| abroad(&mut dice)));
        all.extend((0..20).map(|_| on_the_islands(&mut dice)));
        for customer in all {
            for text in [&customer.name, &customer.company] {
                assert!(text.chars().count() <= 35 && text.chars().all(|c| c <= '\u{ff}'));
            }
            let (who, host) = customer.email.split_once('@').unwrap();
            assert_eq!(host, "example.com");
            assert!(who.is_ascii() && who.contains('.'), "{who}");
            assert!(!customer.phone.is_empty() && !customer.mobile.is_empty());
            assert!(customer.address.line1.len() <= 35, "{:?}", customer.address);
        }
    }
}
