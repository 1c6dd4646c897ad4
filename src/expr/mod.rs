//! Expressions: CEL lives here only.
//!
//! [`compile`] parses with the `cel` crate, then walks the syntax tree against the schema: names
//! are resolved, types checked, optional fields must be guarded. What comes out is an [`Expr`]:
//! a typed tree that [`Scope`] evaluates over the facts in place, the set of fields it
//! [`Reads`], and the paths to show as evidence.
//!
//! The crate's own interpreter is not used for evaluation: types are known here, so every
//! operator and field access is decided once, at load. A property test keeps both in agreement.

mod check;
mod eval;
mod facts;
mod fill;
mod functions;
mod ir;
mod library;
mod numbers;
mod operators;
mod reads;
mod related;
mod shell;
mod template;
mod time;
mod value;

pub use check::{Absence, Checked, Env, Known, Place, compile, with_many};
pub use eval::{Failure, Scope};
pub use fill::{Filled, Gap, Piece};
pub use functions::is_builtin;
pub use ir::Expr;
pub use library::{Declared, Library, LivePrice, Price};
pub use reads::Reads;
pub use shell::Quoting;
pub use template::{Kind as TemplateKind, Template, compile_template};
pub use time::{format_duration, parse_length, parse_timestamp};
pub use value::{Constant, List, Setting, Value};
