//! CloudFormation resources that a rule creates, as data whose texts are templates.

use serde_json::Value as Json;

use crate::expr::Template;

/// A resource to create.
#[derive(Debug)]
pub struct Creation {
    /// Its logical id.
    pub id: Template,
    /// `Type`, `Properties` and what else there is; `None` where another rule holds the resource.
    pub resource: Option<Data>,
}

/// A part of a resource.
#[derive(Debug)]
pub enum Data {
    /// A number, a boolean, nothing.
    Fixed(Json),
    /// A text to be filled in.
    Text(Template),
    /// A text under `Fn::Sub`, in which CloudFormation fills in `${...}`.
    Sub(Template),
    /// The logical id of a resource, or one of CloudFormation's own such as `AWS::Region`.
    Id(Template),
    /// The JSON text of what is inside; CloudFormation fills in its `${...}`.
    JsonText(Box<Data>),
    /// A list.
    List(Vec<Data>),
    /// A map.
    Map(Vec<(String, Data)>),
}

impl Creation {
    /// The logical id, where it is the same for every resource, and so is what it names: then other
    /// rules may refer to it.
    pub fn shared_id(&self) -> Option<String> {
        self.resource.as_ref()?;
        let mut templates = Vec::new();
        self.templates(&mut templates);
        let shared = templates.iter().all(|template| template.asks_no_facts());
        (shared && self.id.is_constant()).then(|| self.id.own_text().collect())
    }

    /// Its CloudFormation type; `None` where another rule holds the resource.
    pub fn kind(&self) -> Option<&str> {
        let Some(Data::Map(entries)) = &self.resource else {
            return None;
        };
        entries.iter().find_map(|(key, data)| match data {
            Data::Fixed(Json::String(kind)) if key == "Type" => Some(kind.as_str()),
            _ => None,
        })
    }

    /// Gathers all its templates.
    pub fn templates<'c>(&'c self, gathered: &mut Vec<&'c Template>) {
        gathered.push(&self.id);
        if let Some(resource) = &self.resource {
            resource.templates(gathered);
        }
    }
}

impl Data {
    fn templates<'c>(&'c self, gathered: &mut Vec<&'c Template>) {
        match self {
            Data::Fixed(_) => {}
            Data::Text(template) | Data::Sub(template) | Data::Id(template) => {
                gathered.push(template);
            }
            Data::JsonText(inner) => inner.templates(gathered),
            Data::List(items) => items.iter().for_each(|item| item.templates(gathered)),
            Data::Map(entries) => {
                let inner = entries.iter().map(|(_, inner)| inner);
                inner.for_each(|inner| inner.templates(gathered));
            }
        }
    }
}
