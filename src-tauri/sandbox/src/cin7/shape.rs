//! Which fields Cin7's own bodies have, and what to say when a control call names
//! another. Values are not judged: bad ones are often given on purpose.

use serde_json::Value;

use crate::http::Misuse;

/// The fields of one kind of body, level by level. A level's name is its path,
/// `[]` standing for the elements of an array; its fields are one text, parted by blanks.
pub(super) struct Shape {
    what: &'static str,
    levels: &'static [(&'static str, &'static str)],
}

const ADDRESS: &str = "DisplayAddressLine1 DisplayAddressLine2 Line1 Line2 City State Postcode \
    Country";
const SHIP_TO: &str = "DisplayAddressLine1 DisplayAddressLine2 Line1 Line2 City State Postcode \
    Country Company Contact ShipToOther";
const LINE: &str = "ProductID SKU Name Quantity Price Discount Tax AverageCost TaxRule Comment \
    DropShip BackorderQuantity Total ProductWeight WeightUnits";
const CHARGE: &str = "Description Price Quantity Discount Tax Total TaxRule Comment";

/// The sale detail.
pub(super) const SALE: Shape = Shape {
    what: "a sale",
    levels: &[
        (
            "",
            "ID Customer CustomerID Contact Phone Email DefaultAccount SkipQuote BillingAddress \
             ShippingAddress ShippingNotes BaseCurrency CustomerCurrency TaxRule TaxCalculation \
             Terms PriceTier ShipBy Location SaleOrderDate LastModifiedOn Note CustomerReference \
             COGSAmount Status CombinedPickingStatus CombinedPackingStatus CombinedShippingStatus \
             FulFilmentStatus CombinedInvoiceStatus CombinedPaymentStatus CombinedTrackingNumbers \
             Carrier CurrencyRate SalesRepresentative ServiceOnly Type SourceChannel Quote Order \
             Fulfilments Invoices CreditNotes ManualJournals ExternalID AdditionalAttributes \
             Attachments InventoryMovements Transactions",
        ),
        ("BillingAddress", ADDRESS),
        ("ShippingAddress", SHIP_TO),
        (
            "Order",
            "SaleOrderNumber Memo Status Lines AdditionalCharges TotalBeforeTax Tax Total",
        ),
        ("Order.Lines[]", LINE),
        ("Order.AdditionalCharges[]", CHARGE),
        (
            "Quote",
            "Memo Status Prepayments Lines AdditionalCharges TotalBeforeTax Tax Total",
        ),
        ("Quote.Lines[]", LINE),
        ("Quote.AdditionalCharges[]", CHARGE),
        (
            "Fulfilments[]",
            "TaskID FulfillmentNumber LinkedInvoiceNumber FulFilmentStatus Pick Pack Ship",
        ),
        ("Fulfilments[].Pick", "Status Lines"),
        (
            "Fulfilments[].Pick.Lines[]",
            "ProductID SKU Name Location LocationID Quantity BatchSN ExpiryDate NonInventory",
        ),
        ("Fulfilments[].Pack", "Status Lines"),
        (
            "Fulfilments[].Pack.Lines[]",
            "ProductID SKU Name Location LocationID Quantity BatchSN ExpiryDate Box NonInventory \
             WarrantyRegistrationNumber",
        ),
        (
            "Fulfilments[].Ship",
            "Status RequireBy ShippingAddress ShippingNotes Lines",
        ),
        ("Fulfilments[].Ship.ShippingAddress", SHIP_TO),
        (
            "Fulfilments[].Ship.Lines[]",
            "ID ShipmentDate Carrier Boxes TrackingNumber TrackingURL IsShipped",
        ),
        ("ManualJournals", "Status Lines"),
        (
            "AdditionalAttributes",
            "AdditionalAttribute1 AdditionalAttribute2 AdditionalAttribute3 AdditionalAttribute4 \
             AdditionalAttribute5 AdditionalAttribute6 AdditionalAttribute7 AdditionalAttribute8 \
             AdditionalAttribute9 AdditionalAttribute10",
        ),
    ],
};

