//! The harness's own, loose reading of `rules/sources/<service>.yaml`: where in an answer which
//! member lies, to bend it, and which facts a call brings, to miss them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::intact;

/// One such file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub service: String,
    /// The file as JSON, which is YAML too. Relations lead to other sources, which would have to be
    /// there as well; no call depends on one.
    pub without_relations: String,
    pub uses: Vec<Use>,
    /// The types that have one resource for each of another: each with that one.
    pub derived: BTreeMap<String, String>,
}

/// One call of the file: how the resources of a type are found, or how more of one is told.
#[derive(Clone, Debug)]
pub struct Use {
    /// `kms:ListKeys`
    pub operation: String,
    /// `kms.Key`
    pub type_name: String,
    pub is_list: bool,
    /// The type whose resources each have a list of these.
    pub parent: Option<String>,
    pub members: Vec<Member>,
    /// The list of what is told of each resource, where one answer tells of several, and of each
    /// once.
    pub batch: Option<Member>,
    /// The fields of the resource that the call brings.
    pub facts: Vec<String>,
    /// What identifies a resource or an answer: if it is gone, nothing can be said of any field.
    templates: String,
}

/// One step: `Items`, `Reservations[]`, `Stacks[0]`.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: String,
    /// Whether it leads to each element of a list, or the first.
    pub into_list: bool,
}

/// A member of an answer.
#[derive(Clone, Debug)]
pub struct Member {
    /// The steps from the answer to the structures that have it.
    pub path: Vec<Step>,
    /// How many structures it lies in below those that the call reads.
    pub depth: usize,
    /// Its name in the answer.
    pub wire: String,
    /// `list<Grant>`, without `?`.
    pub type_text: String,
    pub optional: bool,
    pub attribute: bool,
}

impl Member {
    /// Whether its absence means that it is empty.
    pub fn may_be_empty(&self) -> bool {
        let heads = ["list<", "map<", "tags", "keys", "present", "entries<"];
        heads.iter().any(|head| self.type_text.starts_with(head))
    }

    pub fn is_list(&self) -> bool {
        self.type_text.starts_with("list<") || self.type_text.starts_with("tags")
    }

    /// Whether any JSON fits.
    pub fn is_free(&self) -> bool {
        ["any", "keys", "present"].contains(&self.type_text.as_str())
    }

    /// Whether not every text fits.
    pub fn is_parsed(&self) -> bool {
        ["int", "double", "bool", "timestamp"].contains(&self.type_text.as_str())
    }
}

impl Use {
    /// Whether the resources could not be told apart without this member.
    pub fn identifies(&self, member: &Member) -> bool {
        member.depth == 0 && self.templates.contains(&format!("{{{}", member.wire))
    }
}

impl SourceFile {
    /// # Errors
    /// When there is no such file, or it is no YAML of a source.
    pub fn read(service: &str) -> Result<Self, String> {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/sources/{service}.yaml"));
        Self::parse(&intact::read(&path)?)
    }

