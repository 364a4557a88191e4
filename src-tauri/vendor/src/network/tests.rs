//! The network against a raw server on loopback that behaves badly.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

fn get(url: String) -> Request {
    Request {
        method: Method::Get,
        url,
        headers: vec![("x-test", Header::Plain("1".into()))],
        body: None,
        time_limit: Duration::from_secs(30),
        size_limit: 1000,
    }
}

/// Serves every connection with `behave` once the request's head has come; gives the
/// address of the server.
async fn server<F, T>(behave: F) -> String
where
    F: Fn(TcpStream, String) -> T + Send + 'static,
    T: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let head = head(&mut stream).await;
            tokio::spawn(behave(stream, head));
        }
    });
    address
}

async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0_u8; 1];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).await.unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

async fn said(text: &'static str) -> String {
    server(move |mut stream, _| async move {
        let _ = stream.write_all(text.as_bytes()).await;
    })
    .await
}

async fn exchange(request: &Request) -> Result<Response, WireFault> {
    Network::new().unwrap().exchange(request).await
}

#[tokio::test]
async fn a_request_arrives_as_written_and_its_answer_is_read_whole() {
    let address = server(|mut stream, head| async move {
        assert!(
            head.starts_with("PUT /v1/orders/SO-1?a=b HTTP/1.1\r\n"),
            "{head}"
        );
        assert!(head.contains("x-api-key: hunter2\r\n"), "{head}");
        assert!(head.contains("user-agent: Stockbridge/"), "{head}");
        let mut body = [0_u8; 2];
        stream.read_exact(&mut body).await.unwrap();
        assert_eq!(&body, b"{}");
        let _ = stream
            .write_all(b"HTTP/1.1 201 Created\r\nX-Odd: 1\r\nContent-Length: 4\r\n\r\ntrue")
            .await;
    })
    .await;
    let request = Request {
        method: Method::Put,
        headers: vec![("x-api-key", Header::Secret(SecretString::from("hunter2")))],
        body: Some(Bytes::from_static(b"{}")),
        ..get(format!("{address}/v1/orders/SO-1?a=b"))
    };
    let answer = exchange(&request).await.unwrap();
    assert_eq!(
        (answer.status, answer.body.as_ref()),
        (201, b"true".as_slice())
    );
    assert_eq!(answer.header("x-odd"), Some("1"));
}

#[tokio::test]
async fn nobody_listening_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let fault = exchange(&get(address)).await.unwrap_err();
    assert!(matches!(fault, WireFault::NotSent(_)), "{fault:?}");
}

#[tokio::test]
async fn a_server_without_tls_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    });
    let fault = exchange(&get(address)).await.unwrap_err();
    assert!(matches!(fault, WireFault::NotSent(_)), "{fault:?}");
}

#[tokio::test]
async fn an_unencrypted_address_elsewhere_is_not_even_tried() {
    let fault = exchange(&get("http://example.com/v2".into()))
        .await
        .unwrap_err();
    assert_eq!(
        fault.to_string(),
        "could not connect: example.com is neither https nor on loopback"
    );
}

#[tokio::test]
async fn a_key_no_header_can_carry_is_named_without_being_shown() {
    let request = Request {
        headers: vec![(
            "x-api-key",
            Header::Secret(SecretString::from("hunter2\nx")),
        )],
        ..get("http://127.0.0.1:1/".into())
    };
    let fault = exchange(&request).await.unwrap_err().to_string();
    assert!(
        fault.contains("x-api-key") && !fault.contains("hunter2"),
        "{fault}"
    );
}

#[tokio::test]
async fn a_connection_dropped_before_the_answer_may_have_done_its_work() {
    let address = server(|stream, _| async move { drop(stream) }).await;
    let fault = exchange(&get(address)).await.unwrap_err();
    assert!(matches!(fault, WireFault::Broken(_)), "{fault:?}");
}

#[tokio::test]
async fn an_answer_cut_short_is_no_answer() {
    let address = said("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Total\":").await;
    let fault = exchange(&get(address)).await.unwrap_err();
    assert!(matches!(fault, WireFault::Broken(_)), "{fault:?}");
}

#[tokio::test]
async fn a_silent_server_is_given_up_at_the_time_limit() {
    let address = server(|stream, _| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let request = Request {
        time_limit: Duration::from_millis(300),
        ..get(address)
    };
    assert_eq!(
        exchange(&request).await.unwrap_err(),
        WireFault::TimedOut(0)
    );
}

#[tokio::test]
async fn a_slow_drip_is_given_up_at_the_time_limit_however_steady() {
    let address = server(|mut stream, _| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
            .await;
        while stream.write_all(b".").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let request = Request {
        time_limit: Duration::from_millis(400),
        ..get(address)
    };
    assert_eq!(
        exchange(&request).await.unwrap_err(),
        WireFault::TimedOut(0)
    );
}

#[tokio::test]
async fn an_endless_answer_is_given_up_at_the_size_limit() {
    let address = server(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 400]).await.is_ok() {}
    })
    .await;
    assert_eq!(
        exchange(&get(address)).await.unwrap_err(),
        WireFault::TooLong(1000)
    );
}

#[tokio::test]
async fn an_answer_announced_as_a_gigabyte_is_not_begun() {
    let address = said("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n").await;
    assert_eq!(
        exchange(&get(address)).await.unwrap_err(),
        WireFault::TooLong(1000)
    );
}

#[tokio::test]
async fn a_redirect_comes_back_and_is_not_followed() {
    let elsewhere = server(|_, head| async move { panic!("was followed with {head}") }).await;
    let answer: &'static str =
        format!("HTTP/1.1 302 Found\r\nLocation: {elsewhere}/steal\r\nContent-Length: 0\r\n\r\n")
            .leak();
    let address = said(answer).await;
    let answer = exchange(&get(address)).await.unwrap();
    assert_eq!(answer.status, 302);
    assert_eq!(
        answer.header("location"),
        Some(format!("{elsewhere}/steal").as_str())
    );
}

#[tokio::test]
async fn nothing_is_sent_a_second_time_by_itself() {
    let counted = Arc::new(std::sync::atomic::AtomicU32::new(0));
    let count = Arc::clone(&counted);
    let address = server(move |stream, _| {
        count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move { drop(stream) }
    })
    .await;
    let request = Request {
        method: Method::Put,
        ..get(address)
    };
    assert!(exchange(&request).await.is_err());
    assert_eq!(counted.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[test]
fn a_machine_without_certificates_is_told_so_and_still_reaches_loopback() {
    if let Err(words) = outward_client() {
        assert!(words.contains("certificates"), "{words}");
    }
    assert!(Network::new().is_ok());
}
