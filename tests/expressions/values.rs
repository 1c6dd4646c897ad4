//! Values at their edges: time, numbers, texts, addresses.

use launchgate::expr::{Failure, format_duration};
use launchgate::fact::Fact;
use serde_json::json;
use time::Duration;

use crate::world::{check, of_box};

fn holds(text: &str) {
    assert_eq!(of_box(text, &json!({})), Ok(Fact::Bool(true)), "{text}");
}

/// The expression has no value for its facts, which is an error and not an unread fact.
fn fails(text: &str, facts: &serde_json::Value, reason: &str) {
    match of_box(text, facts) {
        Err(Failure::Error(message)) => assert!(message.contains(reason), "{text}: {message}"),
        other => panic!("{text}: {other:?}"),
    }
}

fn refused(text: &str, code: &str) {
    match check(text) {
        Ok(_) => panic!("{text} is taken"),
        Err(errors) => assert_eq!(errors[0].code, code, "{text}: {errors:#?}"),
    }
}

#[test]
fn durations_take_cels_units_and_no_others() {
    for text in [
        "duration('1h30m') == duration('90m')",
        "duration('1.5h') == duration('5400s')",
        "duration('-10ms') < duration('0')",
        "duration('1m0.5s') == duration('60500ms')",
        "duration('1us') == duration('1000ns')",
        "days(2) == duration('48h')",
        "days(-1) == duration('-24h')",
        "wholeDays(duration('47h59m')) == 1",
        "wholeDays(duration('-25h')) == -1",
        "days(1) + days(2) - days(4) == days(-1)",
    ] {
        holds(text);
    }
    for text in [
        "", "7d", "1", "h", "1 h", "--1h", "1h-2m", "1e3s", ".h", "1..5h", "é",
    ] {
        refused(&format!("duration('{text}') > days(1)"), "bad-value");
    }
    let digits = "9".repeat(400);
    refused(&format!("duration('{digits}h') > days(1)"), "bad-value");
    refused("days(9223372036854775807) > days(1)", "bad-value");
}

#[test]
fn timestamps_are_rfc_3339_points_in_time() {
    for text in [
        "timestamp('2026-01-31T12:00:00Z') == now",
        "timestamp('2026-01-31T13:00:00+01:00') == now",
        "timestamp('2026-01-31T12:00:00.5Z') > now",
        "now - resource.Made > days(30)",
        "wholeDays(now - resource.Made) == 30",
        "now - days(31) < resource.Made",
        "days(1) + resource.Made == timestamp('2026-01-02T00:00:00Z')",
        "string(resource.Made) == '2026-01-01T00:00:00Z'",
    ] {
        holds(text);
    }
    for text in [
        "2026-01-31",
        "2026-02-30T00:00:00Z",
        "2026-01-31T12:00:00",
        "now",
        "",
    ] {
        refused(&format!("timestamp('{text}') < now"), "bad-value");
    }
    let far = json!({"Count": 9_000_000});
    fails("now + days(resource.Count) > now", &far, "too large");
    fails("now - days(resource.Count) < now", &far, "too large");
}

#[test]
fn durations_are_shown_in_the_largest_whole_unit() {
    for (length, shown) in [
        (Duration::days(1), "1 day"),
        (Duration::hours(49), "2 days"),
        (Duration::minutes(-61), "-1 hour"),
        (Duration::seconds(59), "59 seconds"),
        (Duration::milliseconds(5), "0 seconds"),
        (Duration::minutes(-1), "-1 minute"),
    ] {
        assert_eq!(format_duration(length), shown);
    }
}

#[test]
fn whole_numbers_do_not_wrap() {
    let largest = json!({ "Count": i64::MAX, "Limit": i64::MIN, "Numbers": [0, -1] });
    for text in [
        "resource.Count + 1 > 0",
        "resource.Count * 2 > 0",
        "-2 - resource.Count > 0",
        "has(resource.Limit) && -resource.Limit > 0",
        "has(resource.Limit) && resource.Limit / resource.Numbers[1] > 0",
        "has(resource.Limit) && resource.Limit % resource.Numbers[1] == 0",
    ] {
        fails(text, &largest, "too large");
    }
    for text in ["1 / resource.Numbers[0] > 0", "1 % resource.Numbers[0] > 0"] {
        fails(text, &largest, "divided by zero");
    }
    for text in ["7 / -2 == -3", "-7 % 3 == -1", "9223372036854775807 > 0"] {
        holds(text);
    }
}