    /// # Errors
    /// When the text is no YAML of a source.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut file: Value = serde_saphyr::from_str(text).map_err(|e| e.to_string())?;
        let service = file["service"].as_str().ok_or("no service")?.to_owned();
        let shapes = file["shapes"].clone();
        let types = file["types"].as_object_mut().ok_or("no types")?;
        let mut uses = Vec::new();
        let mut derived = BTreeMap::new();
        for (name, declared) in types {
            let type_name = format!("{service}.{name}");
            if declared["list"].is_object() {
                uses.push(list(&service, &type_name, declared, &shapes));
            }
            for (key, detail) in declared["details"].as_object().into_iter().flatten() {
                uses.push(self::detail(&service, &type_name, key, detail, &shapes));
            }
            if let Some(parent) = declared["of"].as_str() {
                derived.insert(type_name.clone(), full_name(&service, parent));
            }
            if declared["metrics"].is_object() {
                uses.push(metrics(&type_name, &declared["metrics"]));
            }
            if let Some(declared) = declared.as_object_mut() {
                declared.shift_remove("relations");
            }
        }
        Ok(Self {
            service,
            without_relations: file.to_string(),
            uses,
            derived,
        })
    }

    /// The other services that its calls are about.
    pub fn needs(&self) -> BTreeSet<String> {
        let parents = self.parents();
        let asked = self.uses.iter().map(|u| u.operation.as_str());
        let services = parents
            .chain(asked)
            .filter_map(|name| name.split(['.', ':']).next());
        let others = services.filter(|service| *service != self.service && is_declared(service));
        others.map(str::to_owned).collect()
    }

    /// The types that others are listed for or made of.
    pub fn parents(&self) -> impl Iterator<Item = &str> {
        let listed = self.uses.iter().filter_map(|u| u.parent.as_deref());
        listed.chain(self.derived.values().map(String::as_str))
    }

    pub fn uses_of<'f>(&'f self, operation: &'f str) -> impl Iterator<Item = &'f Use> {
        self.uses.iter().filter(move |u| u.operation == operation)
    }

    /// How many lists must be read before one by this operation; none if it lists nothing.
    pub fn depth(&self, operation: &str) -> Option<usize> {
        let lists = self.uses_of(operation).filter(|u| u.is_list);
        lists.map(|list| self.depth_of(list)).max()
    }

    fn depth_of(&self, list: &Use) -> usize {
        let Some(parent) = &list.parent else { return 0 };
        // A parent in another file is one step at least.
        1 + self.list(parent).map_or(0, |above| self.depth_of(above))
    }

    fn list(&self, type_name: &str) -> Option<&Use> {
        let mut lists = self.uses.iter().filter(|u| u.is_list);
        lists.find(|list| list.type_name == type_name)
    }

    /// The type whose resources each have a list of this one, or one of these.
    pub fn parent(&self, type_name: &str) -> Option<&str> {
        let listed = self.list(type_name).and_then(|list| list.parent.as_deref());
        listed.or_else(|| self.derived.get(type_name).map(String::as_str))
    }
}

/// Whether a service has a file here.
pub fn is_declared(service: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join(format!("rules/sources/{service}.yaml")).exists()
}

/// A type of the file's own by its own name, of another by its full one.
fn full_name(service: &str, name: &str) -> String {
    if name.contains('.') {
        name.to_owned()
    } else {
        format!("{service}.{name}")
    }
}

/// The queries for the metrics of a type.
fn metrics(type_name: &str, metrics: &Value) -> Use {
    let path = steps("MetricDataResults", true);
    let fields = metrics["fields"].as_object().into_iter().flatten();
    Use {
        operation: "cloudwatch:GetMetricData".to_owned(),
        type_name: type_name.to_owned(),
        is_list: false,
        parent: None,
        members: Vec::from_iter(member("StatusCode", &"string".into(), &path, 0)),
        batch: None,
        facts: fields.map(|(name, _)| name.clone()).collect(),
        templates: "{Id}".to_owned(),
    }
}

fn list(service: &str, type_name: &str, declared: &Value, shapes: &Value) -> Use {
    let list = &declared["list"];
    let parent = list["each"].as_str();
    let parent = parent.map(|parent| full_name(service, parent));
    let path = match (&list["items"], &list["item"]) {
        (Value::String(items), _) => steps(items, true),
        (_, Value::String(item)) => steps(item, false),
        _ => Vec::new(),
    };
    // Texts instead of structures have no members: the list of them is one.
    let members = if list["as"].is_string() || list["json"] == true {
        Vec::from_iter(the_list(&path))
    } else {
        members(&declared["fields"], shapes, &path, 0)
    };
    let templates = ["id", "arn", "region"].map(|key| declared[key].to_string());
    Use {
        operation: operation(service, list, ""),
        type_name: type_name.to_owned(),
        is_list: true,
        parent,
        members,
        batch: None,
        facts: Vec::new(),
        templates: templates.concat(),
    }
}

