//! Runs the tests that rules carry.

use crate::diagnostic::{Diagnostic, Span};
use crate::rule::{Rule, TestCase, test_cases};
use crate::schema::Schema;
use crate::snapshot::Index;

use super::of_rule;

/// How one rule's tests went.
#[derive(Debug, Default)]
pub struct TestOutcome {
    /// How many gave the verdict they expect.
    pub passed: usize,
    /// Those that did not.
    pub failures: Vec<TestFailure>,
    /// Mistakes in the tests themselves.
    pub diagnostics: Vec<Diagnostic>,
}

/// A test that gave another verdict.
#[derive(Debug)]
pub struct TestFailure {
    /// The rule's id.
    pub rule: String,
    /// The test's name.
    pub test: String,
    /// Where the test stands.
    pub span: Span,
    /// The verdict it expects.
    pub expected: String,
    /// The verdict it got.
    pub got: String,
    /// What the finding says.
    pub message: String,
}

/// Runs a rule's own tests.
pub fn run_tests(rule: &Rule, schema: &Schema) -> TestOutcome {
    let mut outcome = TestOutcome::default();
    match test_cases(rule, schema) {
        Ok(cases) => {
            for case in cases {
                match run(rule, &case, schema) {
                    None => outcome.passed += 1,
                    Some(failure) => outcome.failures.push(failure),
                }
            }
        }
        Err(diagnostics) => outcome.diagnostics = diagnostics,
    }
    outcome
}

/// The failure of a test, `None` where it gives the verdict it expects.
fn run(rule: &Rule, case: &TestCase, schema: &Schema) -> Option<TestFailure> {
    let body = rule.body(schema);
    let index = Index::new(&case.snapshot, schema);
    let findings = of_rule(rule, body, &case.params, &index, case.now);
    // The resource under test stands first in its list.
    let (got, message) = findings.first().map_or(("nothing", ""), |finding| {
        (finding.status.name(), finding.message.as_str())
    });
    if got == case.expect {
        return None;
    }
    Some(TestFailure {
        rule: rule.id.clone(),
        test: case.name.clone(),
        span: case.span.clone(),
        expected: case.expect.clone(),
        got: got.to_owned(),
        message: message.to_owned(),
    })
}
