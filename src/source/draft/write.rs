//! A draft as the text of a source file.

use super::answer::Body;
use super::compose::{Detail, Draft, List, Subject};
use super::fields::{Drafted, Entry, Field};
use super::identity::Made;
use super::model::{Description, Reference};
use super::request::{write_http, write_inputs};
use super::wire::Wire;
use super::yaml::{Flow, Yaml};

/// Parts of the codes of errors that never say that there is nothing: one may not look, the request
/// is wrong, or AWS is not well.
const NEVER_ABSENT: [&str; 13] = [
    "AccessDenied",
    "ClientException",
    "Expired",
    "Forbidden",
    "Internal",
    "LimitExceeded",
    "NotAuthorized",
    "Server",
    "Throttl",
    "Timeout",
    "TooManyRequests",
    "Unauthorized",
    "Unavailable",
];

/// The whole file.
pub fn write(subject: &Subject, draft: &Draft, shapes: &[Drafted]) -> String {
    let mut yaml = Yaml::default();
    let metadata = &subject.model.description.metadata;
    yaml.comment(&format!(
        "Drafted from {} in AWS's API model {} of {}.",
        subject.name, metadata.api_version, subject.model.service
    ));
    yaml.comment("Keep the fields that rules need; look at each `?`: may AWS really leave it out?");
    subject.head.write(subject.model, &mut yaml);
    if !shapes.is_empty() {
        yaml.gap();
        yaml.map("shapes", |yaml| {
            for shape in shapes {
                write_fields(&shape.name, &shape.entries, yaml);
            }
        });
    }
    yaml.gap();
    yaml.map("types", |yaml| {
        yaml.map(&draft.type_name, |yaml| subject.write_type(draft, yaml));
    });
    yaml.finish()
}

