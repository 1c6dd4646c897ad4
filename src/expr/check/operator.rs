//! Operators: logic, comparison, arithmetic, membership, indexing.

use cel::common::ast::operators as op;
use cel::common::ast::{CallExpr, IdedExpr};

use super::{Absence, Checker, Known, Typed};
use crate::diagnostic::Diagnostic;
use crate::expr::ir::{Arithmetic, Comparison, Node};
use crate::expr::value::Constant;
use crate::schema::Type;

impl Checker<'_> {
    /// The call as an operator; `None` where it is a function.
    pub(super) fn operator(
        &mut self,
        call: &CallExpr,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Option<Typed>> {
        let arguments = call.args.as_slice();
        Some(match (call.func_name.as_str(), arguments) {
            (op::LOGICAL_AND, [left, right]) => self.and(left, right, known),
            (op::LOGICAL_OR, [left, right]) => self.or(left, right, known),
            (op::LOGICAL_NOT, [inner]) => self.not(inner, known),
            (op::CONDITIONAL, [condition, then, otherwise]) => {
                self.conditional(condition, then, otherwise, known)
            }
            (op::NEGATE, [inner]) => self.negate(inner, expr, known),
            (op::INDEX, [base, at]) => self.index(base, at, expr, known),
            (op::IN, [element, container]) => self.is_in(element, container, known),
            (name, [left, right]) => {
                if let Some(comparison) = comparison(name) {
                    self.compare(comparison, left, right, expr, known)
                } else if let Some(arithmetic) = arithmetic(name) {
                    self.arithmetic(arithmetic, left, right, expr, known)
                } else {
                    return None;
                }
            }
            _ => return None,
        })
    }

    fn condition(&mut self, expr: &IdedExpr, known: &Known) -> Option<Typed> {
        let typed = self.check(expr, known)?;
        self.expect(&typed, &Type::Bool, expr)?;
        Some(typed)
    }

    fn and(&mut self, left: &IdedExpr, right: &IdedExpr, known: &Known) -> Option<Typed> {
        let left = self.condition(left, known);
        // The right side is checked even where the left is wrong: all mistakes are told at once.
        let seen = union(known, left.as_ref().map(|left| &left.when_true));
        let right = self.condition(right, &seen);
        let (left, right) = (left?, right?);
        let mut typed = Typed::new(
            Node::And(Box::new(left.node), Box::new(right.node)),
            Type::Bool,
        );
        typed.when_true = union(&left.when_true, Some(&right.when_true));
        typed.when_false = &left.when_false & &right.when_false;
        Some(typed)
    }

    fn or(&mut self, left: &IdedExpr, right: &IdedExpr, known: &Known) -> Option<Typed> {
        let left = self.condition(left, known);
        let seen = union(known, left.as_ref().map(|left| &left.when_false));
        let right = self.condition(right, &seen);
        let (left, right) = (left?, right?);
        let mut typed = Typed::new(
            Node::Or(Box::new(left.node), Box::new(right.node)),
            Type::Bool,
        );
        typed.when_true = &left.when_true & &right.when_true;
        typed.when_false = union(&left.when_false, Some(&right.when_false));
        Some(typed)
    }

    fn not(&mut self, inner: &IdedExpr, known: &Known) -> Option<Typed> {
        let inner = self.condition(inner, known)?;
        let mut typed = Typed::new(Node::Not(Box::new(inner.node)), Type::Bool);
        typed.when_true = inner.when_false;
        typed.when_false = inner.when_true;
        Some(typed)
    }

    fn conditional(
        &mut self,
        condition: &IdedExpr,
        then: &IdedExpr,
        otherwise: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        let tested = self.condition(condition, known);
        let seen = union(known, tested.as_ref().map(|tested| &tested.when_true));
        let yes = self.check(then, &seen);
        let seen = union(known, tested.as_ref().map(|tested| &tested.when_false));
        let no = self.check(otherwise, &seen);
        let (tested, yes, no) = (tested?, yes?, no?);
        if yes.ty != no.ty {
            let message = format!(
                "both branches must be of one type, and they are {} and {}",
                yes.ty, no.ty
            );
            self.report(Diagnostic::new(
                "type-mismatch",
                self.span(otherwise),
                message,
            ));
            return None;
        }
        let node = Node::If(Box::new(tested.node), Box::new(yes.node), Box::new(no.node));
        Some(Typed::new(node, yes.ty))
    }

    fn both(&mut self, left: &IdedExpr, right: &IdedExpr, known: &Known) -> Option<(Typed, Typed)> {
        let left = self.check(left, known);
        let right = self.check(right, known);
        Some((left?, right?))
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: &IdedExpr,
        right: &IdedExpr,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        let (left, right) = self.both(left, right, known)?;
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        // What is free-form is compared as what the other side is.
        let ty = match &left.ty {
            Type::Any => &right.ty,
            ty => ty,
        };
        let free = left.ty == Type::Any || right.ty == Type::Any;
        if left.ty != right.ty && !(free && equality) {
            let message = format!("{} does not compare with {}", left.ty, right.ty);
            let diagnostic = Diagnostic::new("type-mismatch", self.span(expr), message);
            let diagnostic = match conversion(&left.ty, &right.ty) {
                Some(help) => diagnostic.with_help(help),
                None => diagnostic,
            };
            self.report(diagnostic);
            return None;
        }
        let comparable = match ty {
            Type::Int | Type::Double | Type::String | Type::Timestamp | Type::Duration => true,
            Type::Bool | Type::Any => equality,
            _ => false,
        };
        if !comparable {
            let message = format!("{ty} values do not compare this way");
            let diagnostic = Diagnostic::new("type-mismatch", self.span(expr), message);
            self.report(
                diagnostic.with_help("compare fields, or ask with exists, all, in or size()"),
            );
            return None;
        }
        let node = Node::Compare(comparison, Box::new(left.node), Box::new(right.node));
        Some(Typed::new(node, Type::Bool))
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        left: &IdedExpr,
        right: &IdedExpr,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        use Arithmetic::{Add, Remainder, Subtract};
        let (left, right) = self.both(left, right, known)?;
        let ty = match (operator, &left.ty, &right.ty) {
            (_, Type::Int, Type::Int) => Type::Int,
            (operator, Type::Double, Type::Double) if operator != Remainder => Type::Double,
            (Add, Type::String, Type::String) => Type::String,
            (Subtract, Type::Timestamp, Type::Timestamp)
            | (Add | Subtract, Type::Duration, Type::Duration) => Type::Duration,
            (Add | Subtract, Type::Timestamp, Type::Duration)
            | (Add, Type::Duration, Type::Timestamp) => Type::Timestamp,
            (_, left, right) => {
                let message = format!("this operator does not take {left} and {right}");
                let diagnostic = Diagnostic::new("type-mismatch", self.span(expr), message);
                let diagnostic = match conversion(left, right) {
                    Some(help) => diagnostic.with_help(help),
                    None => diagnostic,
                };
                self.report(diagnostic);
                return None;
            }
        };
        let node = Node::Arithmetic(operator, Box::new(left.node), Box::new(right.node));
        Some(Typed::new(node, ty))
    }

    fn negate(&mut self, inner: &IdedExpr, expr: &IdedExpr, known: &Known) -> Option<Typed> {
        let typed = self.check(inner, known)?;
        if !matches!(typed.ty, Type::Int | Type::Double) {
            let message = format!("only numbers have a minus, and this is {}", typed.ty);
            self.report(Diagnostic::new("type-mismatch", self.span(expr), message));
            return None;
        }
        Some(Typed::new(Node::Negate(Box::new(typed.node)), typed.ty))
    }

    fn is_in(&mut self, element: &IdedExpr, container: &IdedExpr, known: &Known) -> Option<Typed> {
        let wanted = self.check(element, known);
        let found = self.check_named(container, known);
        let (wanted, found) = (wanted?, found?);
        match found.ty {
            Type::List(item) => {
                let item = *item;
                let same = wanted.ty == item || item == Type::Any;
                if !same
                    || matches!(
                        item,
                        Type::Struct(_) | Type::Resource(_) | Type::List(_) | Type::Map(_)
                    )
                {
                    let message = format!("a {} cannot be sought in a list of {item}", wanted.ty);
                    self.report(Diagnostic::new(
                        "type-mismatch",
                        self.span(element),
                        message,
                    ));
                    return None;
                }
                let node = Node::InList(Box::new(wanted.node), Box::new(found.node), item);
                Some(Typed::new(node, Type::Bool))
            }
            Type::Map(_) | Type::Any => {
                self.expect(&wanted, &Type::String, element)?;
                let entry = Self::entry_known(found.path.as_deref(), &wanted);
                let node = Node::InMap(Box::new(wanted.node), Box::new(found.node));
                let mut typed = Typed::new(node, Type::Bool);
                typed.when_true.extend(entry);
                Some(typed)
            }
            other => {
                let message = format!("`in` asks lists and maps, and this is {other}");
                self.report(Diagnostic::new(
                    "type-mismatch",
                    self.span(container),
                    message,
                ));
                None
            }
        }
    }

    fn index(
        &mut self,
        base: &IdedExpr,
        at: &IdedExpr,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        let list = self.check_named(base, known);
        let position = self.check(at, known);
        let (list, position) = (list?, position?);
        let operation = list.operation;
        match list.ty {
            Type::List(item) => {
                self.expect(&position, &Type::Int, at)?;
                let path = match &position.node {
                    Node::Constant(Constant::Int(number)) => {
                        list.path.map(|path| format!("{path}[{number}]"))
                    }
                    _ => None,
                };
                let node = Node::ListIndex(
                    Box::new(list.node),
                    Box::new(position.node),
                    (*item).clone(),
                );
                let mut typed = Typed::new(node, *item);
                typed.path = path;
                typed.operation = operation;
                Some(typed)
            }
            Type::Map(_) | Type::Any => {
                self.expect(&position, &Type::String, at)?;
                let value = match list.ty {
                    Type::Map(value) => *value,
                    _ => Type::Any,
                };
                let entry = Self::entry_known(list.path.as_deref(), &position);
                let sure = entry.as_ref().is_some_and(|entry| known.contains(entry));
                if !sure && self.absence == Absence::MustBeGuarded {
                    let message =
                        "the map may lack this entry, and nothing here says that it is there";
                    let diagnostic = Diagnostic::new("unguarded-field", self.span(expr), message);
                    self.report(
                        diagnostic.with_help("write key in map && ..., or map.exists(key, ...)"),
                    );
                    return None;
                }
                let node =
                    Node::MapIndex(Box::new(list.node), Box::new(position.node), value.clone());
                let mut typed = Typed::new(node, value);
                typed.path = entry;
                typed.operation = operation;
                Some(typed)
            }
            other => {
                let message = format!("only lists and maps have entries, and this is {other}");
                self.report(Diagnostic::new("type-mismatch", self.span(base), message));
                None
            }
        }
    }
}