#[test]
fn conversions_take_what_has_a_value_and_refuse_the_rest() {
    for text in [
        "int(-1.9) == -1",
        "int('-7') == -7",
        "int('9223372036854775807') > 0",
        "double('1e3') == 1000.0",
        "double(9007199254740993) == 9007199254740992.0",
        "string(-5) == '-5'",
        "string(0.5) == '0.5'",
        "string(true) == 'true'",
        "1.0 / 0.0 > 1e308",
    ] {
        holds(text);
    }
    for text in [
        "''",
        "' 1'",
        "'1.0'",
        "'0x1'",
        "'9223372036854775808'",
        "1e19",
        "-1e19",
    ] {
        refused(&format!("int({text}) == 0"), "bad-value");
    }
    refused("double('one') == 1.0", "bad-value");
    let facts = json!({ "Name": "seven", "Ratio": 9.3e18 });
    fails(
        "int(resource.Name) == 7",
        &facts,
        "`seven` is no whole number",
    );
    fails("int(resource.Ratio) > 0", &facts, "does not fit");
    let edge = json!({ "Ratio": 9_223_372_036_854_775_808.0 });
    fails("int(resource.Ratio) > 0", &edge, "does not fit");
    let lowest = json!({ "Ratio": -9_223_372_036_854_775_808.0 });
    assert_eq!(
        of_box("int(resource.Ratio) < 0", &lowest),
        Ok(Fact::Bool(true))
    );
}

#[test]
fn prefix_lengths_are_read_of_cidr_blocks_and_addresses() {
    for (cidr, length) in [
        ("0.0.0.0/0", 0),
        ("10.0.0.0/8", 8),
        ("192.0.2.1", 32),
        ("192.0.2.1/32", 32),
        ("::/0", 0),
        ("2001:db8::/56", 56),
        ("::1", 128),
        ("::ffff:192.0.2.1/128", 128),
    ] {
        holds(&format!("prefixLength('{cidr}') == {length}"));
    }
    for cidr in [
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "::/129",
        "10.0.0/8",
        "10.0.0.0/-1",
        "a/8",
        "10.0.0.0/8/8",
    ] {
        refused(&format!("prefixLength('{cidr}') == 0"), "bad-value");
    }
    fails(
        "prefixLength(resource.Name) == 0",
        &json!({"Name": "any"}),
        "`any` is no CIDR block",
    );
}

#[test]
fn texts_are_counted_in_characters_and_changed_in_ascii() {
    for text in [
        "size('é日') == 2",
        "'É'.lowerAscii() == 'É'",
        "'aÉ'.upperAscii() == 'AÉ'",
        "' a\\t'.trim() == 'a'",
        "'a,b,,c'.split(',').size() == 4",
        "''.split(',').size() == 1",
        "'a-b-c'.replace('-', '') == 'abc'",
        "resource.Names.join('-') == 'a-b'",
        "['x'].join('-') == 'x'",
        "'a/b'.split('/').join('.') == 'a.b'",
        "'arn:aws:iam::1:root'.matches('^arn:aws:iam::[0-9]+:root$')",
        "'日本'.contains('本')",
    ] {
        holds(text);
    }
}

#[test]
fn lists_are_read_within_their_bounds() {
    holds("resource.Numbers[2] == 3");
    fails("resource.Numbers[3] == 3", &json!({}), "no element [3]");
    fails("resource.Numbers[-1] == 3", &json!({}), "no element [-1]");
}

#[test]
fn like_matches_as_iam_does() {
    for text in [
        "'iam:passrole'.like('iam:passrole')",
        "'iam:passrole'.like('iam:*')",
        "'iam:passrole'.like('*')",
        "'iam:passrole'.like('i*m:p?ssr*e')",
        "'iam:passrole'.like('*role*')",
        "''.like('*') && ''.like('')",
        "'aXbXb'.like('a*b') && 'é'.like('?')",
        "!'iam:passrole'.like('iam:PassRole')",
        "!'iam:passrole'.like('iam:passrol')",
        "!'iam:passrole'.like('am:*')",
        "!'ab'.like('?') && !''.like('?')",
        "!'role:pass'.like('*pass*role*')",
        "!'a.b'.like('a[.]b')",
    ] {
        holds(text);
    }
    // Many stars take time in proportion to both lengths, not to a power of them.
    let (text, pattern) = ("a".repeat(2000), "a*".repeat(1000));
    holds(&format!("!'{text}'.like('{pattern}b')"));
}