impl Subject<'_> {
    fn write_type(&self, draft: &Draft, yaml: &mut Yaml) {
        yaml.text("doc", &draft.doc);
        match draft.list {
            List::None => {}
            List::Unknown => yaml.map("list", |yaml| self.write_unknown_list(yaml)),
            List::Known { .. } => yaml.map("list", |yaml| self.write_list(&draft.list, yaml)),
        }
        if matches!(draft.list, List::None) {
            yaml.comment("AWS gives it no ARN; this one is made up.");
        }
        for (key, Made { template, todo }) in
            [("id", &draft.identity.id), ("arn", &draft.identity.arn)]
        {
            yaml.entry(key, &Flow::text(template), todo);
        }
        if !draft.fields.is_empty() {
            write_fields("fields", &draft.fields, yaml);
        }
        if let Some(detail) = &draft.detail {
            yaml.map("details", |yaml| {
                yaml.map(self.name, |yaml| self.write_detail(detail, yaml));
            });
        }
    }

    fn write_list(&self, list: &List, yaml: &mut Yaml) {
        let List::Known {
            listed,
            others,
            texts,
            nested,
        } = list
        else {
            return;
        };
        yaml.text("call", self.name);
        if *nested {
            let todo = "TODO: the type it is asked for once each; {parent.X} is a field of that";
            yaml.entry("each", &Flow::text("TODO"), todo);
        }
        self.write_request(yaml);
        yaml.text("items", &listed.path);
        if !others.is_empty() {
            yaml.comment(&format!(
                "It also answers {}: types of their own.",
                others.join(", ")
            ));
        }
        if let Some(field) = texts {
            yaml.text("as", field);
        }
        self.write_pages(yaml);
        write_inputs(
            &self.required,
            if *nested { "parent." } else { "" },
            None,
            yaml,
        );
        self.write_errors(yaml);
    }

    /// A list for a person to fill in.
    fn write_unknown_list(&self, yaml: &mut Yaml) {
        let todo = "TODO: the operation that finds these; `sources new` drafts it";
        yaml.entry("call", &Flow::text("TODO"), todo);
        if self.head.wire.is_rest() {
            yaml.text("http", "GET /TODO");
        }
        if self.head.wire == Wire::RestXml {
            yaml.text("root", "TODO");
        }
        yaml.text("items", "TODO");
    }

    fn write_detail(&self, detail: &Detail, yaml: &mut Yaml) {
        self.write_request(yaml);
        if let Some((batch, todo)) = &detail.batch {
            yaml.entry("batch", batch, todo);
        }
        write_inputs(&self.required, "", detail.filled.as_deref(), yaml);
        if let Some(path) = &detail.at {
            yaml.text("at", path);
        }
        if let Some(field) = &detail.raw {
            yaml.text("raw", field);
        }
        self.write_pages(yaml);
        self.write_errors(yaml);
        write_fields("fields", &detail.fields, yaml);
    }

    /// Method, path and the answer's root, as far as the protocol has them.
    fn write_request(&self, yaml: &mut Yaml) {
        let wire = self.head.wire;
        write_http(&self.operation.http, wire, &self.head.signing, yaml);
        if let (Wire::RestXml, Body::Members(members)) = (wire, &self.body) {
            let todo = if members.sure_root {
                ""
            } else {
                "TODO: the model does not tell this name; look at an answer"
            };
            yaml.entry("root", &Flow::text(&members.root), todo);
        }
    }

    fn write_pages(&self, yaml: &mut Yaml) {
        let pages = match self.pages() {
            None => return,
            Some(Ok(pages)) => pages,
            Some(Err(path)) => {
                yaml.comment(&format!(
                    "TODO: pages: how they follow each other ({path}) cannot be said here"
                ));
                return;
            }
        };
        if let ([token], [input], None) = (
            pages.tokens.as_slice(),
            pages.inputs.as_slice(),
            &pages.more,
        ) && token == input
        {
            yaml.text("pages", token);
            return;
        }
        let names = |names: &[String]| match names {
            [only] => Flow::text(only),
            names => Flow::List(names.iter().map(Flow::text).collect()),
        };
        let tokens = [
            ("token", names(&pages.tokens)),
            ("input", names(&pages.inputs)),
        ];
        let more = pages.more.as_ref().map(|more| ("more", Flow::text(more)));
        yaml.entry("pages", &Flow::map(tokens.into_iter().chain(more)), "");
    }

    fn write_errors(&self, yaml: &mut Yaml) {
        let model = &self.model.description;
        let codes = self.operation.errors.iter().map(|error| code(model, error));
        let possible = codes.filter(|code| !NEVER_ABSENT.iter().any(|never| code.contains(never)));
        let codes: Vec<&str> = possible.collect();
        if !codes.is_empty() {
            yaml.comment("Those of its errors that say there is none (the fields then need `?`):");
            yaml.comment(&format!("absent: [{}]", codes.join(", ")));
        }
    }
}

/// An error's code, which is its shape's name unless the shape says otherwise.
fn code<'m>(model: &'m Description, error: &'m Reference) -> &'m str {
    let given = model.shape(error).and_then(|shape| shape.error.as_ref());
    given
        .and_then(|error| error.code.as_deref())
        .unwrap_or(&error.shape)
}

fn write_fields(key: &str, entries: &[Entry], yaml: &mut Yaml) {
    if !entries.iter().any(|entry| matches!(entry, Entry::Field(_))) {
        yaml.entry(key, &Flow::Map(Vec::new()), "");
        return;
    }
    yaml.map(key, |yaml| {
        for entry in entries {
            match entry {
                Entry::Field(field) => write_field(field, yaml),
                Entry::LeftOut { name, why } => yaml.comment(&format!("{name} is left out: {why}")),
            }
        }
    });
}

fn write_field(field: &Field, yaml: &mut Yaml) {
    let Field {
        name,
        ty,
        optional,
        wire,
        flat,
        attribute,
        note,
    } = field;
    let ty = format!("{ty}{}", if *optional { "?" } else { "" });
    let renamed = wire != name;
    if !flat && !attribute {
        let from = if renamed {
            format!(" from {wire}")
        } else {
            String::new()
        };
        yaml.entry(name, &Flow::text(format!("{ty}{from}")), note);
        return;
    }
    let mut entries = vec![("type", Flow::text(ty))];
    if renamed {
        entries.push(("from", Flow::text(wire)));
    }
    for (key, set) in [("flat", flat), ("attribute", attribute)] {
        if *set {
            entries.push((key, Flow::Plain("true".to_owned())));
        }
    }
    yaml.entry(name, &Flow::map(entries), note);
}
