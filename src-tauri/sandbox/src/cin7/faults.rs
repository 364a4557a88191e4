//! The faults this account can play, by their names in the vendor's reference, and
//! the small window through which a call asks the switchboard about them.

use serde_json::Value;

use crate::faults::{Known, Switch, Switchboard, Vendor};
use crate::http::Moment;

/// Every fault, with what it does and what its `value` means. A name that is not here
/// is refused by the control interface.
pub const FAULTS: &[Known] = &[
    // The call as a whole.
    known(
        "limit_shape",
        "shape of the limit's refusals: value 429 (usual), 503, 400 or 403, or {\"shape\":429,\
         \"recovery_seconds\":31}; with times, after, for_seconds or match it refuses at once",
    ),
    known(
        "limit_early",
        "the limit refuses from call 53 on; value: another number",
    ),
    known(
        "limit_now",
        "refuses the call as if the limit were reached; value: the shape",
    ),
    known(
        "server_503",
        "503 without the limit sentence; value \"empty\" for no body, \"after\" once it took effect",
    ),
    known(
        "server_500",
        "500; value \"empty\" for no body, \"after\" once it took effect",
    ),
    known("html_200", "200 with an HTML page on a right path"),
    known(
        "redirect_loop",
        "302 to another host; value: the address, or \"loop\" for the same one",
    ),
    known(
        "ignore_params",
        "filters have no effect; value: a list of the parameters meant",
    ),
    known(
        "timeout_before",
        "the connection drops before the effect; value \"silent\" hangs",
    ),
    known(
        "timeout_after",
        "the connection drops after the effect; value \"silent\" hangs",
    ),
    known("slow", "answers after value seconds (90)"),
    known("key_revoked", "403 Incorrect credentials!"),
    known(
        "key_swapped_account",
        "me names another company; value: its name",
    ),
    known("clock_skew", "the vendor's clock is value minutes off (5)"),
    // The answer on its way.
    known("error_object", "a single error object instead of the array"),
    known("malformed_json", "the JSON is broken in the middle"),
    known(
        "truncated_json",
        "the body ends early, cleanly; value: bytes kept (half)",
    ),
    known(
        "cut_off",
        "the connection breaks inside the body; value: bytes sent (half)",
    ),
    known("endless", "a body without end"),
    known(
        "giant",
        "a body of value bytes (1 GiB; above 64 MiB it has no end)",
    ),
    known(
        "wrong_type",
        "value {\"field\":\"Order.Lines[0].Quantity\",\"as\":{},\"row\":0}: that field of one row \
         is something else; match.number chooses the row",
    ),
    known(
        "null_fields",
        "fields of one row are null; value: their paths",
    ),
    known(
        "missing_fields",
        "fields of one row are missing; value: their paths",
    ),
    known(
        "unknown_status_word",
        "a status outside every list on one sale; value: the word, or {\"field\",\"word\"}",
    ),
    known(
        "tracking_over_256",
        "CombinedTrackingNumbers of one row is cut; value: after how many characters (half)",
    ),
    // Lists.
    known(
        "stale_list",
        "saleList lags the detail by value seconds (60)",
    ),
    known(
        "page_drift",
        "a row moves to an earlier page while paging; value \"silent\": it slips unseen",
    ),
    known(
        "short_snapshot",
        "availability leaves out value rows (3) and Total agrees",
    ),
    known(
        "omit_zero_rows",
        "value false: availability keeps rows whose figures are all 0",
    ),
    known("split_rows", "availability spreads levels over two bins"),
    known(
        "simple_has_task",
        "value \"no\": an untouched sale shows no Fulfilments row",
    ),
    // Writes.
    known("put_405", "PUT is not allowed"),
    known(
        "accept_and_drop",
        "200 and nothing is changed; a document that is completed says so and moves nothing, \
         with value \"unsaved\" it is a draft again",
    ),
    known(
        "level_moved",
        "stock of a document's first line moves just before it is taken; value: by how much (-1), \
         or {\"sku\",\"change\"}",
    ),
    known(
        "nothing_to_do",
        "an adjustment is refused: there is no need to create it",
    ),
    known(
        "errors_in_200",
        "a write-off that is completed stays a draft and says why inside a 200; value: the text",
    ),
    known(
        "void_refused",
        "a document cannot be voided: its stock was used",
    ),
    known(
        "carrier_unknown",
        "value \"refuse\": a carrier not in ref/carrier is refused; \"store\" (usual): it is kept",
    ),
    known(
        "short_stock",
        "a pick is refused for lack of stock; value: the SKU (that of its last line)",
    ),
    known(
        "external_location",
        "a shipment is refused: a product is from an external location",
    ),
    known(
        "on_hand_drop",
        "value \"pick\": OnHand falls at the pick; \"ship\" (usual): at the shipment",
    ),
    // What the office does while we look the other way; Updated moves.
    known(
        "sale_edited",
        "the sale is edited; value: the patch (telephone and second line)",
    ),
    known("sale_voided", "the sale is voided"),
    known(
        "sale_undone",
        "picks, packs and shipments of the sale are undone",
    ),
    known(
        "stage_done_by_user",
        "value \"pick\", \"pack\" or \"ship\": done by hand; or a body as of POST \
         cin7/sales/{number}/fulfil",
    ),
    known(
        "open_draft",
        "a pick is begun by hand and left as a draft; value \"empty\": without lines",
    ),
    known(
        "order_status_word",
        "Order.Status is value (FULFILLED) once everything is shipped",
    ),
    known(
        "sku_renamed",
        "match.number a SKU: same ID, new SKU; value: the SKU",
    ),
    known(
        "sku_deprecated",
        "match.number a SKU: the product is withdrawn",
    ),
    known(
        "sku_case_twin",
        "match.number a SKU: a product with the same code in lower case",
    ),
    known(
        "sku_prefix_twin",
        "match.number a SKU: a product whose code is longer; value: it",
    ),
    known("locked_period", "LockDate is set; value: the date"),
    // How the sale is; Updated does not move.
    known("auth_no_alloc", "Order.Status is AUTH_NO_ALLOC"),
    known(
        "backorder",
        "the first line is on backorder; value: how much of it (all)",
    ),
    known("on_credit_hold", "the customer is on credit hold"),
    known("becomes_advanced", "Type is Advanced Sale"),
    known("service_line", "the sale has a line of a service"),
    known(
        "non_inventory_line",
        "the sale has a line that is not inventory",
    ),
    known(
        "kit_line",
        "the sale has a line of a kit that Cin7 assembles",
    ),
    known(
        "batch_line",
        "the sale has a line of a product with batches",
    ),
    known("dropship_line", "the last line ships from the supplier"),
    known(
        "duplicate_sku_lines",
        "the first line's SKU is on two lines",
    ),
    known(
        "no_phone",
        "no telephone on sale or contact; value \"sale\": only on the sale",
    ),
    known(
        "no_email",
        "no e-mail on sale or contact; value \"sale\": only on the sale",
    ),
    known("no_customer", "the sale has no customer and no name"),
    known(
        "display_lines_only",
        "the address is in its display lines only",
    ),
    known(
        "country_name_odd",
        "the country is a name of no country; value: the name",
    ),
    known(
        "empty_order_lines",
        "Order.Lines is empty, the lines are in Fulfilments",
    ),
];

