//! What rules may use that is neither theirs nor the language's: shared parameters, functions and
//! prices, each from files of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bundle::Origin;
use super::shared::Shared;
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::expr::{Declared, Library, LivePrice, Place, Price, is_builtin};
use crate::yaml::{Decoder, Node, Value, parse};

/// What rules may use beside the language.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Parameters that many rules share.
    pub shared: Shared,
    /// Functions and prices.
    pub library: Arc<Library>,
    /// The day from which the prices are, where there is a table.
    pub prices_dated: Option<String>,
}

impl Vocabulary {
    /// Reads the files that are neither rules nor frameworks nor sources.
    pub fn load(files: &[(Origin, Arc<SourceFile>)]) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader::default();
        for (origin, file) in files {
            let read = match origin {
                Origin::Params => Reader::params,
                Origin::Functions => Reader::functions,
                Origin::Prices => Reader::prices,
                Origin::Rule | Origin::Framework | Origin::Source => continue,
            };
            match parse(file) {
                Ok(node) => read(&mut reader, node),
                Err(diagnostic) => reader.decoder.report(*diagnostic),
            }
        }
        reader.shared.finish(&mut reader.decoder);
        let library = Library::new(reader.functions, reader.prices);
        // Those of the bundle were checked when the binary was made.
        let own = |file: &SourceFile| !file.is_bundled();
        reader.decoder.diagnostics.extend(library.check(own));
        let vocabulary = Self {
            shared: reader.shared,
            library: Arc::new(library),
            prices_dated: reader.dated,
        };
        (vocabulary, reader.decoder.diagnostics)
    }
}

#[derive(Default)]
struct Reader {
    decoder: Decoder,
    shared: Shared,
    functions: Vec<Declared>,
    prices: Vec<Price>,
    dated: Option<String>,
    /// Where each function and price was declared first.
    declared: BTreeMap<String, Span>,
}

impl Reader {
    fn params(&mut self, node: Node) {
        self.shared.decode(node, &mut self.decoder);
    }

    /// Functions by name: arguments, what they say, what for.
    fn functions(&mut self, node: Node) {
        let Some(mut map) = self.decoder.map("functions", node) else {
            return;
        };
        for (key, node) in map.rest() {
            if is_builtin(&key.text) {
                let message = format!("the language has a function `{}` already", key.text);
                self.decoder
                    .report(Diagnostic::new("duplicate-id", key.span, message));
                continue;
            }
            if !self.is_new("function", &key.text, &key.span) {
                continue;
            }
            if let Some(function) = self.function(key.text, node) {
                self.functions.push(function);
            }
        }
    }

    fn function(&mut self, name: String, node: Node) -> Option<Declared> {
        let decoder = &mut self.decoder;
        let mut map = decoder.map(&format!("function `{name}`"), node)?;
        let doc = map.require_string("doc", decoder);
        let params = map.require("params", decoder);
        let body = map.require_string("is", decoder);
        map.finish(decoder);
        let params = decoder.strings("`params`", params?);
        let (doc, _) = doc?;
        let (text, span) = body?;
        let params = params.into_iter().map(|(param, _)| param).collect();
        Some(Declared::new(name, doc, params, Place::new(text, span)))
    }

    fn prices(&mut self, node: Node) {
        let decoder = &mut self.decoder;
        let Some(mut map) = decoder.map("prices", node) else {
            return;
        };
        let dated = map.require_string("dated", decoder);
        let prices = map.require("prices", decoder);
        map.finish(decoder);
        // Of several tables the latest tells how old prices may be.
        self.dated = dated.map(|(day, _)| day).max(self.dated.take());
        let Some(mut prices) = prices.and_then(|node| self.decoder.map("`prices`", node)) else {
            return;
        };
        for (key, node) in prices.rest() {
            if self.is_new("price", &key.text, &key.span)
                && let Some(price) = self.price(key.text, node)
            {
                self.prices.push(price);
            }
        }
    }

    fn price(&mut self, name: String, node: Node) -> Option<Price> {
        let decoder = &mut self.decoder;
        let mut map = decoder.map(&format!("price `{name}`"), node)?;
        let unit = map.require_string("unit", decoder);
        let resource_type = map.take_string("type", decoder);
        let usage_type = map.take_string("usagetype", decoder);
        let usd = map.require("usd", decoder);
        map.finish(decoder);
        let mut regions = decoder.map("`usd`", usd?)?;
        let mut table = BTreeMap::new();
        for (region, node) in regions.rest() {
            match node.value {
                Value::Double(usd) => table.insert(region.text, usd),
                #[expect(clippy::cast_precision_loss, reason = "1 is meant as 1.0")]
                Value::Int(usd) => table.insert(region.text, usd as f64),
                other => {
                    let message = format!("a price must be a number, not {}", other.kind());
                    decoder.report(Diagnostic::new("wrong-type", node.span, message));
                    None
                }
            };
        }
        let live = resource_type
            .zip(usage_type)
            .map(|((resource_type, _), (usage_type, _))| LivePrice {
                resource_type,
                usage_type,
            });
        Some(Price {
            name,
            unit: unit?.0,
            live,
            table,
        })
    }

    fn is_new(&mut self, what: &str, name: &str, span: &Span) -> bool {
        let key = format!("{what} {name}");
        if let Some(first) = self.declared.get(&key) {
            let message = format!("there is another {what} `{name}`");
            let help = format!("{} has it already: choose another name", first.file.name);
            let diagnostic = Diagnostic::new("duplicate-id", span.clone(), message);
            self.decoder.report(diagnostic.with_help(help));
            return false;
        }
        self.declared.insert(key, span.clone());
        true
    }
}
