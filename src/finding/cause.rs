//! Unknown findings put together by what is missing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Status};
use crate::rule::Severity;

/// One thing that kept findings from being decided.
pub struct Cause<'r> {
    /// The API operation, as `service:Operation`.
    pub operation: &'r str,
    /// The error code.
    pub code: &'r str,
    /// The IAM action to allow, where access was denied.
    pub iam_action: Option<&'r str>,
    /// What was said, of the first finding.
    pub message: &'r str,
    /// The regions it was met in.
    pub regions: BTreeSet<&'r str>,
    /// The accounts it was met in.
    pub accounts: BTreeSet<&'r str>,
    /// The rules that wanted to know.
    pub rules: BTreeSet<&'r str>,
    /// How many findings it left undecided.
    pub findings: usize,
    /// The highest severity of its findings.
    pub severity: Severity,
}

/// What stands for an operation or code that a finding does not tell.
const UNTOLD: &str = "not told";

/// The causes of all unknowns among findings; those of the highest severity first, then those of
/// most findings.
pub fn causes<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<Cause<'f>> {
    let mut causes: BTreeMap<_, Cause<'f>> = BTreeMap::new();
    let findings = findings.into_iter();
    for finding in findings.filter(|finding| finding.status == Status::Unknown) {
        let new = cause(finding);
        let cause = causes
            .entry((new.operation, new.iam_action, new.code))
            .or_insert(new);
        cause.findings += 1;
        cause.severity = cause.severity.max(finding.severity);
        cause.rules.insert(&finding.rule);
        cause.accounts.insert(&finding.resource.account);
        let region = finding
            .unknown
            .as_ref()
            .map_or(&finding.resource.region, |why| &why.region);
        cause.regions.insert(region);
    }
    let mut causes: Vec<_> = causes.into_values().collect();
    causes.sort_by_key(|cause| Reverse((cause.severity, cause.findings)));
    causes
}

/// The cause of one finding, before anything is counted.
fn cause(finding: &Finding) -> Cause<'_> {
    let why = finding.unknown.as_ref();
    Cause {
        operation: why.map_or(UNTOLD, |why| &why.operation),
        code: why.map_or(UNTOLD, |why| &why.code),
        iam_action: why.and_then(|why| why.iam_action.as_deref()),
        message: why.map_or(&finding.message, |why| &why.message),
        regions: BTreeSet::new(),
        accounts: BTreeSet::new(),
        rules: BTreeSet::new(),
        findings: 0,
        severity: Severity::Info,
    }
}

/// What to do about a read that failed, where no IAM action is known to be missing.
pub fn advice(code: &str) -> &'static str {
    let holds = |parts: &[&str]| parts.iter().any(|part| code.contains(part));
    match code {
        "ConnectionFailed" | "Timeout" => {
            "The endpoint did not answer: check the network, the proxy and that the region is enabled."
        }
        "EvaluationError" => "The rule's expression failed on what was read: mend the rule.",
        "NotCollected" => "The snapshot was taken without it: collect again for these rules.",
        "InvalidResponse" | "RepeatedToken" | "MissingField" => {
            "AWS did not answer as documented: run again, and report it to launchgate if it stays."
        }
        _ if holds(&["Expired"]) => "The credentials expired: renew them and run again.",
        _ if holds(&["Throttl", "TooManyRequests", "LimitExceeded", "SlowDown"]) => {
            "AWS throttled the calls: run again, or over fewer regions at once."
        }
        _ if holds(&[
            "Denied",
            "Unauthorized",
            "NotAuthorized",
            "Forbidden",
            "AuthFailure",
        ]) =>
        {
            "Access was denied, and no IAM action is known that would allow it: check the role's policies, its permissions boundary and the organization's policies."
        }
        _ if holds(&[
            "OptInRequired",
            "SubscriptionRequired",
            "InvalidClientTokenId",
        ]) =>
        {
            "The account or region is not set up for this service: enable it, or leave it out of the run."
        }
        _ => "Mend what the error code names, and run again.",
    }
}
