//! The calls of a declared source.

use std::sync::Arc;

use super::Connection;
use super::field::Declared;
use super::template::{Place, Template};
use crate::schema::ApiCall;

/// A request and what may come of it.
#[derive(Debug)]
pub struct Call {
    /// The call as plan and permissions know it.
    pub api: Arc<ApiCall>,
    /// The operation's name at the service (`ListKeys`).
    pub operation: String,
    /// The service it is made to.
    pub to: Arc<Connection>,
    /// Method and path, of REST services.
    pub http: Option<(String, String)>,
    /// The name of the answer's outermost element, of `restXml`.
    pub root: Option<String>,
    /// What the request holds.
    pub input: Vec<(String, Input)>,
    /// Headers of the request.
    pub headers: Vec<(String, Template)>,
    /// How its pages follow each other.
    pub pages: Option<Pages>,
    /// Errors that mean: there is none.
    pub absent: Vec<Absent>,
}

/// A value in a request.
#[derive(Clone, Debug)]
pub enum Input {
    /// A text, or what fills its only place.
    Template(Template),
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Values.
    List(Vec<Input>),
    /// Named values.
    Map(Vec<(String, Input)>),
}

/// How the pages of a list follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// Paths of the tokens in an answer; the first decides whether more follows.
    pub token: Vec<String>,
    /// The members of the next request that take them.
    pub input: Vec<String>,
    /// The path of a flag that says whether more follows.
    pub more: Option<String>,
}

/// An error that means: there is none, or none is configured.
#[derive(Clone, Debug, PartialEq)]
pub struct Absent {
    /// The code.
    pub code: String,
    /// What the message must hold.
    pub message: Option<String>,
}

/// How the resources of a type are found.
#[derive(Debug)]
pub struct List {
    /// The request.
    pub call: Call,
    /// Where they are in the answer.
    pub items: Items,
    /// What it is made once for each of.
    pub each: Option<Each>,
    /// What the answer holds of a resource.
    pub fields: Vec<Declared>,
    /// Fields made of the parent's.
    pub add: Vec<(String, Template)>,
    /// The resource's id.
    pub id: Template,
    /// Its ARN, where AWS gives it one.
    pub arn: Option<Template>,
    /// The region it lives in, where that is not the one that was asked.
    pub region: Option<Template>,
}

/// What a list call is made once for each of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Each {
    /// The resources of a type.
    Resource(&'static str),
    /// Values.
    Values(Vec<String>),
    /// The values of a parameter.
    Param(String),
}

/// Where the resources are in an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Items {
    /// In the list at this path; `[]` marks a step into a list.
    Many(String),
    /// Texts in the list at this path, each of which becomes this field.
    Texts(String, String),
    /// Texts in the list at this path, each of which holds a resource as JSON.
    Json(String),
    /// The one at this path.
    One(String),
}

/// A call that brings more of a resource.
#[derive(Debug)]
pub struct Detail {
    /// The request.
    pub call: Call,
    /// The path in the answer whose members are the fields.
    pub at: Option<String>,
    /// What the answer holds.
    pub fields: Vec<Declared>,
    /// The one field that all of them are put into.
    pub into: Option<String>,
    /// The one field that the answer's body is, as it stands.
    pub raw: bool,
    /// One call for many resources.
    pub batch: Option<Batch>,
    /// The one field that the values of a metric become.
    pub series: Option<Series>,
}

/// A field that is the values of a metric, oldest first.
#[derive(Debug)]
pub struct Series {
    /// Its name.
    pub field: String,
    /// Which metric, statistic and period it is.
    pub doc: &'static str,
}

/// One call for many resources.
#[derive(Debug)]
pub struct Batch {
    /// For how many at most.
    pub size: u16,
    /// The member of the request that takes the list.
    pub input: String,
    /// An element of it.
    pub each: Input,
    /// The path of the answers.
    pub items: String,
    /// The member of an answer that says whose it is.
    pub matched: String,
    /// What it must equal.
    pub key: Template,
}

impl Batch {
    /// Whether an element is a question of its own, named by its place in the request: such may
    /// stand beside those of other fields and types.
    pub fn shares(&self) -> bool {
        self.key.places().any(|place| *place == Place::Index)
    }
}

impl Call {
    /// The templates of the request.
    pub fn templates(&self) -> Vec<&Template> {
        let mut found: Vec<&Template> = self.headers.iter().map(|(_, template)| template).collect();
        for (_, value) in &self.input {
            value.templates(&mut found);
        }
        found
    }
}

impl Input {
    /// Adds the templates in the value.
    pub fn templates<'v>(&'v self, found: &mut Vec<&'v Template>) {
        match self {
            Input::Template(template) => found.push(template),
            Input::List(items) => items.iter().for_each(|item| item.templates(found)),
            Input::Map(entries) => entries.iter().for_each(|(_, value)| value.templates(found)),
            Input::Bool(_) | Input::Int(_) => {}
        }
    }
}

impl List {
    /// The templates of the request and of what is made of the answer.
    pub fn templates(&self) -> Vec<&Template> {
        let mut found = self.call.templates();
        found.push(&self.id);
        found.extend(&self.arn);
        found.extend(&self.region);
        found.extend(self.add.iter().map(|(_, template)| template));
        found
    }
}

impl Detail {
    /// The templates of the request.
    pub fn templates(&self) -> Vec<&Template> {
        let mut found = self.call.templates();
        if let Some(batch) = &self.batch {
            batch.each.templates(&mut found);
            found.push(&batch.key);
        }
        found
    }
}
