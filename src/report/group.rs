//! Findings put together the way people read them: by rule.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Attested, ControlSummary, Finding, Report, RuleSummary, Status};
use crate::rule::Severity;

/// A rule with its findings.
pub(super) struct RuleGroup<'r> {
    pub(super) id: &'r str,
    /// What the run says of the rule.
    pub(super) rule: Option<&'r RuleSummary>,
    /// The control, where it is not a rule that decides but a person.
    pub(super) control: Option<&'r ControlSummary>,
    pub(super) findings: Vec<&'r Finding>,
}

impl<'r> RuleGroup<'r> {
    /// The title of the rule or control; its id where the run says nothing of it.
    pub(super) fn title(&self) -> &'r str {
        let of_control = self.control.map_or(self.id, |control| &control.title);
        self.rule.map_or(of_control, |rule| &rule.title)
    }

    /// Whether what to do is the same for all its findings, so that it has to be said only once.
    pub(super) fn shares_advice(&self) -> bool {
        let advice = |finding: &&'r Finding| {
            let remedy = finding.remediation.as_ref();
            remedy.map(|remedy| (remedy.text.as_str(), remedy.url.as_deref()))
        };
        self.findings
            .windows(2)
            .all(|two| advice(&two[0]) == advice(&two[1]))
    }

    /// The highest severity of its findings.
    pub(super) fn severity(&self) -> Severity {
        let highest = self.findings.iter().map(|finding| finding.severity).max();
        let own = self.rule.map_or(Severity::Info, |rule| rule.severity);
        highest.unwrap_or(own)
    }
}

/// Every rule that ran, by id, also those without a finding. A finding of a rule that is not among
/// them has a group all the same: no report leaves a finding out.
pub(super) fn every_rule(report: &Report) -> Vec<RuleGroup<'_>> {
    let mut groups: BTreeMap<&str, RuleGroup<'_>> = BTreeMap::new();
    let empty = |id, rule| RuleGroup {
        id,
        rule,
        control: None,
        findings: Vec::new(),
    };
    for rule in &report.rules {
        groups.insert(&rule.id, empty(&rule.id, Some(rule)));
    }
    for finding in &report.findings {
        let group = groups.entry(&finding.rule).or_insert_with(|| RuleGroup {
            control: control(report, &finding.rule),
            ..empty(&finding.rule, None)
        });
        group.findings.push(finding);
    }
    groups.into_values().collect()
}

/// The control of a name such as `framework/control`.
fn control<'r>(report: &'r Report, name: &str) -> Option<&'r ControlSummary> {
    let (framework, control) = name.split_once('/')?;
    let mut frameworks = report.frameworks.iter();
    let framework = frameworks.find(|known| known.id == framework)?;
    framework.controls.iter().find(|known| known.id == control)
}

/// The findings that pass because a person said so.
pub(super) fn attested(report: &Report) -> impl Iterator<Item = (&Finding, &Attested)> {
    let findings = report.findings.iter();
    findings.filter_map(|finding| Some((finding, finding.attestation.as_ref()?)))
}

/// The rules with findings of a status, and those findings; the worst severity first, then by id.
pub(super) fn by_rule(report: &Report, status: Status) -> Vec<RuleGroup<'_>> {
    let mut groups = every_rule(report);
    for group in &mut groups {
        group.findings.retain(|finding| finding.status == status);
    }
    groups.retain(|group| !group.findings.is_empty());
    groups.sort_by_key(|group| Reverse(group.severity()));
    groups
}

/// The rules that looked at nothing, which is no pass. A rule whose resources could not be listed
/// has a finding that says so and is not one of them.
pub(super) fn empty_rules(report: &Report) -> Vec<&RuleSummary> {
    let found: BTreeSet<&str> = report
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect();
    let rules = report.rules.iter();
    rules
        .filter(|rule| rule.resources == 0 && !found.contains(rule.id.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finding, odd_report, unread};
    use super::*;
    use crate::finding::causes;

    #[test]
    fn rules_are_ordered_by_the_worst_finding() {
        let report = odd_report();
        let ids: Vec<_> = by_rule(&report, Status::Fail)
            .iter()
            .map(|group| group.id)
            .collect();
        assert_eq!(ids, ["iam-root-mfa", "rds-backup-retention", "s3-odd"]);
    }

    #[test]
    fn a_finding_of_an_unlisted_rule_is_kept() {
        let mut report = odd_report();
        report.findings = vec![finding("stray", Severity::Low, Status::Fail, "x")];
        assert!(
            every_rule(&report)
                .iter()
                .any(|group| group.title() == "stray")
        );
    }

    #[test]
    fn a_rule_that_could_not_list_is_not_an_empty_one() {
        let mut report = odd_report();
        let ids = |report: &Report| {
            empty_rules(report)
                .iter()
                .map(|rule| rule.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&report), ["ec2-nothing"]);
        report.findings.push(unread(
            "ec2-nothing",
            "ec2:DescribeVolumes",
            "eu-west-1",
            None,
        ));
        assert!(ids(&report).is_empty());
    }

    #[test]
    fn unknowns_are_put_together_by_what_is_missing() {
        let report = odd_report();
        let causes = causes(&report.findings);
        assert_eq!(causes.len(), 2);
        assert_eq!(causes[0].iam_action, Some("rds:DescribeDBInstances"));
        assert_eq!(causes[0].findings, 2);
        assert_eq!(
            Vec::from_iter(causes[0].regions.clone()),
            ["eu-west-1", "us-east-1"]
        );
        assert_eq!(causes[1].code, "ConnectionFailed");
    }

    #[test]
    fn an_unknown_without_a_reason_is_still_counted() {
        let mut report = odd_report();
        report.findings = vec![finding("a", Severity::Low, Status::Unknown, "x")];
        let causes = causes(&report.findings);
        assert_eq!(
            (causes[0].code, causes[0].message, causes[0].findings),
            ("not told", "is unknown", 1)
        );
    }
}