fn union(known: &Known, more: Option<&Known>) -> Known {
    match more {
        Some(more) if !more.is_empty() => known | more,
        _ => known.clone(),
    }
}

/// What to write where two types nearly meet.
fn conversion(left: &Type, right: &Type) -> Option<&'static str> {
    let pair = [left, right];
    let has = |ty: &Type| pair.contains(&ty);
    if has(&Type::Int) && has(&Type::Double) {
        Some("write the number with a point (7.0), or convert with double(x)")
    } else if has(&Type::String) && (has(&Type::Int) || has(&Type::Double)) {
        Some("convert with int(x), double(x) or string(x), or drop the quotes")
    } else if has(&Type::Duration) && has(&Type::Int) {
        Some("write days(x) or duration(\"36h\")")
    } else if has(&Type::Timestamp) && has(&Type::String) {
        Some("convert with timestamp(x)")
    } else {
        None
    }
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        op::EQUALS => Comparison::Equal,
        op::NOT_EQUALS => Comparison::NotEqual,
        op::LESS => Comparison::Less,
        op::LESS_EQUALS => Comparison::LessOrEqual,
        op::GREATER => Comparison::Greater,
        op::GREATER_EQUALS => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn arithmetic(name: &str) -> Option<Arithmetic> {
    Some(match name {
        op::ADD => Arithmetic::Add,
        op::SUBSTRACT => Arithmetic::Subtract,
        op::MULTIPLY => Arithmetic::Multiply,
        op::DIVIDE => Arithmetic::Divide,
        op::MODULO => Arithmetic::Remainder,
        _ => return None,
    })
}
