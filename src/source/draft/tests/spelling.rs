//! Words, and YAML that means what it says.

use super::super::words::{one_of, singular, type_name, words};
use super::super::yaml::{Flow, Yaml};
use super::*;
use crate::yaml::Value as Read;

#[test]
fn operations_name_what_they_list() {
    for (operation, one) in [
        ("ListKeys", "Key"),
        ("DescribeDBInstances", "DBInstance"),
        ("ListPolicies", "Policy"),
        ("ListAliases", "Alias"),
        ("GetRestApis", "RestApi"),
        ("ListDistributionsByWebACLId", "Distribution"),
        ("ListTargetsByRule", "Target"),
        ("DescribeByoipCidrs", "ByoipCidr"),
        ("ListAnalyses", "Analysis"),
        ("DescribeAddresses", "Address"),
        ("ListCaches", "Cache"),
        ("BatchGetProjects", "Project"),
        ("DescribeStatus", "Status"),
        ("List", "List"),
    ] {
        assert_eq!(one_of(operation), one, "{operation}");
    }
}

#[test]
fn names_are_made_fit_for_types() {
    assert_eq!(type_name("__listOf_3things"), "ListOf3things");
    assert_eq!(type_name("123"), "Resource");
    assert_eq!(type_name("ünder_way"), "Nderway");
    assert_eq!(singular("ies"), "ie");
    assert_eq!(singular("ßs"), "ß");
    let parts: Vec<&str> = words("DBSubnetGroupARNs")
        .iter()
        .map(|(_, word)| *word)
        .collect();
    assert_eq!(parts, ["DB", "Subnet", "Group", "AR", "Ns"]);
}

/// Texts that YAML readers take for something else, end or break a line, or start something.
const ODD: [&str; 24] = [
    "",
    " ",
    "true",
    "No",
    "null",
    "~",
    "7",
    "2010-03-31",
    "1e3",
    "a: b",
    "a #b",
    "#a",
    "'",
    "\"",
    "a'b",
    "{x}",
    "[x]",
    "- a",
    "!tag",
    "*a",
    "tab\there",
    "line\nbreak",
    "\u{2028}\u{7f}",
    "ü, 🎉",
];

#[test]
fn every_text_is_read_back_as_it_was_written() {
    let mut yaml = Yaml::default();
    yaml.comment("a\ncomment: {");
    for (index, text) in ODD.iter().enumerate() {
        yaml.entry(
            &format!("k{index}"),
            &Flow::text(*text),
            "note\nof two lines",
        );
    }
    yaml.entry(
        "flow",
        &Flow::List(ODD.iter().map(|text| Flow::text(*text)).collect()),
        "",
    );
    let named = ODD.iter().map(|text| (*text, Flow::text(*text)));
    yaml.entry("map", &Flow::map(named), "");
    let file = SourceFile::new("odd.yaml", yaml.finish());
    let Read::Map(entries) = yaml::parse(&file).unwrap().value else {
        panic!("no map: {}", file.text);
    };
    let texts: Vec<&Read> = entries.iter().map(|(_, node)| &node.value).collect();
    for (text, read) in ODD.iter().zip(&texts) {
        assert_eq!(**read, Read::String((*text).to_owned()), "{}", file.text);
    }
    let Read::List(items) = texts[ODD.len()] else {
        panic!("no list: {}", file.text);
    };
    let items: Vec<&Read> = items.iter().map(|item| &item.value).collect();
    assert_eq!(items, texts[..ODD.len()]);
    let Read::Map(named) = texts[ODD.len() + 1] else {
        panic!("no map: {}", file.text);
    };
    for ((key, node), text) in named.iter().zip(ODD) {
        assert_eq!(
            (key.text.as_str(), &node.value),
            (text, &Read::String(text.to_owned()))
        );
    }
}
