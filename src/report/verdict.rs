//! The verdict in one line, the same in every report that people read.

use super::text::sentence;
use crate::finding::{Report, Status};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Open,
    Closed,
    Nothing,
}

/// How the run ended.
pub(super) fn verdict(report: &Report) -> Verdict {
    match &report.gate {
        gate if gate.empty => Verdict::Nothing,
        gate if gate.open => Verdict::Open,
        _ => Verdict::Closed,
    }
}

/// The line that says it.
pub(super) fn line(report: &Report) -> String {
    match verdict(report) {
        Verdict::Nothing if report.rules.is_empty() => {
            "Nothing audited: no rule was chosen".to_owned()
        }
        Verdict::Nothing => "Nothing audited: no rule found a resource to look at".to_owned(),
        Verdict::Closed => sentence(&format!("Gate closed: {}", report.gate.reasons.join("; "))),
        Verdict::Open => open(report),
    }
}

/// An open gate says also what it let through.
fn open(report: &Report) -> String {
    let from = report.gate.fail_on;
    let count = |status: Status, counted: bool| {
        let all = report.findings.iter();
        all.filter(|finding| finding.status == status && (finding.severity >= from) == counted)
            .count()
    };
    let mut line = format!(
        "Gate open: no finding of severity {} or higher fails",
        from.name()
    );
    let (undecided, lower) = (count(Status::Unknown, true), count(Status::Fail, false));
    if undecided > 0 {
        line.push_str(&format!(", but {undecided} could not be decided"));
    }
    if lower > 0 {
        let verb = if lower == 1 { "fails" } else { "fail" };
        line.push_str(&format!("; {lower} of lower severity {verb}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finding, odd_report};
    use super::*;
    use crate::rule::Severity;

    #[test]
    fn a_closed_gate_gives_its_reasons() {
        assert_eq!(
            line(&odd_report()),
            "Gate closed: 3 failing findings of severity high or higher; 3 findings of severity high or higher could not be decided"
        );
    }

    #[test]
    fn an_open_gate_tells_what_it_let_through() {
        let mut report = odd_report();
        report.gate.open = true;
        report.findings = vec![
            finding("a", Severity::High, Status::Unknown, "x"),
            finding("b", Severity::Low, Status::Fail, "x"),
        ];
        assert_eq!(
            line(&report),
            "Gate open: no finding of severity high or higher fails, but 1 could not be decided; 1 of lower severity fails"
        );
    }

    #[test]
    fn nothing_audited_is_no_open_gate() {
        let mut report = odd_report();
        report.gate.empty = true;
        assert_eq!(
            line(&report),
            "Nothing audited: no rule found a resource to look at"
        );
        report.rules.clear();
        assert_eq!(line(&report), "Nothing audited: no rule was chosen");
    }
}
