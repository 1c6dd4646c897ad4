//! Calls of functions that are data, and of `price`.

use cel::common::ast::{Expr as Ast, IdedExpr, LiteralValue};
use cel::common::types::CelString;

use super::{Absence, Checker, Known, Local, Typed};
use crate::diagnostic::Diagnostic;
use crate::expr::ir::Node;
use crate::expr::library::Declared;
use crate::schema::Type;

/// How deep functions may call functions.
const DEEPEST: usize = 6;
/// How many calls an expression may come to, those inside functions counted.
const MOST: usize = 200;

/// The declared functions that the checker is inside of.
#[derive(Default)]
pub(super) struct Calls<'c> {
    /// Their names, the innermost last, each with the number of variables that it does not see.
    stack: Vec<(&'c str, usize)>,
    /// How many calls there were in all.
    made: usize,
}

impl Calls<'_> {
    /// Whether what is checked is a function's body.
    pub fn within_function(&self) -> bool {
        !self.stack.is_empty()
    }

    /// The first variable that can be named here.
    pub fn visible_from(&self) -> usize {
        self.stack.last().map_or(0, |(_, hidden)| *hidden)
    }
}

impl<'c> Checker<'c> {
    /// The variable of that name, with its depth.
    pub(super) fn local(&self, name: &str) -> Option<(usize, &Local)> {
        let first = self.calls.visible_from();
        let depth = self.locals[first..]
            .iter()
            .rposition(|local| local.name == name)?;
        Some((first + depth, &self.locals[first + depth]))
    }

    /// A call of a function that is data: its body, with its arguments as variables.
    pub(super) fn declared(
        &mut self,
        name: &str,
        args: &[IdedExpr],
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        let library = self.env.library;
        let function = library.function(name)?;
        if args.len() != function.params.len() {
            let message = format!(
                "`{name}` is called as {name}({})",
                function.params.join(", ")
            );
            return self.refuse(expr, &message);
        }
        if self.calls.stack.iter().any(|(outer, _)| *outer == name) {
            return self.refuse(expr, &format!("`{name}` calls itself"));
        }
        self.calls.made += 1;
        if self.calls.stack.len() >= DEEPEST || self.calls.made > MOST {
            return self.refuse(expr, "functions call functions too deeply or too often");
        }
        let arguments: Vec<Option<Typed>> =
            args.iter().map(|part| self.check(part, known)).collect();
        let arguments: Vec<Typed> = arguments.into_iter().collect::<Option<_>>()?;
        let types: Vec<String> = arguments.iter().map(|part| part.ty.to_string()).collect();
        let before = self.diagnostics.len();
        let body = self.body(function, &arguments);
        if body.is_none() && self.diagnostics.len() > before {
            let message = format!(
                "`{name}` does not take ({}): see inside it",
                types.join(", ")
            );
            self.report(Diagnostic::new("in-function", self.span(expr), message));
        }
        let nodes = arguments.into_iter().map(|part| part.node).collect();
        let body = body?;
        let mut typed = Typed::new(Node::Let(nodes, Box::new(body.node)), body.ty);
        typed.operation = body.operation;
        Some(typed)
    }

    fn body(&mut self, function: &'c Declared, arguments: &[Typed]) -> Option<Typed> {
        let tree = match function.tree() {
            Ok(tree) => tree,
            Err(mistakes) => {
                self.diagnostics.extend(mistakes.iter().cloned());
                return None;
            }
        };
        let hidden = self.locals.len();
        for (name, argument) in function.params.iter().zip(arguments) {
            self.locals.push(Local {
                name: name.clone(),
                ty: argument.ty.clone(),
                operation: argument.operation,
            });
        }
        self.calls.stack.push((&function.name, hidden));
        let outside = (self.place, self.info, self.absence);
        (self.place, self.info) = (&function.body, tree.info());
        self.absence = Absence::MustBeGuarded;
        let body = self.check(tree.root(), &Known::new());
        (self.place, self.info, self.absence) = outside;
        self.calls.stack.pop();
        self.locals.truncate(hidden);
        body
    }

    /// `price("nat-gateway-hour", region)`.
    pub(super) fn price(
        &mut self,
        args: &[IdedExpr],
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        let [name, region] = args else {
            return self.refuse(expr, "price takes a name and a region");
        };
        let Ast::Literal(LiteralValue::String(literal)) = &name.expr else {
            return self.refuse(
                name,
                "the price's name must be written out, so that it can be checked now",
            );
        };
        let literal = CelString::inner(literal);
        let library = self.env.library;
        let Some(price) = library.price(literal) else {
            let names = library.prices().map(|price| price.name.as_str());
            let message = format!("there is no price `{literal}`");
            let diagnostic = Diagnostic::new("unknown-price", self.span(name), message);
            self.report(diagnostic.suggest(literal, names));
            return None;
        };
        let typed = self.check(region, known)?;
        self.expect(&typed, &Type::String, region)?;
        self.reads.price(&price.name);
        let node = Node::Price(price.clone(), Box::new(typed.node));
        Some(Typed::new(node, Type::Double))
    }
}
