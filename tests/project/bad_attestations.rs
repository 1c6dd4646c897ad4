//! Attestations that do not count, and why.

use insta::assert_snapshot;

use super::attestations::{audit, bench, entry, file, on_call};

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// What the finding says with an entry that has these lines in place of the usual ones.
#[track_caller]
fn told(changes: &[(&str, &str)]) -> String {
    let bench = bench(&file(&[entry(changes)])).with("book.md", "abc");
    audit(&bench, "").expect_code(0);
    let finding = on_call(&bench);
    assert_eq!(finding["status"], "manual");
    assert_eq!(finding.get("attestation"), None);
    let control = &bench.json("reports/findings.json")["frameworks"][0]["controls"][1];
    assert_eq!(control["attestation"]["state"], "rejected");
    assert_eq!(control["attestation"]["problem"], finding["message"]);
    finding["message"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn out_of_its_time() {
    assert_snapshot!(told(&[("expires", "2026-11-21")]), @"attestation by Jane expired on 2026-11-21");
    assert_snapshot!(told(&[("on", "2026-11-23")]), @"attestation by Jane is dated 2026-11-23, which is still to come");
    assert_snapshot!(told(&[("on", "2026-11-20"), ("expires", "2026-11-19")]), @"attestation by Jane expires on 2026-11-19, before the day it is dated, 2026-11-20");
    assert_snapshot!(told(&[("expires", "2027-05-21")]), @"attestation by Jane is for 201 days, and this control takes at most 200");
}

#[test]
fn without_its_evidence() {
    let with = |file: &str, digest: &str| {
        let evidence = format!("{{ file: {file}, sha256: \"{digest}\" }}");
        told(&[("evidence", &evidence)])
    };
    assert_snapshot!(with("book.md", &"0".repeat(64)), @"attestation by Jane does not count: its evidence book.md has changed since");
    assert_snapshot!(with("gone.md", ABC), @"attestation by Jane does not count: its evidence gone.md is not there");
    assert_snapshot!(with("rules", ABC), @"attestation by Jane does not count: its evidence rules cannot be read (it is not a file)");
}

#[test]
fn evidence_that_is_as_it_was_counts() {
    for digest in [ABC.to_owned(), ABC.to_uppercase()] {
        let evidence = format!("{{ file: book.md, sha256: \"{digest}\" }}");
        let bench = bench(&file(&[entry(&[("evidence", &evidence)])])).with("book.md", "abc");
        audit(&bench, "").expect_code(0);
        assert_eq!(on_call(&bench)["status"], "pass");
    }
}

#[test]
fn malformed() {
    let mut all = Vec::new();
    let changes: [&[(&str, &str)]; 13] = [
        &[("by", "")],
        &[("by", "' '")],
        &[("by", "5")],
        &[("statement", "\"\"")],
        &[("on", "2026-02-30")],
        &[("on", "01.11.2026")],
        &[("expires", "")],
        &[("account", "12345")],
        &[("account", "012345678901")],
        &[("evidence", "https://wiki.example")],
        &[("evidence", "{ url: ftp://x }")],
        &[("evidence", "{ file: book.md }")],
        &[("evidence", "{ file: book.md, sha256: abc }")],
    ];
    for change in changes {
        // An id with its zero is read as it is written.
        if change == [("account", "012345678901")] {
            continue;
        }
        all.push(told(change));
    }
    assert_snapshot!(all.join("\n"));
}

#[test]
fn a_malformed_entry_is_a_warning_with_its_place() {
    let bench = bench(&file(&[entry(&[("by", ""), ("on", "soon")])]));
    let run = audit(&bench, "").expect_code(0);
    assert_snapshot!(run.stderr);
}

#[test]
fn stray_entries_are_warnings() {
    let stray = [
        entry(&[("control", "on-cal")]),
        entry(&[("control", "house/H1")]),
        entry(&[("control", "home/on-call")]),
        entry(&[]),
        entry(&[("control", "house/on-call")]),
        "  - 5\n".to_owned(),
    ];
    let bench = bench(&file(&stray));
    let run = audit(&bench, "").expect_code(0);
    assert_eq!(on_call(&bench)["status"], "pass");
    assert_snapshot!(run.stderr);
}

#[test]
fn a_control_of_two_frameworks_has_to_be_named_in_full() {
    let other = super::attestations::HOUSE.replace("id: house", "id: flat");
    let bench = bench(&file(&[entry(&[])])).with("rules/frameworks/flat.yaml", other);
    let run = audit(&bench, "").expect_code(0);
    assert_eq!(on_call(&bench)["status"], "manual");
    assert!(
        run.stderr
            .contains("more than one framework has a control `on-call`")
            && run
                .stderr
                .contains("write one of: flat/on-call, house/on-call"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_of_another_form_is_refused() {
    let refused = |text: &str| {
        let bench = bench(text);
        bench.refused("audit --no-bundled --rules rules --snapshot snapshot.json --framework house")
    };
    assert_snapshot!(refused(&file(&[entry(&[("expire", "2026-12-31")])])));
    assert!(refused("attestations: [\n").contains("attestations.yaml:"));
    assert!(refused("- control: x\n").contains("a file of attestations must be a map"));
    assert!(refused("attestation: []\n").contains("did you mean `attestations`?"));
    assert!(refused("attestations: { on-call: Jane }\n").contains("must be a list"));
    let evidence = entry(&[("evidence", "{ file: a, sha: b }")]);
    assert!(refused(&file(&[evidence])).contains("`evidence` has no key `sha`"));
}

#[test]
fn an_empty_file_attests_nothing() {
    for text in [
        "",
        "# nothing yet\n",
        "attestations:\n",
        "attestations: []\n",
    ] {
        let bench = bench(text);
        audit(&bench, "").expect_code(0);
        assert_eq!(on_call(&bench)["status"], "manual", "{text}");
    }
}

/// What people write is shown, and does nothing.
#[test]
fn odd_texts_do_nothing() {
    let odd = "\"<img src=x onerror=alert(1)> | \\u001b[31m @octocat ]]>\"";
    let bench = bench(&file(&[entry(&[("by", odd), ("statement", odd)])]));
    let run = audit(&bench, "").expect_code(0);
    assert_eq!(on_call(&bench)["status"], "pass");
    for text in [
        run.stdout,
        bench.read("reports/report.md"),
        bench.read("reports/junit.xml"),
    ] {
        assert!(!text.contains('\u{1b}'), "{text}");
    }
    assert!(!bench.read("reports/report.md").contains(" <img"));
}
