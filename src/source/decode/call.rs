//! What lists and details have in common: the request, its pages, the errors that mean absence.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::schema::{
    ApiCall, Per, interned, interned_list, is_read_action, is_read_only, reads_by_post,
};
use crate::source::{Absent, Call, Connection, Input, Pages, Place, Protocol, Template};
use crate::yaml::{Decoder, MapReader, Node, Value};

/// A call as its keys describe it, before it is known what it brings.
pub struct Parts {
    operation: String,
    span: Span,
    to: Arc<Connection>,
    http: Option<(String, String)>,
    root: Option<String>,
    input: Vec<(String, Input)>,
    headers: Vec<(String, Template)>,
    pages: Option<Pages>,
    pub absent: Vec<Absent>,
    iam: Option<Vec<String>>,
}

/// Takes the keys that every call may have.
pub fn take(
    operation: (String, Span),
    to: &Arc<Connection>,
    map: &mut MapReader,
    decoder: &mut Decoder,
) -> Parts {
    let (operation, span) = operation;
    let http = take_http(to, &span, map, decoder);
    let root = take_root(to, map, decoder);
    let input = map.take("input");
    let input = input.map_or_else(Vec::new, |node| named_inputs("`input`", node, decoder));
    let headers = map.take("headers");
    let headers = headers.map_or_else(Vec::new, |node| templates("`headers`", node, decoder));
    let pages = map.take("pages").and_then(|node| pages(node, decoder));
    let absent = map.take("absent");
    let absent = absent.map_or_else(Vec::new, |node| absences(node, decoder));
    let iam = map.take("iam").map(|node| {
        let actions = decoder.strings("`iam`", node).into_iter();
        actions
            .map(|(action, span)| {
                check_action(&action, span, decoder);
                action
            })
            .collect()
    });
    let parts = Parts {
        operation,
        span,
        to: to.clone(),
        http,
        root,
        input,
        headers,
        pages,
        absent,
        iam,
    };
    parts.check(decoder);
    parts
}

fn take_http(
    to: &Connection,
    span: &Span,
    map: &mut MapReader,
    decoder: &mut Decoder,
) -> Option<(String, String)> {
    let given = map.take_string("http", decoder);
    let rest = to.protocol.is_rest();
    let (text, span) = match (given, rest) {
        (Some(given), true) => given,
        (None, true) => {
            let message = format!("{} needs `http`: method and path", to.protocol.name());
            decoder.report(Diagnostic::new("missing-key", span.clone(), message));
            return None;
        }
        (Some((_, span)), false) => {
            let message = format!("{} has no `http`", to.protocol.name());
            decoder.report(Diagnostic::new("unknown-key", span, message));
            return None;
        }
        (None, false) => return None,
    };
    let Some((method, path)) = text
        .split_once(' ')
        .filter(|(_, path)| path.starts_with('/'))
    else {
        let message = format!("`{text}` is no method and path such as `GET /functions`");
        decoder.report(Diagnostic::new("bad-http", span, message));
        return None;
    };
    // The path alone says what a request does: an innocent name must not hide another one.
    let reads = match method {
        "GET" | "HEAD" => true,
        "POST" => reads_by_post(&to.signing, path),
        _ => false,
    };
    if !reads {
        let message = format!("`{text}` is not known to only read");
        let help = "GET and HEAD read; so does POST where the path's last part begins with get, list, describe, query or search";
        decoder.report(Diagnostic::new("not-read-only", span, message).with_help(help));
        return None;
    }
    Some((method.to_owned(), path.to_owned()))
}

/// The outermost element of an answer; [`Parts::require_root`] asks for it where there is one.
fn take_root(to: &Connection, map: &mut MapReader, decoder: &mut Decoder) -> Option<String> {
    let (root, span) = map.take_string("root", decoder)?;
    if to.protocol != Protocol::RestXml {
        let message = format!("{} has no `root`", to.protocol.name());
        decoder.report(Diagnostic::new("unknown-key", span, message));
        return None;
    }
    Some(root)
}

/// Named values of a request.
pub fn named_inputs(what: &str, node: Node, decoder: &mut Decoder) -> Vec<(String, Input)> {
    let map = decoder.map(what, node);
    let entries = map.into_iter().flat_map(|mut map| map.rest());
    entries
        .filter_map(|(key, node)| {
            let value = input(&format!("`{}`", key.text), node, decoder)?;
            Some((key.text, value))
        })
        .collect()
}

/// A value of a request.
pub fn input(what: &str, node: Node, decoder: &mut Decoder) -> Option<Input> {
    Some(match node.value {
        Value::Bool(value) => Input::Bool(value),
        Value::Int(value) => Input::Int(value),
        Value::List(items) => Input::List(
            items
                .into_iter()
                .filter_map(|item| input(what, item, decoder))
                .collect(),
        ),
        Value::Map(_) => Input::Map(named_inputs(what, node, decoder)),
        _ => {
            let (text, span) = decoder.string(what, node)?;
            Input::Template(Template::decode(&text, span, decoder)?)
        }
    })
}

/// Named templates.
pub fn templates(what: &str, node: Node, decoder: &mut Decoder) -> Vec<(String, Template)> {
    let map = decoder.map(what, node);
    let entries = map.into_iter().flat_map(|mut map| map.rest());
    entries
        .filter_map(|(key, node)| {
            let (text, span) = decoder.string(&format!("`{}`", key.text), node)?;
            Some((key.text, Template::decode(&text, span, decoder)?))
        })
        .collect()
}

