//! An object's names and values, kept sorted so that a look-up needs no hash table.

use super::{Fact, Name};

/// The same elements without room for more. A new allocation on purpose: allocators leave a block
/// that shrinks by less than half as large as it was, which adds up over a million objects.
pub(super) fn exact<T>(mut elements: Vec<T>) -> Vec<T> {
    if elements.capacity() == elements.len() {
        return elements;
    }
    let mut exact = Vec::with_capacity(elements.len());
    exact.append(&mut elements);
    exact
}

/// Named values, sorted by name, each name once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(Name, Fact)>);

impl Object {
    /// An object from entries in any order; of two with one name the later stays.
    pub fn new(mut entries: Vec<(Name, Fact)>) -> Self {
        entries.sort_by(|left, right| left.0.cmp(&right.0));
        entries.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        Self(exact(entries))
    }

    /// The value of `name`, if it is there.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        let position = self.0.binary_search_by(|(key, _)| (**key).cmp(name)).ok()?;
        Some(&self.0[position].1)
    }

    /// Puts a value in, replacing one of the same name.
    pub fn insert(&mut self, name: Name, fact: Fact) {
        match self.0.binary_search_by(|(key, _)| key.cmp(&name)) {
            Ok(position) => self.0[position].1 = fact,
            Err(position) => self.0.insert(position, (name, fact)),
        }
    }

    /// The entries, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Fact)> {
        self.0.iter().map(|(name, fact)| (name, fact))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Name, Fact)> for Object {
    fn from_iter<I: IntoIterator<Item = (Name, Fact)>>(entries: I) -> Self {
        Self::new(entries.into_iter().collect())
    }
}
