//! Policy documents as an account may hold them, and as it may not.

use launchgate::policy::Document;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;

use crate::garbling::{changes, garbled, holds};

const WHOLE: &str = r#"{"Version": "2012-10-17", "Id": "é", "Statement": [{"Sid": "a", "Effect": "Deny",
    "NotAction": ["s3:Get*", "iam:*"], "Resource": "*", "Principal": {"AWS": ["*"], "Service": "ec2.amazonaws.com"},
    "Condition": {"Bool": {"aws:SecureTransport": [true, 1, 0.5]}}}]}"#;

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[test]
fn any_text_is_a_document_or_refused() {
    holds(512, any::<String>(), |text| {
        let plain = Document::parse(&text);
        prop_assert!(plain.is_err() || text.contains("Statement"));
        let _ = Document::parse(&encoded(&text));
        Ok(())
    });
}

#[test]
fn a_garbled_document_is_one_or_refused() {
    holds(512, changes(), |changes| {
        let text = garbled(WHOLE, &changes);
        if let Ok(document) = Document::parse(&text) {
            let fact = serde_json::to_value(document.fact()).expect("it is written");
            let statements = fact["Statement"].as_array().map(Vec::len);
            prop_assert_eq!(statements, Some(document.statements.len()));
        }
        let _ = Document::parse(&garbled(&encoded(WHOLE), &changes));
        Ok(())
    });
}

#[test]
fn a_document_cut_short_is_refused() {
    assert!(Document::parse(WHOLE).is_ok());
    assert!(Document::parse(&encoded(WHOLE)).is_ok());
    for (cut, _) in WHOLE.char_indices() {
        assert!(Document::parse(&WHOLE[..cut]).is_err(), "cut at {cut}");
        assert!(
            Document::parse(&encoded(&WHOLE[..cut])).is_err(),
            "cut at {cut}"
        );
    }
}

#[test]
fn deep_documents_are_refused() {
    for count in [200, 10_000, 200_000] {
        for (open, close) in [
            ("[", "]"),
            ("{\"Statement\": ", "}"),
            ("{\"Statement\": [", "]}"),
        ] {
            let text = format!("{}1{}", open.repeat(count), close.repeat(count));
            assert!(Document::parse(&text).is_err(), "{count} {open}");
        }
    }
}
