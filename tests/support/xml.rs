//! Where the elements of an XML text lie, so that it can be cut without being written anew.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// One element: its name, all of it, and what lies between its tags.
#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    pub outer: Range<usize>,
    pub inner: Range<usize>,
}

/// The elements directly inside `within`, a range of `text` that holds whole elements.
pub fn children(text: &str, within: Range<usize>) -> Result<Vec<Element>, String> {
    let base = within.start;
    let fragment = text
        .get(within)
        .ok_or("a range that is not part of the text")?;
    let mut reader = Reader::from_str(fragment);
    let mut found = Vec::new();
    let mut open: Option<Element> = None;
    let mut depth = 0_usize;
    loop {
        let start = position(&reader, base)?;
        let event = reader.read_event().map_err(|e| e.to_string())?;
        let end = position(&reader, base)?;
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    open = Some(element(&tag, start..end, end..end));
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth
                    .checked_sub(1)
                    .ok_or("an end tag without a start tag")?;
                if depth == 0
                    && let Some(mut done) = open.take()
                {
                    done.inner.end = start;
                    done.outer.end = end;
                    found.push(done);
                }
            }
            Event::Empty(tag) if depth == 0 => found.push(element(&tag, start..end, end..end)),
            Event::Eof if depth == 0 => return Ok(found),
            Event::Eof => return Err("the text ends inside an element".to_owned()),
            _ => {}
        }
    }
}

/// The first of `elements` with that name.
pub fn named<'a>(elements: &'a [Element], name: &str) -> Option<&'a Element> {
    elements.iter().find(|e| e.name == name)
}

fn element(tag: &BytesStart<'_>, outer: Range<usize>, inner: Range<usize>) -> Element {
    let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
    Element { name, outer, inner }
}

fn position(reader: &Reader<&[u8]>, base: usize) -> Result<usize, String> {
    usize::try_from(reader.buffer_position())
        .map(|at| base + at)
        .map_err(|e| e.to_string())
}
