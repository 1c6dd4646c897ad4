//! What a draft says: one operation as a type with its list or its detail.

use super::DraftError;
use super::answer::{Body, Listed, Members, is_beside};
use super::fields::{Entry, Field, Shapes};
use super::form::{BatchOf, Form, form};
use super::head::Head;
use super::identity::{self, Identity, Made};
use super::model::{Kind, Model, Operation, Shape};
use super::pages::{Pages, pages};
use super::request::{Required, required, text_field};
use super::resource::{any_field, of_detail, of_list};
use super::wire::wire_name;
use super::words::{noun, one_of, related, singular, type_name};
use super::yaml::Flow;

/// How many fit into one call where the model does not say.
const SOME_SIZE: u16 = 100;

/// An operation to be drafted, with what is known of it.
pub struct Subject<'m> {
    pub model: &'m Model,
    pub name: &'m str,
    pub operation: &'m Operation,
    pub head: Head,
    pub body: Body<'m>,
    pub required: Vec<Required<'m>>,
}

/// A type that is ready to be written.
pub struct Draft<'m> {
    pub type_name: String,
    pub doc: String,
    pub list: List<'m>,
    pub identity: Identity,
    /// The fields that the list brings.
    pub fields: Vec<Entry>,
    pub detail: Option<Detail>,
}

/// How the resources are found.
pub enum List<'m> {
    /// By the operation.
    Known {
        /// Where they are.
        listed: Listed<'m>,
        /// Where the answer has more lists.
        others: Vec<String>,
        /// The field that each is, where they are texts.
        texts: Option<String>,
        /// Whether it is asked once for each resource of another type.
        nested: bool,
    },
    /// By another operation, which a person has to find.
    Unknown,
    /// There is one.
    None,
}

/// What the operation brings of a resource.
#[derive(Default)]
pub struct Detail {
    /// Where it is in the answer.
    pub at: Option<String>,
    /// The field that the whole answer is.
    pub raw: Option<String>,
    /// How it asks for many at once, and what a person must see to.
    pub batch: Option<(Flow, &'static str)>,
    /// The required member that the batch fills.
    pub filled: Option<String>,
    /// Its fields.
    pub fields: Vec<Entry>,
}

impl Draft<'_> {
    /// The fields of list and detail.
    pub fn all_fields(&self) -> impl Iterator<Item = &Entry> {
        let of_detail = self.detail.iter().flat_map(|detail| &detail.fields);
        self.fields.iter().chain(of_detail)
    }
}

impl<'m> Subject<'m> {
    /// Gathers what is known of an operation.
    pub fn new(
        model: &'m Model,
        name: &'m str,
        operation: &'m Operation,
        head: Head,
        body: Body<'m>,
    ) -> Self {
        Self {
            required: required(&model.description, operation),
            model,
            name,
            operation,
            head,
            body,
        }
    }

    /// Drafts it, and the shapes that it may need.
    ///
    /// # Errors
    /// When nothing in the answer can be a fact.
    pub fn draft(&self, shapes: &mut Shapes<'m>) -> Result<Draft<'m>, DraftError> {
        let draft = match form(self.model, self.name, &self.body, &self.required) {
            Form::List(listed, others) => self.list(listed, others, shapes),
            Form::Batch(listed, of) => self.batch(&listed, &of, shapes),
            Form::Detail => {
                let keys = self.required.iter().filter(|required| required.is_key());
                let keys: Vec<String> = keys.map(Required::field).collect();
                let detail = self.detail(&keys, shapes);
                self.skeleton(type_name(noun(self.name)), &keys, detail)
            }
            Form::Settings => self.settings(shapes),
        };
        let brought = draft
            .detail
            .as_ref()
            .map_or(&draft.fields, |detail| &detail.fields);
        let texts = matches!(&draft.list, List::Known { texts: Some(_), .. });
        if texts || any_field(brought) {
            return Ok(draft);
        }
        Err(DraftError::NothingToRead {
            operation: self.name.to_owned(),
            why: "nothing of it can be read or kept",
        })
    }

    /// The operation finds the resources of a type.
    fn list(&self, listed: Listed<'m>, others: Vec<String>, shapes: &mut Shapes<'m>) -> Draft<'m> {
        let texts = (listed.shape.kind == Kind::String).then(|| text_field(listed.name));
        let type_name = one_of(self.name);
        let mut fields = match &texts {
            Some(name) => vec![Entry::Field(Field::text(name))],
            None => of_list(shapes.entries(listed.shape)),
        };
        let identity = identity::choose(&mut fields, &type_name, &self.arn_start());
        // A text's field is declared by being named.
        fields.retain(|_| texts.is_none());
        Draft {
            doc: format!("What {} lists.", self.name),
            type_name,
            list: List::Known {
                listed,
                others,
                texts,
                nested: self.required.iter().any(Required::is_key),
            },
            identity,
            fields,
            detail: None,
        }
    }

