//! The typed tree that expressions are checked into.

use std::sync::Arc;

use regex::Regex;

use super::functions::Function;
use super::library::Price;
use super::reads::Reads;
use super::value::Constant;
use crate::fact::Name;
use crate::schema::{ApiCall, Relation, ResourceType, Type};

/// A checked expression, ready to be evaluated any number of times.
#[derive(Debug)]
pub struct Expr {
    /// The text as written.
    pub source: String,
    /// Its type.
    pub ty: Type,
    /// What it reads.
    pub reads: Reads,
    /// The paths worth showing beside a verdict, as written.
    pub(super) evidence: Vec<(String, Node)>,
    pub(super) root: Node,
}

/// Where a value comes from, to say so when it is missing.
#[derive(Debug)]
pub struct Origin {
    /// As written, with a variable's depth behind its name: `resource.Status.IsLogging`, `p#0.X`.
    pub path: String,
    /// The operation that brings it.
    pub operation: &'static str,
}

impl Origin {
    /// The path as its author wrote it: without the depths of variables.
    pub fn written(&self) -> String {
        let mut text = String::new();
        let mut characters = self.path.chars().peekable();
        while let Some(character) = characters.next() {
            if character == '#' {
                while characters.next_if(char::is_ascii_digit).is_some() {}
            } else {
                text.push(character);
            }
        }
        text
    }
}

/// Where a list's element or a map's entry comes from: the list was read already, so that only a
/// wrong type can be said of it.
pub static ELEMENT: Origin = Origin {
    path: String::new(),
    operation: "",
};

/// A field access on a struct, map or free-form fact.
#[derive(Clone, Debug)]
pub struct FieldAccess {
    pub name: Name,
    pub ty: Type,
    pub optional: bool,
    pub origin: Arc<Origin>,
}

/// A field access on a resource.
#[derive(Clone, Debug)]
pub struct ResourceAccess {
    pub resource_type: Arc<ResourceType>,
    pub call: Option<Arc<ApiCall>>,
    pub field: FieldAccess,
}

impl ResourceAccess {
    /// Whether every answer should hold the field among the facts: the identity stands beside them.
    pub fn is_required_fact(&self) -> bool {
        let name = &*self.field.name;
        !["id", "arn", "account", "region"].contains(&name)
            && (self.resource_type.fields.get(name)).is_some_and(|known| !known.field.optional)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// What a comprehension makes of its body's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Exists,
    All,
    ExistsOne,
    Filter,
    Map,
}

/// The identity fields that stand beside a resource's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    Id,
    Arn,
    Account,
    Region,
}

#[derive(Clone, Debug)]
pub enum Node {
    Constant(Constant),
    /// The resource under test.
    Resource,
    /// A parameter, by its place in the rule.
    Param(usize),
    Now,
    /// A comprehension's variable, by its depth.
    Local(usize),
    Identity(Box<Node>, Identity),
    ResourceField(Box<Node>, Arc<ResourceAccess>),
    Field(Box<Node>, Arc<FieldAccess>),
    /// `has(resource.X)`.
    HasResourceField(Box<Node>, Arc<ResourceAccess>),
    /// `has(x.Y)`.
    HasField(Box<Node>, Arc<FieldAccess>),
    Related(Box<Node>, Arc<ResourceAccess>, Arc<Relation>),
    HasRelated(Box<Node>, Arc<ResourceAccess>, Arc<Relation>),
    Collection {
        resource_type: Arc<ResourceType>,
        everywhere: bool,
    },
    ListIndex(Box<Node>, Box<Node>, Type),
    MapIndex(Box<Node>, Box<Node>, Type),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Negate(Box<Node>),
    InList(Box<Node>, Box<Node>, Type),
    InMap(Box<Node>, Box<Node>),
    List(Vec<Node>),
    /// The keys of a map, as a list.
    MapKeys(Box<Node>),
    Comprehension {
        fold: Fold,
        range: Box<Node>,
        /// The element type.
        item: Type,
        body: Box<Node>,
    },
    Matches(Box<Node>, Arc<Regex>),
    Call(Function, Vec<Node>),
    /// `size()` of a list: needs to know of unread rests.
    ListSize(Box<Node>),
    /// A declared function's arguments, which become its variables, and what it says.
    Let(Vec<Node>, Box<Node>),
    /// A list price in the region that the expression gives.
    Price(Arc<Price>, Box<Node>),
}
