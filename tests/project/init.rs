//! `launchgate init`.

use serde_json::{Value, json};

use crate::support::samples::{instance, snapshot, unread_instances};
use crate::support::{Bench, Call, Fault, Faults, Moto, Proxy, run};

/// What was written loads, and chooses rules.
#[track_caller]
fn loads(bench: &Bench) {
    let run = bench.run("rules list").expect_code(0);
    assert!(
        run.stderr.contains("using launchgate.yaml"),
        "{}",
        run.stderr
    );
    assert!(!run.stdout.is_empty());
}

#[test]
fn the_demo() {
    let bench = Bench::new();
    bench.run("init --demo").expect_code(0);
    insta::assert_snapshot!(bench.read("launchgate.yaml"));
    loads(&bench);
}

#[test]
fn a_file_that_is_there_is_kept() {
    let bench = Bench::new().with("launchgate.yaml", "frameworks: [mine]\n");
    let told = bench.refused("init --demo");
    insta::assert_snapshot!(told, @r"
    error: launchgate.yaml is there already; nothing was written
    help: --force overwrites it, and -o FILE writes another one
    ");
    bench.run("init --demo -o other.yaml").expect_code(0);
    bench.run("init --demo --force").expect_code(0);
    loads(&bench);
}

#[test]
fn odd_names_stay_in_their_comments() {
    let mut odd = snapshot(&[instance("db", 7)]);
    odd["resources"]["budgets.Budget"] = json!([{
        "id": "x\n  evil: true\u{2028}accounts: []\u{85}",
        "arn": "arn:aws:budgets::123456789012:budget/x", "account": "123456789012", "region": "global",
        "fields": { "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": { "Amount": "80.50", "Unit": "USD" } },
    }]);
    odd["unread"] = json!([unread_instances()]);
    let bench = Bench::new().with("odd.json", odd.to_string());
    let run = bench.run("init --snapshot odd.json").expect_code(0);
    assert!(
        run.stderr.contains("not read: rds.DBInstance in eu-west-1"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("lambda.Function: the snapshot was taken without it"),
        "{}",
        run.stderr
    );
    let text = bench.read("launchgate.yaml");
    assert!(text.contains("  monthly_budget: 80.5\n"), "{text}");
    assert!(text.contains("# - rds.DBInstance in eu-west-1: "), "{text}");
    assert!(!text.contains("\n  evil"), "{text}");
    loads(&bench);
}

fn calls_of(proxy: &Proxy) -> Vec<String> {
    let mut names: Vec<String> = proxy.calls().iter().map(Call::name).collect();
    names.sort();
    names.dedup();
    names
}

/// What it may call is what it says it needs.
#[test]
fn an_account_is_looked_at_with_a_few_reads() {
    let moto = Moto::start();
    let proxy = Proxy::start(moto.url(), Faults::none());
    let bench = Bench::new();
    let mut command = bench.command("init --region eu-west-1 --region us-east-1");
    run(command.envs(proxy.env())).expect_code(0);
    let text = bench.read("launchgate.yaml");
    assert!(text.contains("accounts: [\"123456789012\"]"), "{text}");
    loads(&bench);
    let policy = bench.run("init --permissions").expect_code(0).stdout;
    let policy: Value = serde_json::from_str(&policy).expect("a policy");
    let allowed = policy["Statement"][0]["Action"].to_string();
    for call in calls_of(&proxy) {
        let (service, _) = call.split_once(':').expect("service:Operation");
        assert!(
            service == "sts" || allowed.contains(&format!("\"{service}:")),
            "{call}: {allowed}"
        );
    }
    assert!(calls_of(&proxy).len() < 15, "{:?}", calls_of(&proxy));
}

#[test]
fn what_is_denied_is_said_in_the_file() {
    let moto = Moto::start();
    let proxy = Proxy::start(moto.url(), Faults::none());
    proxy.set("rds:DescribeDBInstances", Fault::AccessDenied);
    proxy.set("ec2:DescribeRegions", Fault::AccessDenied);
    let bench = Bench::new();
    let mut command = bench.command("init");
    run(command.envs(proxy.env())).expect_code(0);
    let text = bench.read("launchgate.yaml");
    assert!(
        text.contains("# - the enabled regions cannot be listed"),
        "{text}"
    );
    assert!(text.contains("# - rds.DBInstance in "), "{text}");
    assert!(text.contains(": not all of it could be read"), "{text}");
    loads(&bench);
}
