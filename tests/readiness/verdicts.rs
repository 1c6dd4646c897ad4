//! What makes an account ready, not ready, or impossible to judge.

use serde_json::{Value, json};

use crate::support::launch::{ARGUMENTS, Launch, SAID, database};
use crate::support::samples::{instance, unread_instances, unreadable_instance};
use crate::support::{Bench, Run};
use crate::unbroken;

fn judged(launch: Launch, more: &str, code: i32) -> (Bench, Run) {
    let bench = launch.bench();
    let run = bench.run(&format!("{ARGUMENTS} {SAID} {more}"));
    (bench, run.expect_code(code))
}

/// The JSON document of a judgement.
fn document(launch: Launch, more: &str, code: i32) -> Value {
    let (bench, _) = judged(launch, &format!("{more} --report json=out.json"), code);
    bench.json("out.json")
}

fn texts(document: &Value) -> Vec<String> {
    let reasons = document["reasons"].as_array().expect("reasons");
    let texts = reasons
        .iter()
        .map(|reason| reason["text"].as_str().expect("a text").to_owned());
    texts.collect()
}

fn item<'d>(document: &'d Value, control: &str) -> &'d Value {
    let sections = document["checklist"].as_array().expect("sections");
    let mut items = sections
        .iter()
        .flat_map(|section| section["items"].as_array().expect("items"));
    items
        .find(|item| item["control"] == control)
        .unwrap_or_else(|| panic!("no {control}"))
}

#[test]
fn a_sound_account_is_ready() {
    let (_, run) = judged(Launch::sound(), "", 0);
    assert!(run.stdout.starts_with("READY\n"), "{}", run.stdout);
    let document = document(Launch::sound(), "", 0);
    assert_eq!(document["schema"], "launchgate.readiness/1");
    assert_eq!(document["verdict"], "ready");
    assert_eq!(document["reasons"], json!([]));
    assert_eq!(item(&document, "on-call")["state"], "attested");
    assert_eq!(item(&document, "data")["state"], "met");
    assert_eq!(item(&document, "contacts")["state"], "not_automated");
    assert_eq!(document["attestations"][0]["by"], "Jane Doe");
    assert_eq!(document["growth"]["phase"], "Launch");
}

#[test]
fn what_fails_and_what_nobody_signed_are_reasons_in_that_order() {
    let databases = vec![instance("db-1", 0), instance("db-2", 0), database("db-3")];
    let document = document(Launch::sound().with_databases(databases).unsigned(), "", 1);
    assert_eq!(document["verdict"], "not_ready");
    assert_eq!(
        texts(&document),
        [
            "2 DB instances: no alarm watches it (rds-alarm-cpu)",
            "2 DB instances: no alarm watches it (rds-alarm-storage)",
            "2 DB instances fail \"RDS instances keep backups\" (rds-kept)",
            "nobody attested: on-call",
        ]
    );
    assert_eq!(item(&document, "data")["state"], "not_met");
    assert_eq!(item(&document, "data")["failing"], 2);
    assert_eq!(item(&document, "on-call")["state"], "to_be_attested");
}

#[test]
fn a_missing_signature_alone_is_not_ready() {
    let document = document(Launch::sound().unsigned(), "", 1);
    assert_eq!(texts(&document), ["nobody attested: on-call"]);
}

#[test]
fn what_is_below_the_bar_fails_without_blocking() {
    let mut alone = database("db-1");
    alone["fields"]["tags"]["alone"] = json!("yes");
    let document = document(Launch::sound().with_databases(vec![alone]), "", 0);
    let replica = item(&document, "replica");
    assert_eq!(
        (&replica["state"], &replica["blocks"]),
        (&json!("to_improve"), &json!(false))
    );
    assert_eq!(document["growth"]["items"][0]["control"], "replica");
}

