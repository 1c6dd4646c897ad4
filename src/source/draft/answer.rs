//! What an operation answers: where the list is, and what stands beside it.

use super::DraftError;
use super::fields::is_tags;
use super::model::{Description, Kind, Model, Operation, Reference, Shape};
use super::secrets::{ALL, keep};
use super::wire::{Wire, wire_name};
use super::words::{lists, noun, related};

/// The body of an answer.
pub enum Body<'m> {
    /// Named members.
    Members(Members<'m>),
    /// A text, which is the only member.
    Text(&'m str),
}

/// A body of named members.
pub struct Members<'m> {
    /// The structure.
    pub shape: &'m Shape,
    /// The name of its outermost element, of XML.
    pub root: String,
    /// Whether the model tells that name for sure.
    pub sure_root: bool,
    /// The member of the output that the body is by itself, which paginators name.
    payload: Option<&'m str>,
}

/// A list in an answer.
pub struct Listed<'m> {
    /// Its path, by the names in the answer.
    pub path: String,
    /// The name of the list.
    pub name: &'m str,
    /// The shape of what it holds.
    pub shape: &'m Shape,
}

/// The body of what an operation answers.
///
/// # Errors
/// When it answers nothing, or bytes.
pub fn body<'m>(
    model: &'m Description,
    wire: Wire,
    name: &str,
    operation: &'m Operation,
) -> Result<Body<'m>, DraftError> {
    let nothing = |why| DraftError::NothingToRead {
        operation: name.to_owned(),
        why,
    };
    let output = operation
        .output
        .as_ref()
        .ok_or_else(|| nothing("it has no answer"))?;
    let shape = shape(model, output)?;
    if shape.sensitive {
        return Err(nothing("AWS marks all of its answer as sensitive"));
    }
    let own_root = Members {
        shape,
        root: shape
            .location_name
            .clone()
            .unwrap_or_else(|| output.shape.clone()),
        // S3's outputs are named by the model's writers, not by the answers.
        sure_root: shape.location_name.is_some() || !output.shape.ends_with("Output"),
        payload: None,
    };
    let payload = shape.payload.as_deref().filter(|_| wire.is_rest());
    let Some((payload, member)) = payload.and_then(|name| Some((name, shape.members.get(name)?)))
    else {
        return Ok(Body::Members(own_root));
    };
    let inner = self::shape(model, member)?;
    match inner.kind {
        Kind::String => Ok(Body::Text(payload)),
        Kind::Structure if inner.eventstream => Err(nothing("it answers a stream of events")),
        Kind::Structure if !inner.document => {
            let named = member
                .location_name
                .as_ref()
                .or(inner.location_name.as_ref());
            Ok(Body::Members(Members {
                shape: inner,
                root: named.unwrap_or(&member.shape).clone(),
                sure_root: true,
                payload: Some(payload),
            }))
        }
        Kind::Blob => Err(nothing("it answers bytes")),
        _ => Err(nothing("its answer is a value without names")),
    }
}

fn shape<'m>(model: &'m Description, reference: &Reference) -> Result<&'m Shape, DraftError> {
    let found = model.shape(reference);
    found.ok_or_else(|| DraftError::NoShape(reference.shape.clone()))
}

impl<'m> Members<'m> {
    /// The lists of an answer that resources may be found in, the likeliest first: those that the
    /// paginator names, else the one that the operation's name speaks of, else the only one.
    pub fn lists(&self, model: &'m Model, operation: &str) -> Vec<Listed<'m>> {
        let description = &model.description;
        let keys = model
            .paginators
            .get(operation)
            .map(|paginator| paginator.result_key.all());
        let mut found: Vec<Listed> = keys
            .into_iter()
            .flatten()
            .filter_map(|path| self.listed(description, path))
            .collect();
        if found.is_empty() {
            found = self.unpaged(description, operation);
        }
        // The others keep their order.
        found.sort_by_key(|listed| !related(noun(operation), listed.name));
        found
    }

    fn unpaged(&self, model: &'m Description, operation: &str) -> Vec<Listed<'m>> {
        let direct = self.lists_below(model, None);
        let speaks_of = |listed: &Listed| related(noun(operation), listed.name);
        let others = self
            .shape
            .members
            .0
            .iter()
            .filter(|(name, _)| !is_beside(name));
        let alone = others.count() == direct.len();
        if lists(operation) || alone || direct.iter().any(speaks_of) {
            if !direct.is_empty() {
                return direct;
            }
            // One step further in, where there is only one way to go.
            let mut inner = self.shape.members.0.iter();
            let inner = inner
                .by_ref()
                .filter(|(_, member)| is_structure(model, member));
            if let [(name, _)] = inner.collect::<Vec<_>>().as_slice() {
                return self.lists_below(model, Some(name));
            }
        }
        Vec::new()
    }

    /// The lists among the members, or among those of one of them.
    fn lists_below(&self, model: &'m Description, inside: Option<&str>) -> Vec<Listed<'m>> {
        let shape = match inside {
            Some(name) => self
                .shape
                .members
                .get(name)
                .and_then(|member| model.shape(member)),
            None => Some(self.shape),
        };
        let members = shape.into_iter().flat_map(|shape| &shape.members.0);
        members
            .filter_map(|(name, _)| {
                let path = inside.map_or_else(|| name.clone(), |outer| format!("{outer}.{name}"));
                self.listed(model, &path)
            })
            .collect()
    }

    fn listed(&self, model: &'m Description, path: &str) -> Option<Listed<'m>> {
        let (path, name, member) = self.walk(model, path)?;
        let list = model
            .shape(member)
            .filter(|shape| shape.kind == Kind::List)?;
        let item = list.member.as_ref()?;
        let shape = model.shape(item)?;
        let kind = match shape.kind {
            Kind::Structure => !shape.document && !shape.eventstream,
            kind => kind == Kind::String,
        };
        let is_item = kind && (is_tags(name) || keep(model, name, member) == ALL);
        is_item.then_some(Listed { path, name, shape })
    }

    /// Follows a path of members' names, as paginators write them: the path in the answer, the
    /// last member's name and where it leads. Paths that are more than names lead nowhere.
    pub fn walk(
        &self,
        model: &'m Description,
        path: &str,
    ) -> Option<(String, &'m str, &'m Reference)> {
        let mut steps = path.split('.').peekable();
        if self.payload.is_some() && steps.peek().copied() == self.payload {
            steps.next();
        }
        let (mut shape, mut names) = (Some(self.shape), Vec::new());
        let mut last = None;
        for step in steps {
            let members = &shape?.members.0;
            let (name, member) = members.iter().find(|(name, _)| name == step)?;
            if member.location.is_some() {
                return None;
            }
            names.push(wire_name(model, name, member));
            shape = model.shape(member);
            last = Some((name, member));
        }
        let (name, member) = last?;
        Some((names.join("."), name, member))
    }
}

fn is_structure(model: &Description, member: &Reference) -> bool {
    let shape = model.shape(member);
    member.location.is_none() && shape.is_some_and(|shape| shape.kind == Kind::Structure)
}

/// Whether a member stands beside a list rather than for itself.
pub fn is_beside(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let parts = [
        "token",
        "marker",
        "truncated",
        "requestid",
        "totalcount",
        "hasmore",
    ];
    let whole = [
        "count",
        "total",
        "size",
        "failures",
        "errors",
        "maxresults",
        "maxitems",
        "status",
    ];
    parts.iter().any(|part| lower.contains(part)) || whole.contains(&lower.as_str())
}
