//! The real programs: the sandbox served on loopback, and the command line run against
//! it, for what must be seen from outside.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use vendor::{Method, Network, Request, Wire as _};

use crate::world::STORE_KEY;

/// Where the command line's program is: beside this one, built first if need be.
pub fn program() -> PathBuf {
    built("stockbridge-cli")
}

/// Where the program of that package is: beside this one, built first unless
/// `STOCKBRIDGE_BUILT` says that all is.
pub fn built(package: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a path of our own");
    let folder = own.parent().expect("a folder");
    // Test binaries lie one folder deeper.
    let folder = if folder.ends_with("deps") {
        folder.parent().expect("a folder")
    } else {
        folder
    };
    if std::env::var_os("STOCKBRIDGE_BUILT").is_some() {
        return folder.join(package);
    }
    let release = folder.ends_with("release");
    let mut build = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    build.args(["build", "--quiet", "--package", package]);
    if release {
        build.arg("--release");
    }
    assert!(
        build.status().expect("cargo runs").success(),
        "{package} does not build"
    );
    folder.join(package)
}

/// A sandbox being served; stopped when dropped.
pub struct Served {
    child: Child,
    /// The line it printed.
    pub line: Value,
}

impl Served {
    /// Serves with these options.
    pub fn start(program: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(["sandbox", "serve"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the sandbox starts");
        let out = child.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).expect("a line");
        let line = serde_json::from_str(&line).expect("a line of JSON");
        Self { child, line }
    }

    /// Changes one thing of the sandbox's.
    pub async fn edit(&self, path: &str, body: Value) {
        let (is_done, answer) = self.try_edit(path, body).await;
        assert!(is_done, "{path}: {answer}");
    }

    /// The same, where a refusal is an answer too: whether it was done, and the answer. By hand,
    /// since it is the one method the product itself never uses.
    pub async fn try_edit(&self, path: &str, body: Value) -> (bool, String) {
        let control = self.line["control"].as_str().expect("an address");
        let (host, root) = control
            .strip_prefix("http://")
            .and_then(|rest| rest.split_once('/'))
            .expect("an address on this computer");
        let body = body.to_string();
        let request = format!(
            "PATCH /{root}/{path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut connection = tokio::net::TcpStream::connect(host)
            .await
            .expect("the sandbox listens");
        connection
            .write_all(request.as_bytes())
            .await
            .expect("it listens to the end");
        let mut answer = String::new();
        connection
            .read_to_string(&mut answer)
            .await
            .expect("it answers");
        (answer.starts_with("HTTP/1.1 2"), answer)
    }

    /// One control call.
    pub async fn control(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.try_control(method, path, body).await;
        assert!(status < 300, "{path}: {status} {answer}");
        answer
    }

    /// The same, where a refusal is an answer too.
    pub async fn try_control(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let url = format!(
            "{}/{path}",
            self.line["control"].as_str().expect("an address")
        );
        let request = Request {
            method,
            url,
            headers: vec![(
                "content-type",
                vendor::Header::Plain("application/json".into()),
            )],
            body: body.map(|body| body.to_string().into()),
            time_limit: Duration::from_secs(60),
            size_limit: 256 << 20,
        };
        let network = Network::new().expect("a network");
        let response = network
            .exchange(&request)
            .await
            .expect("the sandbox answers");
        let answer = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        (response.status, answer)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The command line over one folder of data.
pub struct Cli {
    program: PathBuf,
    folder: PathBuf,
    account_id: String,
    cin7_key: String,
    whistl_key: String,
}

impl Cli {
    /// The command line over that folder, with the sandbox's keys.
    pub fn new(program: &Path, folder: &Path, line: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Self {
            program: program.to_path_buf(),
            folder: folder.to_path_buf(),
            account_id: text(&line["cin7"]["account_id"]),
            cin7_key: text(&line["cin7"]["key"]),
            whistl_key: text(&line["whistl"]["key"]),
        }
    }

    /// A command, ready to be run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--data")
            .arg(&self.folder)
            .args(["--secrets", "env", "--json"])
            .args(arguments)
            .env("STOCKBRIDGE_CIN7_ACCOUNT_ID", &self.account_id)
            .env("STOCKBRIDGE_CIN7_KEY", &self.cin7_key)
            .env("STOCKBRIDGE_WHISTL_KEY", &self.whistl_key)
            .env("STOCKBRIDGE_STORE_KEY", STORE_KEY);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(arguments).output().expect("the program runs");
        let text = String::from_utf8_lossy(&stdout);
        let value = serde_json::from_str(&text).unwrap_or_else(|_| {
            panic!(
                "{arguments:?} printed no JSON: {text}{}",
                String::from_utf8_lossy(&stderr)
            )
        });
        (status.code().unwrap_or(-1), value)
    }

    /// Runs a command that must end with 0.
    pub fn must(&self, arguments: &[&str]) -> Value {
        let (status, value) = self.run(arguments);
        assert_eq!(status, 0, "{arguments:?}: {value}");
        value
    }

    /// Sets everything up for live sending to that sandbox.
    pub fn set_up(&self, line: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.must(&[
            "settings",
            "set",
            "cin7.base_url",
            &text(&line["cin7"]["base_url"]),
            "whistl.base_url",
            &text(&line["whistl"]["base_url"]),
            "cin7.location",
            "Whistl Fulfilment",
            "mode",
            "live",
        ]);
        self.must(&["connect", "cin7"]);
        self.must(&["connect", "whistl"]);
        for (method, service) in [
            ("Royal Mail Tracked 48", "WHI_STD"),
            ("Royal Mail Tracked 24", "WHI_STD"),
            ("DPD Next Day", "WHI_EXP"),
            ("International Tracked", "WHI_INT"),
        ] {
            self.must(&["map", "service", method, service]);
        }
    }

    /// Number and state of every order.
    pub fn states(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let mut arguments = vec!["orders", "--limit", "1000"];
            if let Some(after) = &after {
                arguments.extend(["--after", after]);
            }
            let page = self.must(&arguments);
            for order in page["orders"].as_array().into_iter().flatten() {
                let text = |name: &str| order[name].as_str().unwrap_or_default().to_owned();
                all.push((text("number"), text("state")));
            }
            match page["next"].as_str() {
                Some(next) => after = Some(next.to_owned()),
                None => return all,
            }
        }
    }
}

/// A sandbox being served, and the command line over a folder of its own.
pub struct Shop {
    /// Both vendors.
    pub served: Served,
    /// The command line.
    pub cli: Cli,
    /// The folder of the data.
    pub folder: tempfile::TempDir,
}

impl Shop {
    /// A sandbox with these options; nothing is set up yet.
    pub fn with(options: &[&str]) -> Self {
        let program = program();
        let served = Served::start(&program, options);
        let folder = tempfile::tempdir().expect("a folder");
        let cli = Cli::new(&program, folder.path(), &served.line);
        Self {
            served,
            cli,
            folder,
        }
    }

    /// One control call.
    pub fn control(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
            .block_on(self.served.control(method, path, body))
    }
}
