//! What Ctrl+K finds: orders, SKUs, stock adjustments, causes of holds, settings.

use domain::HoldCode;
use engine::views::Views;
use engine::words::{self, capital};
use store::{AdjustmentFilter, OrderFilter, SaleRow, Tab as Listed};

use crate::lists::{reason, state_title};
use crate::marks::tone_of;
use crate::needs::{go_drift, go_stock};
use crate::shapes::{AdjustmentTab, Found, FoundKind, Go, ListFilter, Screen, Tab, Tone, UiError};
use crate::text::{clock, counted};

/// Things found at most.
const MOST: usize = 12;
/// Orders found at most, so that the rest has room.
const ORDERS: u32 = 6;
/// Of each other kind at most.
const OTHERS: usize = 3;

/// What fits the text, the best first, at most twelve. What fits exactly comes before what
/// only begins so, and that before what only contains it.
///
/// # Errors
/// The store's.
pub fn find(look: &Views<'_>, text: &str) -> Result<Vec<Found>, UiError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut fitting: Vec<(u8, Found)> = Vec::new();
    fitting.extend(orders(look, text)?);
    fitting.extend(skus(look, text)?);
    fitting.extend(adjustments(look, text)?);
    fitting.extend(causes(look, text)?);
    fitting.extend(settings(text));
    // Stable: of equals the kinds stay in this order.
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.truncate(MOST);
    Ok(fitting.into_iter().map(|(_, found)| found).collect())
}

/// How well a text fits what is looked for: 0 wholly, 1 it begins so, 2 it has it; none
/// when it does not fit.
fn rank(text: &str, wanted: &str) -> Option<u8> {
    let (text, wanted) = (text.to_lowercase(), wanted.to_lowercase());
    if text == wanted {
        Some(0)
    } else if text.starts_with(&wanted) {
        Some(1)
    } else {
        text.contains(&wanted).then_some(2)
    }
}

fn orders(look: &Views<'_>, text: &str) -> Result<Vec<(u8, Found)>, UiError> {
    let exact = match look.reading.sale_by_number(text)? {
        Some(row) => Some(row),
        None => look.reading.sale_by_reference(text)?,
    };
    let filter = OrderFilter {
        find: Some(text.to_owned()),
        limit: ORDERS,
        ..OrderFilter::default()
    };
    let page = look.reading.orders(&filter)?;
    let others = page
        .rows
        .into_iter()
        .map(|(row, _)| row)
        .filter(|row| exact.as_ref().is_none_or(|exact| exact.key != row.key));
    let mut found = Vec::new();
    if let Some(row) = &exact {
        found.push((0, order(look, row)?));
    }
    for row in others {
        found.push((1, order(look, &row)?));
    }
    Ok(found)
}

fn order(look: &Views<'_>, row: &SaleRow) -> Result<Found, UiError> {
    let holds = look.reading.holds(row.key)?;
    let said = [
        look.customer(row.key)?,
        state_title(&row.standing),
        holds.first().map(reason).unwrap_or_default(),
    ];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let number = row.number.to_string();
    Ok(Found {
        kind: FoundKind::Order,
        title: number.clone(),
        detail: said.join(" · "),
        tone: tone_of(&row.standing, row.owner.is_some()),
        go: Go {
            screen: Screen::Orders,
            confirmations: None,
            adjustments: None,
            filter: Listed::of(&row.standing, row.owner).map(|tab| ListFilter {
                find: Some(number.clone()),
                ..whole(tab.into())
            }),
            number: Some(number),
            section: None,
        },
    })
}

