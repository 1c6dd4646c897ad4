//! Tests of the escaping, over chosen texts and over many made by a small generator.

use super::*;

/// Pieces that mean something to XML, Markdown, GitHub, JSON or a terminal.
const PIECES: &[&str] = &[
    "<script>alert(1)</script>",
    "|",
    "*",
    "_",
    "`",
    "``",
    "```",
    "~~~",
    "\\",
    "\n",
    "\r",
    "\t",
    " ",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "&",
    "\"",
    "'",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{fffe}",
    "\u{7}",
    "\u{9b}",
    "\u{0}",
    "\u{1f389}",
    "\u{e0041}",
    "@octocat",
    "#1",
    "a@b.example",
    "www.example.com",
    "https://example.com",
    "[x](y)",
    "![x](y)",
    "$x$",
    ":tada:",
    "GH-26",
    "1.",
    "-",
    "+",
    "a",
    "é",
    "</details>",
    "<!--",
    "-->",
    "|---|",
    "\u{2028}",
    "word",
];

/// Texts made of the pieces: the same ones each time, many of them.
fn texts() -> impl Iterator<Item = String> {
    let mut state: u64 = 42;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    (0..5_000).map(move |_| {
        let length = next(7);
        (0..length).map(|_| PIECES[next(PIECES.len())]).collect()
    })
}

#[test]
fn nothing_hidden_is_left() {
    for text in texts() {
        assert!(!one_line(&text).contains(is_hidden), "{text:?}");
        assert!(!sentence(&text).contains(is_hidden), "{text:?}");
        assert!(!md_code(&text).contains(is_hidden), "{text:?}");
        assert!(!md_prose(&text).contains(is_hidden), "{text:?}");
        let lines = lines(&text);
        assert!(!lines.contains(|c| c != '\n' && is_hidden(c)), "{text:?}");
    }
}

#[test]
fn hidden_characters_are_written_out() {
    assert_eq!(
        one_line("a\u{1b}[31mb\u{202e}c\nd\u{9b}"),
        "a\\u{1b}[31mb\\u{202e}c\\nd\\u{9b}"
    );
    assert_eq!(
        one_line("\u{fffe}\u{1fffe}\u{feff}"),
        "\\u{fffe}\\u{1fffe}\\u{feff}"
    );
    assert_eq!(one_line("plain é 🎉 👩‍💻"), "plain é 🎉 👩‍💻");
    assert_eq!(sentence("  two\n words\u{7} "), "two words\\u{7}");
    assert_eq!(lines("a\r\nb\rc"), "a\nb\\rc");
}

#[test]
fn every_character_of_cdata_is_one_of_xml() {
    let allowed = |c: char| matches!(u32::from(c), 0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x1_0000..=0x10_ffff);
    for code in 0..=0x10_ffff_u32 {
        if let Some(character) = char::from_u32(code) {
            assert!(
                xml_cdata(&character.to_string()).chars().all(allowed),
                "{code:x}"
            );
            assert!(
                one_line(&character.to_string()).chars().all(allowed),
                "{code:x}"
            );
        }
    }
}

#[test]
fn cdata_cannot_be_closed_from_within() {
    for text in texts() {
        // What a parser does with the two sections: it puts them together again.
        let content = xml_cdata(&text).replace("]]><![CDATA[", "");
        assert_eq!(content, lines(&text));
        assert!(
            !xml_cdata(&text)
                .replace("]]><![CDATA[>", "")
                .contains("]]>"),
            "{text:?}"
        );
    }
}

