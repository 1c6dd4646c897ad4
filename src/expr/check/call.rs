//! Calls: `has`, comprehensions, `size`, `matches` and the functions of the table.

use std::sync::{Arc, LazyLock};

use cel::common::ast::{CallExpr, Expr as Ast, IdedExpr, LiteralValue};
use cel::common::types::CelString;
use regex::Regex;

use super::access::{Member, entry_path, stands_alone};
use super::{Checker, Known, Local, Typed};
use crate::diagnostic::Diagnostic;
use crate::expr::functions::{Signature, apply, signatures};
use crate::expr::ir::{Fold, Node};
use crate::expr::value::{Constant, Value};
use crate::schema::Type;

pub(super) static SIGNATURES: LazyLock<Vec<Signature>> = LazyLock::new(signatures);

/// What is a function to authors without being in the table.
pub const SPECIAL: [&str; 9] = [
    "has",
    "exists",
    "all",
    "exists_one",
    "filter",
    "map",
    "size",
    "matches",
    "price",
];

impl<'c> Checker<'c> {
    pub(super) fn call(
        &mut self,
        call: &CallExpr,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        if let Some(operator) = self.operator(call, expr, known) {
            return operator;
        }
        let fold = match call.func_name.as_str() {
            "exists" => Some(Fold::Exists),
            "all" => Some(Fold::All),
            "exists_one" => Some(Fold::ExistsOne),
            "filter" => Some(Fold::Filter),
            "map" => Some(Fold::Map),
            _ => None,
        };
        match (fold, call.target.as_deref(), call.func_name.as_str()) {
            (Some(fold), Some(target), _) => {
                self.comprehension(fold, target, &call.args, expr, known)
            }
            (None, None, "has") => self.has(&call.args, expr, known),
            (None, Some(target), "matches") => self.matches(target, &call.args, expr, known),
            (None, None, "price") => self.price(&call.args, expr, known),
            (None, None, name) if self.env.library.function(name).is_some() => {
                self.declared(name, &call.args, expr, known)
            }
            _ => self.function(call, expr, known),
        }
    }

    fn has(&mut self, args: &[IdedExpr], expr: &IdedExpr, known: &Known) -> Option<Typed> {
        let [arg] = args else {
            return self.refuse(expr, "has() takes one field, as in has(resource.KmsKeyId)");
        };
        let Ast::Select(select) = &arg.expr else {
            return self.refuse(arg, "has() takes a field, as in has(resource.KmsKeyId)");
        };
        let (node, read, path) = match self.member(select, arg, known)? {
            Member::Plain(_) => {
                return self.refuse(arg, "every resource has this: there is nothing to ask");
            }
            Member::Resource(base, access) => {
                let path = access.field.origin.path.clone();
                let read = Node::ResourceField(base.clone(), access.clone());
                (Node::HasResourceField(base, access), read, path)
            }
            Member::Related(base, access, relation) => {
                let path = access.field.origin.path.clone();
                let relation = Arc::new(access.resource_type.relations[relation.as_str()].clone());
                let read = Node::Related(base.clone(), access.clone(), relation.clone());
                (Node::HasRelated(base, access, relation), read, path)
            }
            Member::Struct(base, access) => {
                let path = access.origin.path.clone();
                let read = Node::Field(base.clone(), access.clone());
                (Node::HasField(base, access), read, path)
            }
        };
        if path.starts_with("resource.") && stands_alone(&read) {
            self.evidence.push((path.clone(), read));
        }
        let mut typed = Typed::new(node, Type::Bool);
        typed.when_true.insert(path);
        Some(typed)
    }

