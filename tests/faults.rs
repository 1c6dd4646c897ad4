//! One failing operation at a time, for every operation of the typed sources that the bundled rules make: what depends
//! on it becomes unknown and says why, and nothing else changes.
//!
//! The operations come from `launchgate plan`, so that a new source is covered by itself.

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use support::{Fault, Faults, Finding, Findings, Key, Moto, Planned, Proxy, RuleDir, Run};

/// The call behind every run; without it there is no run.
const WHO_AM_I: &str = "sts:GetCallerIdentity";

/// The seeded account without any fault.
struct Account {
    moto: Arc<Moto>,
    plan: Vec<Planned>,
    intact: Findings,
    /// One time for all audits, so that they can be compared.
    now: String,
}

impl Account {
    fn open() -> Self {
        let moto = support::seeded();
        let proxy = Proxy::start(moto.url(), Faults::none().completing_moto());
        let mut command = support::launchgate();
        command.args(["audit", "--report", "json=findings.json"]);
        command.args(support::typed_rules());
        let run = support::run(command.envs(proxy.env())).expect_code(1);
        let report: Value = serde_json::from_str(&run.file("findings.json")).expect("JSON");
        let intact = Findings::of_report(&report);
        let unknown = intact
            .0
            .iter()
            .find(|(_, finding)| finding.status == "unknown");
        assert_eq!(unknown, None, "moto must answer all; see moto_gaps.rs");
        Self {
            moto,
            plan: support::plan(&support::typed_rules()),
            intact,
            now: report["now"].as_str().expect("a time").to_owned(),
        }
    }

    fn operations(&self) -> impl Iterator<Item = &Planned> {
        self.plan.iter().filter(|call| call.operation != WHO_AM_I)
    }

    /// Audits with these rules while `operation` has the fault.
    fn audit(&self, rules: &[&str], operation: &Planned, fault: Fault) -> (Run, Findings) {
        let mut faults = Faults::none().completing_moto();
        if operation.operation == "iam:GenerateCredentialReport" {
            // It is asked for only while there is no report.
            faults = faults.on(
                "iam:GetCredentialReport",
                Fault::error(410, "ReportNotPresent"),
            );
        }
        let proxy = Proxy::start(self.moto.url(), faults.on(&operation.operation, fault));
        self.audit_through(&proxy, rules, "1")
    }

    fn audit_through(&self, proxy: &Proxy, rules: &[&str], attempts: &str) -> (Run, Findings) {
        let dir = RuleDir::of(rules.iter().copied());
        let mut command = dir.launchgate("audit");
        command.args(["--fail-on", "info", "--report", "json=findings.json"]);
        command.args(["--now", &self.now]).envs(proxy.env());
        let run = support::run(command.env("AWS_MAX_ATTEMPTS", attempts));
        let report = serde_json::from_str(&run.file("findings.json")).expect("JSON");
        let findings = Findings::of_report(&report);
        (run, findings)
    }

    fn intact(&self, rules: &[&str]) -> Findings {
        self.intact.of_rules(|rule| rules.contains(&rule))
    }

    /// Strikes one operation under the rules that read it, and gives what became unknown.
    fn strike(&self, operation: &Planned, fault: Fault) -> Result<Vec<(Key, Finding)>, String> {
        let rules: Vec<&str> = operation.rules.iter().map(String::as_str).collect();
        let (run, findings) = self.audit(&rules, operation, fault);
        self.judge(operation, &rules, &run, &findings)
    }

    /// Whether the findings are what the failure of `operation` explains, and some unknown ones
    /// at least.
    fn judge(
        &self,
        operation: &Planned,
        rules: &[&str],
        run: &Run,
        findings: &Findings,
    ) -> Result<Vec<(Key, Finding)>, String> {
        let changed = findings.degraded(&self.intact(rules), operation)?;
        if changed.is_empty() {
            return Err("nobody noticed".to_owned());
        }
        if run.code != findings.exit_code() {
            return Err(format!("exit code {}: {}", run.code, run.stdout));
        }
        let owned = changed.into_iter();
        Ok(owned
            .map(|(key, found)| (key.clone(), found.clone()))
            .collect())
    }
}

