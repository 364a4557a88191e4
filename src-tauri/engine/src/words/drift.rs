//! The words about differences of stock: what a category means, why figures say nothing about
//! each other and what to do, what came of a movement.

use domain::stock::Obstacle;

/// What a SKU's figures mean, in a few words.
pub fn drift_category(word: &str) -> &str {
    match word {
        "can_oversell" => "can oversell",
        "cin7_short" => "Cin7 Core short",
        "posting_blocked" => "posting blocked",
        "explained" => "explained",
        "matched" => "matched",
        "not_comparable" => "not compared",
        "gone" => "gone from both sides",
        other => other,
    }
}

/// Why a SKU's figures could not be compared and what to do about it, or what is not sure
/// about them; “” where there is nothing to add.
pub fn drift_advice(cause: &str, sku: &str) -> String {
    if let Some(obstacle) = Obstacle::parse(cause) {
        return obstacle_sentence(obstacle, sku);
    }
    match cause {
        "suspected" => "It has been seen once. The next reconciliation says whether it is so: something may have moved while both sides were read.".into(),
        "held" => "Part of it are goods in or returned that wait for a decision: whether Cin7 Core has them by a receipt or a credit note.".into(),
        _ => String::new(),
    }
}

fn obstacle_sentence(obstacle: Obstacle, sku: &str) -> String {
    match obstacle {
        Obstacle::NotRead => format!(
            "One side’s figure of {sku} could not be read. The next reconciliation tries again."
        ),
        Obstacle::Unmapped => {
            format!("{sku} stands for no SKU of Whistl’s. Map it, or rename it in Cin7 Core.")
        }
        Obstacle::NotListed => {
            format!("Whistl neither counts nor lists {sku}. Ask the warehouse to list it.")
        }
        Obstacle::NoProduct => format!(
            "Whistl counts {sku}, and no product of Cin7 Core stands for it. Map a product to it, or make one."
        ),
        Obstacle::Clash => format!(
            "Two products of Cin7 Core end at one SKU of Whistl’s, {sku} among them. Map one of them to another."
        ),
        Obstacle::TwiceInSnapshot => format!(
            "Whistl’s stock list names {sku} twice. Ask the warehouse which figure is right."
        ),
        Obstacle::Inconsistent => format!(
            "Whistl’s figure of {sku} contradicts the movements it reported. Ask the warehouse."
        ),
        Obstacle::MovedWhileReading => {
            format!("{sku} moved while both sides were read. The next reconciliation compares it.")
        }
        Obstacle::Fraction => format!(
            "Cin7 Core has a part of a unit of {sku} on hand, and Whistl counts whole ones. Correct the level in Cin7 Core."
        ),
        Obstacle::Absurd => format!(
            "A figure of {sku} is larger than any warehouse holds, and is not believed. Look at it on both sides."
        ),
    }
}

/// What a person decided about a difference, in a few words.
pub fn drift_decision(word: &str) -> &str {
    match word {
        "post" => "posted to Cin7 Core",
        "recount" => "recount asked for",
        "accept" => "accepted",
        "withdraw" => "taken back",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use domain::stock::Category;

    use super::*;

    #[test]
    fn every_category_and_every_obstacle_has_words() {
        for category in [
            Category::CanOversell,
            Category::Cin7Short,
            Category::PostingBlocked,
            Category::Explained,
            Category::Matched,
            Category::NotComparable(Obstacle::NotRead),
        ] {
            assert!(!drift_category(category.code()).contains('_'));
        }
        for obstacle in Obstacle::ALL {
            let told = drift_advice(obstacle.code(), "TEAPOT04");
            assert!(told.ends_with('.') && !told.contains('_'), "{told}");
        }
    }
}