const fn known(name: &'static str, does: &'static str) -> Known {
    Known { name, does }
}

/// Whether `OnHand` is to fall at the pick already (A26, the other way).
pub(super) fn falls_at_pick(board: &Switchboard) -> bool {
    board.list().iter().any(|switch| {
        switch.vendor == Vendor::Cin7
            && switch.fault == "on_hand_drop"
            && switch.value.as_ref().and_then(Value::as_str) == Some("pick")
    })
}

/// The switchboard as one call sees it.
pub(super) struct Play<'a> {
    board: &'a mut Switchboard,
    path: &'a str,
    now: Moment,
    /// The order numbers, IDs and SKUs the call names itself.
    pub(super) subjects: Vec<String>,
}

impl<'a> Play<'a> {
    pub(super) fn new(
        board: &'a mut Switchboard,
        path: &'a str,
        now: Moment,
        subjects: Vec<String>,
    ) -> Self {
        Self {
            board,
            path,
            now,
            subjects,
        }
    }

    /// Whether the fault hits this call, or something in it that goes by `names`.
    pub(super) fn fires(&mut self, fault: &str, names: &[&str]) -> Option<Value> {
        let mut subjects: Vec<&str> = self.subjects.iter().map(String::as_str).collect();
        subjects.extend(names);
        self.board
            .fires(Vendor::Cin7, fault, self.path, &subjects, self.now)
    }

    /// The switches of that name, spent ones included.
    pub(super) fn switches<'s>(&'s self, fault: &'s str) -> impl Iterator<Item = &'s Switch> {
        let all = self.board.list().iter();
        all.filter(move |switch| switch.vendor == Vendor::Cin7 && switch.fault == fault)
    }

    /// Whether levels fall at picks that nobody calls for.
    pub(super) fn falls_at_pick(&self) -> bool {
        falls_at_pick(self.board)
    }

    /// Whether there is any switch of that name: asked first, since most are off.
    pub(super) fn is_on(&self, fault: &str) -> bool {
        self.switches(fault).next().is_some()
    }

    /// Whether a switch of that name asks for one of these by number.
    pub(super) fn asks_for(&self, fault: &str, names: &[&str]) -> bool {
        self.switches(fault)
            .filter_map(|switch| switch.number.as_deref())
            .any(|number| names.iter().any(|name| name.eq_ignore_ascii_case(number)))
    }
}
