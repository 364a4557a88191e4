//! The real network behind the seam. One request in, one response out: no redirect is
//! followed, nothing is repeated, every answer has a limit in time and in size.

use crate::{Request, Wire, WireFault, WireFuture};

/// HTTP over TCP and TLS. Cheap to clone; connections are kept and shared.
#[derive(Clone, Debug)]
pub struct Network {}

impl Network {
    /// Prepares the network; opens no connection. Fails when the system's
    /// certificates cannot be set up.
    pub fn new() -> Result<Self, WireFault> {
        todo!()
    }
}

impl Wire for Network {
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a> {
        let _ = request;
        todo!()
    }
}
