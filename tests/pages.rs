//! Lists that come in pages are read to their end, and a service that sends the same page for
//! ever is found out.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::{Call, Fault, Faults, Findings, Moto, Planned, Proxy, RuleDir};

/// Two devices for whomever is asked about: nobody in the seeded account has more than one.
const MFA_DEVICES: &str = r#"<ListMFADevicesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ListMFADevicesResult><IsTruncated>false</IsTruncated><MFADevices>
    <member><UserName>founder</UserName><SerialNumber>arn:aws:iam::123456789012:mfa/phone</SerialNumber>
      <EnableDate>2026-01-02T03:04:05Z</EnableDate></member>
    <member><UserName>founder</UserName><SerialNumber>GAHT12345678</SerialNumber>
      <EnableDate>2026-01-02T03:04:05Z</EnableDate></member>
  </MFADevices></ListMFADevicesResult></ListMFADevicesResponse>"#;

fn account() -> Faults {
    Faults::none()
        .completing_moto()
        .answer("iam:ListMFADevices", MFA_DEVICES)
}

/// The planned operations that AWS answers in pages.
fn paginated(moto: &Moto) -> Vec<Planned> {
    let plan = support::plan(&support::typed_rules());
    let services = plan
        .iter()
        .map(Planned::service)
        .filter(|service| *service != "sts");
    let services: BTreeSet<&str> = services.collect();
    let listed = moto.python("paginated", &Vec::from_iter(services));
    let names: Vec<String> = serde_json::from_str(&listed).expect("a list of operations");
    let found: Vec<Planned> = plan
        .into_iter()
        .filter(|call| names.contains(&call.operation))
        .collect();
    for call in &found {
        let name = &call.operation;
        assert!(support::is_paginated(name), "pages_table.rs lacks {name}");
    }
    found
}

/// What a `collect` of all rules reads.
fn collected(proxy: &Proxy) -> Value {
    let mut command = support::launchgate();
    command.args(["collect", "--output", "snapshot.json"]);
    command.args(support::typed_rules());
    let run = support::run(command.envs(proxy.env())).expect_code(0);
    let mut snapshot: Value = serde_json::from_str(&run.file("snapshot.json")).expect("JSON");
    assert_eq!(snapshot["unread"], serde_json::json!([]));
    support::without_clocks(&mut snapshot);
    snapshot["resources"].take()
}

#[test]
fn lists_in_pages_are_read_like_whole_ones() {
    let moto = support::seeded();
    let whole = collected(&Proxy::start(moto.url(), account()));
    let proxy = Proxy::start(moto.url(), account().split_pages());
    let paged = collected(&proxy);

    let resources = whole.as_object().expect("resources by type");
    for (name, resources) in resources {
        assert_eq!(&paged[name], resources, "{name}");
    }
    assert_eq!(paged, whole);
    for call in paginated(&moto) {
        let calls = proxy.calls_of(&call.operation);
        let more = calls.iter().any(Call::has_token);
        assert!(more, "{} was asked for one page only", call.operation);
    }
}

/// The findings of a command that prints the JSON report.
fn findings(command: &mut Command, proxy: &Proxy) -> Findings {
    command.args(["--report", "json=-", "--now", "2026-12-01T00:00:00Z"]);
    let run = support::run(command.envs(proxy.env()));
    let report = serde_json::from_str(&run.stdout).expect("JSON");
    Findings::of_report(&report)
}

#[test]
fn a_page_that_comes_again_and_again_is_an_unknown() {
    let moto = support::seeded();
    let proxy = Proxy::start(moto.url(), account());
    let mut audit = support::launchgate();
    let intact = findings(audit.arg("audit").args(support::typed_rules()), &proxy);
    for call in paginated(&moto) {
        let name = &call.operation;
        let proxy = Proxy::start(moto.url(), account().on(name, Fault::RepeatedToken));
        let rules = RuleDir::of(call.rules());
        let repeated = findings(&mut rules.launchgate("audit"), &proxy);

        let intact = intact.of_rules(|rule| call.rules.contains(rule));
        let changed = repeated.degraded(&intact, &call);
        let changed = changed.unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(!changed.is_empty(), "{name}: nobody noticed");
        for (key, finding) in changed {
            assert_eq!(finding.unknown["code"], "RepeatedToken", "{name}: {key:?}");
        }
        let calls = proxy.calls_of(name);
        let (later, first): (Vec<&Call>, Vec<&Call>) =
            calls.iter().partition(|call| call.has_token());
        assert!(later.len() <= first.len(), "{name}: the same page again");
    }
}

/// The bundled rules do not read every list there is; this holds for the others too.
#[test]
fn no_paginator_ends_a_list_by_itself() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/collect");
    let mut found = 0;
    for file in rust_files(&sources) {
        let text = fs::read_to_string(&file).expect("a source file is text");
        let paginators = text.matches(".into_paginator()").count();
        let told = text.matches(".stop_on_duplicate_token(false)").count();
        assert_eq!(
            paginators,
            told,
            "{}: see src/collect/pages.rs",
            file.display()
        );
        found += paginators;
    }
    assert!(found > 0, "no paginator found in {}", sources.display());
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).expect("the sources can be listed");
    let paths = entries.map(|entry| entry.expect("the sources can be listed").path());
    let (dirs, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.partition(|path| path.is_dir());
    let rust = files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "rs"));
    rust.chain(dirs.iter().flat_map(|dir| rust_files(dir)))
        .collect()
}
