//! A stand-in for the AWS CLI that writes down its arguments.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::Bench;
use crate::support::samples::ACCOUNT;

/// Ends one call's arguments.
const END: &str = "\u{1e}end of call\u{1e}";

/// Runs a script of the bench with the stand-in before everything else on the path. Gives what the
/// shell said and the calls besides the one that asks for the account.
pub fn run(bench: &Bench, script: &str, account: &str) -> (Output, Vec<Vec<String>>) {
    let bin = bench.path().join("bin");
    fs::create_dir_all(&bin).expect("a directory for the stand-in");
    let aws = bin.join("aws");
    let text = format!(
        "#!/bin/sh
if [ \"$1 $2\" = 'sts get-caller-identity' ]; then echo {account}; exit; fi
for argument in \"$@\" '{END}'; do printf '%s\\0' \"$argument\"; done >> \"$RECORD\"
"
    );
    fs::write(&aws, text).expect("the stand-in");
    fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let record = bench.path().join("record");
    fs::write(&record, "").expect("an empty record");
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .arg(bench.path().join(script))
        .env_clear()
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("RECORD", &record)
        .env("ALERT_EMAIL", "team@example.com $(id) '\"")
        .current_dir(bench.path())
        .output()
        .expect("sh runs");
    (output, calls(&record))
}

/// The calls of a script that must succeed in the account it is for.
#[track_caller]
pub fn calls_of(bench: &Bench, script: &str) -> Vec<Vec<String>> {
    let (output, calls) = run(bench, script, ACCOUNT);
    assert!(
        output.status.success(),
        "{output:?}\n{}",
        bench.read(script)
    );
    calls
}

fn calls(record: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(record).expect("the record");
    let mut calls = vec![Vec::new()];
    for argument in text.split_terminator('\0') {
        if argument == END {
            calls.push(Vec::new());
        } else if let Some(call) = calls.last_mut() {
            call.push(argument.to_owned());
        }
    }
    calls.pop();
    calls
}
