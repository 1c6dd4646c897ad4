//! Where the money goes, in Markdown.

use std::io::Write;

use super::super::ReportError;
use super::super::markdown::prose;
use super::super::readiness::markdown::{Table, cell, costs};
use super::super::text::md_page;
use super::not_read;
use crate::readiness::{AccountSpending, Culprit, Rises, Spending};

/// Writes it as Markdown.
///
/// # Errors
/// When `out` does not take it.
pub fn write(spending: &Spending, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut parts: Vec<String> = spending.accounts.iter().map(account).collect();
    parts.push("## The usual culprits".to_owned());
    parts.extend(spending.culprits.iter().map(culprit));
    let fixes = spending.quick_fixes.iter();
    let fixes: String = fixes.map(|fix| format!("- {}\n", prose(fix))).collect();
    parts.push(format!("## Quick fixes\n\n{fixes}"));
    out.write_all(md_page(&parts).as_bytes())?;
    Ok(())
}

fn account(account: &AccountSpending) -> String {
    let told = match (&account.rises, &account.no_rises) {
        (Some(found), _) => rises(account, found),
        (None, Some(why)) => prose(why),
        (None, None) => String::new(),
    };
    format!(
        "# Costs of account {}\n\n{}\n\n## The steepest rises\n\n{told}",
        prose(&account.costs.account),
        costs::of_account(&account.costs)
    )
}

fn rises(account: &AccountSpending, rises: &Rises) -> String {
    let costs = &account.costs;
    let [before, after] = [&rises.before, &rises.after].map(|[from, to]| format!("{from} to {to}"));
    let mut table = Table::new(&["Service", &before, &after, "Change"], &[1, 2, 3]);
    for rise in rises.services.iter().chain([&rises.total]) {
        table.row([
            cell(&rise.service),
            cell(&costs.told(rise.before)),
            cell(&costs.told(rise.after)),
            cell(&rise.told(costs)),
        ]);
    }
    table.finish()
}

fn culprit(culprit: &Culprit) -> String {
    let mut parts = vec![format!("### {}", culprit.title)];
    if !culprit.suspects.is_empty() {
        let mut table = Table::new(&["", "Resource", "Region", "Measured"], &[]);
        for suspect in &culprit.suspects {
            let mark = if suspect.worry { "**look here**" } else { "" };
            table.row([
                mark.to_owned(),
                cell(&suspect.resource.id),
                cell(&suspect.resource.region),
                cell(&suspect.text),
            ]);
        }
        parts.push(table.finish());
    } else if culprit.unread.is_empty() {
        parts.push("There is none in the regions that were read.".to_owned());
    }
    let unread = culprit
        .unread
        .iter()
        .map(|unknown| format!("- Not read: {}\n", prose(&not_read(unknown))));
    parts.push(unread.collect());
    parts.push(format!(
        "Look for {}. Fix: {}.",
        prose(culprit.look),
        prose(culprit.fix)
    ));
    md_page(&parts)
}
