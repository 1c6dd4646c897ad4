//! An account that the project does not list is not looked at.

use crate::support::samples::{ACCOUNT, instance, rule_named, snapshot};
use crate::support::{Bench, Faults, Moto, Proxy};

fn bench(accounts: &str) -> Bench {
    Bench::new()
        .with("rules/rds-story.yaml", rule_named("rds-story"))
        .with("snapshot.json", snapshot(&[instance("db", 7)]).to_string())
        .with("launchgate.yaml", format!("accounts: [{accounts}]\n"))
}

/// Nothing is asked but whose account it is.
#[test]
fn another_account_is_refused_before_anything_is_read() {
    let moto = Moto::start();
    let proxy = Proxy::start(moto.url(), Faults::none());
    let bench = bench("\"222222222222\", 333333333333");
    let told = ["audit", "collect -o account.json"].map(|command| {
        let command = format!("{command} --no-bundled --rules rules --all-regions");
        let mut command = bench.command(&command);
        bench.refuses(command.envs(proxy.env()))
    });
    assert_eq!(told[0], told[1]);
    insta::assert_snapshot!(told[0], @r"
    using launchgate.yaml
    error: the credentials belong to account 123456789012, and the project file lists only 222222222222, 333333333333
    help: choose other credentials with --profile, or add the account to `accounts`
    ");
    let calls = proxy.calls();
    let sent: Vec<String> = calls.iter().map(crate::support::Call::name).collect();
    assert_eq!(sent, ["sts:GetCallerIdentity", "sts:GetCallerIdentity"]);
}

#[test]
fn a_listed_account_is_read() {
    let moto = Moto::start();
    let proxy = Proxy::start(moto.url(), Faults::none());
    let bench = bench("123456789012").with(
        "launchgate.yaml",
        "accounts: [123456789012]\nregions: [eu-west-2]\n",
    );
    let mut command = bench.command("collect --no-bundled --rules rules -o account.json");
    crate::support::run(command.envs(proxy.env())).expect_code(0);
    assert_eq!(bench.json("account.json")["regions"][0], "eu-west-2");
    let mut command =
        bench.command("collect --no-bundled --rules rules -o account.json --region us-west-2");
    crate::support::run(command.envs(proxy.env())).expect_code(0);
    assert_eq!(bench.json("account.json")["regions"][0], "us-west-2");
}

#[test]
fn a_snapshot_of_another_account_is_refused() {
    let audit = "audit --no-bundled --rules rules --snapshot snapshot.json";
    insta::assert_snapshot!(bench("\"222222222222\"").refused(audit), @r"
    using launchgate.yaml
    error: the snapshot is of account 123456789012, and the project file lists only 222222222222
    help: choose other credentials with --profile, or add the account to `accounts`
    ");
    bench(&format!("\"{ACCOUNT}\"")).run(audit).expect_code(0);
}
