//! The checker: from CEL's syntax tree to a typed [`Node`], with all mistakes told at once.
//!
//! A field that AWS may leave out has to be guarded by `has()` before it is read. The checker
//! follows what each condition establishes: in `has(x.A) && x.A > 3` the right side knows that
//! `x.A` is there, in `!has(x.A) || x.A > 3` as well.

mod access;
mod call;
mod declared;
mod limit;
mod operator;
mod parse;
mod place;
mod tree;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use cel::common::ast::{CallExpr, Expr as Ast, IdedExpr, LiteralValue};
use cel::common::types::{CelBool, CelDouble, CelInt, CelString};

use super::ir::{Expr, Node};
use super::library::Library;
use super::reads::Reads;
use super::value::Constant;
use crate::diagnostic::{Diagnostic, Span};
use crate::schema::{ResourceType, Schema, Type};

pub use parse::Parsed;
pub use tree::tree;

use tree::tree_here;

pub use call::SPECIAL;
pub use limit::with_many;
pub use place::Place;

/// What names an expression may use.
#[derive(Clone, Copy)]
pub struct Env<'e> {
    /// The resource types.
    pub schema: &'e Schema,
    /// The type of `resource`.
    pub resource: &'e Arc<ResourceType>,
    /// The rule's parameters with their types.
    pub params: &'e [(String, Type)],
    /// The functions and prices that are data.
    pub library: &'e Library,
}

/// Paths known to be there.
pub type Known = BTreeSet<String>;

/// A checked expression together with what its outcome establishes.
pub struct Checked {
    /// The expression.
    pub expr: Expr,
    /// Paths that are there when it is true.
    pub when_true: Known,
    /// Paths that are there when it is false.
    pub when_false: Known,
}

/// How a read of an absent optional field is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// A mistake: the read has to be guarded.
    MustBeGuarded,
    /// Fine: the text shows that the field is absent.
    Shown,
}

/// Parses and checks one expression.
///
/// # Errors
/// Every mistake found, placed by `place`.
pub fn compile(
    place: &Place,
    env: Env<'_>,
    known: &Known,
    absence: Absence,
    wanted: Option<&Type>,
) -> Result<Checked, Vec<Diagnostic>> {
    limit::check_length(place).map_err(|diagnostic| vec![diagnostic])?;
    limit::with_stack(|| compile_here(place, env, known, absence, wanted))
}

fn compile_here(
    place: &Place,
    env: Env<'_>,
    known: &Known,
    absence: Absence,
    wanted: Option<&Type>,
) -> Result<Checked, Vec<Diagnostic>> {
    let parsed = tree_here(place)?;
    let mut checker = Checker {
        env,
        place,
        info: parsed.info(),
        absence,
        locals: Vec::new(),
        calls: declared::Calls::default(),
        reads: Reads::default(),
        evidence: Vec::new(),
        diagnostics: Vec::new(),
    };
    let root = checker.check(parsed.root(), known);
    let typed = match root {
        Some(typed) if checker.diagnostics.is_empty() => typed,
        _ => return Err(checker.diagnostics),
    };
    if let Some(wanted) = wanted
        && typed.ty != *wanted
    {
        let message = format!("this must be {wanted}, and it is {}", typed.ty);
        return Err(vec![Diagnostic::new(
            "type-mismatch",
            place.whole(),
            message,
        )]);
    }
    let Checker {
        reads, evidence, ..
    } = checker;
    Ok(Checked {
        expr: Expr {
            source: place.text.clone(),
            ty: typed.ty,
            reads,
            evidence: maximal(evidence),
            root: typed.node,
        },
        when_true: typed.when_true,
        when_false: typed.when_false,
    })
}

/// Drops paths that a longer one goes through (`resource.Status` beside `resource.Status.IsLogging`).
fn maximal(mut evidence: Vec<(String, Node)>) -> Vec<(String, Node)> {
    evidence.sort_by(|left, right| left.0.cmp(&right.0));
    evidence.dedup_by(|later, earlier| later.0 == earlier.0);
    let paths: Vec<String> = evidence.iter().map(|(path, _)| path.clone()).collect();
    evidence.retain(|(path, _)| {
        !paths.iter().any(|other| {
            other
                .strip_prefix(path.as_str())
                .is_some_and(|rest| rest.starts_with(['.', '[']))
        })
    });
    evidence
}

/// A typed part of the tree.
struct Typed {
    node: Node,
    ty: Type,
    /// How the part is written, if it is a path.
    path: Option<String>,
    /// The operation that brought it, if it came from facts.
    operation: &'static str,
    when_true: Known,
    when_false: Known,
}

impl Typed {
    fn new(node: Node, ty: Type) -> Self {
        Self {
            node,
            ty,
            path: None,
            operation: "",
            when_true: Known::new(),
            when_false: Known::new(),
        }
    }

    fn at(mut self, path: String, operation: &'static str) -> Self {
        self.path = Some(path);
        self.operation = operation;
        self
    }
}

/// A comprehension's variable.
struct Local {
    name: String,
    ty: Type,
    operation: &'static str,
}

