//! What a rule asks, compiled. That of a bundled rule is compiled when it is first needed: it was
//! checked when the binary was made, and most commands need a few of them.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::Rule;
use super::remediation::{self, Remediation};
use crate::diagnostic::{Diagnostic, Span};
use crate::expr::{
    Absence, Checked, Env, Expr, Known, Library, Place, Reads, Template, TemplateKind, compile,
    compile_template, with_many,
};
use crate::schema::{ResourceType, Schema, Type};
use crate::yaml::{Decoder, Node, Value};

/// What a rule asks, type-checked.
#[derive(Debug)]
pub struct Body {
    /// The type of resource it is about.
    pub resource: Arc<ResourceType>,
    /// Where false, the rule does not concern the resource.
    pub when: Option<Expr>,
    /// What must be true.
    pub require: Expr,
    /// What is said of a resource that fails.
    pub message: Template,
    /// What is said of one that passes, where that is more than the title.
    pub pass_message: Option<Template>,
    /// What is said of one that it does not concern.
    pub not_applicable_message: Option<Template>,
    /// What mending a resource that fails saves, in USD a month.
    pub saves: Option<Expr>,
    /// How to mend it.
    pub remediation: Remediation,
    /// Everything that it reads.
    pub reads: Reads,
}

/// The parts of a rule's file that are compiled.
#[derive(Debug)]
pub(crate) struct Source {
    pub resource: (String, Span),
    pub when: Option<(String, Span)>,
    pub require: Option<(String, Span)>,
    pub message: Option<(String, Span)>,
    pub pass_message: Option<(String, Span)>,
    pub not_applicable_message: Option<(String, Span)>,
    pub saves: Option<(String, Span)>,
    pub remediation: Option<Node>,
    pub params: Vec<(String, Type)>,
    pub library: Arc<Library>,
}

/// A rule's body, compiled at most once.
#[derive(Debug)]
pub(crate) struct Lazy {
    source: Source,
    body: OnceLock<Result<Body, Vec<Diagnostic>>>,
}

impl Lazy {
    pub fn new(source: Source) -> Self {
        Self {
            source,
            body: OnceLock::new(),
        }
    }

    /// The name of the type of resource that the rule is about.
    pub fn resource(&self) -> &str {
        &self.source.resource.0
    }

    /// Whether the rule creates resources to mend what it finds.
    pub fn creates(&self) -> bool {
        let Some(Node {
            value: Value::Map(entries),
            ..
        }) = &self.source.remediation
        else {
            return false;
        };
        entries.iter().any(|(key, _)| key.text == "creates")
    }

    /// Compiles the body, unless it is.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn check(&self, schema: &Schema) -> Result<&Body, &Vec<Diagnostic>> {
        let made = self.body.get_or_init(|| self.source.compile(schema));
        made.as_ref()
    }
}

impl Rule {
    /// Whether it creates resources to mend what it finds.
    pub fn creates(&self) -> bool {
        self.lazy.creates()
    }

    /// What the rule asks. The schema is the one that the rule was loaded with.
    ///
    /// # Panics
    /// When a bundled rule has a mistake, which the tests exclude; all others were checked as
    /// they were loaded.
    pub fn body(&self, schema: &Schema) -> &Body {
        match self.check(schema) {
            Ok(body) => body,
            Err(mistakes) => panic!("rule {} of the bundle is wrong: {mistakes:?}", self.id),
        }
    }

    /// Checks what the rule asks.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn check(&self, schema: &Schema) -> Result<&Body, &Vec<Diagnostic>> {
        self.lazy.check(schema)
    }
}

/// Compiles what many rules ask, side by side; it is what takes longest before a run.
pub fn compile_all(rules: &[&Rule], schema: &Schema) {
    with_many(|| {
        rules.par_iter().for_each(|rule| {
            // Whoever needs a body sees the mistakes in it.
            let _ = rule.check(schema);
        });
    });
}

impl Source {
    fn compile(&self, schema: &Schema) -> Result<Body, Vec<Diagnostic>> {
        let mut compiler = Compiler {
            decoder: Decoder::default(),
        };
        let body = compiler.body(self, schema);
        let mistakes = compiler.decoder.diagnostics;
        match body {
            Some(body) if mistakes.is_empty() => Ok(body),
            _ => Err(mistakes),
        }
    }
}

