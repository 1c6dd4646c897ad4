//! The findings of a JSON report, and what the failure of one operation may do to them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::plan::Planned;

/// Rule, resource type, ARN, id, region.
pub type Key = [String; 5];

/// One finding, as far as tests compare it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub status: String,
    pub unknown: Value,
}

/// The findings of a report by rule and resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings(pub BTreeMap<Key, Finding>);

impl Findings {
    pub fn of_report(report: &Value) -> Self {
        let list = report["findings"].as_array().expect("a list of findings");
        let findings: BTreeMap<Key, Finding> = list.iter().map(keyed).collect();
        assert_eq!(findings.len(), list.len(), "two findings with one key");
        Self(findings)
    }

    pub fn count(&self, status: &str) -> usize {
        let all = self.0.values();
        all.filter(|finding| finding.status == status).count()
    }

    /// The findings of the rules that `keep` names.
    pub fn of_rules(&self, keep: impl Fn(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(key, _)| keep(&key[0]));
        Self(
            kept.map(|(key, finding)| (key.clone(), finding.clone()))
                .collect(),
        )
    }

    /// The exit code of an audit with `--fail-on info`.
    pub fn exit_code(&self) -> i32 {
        match (self.count("fail"), self.count("unknown")) {
            (0, 0) => 0,
            (0, _) => 3,
            _ => 1,
        }
    }

    /// Compares with the findings of a run in which `operation` did not fail, and gives those
    /// that became unknown.
    ///
    /// # Errors
    /// When anything else became of a finding, a rule that does not read the operation is
    /// concerned, a resource is gone without an unknown in its place, or an unknown names another
    /// operation.
    pub fn degraded<'f>(
        &'f self,
        intact: &Findings,
        operation: &Planned,
    ) -> Result<Vec<(&'f Key, &'f Finding)>, String> {
        let mut changed = Vec::new();
        for (key, finding) in &self.0 {
            let before = intact.0.get(key).map(|before| before.status.as_str());
            if before == Some(&finding.status) {
                continue;
            }
            if finding.status != "unknown" || (before.is_none() && key[3] != "*") {
                return Err(format!("{key:?}: {before:?} became {}", finding.status));
            }
            if !operation.rules.contains(&key[0]) {
                return Err(format!("{key:?} changed, but its rule does not read it"));
            }
            if finding.unknown["operation"] != operation.operation.as_str() {
                return Err(format!("{key:?} names {}", finding.unknown));
            }
            changed.push((key, finding));
        }
        let gone = intact.0.keys().filter(|key| !self.0.contains_key(*key));
        for key in gone {
            let in_its_place = changed.iter().any(|([rule, of_type, _, id, region], _)| {
                (rule, of_type, id.as_str(), region) == (&key[0], &key[1], "*", &key[4])
            });
            if !in_its_place {
                return Err(format!("{key:?} is gone, and nothing says so"));
            }
        }
        Ok(changed)
    }
}

fn keyed(finding: &Value) -> (Key, Finding) {
    let resource = &finding["resource"];
    let key = [
        &finding["rule"],
        &resource["type"],
        &resource["arn"],
        &resource["id"],
        &resource["region"],
    ];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let finding = Finding {
        status: text(&finding["status"]).expect("a status"),
        unknown: finding["unknown"].clone(),
    };
    (key.map(|part| text(part).expect("a text")), finding)
}

/// Takes out what moto makes anew for each answer, so that two runs can be compared: it says of
/// databases and trails that their last backup or delivery was just now.
pub fn without_clocks(document: &mut Value) {
    const CLOCKS: [&str; 2] = ["LatestRestorableTime", "LatestDeliveryTime"];
    match document {
        Value::Object(members) => {
            // The last name of a path, in the evidence of findings.
            members.retain(|path, _| !CLOCKS.iter().any(|clock| path.ends_with(clock)));
            members.values_mut().for_each(without_clocks);
        }
        Value::Array(items) => items.iter_mut().for_each(without_clocks),
        _ => {}
    }
}
