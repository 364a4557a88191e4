//! The real window on a screen, a session bus, a keychain and a notification service of its
//! own, driven through WebDriver as a person would: by what stands on it and by its keys.
//!
//! Needs Debian's `xvfb`, `dbus-daemon`, `gnome-keyring`, `webkit2gtk-driver` and `dunst`;
//! `cargo xtask test` installs or names them.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::program::built;

/// A screen and a session round the driver, which starts the window itself. The bus's
/// address is written down for who has to look at the keychain or the notifications.
const SESSION: &str = r#"
echo "$DBUS_SESSION_BUS_ADDRESS $DISPLAY" > "$STORY_FOLDER/session.new"
mv "$STORY_FOLDER/session.new" "$STORY_FOLDER/session"
if [ -n "$STORY_KEYCHAIN" ]; then
    printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
fi
exec WebKitWebDriver "$@"
"#;

/// A window, or an answer of its page, is given this long before a story fails. Long, since
/// two cores may build something else meanwhile; nothing waits for its end when all is well.
const PATIENCE: Duration = Duration::from_secs(60);

/// So often the driver is asked for a window before a story fails.
const OPENINGS: u32 = 3;

/// A computer with a screen and a session, on which the window may be opened.
pub struct Desk {
    session: Child,
    port: u16,
    bus: String,
    display: String,
    folder: tempfile::TempDir,
}

/// What the computer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keychain {
    /// A real one, unlocked.
    Unlocked,
    /// None at all.
    Missing,
}

impl Desk {
    /// A fresh computer.
    pub fn new(keychain: Keychain) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let mut command = Command::new("xvfb-run");
        command
            .args([
                "-a",
                "-s",
                "-screen 0 1280x800x24",
                "dbus-run-session",
                "--",
            ])
            .args(["sh", "-c", SESSION, "session"])
            .arg(format!("--port={port}"))
            .env("STORY_FOLDER", folder.path())
            .env(
                "STORY_KEYCHAIN",
                if keychain == Keychain::Unlocked {
                    "yes"
                } else {
                    ""
                },
            )
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("STOCKBRIDGE_DATA", folder.path().join("data"))
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        for (variable, place) in HOMES {
            command.env(variable, folder.path().join(place));
        }
        let session = command.spawn().expect("xvfb-run starts");
        let told = folder.path().join("session");
        wait_until("the session is up", || told.exists());
        let told = fs::read_to_string(told).expect("the session's address");
        let (bus, display) = told
            .trim()
            .split_once(' ')
            .expect("an address and a display");
        wait_until("the driver answers", || {
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        Self {
            session,
            port,
            bus: bus.to_owned(),
            display: display.to_owned(),
            folder,
        }
    }

    /// The data folder of the window.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program run in this computer's session, with its keychain and data folder.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("DISPLAY", &self.display)
            .env("STOCKBRIDGE_DATA", self.data());
        for (variable, place) in HOMES {
            command.env(variable, self.folder.path().join(place));
        }
        command
    }

    /// The command line over the window's data and keychain, to its end; its JSON answer.
    pub fn cli(&self, keys: &[(&str, &str)], arguments: &[&str]) -> Value {
        let output = self
            .command(built("stockbridge-cli"))
            .arg("--json")
            .args(arguments)
            .envs(keys.iter().copied())
            .output()
            .expect("the command line runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?}: {text}");
        serde_json::from_str(&text).expect("one JSON value")
    }

