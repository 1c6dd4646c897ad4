//! Functions that are data, prices, summaries of numbers, and parameters that nobody has set.

use launchgate::expr::Failure;
use launchgate::fact::Fact;
use serde_json::json;

use crate::world::{check, is_unknown, of_box, unread};

fn holds(text: &str, facts: serde_json::Value) {
    assert_eq!(of_box(text, &facts), Ok(Fact::Bool(true)), "{text}");
}

/// The codes of all mistakes, in their order.
fn codes(text: &str) -> Vec<&'static str> {
    let errors = check(text).err().unwrap_or_default();
    errors.iter().map(|error| error.code).collect()
}

#[test]
fn a_function_takes_any_type_that_its_body_takes() {
    holds(
        "twice(3) == 6 && twice(1.5) == 3.0 && twice('a') == 'aa'",
        json!({}),
    );
    holds(
        "any_of(resource.Names, 'a') && any_of([1, 2], 2)",
        json!({ "Names": ["a"] }),
    );
    holds("heavy(resource, 1.0)", json!({ "Weight": 2.5 }));
    holds("!heavy(resource, 1.0)", json!({ "Weight": 2.0 }));
    holds("!heavy(resource, 1.0)", json!({}));
}

#[test]
fn a_functions_variables_do_not_meet_those_outside() {
    holds("[1, 2].all(x, twice(x) == x + x)", json!({}));
    holds("[1].all(y, twice([3].map(x, x + y)[0]) == 8)", json!({}));
    holds("twice(twice(twice(1))) == 8", json!({}));
    assert_eq!(codes("[1].exists(y, any_of([y], x))"), ["unknown-name"]);
}

#[test]
fn what_a_function_reads_is_read() {
    let checked = check("heavy(resource, 1.0)")
        .map_err(|_| ())
        .expect("sound");
    let (_, fields) = checked.expr.reads.iter().next().expect("a type");
    assert!(fields.contains("Weight"));
    assert!(is_unknown(&of_box(
        "heavy(resource, 1.0)",
        &json!({ "Weight": unread() })
    )));
}

#[test]
fn mistakes_inside_a_function_name_the_call_too() {
    assert_eq!(
        codes("unguarded(resource)"),
        ["unguarded-field", "in-function"]
    );
    assert_eq!(codes("heavy(resource, 'x')").last(), Some(&"in-function"));
    assert_eq!(codes("curious(1)"), ["unsupported", "in-function"]);
    assert_eq!(codes("set(1)"), ["unsupported", "in-function"]);
    assert_eq!(codes("ping(1)").first(), Some(&"unsupported"));
    assert_eq!(codes("twice()"), ["unsupported"]);
    assert_eq!(codes("twic(1)"), ["unknown-function"]);
}

#[test]
fn summaries_of_numbers() {
    let facts = json!({ "Numbers": [3, 1, 2] });
    holds(
        "sum(resource.Numbers) == 6 && min(resource.Numbers) == 1 && max(resource.Numbers) == 3",
        facts.clone(),
    );
    holds("avg(resource.Numbers) == 2.0", facts);
    holds(
        "sum([0.5, 0.25]) == 0.75 && max([0.5, 0.25]) == 0.5",
        json!({}),
    );
    holds("sum(resource.Numbers) == 0", json!({ "Numbers": [] }));
    holds(
        "sum(resource.Parts.filter(p, p.Open).map(p, size(p.Words))) == 0",
        json!({ "Parts": [] }),
    );
    for text in [
        "max(resource.Numbers) > 0",
        "min(resource.Numbers) > 0",
        "avg(resource.Numbers) > 0.0",
    ] {
        assert!(
            matches!(
                of_box(text, &json!({ "Numbers": [] })),
                Err(Failure::Error(_))
            ),
            "{text}"
        );
    }
    let large = json!({ "Numbers": [i64::MAX, 1] });
    assert!(matches!(
        of_box("sum(resource.Numbers) > 0", &large),
        Err(Failure::Error(_))
    ));
    assert!(is_unknown(&of_box(
        "sum(resource.Numbers) > 0",
        &json!({ "Numbers": [1, unread()] })
    )));
    assert_eq!(codes("sum(resource.Names) > 0"), ["type-mismatch"]);
}

#[test]
fn numbers_as_people_write_them() {
    holds(
        "fixed(32.8549, 2) == '32.85' && fixed(2, 1) == '2.0' && fixed(0.5, 0) == '0'",
        json!({}),
    );
    holds(
        "fixed(-0.001, 2) == '0.00' && fixed(-1.25, 1) == '-1.2'",
        json!({}),
    );
    assert_eq!(codes("fixed(1.0, 10) == ''"), ["bad-value"]);
    assert_eq!(codes("fixed(1.0, -1) == ''"), ["bad-value"]);
}

#[test]
fn a_price_is_that_of_the_region() {
    holds("price('box-hour', resource.region) * 2.0 == 1.0", json!({}));
    let elsewhere = of_box("price('box-hour', 'mars-1') > 0.0", &json!({}));
    assert!(matches!(elsewhere, Err(Failure::Error(_))));
    assert_eq!(codes("price('box-hours', 'x') > 0.0"), ["unknown-price"]);
    assert_eq!(codes("price(resource.Name, 'x') > 0.0"), ["unsupported"]);
    assert_eq!(codes("price('box-hour', 1) > 0.0"), ["type-mismatch"]);
}

#[test]
fn what_reads_a_parameter_that_nobody_set_is_unknown() {
    assert!(is_unknown(&of_box("params.never_set > 1", &json!({}))));
    assert!(is_unknown(&of_box(
        "twice(params.never_set) > 1",
        &json!({})
    )));
    holds("params.never_set > 1 || resource.On", json!({ "On": true }));
}