fn detail(service: &str, type_name: &str, key: &str, detail: &Value, shapes: &Value) -> Use {
    let batch = &detail["batch"];
    let path = match (&batch["items"], &detail["at"]) {
        (Value::String(items), _) => steps(items, true),
        (_, Value::String(at)) => steps(at, false),
        _ => Vec::new(),
    };
    let whole = detail["into"].as_str().or(detail["raw"].as_str());
    let names = detail["fields"].as_object().into_iter().flatten();
    let facts = match whole {
        Some(name) => vec![name.to_owned()],
        None => names.map(|(name, _)| name.clone()).collect(),
    };
    let matched = batch["match"].as_str().unwrap_or_default();
    Use {
        operation: operation(service, detail, key),
        type_name: type_name.to_owned(),
        is_list: false,
        parent: None,
        // The whole body has no members.
        members: if detail["raw"].is_string() {
            Vec::new()
        } else {
            members(&detail["fields"], shapes, &path, 0)
        },
        // In pages a resource may be told of on several.
        batch: the_list(&path).filter(|_| batch.is_object() && detail["pages"].is_null()),
        facts,
        templates: format!("{{{matched}}}"),
    }
}

/// `kms:ListKeys` of `call: ListKeys`, or of the key that names it.
fn operation(service: &str, call: &Value, key: &str) -> String {
    let service = call["service"].as_str().unwrap_or(service);
    format!("{service}:{}", call["call"].as_str().unwrap_or(key))
}

fn steps(path: &str, ends_in_list: bool) -> Vec<Step> {
    if path == "." {
        return Vec::new();
    }
    let mut steps: Vec<Step> = path
        .split('.')
        .map(|step| Step {
            name: step.split('[').next().unwrap_or_default().to_owned(),
            into_list: step.contains('['),
        })
        .collect();
    if let Some(last) = steps.last_mut() {
        last.into_list |= ends_in_list;
    }
    steps
}

/// The list at the end of a path, as a member of what it lies in.
fn the_list(path: &[Step]) -> Option<Member> {
    let (last, above) = path.split_last()?;
    Some(Member {
        path: above.to_vec(),
        depth: 0,
        wire: last.name.clone(),
        type_text: "list<>".to_owned(),
        optional: false,
        attribute: false,
    })
}

/// How deep members of members are looked for: some shapes hold themselves.
const DEEPEST: usize = 3;

/// The members of the structures at the end of the path, then those of structures in these.
fn members(fields: &Value, shapes: &Value, path: &[Step], depth: usize) -> Vec<Member> {
    let fields = fields.as_object().into_iter().flatten();
    let own = fields.filter_map(|(name, field)| Some((member(name, field, path, depth)?, field)));
    let own: Vec<(Member, &Value)> = own.collect();
    let mut all: Vec<Member> = own.iter().map(|(member, _)| member.clone()).collect();
    if depth == DEEPEST {
        return all;
    }
    for (member, field) in own {
        let type_text = &member.type_text;
        let (_, inner) = type_text.split_once('<').unwrap_or(("", type_text));
        let shape = &shapes[inner.trim_end_matches('>')];
        let step = Step {
            name: member.wire.clone(),
            // In a flat list each element is there for itself.
            into_list: type_text.starts_with("list<") && field["flat"] != true,
        };
        all.extend(members(shape, shapes, &[path, &[step]].concat(), depth + 1));
    }
    all
}

/// `TYPE`, `TYPE?`, `TYPE from Wire`, or a map that says the same.
fn member(name: &str, field: &Value, path: &[Step], depth: usize) -> Option<Member> {
    let text = field.as_str().or(field["type"].as_str())?;
    let (type_text, from) = match text.split_once(" from ") {
        Some((type_text, from)) => (type_text, Some(from)),
        None => (text, field["from"].as_str()),
    };
    Some(Member {
        path: path.to_vec(),
        depth,
        wire: from.unwrap_or(name).trim().to_owned(),
        type_text: type_text.trim().trim_end_matches('?').to_owned(),
        optional: type_text.trim().ends_with('?'),
        attribute: field["attribute"] == true,
    })
}
