//! What is written for a small account, and when nothing is.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::stub;
use crate::support::samples::{ACCOUNT, instance, rule_named, snapshot};
use crate::support::{Bench, Run, python};

const TEXT: &str = "  text: Raise the retention period.\n";
const RUN: &str = "remediate --no-bundled --rules rules --snapshot snapshot.json";

fn rule(id: &str, remediation: &str) -> String {
    rule_named(id)
        .replace(TEXT, &format!("{TEXT}{remediation}"))
        .replace("params:\n", "params:\n  alert_email: shared\n")
}

fn alarming(id: &str) -> String {
    rule(
        id,
        "  order: alarms
  risk: [costs]
  cli:
    - { order: topics, run: 'aws sns create-topic --name alerts' }
    - { order: topics, run: 'aws sns subscribe --topic alerts --to {params.alert_email}' }
    - aws cloudwatch put-metric-alarm --alarm-name ID-{resource.id}
  creates:
    'Alarm{resource.id}ID':
      Type: AWS::CloudWatch::Alarm
      Properties:
        AlarmName: 'ID-{resource.id}'
        Threshold: '{params.min_days}'
        Unit: '{resource.EnhancedMonitoringResourceArn}'
        AlarmActions: [ { Ref: Alerts } ]
",
    )
    .replace("ID-", &format!("{id}-"))
    .replace("}ID", &format!("}}{}", id.replace('-', "")))
}

fn topic() -> String {
    rule(
        "rds-topic",
        "  creates:
    Alerts: { Type: AWS::SNS::Topic, Properties: { DisplayName: { Fn::Sub: '${AWS::Region} {{x}}' } } }
    AlertsMail:
      Type: AWS::SNS::Subscription
      Properties: { TopicArn: { Ref: Alerts }, Protocol: email, Endpoint: '{params.alert_email}', RawMessageDelivery: false, Name: 'to {params.alert_email}' }
    Unrelated: { Type: AWS::SNS::Topic }
",
    )
    .replace("resource.BackupRetentionPeriod >= params.min_days", "resource.BackupRetentionPeriod >= 0")
}

fn in_region(name: &str, region: &str) -> Value {
    let mut found = instance(name, 0);
    found["region"] = json!(region);
    found
}

fn bench(instances: &[Value]) -> Bench {
    Bench::new()
        .with("rules/rds-one.yaml", alarming("rds-one"))
        .with("rules/rds-two.yaml", alarming("rds-two"))
        .with(
            "rules/rds-topic.yaml",
            topic().replace("expect: fail", "expect: pass"),
        )
        .with("snapshot.json", snapshot(instances).to_string())
}

#[track_caller]
fn run(bench: &Bench, more: &str) -> Run {
    bench.run(&format!("{RUN} {more}")).expect_code(0)
}

#[test]
fn the_template_holds_each_resource_once_with_what_it_refers_to() {
    let bench = bench(&[
        instance("db-1", 0),
        instance("db_1", 0),
        instance("fine", 7),
    ]);
    let told = run(&bench, "--template out/template.json").stdout;
    let template = bench.json("out/template.json");
    let resources = template["Resources"].as_object().expect("resources");
    let ids: Vec<&String> = resources.keys().collect();
    assert_eq!(ids.len(), 6, "{ids:?}");
    assert!(
        ids.iter()
            .all(|id| id.chars().all(|c| c.is_ascii_alphanumeric()))
    );
    assert!(!resources.contains_key("Unrelated"));
    assert_eq!(
        resources["Alerts"]["Properties"]["DisplayName"],
        json!({ "Fn::Sub": "${AWS::Region} {x}" })
    );
    let mail = &resources["AlertsMail"]["Properties"];
    assert_eq!(mail["Endpoint"], json!({ "Ref": "AlertEmail" }));
    assert_eq!(mail["Name"], json!({ "Fn::Sub": "to ${AlertEmail}" }));
    assert_eq!(
        template["Parameters"],
        json!({ "AlertEmail": { "Type": "String", "Description": "the address that alarms and budgets tell" } })
    );
    let alarm = resources
        .values()
        .find(|resource| resource["Properties"]["AlarmName"] == "rds-one-db_1");
    let alarm = &alarm.expect("an alarm for it")["Properties"];
    assert_eq!(alarm["Threshold"], json!(7), "a number stays one");
    assert_eq!(alarm.get("Unit"), None, "what is absent is left out");
    // What the template creates is not in the script too.
    assert!(!bench.path().join("reports/remediate.sh").exists());
    assert!(
        told.contains("--parameter-overrides AlertEmail=..."),
        "{told}"
    );
    run(&bench, "--template again.json");
    assert_eq!(
        bench.read("again.json"),
        bench.read("out/template.json"),
        "ids stay"
    );
}

#[test]
fn yaml_says_the_same_as_json() {
    let bench = bench(&[instance("db-1", 0), instance("no", 0)]);
    run(&bench, "--template t.json");
    run(&bench, "--template t.yaml");
    let program = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open('t.yaml')) == json.load(open('t.json'))))";
    let output = Command::new(python())
        .args(["-c", program])
        .current_dir(bench.path())
        .output()
        .expect("python runs");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "true\n",
        "{output:?}"
    );
}

#[test]
fn each_region_has_a_template_of_its_own() {
    let bench = bench(&[in_region("a", "eu-west-1"), in_region("b", "us-east-1")]);
    let told = run(&bench, "").stdout;
    for region in ["eu-west-1", "us-east-1"] {
        let text = bench.read(&format!("reports/remediate.{region}.yaml"));
        assert!(text.contains("Alerts:"), "{text}");
        assert!(
            told.contains(&format!("deploy --region {region}")),
            "{told}"
        );
    }
}

