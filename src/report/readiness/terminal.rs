//! The readiness report on a terminal: the verdict first, why, and the checklist.

use std::io::Write;

use super::super::ReportError;
use super::super::page::{Page, Style, ansi, names, wrap};
use super::super::text::{clip, one_line, sentence};
use crate::finding::{Status, counted};
use crate::readiness::{
    Answer, Costs, Coverage, Item, Measurement, Readiness, State, Verdict, Watch,
};

/// Characters shown of a line of why.
const WHY: usize = 300;
/// Where what is said of a control begins.
const WHY_INDENT: usize = 23;
/// Items shown of a list.
const SHOWN: usize = 8;

/// Writes it.
///
/// # Errors
/// When `out` does not take it.
pub fn write(readiness: &Readiness, out: &mut dyn Write, style: Style) -> Result<(), ReportError> {
    let mut page = Page::new(style);
    page.answer(readiness);
    page.checklist(readiness);
    page.worries(readiness);
    page.coverage(readiness);
    page.money(readiness);
    page.savings(readiness);
    page.unread(readiness);
    page.tail(readiness);
    out.write_all(page.text.as_bytes())?;
    Ok(())
}

/// Text of an account in one line, not too long.
fn short(text: &str) -> String {
    clip(&sentence(text), WHY).into_owned()
}

impl Page {
    fn answer(&mut self, readiness: &Readiness) {
        let (verdict, color) = match readiness.verdict {
            verdict @ Verdict::Ready => (verdict, ansi::BOLD_GREEN),
            verdict @ Verdict::NotReady => (verdict, ansi::BOLD_RED),
            verdict => (verdict, ansi::BOLD_YELLOW),
        };
        let line = self.paint(color, verdict.name());
        self.line(&line);
        self.wrapped(0, verdict.meaning(), None);
        for reason in &readiness.reasons {
            self.item(&short(&reason.text));
        }
        self.text.push('\n');
    }

    fn checklist(&mut self, readiness: &Readiness) {
        for section in &readiness.checklist {
            self.heading(&section.title);
            for item in &section.items {
                self.check(item);
            }
            self.text.push('\n');
        }
    }

    fn check(&mut self, item: &Item) {
        let label = format!("{} {:<18}", item.state.symbol(), item.state.name());
        let label = self.paint(color_of(item), &label);
        let title = format!("{} [{}]", short(&item.title), one_line(&item.control));
        let lines = wrap(&title, self.style.width.saturating_sub(WHY_INDENT));
        let mut before = format!("  {label} ");
        for line in lines {
            self.line(&format!("{before}{line}"));
            before = " ".repeat(WHY_INDENT);
        }
        let told = !matches!(item.state, State::Met | State::NothingToLookAt);
        if told && !item.why.is_empty() {
            self.wrapped(WHY_INDENT, &short(&item.why), Some(ansi::DIM));
        }
    }

    fn worries(&mut self, readiness: &Readiness) {
        if readiness.measurements.is_empty() {
            return;
        }
        self.heading("Measured");
        let is = |status| move |measurement: &&Measurement| measurement.status == status;
        let (calm, rest): (Vec<_>, Vec<_>) =
            readiness.measurements.iter().partition(is(Status::Pass));
        // Nothing measured is no good news.
        let (empty, told): (Vec<_>, Vec<_>) = rest.into_iter().partition(is(Status::NotApplicable));
        for measurement in told.iter().take(SHOWN) {
            let resource = &measurement.resource;
            let name = resource.name.as_ref().unwrap_or(&resource.id);
            self.item(&short(&format!("{name}: {}", measurement.message)));
        }
        self.hidden(told.len(), SHOWN);
        for (count, what) in [
            (calm.len(), "no reason to worry"),
            (empty.len(), "without enough data to tell"),
        ] {
            if count > 0 {
                let line = format!("{} {what}", counted(count, "measurement"));
                self.wrapped(2, &line, Some(ansi::DIM));
            }
        }
        self.text.push('\n');
    }

    fn coverage(&mut self, readiness: &Readiness) {
        if readiness.coverage.is_empty() {
            return;
        }
        self.heading("Watched by alarms");
        for matrix in &readiness.coverage {
            self.matrix(matrix);
        }
        self.text.push('\n');
    }

