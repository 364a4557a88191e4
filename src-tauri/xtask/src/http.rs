//! One HTTP call to a server on this machine, for steering the sandbox. HTTP/1.0, so that
//! the answer ends where the connection does. Not for anything beyond loopback.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::json::Json;
use crate::trouble::Trouble;

const TIME_LIMIT: Duration = Duration::from_secs(20);
/// Largest answer taken, bytes.
const SIZE_LIMIT: u64 = 64 << 20;

/// A base address: `http://127.0.0.1:41001/sandbox`.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    path: String,
}

impl Server {
    /// Reads a base address; only loopback is taken.
    pub(crate) fn at(base: &str) -> Result<Self, Trouble> {
        let wrong = || Trouble::new(format!("“{base}” is not an http address on this machine."));
        let rest = base.strip_prefix("http://").ok_or_else(wrong)?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let address: SocketAddr = host.parse().map_err(|_| wrong())?;
        if !address.ip().is_loopback() {
            return Err(wrong());
        }
        let path = if path.is_empty() {
            String::new()
        } else {
            format!("/{}", path.trim_end_matches('/'))
        };
        Ok(Self { address, path })
    }

    /// One call; the answer's JSON, or trouble with the server's own words.
    pub(crate) fn call(&self, method: &str, path: &str, body: &str) -> Result<Json, Trouble> {
        let what = format!("{method} {}/{path}", self.path);
        let answer = self
            .exchange(method, path, body)
            .map_err(|error| Trouble::doing(&what, error))?;
        let (status, body) =
            split(&answer).ok_or_else(|| Trouble::doing(&what, "the answer is not HTTP"))?;
        if !(200..300).contains(&status) {
            return Err(Trouble::new(format!(
                "{what} was answered {status}: {body}"
            )));
        }
        if body.trim().is_empty() {
            return Ok(Json::Null);
        }
        Json::parse(body)
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&self.address, TIME_LIMIT)?;
        stream.set_read_timeout(Some(TIME_LIMIT))?;
        stream.set_write_timeout(Some(TIME_LIMIT))?;
        let request = format!(
            "{method} {}/{path} HTTP/1.0\r\nHost: {}\r\nAccept: application/json\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.path,
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.take(SIZE_LIMIT).read_to_end(&mut answer)?;
        String::from_utf8(answer).map_err(|_| std::io::Error::other("the answer is not in UTF-8"))
    }
}

/// Status and body of an answer.
fn split(answer: &str) -> Option<(u16, &str)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    head.starts_with("HTTP/").then_some((status, body))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::net::TcpListener;

    use super::*;

    /// Answers one call with this, and hands back the request's first line.
    fn answering(answer: &'static str) -> (Server, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/sandbox", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while lines
                .next()
                .is_some_and(|line| line.is_ok_and(|text| !text.is_empty()))
            {}
            stream.write_all(answer.as_bytes()).unwrap();
            first
        });
        (Server::at(&base).unwrap(), thread)
    }

    #[test]
    fn a_good_answer_is_read_as_json() {
        let (server, thread) = answering("HTTP/1.0 200 OK\r\nA: b\r\n\r\n{\"clock\":\"now\"}");
        let json = server.call("GET", "truth?part=cin7", "").unwrap();
        assert_eq!(json.text("clock"), "now");
        assert_eq!(
            thread.join().unwrap(),
            "GET /sandbox/truth?part=cin7 HTTP/1.0"
        );
    }

    #[test]
    fn a_refusal_is_told_in_the_servers_words() {
        let (server, thread) = answering("HTTP/1.1 404 Not Found\r\n\r\nno such order");
        let trouble = server.call("POST", "clock", "{}").unwrap_err().to_string();
        assert!(
            trouble.contains("404") && trouble.contains("no such order"),
            "{trouble}"
        );
        thread.join().unwrap();
    }

    #[test]
    fn what_is_no_http_is_trouble_and_not_a_panic() {
        let (server, thread) = answering("hello");
        assert!(server.call("GET", "truth", "").is_err());
        thread.join().unwrap();
    }

    #[test]
    fn only_this_machine_is_called() {
        for base in [
            "https://127.0.0.1:1/",
            "http://192.0.2.1:80",
            "http://example.org/x",
            "",
        ] {
            assert!(Server::at(base).is_err(), "{base}");
        }
        assert!(Server::at("http://[::1]:80/sandbox").is_ok());
    }
}
