//! Where in a sale something is: in short, and as the way to it in Cin7 Core. Made of the
//! path a hold carries, `Order.Lines[1].SKU`.

/// In short: `Line 2`, `Postcode`, `Shipping method`.
pub(super) fn label(path: &str) -> String {
    let mut fields = path.split('.');
    let last = fields.next_back().unwrap_or_default();
    if let Some(line) = fields.find_map(line_number) {
        return format!("Line {line}");
    }
    if let Some(line) = line_number(last) {
        return format!("Line {line}");
    }
    match last {
        "" => "Order",
        "SaleOrderNumber" => "Order number",
        "Phone" => "Telephone",
        "Carrier" => "Shipping method",
        "CustomerCurrency" => "Currency",
        "ShippingNotes" => "Shipping notes",
        "SaleOrderDate" => "Order date",
        "ShipBy" => "Ship by",
        "Line1" => "Address line 1",
        "Line2" => "Address line 2",
        "City" => "Town",
        "State" => "County",
        "Contact" if path.starts_with("ShippingAddress") => "Recipient",
        "ID" => "Sale",
        other => return spaced(other),
    }
    .into()
}

/// The way to it, field by field as Cin7 Core has them: `Order → Lines → 2 → SKU`.
pub(super) fn way(path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for field in path.split('.').filter(|field| !field.is_empty()) {
        match field.split_once('[') {
            Some((list, _)) => {
                parts.push(spaced(list));
                parts.extend(line_number(field).map(|line| line.to_string()));
            }
            None => parts.push(spaced(field)),
        }
    }
    parts.join(" → ")
}

/// The number of a list's entry as people count it.
fn line_number(field: &str) -> Option<usize> {
    let (_, index) = field.split_once('[')?;
    let index: usize = index.strip_suffix(']')?.parse().ok()?;
    Some(index + 1)
}

/// `ShippingAddress` as `Shipping address`; words in capitals stay.
fn spaced(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let begins = letter.is_uppercase() && before.is_some_and(|before| before.is_lowercase());
        if begins {
            text.push(' ');
            text.extend(letter.to_lowercase());
        } else {
            text.push(*letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_counted_from_one() {
        assert_eq!(label("Order.Lines[1].SKU"), "Line 2");
        assert_eq!(way("Order.Lines[1].SKU"), "Order → Lines → 2 → SKU");
    }

    #[test]
    fn a_field_has_the_name_people_use_and_the_way_has_cin7s() {
        assert_eq!(label("ShippingAddress.City"), "Town");
        assert_eq!(way("ShippingAddress.City"), "Shipping address → City");
        assert_eq!(label("Carrier"), "Shipping method");
        assert_eq!(label("Order.SaleOrderNumber"), "Order number");
        assert_eq!(way("Order.SaleOrderNumber"), "Order → Sale order number");
        assert_eq!((label(""), way("")), ("Order".into(), String::new()));
    }
}