#[test]
fn json_keeps_its_value() {
    for text in texts() {
        let written = json_ascii_hidden(&serde_json::to_string(&text).unwrap());
        assert!(!written.contains(is_hidden), "{text:?}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}

#[test]
fn a_code_span_ends_where_it_should() {
    assert_eq!(md_code("plain"), "`plain`");
    assert_eq!(md_code(""), "(empty)");
    assert_eq!(md_code("a`b"), "``a`b``");
    assert_eq!(md_code("`"), "`` ` ``");
    assert_eq!(md_code(" x "), "`  x  `");
    for text in texts().filter(|text| !text.is_empty()) {
        let span = md_code(&text);
        let fence = span.len() - span.trim_start_matches('`').len();
        let content = &span[fence..span.len() - fence];
        assert!(span.ends_with(&"`".repeat(fence)));
        assert!(longest_run(content, '`') < fence, "{text:?} as {span:?}");
        assert!(
            !content.starts_with('`') && !content.ends_with('`'),
            "{text:?} as {span:?}"
        );
    }
}

#[test]
fn words_stay_words() {
    for text in [
        "keeps 0 days of backups",
        "lets the internet reach SQL Server (port 22).",
        "it's 5% slower, is it? \"yes\"; no!",
        "reads and/or writes – naïve 日本語 🎉",
    ] {
        assert_eq!(md_prose(text), text);
    }
    assert_eq!(md_prose("R & D"), "R &amp; D");
}

#[test]
fn what_could_act_is_code() {
    assert_eq!(md_prose("ask @octocat, see #1"), "ask `@octocat`, see `#1`");
    assert_eq!(md_prose("(https://a.example)."), "(`https://a.example`).");
    assert_eq!(
        md_prose("www.a.example GH-26 a_b $x$"),
        "`www.a.example` `GH-26` `a_b` `$x$`"
    );
    assert_eq!(md_prose("open to 0.0.0.0/0"), "open to `0.0.0.0/0`");
    assert_eq!(md_prose("<b>x</b> | &lt;"), "`<b>x</b>` `|` `&lt`;");
    assert_eq!(md_prose("1. one"), "1\\. one");
    assert_eq!(md_prose("- one 1."), "\\- one 1.");
}

/// Outside of code spans a sentence has no character with which Markdown or GitHub begins anything.
#[test]
fn nothing_acts_outside_of_code() {
    for text in texts() {
        let prose = md_prose(&text);
        let outside = outside_of_code(&prose).replace("&amp;", "");
        let acting = outside.find([
            '<', '>', '|', '*', '_', '`', '[', ']', '@', '#', '$', '&', '~',
        ]);
        assert_eq!(acting, None, "{text:?} as {prose:?}");
        assert!(!outside.contains("www."), "{text:?} as {prose:?}");
        assert!(!outside.contains("://"), "{text:?} as {prose:?}");
        let start = outside.trim_start();
        assert!(
            !["- ", "+ ", "1. "]
                .iter()
                .any(|mark| start.starts_with(mark)),
            "{prose:?}"
        );
    }
}

/// The text without its code spans, found as CommonMark finds them.
fn outside_of_code(text: &str) -> String {
    let mut outside = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        outside.push_str(&rest[..start]);
        let after = rest[start..].trim_start_matches('`');
        let fence = rest.len() - start - after.len();
        let Some(end) = closing(after, fence) else {
            return outside + &rest[start..];
        };
        outside.push('x');
        rest = &after[end + fence..];
    }
    outside + rest
}

/// Where the first run of exactly `length` backticks begins.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}

#[test]
fn a_fence_is_longer_than_its_content() {
    assert_eq!(
        md_fenced("sh", "a\n```\nb\n", "  "),
        "  ````sh\n  a\n  ```\n  b\n  ````\n"
    );
    for text in texts() {
        let block = md_fenced("sh", &text, "  ");
        let mut lines: Vec<&str> = block.trim_end().split('\n').collect();
        let fence = lines.pop().unwrap_or_default().trim();
        assert!(!fence.is_empty() && fence.chars().all(|c| c == '`'));
        assert!(
            lines[1..].iter().all(|line| !line.contains(fence)),
            "{text:?}"
        );
    }
}

#[test]
fn only_plain_addresses_are_linked() {
    assert_eq!(
        md_link("https://docs.example/a_b#c"),
        "<https://docs.example/a_b#c>"
    );
    assert_eq!(
        md_link("https://a.example/> @octocat"),
        "`https://a.example/> @octocat`"
    );
    assert_eq!(md_link("javascript:alert(1)"), "`javascript:alert(1)`");
}

#[test]
fn a_bar_does_not_end_a_cell() {
    assert_eq!(md_cell("a|b | c"), "`a\\|b` `\\|` c");
}

#[test]
fn long_text_is_clipped_at_a_character() {
    assert_eq!(clip("naïve", 3), "naï…");
    assert_eq!(clip("naïve", 5), "naïve");
}