    fn comprehension(
        &mut self,
        fold: Fold,
        target: &IdedExpr,
        args: &[IdedExpr],
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        let range = self.check_named(target, known)?;
        let [variable, body] = args else {
            return self.refuse(
                expr,
                "this takes a variable and a condition: list.exists(x, x.Field == 1)",
            );
        };
        let Ast::Ident(variable_name) = &variable.expr else {
            return self.refuse(variable, "the first argument is the name of a variable");
        };
        let depth = self.locals.len();
        let mut known = known.clone();
        let (item, elements) = match range.ty {
            Type::List(item) => (*item, range.node),
            Type::Any => (Type::Any, range.node),
            // As in CEL, a map is asked by its keys; the entry of such a key is there.
            Type::Map(_) => {
                let key = format!("{variable_name}#{depth}");
                known.insert(variable_entry(range.path.as_deref(), &key));
                (Type::String, Node::MapKeys(Box::new(range.node)))
            }
            other => {
                let message =
                    format!("only lists and maps have elements to ask, and this is {other}");
                self.report(Diagnostic::new("type-mismatch", self.span(target), message));
                return None;
            }
        };
        self.locals.push(Local {
            name: variable_name.clone(),
            ty: item.clone(),
            operation: range.operation,
        });
        let checked = self.check(body, &known);
        self.locals.pop();
        let checked = checked?;
        if fold != Fold::Map && checked.ty != Type::Bool {
            let message = format!("this must be a condition, and it is {}", checked.ty);
            self.report(Diagnostic::new("type-mismatch", self.span(body), message));
            return None;
        }
        let ty = match fold {
            Fold::Exists | Fold::All | Fold::ExistsOne => Type::Bool,
            Fold::Filter => Type::list(item.clone()),
            Fold::Map => Type::list(checked.ty),
        };
        let node = Node::Comprehension {
            fold,
            range: Box::new(elements),
            item,
            body: Box::new(checked.node),
        };
        let mut typed = Typed::new(node, ty);
        typed.operation = range.operation;
        Some(typed)
    }

    fn matches(
        &mut self,
        target: &IdedExpr,
        args: &[IdedExpr],
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        let text = self.check(target, known)?;
        self.expect(&text, &Type::String, target)?;
        let [pattern] = args else {
            return self.refuse(expr, "matches() takes one pattern");
        };
        let Ast::Literal(LiteralValue::String(literal)) = &pattern.expr else {
            return self.refuse(
                pattern,
                "the pattern must be written out, so that it can be checked now",
            );
        };
        match Regex::new(CelString::inner(literal)) {
            Ok(regex) => {
                let node = Node::Matches(Box::new(text.node), Arc::new(regex));
                Some(Typed::new(node, Type::Bool))
            }
            Err(error) => {
                let reason = error.to_string();
                let reason = reason
                    .lines()
                    .last()
                    .unwrap_or_default()
                    .trim_start_matches("error: ");
                let message = format!("not a regular expression: {reason}");
                self.report(Diagnostic::new("bad-regex", self.span(pattern), message));
                None
            }
        }
    }

    /// Reports a type that is not the one wanted.
    pub(super) fn expect(&mut self, typed: &Typed, wanted: &Type, expr: &IdedExpr) -> Option<()> {
        if typed.ty == *wanted || typed.ty == Type::Any {
            return Some(());
        }
        let message = format!("this must be {wanted}, and it is {}", typed.ty);
        self.report(Diagnostic::new("type-mismatch", self.span(expr), message));
        None
    }

