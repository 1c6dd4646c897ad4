//! Accounts that cannot be reached. Nothing but the first call is made, and no file is touched.

use std::process::Command;

use insta::assert_snapshot;

use crate::support::samples::rule_named;
use crate::support::{Bench, Fault, Faults, Proxy, aws_env};

/// The port of a service that threw away what it was sent; no machine runs it today. A free port
/// of the moment could be another test's the next.
const NOBODY: &str = "http://127.0.0.1:9";
const SECRET: &str = "a-secret-that-nobody-may-see";
const SESSION: &str = "a-session-that-nobody-may-see";

fn bench() -> Bench {
    Bench::new()
        .with("rules/rds-story.yaml", rule_named("rds-story"))
        .with("reports/findings.json", "of yesterday")
        .with("snapshot.json", "of yesterday")
}

/// What `audit` and `collect` say alike in this environment.
#[track_caller]
fn told_in(environment: &[(&str, &str)]) -> String {
    let bench = bench();
    let told = [
        "audit --no-bundled --rules rules",
        "collect --no-bundled --rules rules -o snapshot.json",
    ]
    .map(|arguments| {
        let mut command = bench.command(arguments);
        let told = bench.refuses(prepared(&mut command).envs(environment.iter().copied()));
        assert!(!told.contains(SECRET) && !told.contains(SESSION), "{told}");
        told
    });
    assert_eq!(told[0], told[1], "audit and collect differ");
    let [told, _] = told;
    told
}

/// Nothing of this machine's AWS setup, and one attempt a call: more would only take time.
fn prepared(command: &mut Command) -> &mut Command {
    let environment = aws_env(NOBODY);
    let kept = [
        "AWS_EC2_METADATA_DISABLED",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
    ];
    command
        .envs(
            environment
                .into_iter()
                .filter(|(name, _)| kept.contains(&name.as_str())),
        )
        .env("AWS_MAX_ATTEMPTS", "1")
}

const CREDENTIALS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "testing"),
    ("AWS_SECRET_ACCESS_KEY", SECRET),
    ("AWS_SESSION_TOKEN", SESSION),
];

fn with_credentials<'e>(more: &[(&'e str, &'e str)]) -> Vec<(&'e str, &'e str)> {
    CREDENTIALS.iter().chain(more).copied().collect()
}

#[test]
fn no_region() {
    assert_snapshot!(told_in(&CREDENTIALS), @"error: no region is chosen: give --region or --all-regions, or set AWS_REGION");
}

#[test]
fn no_credentials() {
    assert_snapshot!(told_in(&[("AWS_REGION", "eu-west-1")]), @"
    error: the account cannot be reached: sts:GetCallerIdentity failed with NoCredentials: none in the environment, the profile, a web identity or an instance role
    help: give credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, --profile, `aws sso login`, or an instance role
    ");
}

/// A machine whose metadata service answers, and gives out nothing: most containers and CI runners.
#[test]
fn an_instance_that_gives_no_credentials() {
    let metadata = Proxy::start(
        NOBODY,
        Faults::none().on("*", Fault::error(403, "Forbidden")),
    );
    let environment = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url()),
    ];
    let told = told_in(&environment);
    assert!(told.contains("failed with NoCredentials: "), "{told}");
    assert!(told.contains("help: give credentials: "), "{told}");
}

/// A server that refuses everything, and the number of calls it was sent.
fn refusing(code: &str) -> (String, usize) {
    // Never called: the fault answers everything.
    let proxy = Proxy::start(NOBODY, Faults::none().on("*", Fault::error(403, code)));
    let environment = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ENDPOINT_URL", proxy.url()),
    ];
    let told = told_in(&with_credentials(&environment));
    (told, proxy.calls().len())
}

#[test]
fn credentials_that_aws_does_not_know() {
    let (told, calls) = refusing("InvalidClientTokenId");
    assert_snapshot!(told, @"
    error: the account cannot be reached: sts:GetCallerIdentity failed with InvalidClientTokenId: The test's proxy was told to answer so.
    help: check the credentials: `aws sts get-caller-identity` must work with the same environment
    ");
    assert_eq!(calls, 2, "one for audit and one for collect");
}

#[test]
fn credentials_that_have_expired() {
    let (told, _) = refusing("ExpiredToken");
    assert_snapshot!(told, @"
    error: the account cannot be reached: sts:GetCallerIdentity failed with ExpiredToken: The test's proxy was told to answer so.
    help: the session has expired: log in again
    ");
}

#[test]
fn an_endpoint_that_nobody_listens_at() {
    let environment = [("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", NOBODY)];
    assert_snapshot!(told_in(&with_credentials(&environment)), @"
    error: the account cannot be reached: sts:GetCallerIdentity failed with ConnectionFailed: dispatch failure: io error: client error (Connect): tcp connect error: Connection refused (os error 111)
    help: check the network, the proxy and AWS_ENDPOINT_URL
    ");
}

/// The SDK would print the request with all its headers.
#[test]
fn an_endpoint_that_is_no_address() {
    let environment = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ENDPOINT_URL", "localhost"),
    ];
    assert_snapshot!(told_in(&with_credentials(&environment)), @"
    error: the account cannot be reached: sts:GetCallerIdentity failed with ConnectionFailed: dispatch failure: other: failed to apply endpoint `localhost`: endpoint must contain scheme
    help: check the network, the proxy and AWS_ENDPOINT_URL
    ");
}

#[test]
fn a_region_that_is_no_name() {
    let environment = [("AWS_REGION", "eu west/1"), ("AWS_ENDPOINT_URL", NOBODY)];
    let told = told_in(&with_credentials(&environment));
    let help = "help: check --region and AWS_REGION: a region is written as eu-west-1\n";
    assert!(told.ends_with(help), "{told}");
}

/// The SDK would panic.
#[test]
fn a_number_of_attempts_that_is_none() {
    for attempts in ["many", "0", "-1"] {
        let environment = [("AWS_REGION", "eu-west-1"), ("AWS_MAX_ATTEMPTS", attempts)];
        let told = told_in(&with_credentials(&environment));
        assert_eq!(
            told, "error: the setting AWS_MAX_ATTEMPTS is not a whole number from 1 on\n",
            "{attempts:?}"
        );
    }
}
