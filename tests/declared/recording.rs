//! What a service was asked in a run without faults, and what it answered.

use super::asked::Asked;
use crate::support::answer::Answer;

/// The exchanges of one run, in their order.
#[derive(Clone, Default)]
pub struct Recording(pub Vec<(Asked, Answer)>);

impl Recording {
    /// The answer to this request.
    pub fn answer(&self, asked: &Asked) -> Option<&Answer> {
        let mut exchanges = self.0.iter();
        let (_, answer) = exchanges.find(|(recorded, _)| recorded == asked)?;
        Some(answer)
    }

    /// The answer to a request about these resources and more: what depends on which were found is
    /// asked otherwise when not all were.
    pub fn answer_about_more(&self, asked: &Asked) -> Option<&Answer> {
        let mut exchanges = self.0.iter();
        let (_, answer) = exchanges.find(|(recorded, _)| asked.is_part_of(recorded))?;
        Some(answer)
    }

    pub fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.0.iter().map(|(asked, _)| asked)
    }
}
