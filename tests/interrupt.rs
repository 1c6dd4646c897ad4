//! Ctrl-C ends a run at once, and leaves the disk as it was.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use support::{Fault, Faults, Moto, Proxy, RuleDir};

/// Longer than any of these tests: a run that ends ended because it was told to.
const SLOW: Duration = Duration::from_secs(60);
/// What a user takes for "at once", on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(5);
/// An interrupted program's exit code, by the convention of shells: 128 and SIGINT's number.
const INTERRUPTED: i32 = 130;

/// A run in `dir` that waits for an answer to `operation`, which does not come.
struct Stuck {
    child: Child,
    // Held open while the run waits.
    _proxy: Proxy,
    _rules: RuleDir,
}

impl Stuck {
    fn start(moto: &Moto, operation: &str, dir: &Path, args: &[&str]) -> Self {
        let proxy = Proxy::start(moto.url(), Faults::none().on(operation, Fault::Delay(SLOW)));
        let rules = RuleDir::of(["rds-backup-retention"]);
        let mut command = rules.launchgate(args[0]);
        command.args(&args[1..]).envs(proxy.env()).current_dir(dir);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("launchgate starts");
        let asked = || !proxy.calls_of(operation).is_empty();
        assert!(comes_true(asked), "{operation} was not asked for");
        Self {
            child,
            _proxy: proxy,
            _rules: rules,
        }
    }

    fn interrupt(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill -INT {pid}");
        let mut ended = None;
        comes_true(|| {
            ended = self.child.try_wait().expect("a child can be waited for");
            ended.is_some()
        });
        ended.expect("an interrupted run ends")
    }
}

impl Drop for Stuck {
    fn drop(&mut self) {
        // Where a test failed before its end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether that comes true in what a user takes for "at once".
fn comes_true(mut what: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    while started.elapsed() < AT_ONCE {
        if what() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

/// The files below a directory with what they hold.
fn files(dir: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("a directory's entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = fs::read_to_string(&path).expect("a text");
            found.push((path.display().to_string(), text));
        }
    }
    found.sort();
    found
}

/// Interrupts the run that `args` begin, and checks that it changes no file.
fn expect_no_trace(moto: &Moto, operation: &str, args: &[&str], older: &[&str]) {
    let dir = tempfile::tempdir().expect("a directory to run in");
    for name in older {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, format!("the older {name}")).expect("a file to keep");
    }
    let before = files(dir.path());
    assert_eq!(before.len(), older.len());

    let mut run = Stuck::start(moto, operation, dir.path(), args);
    // While it waits there is nothing half made either.
    assert_eq!(files(dir.path()), before, "{args:?} in {operation}");
    let status = run.interrupt();
    assert_eq!(status.code(), Some(INTERRUPTED), "{args:?} in {operation}");
    assert_eq!(files(dir.path()), before, "{args:?} in {operation}");
}

const COLLECT: [&str; 3] = ["collect", "--output", "snapshot.json"];
const REPORTS: [&str; 3] = [
    "reports/junit.xml",
    "reports/report.md",
    "reports/findings.json",
];

#[test]
fn an_interrupted_collect_leaves_no_file() {
    let moto = Moto::start();
    for operation in ["sts:GetCallerIdentity", "rds:DescribeDBInstances"] {
        expect_no_trace(&moto, operation, &COLLECT, &[]);
    }
}

#[test]
fn an_interrupted_collect_keeps_the_older_snapshot() {
    let moto = Moto::start();
    expect_no_trace(
        &moto,
        "rds:DescribeDBInstances",
        &COLLECT,
        &["snapshot.json"],
    );
}

#[test]
fn an_interrupted_audit_leaves_no_file_and_keeps_older_reports() {
    let moto = Moto::start();
    expect_no_trace(&moto, "rds:DescribeDBInstances", &["audit"], &[]);
    expect_no_trace(&moto, "rds:DescribeDBInstances", &["audit"], &REPORTS);
}