#[test]
fn the_script_makes_each_call_once_and_in_order() {
    let bench = bench(&[instance("db-1", 0), in_region("db-2", "us-east-1")]);
    run(&bench, "--no-template");
    let calls = stub::calls_of(&bench, "reports/remediate.sh");
    let shown: Vec<String> = calls.iter().map(|call| call.join(" ")).collect();
    let mail = "team@example.com $(id) '\"";
    let alarm = |id: &str, region: &str, name: &str| {
        format!("--region {region} cloudwatch put-metric-alarm --alarm-name {id}-{name}")
    };
    let topic = |region: &str| format!("--region {region} sns create-topic --name alerts");
    let subscribe =
        |region: &str| format!("--region {region} sns subscribe --topic alerts --to {mail}");
    assert_eq!(
        shown,
        [
            topic("eu-west-1"),
            subscribe("eu-west-1"),
            topic("us-east-1"),
            subscribe("us-east-1"),
            alarm("rds-one", "eu-west-1", "db-1"),
            alarm("rds-one", "us-east-1", "db-2"),
            alarm("rds-two", "eu-west-1", "db-1"),
            alarm("rds-two", "us-east-1", "db-2"),
        ]
    );
}

#[test]
fn the_script_runs_in_no_other_account() {
    let bench = bench(&[instance("db-1", 0)]);
    run(&bench, "--no-template");
    let (output, calls) = stub::run(&bench, "reports/remediate.sh", "999999999999");
    assert!(!output.status.success());
    assert_eq!(calls, Vec::<Vec<String>>::new());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains(ACCOUNT) && told.contains("999999999999"),
        "{told}"
    );
}

#[test]
fn the_script_asks_for_what_is_not_set_and_takes_what_is() {
    let bench = bench(&[instance("db-1", 0)]);
    run(&bench, "--no-template");
    let script = bench.read("reports/remediate.sh");
    assert!(
        script.contains(
            ": \"${ALERT_EMAIL:?set ALERT_EMAIL: the address that alarms and budgets tell}\""
        ),
        "{script}"
    );
    let mut set = bench.command(&format!("{RUN} --no-template"));
    set.args(["--param", "alert_email=us@example.com"]);
    crate::support::run(&mut set).expect_code(0);
    let script = bench.read("reports/remediate.sh");
    assert!(!script.contains("ALERT_EMAIL"), "{script}");
    assert!(script.contains("--to us@example.com"), "{script}");
}

/// A command that must not run as it stands, and why.
#[track_caller]
fn waits(cli: &str, why: &str) {
    let rule = rule("rds-one", &format!("  cli: {cli}\n"));
    let bench = bench(&[instance("db-1", 0)]);
    fs::remove_file(bench.path().join("rules/rds-two.yaml")).expect("not needed");
    let bench = bench.with("rules/rds-one.yaml", rule);
    let told = run(&bench, "").stdout;
    assert_eq!(
        stub::calls_of(&bench, "reports/remediate.sh"),
        Vec::<Vec<String>>::new()
    );
    assert!(
        bench
            .read("reports/remediate.sh")
            .contains(&format!("# decide: {why}")),
        "{}",
        bench.read("reports/remediate.sh")
    );
    assert!(told.contains("rds-one") && told.contains(why), "{told}");
}

#[test]
fn what_somebody_has_to_look_at_first_does_not_run() {
    waits("aws rds x --key KEY_ARN", "what stands for KEY_ARN");
    waits(
        "aws rds x --body file://a.json",
        "what stands for file://a.json",
    );
    waits(
        "aws rds delete-db --id {resource.id}",
        "whether nothing needs what `delete` takes away or interrupts",
    );
    waits("aws rds describe-dbs", "what to do about what this shows");
    waits(
        "aws rds x --y {resource.KmsKeyId}",
        "resource.KmsKeyId is not there",
    );
    waits("aws rds x | sh", "`|` means something to the shell");
    waits(
        "[aws rds one, aws rds x --key KEY_ARN]",
        "what stands for KEY_ARN",
    );
    waits(
        "[{ run: aws rds one, decide: 'who owns {resource.id}' }, aws rds two]",
        "who owns db-1",
    );
}

#[test]
fn a_rule_may_say_that_a_command_runs_all_the_same() {
    let rule = rule(
        "rds-one",
        "  cli: [{ run: 'aws rds delete-db --id {resource.id} --state NEW_STATE', unattended: true }]\n",
    );
    let bench = bench(&[instance("db-1", 0)]).with("rules/rds-one.yaml", rule);
    run(&bench, "--rule rds-one");
    assert_eq!(stub::calls_of(&bench, "reports/remediate.sh").len(), 1);
}

#[test]
fn nothing_to_mend_is_said_and_nothing_is_written() {
    let bench = bench(&[instance("fine", 7)]);
    let told = run(&bench, "").stdout;
    assert_eq!(told, "nothing to mend: no finding fails\n");
    assert!(!bench.path().join("reports").exists());
}

#[test]
fn two_files_at_one_path_are_refused() {
    let bench = bench(&[instance("db-1", 0)]);
    let told = bench.refused(&format!("{RUN} --script x --template x"));
    assert!(told.contains("cannot both go to x"), "{told}");
}

/// The bundled rules over the account that comes with launchgate.
#[test]
fn the_demo_gives_a_clean_script_and_a_sound_template() {
    let bench = Bench::new();
    bench.run("remediate --demo").expect_code(0);
    let bin = python().parent().expect("the environment's programs");
    for (program, file) in [
        ("shellcheck", "reports/remediate.sh"),
        ("cfn-lint", "reports/remediate.yaml"),
    ] {
        let output = Command::new(bin.join(program))
            .arg(file)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .current_dir(bench.path())
            .output()
            .expect("it runs");
        assert!(
            output.status.success(),
            "{program}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}
