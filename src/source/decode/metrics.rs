//! Metrics: fields that are the values of a CloudWatch metric.

use std::sync::Arc;

use super::call;
use super::types::TypeReader;
use crate::diagnostic::{Diagnostic, Span};
use crate::schema::{ApiCall, Per, interned, interned_list};
use crate::source::{
    Batch, Call, Connection, Declared, Detail, FieldType, Input, Length, Pages, ParamValue, Part,
    Place, Series, Shape, Shift, Template, stat,
};
use crate::yaml::{Key, MapReader, Node, Value};

/// The source that metrics are asked of, and the operation.
const SERVICE: &str = "cloudwatch";
const OPERATION: &str = "GetMetricData";
/// The most queries that one call takes.
const QUERIES: u16 = 500;
/// The parameter that says how far back values are read.
const WINDOW: &str = "window";
/// One value a day, where nothing else is said.
const DAY: i64 = 86_400;

/// What `metrics:` adds to a type.
#[derive(Default)]
pub struct Metrics {
    /// A call for each metric.
    pub details: Vec<Detail>,
    /// The dimensions, which are fields as well.
    pub dimensions: Vec<(String, Template)>,
}

/// What the metrics of a type share.
struct Common {
    to: Arc<Connection>,
    namespace: String,
    dimensions: Vec<String>,
    span: Span,
}

/// One metric.
struct Metric {
    name: String,
    stat: String,
    period: i64,
    unit: Option<String>,
}

impl TypeReader<'_, '_> {
    /// The metrics of a type that is there for each resource of another.
    pub fn metrics(&mut self, node: Node, derived: bool) -> Metrics {
        self.read_metrics(node, derived).unwrap_or_default()
    }

    fn read_metrics(&mut self, node: Node, derived: bool) -> Option<Metrics> {
        let span = node.span.clone();
        let mut map = self.decoder.map("`metrics`", node)?;
        let namespace = map.require_string("namespace", self.decoder);
        let dimensions = map.take("dimensions");
        let dimensions = dimensions.map_or_else(Vec::new, |node| {
            call::templates("`dimensions`", node, self.decoder)
        });
        let fields = map.require("fields", self.decoder);
        map.finish(self.decoder);
        if !derived {
            let message = "`metrics` are of the resources of another type: say which by `of`";
            self.decoder
                .report(Diagnostic::new("missing-key", span.clone(), message));
        }
        self.check_window(&span);
        let to = self.metrics_service(&span)?;
        let common = Common {
            to,
            namespace: namespace?.0,
            dimensions: dimensions.iter().map(|(name, _)| name.clone()).collect(),
            span,
        };
        let fields = self.decoder.map("`fields`", fields?);
        let fields = fields.into_iter().flat_map(|mut map| map.rest());
        let details = fields.filter_map(|(key, node)| {
            let metric = self.metric(&key, node)?;
            Some(common.detail(self.name, key.text, &metric))
        });
        Some(Metrics {
            details: details.collect(),
            dimensions,
        })
    }

    fn metrics_service(&mut self, span: &Span) -> Option<Arc<Connection>> {
        if self.scope.connection.service == SERVICE {
            return Some(self.scope.connection.clone());
        }
        let found = (self.scope.lookup)(SERVICE);
        if found.is_none() {
            let message = format!("there is no source `{SERVICE}`, which metrics are asked of");
            self.decoder
                .report(Diagnostic::new("unknown-source", span.clone(), message));
        }
        found
    }

    fn check_window(&mut self, span: &Span) {
        let mut params = self.scope.params.iter();
        let window = params.find(|param| param.name == WINDOW);
        if !matches!(
            window.map(|param| &param.value),
            Some(ParamValue::Duration(..))
        ) {
            let message =
                format!("metrics are read over the parameter `{WINDOW}`, of type duration");
            let help = "declare it under `params`";
            self.decoder
                .report(Diagnostic::new("unknown-param", span.clone(), message).with_help(help));
        }
    }

    /// `Errors: Sum`, or a map.
    fn metric(&mut self, key: &Key, node: Node) -> Option<Metric> {
        if !matches!(node.value, Value::Map(_)) {
            let (stat, span) = self.decoder.string("a statistic", node)?;
            self.check_stat(&stat, span);
            return Some(Metric {
                name: key.text.clone(),
                stat,
                period: DAY,
                unit: None,
            });
        }
        let mut map = self.decoder.map(&format!("metric `{}`", key.text), node)?;
        let name = map.take_string("metric", self.decoder);
        let stat = map.require_string("stat", self.decoder);
        let period = self.period(&mut map);
        let unit = map.take_string("unit", self.decoder);
        map.finish(self.decoder);
        let (stat, span) = stat?;
        self.check_stat(&stat, span);
        if let Some((unit, span)) = &unit
            && !stat::UNITS.contains(&unit.as_str())
        {
            // CloudWatch answers such a question, with nothing.
            let message = format!("there is no unit `{unit}`");
            let diagnostic = Diagnostic::new("unknown-unit", span.clone(), message);
            self.decoder.report(diagnostic.suggest(unit, stat::UNITS));
        }
        Some(Metric {
            name: name.map_or_else(|| key.text.clone(), |(name, _)| name),
            stat,
            period: period.unwrap_or(DAY),
            unit: unit.map(|(unit, _)| unit),
        })
    }

