//! An account whose names and tags try to leave the report that they are printed in.

use serde_json::{Value, json};

use super::samples::{ACCOUNT, REGION, rule_named, snapshot, unread_instances};
use super::{Bench, Run};

/// Each is the name of a resource, and its tag.
pub const NAMES: [&str; 16] = [
    "<script>alert(1)</script>|*_",
    "\"><img src=x onerror=alert(1)>",
    "a | b |\n| c | d |",
    "line one\nline two\r\n\tand a tab",
    "CDATA ends here ]]> and goes on ]]>]]>",
    "<!-- comment --> &amp; &lt; <![CDATA[",
    "`code` ```\nfence\n```\n## heading",
    "[click me](https://evil.example/) ![x](https://evil.example/x.png)",
    "*bold* _under_ ~~gone~~ @octocat #1 www.evil.example",
    "party \u{1f389} \u{65e5}\u{672c}\u{8a9e}",
    "\u{202e}gpj.exe\u{200f} \u{2066}turned\u{2069}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}",
    "\u{1b}[31mred\u{7}\u{8}\u{0}\u{9b}2J",
    "not a character: \u{fffe} \u{ffff}",
    "::error file=app.js,line=1::not from here",
    "  spaces around  ",
];

/// Reports of an audit of that account: every name passes, fails, is unknown, and is skipped.
pub struct Audited {
    pub bench: Bench,
    pub run: Run,
}

impl Audited {
    pub fn new() -> Self {
        let bench = Bench::new()
            .with("rules/frameworks/house.yaml", HOUSE)
            .with("rules/rds-kept.yaml", rule("rds-kept", "resource.MultiAZ"))
            .with("rules/rds-lost.yaml", rule("rds-lost", "!resource.MultiAZ"))
            .with(
                "rules/rds-dark.yaml",
                rule("rds-dark", "resource.StorageEncrypted"),
            )
            .with("rules/rds-when.yaml", skipping())
            .with("rules/rds-none.yaml", about_nothing())
            .with("snapshot.json", account().to_string());
        let run = bench
            .run("audit --no-bundled --rules rules --framework house --snapshot snapshot.json")
            .expect_code(1);
        Self { bench, run }
    }
}

const HOUSE: &str = "\
id: house
title: The rules of this house
version: \"1\"
controls:
  - { id: H1, title: Names do no | harm }
  - { id: H2, title: Nothing automates this one }
";

/// Its message holds the name and a tag, and its command a quoted name.
fn rule(id: &str, require: &str) -> String {
    rule_named(id)
        .replace(
            "require: resource.BackupRetentionPeriod >= params.min_days",
            &format!("require: '{require}'"),
        )
        .replace(
            "message: keeps {resource.BackupRetentionPeriod} days of backups",
            "message: 'is called {resource.DBInstanceIdentifier} and tagged {resource.tags[\"Name\"]}'",
        )
        .replace(
            "  text: Raise the retention period.\n",
            "  text: Rename {resource.DBInstanceIdentifier}.\n  cli: aws rds rename {resource.DBInstanceIdentifier}\n",
        )
        .replace("tests:", "controls: { house: [H1] }\ntests:")
}

fn skipping() -> String {
    rule("rds-when", "resource.MultiAZ")
        .replace("require:", "when: resource.Engine == \"other\"\nrequire:")
}

fn about_nothing() -> String {
    rule_named("rds-none")
        .replace("rds.DBInstance", "rds.DBSnapshot")
        .replace("BackupRetentionPeriod", "AllocatedStorage")
        .replace("tests:", "controls: { house: [H1] }\ntests:")
}

fn account() -> Value {
    let instances: Vec<Value> = NAMES.iter().map(|name| instance(name)).collect();
    let mut account = snapshot(&instances);
    account["collected"]["rds.DBSnapshot"] = json!(["rds:DescribeDBSnapshots"]);
    account["unread"] = json!([unread_instances()]);
    account
}

fn instance(name: &str) -> Value {
    let denied = unread_instances()["unknown"].clone();
    json!({
        "id": name,
        "arn": format!("arn:aws:rds:{REGION}:{ACCOUNT}:db:{name}"),
        "account": ACCOUNT,
        "region": REGION,
        "fields": {
            "DBInstanceIdentifier": name,
            "Engine": "mysql",
            "MultiAZ": true,
            "StorageEncrypted": { "$unknown": denied },
            "tags": { "Name": name, name: "as a key" },
        },
    })
}
