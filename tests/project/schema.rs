//! The JSON Schemas of both files agree with their decoders.

use std::path::{Path, PathBuf};

use super::attestations::{entry, file};
use crate::support::{Bench, python_script};

fn mistakes(schema: &str, files: &[(&str, String)]) -> Vec<String> {
    let bench = Bench::new();
    let text = bench.run(schema).expect_code(0).stdout;
    let mut bench = bench.with("schema.json", text);
    let mut paths: Vec<PathBuf> = vec![bench.path().join("schema.json")];
    for (name, text) in files {
        bench = bench.with(name, text);
        paths.push(bench.path().join(name));
    }
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let told = python_script("validate_rules.py", &paths);
    serde_json::from_str(&told).expect("a JSON array of texts")
}

#[track_caller]
fn agrees(schema: &str, sound: &[(&str, String)], wrong: &[(&str, String)]) {
    assert_eq!(mistakes(schema, sound), Vec::<String>::new());
    let told = mistakes(schema, wrong);
    for (name, text) in wrong {
        assert!(
            told.iter().any(|mistake| mistake.contains(name)),
            "taken as sound:\n{text}"
        );
    }
}

#[test]
fn of_projects() {
    let bench = Bench::new();
    bench.run("init --demo").expect_code(0);
    let full = "accounts: [\"012345678901\", 123456789012]\nregions: all\nprofile: p\nrules: [a]\nparams: { a: 1, b: [x], c: true }\ngate: { fail_on: low }\nattestations: a.yaml\nreports: [json=-]\n";
    let sound = [
        ("demo.yaml", bench.read("launchgate.yaml")),
        ("full.yaml", full.to_owned()),
        ("empty.yaml", String::new()),
    ];
    let wrong = [
        ("w1.yaml", "acounts: []\n".to_owned()),
        ("w2.yaml", "accounts: [123]\n".to_owned()),
        ("w3.yaml", "regions: eu-west-1\n".to_owned()),
        ("w4.yaml", "gate: { fail_on: hihg }\n".to_owned()),
        ("w5.yaml", "params: { a: { b: 1 } }\n".to_owned()),
        ("w6.yaml", "reports: [pdf=x]\n".to_owned()),
    ];
    agrees("schema --project", &sound, &wrong);
}

#[test]
fn of_attestations() {
    let url = entry(&[
        ("evidence", "{ url: \"https://x.example\" }"),
        ("account", "\"012345678901\""),
    ]);
    let sound = [
        ("one.yaml", file(&[entry(&[]), url])),
        ("none.yaml", "attestations: []\n".to_owned()),
    ];
    let wrong = [
        ("w1.yaml", file(&[entry(&[("by", "")])])),
        ("w2.yaml", file(&[entry(&[("on", "soon")])])),
        ("w3.yaml", file(&[entry(&[("expire", "2026-12-31")])])),
        ("w4.yaml", file(&[entry(&[("evidence", "{ file: a }")])])),
        ("w5.yaml", file(&[entry(&[("statement", "' '")])])),
    ];
    agrees("schema --attestations", &sound, &wrong);
}
