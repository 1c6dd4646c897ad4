//! `launchgate init`: look at an account and write a commented project file for it.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use super::args::InitArgs;
use super::collect::read_plan;
use super::demo;
use super::error::CliError;
use super::exit::Exit;
use super::output::{self, Access, print};
use super::run::read_snapshot;
use super::selection::{Gathered, gather_sources};
use crate::collect::SessionError;
use crate::fact::Fact;
use crate::plan::{self, Plan};
use crate::project::{Budget, Found, draft};
use crate::schema::Schema;
use crate::snapshot::{GLOBAL, Resource, Snapshot};
use crate::source::Sources;

/// What is looked for, each with one call a region and none a resource, and how it is called.
const LOOKED_FOR: [(&str, &str); 8] = [
    ("apigateway.RestApi", "REST APIs"),
    ("apigatewayv2.Api", "HTTP APIs"),
    ("dynamodb.Table", "tables"),
    ("ec2.Instance", "machines"),
    ("ec2.NatGateway", "NAT gateways"),
    ("lambda.Function", "functions"),
    ("rds.DBCluster", "database clusters"),
    ("rds.DBInstance", "databases"),
];
const BUDGETS: &str = "budgets.Budget";

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &InitArgs) -> Result<Exit, CliError> {
    let Gathered {
        sources, schema, ..
    } = gather_sources(&[], true);
    let every_region = args.account.regions.is_empty() && !args.demo && args.snapshot.is_none();
    let plan = plan(&schema, every_region);
    if args.permissions {
        print(format!("{:#}\n", plan::policy(&plan)).as_bytes())?;
        return Ok(Exit::Open);
    }
    if args.output.symlink_metadata().is_ok() && !args.force {
        return Err(CliError::Exists(args.output.clone()));
    }
    output::check_writable(&args.output)?;
    let (snapshot, unread) = look(args, &schema, &sources, plan)?;
    let every_region = every_region && unread.is_empty();
    let found = Found {
        looked_at: (!every_region).then(|| snapshot.regions.clone()),
        ..found(&snapshot, unread)
    };
    for line in &found.unread {
        eprintln!("not read: {line}");
    }
    let text = draft(&found);
    output::write_whole(&[(args.output.clone(), text.into_bytes())], Access::Usual)?;
    eprintln!(
        "wrote {}: read it, and mend what does not fit",
        args.output.display()
    );
    Ok(Exit::Open)
}

/// One list call for each type, and no detail of any resource.
fn plan(schema: &Schema, all_regions: bool) -> Plan {
    let mut plan = Plan {
        all_regions,
        ..Plan::default()
    };
    let types = LOOKED_FOR.iter().map(|(name, _)| *name);
    for name in types.chain([BUDGETS]) {
        plan.add_list(name, schema);
    }
    plan
}

/// The account, and what kept regions from being found.
fn look(
    args: &InitArgs,
    schema: &Schema,
    sources: &Sources,
    plan: Plan,
) -> Result<(Snapshot, Vec<String>), CliError> {
    if args.demo {
        return Ok((demo::snapshot()?, Vec::new()));
    }
    if let Some(path) = &args.snapshot {
        return Ok((read_snapshot(path)?, Vec::new()));
    }
    let now = OffsetDateTime::now_utc();
    let mut account = args.account.clone();
    account.all_regions = plan.all_regions;
    match read_plan(&account, &plan, sources, now) {
        // Without the list of regions there is still the configured one.
        Err(CliError::Session(error @ SessionError::Regions(_))) => {
            account.all_regions = false;
            let plan = self::plan(schema, false);
            let snapshot = read_plan(&account, &plan, sources, now)?;
            Ok((snapshot, vec![error.to_string()]))
        }
        other => Ok((other?, Vec::new())),
    }
}

fn found(snapshot: &Snapshot, mut unread: Vec<String>) -> Found {
    let mut regions: BTreeMap<String, BTreeMap<&'static str, usize>> = BTreeMap::new();
    for (name, what) in LOOKED_FOR {
        let resources = snapshot.resources.get(name).map_or(&[][..], Vec::as_slice);
        for resource in resources.iter().filter(|found| &*found.region != GLOBAL) {
            let counts = regions.entry(resource.region.to_string()).or_default();
            *counts.entry(what).or_default() += 1;
        }
        if !snapshot.collected.contains_key(name) && resources.is_empty() {
            unread.push(format!("{name}: the snapshot was taken without it"));
        }
    }
    let looked_for = |name: &str| name == BUDGETS || LOOKED_FOR.iter().any(|(of, _)| *of == name);
    let failed = snapshot.unread.iter();
    let failed: Vec<_> = failed
        .filter(|failed| looked_for(&failed.resource_type))
        .collect();
    let doubtful = failed.iter().map(|failed| failed.region.clone());
    let doubtful: BTreeSet<String> = doubtful.filter(|region| region != GLOBAL).collect();
    unread.extend(failed.iter().map(|failed| {
        let (name, region) = (&failed.resource_type, &failed.region);
        format!("{name} in {region}: {}", failed.unknown)
    }));
    let budgets = snapshot
        .resources
        .get(BUDGETS)
        .map_or(&[][..], Vec::as_slice);
    Found {
        accounts: snapshot
            .accounts
            .iter()
            .map(|account| account.id.clone())
            .collect(),
        day: snapshot.taken.chars().take(10).collect(),
        regions,
        doubtful: doubtful.into_iter().collect(),
        budgets: budgets.iter().filter_map(budget).collect(),
        looked_at: None,
        unread,
    }
}

/// A monthly cost budget that is not narrowed to a part of the account.
fn budget(resource: &Resource) -> Option<Budget> {
    let text = |name: &str| resource.get(name).and_then(Fact::as_str);
    let whole = match resource.get("CostFilters") {
        Some(Fact::Object(filters)) => filters.is_empty(),
        Some(_) => false,
        None => true,
    };
    if text("BudgetType") != Some("COST") || text("TimeUnit") != Some("MONTHLY") || !whole {
        return None;
    }
    let Some(Fact::Object(limit)) = resource.get("BudgetLimit") else {
        return None;
    };
    let amount: f64 = limit.get("Amount")?.as_str()?.parse().ok()?;
    Some(Budget {
        name: resource.id.to_string(),
        amount: Some(amount).filter(|amount| amount.is_finite())?,
        unit: limit.get("Unit")?.as_str()?.to_owned(),
    })
}