    /// The operation brings more of up to so many resources at once.
    fn batch(&self, listed: &Listed<'m>, of: &BatchOf, shapes: &mut Shapes<'m>) -> Draft<'m> {
        let input = &self.required[of.place];
        let matched = self.matched(listed.shape, input.name);
        let key = matched.map_or_else(|| text_field(input.name), |(name, _)| name.to_owned());
        let others = self
            .required
            .iter()
            .filter(|other| other.name != input.name);
        let others = others.filter(|other| other.is_key()).map(Required::field);
        let keys: Vec<String> = std::iter::once(key.clone()).chain(others).collect();
        let size = of.size.unwrap_or(SOME_SIZE).to_string();
        let entries = [
            ("size", Flow::Plain(size)),
            ("input", Flow::text(input.wire)),
            ("each", Flow::text(format!("{{{key}}}"))),
            ("items", Flow::text(&listed.path)),
            (
                "match",
                Flow::text(matched.map_or("TODO", |(_, wire)| wire)),
            ),
        ];
        let todo = match (matched, of.size) {
            (None, _) => "TODO: the member of an answer that equals it",
            (_, None) => "TODO: how many it takes at most",
            _ => "",
        };
        let detail = Detail {
            batch: Some((Flow::map(entries), todo)),
            filled: Some(input.name.to_owned()),
            fields: of_detail(shapes.entries(listed.shape), &keys),
            ..Detail::default()
        };
        self.skeleton(one_of(self.name), &keys, detail)
    }

    /// The member of a batch's answers that says which resource each is of: its name in the model
    /// and in the answer.
    fn matched(&self, item: &'m Shape, input: &str) -> Option<(&'m str, &'m str)> {
        let wanted = singular(input).to_lowercase();
        let model = &self.model.description;
        let texts = item.members.0.iter().filter(|(_, member)| {
            let shape = model.shape(member);
            shape.is_some_and(|shape| shape.kind == Kind::String)
        });
        let texts: Vec<_> = texts.collect();
        let named = |wanted: String| {
            let mut texts = texts.iter();
            texts.find(|(name, _)| name.to_lowercase() == wanted)
        };
        let ends = ["arn", "identifier", "id", "name"];
        // `services` may take whatever tells one: its ARN does so best.
        let longer = || ends.iter().find_map(|end| named(format!("{wanted}{end}")));
        let same = named(wanted.clone()).or_else(longer);
        let end = ends.into_iter().find(|end| wanted.ends_with(end));
        let alike = || {
            texts.iter().find(|(name, _)| {
                let name = name.to_lowercase();
                let start = end.and_then(|end| name.strip_suffix(end));
                start.is_some_and(|start| start.is_empty() || related(noun(self.name), start))
            })
        };
        let (name, member) = same.or_else(alike)?;
        Some((name, wire_name(model, name, member)))
    }

    /// The operation brings more of one resource.
    fn detail(&self, listed: &[String], shapes: &mut Shapes<'m>) -> Detail {
        let members = match &self.body {
            Body::Text(name) => {
                return Detail {
                    raw: Some((*name).to_owned()),
                    fields: vec![Entry::Field(Field::document(name))],
                    ..Detail::default()
                };
            }
            Body::Members(members) => members,
        };
        let inner = self.only_structure(members);
        let mut fields = shapes.entries(inner.map_or(members.shape, |(_, shape)| shape));
        if let (None, Some(Ok(pages))) = (inner, self.pages()) {
            fields.retain(|entry| !is_of_pages(entry, &pages));
        }
        Detail {
            at: inner.map(|(path, _)| path.to_owned()),
            fields: of_detail(fields, listed),
            ..Detail::default()
        }
    }

    /// The one structure of an answer that has nothing else to say.
    fn only_structure(&self, members: &Members<'m>) -> Option<(&'m str, &'m Shape)> {
        let model = &self.model.description;
        let shape: &'m Shape = members.shape;
        let said = shape.members.0.iter();
        let mut said = said.filter(|(name, member)| member.location.is_none() && !is_beside(name));
        let (Some((name, member)), None) = (said.next(), said.next()) else {
            return None;
        };
        let shape = model.shape(member)?;
        let plain = shape.kind == Kind::Structure && !shape.document && !shape.eventstream;
        (plain && !shape.sensitive).then(|| (wire_name(model, name, member), shape))
    }

    /// A type of which only a detail is known: the keys that it asks with are its fields.
    fn skeleton(&self, type_name: String, keys: &[String], detail: Detail) -> Draft<'m> {
        let texts = keys.iter().map(|name| Entry::Field(Field::text(name)));
        let mut fields = of_list(texts.collect());
        fields.retain(|entry| matches!(entry, Entry::Field(_)));
        Draft {
            doc: format!("What {} tells of.", self.name),
            identity: identity::choose(&mut fields, &type_name, &self.arn_start()),
            type_name,
            list: List::Unknown,
            fields,
            detail: Some(detail),
        }
    }

    /// The operation tells of what there is one of in the account, or in each of its regions.
    fn settings(&self, shapes: &mut Shapes<'m>) -> Draft<'m> {
        let (of, id) = if self.head.is_global() {
            ("the account", "{account}")
        } else {
            ("a region", "{region}")
        };
        let noun = type_name(noun(self.name));
        let made = |template: String| Made { template, todo: "" };
        Draft {
            doc: format!("What {} tells of {of}.", self.name),
            list: List::None,
            identity: Identity {
                id: made(id.to_owned()),
                arn: made(format!("{}:{}", self.arn_start(), noun.to_lowercase())),
            },
            type_name: noun,
            fields: Vec::new(),
            detail: Some(self.detail(&[], shapes)),
        }
    }

    /// How pages follow each other, if they do.
    pub fn pages(&self) -> Option<Result<Pages, String>> {
        match &self.body {
            Body::Members(members) => pages(self.model, self.name, self.operation, members),
            Body::Text(_) => None,
        }
    }

    /// What the service's ARNs begin with.
    fn arn_start(&self) -> String {
        let region = if self.head.is_global() {
            ""
        } else {
            "{region}"
        };
        format!("arn:{{partition}}:{}:{region}:{{account}}", self.head.iam)
    }
}

/// Whether a member only says whether more pages follow.
fn is_of_pages(entry: &Entry, pages: &Pages) -> bool {
    let mut paths = pages.tokens.iter().chain(&pages.more);
    match entry {
        Entry::Field(field) => paths.any(|path| *path == field.wire),
        Entry::LeftOut { .. } => false,
    }
}
