//! Answers of every protocol: right ones, wrong ones, and bytes that are no answer at all.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a helper that cannot go on ends its test"
)]

use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::answer::Expected;
use super::client::protocol;
use super::list;
use crate::diagnostic::SourceFile;
use crate::source::{Service, decode};

const HEADS: [(&str, &str, &str); 5] = [
    ("awsQuery", "version: '2010-01-01'", ""),
    ("awsJson1_0", "target: Things", ""),
    ("awsJson1_1", "target: Things", ""),
    ("restJson1", "", "http: GET /things"),
    ("restXml", "", "http: GET /things, root: ListThingsResult"),
];

/// A type with a field of every kind that the protocol has.
fn service(protocol: &str) -> Service {
    let (_, head, list) = HEADS.iter().find(|(name, ..)| *name == protocol).unwrap();
    let comma = if list.is_empty() { "" } else { ", " };
    let free = if protocol.contains("Json") {
        "any?"
    } else {
        "string?"
    };
    let text = format!(
        "service: things\ntitle: Things\nid: Things\nprotocol: {protocol}\n{head}\n\
         shapes:\n  Inner: {{ Name: string, Size: int? }}\n  \
         Attributes: {{ Age: int, Open: bool?, Since: timestamp?, Doc: 'json?' }}\n\
         types:\n  Thing:\n    doc: A thing.\n    \
         list: {{ call: ListThings, items: Things, pages: NextToken{comma}{list} }}\n    \
         id: '{{Name}}'\n    fields:\n      Name: string\n      Count: int?\n      Ratio: double?\n      \
         On: bool?\n      At: timestamp?\n      Free: {free}\n      Body: json?\n      Policy: policy?\n      \
         Inner: Inner?\n      Inners: list<Inner>\n      Names: list<string>\n      Map: map<string>\n      \
         Environment: keys\n      Password: present\n      Site: url?\n      tags: tags from Tags\n      \
         Attributes: entries<Attributes>?\n"
    );
    let file = SourceFile::new("things.yaml", text);
    decode(&file, &|_| None).unwrap_or_else(|mistakes| {
        panic!("{}", crate::diagnostic::render(&mistakes, false));
    })
}

struct Reader {
    service: Service,
    expected: Expected,
}

impl Reader {
    fn of(protocol: &str) -> Self {
        let service = service(protocol);
        let list = service.types[0].list.as_ref().unwrap();
        let expected = Expected::new(&list.call, list::wanted(list));
        Self { service, expected }
    }

    /// The things in an answer, or why it cannot be read.
    fn read(&self, body: impl Into<Vec<u8>>) -> Result<Value, String> {
        let response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from(body.into()));
        let bag = ConfigBag::base();
        let protocol = protocol(&self.service.connection);
        let answer = self.expected.read(&protocol, &response, &bag, "eu-west-1");
        let answer = answer.map_err(|error| error.to_string())?;
        Ok(serde_json::to_value(&answer).unwrap()["Things"].clone())
    }
}

fn xml(protocol: &str, things: &str) -> String {
    let things = format!("<Things>{things}</Things>");
    match protocol {
        "restXml" => format!("<ListThingsResult>{things}</ListThingsResult>"),
        _ => format!(
            "<ListThingsResponse><ListThingsResult>{things}</ListThingsResult></ListThingsResponse>"
        ),
    }
}

const XML_THING: &str = "<member><Name>a &amp; b</Name><Count>3</Count><Ratio>0.5</Ratio><On>true</On>\
<At>2026-01-02T03:04:05Z</At><Free>x</Free><Body>{&quot;k&quot;:[1,null]}</Body>\
<Policy>{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\"}]}</Policy>\
<Inner><Name>in</Name><Other>skipped</Other></Inner><Inners><member><Name>x</Name><Size>1</Size></member></Inners>\
<Names><member>n1</member><member/></Names><Map><entry><key>k</key><value>v</value></entry></Map>\
<Environment><entry><key>TOKEN</key><value>hunter2</value></entry></Environment><Password>hunter2</Password>\
<Site>https://me:hunter2@example.com/x</Site><Tags><member><Key>K</Key><Value>V</Value></member></Tags>\
<Attributes><entry><key>Age</key><value>7</value></entry><entry><key>Since</key><value>86400</value></entry>\
<entry><key>Secret</key><value>hunter2</value></entry></Attributes><Unknown><deep/></Unknown></member>";

fn json_thing() -> Value {
    json!({
        "Name": "a & b", "Count": 3, "Ratio": 0.5, "On": true, "At": 1_767_323_045, "Free": {"x": [1]},
        "Body": "{\"k\":[1,null]}", "Policy": "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\"}]}",
        "Inner": {"Name": "in", "Other": {"skipped": []}}, "Inners": [{"Name": "x", "Size": 1}],
        "Names": ["n1", ""], "Map": {"k": "v"}, "Environment": {"TOKEN": "hunter2"}, "Password": "hunter2",
        "Site": "https://me:hunter2@example.com/x", "Tags": [{"Key": "K", "Value": "V"}],
        "Attributes": {"Age": "7", "Since": "86400", "Secret": "hunter2"}, "Unknown": {"deep": null}, "On2": null,
    })
}

/// An answer with one thing of every kind of field.
fn body(protocol: &str) -> String {
    match protocol {
        "awsQuery" | "restXml" => xml(protocol, XML_THING),
        _ => json!({"Things": [json_thing()], "Ignored": [[{}]]}).to_string(),
    }
}

