//! Many files into one checked set; whatever is wrong anywhere is told at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Rule;
use super::bundle::{Origin, bundled};
use super::decode::{ControlRefs, Decoded, decode};
use super::framework::{self, Framework};
use super::param::ParamError;
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::expr::with_many;
use crate::schema::Schema;

/// The rules and frameworks of a run.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The rules by id.
    pub rules: BTreeMap<String, Rule>,
    /// The frameworks by id.
    pub frameworks: BTreeMap<String, Framework>,
    /// What rules may use beside the language.
    pub vocabulary: Vocabulary,
}

impl RuleSet {
    /// Sets a parameter that rules share, in all of them; `None` where there is none of that name.
    ///
    /// # Errors
    /// When the text is not of the parameter's type.
    pub fn set_shared(&mut self, name: &str, text: &str) -> Option<Result<(), ParamError>> {
        let outcome = self.vocabulary.shared.set(name, text)?;
        let params = self.rules.values_mut().flat_map(|rule| &mut rule.params);
        for param in params.filter(|param| param.shared) {
            if let Some(shared) = self.vocabulary.shared.get(&param.name) {
                *param = shared.param.clone();
            }
        }
        Some(outcome)
    }
}

/// Loads and checks rule and framework files, also against each other. What bundled rules ask is
/// checked when it is first needed, see [`Rule::body`](super::Rule::body).
///
/// # Errors
/// Every mistake in every file.
pub fn load(
    files: &[(Origin, Arc<SourceFile>)],
    schema: &Schema,
) -> Result<RuleSet, Vec<Diagnostic>> {
    match load_sound(files, schema) {
        (set, diagnostics) if diagnostics.is_empty() => Ok(set),
        (_, diagnostics) => Err(diagnostics),
    }
}

/// Loads and checks like [`load`]: the rules that are sound, and every mistake in the others.
pub fn load_sound(
    files: &[(Origin, Arc<SourceFile>)],
    schema: &Schema,
) -> (RuleSet, Vec<Diagnostic>) {
    let (vocabulary, mut diagnostics) = Vocabulary::load(files);
    let mut set = RuleSet::default();
    let mut rules = Vec::new();
    // With another source in its place, what the bundle's rules read may be gone.
    let other_sources = files
        .iter()
        .any(|(origin, file)| *origin == Origin::Source && !file.is_bundled());
    for outcome in decode_all(files, schema, &vocabulary, other_sources) {
        match outcome {
            Ok(File::Framework(framework)) => {
                add_framework(*framework, &mut set, &mut diagnostics);
            }
            Ok(File::Rule(rule)) => rules.push(rule),
            Err(errors) => diagnostics.extend(errors),
        }
    }
    // Rules name controls, so that every framework has to be there before the first of them.
    for rule in rules {
        add_rule(*rule, &mut set, &mut diagnostics);
    }
    set.vocabulary = vocabulary;
    check_settles(files, &set, &mut diagnostics);
    (set, diagnostics)
}

/// A file that is sound on its own.
enum File {
    Rule(Box<Decoded>),
    Framework(Box<Framework>),
}

/// Decodes files side by side; what comes out is in their order.
fn decode_all(
    files: &[(Origin, Arc<SourceFile>)],
    schema: &Schema,
    vocabulary: &Vocabulary,
    check_bundled: bool,
) -> Vec<Result<File, Vec<Diagnostic>>> {
    with_many(|| {
        let files = files.par_iter();
        files
            .filter_map(|(origin, file)| {
                let check = check_bundled || !file.is_bundled();
                decode_file(*origin, file, vocabulary, check.then_some(schema))
            })
            .collect()
    })
}

/// Sources are read by their own loader, from which the schema comes; the vocabulary is read before.
fn decode_file(
    origin: Origin,
    file: &Arc<SourceFile>,
    vocabulary: &Vocabulary,
    schema: Option<&Schema>,
) -> Option<Result<File, Vec<Diagnostic>>> {
    match origin {
        Origin::Rule => {
            Some(decode(file, vocabulary, schema).map(|rule| File::Rule(Box::new(rule))))
        }
        Origin::Framework => {
            Some(framework::decode(file).map(|found| File::Framework(Box::new(found))))
        }
        Origin::Source | Origin::Functions | Origin::Params | Origin::Prices => None,
    }
}

