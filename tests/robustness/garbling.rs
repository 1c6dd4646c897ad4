//! Texts that are nearly right: valid ones with a part cut out, doubled, or put in from elsewhere.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

/// What breaks texts: characters of YAML, JSON and CEL with a meaning, and of several bytes.
const PIECES: [&str; 40] = [
    "\0",
    "\u{feff}",
    "\r\n",
    "\r",
    "\n",
    "\t",
    " ",
    "é",
    "日",
    "\u{1F600}",
    "\u{2028}",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "'",
    "\"",
    "\\",
    ":",
    ": ",
    "- ",
    "#",
    "&a ",
    "*a",
    "!!int ",
    "|",
    ">-",
    "---\n",
    "%",
    "? ",
    "<<: ",
    "~",
    "1e999",
    "-99999999999999999999",
    "0x",
    ".",
    ",",
    "\\u00",
];

/// One change to a text.
#[derive(Clone, Debug)]
pub struct Change {
    at: Index,
    length: usize,
    put: String,
}

pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    let put = prop_oneof![
        select(&PIECES[..]).prop_map(str::to_owned),
        (select(&PIECES[..]), 1..60_usize).prop_map(|(piece, count)| piece.repeat(count)),
        any::<String>(),
        Just(String::new()),
    ];
    let change = (any::<Index>(), 0..12_usize, put);
    let change = change.prop_map(|(at, length, put)| Change { at, length, put });
    proptest::collection::vec(change, 1..4)
}

/// The text with these changes made.
pub fn garbled(text: &str, changes: &[Change]) -> String {
    changes.iter().fold(text.to_owned(), |text, change| {
        let start = text.floor_char_boundary(change.at.index(text.len() + 1));
        let end = text.ceil_char_boundary((start + change.length).min(text.len()));
        format!("{}{}{}", &text[..start], change.put, &text[end..])
    })
}

/// Runs a property over so many cases; `PROPTEST_CASES` multiplies them by its 256th part.
pub fn holds<S: Strategy>(
    cases: u32,
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases: cases * Config::default().cases.div_ceil(256),
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&strategy, test)
        .unwrap_or_else(|error| panic!("{error}"));
}