/// Checks each operation, a few at a time, and tells of all that are not as they should be.
fn for_each<'p>(
    operations: impl Iterator<Item = &'p Planned> + Send,
    check: impl Fn(&Planned) -> Result<(), String> + Sync,
) {
    let queue = Mutex::new(operations);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no check panics").next();
                    let Some(operation) = next else { break };
                    if let Err(why) = check(operation) {
                        let told = format!("{}: {why}", operation.operation);
                        wrong.lock().expect("no check panics").push(told);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no check panics");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The code that every one of the unknown findings must have.
fn expect_code(changed: &[(Key, Finding)], codes: &[&str]) -> Result<(), String> {
    let other = changed.iter().find(|(_, finding)| {
        let code = finding.unknown["code"].as_str().unwrap_or_default();
        !codes.contains(&code)
    });
    other.map_or(Ok(()), |(key, finding)| {
        Err(format!("{key:?}: {} is not of {codes:?}", finding.unknown))
    })
}

#[test]
fn a_denied_operation_makes_unknown_what_reads_it_and_names_the_permission() {
    let account = Account::open();
    for_each(account.operations(), |operation| {
        // With the service's other rules, which must not notice.
        let mut rules = support::rules_of_service(operation.service());
        rules.extend(operation.rules.iter().cloned());
        rules.sort();
        rules.dedup();
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        let (run, findings) = account.audit(&rules, operation, Fault::AccessDenied);
        let changed = account.judge(operation, &rules, &run, &findings)?;

        let denied = [
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
        ];
        expect_code(&changed, &denied)?;
        let unnamed = changed.iter().find(|(_, finding)| {
            let action = finding.unknown["iam_action"].as_str().unwrap_or_default();
            !operation.iam_actions.contains(action)
        });
        if let Some((key, finding)) = unnamed {
            return Err(format!(
                "{key:?}: no planned permission in {}",
                finding.unknown
            ));
        }
        a_rule_alone_exits_with_3(&account, operation, &findings)
    });
}

/// A run in which nothing fails and something is unknown has an exit code of its own. Where some
/// resource fails each of the operation's rules, as it does not need the operation to, there is no
/// such run.
fn a_rule_alone_exits_with_3(
    account: &Account,
    operation: &Planned,
    findings: &Findings,
) -> Result<(), String> {
    let blind = |rule: &&String| findings.of_rules(|id| id == rule.as_str()).exit_code() == 3;
    let Some(rule) = operation.rules.iter().find(blind) else {
        return Ok(());
    };
    let (run, _) = account.audit(&[rule], operation, Fault::AccessDenied);
    if run.code == 3 {
        Ok(())
    } else {
        Err(format!("{rule} alone: exit code {}, not 3", run.code))
    }
}

#[test]
fn an_answer_that_stays_broken_makes_unknown_what_reads_it() {
    let account = Account::open();
    for_each(account.operations(), |operation| {
        let cases = [
            (Fault::AlwaysStatus(500), vec!["Http500"]),
            (
                Fault::error(500, "InternalFailure"),
                vec!["InternalFailure"],
            ),
            (Fault::Garbage, vec!["InvalidResponse"]),
            (
                Fault::CutConnection,
                vec!["InvalidResponse", "ConnectionFailed"],
            ),
        ];
        for (fault, codes) in cases {
            let told = |why: String| format!("{fault:?}: {why}");
            let changed = account.strike(operation, fault.clone()).map_err(told)?;
            expect_code(&changed, &codes).map_err(told)?;
        }
        Ok(())
    });
}

/// Audits with all rules while every operation has the fault.
fn audit_with_all_struck(account: &Account, fault: &Fault) -> (Proxy, Findings) {
    let mut faults = Faults::none().completing_moto();
    for operation in account.operations() {
        faults = faults.on(&operation.operation, fault.clone());
    }
    let proxy = Proxy::start(account.moto.url(), faults);
    let mut rules: Vec<&str> = account.operations().flat_map(Planned::rules).collect();
    rules.sort_unstable();
    rules.dedup();
    let (_, findings) = account.audit_through(&proxy, &rules, "4");
    (proxy, findings)
}

/// The operations of which the proxy saw fewer calls than that.
fn asked_less_than(calls: usize, account: &Account, proxy: &Proxy) -> Vec<String> {
    let names = account.operations().map(|call| call.operation.clone());
    names
        .filter(|name| proxy.calls_of(name).len() < calls)
        .collect()
}

/// With a credential report at hand none is ordered; throttling that has a test of its own.
const NOT_ASKED: [&str; 1] = ["iam:GenerateCredentialReport"];

#[test]
fn throttling_that_ends_leaves_no_trace() {
    let account = Account::open();
    let (proxy, findings) = audit_with_all_struck(&account, &Fault::ThrottledTimes(2));
    assert_eq!(findings, account.intact);
    assert_eq!(asked_less_than(3, &account, &proxy), NOT_ASKED);
}

#[test]
fn a_slow_account_is_read_all_the_same() {
    let account = Account::open();
    let delay = Fault::Delay(Duration::from_millis(300));
    let (proxy, findings) = audit_with_all_struck(&account, &delay);
    assert_eq!(findings, account.intact);
    assert_eq!(asked_less_than(1, &account, &proxy), NOT_ASKED);
}
