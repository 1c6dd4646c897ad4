//! A source file into a [`Service`]; whatever is wrong in it is told at once.

mod call;
mod derived;
mod detail;
mod list;
mod metrics;
mod purpose;
mod resource_type;
mod shape;
mod templates;
mod types;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use self::shape::Shapes;
use super::{Connection, Param, Protocol, Service};
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::schema::interned;
use crate::yaml::{Decoder, MapReader, Node, parse};

/// Finds the connection of another source, for details that ask another service.
pub type Lookup<'l> = dyn Fn(&str) -> Option<Arc<Connection>> + 'l;

/// Decodes a source file.
///
/// # Errors
/// Every mistake in it.
pub fn decode(file: &Arc<SourceFile>, lookup: &Lookup) -> Result<Service, Vec<Diagnostic>> {
    let node = parse(file).map_err(|diagnostic| vec![*diagnostic])?;
    let mut decoder = Decoder::default();
    let service = decode_root(node, lookup, &mut decoder);
    match service {
        Some(service) if decoder.diagnostics.is_empty() => Ok(service),
        _ => Err(decoder.diagnostics),
    }
}

/// Only where requests go: what other sources may ask of this one.
pub fn decode_connection(file: &Arc<SourceFile>) -> Option<Arc<Connection>> {
    let node = parse(file).ok()?;
    let mut decoder = Decoder::default();
    let mut map = decoder.map("a source", node)?;
    connection(&mut map, &mut decoder).map(|(connection, _)| connection)
}

fn decode_root(node: Node, lookup: &Lookup, decoder: &mut Decoder) -> Option<Service> {
    let mut map = decoder.map("a source", node)?;
    let connection = connection(&mut map, decoder);
    let title = map.require_string("title", decoder);
    let params = map.take("params");
    let params = params.map_or_else(Vec::new, |node| Param::decode_all(node, decoder));
    let shapes = Shapes::read(map.take("shapes"), decoder);
    let types = map.require("types", decoder);
    map.finish(decoder);
    let (connection, span) = connection?;
    check_file_name(connection.service, span, decoder);
    let mut shapes = shapes;
    let scope = types::FileScope {
        connection: &connection,
        lookup,
        params: &params,
    };
    let types = types::decode_all(types?, &scope, &mut shapes, decoder);
    shapes.finish(&connection.protocol, decoder);
    Some(Service {
        connection,
        title: title?.0,
        params,
        types,
    })
}

fn check_file_name(service: &str, span: Span, decoder: &mut Decoder) {
    let stem = Path::new(&span.file.name).file_stem();
    if stem.and_then(|stem| stem.to_str()) != Some(service) {
        let message = format!("the file of source `{service}` must be called `{service}.yaml`");
        decoder.report(Diagnostic::new("file-name", span, message));
    }
}

fn connection(map: &mut MapReader, decoder: &mut Decoder) -> Option<(Arc<Connection>, Span)> {
    let service = map.require_string("service", decoder);
    let id = map.require_string("id", decoder);
    let protocol = protocol(map, decoder);
    let endpoint = map.take("endpoint");
    let signing = map.take_string("signing", decoder);
    let iam = map.take_string("iam", decoder);
    let unavailable = map.take("unavailable");
    let unavailable = unavailable.map_or_else(Vec::new, |node| {
        let codes = decoder.strings("`unavailable`", node).into_iter();
        codes.map(|(code, _)| code).collect()
    });
    let (service, span) = service?;
    check_service_name(&service, &span, decoder);
    let endpoint = match endpoint {
        Some(node) => self::endpoint(node, &service, decoder)?,
        None => Endpoint::of(service.clone()),
    };
    let signing = signing.map_or_else(|| endpoint.prefix.clone(), |(name, _)| name);
    let connection = Connection {
        service: interned(&service),
        id: id?.0,
        protocol: protocol?,
        prefix: endpoint.prefix,
        regions: endpoint.regions,
        hosts: endpoint.hosts,
        account_prefix: endpoint.account_prefix,
        iam: iam.map_or_else(|| signing.clone(), |(prefix, _)| prefix),
        signing,
        unavailable,
    };
    Some((Arc::new(connection), span))
}

