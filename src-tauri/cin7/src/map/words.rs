//! Cin7's status words. Compared trimmed and without case; a word that is in no list is
//! kept as it came, never read as one of the known ones.

use domain::{OrderStatus, ProductKind, ProductStanding, SaleKind, StageStatus};

pub(super) fn order_status(word: &str) -> OrderStatus {
    match word.trim().to_uppercase().as_str() {
        "NOT AVAILABLE" => OrderStatus::NotAvailable,
        "DRAFT" => OrderStatus::Draft,
        "AUTHORISED" => OrderStatus::Authorised,
        "AUTH_NO_ALLOC" => OrderStatus::AuthorisedWithoutStock,
        "FULFILLED" => OrderStatus::Fulfilled,
        "CLOSED" => OrderStatus::Closed,
        "VOIDED" => OrderStatus::Voided,
        _ => OrderStatus::Unknown(word.to_owned()),
    }
}

/// The words of one stage: `PICKING` and `PICKED`, say.
pub(super) struct Stage {
    under_way: &'static str,
    done: &'static str,
}

pub(super) const PICKING: Stage = Stage {
    under_way: "PICKING",
    done: "PICKED",
};
pub(super) const PACKING: Stage = Stage {
    under_way: "PACKING",
    done: "PACKED",
};
pub(super) const SHIPPING: Stage = Stage {
    under_way: "SHIPPING",
    done: "SHIPPED",
};

impl Stage {
    pub(super) fn status(&self, word: &str) -> StageStatus {
        let upper = word.trim().to_uppercase();
        match upper.as_str() {
            "VOIDED" => StageStatus::Voided,
            "NOT AVAILABLE" => StageStatus::NotAvailable,
            same if same == self.under_way => StageStatus::InProgress,
            same if same == self.done => StageStatus::Done,
            other => match other.split_once(' ') {
                Some(("NOT", stage)) if stage == self.done => StageStatus::NotBegun,
                Some(("PARTIALLY", stage)) if stage == self.done => StageStatus::Partly,
                Some(_) | None => StageStatus::Unknown(word.to_owned()),
            },
        }
    }
}

pub(super) fn sale_kind(word: &str) -> SaleKind {
    match word.trim().to_lowercase().as_str() {
        "simple sale" => SaleKind::Simple,
        "advanced sale" => SaleKind::Advanced,
        "service sale" => SaleKind::Service,
        _ => SaleKind::Unknown(word.to_owned()),
    }
}

pub(super) fn product_kind(word: &str) -> ProductKind {
    match word.trim().to_lowercase().as_str() {
        "stock" => ProductKind::Stock,
        "service" => ProductKind::Service,
        "non inventory" | "noninventory" | "non-inventory" => ProductKind::NonInventory,
        _ => ProductKind::Unknown(word.to_owned()),
    }
}

pub(super) fn product_standing(word: &str) -> ProductStanding {
    match word.trim().to_lowercase().as_str() {
        "active" => ProductStanding::Active,
        "deprecated" => ProductStanding::Deprecated,
        _ => ProductStanding::NotReady,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_word_of_a_stage_is_known_in_any_case() {
        for (word, status) in [
            ("NOT AVAILABLE", StageStatus::NotAvailable),
            ("not picked", StageStatus::NotBegun),
            (" PICKING ", StageStatus::InProgress),
            ("PARTIALLY PICKED", StageStatus::Partly),
            ("Picked", StageStatus::Done),
            ("VOIDED", StageStatus::Voided),
        ] {
            assert_eq!(PICKING.status(word), status, "{word}");
        }
        assert_eq!(SHIPPING.status("NOT SHIPPED"), StageStatus::NotBegun);
        assert_eq!(PACKING.status("PARTIALLY PACKED"), StageStatus::Partly);
    }

    #[test]
    fn a_word_of_another_stage_or_of_no_list_stays_as_it_came() {
        for word in ["PICKED", "NOT PICKED", "SHIPPED?", "", "NOT"] {
            assert_eq!(SHIPPING.status(word), StageStatus::Unknown(word.to_owned()));
        }
        assert_eq!(
            order_status("Approved"),
            OrderStatus::Unknown("Approved".into())
        );
        assert_eq!(order_status("authorised "), OrderStatus::Authorised);
        assert_eq!(sale_kind("Rental"), SaleKind::Unknown("Rental".into()));
    }

    #[test]
    fn exports_spell_active_in_capitals_and_products_still_are() {
        assert_eq!(product_standing("ACTIVE"), ProductStanding::Active);
        assert_eq!(
            product_standing("Setup required"),
            ProductStanding::NotReady
        );
        assert_eq!(product_kind("Non Inventory"), ProductKind::NonInventory);
    }
}
