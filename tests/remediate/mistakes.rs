//! Mistakes in what a rule creates and runs are told where they stand.

use insta::assert_snapshot;

use crate::support::Bench;
use crate::support::samples::{RULE, instance, rule_named, rule_with, snapshot};

const TEXT: &str = "  text: Raise the retention period.\n";

/// What `rules check` says of a rule with this in its remediation.
#[track_caller]
fn told_of(remediation: &str) -> String {
    let rule = rule_with(TEXT, &format!("{TEXT}{remediation}"));
    let bench = Bench::new().with("rules/rds-story.yaml", rule);
    bench.refused("rules check rules")
}

#[test]
fn mistakes_in_commands() {
    assert_snapshot!(told_of("  order: alarm
  risk: [cost]
  cli:
    - { run: aws a b, decide: what, unattended: true }
    - { ron: aws a b }
    - aws a b {resource.Nam}
"), @"
    error[unknown-stage]: there is no stage `alarm`
      --> rules/rds-story.yaml:12:10
       |
    12 |   order: alarm
       |          ^^^^^
       |
       = help: did you mean `alarms`?

    error[unknown-risk]: there is no risk `cost`
      --> rules/rds-story.yaml:13:10
       |
    13 |   risk: [cost]
       |          ^^^^
       |
       = help: did you mean `costs`?

    error[contradiction]: a command with something to decide cannot run unattended
      --> rules/rds-story.yaml:15:37
       |
    15 |     - { run: aws a b, decide: what, unattended: true }
       |                                     ^^^^^^^^^^

    error[missing-key]: a command has no `run`
      --> rules/rds-story.yaml:16:7
       |
    16 |     - { ron: aws a b }
       |       ^

    error[unknown-key]: a command has no key `ron`
      --> rules/rds-story.yaml:16:9
       |
    16 |     - { ron: aws a b }
       |         ^^^
       |
       = help: did you mean `run`?

    error[unknown-field]: rds.DBInstance has no field `Nam`
      --> rules/rds-story.yaml:17:25
       |
    17 |     - aws a b {resource.Nam}
       |                         ^^^
       |
       = help: did you mean `DBName`?

    error: 6 mistakes in 1 file
    ");
}

#[test]
fn mistakes_in_resources() {
    assert_snapshot!(told_of("  creates:
    'Bad-Id': { Type: Topic }
    Fine:
      Type: AWS::SNS::Topic
      DependsOn: Not-Fine
      Properties: { TopicName: '${AWS::StackName}', Other: { Fn::GetAtt: Fine.Arn } }
      Propertys: {}
"), @"
    error[bad-logical-id]: a logical id is made of letters and digits, not `-`
      --> rules/rds-story.yaml:13:5
       |
    13 |     'Bad-Id': { Type: Topic }
       |     ^^^^^^^^
       |
       = help: what {expressions} bring is brought to letters and digits

    error[bad-resource-type]: `Topic` is no CloudFormation type
      --> rules/rds-story.yaml:13:23
       |
    13 |     'Bad-Id': { Type: Topic }
       |                       ^^^^^
       |
       = help: write it as AWS::SNS::Topic

    error[bad-logical-id]: a logical id is made of letters and digits, not `-`
      --> rules/rds-story.yaml:16:18
       |
    16 |       DependsOn: Not-Fine
       |                  ^^^^^^^^
       |
       = help: what {expressions} bring is brought to letters and digits

    error[outside-sub]: CloudFormation fills this in under `Fn::Sub` only
      --> rules/rds-story.yaml:17:32
       |
    17 |       Properties: { TopicName: '${AWS::StackName}', Other: { Fn::GetAtt: Fine.Arn } }
       |                                ^^^^^^^^^^^^^^^^^^^
       |
       = help: write { Fn::Sub: '...' }

    error[wrong-type]: `Fn::GetAtt` must be a list, not text
      --> rules/rds-story.yaml:17:74
       |
    17 |       Properties: { TopicName: '${AWS::StackName}', Other: { Fn::GetAtt: Fine.Arn } }
       |                                                                          ^^^^^^^^

    error[unknown-key]: resource `Fine` has no key `Propertys`
      --> rules/rds-story.yaml:18:7
       |
    18 |       Propertys: {}
       |       ^^^^^^^^^
       |
       = help: did you mean `Properties`?

    error: 6 mistakes in 1 file
    ");
}

#[test]
fn what_is_right_is_taken() {
    let rule = rule_with(
        TEXT,
        &format!(
            "{TEXT}  order: alarms
  risk: [costs, interrupts]
  cli:
    - aws sns create-topic --name x
    - {{ order: topics, decide: 'how {{resource.id}} is called', run: aws a b }}
  creates:
    'Topic{{resource.id}}':
      Type: AWS::SNS::Topic
      Properties: {{ DisplayName: {{ Fn::Sub: '${{AWS::Region}} {{resource.id}}' }} }}
"
        ),
    );
    let bench = Bench::new().with("rules/rds-story.yaml", rule);
    bench.run("rules check rules").expect_code(0);
    bench.run("rules test rules").expect_code(0);
    let shown = bench
        .run("rules show rds-story --rules rules")
        .expect_code(0)
        .stdout;
    assert!(
        shown.contains("creates   Topic{resource.id} AWS::SNS::Topic"),
        "{shown}"
    );
    assert!(
        shown.contains("decide    how {resource.id} is called"),
        "{shown}"
    );
    assert!(RULE.contains(TEXT));
}

/// A rule that creates something, beside [`rule_named`].
fn creating(id: &str, creates: &str) -> String {
    rule_named(id).replace(TEXT, &format!("{TEXT}  creates:\n{creates}"))
}

#[track_caller]
fn refused(first: &str, second: &str) -> String {
    let bench = Bench::new()
        .with("rules/rds-one.yaml", creating("rds-one", first))
        .with("rules/rds-two.yaml", creating("rds-two", second))
        .with("snapshot.json", snapshot(&[instance("db", 0)]).to_string());
    bench.refused("remediate --no-bundled --rules rules --snapshot snapshot.json")
}

#[test]
fn resources_that_contradict_each_other_are_a_mistake_of_the_rules() {
    let first = "    Topic: { Type: AWS::SNS::Topic }\n";
    let second = "    Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: x } }\n";
    assert_snapshot!(refused(first, second), @"error: failed to put the plan together: rules rds-one and rds-two create different resources as `Topic` in eu-west-1: give one another logical id");
}

#[test]
fn a_reference_to_nothing_is_a_mistake_of_the_rules() {
    let first = "    Topic: { Type: AWS::SNS::Topic }\n";
    let second =
        "    Policy: { Type: AWS::SNS::TopicPolicy, Properties: { Topics: [ { Ref: Topik } ] } }\n";
    assert_snapshot!(refused(first, second), @"error: failed to put the plan together: rule rds-two refers to `Topik`, which no loaded rule creates");
}