/// A service's name starts every path that rules read of it, so it must be a name in expressions.
fn check_service_name(service: &str, span: &Span, decoder: &mut Decoder) {
    let mut letters = service.chars();
    let starts = letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase());
    if !starts || !letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()) {
        let message = format!("`{service}` is no name for a service in rules");
        let help = "lower-case letters and digits only, a letter first";
        decoder.report(Diagnostic::new("bad-name", span.clone(), message).with_help(help));
    }
}

const PROTOCOLS: [&str; 5] = [
    "awsQuery",
    "awsJson1_0",
    "awsJson1_1",
    "restJson1",
    "restXml",
];

fn protocol(map: &mut MapReader, decoder: &mut Decoder) -> Option<Protocol> {
    let name = map.require_string("protocol", decoder);
    let version = map.take_string("version", decoder);
    let target = map.take_string("target", decoder);
    let (name, span) = name?;
    let (protocol, wants) = match name.as_str() {
        "awsQuery" => (Protocol::AwsQuery(text(&version)), Some("version")),
        "awsJson1_0" => (Protocol::AwsJson1_0(text(&target)), Some("target")),
        "awsJson1_1" => (Protocol::AwsJson1_1(text(&target)), Some("target")),
        "restJson1" => (Protocol::RestJson1, None),
        "restXml" => (Protocol::RestXml, None),
        _ => {
            let message = format!("there is no protocol `{name}`");
            let diagnostic = Diagnostic::new("unknown-protocol", span, message);
            decoder.report(diagnostic.suggest(&name, PROTOCOLS));
            return None;
        }
    };
    for (key, given) in [("version", version), ("target", target)] {
        match given {
            None if wants == Some(key) => {
                let message = format!("{name} needs `{key}`");
                decoder.report(Diagnostic::new("missing-key", span.clone(), message));
            }
            Some((_, span)) if wants != Some(key) => {
                let message = format!("{name} has no `{key}`");
                decoder.report(Diagnostic::new("unknown-key", span, message));
            }
            _ => {}
        }
    }
    Some(protocol)
}

fn text(given: &Option<(String, Span)>) -> String {
    given
        .as_ref()
        .map_or_else(String::new, |(text, _)| text.clone())
}

struct Endpoint {
    prefix: String,
    regions: BTreeMap<String, String>,
    hosts: BTreeMap<String, String>,
    account_prefix: bool,
}

impl Endpoint {
    fn of(prefix: String) -> Self {
        Self {
            prefix,
            regions: BTreeMap::new(),
            hosts: BTreeMap::new(),
            account_prefix: false,
        }
    }
}

fn endpoint(node: Node, service: &str, decoder: &mut Decoder) -> Option<Endpoint> {
    if let crate::yaml::Value::String(prefix) = node.value {
        return Some(Endpoint::of(prefix));
    }
    let mut map = decoder.map("`endpoint`", node)?;
    let prefix = map.take_string("prefix", decoder);
    let regions = map.take("regions");
    let hosts = map.take("hosts");
    let account_prefix = map
        .take("account_prefix")
        .and_then(|node| decoder.bool("`account_prefix`", node));
    map.finish(decoder);
    Some(Endpoint {
        prefix: prefix.map_or_else(|| service.to_owned(), |(prefix, _)| prefix),
        regions: by_partition("`regions`", regions, decoder),
        hosts: by_partition("`hosts`", hosts, decoder),
        account_prefix: account_prefix.unwrap_or(false),
    })
}

/// The partitions that AWS has.
pub const PARTITIONS: [&str; 8] = [
    "aws",
    "aws-cn",
    "aws-eusc",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "aws-us-gov",
];

fn by_partition(what: &str, node: Option<Node>, decoder: &mut Decoder) -> BTreeMap<String, String> {
    let Some(mut map) = node.and_then(|node| decoder.map(what, node)) else {
        return BTreeMap::new();
    };
    let mut found = BTreeMap::new();
    for (key, node) in map.rest() {
        if !PARTITIONS.contains(&key.text.as_str()) {
            let message = format!("there is no partition `{}`", key.text);
            let diagnostic = Diagnostic::new("unknown-partition", key.span, message);
            decoder.report(diagnostic.suggest(&key.text, PARTITIONS));
        } else if let Some((text, _)) = decoder.string(&format!("`{}`", key.text), node) {
            found.insert(key.text, text);
        }
    }
    found
}
