//! One policy document: its parts, its fact, and the type of that fact.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use percent_encoding::percent_decode_str;

use crate::fact::{Fact, Object, name};
use crate::schema::{Field, Struct, Type};

/// Texts by key: principals by their kind, condition values by condition key.
pub type Lists = BTreeMap<String, Vec<String>>;
/// Condition keys and their values, by operator as written: AWS takes several spellings of one.
pub type Conditions = BTreeMap<String, Lists>;

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The policy language's version; the older one holds where none is given.
    pub version: Option<Version>,
    /// A name of the author's own.
    pub id: Option<String>,
    /// What it allows and denies.
    pub statements: Vec<Statement>,
}

/// The versions of the policy language that AWS knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Without policy variables.
    V2008,
    /// The current one.
    V2012,
}

/// Whether a statement allows or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// One statement. Of each pair (`actions` and `not_actions`, ...) one at most has entries, and a
/// pair's second never stands for "all but nothing": such documents are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The statement's own name.
    pub sid: Option<String>,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// The actions it is about, in the case they were written in.
    pub actions: Vec<String>,
    /// It is about all actions but these.
    pub not_actions: Vec<String>,
    /// The resources it is about.
    pub resources: Vec<String>,
    /// It is about all resources but these.
    pub not_resources: Vec<String>,
    /// Who it is about, by kind (`AWS`, `Service`, ...); a bare `*` is `AWS: ["*"]`.
    pub principals: Lists,
    /// It is about everybody but these.
    pub not_principals: Lists,
    /// When it holds.
    pub conditions: Conditions,
}

/// Why a text is no policy document that AWS would take.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The bytes behind the percent signs are no text.
    #[error("not UTF-8 once URL-decoded")]
    Encoding,
    /// Not JSON, or JSON that breaks the policy grammar.
    #[error("{0}")]
    Grammar(#[from] serde_json::Error),
}

impl Document {
    /// Reads a document as IAM returns it (URL-encoded, RFC 3986) or as plain JSON.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        // Encoded, a document starts with `%7B`: a brace in sight means that no other percent
        // sign is an escape either, such as those inside a condition's value.
        let json = if text.trim_start().starts_with('{') {
            Cow::Borrowed(text)
        } else {
            percent_decode_str(text)
                .decode_utf8()
                .map_err(|_| PolicyError::Encoding)?
        };
        Ok(serde_json::from_str(&json)?)
    }

    /// The document as rules see it; its type is [`document_type`].
    pub fn fact(&self) -> Fact {
        let statements = self.statements.iter().map(Statement::fact).collect();
        object([
            ("Version", self.version.map(|v| Fact::string(v.as_str()))),
            ("Id", self.id.as_deref().map(Fact::string)),
            ("Statement", Some(Fact::List(statements))),
        ])
    }
}

impl Version {
    /// The version as documents write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Version::V2008 => "2008-10-17",
            Version::V2012 => "2012-10-17",
        }
    }
}

impl Effect {
    /// The effect as documents write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        }
    }
}

impl Statement {
    fn fact(&self) -> Fact {
        let conditions = map(&self.conditions, lists);
        object([
            ("Sid", self.sid.as_deref().map(Fact::string)),
            ("Effect", Some(Fact::string(self.effect.as_str()))),
            ("Action", Some(list(&self.actions))),
            ("NotAction", Some(list(&self.not_actions))),
            ("Resource", Some(list(&self.resources))),
            ("NotResource", Some(list(&self.not_resources))),
            ("Principal", Some(lists(&self.principals))),
            ("NotPrincipal", Some(lists(&self.not_principals))),
            ("Condition", Some(conditions)),
        ])
    }
}