    /// Sets the data up for live sending to that sandbox, as a merchant did some day before.
    pub fn set_up(&self, line: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (account, cin7, whistl) = (
            text(&line["cin7"]["account_id"]),
            text(&line["cin7"]["key"]),
            text(&line["whistl"]["key"]),
        );
        let keys = [
            ("STOCKBRIDGE_CIN7_ACCOUNT_ID", account.as_str()),
            ("STOCKBRIDGE_CIN7_KEY", cin7.as_str()),
            ("STOCKBRIDGE_WHISTL_KEY", whistl.as_str()),
        ];
        let mut settings = vec!["settings", "set"];
        let (cin7_base, whistl_base) = (
            text(&line["cin7"]["base_url"]),
            text(&line["whistl"]["base_url"]),
        );
        settings.extend([
            "cin7.base_url",
            &cin7_base,
            "whistl.base_url",
            &whistl_base,
            "cin7.location",
            "Whistl Fulfilment",
            "mode",
            "live",
            "schedule.orders",
            "10",
        ]);
        self.cli(&keys, &settings);
        self.cli(&keys, &["connect", "cin7"]);
        self.cli(&keys, &["connect", "whistl"]);
        for (method, service) in [
            ("Royal Mail Tracked 48", "WHI_STD"),
            ("Royal Mail Tracked 24", "WHI_STD"),
            ("DPD Next Day", "WHI_EXP"),
            ("International Tracked", "WHI_INT"),
        ] {
            self.cli(&keys, &["map", "service", method, service]);
        }
    }

    /// Opens the window and waits until its page is there.
    pub async fn open(&self) -> Window {
        self.open_program(&built("stockbridge")).await
    }

    /// The same with any program that opens a window of this kind.
    pub async fn open_program(&self, program: &Path) -> Window {
        for time in 1..=OPENINGS {
            if let Some(window) = self.try_to_open(program).await {
                return window;
            }
            eprintln!("The window does not answer; opening it anew ({time} of {OPENINGS}).");
            self.end(program);
        }
        panic!("the window did not open, {OPENINGS} times");
    }