fn add_framework(framework: Framework, set: &mut RuleSet, diagnostics: &mut Vec<Diagnostic>) {
    let stem = Path::new(&framework.id_span.file.name)
        .file_stem()
        .and_then(|stem| stem.to_str());
    if stem != Some(framework.id.as_str()) {
        let message = format!(
            "the file of framework `{0}` must be called `{0}.yaml`",
            framework.id
        );
        diagnostics.push(Diagnostic::new(
            "file-name",
            framework.id_span.clone(),
            message,
        ));
    }
    if let Some(first) = set.frameworks.get(&framework.id) {
        diagnostics.push(duplicate(
            "framework",
            &framework.id,
            &framework.id_span,
            &first.id_span.file,
        ));
        return;
    }
    set.frameworks.insert(framework.id.clone(), framework);
}

fn add_rule(decoded: Decoded, set: &mut RuleSet, diagnostics: &mut Vec<Diagnostic>) {
    let Decoded {
        rule,
        id_span,
        controls,
    } = decoded;
    check_controls(&controls, set, diagnostics);
    if let Some(first) = set.rules.get(&rule.id) {
        diagnostics.push(duplicate("rule", &rule.id, &id_span, &first.file));
        return;
    }
    set.rules.insert(rule.id.clone(), rule);
}

fn duplicate(what: &str, id: &str, span: &Span, first: &SourceFile) -> Diagnostic {
    let help = if first.is_bundled() {
        format!(
            "{} has this id: choose another, or leave the bundle out with --no-bundled",
            first.name
        )
    } else {
        format!("{} has this id already: choose another", first.name)
    };
    Diagnostic::new(
        "duplicate-id",
        span.clone(),
        format!("there is another {what} `{id}`"),
    )
    .with_help(help)
}

/// Frameworks and controls that rules name must exist, or their reports would miss them silently.
fn check_controls(controls: &ControlRefs, set: &RuleSet, diagnostics: &mut Vec<Diagnostic>) {
    for (id, span, wanted) in controls {
        let Some(framework) = set.frameworks.get(id) else {
            let message = format!("there is no framework `{id}`");
            let names = set.frameworks.keys().map(String::as_str);
            let diagnostic = Diagnostic::new("unknown-framework", span.clone(), message);
            diagnostics.push(if set.frameworks.is_empty() {
                diagnostic.with_help("none is loaded: put its file into frameworks/, or load the bundle's by leaving out --no-bundled")
            } else {
                diagnostic.suggest(id, names)
            });
            continue;
        };
        for (control, span) in wanted {
            if !framework.controls.iter().any(|known| known.id == *control) {
                let message = format!("framework `{id}` has no control `{control}`");
                let names = framework.controls.iter().map(|known| known.id.as_str());
                let diagnostic = Diagnostic::new("unknown-control", span.clone(), message);
                diagnostics.push(diagnostic.suggest(control, names));
            }
        }
    }
}

/// The rules that attestations settle must exist. Those of the bundle are known also where it is
/// left out, and so are those that have mistakes of their own.
fn check_settles(
    files: &[(Origin, Arc<SourceFile>)],
    set: &RuleSet,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let controls = || set.frameworks.values().flat_map(|known| &known.controls);
    if controls().all(|control| control.settles().is_empty()) {
        return;
    }
    let bundle = bundled();
    let all = files.iter().chain(&bundle);
    let rules = all.filter(|(origin, _)| *origin == Origin::Rule);
    let known: BTreeSet<&str> = rules
        .filter_map(|(_, file)| Path::new(&file.name).file_stem()?.to_str())
        .collect();
    for attest in controls().filter_map(|control| control.attest.as_ref()) {
        for (rule, span) in attest.settles.iter().zip(&attest.settles_at) {
            if !known.contains(rule.as_str()) {
                let message = format!("there is no rule `{rule}`");
                let diagnostic = Diagnostic::new("unknown-rule", span.clone(), message);
                diagnostics.push(diagnostic.suggest(rule, known.iter().copied()));
            }
        }
    }
}
