//! The faults this vendor plays, by the names of the contract's section 15 and a few of
//! our own, with what their `value` means. How each is played stands where it strikes.

use crate::faults::Known;

const fn fault(name: &'static str, does: &'static str) -> Known {
    Known { name, does }
}

/// Every fault of orders, despatches and stock. Those of files are not played.
pub const FAULTS: &[Known] = &[
    fault(
        "F01",
        "a submit or cancel is accepted, then the reply is lost; value \"timeout\" keeps the \
         connection open and silent, else it closes",
    ),
    fault(
        "F02",
        "a submit or cancel never arrives; value \"timeout\" stays silent, else the connection \
         closes",
    ),
    fault(
        "F03",
        "a look-up gives 404 for value seconds after acceptance (60, at most an hour)",
    ),
    fault(
        "F04",
        "a second PUT under a live reference makes a second order",
    ),
    fault(
        "F05",
        "the connection breaks after value bytes of the reply's body (half of it)",
    ),
    fault(
        "F06",
        "a 5xx; value 500, 502, 503 (default) or 504, or {\"status\", \"retry_after\", \
         \"processed\": true if the call took effect all the same}",
    ),
    fault(
        "F07",
        "a 429; value seconds (17), \"date\" or {\"date\": seconds} for an HTTP date, \"none\" \
         without any word on the wait",
    ),
    fault(
        "F08",
        "the JSON is cut off within a complete reply, or spoilt with value \"malformed\"",
    ),
    fault(
        "F09",
        "a proxy's HTML page with 200, or with 404 for value \"404\"; {\"status\", \"processed\": \
         true} if the call took effect all the same",
    ),
    fault(
        "F10",
        "odd types in good replies; value text_numbers, float_numbers, null_lists, extra_fields, \
         missing_optionals, or all of them by default",
    ),
    fault("F11", "the key is withdrawn: 401"),
    fault(
        "F12",
        "no network: silence, or value \"refused\" for a closed connection",
    ),
    fault(
        "F13",
        "feed items come twice; value \"same_seq\" (default) within the page, \"new_seq\" again \
         under new numbers, \"page\" the whole page on the next call",
    ),
    fault(
        "F14",
        "an order event, despatch or adjustment is kept back for value seconds (5 days) while the \
         cursor passes it",
    ),
    fault(
        "F15",
        "the cursor does not move and more is promised; value \"empty\" without items",
    ),
    fault("F16", "410 for any cursor"),
    fault(
        "F17",
        "a backup is restored and announced: new epoch, all events, despatches and adjustments \
         again (use times 1)",
    ),
    fault(
        "F18",
        "a backup is restored in silence: the last value (3) entries of the feed that is read \
         (events, unless it is despatches or adjustments) are lost and their numbers and ids used \
         again (use times 1)",
    ),
    fault(
        "F19",
        "times without an offset, or wrong by value seconds (Date and server_time too)",
    ),
    fault(
        "F20",
        "the default service is applied whatever was asked; value \"warning\" says so, \"silent\" \
         (default) does not",
    ),
    fault(
        "F21",
        "the order is refused as a whole; value a reason code, a list of codes or of {code, \
         field, value, message}, or {\"reasons\", \"first_only\": true}; SKU_UNKNOWN by default",
    ),
    fault(
        "F22",
        "202 and decided later: refused after value seconds (3 h), or {\"seconds\", \"outcome\": \
         \"accepted\" or \"rejected\", \"reasons\"}; \"accepted\" alone is accepted after 3 h",
    ),
    fault(
        "F23",
        "accepted, then held by a carrier error; value seconds until released (2 days) or \
         \"never\", or {\"hold_after\": seconds (60), \"release_after\"}",
    ),
    fault(
        "F24",
        "an accepted or deferred order is despatched before its submission is answered; its \
         events come value seconds (1 h) later",
    ),
    fault(
        "F25",
        "a despatch names its order by an unknown reference (value \"unknown\", default, or \
         {\"ref\"}), with something before it (\"prefix\" or {\"prefix\"}) or in small letters \
         (\"case\")",
    ),
    fault(
        "F26",
        "value (1) units more than ordered leave, or with \"unordered\" or {\"sku\", \"quantity\"} a \
         SKU that is not on the order",
    ),
    fault(
        "F27",
        "the whole rest of an order leaves in three parts an hour apart, the last a unit short \
         (default), none short (\"parts\", or {\"parts\": n, \"short\": bool}), or nothing leaves and \
         all is cancelled (\"all_short\"); with \"not_final\" order_final is false though it is \
         true, with \"no_flag\" it is left out",
    ),
    fault(
        "F28",
        "tracking numbers come by a revision after value seconds (1 h, or {\"late\": seconds}), \
         the same number stands on two parcels (\"twice\"), a number has 60 characters (\"long\" or \
         {\"long\": n}), or there are {\"parcels\": n}",
    ),
    fault("F29", "a despatch is voided after value seconds (1 h)"),
    fault(
        "F30",
        "a cancel races picking: 202, then cancelled (value \"pending\", default) or \"refused\" \
         after ten minutes, or 409 at once (\"too_late\"); {\"outcome\", \"seconds\"}",
    ),
    fault(
        "F31",
        "an adjustment is of a SKU that nobody set up (value \"sku\", default, or {\"sku\"}), for a \
         reason nobody agreed on (\"reason\" or {\"reason\"}), or of nothing (\"zero\")",
    ),
    fault(
        "F32",
        "an adjustment is reversed after value seconds (1 h); \"early\" or {\"early\": seconds}: the \
         reversal can be read before it; \"inexact\" or {\"inexact\": seconds}: the reversal tells a \
         unit too many",
    ),
    fault(
        "F33",
        "a revision changes the quantity of an adjustment after value seconds (1 h); nothing moves",
    ),
    fault(
        "F34",
        "a snapshot is torn: rows that moved since are as they stand now (value \"torn\", default), \
         its second page is of another (\"pages\"), a row is missing (\"missing\" or {\"missing\": \
         sku}), its count is wrong (\"count\"), it is not complete (\"incomplete\"), has expired \
         (\"expired\"), or there is none (\"none\")",
    ),
    fault(
        "F35",
        "a SKU in an adjustment or a snapshot is in the other case (value \"case\", default), has \
         blanks behind it (\"spaces\"), or has lost the noughts it begins with (\"zeros\")",
    ),
    fault(
        "F45",
        "words nobody agreed on; value \"status\", \"hold\", \"rejection\" or \"reason\" (why a \
         line was cancelled, or stock adjusted) for one kind, or an object with the word for each",
    ),
    fault(
        "F47",
        "an accepted order is dropped without any message after value seconds (1 h)",
    ),
    fault("F48", "an adjustment is made and nobody is ever told of it"),
    fault(
        "backorder",
        "an order beyond the available stock becomes BACKORDERED",
    ),
    fault(
        "no_stock",
        "an order beyond the available stock is refused with NO_STOCK",
    ),
    fault(
        "customs_data",
        "orders outside GB need customs data (CUSTOMS_DATA)",
    ),
    fault("ip_not_allowed", "403 for the caller's address"),
    fault("slow", "the reply comes after value seconds (10)"),
    fault("endless", "the reply's body is repeated for ever"),
    fault(
        "giant",
        "the reply is padded by value bytes (9 MiB, at most 64 MiB)",
    ),
    fault("redirect", "302 to value, by default a host elsewhere"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_listed_once_with_what_it_does() {
        let mut names: Vec<_> = FAULTS.iter().map(|known| known.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FAULTS.len());
        assert!(FAULTS.iter().all(|known| known.does.len() > 10));
    }
}