    /// Opens it and waits for its page. `None` where the driver falls silent: it can lose the
    /// answer to a question that meets a page which is only just being loaded.
    async fn try_to_open(&self, program: &Path) -> Option<Window> {
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "webkitgtk:browserOptions".into(),
            json!({ "binary": program, "args": [] }),
        );
        let address = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let opened = tokio::time::timeout(PATIENCE, builder.connect(&address));
        let client = opened.await.ok()?.expect("the window opens");
        let loaded = async {
            loop {
                let state = client.execute("return document.readyState", Vec::new());
                if state.await.is_ok_and(|state| state == "complete") {
                    return;
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        tokio::time::timeout(PATIENCE, loaded).await.ok()?;
        Some(Window { client })
    }

    /// Ends this program where it runs on this computer; the driver then knows that it is gone.
    fn end(&self, program: &Path) {
        let ours = format!("STOCKBRIDGE_DATA={}", self.data().display());
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let place = entry.path();
            let is_it = fs::read_link(place.join("exe")).is_ok_and(|exe| exe == program);
            let is_here = fs::read(place.join("environ")).is_ok_and(|all| {
                all.split(|byte| *byte == 0)
                    .any(|one| one == ours.as_bytes())
            });
            if is_it && is_here {
                let _ = Command::new("kill")
                    .arg("-KILL")
                    .arg(entry.file_name())
                    .status();
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The whole group: the screen, the bus, the driver, the window and what they started.
        let group = format!("-{}", self.session.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.session.wait();
    }
}

/// Where a program looks for its own things, each below the computer's folder.
const HOMES: [(&str, &str); 4] = [
    ("XDG_DATA_HOME", "share"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_CACHE_HOME", "cache"),
    ("HOME", "home"),
];

/// The open window.
pub struct Window {
    /// The driver, for what is asked once.
    pub client: Client,
}

impl Window {
    /// Waits until this stands somewhere in sight, and hands it over.
    pub async fn see(&self, text: &str) -> Element {
        let path = format!(
            "//body//*[contains(normalize-space(.), {0}) and not(*[contains(normalize-space(.), {0})])]",
            quoted(text)
        );
        self.find(&path, &format!("“{text}” to be seen")).await
    }

    /// Waits until this stands nowhere in sight.
    pub async fn see_no_more(&self, text: &str) {
        let waiting = Instant::now();
        while self.text().await.contains(text) {
            assert!(waiting.elapsed() < PATIENCE, "“{text}” still stands there");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Everything in sight, as text.
    pub async fn text(&self) -> String {
        let body = self.client.find(Locator::Css("body")).await;
        match body {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Presses the button, link, tab or menu entry of that name.
    pub async fn press(&self, name: &str) {
        let name = quoted(name);
        let path = format!(
            "//*[self::button or self::a or @role='tab' or @role='menuitem' or @role='option']\
             [not(@disabled)]\
             [normalize-space(.)={name} or @aria-label={name} or starts-with(normalize-space(.), {name})]"
        );
        let element = self.find(&path, &format!("a button {name}")).await;
        element.click().await.expect("it can be pressed");
    }

    /// Puts this into the field of that label, in place of what stood there.
    pub async fn fill(&self, label: &str, text: &str) {
        let label = quoted(label);
        let path = format!(
            "//*[self::input or self::textarea]\
             [@id=//label[starts-with(normalize-space(.), {label})]/@for or @aria-label={label}]"
        );
        let field = self.find(&path, &format!("a field {label}")).await;
        field.click().await.expect("the field takes the focus");
        self.keys(&format!(
            "{}a{}",
            char::from(Key::Control),
            char::from(Key::Null)
        ))
        .await;
        self.keys(&char::from(Key::Delete).to_string()).await;
        field.send_keys(text).await.expect("it can be typed");
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("a focus");
        focused.send_keys(keys).await.expect("keys arrive");
    }

    /// What the page's own script answers.
    pub async fn run(&self, script: &str) -> Value {
        self.client
            .execute(script, Vec::new())
            .await
            .expect("the script runs")
    }

    /// What the page's own script answers when it is done; it calls `arguments[0]` then.
    pub async fn run_later(&self, script: &str) -> Value {
        self.client
            .execute_async(script, Vec::new())
            .await
            .expect("the script runs")
    }

    /// A picture of the window, written to that file.
    pub async fn picture(&self, file: &Path) {
        // The driver takes it after the next painting, and on a page at rest there is none.
        self.run(
            "const dot = document.createElement('i');
             dot.style.cssText = 'position:fixed;right:0;bottom:0;width:1px;height:1px';
             document.body.append(dot);
             let on = false;
             const beat = setInterval(() => {
                 dot.style.background = (on = !on) ? 'rgb(0 0 0 / 0.4%)' : 'none';
             }, 30);
             window.endOfPicture = () => { clearInterval(beat); dot.remove(); };",
        )
        .await;
        let png = in_time(self.client.screenshot()).await.expect("a picture");
        self.run("window.endOfPicture()").await;
        fs::write(file, png).expect("a file");
    }

    /// Closes the driver's hold on the window.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }

    async fn find(&self, path: &str, what: &str) -> Element {
        let waiting = Instant::now();
        loop {
            let all = self.client.find_all(Locator::XPath(path));
            let all = in_time(all).await;
            for element in all.unwrap_or_default() {
                if in_time(element.is_displayed()).await.unwrap_or(false) {
                    return element;
                }
            }
            if waiting.elapsed() >= PATIENCE {
                let text = self.text().await;
                panic!("waited in vain for {what}. In sight:\n{text}");
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// An answer of the driver, which can lose one.
async fn in_time<T>(answer: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, answer)
        .await
        .expect("the driver answers in time")
}

/// Between two looks at the page: it tells a driver nothing by itself.
const LOOK: Duration = Duration::from_millis(100);

/// Waits for something outside the page, such as another program's answer.
pub fn wait_until(what: &str, is_so: impl FnMut() -> bool) {
    wait(what, PATIENCE, is_so);
}

/// Waits for what takes its minutes by a vendor's own limits.
pub fn wait_long_until(what: &str, is_so: impl FnMut() -> bool) {
    wait(what, PATIENCE * 4, is_so);
}

fn wait(what: &str, patience: Duration, mut is_so: impl FnMut() -> bool) {
    let waiting = Instant::now();
    while !is_so() {
        assert!(waiting.elapsed() < patience, "waited in vain until {what}");
        std::thread::sleep(LOOK);
    }
}

/// A port that nobody had a moment ago.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}

/// A text as XPath writes it; none of ours holds both kinds of quotation mark.
fn quoted(text: &str) -> String {
    if text.contains('\'') {
        format!("\"{text}\"")
    } else {
        format!("'{text}'")
    }
}
