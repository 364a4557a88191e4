use super::world::*;
use std::time::Instant;
#[test]
fn measure() {
    let mut world = World::new();
    let start = Instant::now();
    crate::fill::stock(world.store(), 100_000, noon()).unwrap();
    println!("fill of seven: {:?}", start.elapsed());
    let r = world.store().reading();
    let t = |what: &str, s: Instant| println!("{what}: {:?}", s.elapsed());
    let s = Instant::now(); let page = r.stock_lines(None, None, 50).unwrap(); t("page", s);
    let keys: Vec<_> = page.iter().map(|l| l.key).collect();
    let s = Instant::now(); r.trend_of(&keys, 7).unwrap(); t("trend of 50", s);
    let s = Instant::now(); r.stock_lines_like("00431", 50).unwrap(); t("like", s);
    let s = Instant::now(); r.stock_at(crate::ReconciliationKey(3)).unwrap(); t("at", s);
    let s = Instant::now(); r.stock_line_costs().unwrap(); t("costs", s);
    let s = Instant::now(); r.movements(noon()).unwrap(); t("movements", s);
    println!("{} bytes, {} history", world.store().size_in_bytes().unwrap(), world.count("stock_history"));
}
