//! The network as practice has it: this computer, and nothing else. Whatever address is
//! entered in the settings meanwhile, nothing leaves the machine.

use vendor::{Network, Request, Wire, WireFault, WireFuture, check_base};

/// The network up to the edge of this computer.
pub(crate) struct ThisComputer(Network);

impl ThisComputer {
    /// That part of the network.
    pub(crate) fn of(network: Network) -> Self {
        Self(network)
    }
}

impl Wire for ThisComputer {
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a> {
        if is_here(&request.url) {
            return self.0.exchange(request);
        }
        Box::pin(async {
            Err(WireFault::NotSent(
                "practice mode calls nobody outside this computer".into(),
            ))
        })
    }
}

/// Whether the address is on this computer: plain http is taken nowhere else.
fn is_here(url: &str) -> bool {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    check_base(&url[..end]).is_ok_and(|base| base.as_str().starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use vendor::Method;

    use super::*;

    #[test]
    fn only_this_computer_is_here() {
        assert!(is_here(
            "http://127.0.0.1:41001/ExternalApi/v2/saleList?Page=1&Limit=1000"
        ));
        assert!(is_here("http://[::1]:80/v1/ping"));
        for elsewhere in [
            "https://inventory.dearsystems.com/ExternalApi/v2/me",
            "https://127.0.0.1.evil.example/",
            "https://evil.example/?http://127.0.0.1/",
            "http://evil.example/#http://127.0.0.1/",
            "http://10.0.0.1/",
            "http://127.0.0.1@evil.example/",
            "file:///etc/passwd",
        ] {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
    }

    #[tokio::test]
    async fn a_call_to_the_real_vendor_is_never_sent() {
        let wire = ThisComputer::of(Network::new().unwrap());
        let request = Request {
            method: Method::Get,
            url: "https://inventory.dearsystems.com/ExternalApi/v2/me".into(),
            headers: Vec::new(),
            body: None,
            time_limit: Duration::from_secs(1),
            size_limit: 1,
        };
        let sent = wire.exchange(&request).await;
        assert!(matches!(sent, Err(WireFault::NotSent(_))), "{sent:?}");
    }
}
