//! One expression over 100,000 resources: time for each on one core, and how it scales with cores.

mod common;

use std::hint::black_box;

use launchgate::diagnostic::{SourceFile, Span};
use launchgate::expr::{Absence, Env, Expr, Known, Library, Place, Scope, Value, compile};
use launchgate::schema::{Schema, Type};
use launchgate::snapshot::Index;
use rayon::prelude::*;
use time::macros::datetime;

const RESOURCES: usize = 100_000;
const EXPRESSION: &str = "resource.Encrypted == true && resource.BackupRetentionPeriod >= 7 \
                          && !resource.Tags.exists(t, t.Key == 'Exempt')";

fn main() {
    let schema = common::schema();
    let snapshot = common::snapshot(RESOURCES);
    let expression = expression(&schema);
    let index = Index::new(&snapshot, &schema);
    let resources = &snapshot.resources[common::TYPE];
    let holds = |resource| {
        let scope = Scope {
            index: &index,
            resource,
            params: &[],
            now: datetime!(2026-01-01 0:00 UTC),
        };
        matches!(scope.eval(&expression), Ok(Value::Bool(true)))
    };
    let one = common::best_of(7, || {
        black_box(resources.iter().filter(|resource| holds(resource)).count());
    });
    let all = common::best_of(7, || {
        black_box(
            resources
                .par_iter()
                .filter(|resource| holds(resource))
                .count(),
        );
    });
    let each = one.as_nanos() as f64 / RESOURCES as f64 / 1000.0;
    println!("evaluation: {each:.2} us a resource on one core");
    println!(
        "evaluation: {:.2} times as fast on {} cores",
        one.as_secs_f64() / all.as_secs_f64(),
        rayon::current_num_threads()
    );
}

fn expression(schema: &Schema) -> Expr {
    let resource = schema.get(common::TYPE).expect("the bench's own type");
    let env = Env {
        schema,
        resource,
        params: &[],
        library: &Library::default(),
    };
    let file = SourceFile::new("bench", EXPRESSION);
    let place = Place::new(
        EXPRESSION,
        Span {
            range: 0..EXPRESSION.len(),
            file,
        },
    );
    match compile(
        &place,
        env,
        &Known::new(),
        Absence::MustBeGuarded,
        Some(&Type::Bool),
    ) {
        Ok(checked) => checked.expr,
        Err(mistakes) => panic!("the bench's own expression: {mistakes:?}"),
    }
}