#[test]
fn what_could_not_be_read_cannot_be_told() {
    let databases = vec![database("db-1"), unreadable_instance("db-2")];
    let launch = || {
        let mut watched = databases.clone();
        watched[1]["fields"]["tags"] = databases[0]["fields"]["tags"].clone();
        Launch::sound().with_databases(watched)
    };
    let told = document(launch(), "", 3);
    assert_eq!(told["verdict"], "cannot_tell");
    assert_eq!(
        texts(&told),
        [
            "could not look: rds:DescribeDBInstances was denied, needs rds:DescribeDBInstances (1 finding undecided)"
        ]
    );
    assert_eq!(item(&told, "data")["state"], "cannot_tell");
    assert_eq!(told["unread"][0]["iam_action"], "rds:DescribeDBInstances");

    let through = document(launch(), "--allow-unknown", 0);
    assert_eq!(through["reasons"][0]["kind"], "let_through");
}

#[test]
fn a_failure_counts_more_than_a_read_that_failed() {
    let launch = Launch::sound()
        .with_databases(vec![instance("db-1", 0)])
        .with_unread(unread_instances());
    let document = document(launch, "", 1);
    assert_eq!(document["verdict"], "not_ready");
    let texts = texts(&document);
    assert!(texts.len() <= 7, "{texts:?}");
    assert!(
        texts
            .iter()
            .any(|text| text.starts_with("could not look: ")),
        "{texts:?}"
    );
}

/// Seven lines at most, however much is wrong; and what is left out is counted.
#[test]
fn reasons_are_few() {
    let mut bench = Launch::sound()
        .unsigned()
        .with_databases(vec![instance("db-1", 0)])
        .bench();
    for number in 0..20 {
        let id = format!("rds-many-{number}");
        let rule = crate::support::samples::rule_named(&id)
            .replace("tests:", "controls: { house: [data] }\ntests:");
        bench = bench.with(&format!("rules/{id}.yaml"), rule);
    }
    let run = bench.run(&format!("{ARGUMENTS} {SAID} --report json=out.json"));
    run.expect_code(1);
    let texts = texts(&bench.json("out.json"));
    assert_eq!(texts.len(), 7, "{texts:?}");
    assert!(
        texts.contains(&"nobody attested: on-call".to_owned()),
        "{texts:?}"
    );
    assert_eq!(
        texts.last().map(String::as_str),
        Some("and 18 more rules fail")
    );
}

#[test]
fn an_empty_account_is_no_ready_one() {
    let (_, run) = judged(Launch::sound().with_databases(Vec::new()), "", 4);
    assert!(
        run.stdout.starts_with("NOTHING AUDITED\n"),
        "{}",
        run.stdout
    );
}

/// Nothing is said of a phase that nobody named, and nothing passes by it.
#[test]
fn a_missing_number_of_users_is_said() {
    let bench = Launch::sound().bench();
    let run = bench.run(&format!(
        "{ARGUMENTS} --param monthly_budget=100 --report json=out.json"
    ));
    let run = run.expect_code(0);
    assert!(
        unbroken(&run.stdout).contains("how many users are active is not known"),
        "{}",
        run.stdout
    );
    let document = bench.json("out.json");
    assert_eq!(document["growth"]["active_users"], Value::Null);
    assert!(
        document["growth"]["problem"]
            .as_str()
            .expect("a problem")
            .contains("--param active_users=")
    );
    assert_eq!(document["costs"][0]["checks"][2]["answer"], "cannot_tell");
}

#[test]
fn coverage_measurements_and_savings_are_shown() {
    let mut busy = instance("db-1", 30);
    busy["fields"]["tags"] = json!({ "alarm-cpu": "yes", "busy": "9" });
    let document = document(
        Launch::sound().with_databases(vec![busy, unreadable_instance("db-2")]),
        "",
        1,
    );
    let coverage = &document["coverage"][0];
    assert_eq!(coverage["type"], "rds.DBInstance");
    assert_eq!(coverage["signals"], json!(["cpu", "storage"]));
    let watch = |row: usize, cell: usize| coverage["rows"][row]["cells"][cell]["watch"].clone();
    assert_eq!(
        (watch(0, 0), watch(0, 1)),
        (json!("watched"), json!("not_watched"))
    );
    assert_eq!(
        document["measurements"][0]["message"],
        "is busy for 9 hours a day"
    );
    assert_eq!(document["measurements"][0]["status"], "fail");
    assert_eq!(document["options"]["total"], "15.00");
    assert_eq!(
        document["options"]["options"][0]["advice"],
        "Raise the retention period."
    );
}
