//! The sandbox over real loopback connections, with a client that sees every byte.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;
use crate::clock::Pace;
use crate::options::Profile;

struct Running {
    ready: Ready,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<(), ServeFault>>,
}

fn now() -> DateTime<Utc> {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn options() -> Options {
    Options {
        orders: 10,
        skus: 20,
        profile: Profile::Clean,
        pace: Pace::Manual,
        ..Options::at(now())
    }
}

async fn start(options: Options) -> Running {
    let (stop, stopped) = oneshot::channel();
    let (tell, told) = oneshot::channel();
    let ready = move |ready| drop(tell.send(ready));
    let stopped = async move { drop(stopped.await) };
    let server = tokio::spawn(serve(options, now(), ready, stopped));
    Running {
        ready: told.await.unwrap(),
        stop,
        server,
    }
}

impl Running {
    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.server.await.unwrap().unwrap();
    }

    fn keys(&self) -> String {
        let said = |vendor: &str, name: &str| {
            self.ready.announcement[vendor][name]
                .as_str()
                .unwrap()
                .to_owned()
        };
        format!(
            "api-auth-accountid: {}\r\napi-auth-applicationkey: {}\r\nX-Api-Key: {}\r\n\
             X-Client-Code: {}\r\n",
            said("cin7", "account_id"),
            said("cin7", "key"),
            said("whistl", "key"),
            said("whistl", "client_code"),
        )
    }

    /// Sends one request and reads until the other side closes.
    async fn exchange(&self, to: SocketAddr, method: &str, path: &str, body: &Value) -> String {
        let mut stream = self.send(to, method, path, body).await;
        let mut heard = Vec::new();
        // A broken line is what some tests want to see; what came before it counts.
        drop(stream.read_to_end(&mut heard).await);
        String::from_utf8(heard).unwrap()
    }

    async fn send(&self, to: SocketAddr, method: &str, path: &str, body: &Value) -> TcpStream {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let text = format!(
            "{method} {path} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\n{}Accept: \
             application/json\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.keys(),
            body.len(),
        );
        let mut stream = TcpStream::connect(to).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn control(&self, method: &str, call: &str, body: &Value) -> Value {
        let path = format!("/sandbox/{call}");
        let heard = self.exchange(self.ready.whistl, method, &path, body).await;
        assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
        serde_json::from_str(heard.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    async fn fault(&self, fault: &str, value: &Value) {
        let body = json!({ "vendor": "whistl", "fault": fault, "times": 1, "value": value });
        self.control("POST", "faults", &body).await;
    }
}

#[tokio::test]
async fn whoever_reads_the_printed_line_can_call_both_vendors() {
    let running = start(options()).await;
    let said = &running.ready.announcement;
    assert_eq!(
        said["cin7"]["base_url"],
        format!("http://{}/ExternalApi/v2", running.ready.cin7)
    );
    assert_eq!(
        said["control"],
        format!("http://{}/sandbox", running.ready.cin7)
    );
    assert_eq!(said["whistl"]["sftp"], Value::Null);

    let me = running
        .exchange(
            running.ready.cin7,
            "GET",
            "/ExternalApi/v2/me",
            &Value::Null,
        )
        .await;
    assert!(
        me.starts_with("HTTP/1.1 200") && me.contains("Harbour & Pine Ltd"),
        "{me}"
    );
    assert!(me.contains("date: Tue, 24 Nov 2026 09:00:00 GMT"), "{me}");
    let ping = running
        .exchange(running.ready.whistl, "GET", "/v1/ping", &Value::Null)
        .await;
    assert!(ping.starts_with("HTTP/1.1 200"), "{ping}");

    let path = "/sandbox/truth";
    for address in [running.ready.cin7, running.ready.whistl] {
        let truth = running.exchange(address, "GET", path, &Value::Null).await;
        assert!(
            truth.contains("\"calls\":{\"total\":1"),
            "control is on either address, uncounted"
        );
    }
    running.stop().await;
}

#[tokio::test]
async fn a_lost_reply_closes_the_connection_without_a_byte() {
    let running = start(options()).await;
    running.fault("F12", &json!("refused")).await;
    let heard = running
        .exchange(running.ready.whistl, "GET", "/v1/ping", &Value::Null)
        .await;
    assert_eq!(heard, "");
    let heard = running
        .exchange(running.ready.whistl, "GET", "/v1/ping", &Value::Null)
        .await;
    assert!(
        heard.starts_with("HTTP/1.1 200"),
        "the next call gets through: {heard}"
    );
    running.stop().await;
}

#[tokio::test]
async fn a_reply_cut_off_keeps_its_head_and_first_bytes_and_then_breaks() {
    let running = start(options()).await;
    let whole = running
        .exchange(running.ready.whistl, "GET", "/v1/items", &Value::Null)
        .await;
    running.fault("F05", &json!(40)).await;
    let cut = running
        .exchange(running.ready.whistl, "GET", "/v1/items", &Value::Null)
        .await;
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    let (_, full) = whole.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, &full[..40]);
    assert!(
        head.contains(&format!("content-length: {}", full.len())),
        "{head}"
    );
    running.stop().await;
}

#[tokio::test]
async fn a_silent_vendor_keeps_the_connection_open_and_holds_nobody_else_up() {
    let running = start(options()).await;
    running.fault("F12", &Value::Null).await;
    let waiting = running
        .send(running.ready.whistl, "GET", "/v1/ping", &Value::Null)
        .await;
    // Another call that counts calls proves that the silent one has arrived.
    loop {
        let truth = running
            .control("GET", "truth?part=whistl", &Value::Null)
            .await;
        if truth["whistl"]["calls"]["total"] == 1 {
            break;
        }
    }
    let heard = waiting.try_read(&mut [0; 16]);
    assert_eq!(heard.unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    running.stop().await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_and_not_read() {
    let running = start(options()).await;
    let address = running.ready.cin7;
    let text = format!(
        "POST /sandbox/cin7/sales HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
        20 * 1024 * 1024
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let piece = vec![b' '; 1024 * 1024];
    for _ in 0..17 {
        if stream.write_all(&piece).await.is_err() {
            break;
        }
    }
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 413");
    running.stop().await;
}

#[tokio::test]
async fn a_world_kept_in_a_file_is_the_same_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let options = Options {
        state: Some(path.clone()),
        ..options()
    };
    let running = start(options.clone()).await;
    running
        .control("POST", "clock", &json!({ "advance_seconds": 3600 }))
        .await;
    running
        .control("POST", "cin7/sales", &json!({ "Phone": "" }))
        .await;
    running
        .control(
            "POST",
            "faults",
            &json!({ "vendor": "whistl", "fault": "F11" }),
        )
        .await;
    let before = running.control("GET", "truth", &Value::Null).await;
    running.stop().await;

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it holds keys");
    }
    let again = start(Options {
        seed: 99,
        orders: 3,
        ..options
    })
    .await;
    assert_eq!(again.control("GET", "truth", &Value::Null).await, before);
    let faults = again.control("GET", "faults", &Value::Null).await;
    assert_eq!(faults["faults"][0]["fault"], "F11");
    again.stop().await;
}

#[tokio::test]
async fn a_state_file_that_is_none_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "milk, tea").unwrap();
    let options = Options {
        state: Some(path.clone()),
        ..options()
    };
    let fault = serve(options, now(), |_| {}, future::pending())
        .await
        .unwrap_err();
    let told = fault.to_string();
    assert!(
        told.contains("--state") && told.contains("notes.txt"),
        "{told}"
    );
    assert_eq!(std::fs::read_to_string(path).unwrap(), "milk, tea");
}

#[tokio::test]
async fn switches_from_a_file_are_on_from_the_start_and_a_bad_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faults.json");
    std::fs::write(&path, r#"[{"vendor":"whistl","fault":"F11"}]"#).unwrap();
    let options = Options {
        faults: Some(path.clone()),
        ..options()
    };
    let running = start(options.clone()).await;
    let ping = running
        .exchange(running.ready.whistl, "GET", "/v1/ping", &Value::Null)
        .await;
    assert!(ping.starts_with("HTTP/1.1 401"), "{ping}");
    running.stop().await;

    std::fs::write(
        &path,
        r#"[{"vendor":"whistl","fault":"F11"},{"vendor":"whistl","fault":"F99"}]"#,
    )
    .unwrap();
    let fault = serve(options, now(), |_| {}, future::pending())
        .await
        .unwrap_err();
    let told = fault.to_string();
    assert!(
        told.contains("--faults") && told.contains("[1]") && told.contains("F99"),
        "{told}"
    );
}

#[tokio::test]
async fn an_address_that_is_taken_is_named_with_its_option() {
    let running = start(options()).await;
    let options = Options {
        whistl: running.ready.cin7,
        ..options()
    };
    let fault = serve(options, now(), |_| {}, future::pending())
        .await
        .unwrap_err();
    assert!(fault.to_string().contains("--whistl"), "{fault}");
    running.stop().await;
}

#[tokio::test]
async fn who_serves_it_steers_it_by_the_same_calls_without_a_connection() {
    let running = start(Options {
        pace: Pace::Times(1.0),
        ..options()
    })
    .await;
    let steering = running.ready.steering.clone();
    let told = steering.steer("POST", "trade", &json!({ "orders": 2 }));
    assert_eq!(told.unwrap()["numbers"].as_array().unwrap().len(), 2);
    let wrong = steering.steer("POST", "trade", &json!({ "orders": 0 }));
    assert!(wrong.unwrap_err().contains("orders"));
    let stopped = steering.steer("POST", "pace", &json!({ "speed": 0 }));
    assert_eq!(stopped.unwrap()["speed"], 0.0);
    running.stop().await;
}