/// The type of [`Document::fact`].
pub fn document_type() -> Type {
    static TYPE: LazyLock<Arc<Struct>> = LazyLock::new(|| {
        let texts = || Type::list(Type::String);
        let statement = Struct::new(
            "PolicyStatement",
            [
                Field::optional("Sid", Type::String),
                Field::required("Effect", Type::String),
                Field::required("Action", texts()),
                Field::required("NotAction", texts()),
                Field::required("Resource", texts()),
                Field::required("NotResource", texts()),
                Field::required("Principal", Type::map(texts())),
                Field::required("NotPrincipal", Type::map(texts())),
                Field::required("Condition", Type::map(Type::map(texts()))),
            ],
        );
        Struct::new(
            "PolicyDocument",
            [
                Field::optional("Version", Type::String),
                Field::optional("Id", Type::String),
                Field::required("Statement", Type::list(Type::Struct(statement))),
            ],
        )
    });
    Type::Struct(TYPE.clone())
}

fn object<const N: usize>(entries: [(&'static str, Option<Fact>); N]) -> Fact {
    Fact::Object(
        entries
            .into_iter()
            .filter_map(|(key, fact)| Some((name(key), fact?)))
            .collect(),
    )
}

fn list(items: &[String]) -> Fact {
    Fact::List(items.iter().map(|item| Fact::string(&**item)).collect())
}

fn lists(lists: &Lists) -> Fact {
    map(lists, |items| list(items))
}

/// The keys come from an account, so they are not interned.
fn map<T>(entries: &BTreeMap<String, T>, value: impl Fn(&T) -> Fact) -> Fact {
    let entries = entries
        .iter()
        .map(|(key, item)| (key.as_str().into(), value(item)));
    Fact::Object(entries.collect::<Object>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Document {
        Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    fn refused(text: &str) -> String {
        match Document::parse(text) {
            Ok(document) => panic!("{text} was taken as {document:?}"),
            Err(error) => error.to_string(),
        }
    }

    /// A document of one statement that allows, with these further elements.
    fn allowing(elements: &str) -> String {
        format!(r#"{{"Statement": {{"Effect": "Allow", {elements}}}}}"#)
    }

    #[test]
    fn single_values_become_lists_and_absent_lists_are_empty() {
        let fact = parsed(
            r#"{"Version": "2012-10-17", "Statement": {
                "Effect": "Deny", "NotAction": "iam:*", "Resource": ["*"], "Principal": "*"}}"#,
        )
        .fact();
        let expected = serde_json::json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Deny", "Action": [], "NotAction": ["iam:*"], "Resource": ["*"],
            "NotResource": [], "Principal": {"AWS": ["*"]}, "NotPrincipal": {}, "Condition": {},
        }]});
        assert_eq!(serde_json::to_value(&fact).ok(), Some(expected));
    }

    #[test]
    fn url_encoding_is_undone_once_and_only_where_it_is_used() {
        let encoded = "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A\
            %22s3%3AGet%2B%2525%C3%A9%22%7D%5D%7D";
        assert_eq!(parsed(encoded).statements[0].actions, ["s3:Get+%25é"]);
        let plain = allowing(r#""Action": "s3:%41+""#);
        assert_eq!(parsed(&plain).statements[0].actions, ["s3:%41+"]);
        assert!(refused("%7B%FF%7D").contains("UTF-8"));
    }

    #[test]
    fn conditions_keep_operators_and_write_scalars_as_text() {
        let document = parsed(&allowing(
            r#""Action": "*", "Condition": {
                "Bool": {"aws:SecureTransport": false},
                "numlteq": {"s3:max-keys": [10, -1, 0.5]},
                "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-1/*"}}"#,
        ));
        let conditions = &document.statements[0].conditions;
        assert_eq!(conditions["Bool"]["aws:SecureTransport"], ["false"]);
        assert_eq!(conditions["numlteq"]["s3:max-keys"], ["10", "-1", "0.5"]);
        let paths = &conditions["ForAnyValue:StringLike"]["aws:PrincipalOrgPaths"];
        assert_eq!(paths, &["o-1/*"]);
    }

    #[test]
    fn empty_lists_are_read_where_they_cannot_mislead() {
        let document = parsed(&allowing(
            r#""Action": [], "Resource": [], "Principal": {}"#,
        ));
        assert!(document.statements[0].actions.is_empty());
        assert!(parsed(r#"{"Statement": []}"#).statements.is_empty());
        for (element, rest) in [
            (r#""NotAction": []"#, ""),
            (r#""NotResource": []"#, r#", "Action": "*""#),
            (r#""NotPrincipal": {}"#, r#", "Action": "*""#),
        ] {
            let message = refused(&allowing(&format!("{element}{rest}")));
            assert!(message.contains("excludes nothing"), "{message}");
        }
    }

    #[test]
    fn what_aws_refuses_is_refused_with_a_reason() {
        let action = |rest: &str| allowing(&format!(r#""Action": "*", {rest}"#));
        let cases = [
            (String::new(), "EOF"),
            ("[]".into(), "expected a JSON object"),
            ("{}".into(), "missing field `Statement`"),
            (r#"{"Statement": null}"#.into(), "a statement or a list"),
            (r#"{"Statement": [["a", "Allow"]]}"#.into(), "a JSON object"),
            (r#"{"Statement": []} {}"#.into(), "trailing characters"),
            (
                r#"{"Statement": [], "Statement": []}"#.into(),
                "duplicate field",
            ),
            (
                r#"{"Statement": [], "Statemnt": []}"#.into(),
                "unknown field `Statemnt`",
            ),
            (
                r#"{"Statement": [], "Version": "2012-10-18"}"#.into(),
                "2012-10-18",
            ),
            (r#"{"Statement": [], "Id": null}"#.into(), "null"),
            (
                r#"{"Statement": {"Action": "*"}}"#.into(),
                "missing field `Effect`",
            ),
            (
                r#"{"Statement": {"Effect": "allow", "Action": "*"}}"#.into(),
                "`allow`",
            ),
            (
                r#"{"Statement": {"Effect": {"Allow": null}, "Action": "*"}}"#.into(),
                "string",
            ),
            (allowing(r#""Resource": "*""#), "needs Action or NotAction"),
            (allowing(r#""Action": 1"#), "a string or a list of strings"),
            (allowing(r#""Action": [["*"]]"#), "expected a string"),
            (action(r#""NotAction": "*""#), "both Action and NotAction"),
            (
                action(r#""Resource": "*", "NotResource": "*""#),
                "both Resource and NotResource",
            ),
            (
                action(r#""Principal": "*", "NotPrincipal": "*""#),
                "both Principal and",
            ),
            (action(r#""Principal": "123456789012""#), "only `*`"),
            (
                action(r#""Principal": {"User": "x"}"#),
                "unknown kind of principal `User`",
            ),
            (
                action(r#""Principal": {"AWS": "x", "AWS": "*"}"#),
                "`AWS` is given twice",
            ),
            (action(r#""Condition": {"Bool": {"k": null}}"#), "null"),
            (action(r#""Condition": {"Bool": {"k": [["x"]]}}"#), "number"),
            (action(r#""Condition": {"Bool": "k"}"#), "an object"),
            (
                action(r#""Condition": {"Bool": {}, "Bool": {}}"#),
                "`Bool` is given twice",
            ),
            ("[".repeat(100_000), "a JSON object"),
        ];
        for (text, reason) in cases {
            let message = refused(&text);
            assert!(message.contains(reason), "{message:?} lacks {reason:?}");
        }
    }

    #[test]
    fn no_cut_or_altered_document_panics() {
        let whole = r#"%7B"Statement":[{"Effect":"Deny","NotAction":["é:*",1],"Condition":{"B":{"k":[true,1e999]}}}]}"#;
        for (cut, _) in whole.char_indices() {
            let _ = Document::parse(&whole[..cut]);
            let _ = Document::parse(&whole[cut..]);
            let _ = Document::parse(&format!("{}%{}", &whole[..cut], &whole[cut..]));
        }
    }
}
