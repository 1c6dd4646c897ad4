//! Types without a call of their own: one resource for each of another type.

use super::template::Template;

/// How the resources of such a type are made.
#[derive(Debug)]
pub struct Derived {
    /// The type whose resources they are made of.
    pub parent: &'static str,
    /// The id, where it is not the parent's.
    pub id: Option<Template>,
    /// The ARN, where it is not the parent's.
    pub arn: Option<Template>,
    /// Fields made of the parent's.
    pub add: Vec<(String, Template)>,
}

impl Derived {
    /// The templates of all that is made of the parent.
    pub fn templates(&self) -> Vec<&Template> {
        let added = self.add.iter().map(|(_, template)| template);
        self.id.iter().chain(&self.arn).chain(added).collect()
    }
}
