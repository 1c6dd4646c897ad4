//! Snapshot files: what is written is read again, and nothing else is taken for one.

use std::collections::BTreeSet;
use std::sync::Arc;

use launchgate::fact::{Fact, Object, Unknown};
use launchgate::snapshot::{
    Account, FORMAT, Resource, Snapshot, SnapshotError, Unread, read, write,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

use crate::garbling::{changes, garbled, holds};

/// Texts with all that JSON and our own marks make special.
fn text() -> impl Strategy<Value = String> {
    let special = [
        "$unknown",
        "$$unknown",
        "$",
        "$$",
        "$x",
        "",
        "id",
        "fields",
        "é日\u{1F600}",
        "\u{0}\"\\\n",
        "arn:aws:s3:::b",
        "\u{2028}",
    ];
    prop_oneof![
        select(special.to_vec()).prop_map(str::to_owned),
        any::<String>()
    ]
}

fn reason() -> impl Strategy<Value = Unknown> {
    (text(), text(), text(), text(), proptest::option::of(text())).prop_map(
        |(operation, region, code, message, iam_action)| Unknown {
            operation,
            region,
            code,
            message,
            iam_action,
        },
    )
}

/// Any fact but numbers that are none: no answer holds such.
fn fact() -> impl Strategy<Value = Fact> {
    let leaf = prop_oneof![
        Just(Fact::Null),
        any::<bool>().prop_map(Fact::Bool),
        any::<i64>().prop_map(Fact::Int),
        select(vec![i64::MAX, i64::MIN, 0, 1 << 53]).prop_map(Fact::Int),
        proptest::num::f64::NORMAL.prop_map(Fact::Double),
        select(vec![0.0, -0.0, 1e15, 0.1]).prop_map(Fact::Double),
        text().prop_map(Fact::string),
        reason().prop_map(|reason| Fact::Unknown(Arc::new(reason))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Fact::List),
            object(inner).prop_map(Fact::Object),
        ]
    })
}

fn object(value: impl Strategy<Value = Fact>) -> impl Strategy<Value = Object> {
    let entries = btree_map(text(), value, 0..4);
    entries.prop_map(|entries| {
        entries
            .into_iter()
            .map(|(name, fact)| (Arc::from(name), fact))
            .collect()
    })
}

fn resource() -> impl Strategy<Value = Resource> {
    (text(), text(), text(), text(), object(fact())).prop_map(
        |(id, arn, account, region, fields)| Resource {
            id: id.into(),
            arn: arn.into(),
            account: account.into(),
            region: region.into(),
            fields,
        },
    )
}

fn snapshot() -> impl Strategy<Value = Snapshot> {
    let account = (text(), text()).prop_map(|(id, partition)| Account { id, partition });
    let unread =
        (text(), text(), text(), reason()).prop_map(|(resource_type, account, region, unknown)| {
            Unread {
                resource_type,
                account,
                region,
                unknown,
            }
        });
    let times = [
        "2026-01-31T12:00:00Z",
        "1999-12-31T23:59:59.999999999+05:30",
    ];
    let parts = (
        select(times.to_vec()).prop_map(str::to_owned),
        vec(account, 0..2),
        vec(text(), 0..3),
        btree_map(text(), any::<u64>(), 0..3),
        btree_map(text(), btree_set(text(), 0..3), 0..3),
        vec(unread, 0..3),
        btree_map(text(), vec(resource(), 0..3), 0..3),
    );
    parts.prop_map(
        |(taken, accounts, regions, calls, collected, unread, resources)| Snapshot {
            taken,
            accounts,
            regions,
            calls,
            collected,
            unread,
            resources,
        },
    )
}

fn written(snapshot: &Snapshot) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(snapshot, &mut bytes).expect("memory takes it");
    bytes
}

#[test]
fn what_is_written_is_read_again() {
    holds(192, snapshot(), |snapshot| {
        let bytes = written(&snapshot);
        let again = read(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&again, &snapshot);
        prop_assert_eq!(written(&again), bytes);
        Ok(())
    });
}

/// One of each kind of content.
fn small() -> Snapshot {
    let unknown = Arc::new(Unknown {
        operation: "rds:Describe".to_owned(),
        region: "eu-west-1".to_owned(),
        code: "AccessDenied".to_owned(),
        message: "é".to_owned(),
        iam_action: None,
    });
    let fields = [
        ("Count", Fact::Int(-7)),
        (
            "$unknown",
            Fact::List(vec![Fact::Double(0.5), Fact::Null, Fact::Bool(true)]),
        ),
        ("Denied", Fact::Unknown(unknown.clone())),
        (
            "Inner",
            Fact::Object(
                [(Arc::from("日"), Fact::string("\"\\"))]
                    .into_iter()
                    .collect(),
            ),
        ),
    ];
    let resource = Resource {
        id: "a".into(),
        arn: "arn".into(),
        account: "1".into(),
        region: "eu-west-1".into(),
        fields: fields
            .into_iter()
            .map(|(name, fact)| (Arc::from(name), fact))
            .collect(),
    };
    Snapshot {
        taken: "2026-01-01T00:00:00Z".to_owned(),
        accounts: vec![Account {
            id: "1".to_owned(),
            partition: "aws".to_owned(),
        }],
        regions: vec!["eu-west-1".to_owned()],
        calls: [("rds:Describe".to_owned(), 3)].into(),
        collected: [(
            "rds.X".to_owned(),
            BTreeSet::from(["rds:Describe".to_owned()]),
        )]
        .into(),
        unread: vec![Unread {
            resource_type: "rds.X".to_owned(),
            account: "1".to_owned(),
            region: "eu-west-1".to_owned(),
            unknown: (*unknown).clone(),
        }],
        resources: [("rds.X".to_owned(), vec![resource])].into(),
    }
}

