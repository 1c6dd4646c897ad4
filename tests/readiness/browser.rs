//! The HTML report in a real browser, where one is installed: Debian's chromium, headless.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::launch::{ARGUMENTS, Launch, SAID};
use crate::support::{Bench, scrubbed};

use super::formats::hostile;

/// Whether there is a browser; tests without one say so and look at nothing.
fn has_browser() -> bool {
    let found = Command::new("chromium")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    found.is_ok_and(|status| status.success())
}

/// The browser, about to open a page, with a profile and a network of its own.
fn browser(bench: &Bench, page: &str, profile: &Path) -> Command {
    let mut browser = scrubbed(Path::new("chromium"));
    browser
        .env("HOME", profile)
        .stdin(Stdio::null())
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .args([
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-extensions",
        ])
        .args(["--disable-background-networking", "--hide-scrollbars"])
        .arg(format!("--user-data-dir={}", profile.display()))
        // Whatever is asked for of the network is refused here.
        .arg("--proxy-server=127.0.0.1:9")
        .arg(format!("file://{}", bench.path().join(page).display()));
    browser
}

/// The page as the browser has built it, and what it logged.
fn shown(bench: &Bench, page: &str) -> (String, String) {
    let profile = tempfile::tempdir().expect("a profile of its own");
    let mut browser = browser(bench, page, profile.path());
    browser.args(["--enable-logging=stderr", "--log-level=0", "--dump-dom"]);
    let output = browser.output().expect("chromium runs");
    assert!(output.status.success(), "{output:?}");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// A picture of the page.
fn picture(bench: &Bench, page: &str, flags: &[&str]) -> Vec<u8> {
    let profile = tempfile::tempdir().expect("a profile of its own");
    let path = profile.path().join("page.png");
    let mut browser = browser(bench, page, profile.path());
    browser.args(["--window-size=1200,2600"]).args(flags);
    browser.arg(format!("--screenshot={}", path.display()));
    let output = browser.output().expect("chromium runs");
    assert!(output.status.success(), "{output:?}");
    std::fs::read(path).expect("a picture")
}

/// What the page itself said on the console.
fn console(log: &str) -> Vec<&str> {
    log.lines()
        .filter(|line| line.contains("CONSOLE"))
        .collect()
}

fn written(launch: Bench, code: i32) -> Bench {
    let run = launch.run(&format!("{ARGUMENTS} {SAID} --report html=out.html"));
    run.expect_code(code);
    launch
}

#[test]
fn the_report_is_all_there() {
    if !has_browser() {
        eprintln!("skipped: chromium is not installed");
        return;
    }
    let bench = written(Launch::sound().bench(), 0);
    let (dom, log) = shown(&bench, "out.html");
    assert_eq!(console(&log), Vec::<&str>::new());
    for content in [
        "READY",
        "Checklist",
        "Data comes back",
        "Costs by day and service",
        "<rect",
        "Watched by alarms",
        "Jane Doe",
    ] {
        assert!(dom.contains(content), "{content}");
    }
}

#[test]
fn it_looks_the_same_without_scripts_and_different_in_the_dark() {
    if !has_browser() {
        eprintln!("skipped: chromium is not installed");
        return;
    }
    let frame = |sandbox: &str| {
        format!("<iframe {sandbox} src=out.html style=\"width:1150px;height:2500px\"></iframe>")
    };
    // Without `allow-scripts` nothing runs in a sandbox.
    let bench = written(Launch::sound().bench(), 0)
        .with("on.html", frame(""))
        .with("off.html", frame("sandbox"));
    // On a busy machine a picture may be taken before the last letter is drawn.
    let same = || picture(&bench, "on.html", &[]) == picture(&bench, "off.html", &[]);
    assert!((0..6).any(|_| same()), "scripts matter");
    let usual = picture(&bench, "on.html", &[]);
    let dark = "--blink-settings=preferredColorScheme=0";
    assert!(
        usual != picture(&bench, "on.html", &[dark]),
        "no dark colours"
    );
}

#[test]
fn hostile_names_do_nothing() {
    if !has_browser() {
        eprintln!("skipped: chromium is not installed");
        return;
    }
    let bench = written(hostile(), 1);
    let (dom, log) = shown(&bench, "out.html");
    // A script that ran, an image that was asked for, a policy that was broken: each is logged.
    assert_eq!(console(&log), Vec::<&str>::new());
    assert!(
        !dom.contains("<script") && !dom.contains("<img"),
        "markup out of a name"
    );
    assert!(
        dom.contains("&lt;script&gt;alert(1)"),
        "the names are there"
    );
}

/// What would be loaded is refused by the page's own policy, so nothing leaves even if a name got through.
#[test]
fn the_policy_of_the_page_holds() {
    if !has_browser() {
        eprintln!("skipped: chromium is not installed");
        return;
    }
    let bench = written(Launch::sound().bench(), 0);
    let intruder = "<img src=\"http://192.0.2.1/x.png\"><script>console.log('ran')</script></body>";
    let page = bench.read("out.html").replace("</body>", intruder);
    let bench = bench.with("intruded.html", page);
    let (_, log) = shown(&bench, "intruded.html");
    let told = console(&log);
    assert!(
        told.iter()
            .any(|line| line.contains("Content Security Policy")),
        "{log}"
    );
    assert!(
        !told.iter().any(|line| line.contains("\"ran\"")),
        "{told:?}"
    );
}