struct Checker<'c> {
    env: Env<'c>,
    place: &'c Place,
    info: &'c cel::common::ast::SourceInfo,
    absence: Absence,
    locals: Vec<Local>,
    calls: declared::Calls<'c>,
    reads: Reads,
    evidence: Vec<(String, Node)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'c> Checker<'c> {
    /// Types a part, or reports why it has none.
    fn check(&mut self, expr: &IdedExpr, known: &Known) -> Option<Typed> {
        match &expr.expr {
            Ast::Literal(literal) => self.literal(literal, expr),
            Ast::Ident(name) => self.name(name, expr),
            Ast::Select(select) => self.select(select, expr, known),
            Ast::Call(call) => self.call(call, expr, known),
            Ast::List(list) => self.list(&list.elements, expr, known),
            Ast::Map(_) | Ast::Struct(_) => self.refuse(expr, "a rule cannot make maps or objects"),
            Ast::Comprehension(_) | Ast::Unspecified => self.refuse(expr, "not an expression"),
        }
    }

    /// Types a part whose members or entries are asked for: what is no path goes by its own text,
    /// so that a guard of one such part does not stand for another.
    fn check_named(&mut self, expr: &IdedExpr, known: &Known) -> Option<Typed> {
        let mut typed = self.check(expr, known)?;
        typed.path.get_or_insert_with(|| {
            let text = self.place.text.get(self.range(expr)).unwrap_or_default();
            // Variables are named alike at other depths.
            format!("({text})#{}", self.locals.len())
        });
        Some(typed)
    }

    fn literal(&mut self, literal: &LiteralValue, expr: &IdedExpr) -> Option<Typed> {
        let (constant, ty) = match literal {
            LiteralValue::Boolean(value) => (Constant::Bool(*CelBool::inner(value)), Type::Bool),
            LiteralValue::Int(value) => (Constant::Int(*CelInt::inner(value)), Type::Int),
            LiteralValue::Double(value) => {
                (Constant::Double(*CelDouble::inner(value)), Type::Double)
            }
            LiteralValue::String(text) => (
                Constant::String(CelString::inner(text).into()),
                Type::String,
            ),
            LiteralValue::Null => {
                let message = "null is not used: a field is there or it is not";
                self.report(
                    Diagnostic::new("type-mismatch", self.span(expr), message)
                        .with_help("ask with has(x.Field)"),
                );
                return None;
            }
            LiteralValue::Bytes(_) | LiteralValue::UInt(_) => {
                return self.refuse(expr, "facts hold no bytes and no unsigned numbers");
            }
        };
        Some(Typed::new(Node::Constant(constant), ty))
    }

    fn list(&mut self, elements: &[IdedExpr], expr: &IdedExpr, known: &Known) -> Option<Typed> {
        if elements.is_empty() {
            return self.refuse(
                expr,
                "an empty list has no type; compare size(x) with 0 instead",
            );
        }
        let typed: Vec<Option<Typed>> = elements
            .iter()
            .map(|element| self.check(element, known))
            .collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        let item = typed[0].ty.clone();
        for (element, part) in elements.iter().zip(&typed) {
            if part.ty != item {
                let message = format!("a list holds values of one type: {item}, not {}", part.ty);
                self.report(Diagnostic::new(
                    "type-mismatch",
                    self.span(element),
                    message,
                ));
                return None;
            }
        }
        let nodes: Vec<Node> = typed.into_iter().map(|part| part.node).collect();
        let constants: Option<Vec<Constant>> = nodes
            .iter()
            .map(|node| match node {
                Node::Constant(constant) => Some(constant.clone()),
                _ => None,
            })
            .collect();
        let node = match constants {
            Some(constants) => Node::Constant(Constant::List(constants.into())),
            None => Node::List(nodes),
        };
        Some(Typed::new(node, Type::list(item)))
    }

    fn refuse(&mut self, expr: &IdedExpr, message: &str) -> Option<Typed> {
        self.report(Diagnostic::new("unsupported", self.span(expr), message));
        None
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn span(&self, expr: &IdedExpr) -> Span {
        self.place.span(self.range(expr))
    }

    /// The bytes of the expression's text that a part covers.
    fn range(&self, expr: &IdedExpr) -> Range<usize> {
        let own = self
            .info
            .offset_for(expr.id)
            .map_or(0..0, |(start, stop)| start as usize..stop as usize + 1);
        let children: Vec<&IdedExpr> = match &expr.expr {
            Ast::Select(select) => {
                let left = self.range(&select.operand);
                return left.start..self.end_of(own.end, &select.field);
            }
            Ast::Call(call) => call
                .target
                .as_deref()
                .into_iter()
                .chain(&call.args)
                .collect(),
            Ast::List(list) => list.elements.iter().collect(),
            _ => Vec::new(),
        };
        let range = (children.iter().map(|child| self.range(child)))
            .fold(own.clone(), |all, child| {
                all.start.min(child.start)..all.end.max(child.end)
            });
        match &expr.expr {
            Ast::Call(call) => self.with_name_and_bracket(call, own, range),
            Ast::List(_) => range.start..self.end_of(range.end, "]"),
            _ => range,
        }
    }

    /// The parser places a call at its opening bracket: adds the name before it and the closing
    /// bracket. Operators have neither.
    fn with_name_and_bracket(
        &self,
        call: &CallExpr,
        own: Range<usize>,
        range: Range<usize>,
    ) -> Range<usize> {
        let text = &self.place.text;
        let closing = match text.get(own.clone()) {
            Some("(") => ")",
            Some("[") => "]",
            _ => return range,
        };
        let before = text[..own.start].trim_end();
        let start = match (&call.target, before.strip_suffix(call.func_name.as_str())) {
            (None, Some(rest)) => range.start.min(rest.len()),
            _ => range.start,
        };
        start..self.end_of(range.end, closing)
    }

    /// The end of `part` if it is what comes next behind `end`, spaces aside; else `end`.
    fn end_of(&self, end: usize, part: &str) -> usize {
        let rest = self.place.text.get(end..).unwrap_or_default();
        let spaces = rest.len() - rest.trim_start().len();
        if rest[spaces..].starts_with(part) {
            end + spaces + part.len()
        } else {
            end
        }
    }
}
