//! `launchgate rules check` and `rules test`.

use serde_json::{Value, json};

use super::args::{CheckArgs, ListFormat};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::selection::{Gathered, files_to_check, gather_sources};
use crate::diagnostic::{self, Diagnostic, SourceFile};
use crate::evaluate::{TestFailure, run_tests};
use crate::finding::counted;
use crate::rule::{self, RuleSet, compile_all, test_cases};
use crate::schema::Schema;

/// Checks files and the tests inside rules without running them.
///
/// # Errors
/// Every mistake found.
pub fn check(args: &CheckArgs) -> Result<Exit, CliError> {
    let files = files_to_check(args.directory.as_deref())?;
    let Gathered {
        schema,
        mut diagnostics,
        ..
    } = gather_sources(&files, true);
    let (set, in_rules) = rule::load_sound(&files, &schema);
    diagnostics.extend(in_rules);
    diagnostics.extend(set.vocabulary.library.check(SourceFile::is_bundled));
    compile_all(&set.rules.values().collect::<Vec<_>>(), &schema);
    for rule in set.rules.values() {
        match rule.check(&schema) {
            Ok(_) => diagnostics.extend(test_cases(rule, &schema).err().into_iter().flatten()),
            Err(mistakes) => diagnostics.extend(mistakes.iter().cloned()),
        }
    }
    if !diagnostics.is_empty() {
        diagnostics.sort_by_key(|found| (found.span.file.name.clone(), found.span.range.start));
        return mistakes(args, diagnostics);
    }
    if args.format == ListFormat::Json {
        print(b"[]\n")?;
    }
    eprintln!("{}: no mistakes", counted(set.rules.len(), "rule"));
    Ok(if set.rules.is_empty() {
        Exit::Nothing
    } else {
        Exit::Open
    })
}

/// For tools, mistakes are what was asked for and go to standard output.
fn mistakes(args: &CheckArgs, diagnostics: Vec<Diagnostic>) -> Result<Exit, CliError> {
    if args.format == ListFormat::Json {
        print(format!("{:#}\n", diagnostic::to_json(&diagnostics)).as_bytes())?;
        return Ok(Exit::Usage);
    }
    Err(CliError::Rules(diagnostics))
}

/// Runs the tests that rules carry.
///
/// # Errors
/// Mistakes in files or in the tests themselves.
pub fn test(args: &CheckArgs) -> Result<Exit, CliError> {
    let (set, schema) = load(args)?;
    compile_all(&set.rules.values().collect::<Vec<_>>(), &schema);
    let (mut passed, mut failures, mut diagnostics) = (0, Vec::new(), Vec::new());
    for rule in set.rules.values() {
        let outcome = run_tests(rule, &schema);
        passed += outcome.passed;
        failures.extend(outcome.failures);
        diagnostics.extend(outcome.diagnostics);
    }
    if !diagnostics.is_empty() {
        return Err(CliError::Rules(diagnostics));
    }
    match args.format {
        ListFormat::Json => {
            let array: Vec<Value> = failures.iter().map(json_of).collect();
            print(format!("{:#}\n", Value::Array(array)).as_bytes())?;
        }
        ListFormat::Text => {
            let lines: Vec<String> = failures.iter().map(line).collect();
            print(lines.concat().as_bytes())?;
        }
    }
    eprintln!(
        "{}: {passed} tests passed, {} failed",
        counted(set.rules.len(), "rule"),
        failures.len()
    );
    Ok(match (failures.is_empty(), passed) {
        (false, _) => Exit::Failing,
        (true, 0) => Exit::Nothing,
        (true, _) => Exit::Open,
    })
}

fn load(args: &CheckArgs) -> Result<(RuleSet, Schema), CliError> {
    let files = files_to_check(args.directory.as_deref())?;
    let Gathered {
        schema,
        diagnostics,
        ..
    } = gather_sources(&files, true);
    if !diagnostics.is_empty() {
        return Err(CliError::Rules(diagnostics));
    }
    let set = rule::load(&files, &schema).map_err(CliError::Rules)?;
    Ok((set, schema))
}

fn line(failure: &TestFailure) -> String {
    let TestFailure {
        rule,
        test,
        span,
        expected,
        got,
        message,
    } = failure;
    let (line, column) = span.file.position(span.range.start);
    let file = &span.file.name;
    format!(
        "{file}:{line}:{column}: {rule}: test `{test}` expects {expected} and got {got}\n    {message}\n"
    )
}

fn json_of(failure: &TestFailure) -> Value {
    let (line, column) = failure.span.file.position(failure.span.range.start);
    json!({
        "rule": failure.rule,
        "test": failure.test,
        "expected": failure.expected,
        "got": failure.got,
        "message": failure.message,
        "file": failure.span.file.name,
        "line": line,
        "column": column,
    })
}