    fn matrix(&mut self, matrix: &Coverage) {
        let cells = || matrix.rows.iter().flat_map(|row| &row.cells).flatten();
        let count = |watch: Watch| cells().filter(|cell| cell.watch == watch).count();
        let all = cells().count() - count(Watch::NotApplicable);
        let signals = names(matrix.signals.iter().map(String::as_str));
        let mut text = format!(
            "{}: {} of {} watched ({signals})",
            one_line(&matrix.resource_type),
            count(Watch::Watched),
            counted(all, "signal"),
        );
        if matrix.rows.is_empty() {
            text = format!("{}: none found", one_line(&matrix.resource_type));
        }
        let unknown = count(Watch::Unknown);
        if unknown > 0 {
            text.push_str(&format!(", {unknown} unknown"));
        }
        self.item(&text);
    }

    fn money(&mut self, readiness: &Readiness) {
        for costs in &readiness.costs {
            self.heading(&account_heading("Costs", readiness, costs));
            for check in &costs.checks {
                let color = match check.answer {
                    Answer::Within => ansi::DIM,
                    Answer::Over => ansi::RED,
                    Answer::Below | Answer::CannotTell => ansi::YELLOW,
                };
                let answer = self.paint(color, check.answer.name());
                self.item(&format!(
                    "{}: {answer}: {}",
                    check.question,
                    short(&check.text)
                ));
            }
            for gap in &costs.gaps {
                self.item(&short(&gap.told()));
            }
            let services = costs.services.iter().take(SHOWN);
            let dearest: Vec<String> = services
                .map(|service| {
                    format!("{} {}", short(&service.service), costs.told(service.amount))
                })
                .collect();
            if !dearest.is_empty() {
                let text = format!("{} days: {}", costs.days.len(), dearest.join(", "));
                self.item(&text);
            }
            self.text.push('\n');
        }
    }

    fn savings(&mut self, readiness: &Readiness) {
        let options = &readiness.options.options;
        if options.is_empty() {
            return;
        }
        let total = readiness.options.total.told("USD");
        self.heading(&format!("Could save about {total} a month"));
        for option in options.iter().take(SHOWN) {
            let resource = &option.resource;
            let name = resource.name.as_ref().unwrap_or(&resource.id);
            let saving = option.saving.told("USD");
            self.item(&short(&format!("{saving}: {name}: {}", option.advice)));
        }
        self.hidden(options.len(), SHOWN);
        let prices = format!("estimated by {}", short(&readiness.options.prices));
        self.wrapped(2, &prices, Some(ansi::DIM));
        self.text.push('\n');
    }

    fn unread(&mut self, readiness: &Readiness) {
        if readiness.unread.is_empty() {
            return;
        }
        self.heading("Could not be read, which is no pass");
        for unread in readiness.unread.iter().take(SHOWN) {
            let needs = match &unread.iam_action {
                Some(action) => format!("allow {action}"),
                None => unread.message.clone(),
            };
            let findings = counted(unread.findings, "finding");
            let text = format!("{} {}: {needs} ({findings})", unread.operation, unread.code);
            self.item(&short(&text));
        }
        self.hidden(readiness.unread.len(), SHOWN);
        self.text.push('\n');
    }

    fn tail(&mut self, readiness: &Readiness) {
        let about = &readiness.about;
        let text = format!(
            "Looked at account {}, region {}, with {}.",
            names(about.accounts.iter().map(String::as_str)),
            names(about.regions.iter().map(String::as_str)),
            counted(about.rules, "rule")
        );
        self.wrapped(0, &text, Some(ansi::DIM));
    }
}

fn color_of(item: &Item) -> &'static str {
    match item.state {
        State::NotMet => ansi::BOLD_RED,
        State::CannotTell | State::ToImprove | State::RiskAccepted => ansi::YELLOW,
        State::ToBeAttested => ansi::BLUE,
        State::Met | State::Attested => ansi::BOLD_GREEN,
        State::NothingToLookAt | State::NotAutomated => ansi::DIM,
    }
}

/// The account is named only where there are several.
fn account_heading(title: &str, readiness: &Readiness, costs: &Costs) -> String {
    if readiness.costs.len() > 1 {
        format!("{title} of account {}", costs.account)
    } else {
        title.to_owned()
    }
}
