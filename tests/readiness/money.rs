//! Costs in the readiness report: what cannot be known is said, and never drawn.

use serde_json::Value;

use crate::support::launch::{ARGUMENTS, Launch, SAID, daily, forecast, refused, total};

fn judged(launch: Launch, code: i32) -> (Value, String) {
    let bench = launch.bench();
    let run = bench.run(&format!(
        "{ARGUMENTS} {SAID} --report json=out.json --report html=out.html"
    ));
    run.expect_code(code);
    (bench.json("out.json"), bench.read("out.html"))
}

fn two(index: usize) -> Vec<(&'static str, String)> {
    let _ = index;
    vec![("Amazon RDS", "1".to_owned())]
}

/// The only reason, and that nothing is drawn.
fn only_reason((document, page): &(Value, String)) -> String {
    assert_eq!(document["verdict"], "cannot_tell");
    let reasons = document["reasons"].as_array().expect("reasons");
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    assert!(!page.contains("<svg"), "a chart of nothing");
    reasons[0]["text"].as_str().expect("a text").to_owned()
}

#[test]
fn sums_lose_no_fraction_of_a_cent() {
    let thirds = |_| {
        vec![
            ("Amazon RDS", "0.3333333333".to_owned()),
            ("AWS Lambda", "1.5E-7".to_owned()),
        ]
    };
    let (document, _) = judged(
        Launch::sound().with_costs(daily(thirds, "USD"), total("38.5", "USD")),
        0,
    );
    let services = &document["costs"][0]["services"];
    assert_eq!(services[0]["amount"], "9.999999999");
    assert_eq!(services[1]["amount"], "0.0000045");
    assert_eq!(
        document["costs"][0]["days"][0]["total"],
        "0.33333348330".trim_end_matches('0')
    );
}

#[test]
fn the_month_is_held_against_budget_and_phase() {
    let (document, page) = judged(Launch::sound(), 0);
    let costs = &document["costs"][0];
    // Nineteen whole days of 2 USD, and 24 USD for today and the rest.
    assert_eq!(costs["month"], "62.00");
    let answers: Vec<&Value> = (0..3)
        .map(|index| &costs["checks"][index]["answer"])
        .collect();
    assert_eq!(answers, ["within", "within", "within"]);
    assert_eq!(
        costs["checks"][2]["text"],
        "$62.00, expected $50.00 to $80.00"
    );
    assert_eq!(page.matches("<svg").count(), 2);

    let launch = Launch::sound().with_forecast(Some(forecast("224.5", "USD")));
    let (document, _) = judged(launch, 0);
    assert_eq!(document["costs"][0]["checks"][1]["answer"], "over");
    assert_eq!(
        document["costs"][0]["checks"][1]["text"],
        "$262.50 over the budget of $100.00"
    );
}

#[test]
fn a_new_account_has_no_costs_yet() {
    let none = |_| Vec::new();
    let launch = Launch::sound().with_costs(daily(none, "USD"), total("0", "USD"));
    let reason = only_reason(&judged(launch, 3));
    assert!(reason.contains("shows no charge at all"), "{reason}");

    let refused = refused(
        "DataUnavailableException",
        "Data is not available. Please try to adjust the time period.",
        None,
    );
    let reason = only_reason(&judged(
        Launch::sound().with_costs(refused.clone(), refused),
        3,
    ));
    assert!(reason.contains("Cost Explorer has no data yet"), "{reason}");
}

#[test]
fn cost_explorer_that_refuses_says_how_to_be_let_in() {
    for (message, action, told) in [
        (
            "User not enabled for cost explorer access",
            None,
            "open it once in the billing console",
        ),
        (
            "Linked account doesn't have access to cost explorer.",
            None,
            "management account",
        ),
        (
            "no identity-based policy allows it",
            Some("ce:GetCostAndUsage"),
            "needs ce:GetCostAndUsage",
        ),
    ] {
        let refused = refused("AccessDeniedException", message, action);
        let launch = Launch::sound().with_costs(refused.clone(), refused);
        let reason = only_reason(&judged(launch, 3));
        assert!(reason.contains(told), "{reason}");
    }
}

#[test]
fn a_snapshot_without_costs_is_told_how_to_get_them() {
    let reason = only_reason(&judged(Launch::sound().without_costs(), 3));
    assert!(
        reason.contains("collect again with --for readiness"),
        "{reason}"
    );
}

#[test]
fn costs_in_euro_are_drawn_and_not_compared() {
    let launch = Launch::sound()
        .with_costs(daily(two, "EUR"), total("20", "EUR"))
        .with_forecast(Some(forecast("12", "EUR")));
    let (document, page) = judged(launch, 3);
    let reason = document["reasons"][0]["text"].as_str().expect("a text");
    assert!(reason.contains("billed in EUR"), "{reason}");
    assert!(page.contains("<svg") && page.contains("1.00 EUR"));
    assert!(
        !page.contains("class=\"budget\""),
        "a line in another currency"
    );
}

#[test]
fn without_a_budget_nobody_knows_whether_the_bill_runs_away() {
    let bench = Launch::sound().bench();
    let run = bench.run(&format!("{ARGUMENTS} --report json=out.json"));
    run.expect_code(3);
    let reason = bench.json("out.json")["reasons"][0]["text"].to_string();
    assert!(
        reason.contains("no budget is set (--param monthly_budget=100)"),
        "{reason}"
    );
}

#[test]
fn credits_are_days_below_nothing() {
    let credit = |index: usize| {
        let mut services = two(index);
        if index == 20 {
            services.push(("Credits", "-7.505".to_owned()));
        }
        services
    };
    let (document, page) = judged(
        Launch::sound().with_costs(daily(credit, "USD"), total("12", "USD")),
        0,
    );
    assert_eq!(document["costs"][0]["days"][20]["total"], "-6.505");
    assert!(
        page.contains("-$7.51") && page.contains("-$6.51"),
        "rounded half away from nothing"
    );
    assert!(
        page.contains(">-$5<") || page.contains(">-$10<"),
        "the axis goes below nothing"
    );
}

#[test]
fn no_forecast_is_said_and_blocks_nothing() {
    let (document, page) = judged(Launch::sound().with_forecast(None), 0);
    let costs = &document["costs"][0];
    assert_eq!(costs["checks"][1]["answer"], "cannot_tell");
    assert!(
        costs["gaps"][0]["text"]
            .as_str()
            .expect("a text")
            .contains("too little history")
    );
    assert!(page.contains("<svg"));
}

#[test]
fn amounts_that_are_none_are_no_amounts() {
    let odd = |_| vec![("Amazon RDS", "a lot".to_owned())];
    let reason = only_reason(&judged(
        Launch::sound().with_costs(daily(odd, "USD"), refused("Timeout", "no answer", None)),
        3,
    ));
    assert!(reason.contains("InvalidResponse"), "{reason}");
}
