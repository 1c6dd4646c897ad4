//! Small parts: text of an account, states, tables that may be wide.

use std::borrow::Cow;

use maud::{Markup, html};

use super::super::super::text::{clip, one_line};
use super::super::named;
use crate::finding::{Status, Subject};
use crate::readiness::{State, Watch};

/// Characters shown of a name or sentence.
const SHOWN: usize = 400;
/// Names shown in a line.
const NAMES: usize = 20;

/// Text of an account: hidden characters written out, clipped, and its direction kept to itself.
pub(super) fn text(text: &str) -> Markup {
    html! { bdi { (plain(text)) } }
}

/// The same where no element may stand: attributes, titles of drawings.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    match clip(text, SHOWN) {
        Cow::Borrowed(text) => one_line(text),
        Cow::Owned(text) => Cow::Owned(one_line(&text).into_owned()),
    }
}

/// Names in a line.
pub(super) fn list(names: &[String]) -> Markup {
    let more = names.len().saturating_sub(NAMES);
    html! {
        @if names.is_empty() { "none" }
        @for (index, name) in names.iter().take(NAMES).enumerate() {
            @if index > 0 { ", " }
            (text(name))
        }
        @if more > 0 { " and " (more) " more" }
    }
}

/// A resource: its id, and where it is.
pub(super) fn resource(resource: &Subject) -> Markup {
    text(&named(resource))
}

/// A table that is scrolled where it is too wide, also with the keyboard.
pub(super) fn scroll(label: &str, table: Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(plain(label)) tabindex="0" { (table) } }
}

/// Long tables are closed until they are opened; on paper they are open.
pub(super) fn folded(rows: usize, most: usize, summary: &str, table: Markup) -> Markup {
    html! {
        @if rows > most { details { summary { (summary) } (table) } } @else { (table) }
    }
}

fn tag(class: &str, symbol: &str, word: &str) -> Markup {
    html! { span class={ "tag " (class) "-tag" } { span aria-hidden="true" { (symbol) " " } (word) } }
}

fn class(state: State) -> &'static str {
    match state {
        State::NotMet => "bad",
        State::CannotTell | State::ToImprove | State::RiskAccepted => "warn",
        State::ToBeAttested => "wait",
        State::Attested | State::Met => "good",
        State::NothingToLookAt | State::NotAutomated => "dull",
    }
}

/// A state as symbol and word.
pub(super) fn state(state: State) -> Markup {
    tag(class(state), state.symbol(), state.name())
}

/// A state and how many controls have it.
pub(super) fn counted_state(state: State, count: usize) -> Markup {
    tag(
        class(state),
        state.symbol(),
        &format!("{count} {}", state.name()),
    )
}

/// Whether a signal is watched, as symbol and word.
pub(super) fn watch(watch: Watch) -> Markup {
    let class = match watch {
        Watch::NotWatched => "bad",
        Watch::Unknown | Watch::RiskAccepted => "warn",
        Watch::Watched => "good",
        Watch::NotApplicable => "dull",
    };
    tag(class, watch.symbol(), watch.name())
}

/// A finding's status as symbol and word.
pub(super) fn status(status: Status) -> Markup {
    let (class, symbol) = match status {
        Status::Fail => ("bad", "✗"),
        Status::Unknown => ("warn", "?"),
        Status::Manual => ("wait", "☐"),
        Status::Waived => ("warn", "!"),
        Status::Pass => ("good", "✓"),
        Status::NotApplicable => ("dull", "–"),
    };
    tag(class, symbol, &status.name().replace('_', " "))
}

/// An answer about money as symbol and word.
pub(super) fn answer(answer: crate::readiness::Answer) -> Markup {
    use crate::readiness::Answer;
    let (class, symbol) = match answer {
        Answer::Within => ("good", "✓"),
        Answer::Over => ("bad", "✗"),
        Answer::Below => ("dull", "↓"),
        Answer::CannotTell => ("warn", "?"),
    };
    tag(class, symbol, answer.name())
}
