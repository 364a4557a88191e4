//! The window's figures beside an empty window's, measured in the same run on a virtual
//! screen: from the start of the process to the first useful paint with very many orders
//! stored, and what the whole app takes of the memory after an hour of practice.
//!
//! `speed [ORDERS] [PRACTICE MINUTES]`; the empty window must have been built before.

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The window is driven through WebKitWebDriver, which only Linux has.");
    std::process::exit(1);
}

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: u64| {
        arguments
            .get(at)
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    if arguments.first().is_some_and(|first| first == "fill") {
        linux::fill(number(1, 1_000_000));
        return std::process::ExitCode::SUCCESS;
    }
    let (orders, minutes) = (number(0, 1_000_000), number(1, 60));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    if runtime.block_on(linux::measure(orders, minutes)) {
        std::process::ExitCode::SUCCESS
    } else {
        std::process::ExitCode::FAILURE
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use engine::clock::SystemClock;
    use home::Keeper;
    use stockbridge_tests::program::{Served, built};
    use stockbridge_tests::window::{Desk, Keychain, Window};
    use vendor::Clock as _;

    /// Each window is opened so often, in turn with the other; the median counts.
    const RUNS: usize = 5;
    const START_BUDGET: f64 = 1.5;
    const MEMORY_BUDGET: f64 = 1.3;
    /// What a later half may lie above the earlier and still be flat.
    const FLAT: f64 = 1.05;
    /// Practice runs at this many times the real speed.
    const PRACTICE_SPEED: u64 = 10;
    const EACH: Duration = Duration::from_secs(10);

    /// Stores that many orders, in the session whose keychain has the store's key.
    pub(super) fn fill(orders: u64) {
        let folder = home::data_folder(None).expect("a folder");
        let now = SystemClock.now();
        let key = Keeper::keychain().store_key().expect("a keychain");
        let options = store::Options {
            durability: store::Durability::Fast,
            program: "speed",
            now,
        };
        let mut store = store::Store::open(&folder, key, options).expect("a store");
        store::fill::sales(&mut store, 1, orders, now).expect("filled");
    }

    pub(super) async fn measure(orders: u64, minutes: u64) -> bool {
        let (window, empty) = (built("stockbridge"), empty());
        let served = Served::start(
            &built("stockbridge-cli"),
            &["--orders", "0", "--profile", "clean"],
        );
        let desk = Desk::new(Keychain::Unlocked);
        desk.set_up(&served.line);
        println!("Storing {orders} orders…");
        let own = std::env::current_exe().expect("a path of our own");
        let filled = desk
            .command(own)
            .args(["fill", &orders.to_string()])
            .status();
        assert!(filled.is_ok_and(|status| status.success()), "not filled");

        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for run in 1..=RUNS {
            println!("Opening both, {run} of {RUNS}…");
            bare.push(start(&desk, &empty).await);
            ours.push(start(&desk, &window).await);
        }
        let (ours, bare) = (median(ours), median(bare));
        let mut fine = told(
            &format!("start to first useful paint, {orders} orders stored"),
            &format!("{:.0} ms beside {:.0} ms", ours * 1e3, bare * 1e3),
            ours / bare,
            START_BUDGET,
        );

        let opened = desk.open_program(&empty).await;
        shown(&opened).await;
        let counted = opened.run_later(&format!("{FRAMES}{COUNT}")).await;
        opened.close().await;
        println!(
            "        the empty window, where nothing moves: {} of {} frames dropped",
            counted["dropped"], counted["frames"],
        );
        let opened = desk.open_program(&window).await;
        fine &= scrolled(&opened).await;
        opened.close().await;

        let desk = Desk::new(Keychain::Unlocked);
        let opened = desk.open_program(&empty).await;
        shown(&opened).await;
        tokio::time::sleep(EACH).await;
        let bare = memory(&empty);
        opened.close().await;
        let opened = desk.open_program(&window).await;
        opened.see("Practise first").await;
        let invoked = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke('practice', { on: true }).then(() => done(''), done)";
        opened.run_later(invoked).await;
        opened.see("What needs someone").await;
        let real = Duration::from_secs(minutes * 60 / PRACTICE_SPEED);
        println!(
            "{minutes} minutes of practice at {PRACTICE_SPEED} times the speed: {} s…",
            real.as_secs()
        );
        let mut samples = Vec::new();
        for _ in 0..(real.as_secs() / EACH.as_secs()).max(4) {
            tokio::time::sleep(EACH).await;
            samples.push(memory(&window));
        }
        opened.close().await;
        let last = samples[samples.len() - 1];
        fine &= told(
            "memory (PSS) of the whole app after it",
            &format!("{:.0} MiB beside {:.0} MiB", mib(last), mib(bare)),
            last / bare,
            MEMORY_BUDGET,
        );
        let half = samples.len() / 2;
        let (third, fourth) = samples[half..].split_at((samples.len() - half) / 2);
        let (third, fourth) = (median(third.to_vec()), median(fourth.to_vec()));
        fine &= told(
            "memory at the end of its last half beside its beginning",
            &format!("{:.0} MiB beside {:.0} MiB", mib(fourth), mib(third)),
            fourth / third,
            FLAT,
        );
        fine
    }

    /// Scrolls through the longest list, then presses rows, in the real window.
    async fn scrolled(opened: &Window) -> bool {
        opened.press("Orders").await;
        opened.press("Despatched").await;
        opened.see("SO-").await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let told = opened.run_later(&format!("{FRAMES}{SCROLL}")).await;
        let number = |name: &str| told[name].as_f64().unwrap_or(f64::NAN);
        let (frames, dropped) = (number("frames"), number("dropped"));
        let (scrolls, presses) = (dropped <= frames * 0.01, number("press") <= 100.0);
        let word = |kept| if kept { "within" } else { "OVER  " };
        println!(
            "{}  scroll through {} rows in the window: {dropped} of {frames} frames dropped \
             ({:.1} %, at most 1 %), longest {:.0} ms",
            word(scrolls),
            number("rows"),
            dropped / frames * 100.0,
            number("worst"),
        );
        if std::env::var_os("STEPS").is_some() {
            println!("  late frames: {}", told["late"]);
        }
        println!(
            "{}  a press on a row in the window shows within {:.0} ms (95 of 100, at most 100 ms)",
            word(presses),
            number("press"),
        );
        scrolls && presses
    }

    /// Runs in the page before what follows: `frames(count, each)` calls back at each frame, and
    /// tells how many were dropped of so many. Enough of them that one alone is a tenth of what
    /// may be dropped.
    const FRAMES: &str = r"
        const done = arguments[arguments.length - 1];
        const frame = () => new Promise(requestAnimationFrame);
        const FRAMES = 1200;
        const frames = async (each) => {
          const gaps = [];
          let last;
          for (let at = 0; at <= FRAMES; at++) {
            const now = await frame();
            if (last !== undefined) gaps.push(now - last);
            last = now;
            each(at);
          }
          const usual = [...gaps].sort((a, b) => a - b)[gaps.length / 2];
          return {
            frames: gaps.length,
            dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / usual) - 1), 0),
            worst: Math.max(...gaps),
            late: gaps.map((gap, at) => `${at}: ${gap.toFixed(0)} ms`).filter((_, at) => gaps[at] > 1.5 * usual),
          };
        };
    ";

    /// Runs in the page: what this computer drops by itself.
    const COUNT: &str = "frames(() => {}).then(done);";

    /// Runs in the page: a wheel's pace, then the bar dragged to the end, counting frames; then
    /// presses, each until a frame with its effect was painted.
    const SCROLL: &str = r"
        const list = document.querySelector('[role=listbox]');
        (async () => {
          const WHEEL = 800;
          const scrolled = await frames((at) => {
            list.scrollTop =
              at < WHEEL
                ? list.scrollTop + 180
                : (list.scrollHeight * (at - WHEEL)) / (FRAMES - WHEEL);
          });
          const rows = Number(list.querySelector('[role=option]').getAttribute('aria-setsize'));
          list.scrollTop = 0;
          await new Promise((after) => setTimeout(after, 1000));
          const presses = [];
          for (let at = 0; at < 40; at++) {
            const row = list.querySelectorAll('[role=option]')[at % 8];
            const began = performance.now();
            row.click();
            while (list.getAttribute('aria-activedescendant') !== row.id) await frame();
            await frame();
            presses.push(performance.now() - began);
          }
          presses.sort((a, b) => a - b);
          done({ rows, ...scrolled, press: presses[37] });
        })();
    ";

    fn told(what: &str, figure: &str, ratio: f64, budget: f64) -> bool {
        let kept = ratio <= budget;
        let word = if kept { "within" } else { "OVER  " };
        println!("{word}  {what}: {figure}, {ratio:.2} × (at most {budget} ×)");
        kept
    }

    /// The empty window, beside the real one.
    fn empty() -> PathBuf {
        let own = std::env::current_exe().expect("a path of our own");
        let empty = own.with_file_name("examples").join("empty");
        assert!(
            empty.exists(),
            "build the empty window first: --example empty"
        );
        empty
    }

    /// Seconds from the start of the process to the first paint with something to read.
    async fn start(desk: &Desk, program: &Path) -> f64 {
        let opened = desk.open_program(program).await;
        let at = shown(&opened).await;
        let process = processes(program)[0];
        let began = began(process);
        if std::env::var_os("STEPS").is_some() {
            let steps = opened.run(STEPS).await;
            println!(
                "  page begins at {:.0} ms: {}",
                steps["origin"].as_f64().unwrap_or_default() - began * 1e3,
                steps["steps"]
            );
        }
        opened.close().await;
        while !processes(program).is_empty() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        at - began
    }

    /// Runs in the page: what happened when, to see where a start's time goes.
    const STEPS: &str = r"
        const entries = performance.getEntries().map((entry) =>
          `${entry.entryType} ${entry.name.slice(-28)} ${entry.startTime.toFixed(0)}+${entry.duration.toFixed(0)}`);
        return { origin: performance.timeOrigin, steps: entries };
    ";

    /// When the page says that it had painted, in seconds since 1970.
    async fn shown(opened: &Window) -> f64 {
        let script = "const [mark] = performance.getEntriesByName('shown');
            return mark ? performance.timeOrigin + mark.startTime : 0";
        loop {
            let at = opened.run(script).await.as_f64().unwrap_or_default();
            if at > 0.0 {
                return at / 1e3;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The processes of that program.
    fn processes(program: &Path) -> Vec<u32> {
        let numbers = fs::read_dir("/proc").expect("a /proc").flatten();
        numbers
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|id| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program))
            .collect()
    }

    /// Fields of `/proc/ID/stat` after the program's name.
    fn stat(id: u32) -> Option<Vec<String>> {
        let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let (_, rest) = text.rsplit_once(')')?;
        Some(rest.split_whitespace().map(str::to_owned).collect())
    }

    /// When a process began, in seconds since 1970, to a hundredth.
    fn began(id: u32) -> f64 {
        let ticks: f64 = stat(id)
            .and_then(|fields| fields.get(19)?.parse().ok())
            .expect("its beginning");
        let uptime = fs::read_to_string("/proc/uptime").expect("an uptime");
        let uptime: f64 = uptime
            .split_whitespace()
            .next()
            .and_then(|text| text.parse().ok())
            .expect("a number");
        let now = SystemClock.now().timestamp_micros() as f64 / 1e6;
        // A tick is a hundredth of a second on every Linux there is.
        now - uptime + ticks / 100.0
    }

    /// The proportional share of the memory of a program and all that it started, in bytes.
    fn memory(program: &Path) -> f64 {
        let mut family = processes(program);
        let everyone: Vec<u32> = fs::read_dir("/proc")
            .expect("a /proc")
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .collect();
        loop {
            let children: Vec<u32> = everyone
                .iter()
                .copied()
                .filter(|id| !family.contains(id))
                .filter(|id| {
                    stat(*id)
                        .and_then(|fields| fields.get(1)?.parse().ok())
                        .is_some_and(|parent: u32| family.contains(&parent))
                })
                .collect();
            if children.is_empty() {
                break;
            }
            family.extend(children);
        }
        if std::env::var_os("STEPS").is_some() {
            for id in &family {
                let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
                println!("  {} {:.0} MiB", name.trim(), mib(pss(*id)));
            }
        }
        family.iter().map(|id| pss(*id)).sum()
    }

    fn pss(id: u32) -> f64 {
        let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let kibibytes: f64 = text
            .lines()
            .find_map(|line| line.strip_prefix("Pss:"))
            .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
            .unwrap_or_default();
        kibibytes * 1024.0
    }

    fn mib(bytes: f64) -> f64 {
        bytes / (1024.0 * 1024.0)
    }

    fn median(mut all: Vec<f64>) -> f64 {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    }
}
