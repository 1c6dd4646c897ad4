//! No secret of the account or of the user's own credentials reaches anything that is written.

mod support;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use aws_smithy_types::base64;
use support::{Fault, Faults, Moto, Proxy, Run};

const ACCOUNT_SECRET: &str = "hunter2-of-the-account";
const ACCESS_KEY_SECRET: &str = "wJalrXUtnFEMI0K7MDENG0bPxRfiCYEXAMPLEKEY";
const SESSION_TOKEN: &str = "FwoGZXIvYXdzEXAMPLESESSIONTOKEN";

/// A proxy before an account with secrets in it. The account goes away with the tests.
struct Leaky {
    proxy: Proxy,
    _moto: Arc<Moto>,
}

impl Leaky {
    fn start() -> Self {
        let moto = leaky_moto();
        Self {
            proxy: Proxy::start(moto.url(), Faults::none().completing_moto()),
            _moto: moto,
        }
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = support::launchgate();
        command
            .args(args)
            .args(support::typed_rules())
            .envs(self.proxy.env())
            .env("AWS_SECRET_ACCESS_KEY", ACCESS_KEY_SECRET)
            .env("AWS_SESSION_TOKEN", SESSION_TOKEN)
            .env("AWS_MAX_ATTEMPTS", "1");
        support::run(&mut command)
    }
}

/// The seeded account, which all tests here share, with secrets hidden in it by the first.
fn leaky_moto() -> Arc<Moto> {
    static HIDDEN_IN: Mutex<Weak<Moto>> = Mutex::new(Weak::new());
    let mut hidden_in = HIDDEN_IN.lock().unwrap_or_else(PoisonError::into_inner);
    let moto = support::seeded();
    if hidden_in
        .upgrade()
        .is_none_or(|there| !Arc::ptr_eq(&there, &moto))
    {
        let holding = moto.python("secrets", &[ACCOUNT_SECRET]);
        // Without this the tests would pass for nothing.
        assert!(
            holding.contains("ec2:DescribeLaunchTemplateVersions"),
            "AWS gives no secret back: {holding}"
        );
        *hidden_in = Arc::downgrade(&moto);
    }
    moto
}

/// Every spelling of a secret that could have slipped through.
fn secrets() -> Vec<String> {
    let script = format!("#!/bin/sh\nexport DB_PASSWORD={ACCOUNT_SECRET}\n");
    let plain = [ACCOUNT_SECRET, ACCESS_KEY_SECRET, SESSION_TOKEN].map(str::to_owned);
    let mut all = plain.to_vec();
    all.push(base64::encode(script));
    all.extend(plain.iter().map(base64::encode));
    all
}

#[track_caller]
fn expect_no_secret(where_from: &str, text: &str) {
    for secret in secrets() {
        assert!(!text.contains(&secret), "{where_from} holds {secret}");
    }
}

/// Checks all that a run printed and wrote, and that it wrote that many files.
#[track_caller]
fn expect_clean(run: &Run, written: usize) {
    expect_no_secret("standard output", &run.stdout);
    expect_no_secret("standard error", &run.stderr);
    let mut files = 0;
    expect_clean_files(run.dir(), &mut files);
    assert_eq!(files, written, "files in the run's directory");
}

#[track_caller]
fn expect_clean_files(dir: &Path, files: &mut usize) {
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("a directory's entry").path();
        if path.is_dir() {
            expect_clean_files(&path, files);
        } else {
            *files += 1;
            let text = fs::read_to_string(&path).expect("a text");
            assert!(!text.is_empty(), "{} is empty", path.display());
            expect_no_secret(&path.display().to_string(), &text);
        }
    }
}

#[test]
fn a_snapshot_and_its_log_hold_no_secret() {
    let account = Leaky::start();
    let run = account.run(&["collect", "--verbose", "--output", "snapshot.json"]);
    let run = run.expect_code(0);
    assert!(
        run.stderr.contains("ec2:DescribeLaunchTemplateVersions"),
        "a log of the calls"
    );
    // That there is user data is a fact; what is in it is not.
    let snapshot = run.file("snapshot.json");
    assert!(
        snapshot.contains("\"HasUserData\":true"),
        "the template was not read"
    );
    expect_clean(&run, 1);
}

#[test]
fn reports_and_their_log_hold_no_secret() {
    let account = Leaky::start();
    let run = account.run(&["audit", "--verbose"]).expect_code(1);
    expect_clean(&run, 3);
}

#[test]
fn errors_hold_no_secret() {
    let faults = [
        Fault::AccessDenied,
        Fault::error(403, "SignatureDoesNotMatch"),
        Fault::AlwaysStatus(500),
        Fault::Garbage,
        Fault::CutConnection,
    ];
    let account = Leaky::start();
    for fault in faults {
        let rest = Faults::none().on("*", fault.clone());
        // First only the account is known, then not even that.
        let with_identity = rest
            .clone()
            .on("sts:GetCallerIdentity", Fault::ThrottledTimes(0));
        account.proxy.replace(with_identity);
        let run = account.run(&["audit", "--verbose"]).expect_code(3);
        expect_clean(&run, 3);
        account.proxy.replace(rest);
        let run = account.run(&["audit", "--verbose"]).expect_code(2);
        expect_clean(&run, 0);
    }
}