#[test]
fn a_file_cut_short_anywhere_is_no_snapshot() {
    let whole = written(&small());
    assert_eq!(read(&whole).expect("it is whole"), small());
    let end = whole.len() - 1;
    assert_eq!(whole[end], b'\n');
    for cut in 0..end {
        assert!(read(&whole[..cut]).is_err(), "cut at {cut} of {end}");
    }
}

#[test]
fn a_garbled_file_is_read_or_refused() {
    let whole = String::from_utf8(written(&small())).expect("it is text");
    holds(512, changes(), |changes| {
        let _ = read(garbled(&whole, &changes).as_bytes());
        Ok(())
    });
}

#[test]
fn arbitrary_bytes_are_no_snapshot() {
    let whole = written(&small());
    holds(
        512,
        (vec(any::<u8>(), 0..200), any::<prop::sample::Index>()),
        |(bytes, at)| {
            prop_assert!(read(&bytes).is_err());
            // The same behind an honest beginning, and one byte of a whole file changed.
            let start = at.index(whole.len());
            let mut mixed = whole[..start].to_vec();
            mixed.extend_from_slice(&bytes);
            let _ = read(&mixed);
            let mut changed = whole.clone();
            changed[start] = bytes.first().copied().unwrap_or_default();
            let _ = read(&changed);
            Ok(())
        },
    );
}

fn with_resources(resources: &str) -> String {
    format!(
        r#"{{"format":"{FORMAT}","taken":"2026-01-01T00:00:00Z","accounts":[],"regions":[],"calls":{{}},"collected":{{}},"unread":[],"resources":{resources}}}"#
    )
}

#[test]
fn deep_facts_are_refused() {
    assert!(read(with_resources("{}").as_bytes()).is_ok());
    for count in [200, 10_000, 200_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"$unknown\":", "}")] {
            let nested = format!("{}1{}", open.repeat(count), close.repeat(count));
            assert!(read(nested.as_bytes()).is_err());
            let fields = with_resources(&format!(
                r#"{{"a.B":[{{"id":"","arn":"","account":"","region":"","fields":{{"x":{nested}}}}}]}}"#
            ));
            assert!(read(fields.as_bytes()).is_err(), "{count} {open}");
            // What this release does not know is passed over, at any depth.
            let later = format!("\"later\":{nested},\"taken\"");
            let passed_over = with_resources("{}").replace("\"taken\"", &later);
            assert!(read(passed_over.as_bytes()).is_ok(), "{count} {open}");
        }
    }
}

#[test]
fn files_of_others_and_of_later_releases_are_told_apart() {
    let later = written(&small());
    let later = String::from_utf8(later)
        .expect("it is text")
        .replace(FORMAT, "launchgate.snapshot/2");
    assert!(
        matches!(read(later.as_bytes()), Err(SnapshotError::NewerFormat(format)) if format.ends_with("/2"))
    );
    for other in [
        "{}",
        r#"{"taken":""}"#,
        r#"{"format":"x"}"#,
        r#"{"format":"launchgate.findings/1"}"#,
    ] {
        assert!(
            matches!(read(other.as_bytes()), Err(SnapshotError::OtherFile)),
            "{other}"
        );
    }
    for broken in [
        "",
        "[]",
        "null",
        "1",
        r#"{"format":1}"#,
        r#"{"format":null}"#,
        "\u{feff}{}",
    ] {
        assert!(
            matches!(read(broken.as_bytes()), Err(SnapshotError::Malformed(_))),
            "{broken}"
        );
    }
}

#[test]
fn files_that_lack_a_part_or_have_too_much_are_refused() {
    let whole = with_resources("{}");
    for part in [
        "taken",
        "accounts",
        "regions",
        "collected",
        "unread",
        "resources",
    ] {
        let without = whole.replace(&format!("\"{part}\""), "\"other\"");
        assert!(read(without.as_bytes()).is_err(), "{part}");
    }
    for more in ["{}", "x", ",", "]", "\0"] {
        assert!(read(format!("{whole}{more}").as_bytes()).is_err(), "{more}");
    }
    let resource = |text: &str| with_resources(&format!(r#"{{"a.B":[{text}]}}"#));
    for lacking in ["{}", r#"{"id":"","arn":"","account":""}"#, "1", "null"] {
        assert!(read(resource(lacking).as_bytes()).is_err(), "{lacking}");
    }
    let fields = |fields: &str| {
        resource(&format!(
            r#"{{"id":"","arn":"","account":"","region":"","fields":{fields}}}"#
        ))
    };
    assert!(read(fields(r#"{"a":9223372036854775807}"#).as_bytes()).is_ok());
    for wrong in [
        "1",
        "[]",
        r#"{"a":9223372036854775808}"#,
        r#"{"a":1e999}"#,
        r#"{"a":{"$unknown":1}}"#,
        r#"{"a":{"$unknown":{},"b":1}}"#,
    ] {
        assert!(read(fields(wrong).as_bytes()).is_err(), "{wrong}");
    }
}
