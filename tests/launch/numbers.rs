//! What was measured and spent in each state reaches the rules: rules of the test's own say it aloud.

use crate::account::{Account, State};
use crate::outcome::Outcome;
use crate::support::{Bench, Faults};

/// A rule that fails for each resource, and says this.
fn saying(id: &str, resource: &str, message: &str) -> String {
    format!(
        "id: {id}\ntitle: It says what was read\nseverity: info\nresource: {resource}\n\
         require: 'false'\nmessage: '{message}'\nwhy: To test.\nremediation: {{ text: None. }}\n\
         tests: []\n"
    )
}

const RULES: [(&str, &str, &str); 4] = [
    (
        "lambda-saying",
        "lambda.Function",
        "{sum(resource.Metrics.Errors)} of {sum(resource.Metrics.Invocations)} calls",
    ),
    (
        "rds-saying",
        "rds.DBInstance",
        "processor {avg(resource.Metrics.CPUUtilization)}",
    ),
    (
        "apigateway-saying",
        "apigateway.Stage",
        "answers within {max(resource.Metrics.LatencyP95)}",
    ),
    (
        "ce-saying",
        "ce.CostAndUsage",
        "{sum(resource.MonthToDate.ResultsByTime.map(r, has(r.Total.UnblendedCost) ? double(r.Total.UnblendedCost.Amount) : 0.0))} spent, \
         {sum(ce.CostForecast.map(f, double(f.Total.Amount)))} to come",
    ),
];

fn heard(account: &Account, answers: Faults) -> Outcome {
    let mut bench = Bench::new();
    let mut arguments = "--rules said".to_owned();
    for (id, resource, message) in RULES {
        bench = bench.with(&format!("said/{id}.yaml"), saying(id, resource, message));
        arguments = format!("{arguments} --rule {id}");
    }
    account.audit(answers, &bench, &arguments)
}

/// The message of each finding of a rule, or the code of its unknown.
fn messages<'o>(outcome: &'o Outcome, rule: &str) -> Vec<&'o str> {
    let said = outcome.of(rule).into_iter().map(|finding| {
        let unknown = finding["unknown"]["code"].as_str();
        unknown.or(finding["message"].as_str()).unwrap_or_default()
    });
    said.collect()
}

#[test]
fn the_ready_account_has_the_numbers_of_a_quiet_month() {
    let account = Account::open(State::Ready);
    let outcome = heard(&account, account.answers());
    // Fourteen days of a thousand calls.
    assert_eq!(
        messages(&outcome, "lambda-saying"),
        ["28 of 14000 calls"; 3]
    );
    assert_eq!(messages(&outcome, "rds-saying"), ["processor 30"]);
    assert_eq!(
        messages(&outcome, "apigateway-saying"),
        ["answers within 300"]
    );
    assert_eq!(messages(&outcome, "ce-saying"), ["62 spent, 36 to come"]);
}

#[test]
fn the_half_done_account_has_the_numbers_to_worry_about() {
    let account = Account::open(State::Half);
    let outcome = heard(&account, account.answers());
    assert_eq!(
        messages(&outcome, "lambda-saying"),
        ["420 of 14000 calls"; 3]
    );
    assert_eq!(messages(&outcome, "rds-saying"), ["processor 86"]);
    assert_eq!(
        messages(&outcome, "apigateway-saying"),
        ["answers within 2600"]
    );
    assert_eq!(
        messages(&outcome, "ce-saying"),
        ["96.4 spent, 58.4 to come"]
    );
}
