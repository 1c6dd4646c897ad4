//! What is written, applied to a local AWS: the next audit finds nothing of it any more.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::support::{Bench, Faults, Moto, Proxy, python, scrubbed};

const RULES: [&str; 12] = [
    "budgets-early-warning",
    "budgets-forecast-alert",
    "budgets-limit-alert",
    "budgets-monthly-cost",
    "cloudtrail-multi-region-logging",
    "cloudwatch-alarms-exist",
    "cloudwatch-dashboard-exists",
    "lambda-alarm-errors",
    "lambda-alarm-throttles",
    "rds-alarm-cpu",
    "rds-alarm-storage",
    "rds-backup-retention",
];

/// An account without budget, trail, dashboard and alarms.
struct Account {
    moto: Moto,
    proxy: Proxy,
    bench: Bench,
}

impl Account {
    fn new() -> Self {
        let moto = Moto::start();
        moto.python("serverless", &[]);
        let proxy = Proxy::start(moto.url(), Faults::none().completing_moto());
        let bench = Bench::new();
        Self { moto, proxy, bench }
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = self.bench.command(arguments);
        for rule in RULES {
            command.args(["--rule", rule]);
        }
        command.args(["--param", "monthly_budget=100"]);
        command.envs(self.proxy.env());
        command
    }

    fn remediate(&self, arguments: &str) {
        let run = crate::support::run(&mut self.command(&format!("remediate {arguments}")));
        run.expect_code(0);
    }

    /// How many findings of each rule fail; none may be unknown.
    fn failing(&self) -> BTreeMap<String, usize> {
        let run = crate::support::run(&mut self.command("audit --report json=found.json"));
        assert!(run.code < 2, "{}{}", run.stdout, run.stderr);
        let report = self.bench.json("found.json");
        let mut failing = BTreeMap::new();
        for finding in report["findings"].as_array().expect("findings") {
            assert_ne!(finding["status"], "unknown", "{finding:#}");
            if finding["status"] == "fail" {
                let rule = finding["rule"].as_str().expect("a rule");
                *failing.entry(rule.to_owned()).or_default() += 1;
            }
        }
        failing
    }

    /// Runs the script with the real AWS CLI, which reaches the local AWS alone.
    fn run_script(&self) {
        // In us-east-1 the CLI's first version takes a host of its own for RDS, unless told as a flag.
        let real = python().with_file_name("aws");
        let bin = self.bench.path().join("bin");
        fs::create_dir_all(&bin).expect("a directory for the wrapper");
        let wrapper = bin.join("aws");
        let (real, url) = (real.display(), self.moto.url());
        let text = format!("#!/bin/sh\nexec '{real}' --endpoint-url {url} \"$@\"\n");
        fs::write(&wrapper, text).expect("the wrapper");
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("it can be run");
        let path = std::env::var("PATH").unwrap_or_default();
        let output = scrubbed("sh".as_ref())
            .arg("reports/remediate.sh")
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("ALERT_EMAIL", "team@example.com")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .envs(self.moto.env())
            .current_dir(self.bench.path())
            .output()
            .expect("sh runs");
        assert!(output.status.success(), "{output:?}\n{}", self.moto.log());
    }
}

#[test]
fn the_template_and_then_the_script_mend_what_they_say() {
    let account = Account::new();
    let before = account.failing();
    assert_eq!(before.len(), RULES.len(), "{before:?}");
    account.remediate("");
    let template = account.bench.path().join("reports/remediate.yaml");
    let template = template.display().to_string();
    account.moto.python(
        "apply_template",
        &[&template, "AlertEmail=team@example.com"],
    );
    let between = account.failing();
    let left = BTreeMap::from([("rds-backup-retention".to_owned(), 1)]);
    assert_eq!(between, left, "the template mends what it can create");
    account.run_script();
    assert_eq!(account.failing(), BTreeMap::new());
    account.remediate("");
}

#[test]
fn the_script_alone_mends_what_has_commands() {
    let account = Account::new();
    account.remediate("--no-template");
    account.run_script();
    let left = account.failing();
    let left: Vec<&str> = left.keys().map(String::as_str).collect();
    // The dashboard's body is a file that people make.
    assert_eq!(left, ["cloudwatch-dashboard-exists"]);
}