struct Compiler {
    decoder: Decoder,
}

impl Compiler {
    fn body(&mut self, source: &Source, schema: &Schema) -> Option<Body> {
        let resource = self.resource(&source.resource, schema)?;
        let env = Env {
            schema,
            resource: &resource,
            params: &source.params,
            library: &source.library,
        };
        let when = self.optional(source.when.as_ref(), |compiler, text| {
            compiler.expression(text, env, &Known::new(), &Type::Bool)
        });
        let known = match &when {
            Some(Some(checked)) => checked.when_true.clone(),
            _ => Known::new(),
        };
        let require = source.require.as_ref();
        let require = require.and_then(|text| self.expression(text, env, &known, &Type::Bool));
        let saves = self.optional(source.saves.as_ref(), |compiler, text| {
            compiler.expression(text, env, &known, &Type::Double)
        });
        let message = source.message.as_ref();
        let message = message.and_then(|text| self.template(text, TemplateKind::Prose, env));
        let prose = |compiler: &mut Self, text: &(String, Span)| {
            compiler.template(text, TemplateKind::Prose, env)
        };
        let pass_message = self.optional(source.pass_message.as_ref(), prose);
        let not_applicable = self.optional(source.not_applicable_message.as_ref(), prose);
        let remediation = source.remediation.clone();
        let remediation =
            remediation.and_then(|node| remediation::decode(node, env, &mut self.decoder));
        let mut body = Body {
            when: when?.map(|checked| checked.expr),
            require: require?.expr,
            message: message?,
            pass_message: pass_message?,
            not_applicable_message: not_applicable?,
            saves: saves?.map(|checked| checked.expr),
            remediation: remediation?,
            reads: Reads::default(),
            resource: resource.clone(),
        };
        body.reads = all_reads(&body);
        Some(body)
    }

    fn resource(&mut self, named: &(String, Span), schema: &Schema) -> Option<Arc<ResourceType>> {
        let (name, span) = named;
        let found = schema.get(name).cloned();
        if found.is_none() {
            let message = format!("there is no resource type `{name}`");
            let diagnostic = Diagnostic::new("unknown-type", span.clone(), message);
            self.decoder
                .report(diagnostic.suggest(name, schema.names()));
        }
        found
    }

    /// `None` where a part that is there is wrong, `Some(None)` where it is not there.
    #[expect(
        clippy::option_option,
        reason = "absent and wrong are different outcomes"
    )]
    fn optional<P, T>(
        &mut self,
        part: Option<P>,
        check: impl FnOnce(&mut Self, P) -> Option<T>,
    ) -> Option<Option<T>> {
        match part {
            None => Some(None),
            Some(part) => check(self, part).map(Some),
        }
    }

    fn expression(
        &mut self,
        (text, span): &(String, Span),
        env: Env<'_>,
        known: &Known,
        wanted: &Type,
    ) -> Option<Checked> {
        let place = Place::new(text.clone(), span.clone());
        match compile(&place, env, known, Absence::MustBeGuarded, Some(wanted)) {
            Ok(checked) => Some(checked),
            Err(errors) => {
                self.decoder.diagnostics.extend(errors);
                None
            }
        }
    }

    fn template(
        &mut self,
        (text, span): &(String, Span),
        kind: TemplateKind,
        env: Env<'_>,
    ) -> Option<Template> {
        let place = Place::new(text.clone(), span.clone());
        match compile_template(&place, kind, env) {
            Ok(template) => Some(template),
            Err(errors) => {
                self.decoder.diagnostics.extend(errors);
                None
            }
        }
    }
}

/// Everything that a rule reads; messages count, as they are shown.
fn all_reads(body: &Body) -> Reads {
    let mut reads = Reads::default();
    reads.list(body.resource.name);
    for expr in body.when.iter().chain([&body.require]).chain(&body.saves) {
        reads.extend(&expr.reads);
    }
    let optional = [&body.pass_message, &body.not_applicable_message];
    let templates = [&body.message]
        .into_iter()
        .chain(body.remediation.templates())
        .chain(optional.into_iter().flatten());
    for template in templates {
        reads.extend(&template.reads);
    }
    reads
}
