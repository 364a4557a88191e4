//! The address of a sale's own page in Cin7 Core: the vendor's host over https, and no
//! other, whatever is set or stored.

/// Where people work in Cin7 Core: the API's own host (documented). That a sale's page is
/// `/Sale#` and its id is assumed; if it is not, the browser opens Cin7 Core and the sale is
/// to be looked up there by its number.
const HOST: &str = "https://inventory.dearsystems.com";

/// The page of a sale, if the account is at Cin7 Core itself and the id is one of its own.
pub(crate) fn of_sale(base_url: &str, sale_id: &str) -> Option<String> {
    let at_cin7 = base_url
        .strip_prefix(HOST)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let is_guid = sale_id.len() == 36 && sale_id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    (at_cin7 && is_guid).then(|| format!("{HOST}/Sale#{sale_id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALE: &str = "5d0f2a37-6f3b-4d39-9c13-1f7d3c6f2a10";

    #[test]
    fn a_sale_at_cin7_has_a_page() {
        let base = "https://inventory.dearsystems.com/ExternalApi/v2";
        assert_eq!(
            of_sale(base, SALE).as_deref(),
            Some("https://inventory.dearsystems.com/Sale#5d0f2a37-6f3b-4d39-9c13-1f7d3c6f2a10")
        );
    }

    #[test]
    fn nothing_else_is_ever_opened() {
        for base in [
            "http://127.0.0.1:41001/ExternalApi/v2",
            "https://inventory.dearsystems.com.evil.example/ExternalApi/v2",
            "https://evil.example/",
            "",
        ] {
            assert_eq!(of_sale(base, SALE), None, "{base}");
        }
        let base = "https://inventory.dearsystems.com/ExternalApi/v2";
        for id in [
            "",
            "x",
            "javascript:alert(1)",
            "5d0f2a37/6f3b/4d39/9c13/1f7d3c6f2a10",
        ] {
            assert_eq!(of_sale(base, id), None, "{id}");
        }
    }
}
