//! A commented project file for an account that was looked at.

use std::collections::BTreeMap;

/// What was found in an account.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The accounts.
    pub accounts: Vec<String>,
    /// The day, `2026-12-31`.
    pub day: String,
    /// The regions that were looked at, unless it was every one that the account has enabled.
    pub looked_at: Option<Vec<String>>,
    /// How many of what was found, by region.
    pub regions: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// Regions in which something could not be read, so that they may hold something.
    pub doubtful: Vec<String>,
    /// Monthly cost budgets of the whole account: name, amount, unit.
    pub budgets: Vec<Budget>,
    /// What could not be read, a line each.
    pub unread: Vec<String>,
}

/// A budget that was found.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Its name.
    pub name: String,
    /// Its limit.
    pub amount: f64,
    /// Its currency.
    pub unit: String,
}

/// Texts from an account in a comment are cut after so many characters.
const COMMENT: usize = 160;

/// The text of the project file.
pub fn draft(found: &Found) -> String {
    let parts = [
        head(found),
        accounts(found),
        regions(found),
        "# What the report is about: every control of it, automated or not.\nframeworks: [launch-readiness]\n".to_owned(),
        "# Directories of your own rules and frameworks, from the directory of this file.\n# rules: [my-rules]\n".to_owned(),
        params(found),
        GATE.to_owned(),
        REST.to_owned(),
    ];
    parts.join("\n")
}

const GATE: &str = "\
# Findings of this severity or a higher one close the gate; what could not be read does, too.
gate:
  fail_on: high
  allow_unknown: false
";

const REST: &str = "\
# What people sign, such as \"somebody is on call\": `launchgate attest --list` shows what there is to
# sign, and `launchgate attest CONTROL --by NAME` writes it to this file.
# attestations: attestations.yaml

# The reports of `launchgate audit`, as --report takes them; these are the usual ones.
# reports: [junit=reports/junit.xml, markdown=reports/report.md, json=reports/findings.json]
";

fn head(found: &Found) -> String {
    let mut text = format!(
        "# What launchgate looks at, and when it closes the gate; flags override it.\n\
         # Written by `launchgate init` from what it found on {}. `launchgate schema --project` describes each key.\n",
        comment(&found.day)
    );
    if !found.unread.is_empty() {
        text.push_str("#\n# This could not be read, so that what follows may lack something:\n");
        for line in &found.unread {
            text.push_str(&format!("# - {}\n", comment(line)));
        }
    }
    text
}

fn accounts(found: &Found) -> String {
    let ids = found.accounts.iter().map(|id| format!("\"{id}\""));
    let ids: Vec<String> = ids.collect();
    format!(
        "# The only accounts that may be read: with credentials of another one, nothing is.\naccounts: [{}]\n",
        ids.join(", ")
    )
}

fn regions(found: &Found) -> String {
    let mut text =
        "# `all` reads every region that the account has enabled, which is the safer choice: what runs in a\n\
         # region that nobody thinks of costs as much.\n"
            .to_owned();
    let mut names: Vec<&str> = found.regions.keys().map(String::as_str).collect();
    for (region, counts) in &found.regions {
        let counts: Vec<String> = counts
            .iter()
            .map(|(what, count)| format!("{what}: {count}"))
            .collect();
        text.push_str(&format!("# {}: {}\n", comment(region), counts.join(", ")));
    }
    for region in &found.doubtful {
        if !names.contains(&region.as_str()) {
            names.push(region);
            let region = comment(region);
            text.push_str(&format!("# {region}: not all of it could be read\n"));
        }
    }
    names.sort_unstable();
    if names.is_empty() {
        text.push_str("# Nothing was found in any region yet.\n");
        let looked_at = found.looked_at.iter().flatten().map(String::as_str);
        names.extend(looked_at);
    }
    text.push_str(&match names.as_slice() {
        [] => "regions: all\n".to_owned(),
        some => format!("regions: [{}]\n", some.join(", ")),
    });
    text
}

fn params(found: &Found) -> String {
    let mut text = "# Parameters of rules. `launchgate rules vocabulary` lists those that rules share; one of a single rule is\n\
                    # written as rule.name, such as `rds-backup-retention.min_days: 14`.\nparams:\n"
        .to_owned();
    text.push_str("  # What the account may cost a month, in USD.\n");
    for budget in &found.budgets {
        let Budget { name, amount, unit } = budget;
        let (name, unit) = (comment(name), comment(unit));
        text.push_str(&format!("  # The budget \"{name}\" has {amount} {unit}.\n"));
    }
    let in_dollars = found.budgets.iter().filter(|budget| budget.unit == "USD");
    // Of several the smallest: it is the first to be overstepped.
    let smallest = in_dollars
        .map(|budget| budget.amount)
        .min_by(f64::total_cmp);
    text.push_str(&match smallest {
        Some(amount) => format!("  monthly_budget: {amount}\n"),
        None => "  # monthly_budget: 100\n".to_owned(),
    });
    text.push_str(
        "  # How many people use the product in a month. No API tells; it chooses the phase of growth, and what\n  \
         # asks for it is unknown until it is set.\n  # active_users: 50\n",
    );
    text.push_str(
        "  # The address that alarms and budgets should tell.\n  # alert_email: ops@example.com\n",
    );
    text
}

/// A text of the account for a comment: one line, whatever it holds.
fn comment(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let shown = text.chars().map(|c| if breaks(c) { ' ' } else { c });
    let mut shown: String = shown.take(COMMENT).collect();
    if text.chars().count() > COMMENT {
        shown.push('…');
    }
    shown
}
