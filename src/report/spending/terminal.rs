//! Where the money goes, on a terminal.

use std::io::Write;

use super::super::ReportError;
use super::super::page::{Page, Style, ansi};
use super::super::text::{clip, one_line, sentence};
use super::{DAYS, dearest, not_read};
use crate::finding::{Subject, counted};
use crate::readiness::{AccountSpending, Answer, Costs, Culprit, Money, Rises, Spending};

/// Characters shown of a line.
const SHOWN: usize = 400;
/// Items shown of a list.
const ITEMS: usize = 10;

/// Writes it.
///
/// # Errors
/// When `out` does not take it.
pub fn write(spending: &Spending, out: &mut dyn Write, style: Style) -> Result<(), ReportError> {
    let mut page = Page::new(style);
    for account in &spending.accounts {
        page.account(account);
    }
    page.heading("The usual culprits");
    for culprit in &spending.culprits {
        page.culprit(culprit);
    }
    page.heading("Quick fixes");
    for fix in &spending.quick_fixes {
        page.item(fix);
    }
    out.write_all(page.text.as_bytes())?;
    Ok(())
}

fn short(text: &str) -> String {
    clip(&sentence(text), SHOWN).into_owned()
}

impl Page {
    fn account(&mut self, account: &AccountSpending) {
        let costs = &account.costs;
        self.heading(&format!("Costs of account {}", costs.account));
        for gap in &costs.gaps {
            let told = self.paint(ansi::YELLOW, "not known");
            self.item(&format!("{told}: {}", short(&gap.told())));
        }
        for check in &costs.checks {
            let color = match check.answer {
                Answer::Within => ansi::DIM,
                Answer::Over => ansi::BOLD_RED,
                Answer::Below | Answer::CannotTell => ansi::YELLOW,
            };
            let answer = self.paint(color, check.answer.name());
            self.item(&format!(
                "{}: {answer}: {}",
                check.question,
                short(&check.text)
            ));
        }
        if let Some(rest) = costs.forecast {
            self.item(&format!(
                "forecast of today and the rest of the month: {}",
                costs.told(rest)
            ));
        }
        self.text.push('\n');
        self.services(costs);
        self.days(costs);
        self.rises(account);
    }

    fn services(&mut self, costs: &Costs) {
        if costs.services.is_empty() {
            return;
        }
        self.heading(&format!(
            "By service, over {}",
            counted(costs.days.len(), "day")
        ));
        for service in costs.services.iter().take(ITEMS) {
            let amount = costs.told(service.amount);
            self.line(&format!("  {amount:>14}  {}", short(&service.service)));
        }
        self.hidden(costs.services.len(), ITEMS);
        let total: Money = costs.days.iter().map(|day| day.total).sum();
        let total = format!("  {:>14}  all", costs.told(total));
        let total = self.paint(ansi::BOLD, &total);
        self.line(&total);
        self.text.push('\n');
    }

    fn days(&mut self, costs: &Costs) {
        if costs.days.is_empty() {
            return;
        }
        let shown = costs.days.len().min(DAYS);
        self.heading(&format!("By day, the last {shown}"));
        let highest = costs
            .days
            .iter()
            .map(|day| day.total.as_f64())
            .fold(0.0, f64::max);
        for day in &costs.days[costs.days.len() - shown..] {
            let mark = if day.estimated { "~" } else { " " };
            let most = dearest(day).map_or(String::new(), |(service, amount)| {
                format!("most of it {} {}", short(service), costs.told(amount))
            });
            let amount = costs.told(day.total);
            let bar = bar(day.total.as_f64(), highest);
            self.line(&format!(
                "  {}{mark} {amount:>12} {bar:<12} {most}",
                one_line(&day.date)
            ));
        }
        if costs.days.iter().any(|day| day.estimated) {
            self.wrapped(2, "~ may still change", Some(ansi::DIM));
        }
        self.text.push('\n');
    }

    fn rises(&mut self, account: &AccountSpending) {
        self.heading("The steepest rises, the last seven whole days against the seven before");
        match (&account.rises, &account.no_rises) {
            (Some(rises), _) => self.told_rises(&account.costs, rises),
            (None, Some(why)) => self.item(&short(why)),
            (None, None) => {}
        }
        self.text.push('\n');
    }

    fn told_rises(&mut self, costs: &Costs, rises: &Rises) {
        let all = &rises.total;
        let (before, after) = (costs.told(all.before), costs.told(all.after));
        self.item(&format!(
            "all services: {before}, then {after}: {}",
            all.told(costs)
        ));
        for rise in rises.services.iter().take(ITEMS) {
            let (before, after) = (costs.told(rise.before), costs.told(rise.after));
            let name = short(&rise.service);
            self.item(&format!(
                "{name}: {before}, then {after}: {}",
                rise.told(costs)
            ));
        }
        self.hidden(rises.services.len(), ITEMS);
        if rises.services.is_empty() {
            self.item("no service cost more");
        }
    }

    fn culprit(&mut self, culprit: &Culprit) {
        self.line(&format!("  {}", self.paint(ansi::BOLD, culprit.title)));
        for suspect in culprit.suspects.iter().take(ITEMS) {
            let mark = if suspect.worry {
                self.paint(ansi::RED, "look here: ")
            } else {
                String::new()
            };
            self.item(&format!(
                "{mark}{}: {}",
                short(&place(&suspect.resource)),
                short(&suspect.text)
            ));
        }
        self.hidden(culprit.suspects.len(), ITEMS);
        for unknown in &culprit.unread {
            let told = self.paint(ansi::YELLOW, "not read");
            let text = not_read(unknown);
            self.item(&format!("{told}: {}", short(&text)));
        }
        if culprit.suspects.is_empty() && culprit.unread.is_empty() {
            self.item("there is none in the regions that were read");
        }
        self.wrapped(4, &format!("look for {}", culprit.look), Some(ansi::DIM));
        self.wrapped(4, &format!("fix: {}", culprit.fix), Some(ansi::DIM));
        self.text.push('\n');
    }
}

/// A resource and its region.
fn place(resource: &Subject) -> String {
    format!("{} ({})", resource.id, resource.region)
}

/// A bar of up to twelve signs; at least one for any cost.
fn bar(amount: f64, highest: f64) -> String {
    let mut bar = String::new();
    let mut step = 0.0;
    while amount > 0.0 && step < amount && bar.chars().count() < 12 {
        bar.push('█');
        step += highest / 12.0;
    }
    bar
}
