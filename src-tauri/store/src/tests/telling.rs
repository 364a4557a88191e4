//! A window is told what a commit touched, once it is on disk.

use std::sync::{Arc, Mutex};

use super::world::{World, after};
use crate::{Changes, Cursor, StoreFault};

fn listening(world: &mut World) -> Arc<Mutex<Vec<Changes>>> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    world
        .store()
        .tell(move |changes| ear.lock().unwrap().push(changes));
    heard
}

#[test]
fn a_commit_tells_what_it_touched_and_a_call_is_told_apart() {
    let mut world = World::new();
    let heard = listening(&mut world);
    world.sale(1);
    world.store().note_call("cin7", "orders", after(1)).unwrap();
    let told = heard.lock().unwrap().clone();
    assert!(told[0].orders && !told[0].calls, "{told:?}");
    let calls = Changes {
        calls: true,
        ..Changes::default()
    };
    assert_eq!(told[1..], [calls]);
}

#[test]
fn what_was_rolled_back_is_not_told() {
    let mut world = World::new();
    let heard = listening(&mut world);
    let failed: Result<(), StoreFault> = world.store().write(|w| {
        let cursor = Cursor {
            value: "1".into(),
            epoch: String::new(),
            at: after(0),
        };
        w.put_cursor("sales", &cursor)?;
        Err(StoreFault::Full)
    });
    assert!(failed.is_err());
    world.store().write(|w| w.heartbeat(after(1))).unwrap();
    assert_eq!(*heard.lock().unwrap(), []);
}
