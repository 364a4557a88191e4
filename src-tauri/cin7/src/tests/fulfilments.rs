//! What has been fulfilled of a sale, read from the sale and from its tasks.

use domain::fulfilment::TaskStage;
use expect_test::expect;
use serde_json::{Value, json};

use super::{body, sample, snapshot};
use crate::read_fulfilments;

fn of(sale: &Value) -> Result<Vec<domain::fulfilment::Fulfilment>, String> {
    read_fulfilments(sale.to_string().as_bytes()).map_err(|bad| bad.to_string())
}

fn tasks(name: &str) -> Vec<domain::fulfilment::Fulfilment> {
    read_fulfilments(&body(&sample(name))).unwrap()
}

#[test]
fn a_sale_shipped_in_one_box_is_read_whole() {
    snapshot(
        &tasks("23-sale-10421-shipped"),
        &expect![[r#"
        [
            Fulfilment {
                task: "7b8a40bd-9bf2-564d-8253-54fadcd84944",
                pick: Done,
                picked: [
                    TaskLine {
                        product: Some(
                            ProductId(
                                "2294366c-9adf-56a3-b804-da326d560837",
                            ),
                        ),
                        sku: "HPMUG001",
                        quantity: 2,
                        box_name: "",
                    },
                    TaskLine {
                        product: Some(
                            ProductId(
                                "92e13985-b111-5350-85df-b588c9f2a106",
                            ),
                        ),
                        sku: "HPMUG002",
                        quantity: 1,
                        box_name: "",
                    },
                ],
                pack: Done,
                packed: [
                    TaskLine {
                        product: Some(
                            ProductId(
                                "2294366c-9adf-56a3-b804-da326d560837",
                            ),
                        ),
                        sku: "HPMUG001",
                        quantity: 2,
                        box_name: "883120-1",
                    },
                    TaskLine {
                        product: Some(
                            ProductId(
                                "92e13985-b111-5350-85df-b588c9f2a106",
                            ),
                        ),
                        sku: "HPMUG002",
                        quantity: 1,
                        box_name: "883120-1",
                    },
                ],
                ship: Done,
                shipped: [
                    Shipment {
                        boxes: [
                            "883120-1",
                        ],
                        carrier: "Royal Mail Tracked 48",
                        tracking: "WQ900000015GB",
                        day: Some(
                            2026-11-24,
                        ),
                        is_shipped: true,
                    },
                ],
            },
        ]
    "#]],
    );
}

#[test]
fn a_task_goes_as_far_as_its_stages_say() {
    let shown = |name: &str| -> Vec<String> {
        let one = |task: &domain::fulfilment::Fulfilment| {
            format!("{:?} {:?} {:?}", task.pick, task.pack, task.ship)
        };
        tasks(name).iter().map(one).collect()
    };
    assert_eq!(shown("11-sale-10421-ordered"), ["Open Open Open"]);
    assert_eq!(shown("25-sale-10421-undone-by-user"), ["Open Open Open"]);
    assert_eq!(shown("33-sale-10422-part-shipped"), ["Done Done Done"]);
    assert_eq!(
        shown("34-10422-fulfilments"),
        ["Done Done Done", "Open Open Open"]
    );
    assert_eq!(
        shown("38-sale-10422-shipped"),
        ["Done Done Done", "Done Done Done"]
    );
}

#[test]
fn the_sale_and_the_question_for_its_tasks_tell_the_same() {
    let sale = tasks("33-sale-10422-part-shipped");
    assert_eq!(sale[0], tasks("34-10422-fulfilments")[0]);
}

#[test]
fn a_simple_sale_without_tasks_has_one_of_its_own_and_something_else_is_no_sale() {
    let id = "7B8A40BD-9BF2-564D-8253-54FADCD84944";
    let mut bare = json!({"ID": id, "Type": "Simple Sale"});
    for told in [Value::Null, json!([])] {
        bare["Fulfilments"] = told;
        let own = of(&bare).unwrap();
        assert_eq!((own.len(), own[0].task.as_str()), (1, &*id.to_lowercase()));
        assert_eq!(own[0].pick, TaskStage::Open);
    }
    bare["Type"] = json!("Advanced Sale");
    assert_eq!(of(&bare), Ok(vec![]));
    assert_eq!(
        of(&json!({"ok": true})).unwrap_err(),
        "a record: SaleID: expected the sale's id (found nothing)"
    );
    assert!(of(&json!([{"ErrorCode": 400}])).is_err());
    assert!(of(&json!({"ID": "x", "Fulfilments": {}})).is_err());
}

#[test]
fn a_box_packed_with_a_comma_in_its_name_is_one_box_when_shipped() {
    let told = json!({"SaleID": "x", "Fulfilments": [{"TaskID": "1",
        "Pack": {"Status": "AUTHORISED", "Lines": [
            {"SKU": "S", "Quantity": 1, "Box": "D1,A/1"}, {"SKU": "S", "Quantity": 1, "Box": "D1/2"}]},
        "Ship": {"Status": "AUTHORISED", "Lines": [
            {"Boxes": "D1,A/1"}, {"Boxes": "D1/2, D1,A/1"}]}}]});
    let shipped = &of(&told).unwrap()[0].shipped;
    assert_eq!(shipped[0].boxes, ["D1,A/1"]);
    assert_eq!(shipped[1].boxes, ["D1/2", "D1,A/1"]);
}

#[test]
fn odd_tasks_are_read_as_far_as_they_go() {
    let odd = json!({"SaleID": "x", "Fulfilments": [
        {"TaskID": " 7B8A40BD-9BF2-564D-8253-54FADCD84944 ", "Pick": null, "Pack": {"Status": null},
         "Ship": {"Status": "partially authorised", "Lines": [
            {"Boxes": " A , B,,", "Carrier": null, "TrackingNumber": " T1,T2 ", "IsShipped": "true"},
            {}]}},
        {"TaskID": "2", "Pick": {"Status": "VOIDED", "Lines": [
            {"ProductID": "00000000-0000-0000-0000-000000000000", "SKU": "S", "Quantity": "1.2500",
             "Box": "stray"}]},
         "Pack": {"Status": "Levitating"}},
    ]});
    let read = of(&odd).unwrap();
    assert_eq!(read[0].task, "7b8a40bd-9bf2-564d-8253-54fadcd84944");
    assert_eq!(
        (&read[0].pick, &read[0].pack),
        (&TaskStage::Open, &TaskStage::Open)
    );
    assert_eq!(read[0].ship, TaskStage::Partly);
    let line = &read[0].shipped[0];
    assert_eq!(line.boxes, ["A", "B"]);
    assert_eq!((line.tracking.as_str(), line.is_shipped), ("T1,T2", true));
    assert!(read[0].shipped[1].boxes.is_empty() && !read[0].shipped[1].is_shipped);
    assert_eq!(read[1].pick, TaskStage::Voided);
    assert_eq!(read[1].pack, TaskStage::Unknown("Levitating".into()));
    let picked = &read[1].picked[0];
    assert_eq!(
        (picked.product.clone(), picked.box_name.as_str()),
        (None, "")
    );
    assert_eq!(picked.quantity.to_string(), "1.2500");
}

#[test]
fn one_field_at_fault_is_named_and_spoils_the_answer() {
    let with = |place: &str, value: Value| {
        let mut sale = sample("38-sale-10422-shipped")["response"]["body"].clone();
        *sale.pointer_mut(place).unwrap() = value;
        of(&sale).unwrap_err()
    };
    assert_eq!(
        with("/Fulfilments/1/TaskID", json!(" ")),
        "SO-10422: Fulfilments[1].TaskID: expected the task's id (found \" \")"
    );
    assert_eq!(
        with("/Fulfilments/0/Pack/Lines/2/Quantity", Value::Null),
        "SO-10422: Fulfilments[0].Pack.Lines[2].Quantity: expected a number (found nothing)"
    );
    assert!(
        with("/Fulfilments/0/Pick/Lines/0/Quantity", json!("two"))
            .starts_with("SO-10422: Fulfilments[0].Pick.Lines[0].Quantity: "),
    );
    assert!(
        with("/Fulfilments/0/Ship/Lines/0/IsShipped", json!("perhaps"))
            .starts_with("SO-10422: Fulfilments[0].Ship.Lines[0].IsShipped: "),
    );
    let cut = body(&sample("38-sale-10422-shipped"));
    assert_eq!(read_fulfilments(&cut[..200]).unwrap_err().field, ".");
}
