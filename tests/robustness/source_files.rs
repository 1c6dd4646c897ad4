//! Source files that nobody should write.

use std::sync::{Arc, LazyLock};

use launchgate::collect;
use launchgate::diagnostic::{Diagnostic, SourceFile, render, to_json};
use launchgate::rule::{Origin, bundled};
use launchgate::source::SourceSet;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::garbling::{changes, garbled, holds};

static BUNDLE: LazyLock<Vec<Arc<SourceFile>>> = LazyLock::new(|| {
    let files = bundled().into_iter();
    let sources = files.filter(|(origin, _)| *origin == Origin::Source);
    sources.map(|(_, file)| file).collect()
});

/// Loads a file and checks it beside the bundle. Whatever is wrong can be shown.
fn read(name: &str, text: &str) -> Vec<Diagnostic> {
    let mut set = SourceSet::default();
    for file in BUNDLE.iter() {
        set.add(file);
    }
    let file = SourceFile::new(name, text.to_owned());
    set.add(&file);
    let sources = set.finish();
    let schema = collect::schema(&sources);
    let mistakes = sources.check([&file], &schema);
    render(&mistakes, false);
    to_json(&mistakes);
    mistakes
}

#[test]
fn the_bundled_sources_are_sound() {
    for file in BUNDLE.iter() {
        assert_eq!(read(&file.name, &file.text), [], "{}", file.name);
    }
}

#[test]
fn any_text_is_loaded_or_refused() {
    holds(128, any::<String>(), |text| {
        read("things.yaml", &text);
        Ok(())
    });
}

#[test]
fn a_garbled_source_is_loaded_or_refused() {
    holds(192, (any::<Index>(), changes()), |(file, changes)| {
        let file = file.get(&BUNDLE);
        let name = file.name.rsplit('/').next().unwrap_or_default();
        read(name, &garbled(&file.text, &changes));
        Ok(())
    });
}

#[test]
fn a_source_cut_short_anywhere_is_loaded_or_refused() {
    let sts = BUNDLE.iter().find(|file| file.name.ends_with("sts.yaml"));
    let text = &sts.expect("the bundle has sts").text;
    for (cut, _) in text.char_indices() {
        read("sts.yaml", &text[..cut]);
    }
}