    fn function(&mut self, call: &CallExpr, expr: &IdedExpr, known: &Known) -> Option<Typed> {
        let method = call.target.is_some();
        let name = call.func_name.as_str();
        let named: Vec<&Signature> = SIGNATURES
            .iter()
            .filter(|signature| signature.name == name && signature.method == method)
            .collect();
        if named.is_empty() && name != "size" {
            self.unknown_function(name, method, expr);
            return None;
        }
        let parts: Vec<&IdedExpr> = call
            .target
            .as_deref()
            .into_iter()
            .chain(&call.args)
            .collect();
        let typed: Vec<Option<Typed>> = parts.iter().map(|part| self.check(part, known)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        if name == "size"
            && let [list] = typed.as_slice()
            && matches!(list.ty, Type::List(_) | Type::Any)
        {
            let node = Node::ListSize(Box::new(list.node.clone()));
            return Some(Typed::new(node, Type::Int));
        }
        let fitting = named.iter().find(|signature| {
            signature.arguments.len() == typed.len()
                && signature
                    .arguments
                    .iter()
                    .zip(&typed)
                    .all(|(wanted, part)| fits(wanted, &part.ty))
        });
        let Some(signature) = fitting else {
            self.no_overload(name, &named, &typed, expr);
            return None;
        };
        let nodes: Vec<Node> = typed.into_iter().map(|part| part.node).collect();
        let node = self.fold_constants(signature, nodes, expr)?;
        Some(Typed::new(node, signature.result.clone()))
    }

    /// Calls on literals are worked out now, so that `duration("7x")` is an error of the file.
    fn fold_constants(
        &mut self,
        signature: &Signature,
        nodes: Vec<Node>,
        expr: &IdedExpr,
    ) -> Option<Node> {
        let values: Option<Vec<Value>> = nodes
            .iter()
            .map(|node| match node {
                Node::Constant(constant) => Some(constant.value()),
                _ => None,
            })
            .collect();
        let Some(values) = values else {
            return Some(Node::Call(signature.function, nodes));
        };
        let folded = match apply(signature.function, &values) {
            Ok(Value::Int(value)) => Constant::Int(value),
            Ok(Value::Double(value)) => Constant::Double(value),
            Ok(Value::Bool(value)) => Constant::Bool(value),
            Ok(Value::String(text)) => Constant::String((&*text).into()),
            Ok(Value::Timestamp(at)) => Constant::Timestamp(at),
            Ok(Value::Duration(length)) => Constant::Duration(length),
            Ok(_) => return Some(Node::Call(signature.function, nodes)),
            Err(message) => {
                self.report(Diagnostic::new("bad-value", self.span(expr), message));
                return None;
            }
        };
        Some(Node::Constant(folded))
    }

    fn unknown_function(&mut self, name: &str, method: bool, expr: &IdedExpr) {
        let names: Vec<&str> = SIGNATURES
            .iter()
            .map(|signature| signature.name)
            .chain(SPECIAL)
            .chain(self.env.library.function_names())
            .collect();
        let message = format!("there is no function `{name}`");
        let mut diagnostic = Diagnostic::new("unknown-function", self.span(expr), message)
            .suggest(name, names.iter().copied());
        if names.contains(&name) {
            let usage = if method {
                format!("{name}(x)")
            } else {
                format!("x.{name}(...)")
            };
            diagnostic = diagnostic.with_help(format!("it is written {usage}"));
        }
        self.report(diagnostic);
    }

    fn no_overload(&mut self, name: &str, named: &[&Signature], typed: &[Typed], expr: &IdedExpr) {
        let list = |types: &mut dyn Iterator<Item = &Type>| {
            types.map(Type::to_string).collect::<Vec<_>>().join(", ")
        };
        let given = list(&mut typed.iter().map(|part| &part.ty));
        let message = format!("`{name}` does not take ({given})");
        let takes: Vec<String> = named
            .iter()
            .map(|signature| format!("({})", list(&mut signature.arguments.iter())))
            .collect();
        let help = format!("it takes {}", takes.join(" or "));
        self.report(Diagnostic::new("type-mismatch", self.span(expr), message).with_help(help));
    }

    /// The entry that `key in map` establishes, where the key is written out or is a path.
    pub(super) fn entry_known(path: Option<&str>, key: &Typed) -> Option<String> {
        match (&key.node, &key.path) {
            (Node::Constant(Constant::String(text)), _) => Some(entry_path(path, text)),
            (_, Some(key)) => Some(variable_entry(path, key)),
            _ => None,
        }
    }
}

/// How the entry of a key that is not written out is told apart from others.
fn variable_entry(path: Option<&str>, key: &str) -> String {
    format!("{}[<{key}>]", path.unwrap_or("(...)"))
}

/// Whether a value of type `given` goes where `wanted` is asked for.
fn fits(wanted: &Type, given: &Type) -> bool {
    match (wanted, given) {
        (Type::Map(inner), Type::Map(_)) if **inner == Type::Any => true,
        (wanted, given) => wanted == given || *given == Type::Any,
    }
}