fn pages(node: Node, decoder: &mut Decoder) -> Option<Pages> {
    if let Value::String(name) = node.value {
        return Some(Pages {
            token: vec![name.clone()],
            input: vec![name],
            more: None,
        });
    }
    let span = node.span.clone();
    let mut map = decoder.map("`pages`", node)?;
    let token = map.require("token", decoder);
    let token = names("`token`", token?, decoder);
    let input = match map.take("input") {
        Some(node) => names("`input`", node, decoder),
        None => token.clone(),
    };
    let more = map.take_string("more", decoder);
    map.finish(decoder);
    if token.is_empty() || token.len() != input.len() {
        let message = "each `token` of an answer needs the `input` of the next request";
        decoder.report(Diagnostic::new("bad-pages", span, message));
        return None;
    }
    Some(Pages {
        token,
        input,
        more: more.map(|(more, _)| more),
    })
}

/// One name or several.
pub fn names(what: &str, node: Node, decoder: &mut Decoder) -> Vec<String> {
    let names = if matches!(node.value, Value::List(_)) {
        decoder.strings(what, node)
    } else {
        decoder.string(what, node).into_iter().collect()
    };
    names.into_iter().map(|(name, _)| name).collect()
}

fn absences(node: Node, decoder: &mut Decoder) -> Vec<Absent> {
    let items = decoder.list("`absent`", node).unwrap_or_default();
    items
        .into_iter()
        .filter_map(|node| match node.value {
            Value::Map(_) => {
                let mut map = decoder.map("an absence", node)?;
                let code = map.require_string("code", decoder);
                let message = map.require_string("message", decoder);
                map.finish(decoder);
                Some(Absent {
                    code: code?.0,
                    message: Some(message?.0),
                })
            }
            _ => {
                let (code, span) = decoder.string("an error code", node)?;
                check_code(&code, span, decoder);
                Some(Absent {
                    code,
                    message: None,
                })
            }
        })
        .collect()
}

/// What a source asks for is handed out by `launchgate permissions`.
fn check_action(action: &str, span: Span, decoder: &mut Decoder) {
    if !is_read_action(action) {
        let message = format!("`{action}` is not known to only allow reading");
        let help = "actions are service:Name, with a name that begins with Describe, Get, List or BatchGet";
        decoder.report(Diagnostic::new("not-read-only", span, message).with_help(help));
    }
}

/// A refusal says nothing of what is there.
fn check_code(code: &str, span: Span, decoder: &mut Decoder) {
    if code.starts_with("AccessDenied") || code.starts_with("Unauthorized") {
        let message =
            format!("`{code}` does not say that there is none: it says that one may not look");
        let help = "give the message as well that tells the two apart: { code: .., message: .. }";
        decoder.report(Diagnostic::new("denied-is-not-absent", span, message).with_help(help));
    }
}

impl Parts {
    fn check(&self, decoder: &mut Decoder) {
        let Self { operation, to, .. } = self;
        let named = [to.service, to.signing.as_str(), to.iam.as_str()];
        if !named
            .iter()
            .all(|service| is_read_only(&format!("{service}:{operation}")))
        {
            let message = format!("`{operation}` does not only read, or reads secrets");
            let help = "operations that begin with Describe, Get, List or BatchGet read";
            decoder.report(
                Diagnostic::new("not-read-only", self.span.clone(), message).with_help(help),
            );
        }
    }

    /// Whether the answer of a `restXml` call is told apart by its root element, as it must be.
    pub fn require_root(&self, decoder: &mut Decoder) {
        if self.to.protocol == Protocol::RestXml && self.root.is_none() {
            let message = "restXml needs `root`: the name of the answer's outermost element";
            decoder.report(Diagnostic::new("missing-key", self.span.clone(), message));
        }
    }

    /// The operation's name.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Where the operation is named.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// The call, once it is known how often it is made and what else tells it from others; `finds`
    /// says whether it is by this call that a region's resources are found.
    pub fn build(
        self,
        per: Per,
        purpose: &str,
        more: &[&Template],
        of_parent: bool,
        finds: bool,
    ) -> Call {
        let operation = format!("{}:{}", self.to.service, self.operation);
        let own = format!("{}:{}", self.to.iam, self.operation);
        let actions = match self.iam.as_deref() {
            Some(actions) => interned_list(actions.iter().map(String::as_str)),
            None if own == operation => &[],
            None => interned_list([own.as_str()]),
        };
        let mut templates: Vec<&Template> =
            self.headers.iter().map(|(_, template)| template).collect();
        for (_, value) in &self.input {
            value.templates(&mut templates);
        }
        templates.extend(more);
        let needs = needs(&templates, of_parent);
        let api = Arc::new(ApiCall {
            operation: interned(&operation),
            purpose: interned(purpose),
            iam_actions: actions,
            also: &[],
            needs: interned_list(needs),
            unavailable: if finds {
                interned_list(self.to.unavailable.iter().map(String::as_str))
            } else {
                &[]
            },
            per,
        });
        Call {
            api,
            operation: self.operation,
            to: self.to,
            http: self.http,
            root: self.root,
            input: self.input,
            headers: self.headers,
            pages: self.pages,
            absent: self.absent,
        }
    }
}

/// The first names of the paths that templates read, of the resource itself or of its parent.
fn needs<'t>(templates: &[&'t Template], of_parent: bool) -> Vec<&'t str> {
    let places = templates.iter().flat_map(|template| template.places());
    let mut names: Vec<&str> = places
        .filter_map(|place| match place {
            Place::Field(path) if !of_parent => path.first(),
            Place::Parent(path) if of_parent => path.first(),
            _ => None,
        })
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