/// A product, and `Stock`, which is the control interface's own.
pub(super) const PRODUCT: Shape = Shape {
    what: "a product",
    levels: &[
        (
            "",
            "ID SKU Name Category Brand Type CostingMethod DropShipMode DefaultLocation Length \
             Width Height Weight UOM WeightUnits DimensionsUnits Barcode PriceTier1 AverageCost \
             Tags Status LastModifiedOn Sellable BillOfMaterial AutoAssembly BOMType HSCode \
             CountryOfOrigin CountryOfOriginCode Stock",
        ),
        ("Stock[]", "Location OnHand Batch ExpiryDate Bin"),
    ],
};

/// A customer.
pub(super) const CUSTOMER: Shape = Shape {
    what: "a customer",
    levels: &[
        (
            "",
            "ID Name DisplayName Currency PaymentTerm Discount TaxRule Carrier \
             SalesRepresentative Location Comments AccountReceivable RevenueAccount PriceTier \
             Status CreditLimit IsOnCreditHold LastModifiedOn Addresses Contacts",
        ),
        (
            "Addresses[]",
            "ID Line1 Line2 City State Postcode Country Type DefaultForType",
        ),
        (
            "Contacts[]",
            "ID Name JobTitle Phone MobilePhone Fax Email Website Comment Default IncludeInEmail \
             MarketingConsent",
        ),
    ],
};

impl Shape {
    /// The fields of one level, or nothing where anything goes.
    fn fields(&self, path: &str) -> Option<&'static str> {
        self.levels
            .iter()
            .find(|(level, _)| *level == path)
            .map(|(_, fields)| *fields)
    }

    /// Checks that every field named in `given` exists.
    pub(super) fn check(&self, given: &Value) -> Result<(), Misuse> {
        if !given.is_object() {
            return Err(Misuse::bad(format!(
                "{} is an object with Cin7's own fields: {}",
                self.what,
                listed(self.fields("").unwrap_or(""))
            )));
        }
        self.check_level(given, "", "")
    }

    /// `level` is the path with `[]`, `shown` the same with the element's number.
    fn check_level(&self, given: &Value, level: &str, shown: &str) -> Result<(), Misuse> {
        match given {
            Value::Object(map) => {
                let Some(fields) = self.fields(level) else {
                    return Ok(());
                };
                for (name, value) in map {
                    let place = join(shown, name);
                    if !has(fields, name) {
                        return Err(self.unknown(name, &place, fields));
                    }
                    self.check_level(value, &join(level, name), &place)?;
                }
                Ok(())
            }
            Value::Array(elements) => {
                let level = format!("{level}[]");
                for (index, element) in elements.iter().enumerate() {
                    self.check_level(element, &level, &format!("{shown}[{index}]"))?;
                }
                Ok(())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
        }
    }

    fn unknown(&self, name: &str, place: &str, fields: &str) -> Misuse {
        let elsewhere = self.levels.iter().find(|(_, there)| has(there, name));
        let hint = match (nearest(name, fields.split_whitespace()), elsewhere) {
            (_, Some((level, _))) if !level.is_empty() => {
                format!("it belongs at {}", join(level, name))
            }
            (_, Some(_)) => format!("it belongs at the top, as {name}"),
            (Some(near), None) => format!("did you mean {near}"),
            (None, None) => "it is not one of Cin7's".to_owned(),
        };
        Misuse::bad(format!(
            "{} has no field {place}: {hint}. Fields there: {}",
            self.what,
            listed(fields)
        ))
    }
}

fn has(fields: &str, name: &str) -> bool {
    fields.split_whitespace().any(|field| field == name)
}

fn listed(fields: &str) -> String {
    fields.split_whitespace().collect::<Vec<_>>().join(", ")
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// The option that reads most like `name`, if any is close.
pub(super) fn nearest<'a>(
    name: &str,
    options: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let lower = name.to_lowercase();
    options
        .map(|option| (distance(&lower, &option.to_lowercase()), option))
        .min_by_key(|(far, _)| *far)
        .filter(|(far, _)| *far <= (name.chars().count() / 3).max(2))
        .map(|(_, option)| option)
}

/// How many letters must be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &there) in other.iter().enumerate() {
            let change = diagonal + usize::from(letter != there);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
