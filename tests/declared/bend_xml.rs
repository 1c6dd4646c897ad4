//! Bending XML, in place: nothing else of the text changes.

use std::ops::Range;

use super::bend::Bend;
use super::source_file::{Member, Step};
use crate::support::xml::{children, named};

/// The text with the member bent wherever it is; none if it is nowhere.
pub fn bend(text: &str, wrapper: Option<&str>, member: &Member, bend: Bend) -> Option<String> {
    let root = children(text, 0..text.len()).ok()?;
    let mut structure = root.first()?.inner.clone();
    if let Some(wrapper) = wrapper {
        let inside = children(text, structure).ok()?;
        structure = named(&inside, wrapper)?.inner.clone();
    }
    let mut structures = Vec::new();
    find(text, structure, &member.path, &mut structures);

    let mut edits: Vec<(Range<usize>, &str)> = Vec::new();
    for structure in structures {
        let inside = children(text, structure).ok()?;
        let Some(element) = named(&inside, &member.wire) else {
            continue;
        };
        match bend {
            Bend::Remove => edits.push((element.outer.clone(), "")),
            Bend::Shorten => {
                let items = children(text, element.inner.clone()).ok()?;
                edits.extend(items.into_iter().last().map(|item| (item.outer, "")));
            }
            Bend::Replace => edits.push((element.inner.clone(), "not what was promised")),
        }
    }
    if edits.is_empty() {
        return None;
    }
    // From the end, so that the places before stay true.
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut bent = text.to_owned();
    for (range, instead) in edits {
        bent.replace_range(range, instead);
    }
    Some(bent)
}

/// Where the contents of the structures at the end of the path lie.
fn find(text: &str, within: Range<usize>, path: &[Step], found: &mut Vec<Range<usize>>) {
    let Some((step, rest)) = path.split_first() else {
        found.push(within);
        return;
    };
    let Ok(inside) = children(text, within) else {
        return;
    };
    for element in inside.iter().filter(|element| element.name == step.name) {
        if !step.into_list {
            find(text, element.inner.clone(), rest, found);
            continue;
        }
        let items = children(text, element.inner.clone()).unwrap_or_default();
        for item in items {
            find(text, item.inner, rest, found);
        }
    }
}

#[test]
fn only_the_member_changes() {
    let file = "{service: s, types: {T: {id: '{Name}', list: {call: L, items: A.B}, fields: {Size: int}}}}";
    let file = super::source_file::SourceFile::parse(file).expect("a source");
    let text = "<R xmlns='u'><LResult><A><B><member><Size>1</Size><Name>x</Name></member>\
                <member><Size/></member></B></A><Size>9</Size></LResult></R>";
    let without = "<R xmlns='u'><LResult><A><B><member><Name>x</Name></member>\
                   <member></member></B></A><Size>9</Size></LResult></R>";
    let size = &file.uses[0].members[0];
    let bent = bend(text, Some("LResult"), size, Bend::Remove);
    assert_eq!(bent.as_deref(), Some(without));
    assert_eq!(bend(text, None, size, Bend::Remove), None);
}
