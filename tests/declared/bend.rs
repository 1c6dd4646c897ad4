//! Answers of the right form that are not what their service promises.

use super::source_file::{Member, SourceFile, Use};
use super::trouble::Trouble;
use super::{bend_json, bend_xml};
use crate::support::answer::Answer;
use crate::support::call::Protocol;

/// How the answers of one operation can be bent.
pub struct Bends<'f> {
    pub file: &'f SourceFile,
    pub operation: &'f str,
    pub protocol: Protocol,
}

/// What is done to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    Remove,
    /// Something of another type in its place.
    Replace,
    /// Its last element is taken out.
    Shorten,
}

impl Bends<'_> {
    /// The answer bent, in every structure of it; none if there is nothing to bend, as in an error.
    pub fn bent(&self, answer: &Answer, trouble: Trouble) -> Option<Answer> {
        let text = std::str::from_utf8(&answer.body).ok()?;
        if !answer.head.status.is_success() || text.is_empty() {
            return None;
        }
        let mut bent = text.to_owned();
        for call in self.file.uses_of(self.operation) {
            bent = self.bend(&bent, call, trouble).unwrap_or(bent);
        }
        (bent != text).then(|| answer.clone().with_body(bent))
    }

    /// The answer with the first member bent that can be.
    fn bend(&self, text: &str, call: &Use, trouble: Trouble) -> Option<String> {
        let json = matches!(self.protocol, Protocol::AwsJson | Protocol::RestJson);
        let (bend, members) = match trouble {
            Trouble::MissingMember => (Bend::Remove, promised(call)),
            Trouble::OtherType if json => (Bend::Replace, typed(call)),
            Trouble::OtherType => (Bend::Replace, parsed(call)),
            Trouble::Unmentioned => (Bend::Shorten, call.batch.iter().collect()),
            _ => return None,
        };
        let mut bent = members.into_iter().filter_map(|member| {
            if json {
                bend_json::bend(text, member, bend)
            } else {
                let operation = self.operation.split(':').next_back()?;
                let wrapped = self.protocol == Protocol::AwsQuery;
                let wrapper = wrapped.then(|| format!("{operation}Result"));
                bend_xml::bend(text, wrapper.as_deref(), member, bend)
            }
        });
        bent.next()
    }
}

/// Members that are in every answer. Those that identify a resource come last: without them
/// nothing else of the call can be seen.
fn promised(call: &Use) -> Vec<&Member> {
    let all = call.members.iter();
    let mut promised: Vec<&Member> = all
        .filter(|m| !m.optional && !m.may_be_empty() && !m.is_free() && !m.attribute)
        .collect();
    promised.sort_by_key(|member| (call.identifies(member), member.depth));
    promised
}

/// Members for which not every JSON will do.
fn typed(call: &Use) -> Vec<&Member> {
    let all = call.members.iter();
    let mut typed: Vec<&Member> = all.filter(|member| !member.is_free()).collect();
    typed.sort_by_key(|member| (call.identifies(member), member.depth));
    typed
}

/// Members for which not every text will do.
fn parsed(call: &Use) -> Vec<&Member> {
    let all = call.members.iter();
    let mut parsed: Vec<&Member> = all
        .filter(|member| member.is_parsed() && !member.attribute)
        .collect();
    parsed.sort_by_key(|member| member.depth);
    parsed
}
