//! Escaping: text from an account, made harmless for what reads a report.
//!
//! First step of all: characters that are not seen but act (terminal controls, marks that turn the
//! direction of writing, invisible letters) are written out as `\u{1b}`. What is left is what a
//! reader sees, and each format then escapes its own syntax.

use std::borrow::Cow;

/// Whether a character acts without being seen, or is none at all.
///
/// The joiners U+200C and U+200D stay: several scripts and many emoji are not readable without them.
fn is_hidden(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || code & 0xfffe == 0xfffe
        || matches!(
            code,
            0xad | 0x61c | 0x180e | 0x200b | 0x200e | 0x200f | 0x2028..=0x202e | 0x2060..=0x206f
                | 0xfdd0..=0xfdef | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff
        )
}

/// A name on one line: newlines, tabs and hidden characters are written out.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    escape_where(text, is_hidden)
}

/// A sentence on one line: white space becomes one space, hidden characters are written out.
pub(super) fn sentence(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().map(one_line).collect();
    words.join(" ")
}

/// Text of several lines: newlines stay, other hidden characters are written out.
pub(super) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    escape_where(&text, |character| character != '\n' && is_hidden(character)).into_owned()
}

fn escape_where(text: &str, escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&escaped) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' if escaped(character) => result.extend(character.escape_default()),
            _ if escaped(character) => result.extend(character.escape_unicode()),
            _ => result.push(character),
        }
    }
    Cow::Owned(result)
}

/// The first `most` characters, with `…` in place of what was cut.
pub(super) fn clip(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// The content of a CDATA section, as a writer that escapes nothing must be given it: `]]>` is cut
/// in two and the cut bridged by a second section, so that a parser sees the very text.
pub(super) fn xml_cdata(text: &str) -> String {
    lines(text).replace("]]>", "]]]]><![CDATA[>")
}

/// JSON as it is, but for hidden characters, which are escaped: the value stays the same, and
/// nothing acts where the file is shown.
pub(super) fn json_ascii_hidden(json: &str) -> String {
    let mut result = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && is_hidden(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                result.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            result.push(character);
        }
    }
    result
}

/// Markdown: a name as a code span, in which GitHub makes no links, mentions, mathematics or emoji.
pub(super) fn md_code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    // A parser takes one space from either end, where both have one; and a backtick at an end
    // would lengthen the fence.
    let at_ends = |mark| (text.starts_with(mark), text.ends_with(mark));
    let (ticks, spaces) = (at_ends('`'), at_ends(' '));
    if ticks.0 || ticks.1 || (spaces.0 && spaces.1) {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Markdown: a link to where a rule says there is more to read, shown as it is. Anything but a plain
/// `https` address is code, as no name of the account is to become a link.
pub(super) fn md_link(url: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/#?=%+:".contains(&byte);
    if url.starts_with("https://") && url.bytes().all(plain) {
        format!("<{url}>")
    } else {
        md_code(url)
    }
}

/// Parts of a page in Markdown, a blank line between those that say something.
pub(super) fn md_page(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.trim_end())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n\n") + "\n"
}

/// Markdown: a sentence. Words that could mean something to Markdown or to GitHub become code spans,
/// as a backslash does not keep GitHub from mentioning `@somebody` or linking `#1` and addresses.
pub(super) fn md_prose(text: &str) -> String {
    let text = sentence(text);
    let words = text
        .split(' ')
        .enumerate()
        .map(|(index, word)| md_word(word, index == 0));
    words.collect::<Vec<_>>().join(" ")
}

fn md_word(word: &str, first: bool) -> String {
    if word == "&" {
        return "&amp;".to_owned();
    }
    let core = word.trim_start_matches(['(', '"', '\'']);
    let before = &word[..word.len() - core.len()];
    let core = core.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
    let after = &word[before.len() + core.len()..];
    if !is_plain(core) {
        return format!("{before}{}{after}", md_code(core));
    }
    if first && looks_like_a_list_mark(word) {
        let (head, last) = word.split_at(word.len() - 1);
        return format!("{head}\\{last}");
    }
    word.to_owned()
}

/// Whether a word, without the punctuation around it, is nothing but a word.
fn is_plain(word: &str) -> bool {
    let letters = |character: char| {
        character.is_alphanumeric()
            || !character.is_ascii()
            || ".,;'\"()!?%+=-/".contains(character)
    };
    let lower = word.to_ascii_lowercase();
    let numbered = word.as_bytes().windows(3).any(|three| {
        three[0].is_ascii_alphanumeric() && three[1] == b'-' && three[2].is_ascii_digit()
    });
    let path = word.contains('/') && !word.chars().all(|c| c.is_alphabetic() || c == '/');
    // `www.` is linked as it stands; so are the numbers of a tracker (`GH-26`), where one is set up.
    word.chars().all(letters) && !lower.contains("www.") && !numbered && !path
}

fn looks_like_a_list_mark(word: &str) -> bool {
    let (head, last) = word.split_at(word.len() - word.chars().last().map_or(0, char::len_utf8));
    let bullet = head.chars().all(|character| "-+=".contains(character)) && "-+=".contains(last);
    let number = !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_digit());
    !last.is_empty() && (bullet || number && (last == "." || last == ")"))
}

/// Markdown: a cell of a table, where a bar has to be escaped even in a code span.
pub(super) fn md_cell(text: &str) -> String {
    md_prose(text).replace('|', "\\|")
}

/// Markdown: a fenced block of several lines, indented to stand in a list.
pub(super) fn md_fenced(language: &str, text: &str, indent: &str) -> String {
    let text = lines(text);
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    let mut block = format!("{indent}{fence}{language}\n");
    for line in text.trim_end().split('\n') {
        block.push_str(format!("{indent}{line}").trim_end());
        block.push('\n');
    }
    block.push_str(&format!("{indent}{fence}\n"));
    block
}

fn longest_run(text: &str, wanted: char) -> usize {
    let runs = text.split(|character| character != wanted);
    runs.map(|run| run.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;
