//! How large an expression may be, and room to parse one that large.
//!
//! Parser and checker call themselves for each level of nesting. The parser takes up to a hundred
//! kilobytes of stack for a level, and threads mostly have two megabytes in all.

use std::sync::LazyLock;

use cel::common::ast::{Expr as Ast, IdedExpr};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Place;
use crate::diagnostic::Diagnostic;

/// The longest expression, in bytes.
const LONGEST: usize = 8 * 1024;
/// How many levels an expression may nest.
const DEEPEST: usize = 100;
/// Enough stack for any text of [`LONGEST`] bytes, of which the parser takes a part only. It is
/// reserved, and taken page by page as it is used.
const STACK_NEEDED: usize = 96 * 1024 * 1024;
/// The stack of threads that check many expressions: with it none needs a stack of its own.
const STACK: usize = 128 * 1024 * 1024;

/// Refuses a text that is too long to be parsed.
pub fn check_length(place: &Place) -> Result<(), Diagnostic> {
    if place.text.len() <= LONGEST {
        return Ok(());
    }
    let message = format!("an expression may have {LONGEST} bytes at most");
    Err(too_complex(place, message))
}

/// Refuses a tree that is nested too deeply to be walked on any thread.
pub fn check_depth(place: &Place, root: &IdedExpr) -> Result<(), Diagnostic> {
    let mut level = vec![root];
    for _ in 0..DEEPEST {
        level = level.into_iter().flat_map(children).collect();
        if level.is_empty() {
            return Ok(());
        }
    }
    Err(too_deep(place))
}

/// The mistake of an expression that is nested too deeply.
pub fn too_deep(place: &Place) -> Diagnostic {
    let message = format!("this is nested more than {DEEPEST} levels deep");
    too_complex(place, message)
}

fn too_complex(place: &Place, message: String) -> Diagnostic {
    Diagnostic::new("too-complex", place.whole(), message)
        .with_help("split it into several rules, or ask with `in`, exists or matches")
}

fn children(expr: &IdedExpr) -> Vec<&IdedExpr> {
    match &expr.expr {
        Ast::Select(select) => vec![&*select.operand],
        Ast::Call(call) => (call.target.as_deref().into_iter())
            .chain(&call.args)
            .collect(),
        Ast::List(list) => list.elements.iter().collect(),
        // Nothing else is taken, whatever it holds.
        _ => Vec::new(),
    }
}

/// Does `work`, which checks many expressions side by side, on threads with room for the deepest:
/// to reserve a stack for each expression takes longer than most of them.
pub fn with_many<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: LazyLock<Option<ThreadPool>> =
        LazyLock::new(|| ThreadPoolBuilder::new().stack_size(STACK).build().ok());
    match &*POOL {
        Some(pool) => pool.install(work),
        // Without such threads each expression makes room for itself.
        None => work(),
    }
}

/// Does `work` where there is stack enough for any expression that is not too long.
pub fn with_stack<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK_NEEDED, STACK, work)
}