#[test]
fn every_protocol_gives_the_same_facts() {
    for (protocol, ..) in HEADS {
        let mut things = Reader::of(protocol).read(body(protocol)).expect(protocol);
        let free = things[0]["Free"].take();
        let expected_free = if protocol.contains("Json") {
            json!({"x": [1]})
        } else {
            json!("x")
        };
        assert_eq!(free, expected_free, "{protocol}");
        let expected = json!({
            "Name": "a & b", "Count": 3, "Ratio": 0.5, "On": true, "At": "2026-01-02T03:04:05Z", "Free": null,
            "Body": {"k": [1, null]}, "Inner": {"Name": "in"}, "Inners": [{"Name": "x", "Size": 1}],
            "Names": ["n1", ""], "Map": {"k": "v"}, "Environment": ["TOKEN"], "Password": true,
            "Site": "https://***@example.com/x", "tags": {"K": "V"},
            "Attributes": {"Age": 7, "Since": "1970-01-02T00:00:00Z"}, "Policy": things[0]["Policy"].clone(),
        });
        assert_eq!(things[0], expected, "{protocol}");
        assert_eq!(
            things[0]["Policy"]["Statement"][0]["Action"],
            json!(["s3:*"]),
            "{protocol}"
        );
        assert!(!things.to_string().contains("hunter2"), "{protocol}");
    }
}

#[test]
fn a_missing_required_field_is_unknown_and_says_so() {
    for (protocol, ..) in HEADS {
        let body = match protocol {
            "awsQuery" | "restXml" => xml(protocol, "<member><Count>1</Count></member>"),
            _ => json!({"Things": [{"Count": 1}]}).to_string(),
        };
        let things = Reader::of(protocol).read(body).expect(protocol);
        let unknown = &things[0]["Name"]["$unknown"];
        assert_eq!(unknown["code"], "MissingField", "{protocol}");
        assert_eq!(unknown["operation"], "things:ListThings", "{protocol}");
        assert_eq!(unknown["region"], "eu-west-1", "{protocol}");
        assert_eq!(
            unknown["message"], "the answer has no Name in ListThings",
            "{protocol}"
        );
        assert_eq!(things[0]["Inners"], json!([]), "{protocol}");
        assert_eq!(things[0]["Password"], json!(false), "{protocol}");
        assert_eq!(things[0].get("On"), None, "{protocol}");
    }
}

#[test]
fn a_field_of_another_type_names_its_place() {
    for (protocol, ..) in HEADS {
        let body = match protocol {
            "awsQuery" | "restXml" => xml(
                protocol,
                "<member><Name>a</Name></member><member><Count>many</Count></member>",
            ),
            _ => json!({"Things": [{"Name": "a"}, {"Count": "many"}]}).to_string(),
        };
        let error = Reader::of(protocol).read(body).expect_err(protocol);
        assert!(
            error.starts_with("Things.[1].Count: "),
            "{protocol}: {error}"
        );
    }
}

#[test]
fn a_page_of_another_kind_is_no_empty_answer() {
    for (protocol, ..) in HEADS {
        for body in [
            "<html><body>sign in</body></html>",
            "[]",
            "\"x\"",
            "<Things/>",
            "{\"Things\": 3}",
        ] {
            let read = Reader::of(protocol).read(body);
            assert!(read.is_err(), "{protocol} reads {body} as {read:?}");
        }
    }
}

fn holds<S: Strategy>(strategy: S, check: impl Fn(S::Value)) {
    let mut runner = TestRunner::new(Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = runner.run(&strategy, |value| {
        check(value);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn any_bytes_are_read_or_refused() {
    for (protocol, ..) in HEADS {
        let reader = Reader::of(protocol);
        holds(proptest::collection::vec(any::<u8>(), 0..300), |bytes| {
            let _ = reader.read(bytes);
        });
    }
}

/// What breaks answers.
const PIECES: [&str; 20] = [
    "<",
    ">",
    "</",
    "/>",
    "<![CDATA[",
    "]]>",
    "&#x0;",
    "&lt;",
    "<!--",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\u",
    "1e999",
    "null",
    "\u{feff}",
];

#[test]
fn garbled_answers_are_read_or_refused() {
    let change = (
        any::<prop::sample::Index>(),
        0..12_usize,
        prop::sample::select(PIECES.as_slice()),
    );
    let changes = Arc::new(proptest::collection::vec(change, 1..6));
    for (protocol, ..) in HEADS {
        let reader = Reader::of(protocol);
        let whole = body(protocol);
        holds(changes.clone(), |changes| {
            let mut text: Vec<char> = whole.chars().collect();
            for (at, length, piece) in changes {
                let from = at.index(text.len());
                let to = (from + length).min(text.len());
                text.splice(from..to, piece.chars());
                if text.is_empty() {
                    break;
                }
            }
            let _ = reader.read(text.into_iter().collect::<String>());
        });
    }
}

#[test]
fn deep_and_long_answers_end_in_bounded_time() {
    for (protocol, ..) in HEADS {
        let reader = Reader::of(protocol);
        let deep_json = format!("{{\"Things\":[{{\"Free\":{}", "[".repeat(200_000));
        let deep_xml = xml(protocol, &"<member>".repeat(50_000));
        let skipped = format!("{{\"Other\":{}}}", "[".repeat(200_000));
        let attributes = format!("<ListThingsResult {}>", "a='b' ".repeat(50_000));
        for body in [
            deep_json,
            deep_xml,
            skipped,
            attributes,
            "<".repeat(100_000),
        ] {
            let _ = reader.read(body);
        }
        let many = "<member><Name>a</Name></member>".repeat(20_000);
        let many = match protocol {
            "awsQuery" | "restXml" => xml(protocol, &many),
            _ => json!({"Things": vec![json!({"Name": "a"}); 20_000]}).to_string(),
        };
        let things = reader.read(many).expect(protocol);
        assert_eq!(things.as_array().map(Vec::len), Some(20_000), "{protocol}");
    }
}