fn skus(look: &Views<'_>, text: &str) -> Result<Vec<(u8, Found)>, UiError> {
    let mut found: Vec<(u8, Found)> = look
        .reading
        .products_like(text, OTHERS)?
        .into_iter()
        .map(|product| {
            let fits = rank(&product.sku, text).unwrap_or(2);
            (fits, sku(product.sku, product.name))
        })
        .collect();
    for item in look.reading.items_like(text, OTHERS)? {
        if !found.iter().any(|(_, known)| known.title == item.sku) {
            let fits = rank(&item.sku, text).unwrap_or(2);
            let said = match item.description.as_str() {
                "" => "Whistl’s SKU".into(),
                description => format!("Whistl’s SKU · {description}"),
            };
            found.push((fits, sku(item.sku, said)));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(OTHERS);
    // One whose stock was compared has a page of its own.
    for (_, each) in &mut found {
        if look.reading.stock_line(&each.title)?.is_some() {
            each.go = go_drift(Some("page"), Some(each.title.clone()));
        }
    }
    Ok(found)
}

fn sku(sku: String, detail: String) -> Found {
    Found {
        kind: FoundKind::Sku,
        detail,
        tone: Tone::Plain,
        go: Go {
            screen: Screen::Mappings,
            confirmations: None,
            adjustments: None,
            filter: None,
            number: Some(sku.clone()),
            section: Some("sku".into()),
        },
        title: sku,
    }
}

/// The adjustment of that name, or those of that SKU.
fn adjustments(look: &Views<'_>, text: &str) -> Result<Vec<(u8, Found)>, UiError> {
    if let Some(row) = look.reading.adjustment(text)? {
        let mut go = go_stock(AdjustmentTab::All);
        go.number = Some(row.id.clone());
        return Ok(vec![(
            0,
            Found {
                kind: FoundKind::Adjustment,
                title: row.id,
                detail: format!(
                    "Stock adjustment · {} {}",
                    crate::adjustments::signed(row.units),
                    row.sku
                ),
                tone: Tone::Plain,
                go,
            },
        )]);
    }
    for sku in [text.to_owned(), text.to_uppercase()] {
        let found = look.reading.adjustments(&AdjustmentFilter {
            sku: Some(sku.clone()),
            limit: 1,
            ..AdjustmentFilter::default()
        })?;
        if let Some(last) = found.first() {
            let at = clock(last.at, look.now, look.settings.zone());
            let mut go = go_stock(AdjustmentTab::All);
            if let Some(filter) = &mut go.adjustments {
                filter.find = Some(sku.clone());
            }
            return Ok(vec![(
                1,
                Found {
                    kind: FoundKind::Adjustment,
                    title: sku,
                    detail: format!(
                        "Stock adjustments · the last {}, {at}",
                        crate::adjustments::signed(last.units)
                    ),
                    tone: Tone::Plain,
                    go,
                },
            )]);
        }
    }
    Ok(Vec::new())
}

fn causes(look: &Views<'_>, text: &str) -> Result<Vec<(u8, Found)>, UiError> {
    let tallies = look.reading.tallies_by_hold()?;
    let count = |code: HoldCode| {
        let tally = tallies.iter().find(|tally| tally.word == code.word());
        tally.map_or(0, |tally| tally.count)
    };
    let mut found: Vec<(u8, Found)> = HoldCode::ALL
        .iter()
        .filter_map(|code| {
            let title = capital(&words::hold(code.word()));
            let fits = rank(&title, text)?;
            let orders = count(*code);
            let found = Found {
                kind: FoundKind::Cause,
                title,
                detail: match orders {
                    0 => "No orders now".into(),
                    orders => counted(orders, "order", "orders"),
                },
                tone: if orders > 0 { Tone::Stop } else { Tone::Plain },
                go: Go {
                    screen: Screen::Orders,
                    confirmations: None,
                    adjustments: None,
                    filter: Some(ListFilter {
                        cause: Some(code.word().into()),
                        ..whole(Tab::NeedsYou)
                    }),
                    number: None,
                    section: None,
                },
            };
            // Those that hold something now come first.
            Some((fits.max(1) + u8::from(orders == 0), found))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(OTHERS);
    Ok(found)
}

fn settings(text: &str) -> Vec<(u8, Found)> {
    let mut found: Vec<(u8, Found)> = crate::settings::titles()
        .filter_map(|(key, title, section, section_title)| {
            let fits = rank(title, text).or_else(|| rank(section_title, text).map(|_| 3))?;
            let found = Found {
                kind: FoundKind::Setting,
                title: title.into(),
                detail: format!("Settings · {section_title}"),
                tone: Tone::Plain,
                go: Go {
                    screen: Screen::Settings,
                    confirmations: None,
                    adjustments: None,
                    filter: None,
                    number: Some(key.into()),
                    section: Some(section.into()),
                },
            };
            Some((fits.max(1), found))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(OTHERS);
    found
}

/// A tab, whole.
fn whole(tab: Tab) -> ListFilter {
    ListFilter {
        tab,
        owner: None,
        cause: None,
        channel: None,
        find: None,
        put_off: false,
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn what_fits_wholly_comes_before_what_begins_so() {
        assert_eq!(rank("TEAPOT04", "teapot04"), Some(0));
        assert_eq!(rank("TEAPOT04", "tea"), Some(1));
        assert_eq!(rank("TEAPOT04", "04"), Some(2));
        assert_eq!(rank("TEAPOT04", "kettle"), None);
    }
}