    fn check_stat(&mut self, name: &str, span: Span) {
        if !stat::is_stat(name) {
            let message = format!("there is no statistic `{name}`");
            let help = "Average, Sum, Minimum, Maximum, SampleCount, IQM, p95, tm99, ...";
            let diagnostic = Diagnostic::new("unknown-stat", span, message).with_help(help);
            self.decoder.report(diagnostic.suggest(name, stat::STATS));
        }
    }

    fn period(&mut self, map: &mut MapReader) -> Option<i64> {
        let node = map.take("period")?;
        let span = node.span.clone();
        let period = self.decoder.int("`period`", node)?;
        if period <= 0 || (period % 60 != 0 && ![1, 5, 10, 20, 30].contains(&period)) {
            let message = "`period` must be 1, 5, 10, 20, 30 or a multiple of 60 seconds";
            self.decoder
                .report(Diagnostic::new("wrong-type", span, message));
        }
        Some(period)
    }
}

impl Common {
    fn detail(&self, type_name: &str, field: String, metric: &Metric) -> Detail {
        let own = format!("{}:{OPERATION}", self.to.iam);
        let operation = format!("{}:{OPERATION}", self.to.service);
        let api = ApiCall {
            iam_actions: if own == operation {
                &[]
            } else {
                interned_list([own.as_str()])
            },
            operation: interned(&operation),
            purpose: interned(&format!("{type_name}.{field}")),
            also: &[],
            needs: interned_list(self.dimensions.iter().map(String::as_str)),
            unavailable: &[],
            per: Per::Pool(QUERIES),
        };
        let text = |name: &str| vec![name.to_owned()];
        Detail {
            call: Call {
                api: Arc::new(api),
                operation: OPERATION.to_owned(),
                to: self.to.clone(),
                http: None,
                root: None,
                input: self.input(),
                headers: Vec::new(),
                pages: Some(Pages {
                    token: text("NextToken"),
                    input: text("NextToken"),
                    more: None,
                }),
                absent: Vec::new(),
            },
            at: None,
            fields: result(),
            into: None,
            raw: false,
            batch: Some(Batch {
                size: QUERIES,
                input: "MetricDataQueries".to_owned(),
                each: self.query(metric),
                items: "MetricDataResults".to_owned(),
                matched: "Id".to_owned(),
                key: self.id(),
            }),
            series: Some(Series {
                doc: interned(&self.doc(metric)),
                field,
            }),
        }
    }

    /// From the window's start to now, in the order of time.
    fn input(&self) -> Vec<(String, Input)> {
        let start = Place::Now(Some(Shift {
            back: true,
            by: Length::Param(WINDOW.to_owned()),
        }));
        vec![
            named("StartTime", self.template([Part::Place(start)])),
            named("EndTime", self.template([Part::Place(Place::Now(None))])),
            named("ScanBy", self.text("TimestampAscending")),
        ]
    }

    /// A query by its own name, whoever else asks in the same call.
    fn query(&self, metric: &Metric) -> Input {
        let dimensions = self.dimensions.iter().map(|name| {
            let value = Place::Field(vec![name.clone()]);
            Input::Map(vec![
                named("Name", self.text(name)),
                named("Value", self.template([Part::Place(value)])),
            ])
        });
        let mut of = vec![
            named("Namespace", self.text(&self.namespace)),
            named("MetricName", self.text(&metric.name)),
        ];
        if !self.dimensions.is_empty() {
            of.push(("Dimensions".to_owned(), Input::List(dimensions.collect())));
        }
        let mut stat = vec![
            ("Metric".to_owned(), Input::Map(of)),
            ("Period".to_owned(), Input::Int(metric.period)),
            named("Stat", self.text(&metric.stat)),
        ];
        stat.extend(
            metric
                .unit
                .iter()
                .map(|unit| named("Unit", self.text(unit))),
        );
        Input::Map(vec![
            named("Id", self.id()),
            ("MetricStat".to_owned(), Input::Map(stat)),
            ("ReturnData".to_owned(), Input::Bool(true)),
        ])
    }

    fn id(&self) -> Template {
        self.template([Part::Text("q".to_owned()), Part::Place(Place::Index)])
    }

    fn text(&self, text: &str) -> Template {
        self.template([Part::Text(text.to_owned())])
    }

    fn template<const N: usize>(&self, parts: [Part; N]) -> Template {
        Template {
            parts: parts.into(),
            span: self.span.clone(),
        }
    }

    fn doc(&self, metric: &Metric) -> String {
        let Metric {
            name, stat, period, ..
        } = metric;
        let length = match period {
            &DAY => "day".to_owned(),
            3600 => "hour".to_owned(),
            seconds => format!("{seconds} s"),
        };
        let unit = metric.unit.iter().map(|unit| format!(" in {unit}"));
        let unit: String = unit.collect();
        format!(
            "{stat} of {} {name}{unit}, a value for each {length} that has data, oldest first",
            self.namespace
        )
    }
}

fn named(name: &str, template: Template) -> (String, Input) {
    (name.to_owned(), Input::Template(template))
}

/// What is read of a query's result.
fn result() -> Vec<Declared> {
    let text = || FieldType::String;
    let message = Shape::new(
        "MessageData",
        vec![
            Declared::plain("Code", text(), true),
            Declared::plain("Value", text(), true),
        ],
    );
    let list = |item: FieldType| FieldType::List(Box::new(item));
    vec![
        Declared::plain("StatusCode", text(), true),
        Declared::plain("Timestamps", list(FieldType::Timestamp), false),
        Declared::plain("Values", list(FieldType::Double), false),
        Declared::plain("Messages", list(FieldType::Shape(Arc::new(message))), false),
    ]
}
