//! The details of a resource type: the calls that bring more of a resource.

use std::sync::Arc;

use super::call::{self, Parts};
use super::types::TypeReader;
use crate::diagnostic::{Diagnostic, Span};
use crate::schema::Per;
use crate::source::{Batch, Connection, Declared, Detail, Input};
use crate::yaml::{MapReader, Node};

impl TypeReader<'_, '_> {
    pub fn details(&mut self, node: Node) -> Vec<Detail> {
        let map = self.decoder.map("`details`", node);
        let entries = map.into_iter().flat_map(|mut map| map.rest());
        entries
            .filter_map(|(key, node)| self.detail((key.text, key.span), node))
            .collect()
    }

    fn detail(&mut self, key: (String, Span), node: Node) -> Option<Detail> {
        let what = format!("detail `{}`", key.0);
        let mut map = self.decoder.map(&what, node)?;
        let operation = map.take_string("call", self.decoder);
        let to = self.other_service(&mut map)?;
        let at = map.take_string("at", self.decoder);
        let into = map.take_string("into", self.decoder);
        let raw = map.take_string("raw", self.decoder);
        let batch = map.take("batch").and_then(|node| self.batch(node));
        let fields = map.require("fields", self.decoder);
        let fields = fields.map(|node| self.shapes.fields(&what, node, self.decoder));
        let foreign = !Arc::ptr_eq(&to, self.scope.connection);
        let purpose = format!("{}.{}", self.name, key.0);
        let parts = call::take(operation.unwrap_or(key), &to, &mut map, self.decoder);
        map.finish(self.decoder);
        if raw.is_none() {
            parts.require_root(self.decoder);
        }
        let mut fields = fields?;
        self.check_presence(&parts, &mut fields, into.is_some());
        if let Some((raw, span)) = &raw
            && !matches!(fields.as_slice(), [only] if only.name == *raw)
        {
            let message =
                format!("`raw` makes the whole answer the field `{raw}`: declare it, and only it");
            self.decoder
                .report(Diagnostic::new("bad-raw", span.clone(), message));
        }
        let per = match &batch {
            Some(batch) if batch.shares() => Per::Pool(batch.size),
            Some(batch) => Per::Batch(batch.size),
            None => Per::Resource,
        };
        let purpose = self.purposes.purpose(parts.operation(), foreign, purpose);
        let mut more = Vec::new();
        if let Some(batch) = &batch {
            batch.each.templates(&mut more);
            more.push(&batch.key);
        }
        let call = parts.build(per, &purpose, &more, false, !self.listed);
        Some(Detail {
            call,
            at: at.map(|(at, _)| at).filter(|at| at != "."),
            fields,
            into: into.map(|(into, _)| into),
            raw: raw.is_some(),
            batch,
            series: None,
        })
    }

    fn other_service(&mut self, map: &mut MapReader) -> Option<Arc<Connection>> {
        let Some((service, span)) = map.take_string("service", self.decoder) else {
            return Some(self.scope.connection.clone());
        };
        let found = (self.scope.lookup)(&service);
        if found.is_none() {
            let message = format!("there is no source `{service}`");
            self.decoder
                .report(Diagnostic::new("unknown-source", span, message));
        }
        found
    }

    /// What an error may leave out must be optional.
    fn check_presence(&mut self, parts: &Parts, fields: &mut [Declared], into: bool) {
        if parts.absent.is_empty() || into {
            return;
        }
        for field in fields {
            if !field.optional && !field.ty.empty_when_absent() {
                let message = format!(
                    "field `{}` is left out where the call ends in one of `absent`",
                    field.name
                );
                self.decoder.report(
                    Diagnostic::new("not-optional", parts.span().clone(), message)
                        .with_help("mark its type with `?`"),
                );
            }
        }
    }

    fn batch(&mut self, node: Node) -> Option<Batch> {
        let span = node.span.clone();
        let mut map = self.decoder.map("`batch`", node)?;
        let size = map.require("size", self.decoder);
        let size = size.and_then(|node| self.decoder.int("`size`", node));
        let input = map.require_string("input", self.decoder);
        let each = map.require("each", self.decoder);
        let each = each.and_then(|node| call::input("`each`", node, self.decoder));
        let items = map.require_string("items", self.decoder);
        let matched = map.require_string("match", self.decoder);
        let key = self.template("key", &mut map);
        map.finish(self.decoder);
        let each = each?;
        let key = match (key, &each) {
            (Some(key), _) => key,
            (None, Input::Template(template)) => template.clone(),
            (None, _) => {
                let message = "`batch` needs `key`: what the `match` member of an answer equals";
                self.decoder
                    .report(Diagnostic::new("missing-key", span, message));
                return None;
            }
        };
        let Some(size) = size
            .and_then(|size| u16::try_from(size).ok())
            .filter(|size| *size > 0)
        else {
            let message = "`size` must be from 1 to 65535";
            self.decoder
                .report(Diagnostic::new("wrong-type", span, message));
            return None;
        };
        Some(Batch {
            size,
            input: input?.0,
            each,
            items: items?.0,
            matched: matched?.0,
            key,
        })
    }
}
