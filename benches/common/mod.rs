//! Resources for the benches, and a stopwatch.

// Each bench uses a part of this.
#![allow(dead_code)]

use std::time::{Duration, Instant};

use launchgate::fact::{Fact, Object, name};
use launchgate::schema::{ApiCall, Field, Per, Schema, Scope, Struct, Type, TypeBuilder};
use launchgate::snapshot::{Account, Resource, Snapshot};

pub const TYPE: &str = "bench.Database";

/// A schema with one resource type, like a database instance in size.
pub fn schema() -> Schema {
    let tag = Struct::new(
        "Tag",
        [
            Field::required("Key", Type::String),
            Field::required("Value", Type::String),
        ],
    );
    let list = ApiCall::new("bench:DescribeDatabases", Per::Region);
    let mut builder = TypeBuilder::new(TYPE, Scope::Regional, "A database.")
        .list(&list)
        .field(Field::required("Encrypted", Type::Bool))
        .field(Field::required("BackupRetentionPeriod", Type::Int))
        .field(Field::required("Tags", Type::list(Type::Struct(tag))));
    for number in 0..20 {
        builder = builder.field(Field::optional(&format!("Setting{number}"), Type::String));
    }
    Schema::new([builder.build()])
}

/// That many resources in one account and region.
pub fn snapshot(count: usize) -> Snapshot {
    let resources = (0..count).map(resource).collect();
    Snapshot {
        taken: "2026-01-01T00:00:00Z".to_owned(),
        accounts: vec![Account {
            id: "123456789012".to_owned(),
            partition: "aws".to_owned(),
        }],
        regions: vec!["us-east-1".to_owned()],
        collected: [(
            TYPE.to_owned(),
            ["bench:DescribeDatabases".to_owned()].into(),
        )]
        .into(),
        resources: [(TYPE.to_owned(), resources)].into(),
        ..Snapshot::default()
    }
}

fn resource(number: usize) -> Resource {
    let tag = |key: &str, value: &str| {
        let entries = [
            (name("Key"), Fact::string(key)),
            (name("Value"), Fact::string(value)),
        ];
        Fact::Object(entries.into_iter().collect())
    };
    let mut fields = Object::new(vec![
        (name("Encrypted"), Fact::Bool(!number.is_multiple_of(10))),
        (
            name("BackupRetentionPeriod"),
            Fact::Int((number % 30) as i64),
        ),
        (
            name("Tags"),
            Fact::List(vec![
                tag("Name", "db"),
                tag("Team", "core"),
                tag("Env", "prod"),
            ]),
        ),
    ]);
    for setting in 0..20 {
        let value = format!("value {setting} of resource {number}");
        fields.insert(name(&format!("Setting{setting}")), Fact::string(value));
    }
    Resource {
        id: format!("db-{number}").into(),
        arn: format!("arn:aws:bench:us-east-1:123456789012:db:{number}").into(),
        account: "123456789012".into(),
        region: "us-east-1".into(),
        fields,
    }
}

/// The shortest of several runs: what the machine does when nothing disturbs it.
pub fn best_of(runs: usize, mut work: impl FnMut()) -> Duration {
    (0..runs)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .min()
        .unwrap_or_default()
}
