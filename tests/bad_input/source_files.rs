//! One mistake in one source file: it is told with its place, and nothing is run.

use crate::support::Bench;

const SOURCE: &str = "\
service: things
title: Things
id: Things
protocol: restJson1
params:
  window: { type: duration, default: 14d, help: how far back }
shapes:
  Part: { Name: string, Size: int? }
types:
  Thing:
    doc: A thing.
    list:
      call: ListThings
      http: GET /things
      items: Things
      pages: NextToken
    id: '{Name}'
    arn: 'arn:{partition}:things:{region}:{account}:{Name}'
    fields:
      Name: string
      Parts: list<Part>
    details:
      GetThing:
        http: GET /things/{Name}
        input: { Name: '{Name}', Since: '{now-params.window}' }
        absent: [NoSuchThing]
        fields:
          Colour: string?
    relations:
      Others: { target: Thing, from: Name, to: Name, many: true }
";

/// What `sources check` says of the file with one change, without the lines it shows.
fn told(change: (&str, &str)) -> String {
    let (from, to) = change;
    assert!(SOURCE.contains(from), "{from}");
    let bench = Bench::new().with("rules/sources/things.yaml", SOURCE.replacen(from, to, 1));
    let told = bench.refused("sources check rules");
    let lines = told.lines().map(str::trim);
    let lines = lines.filter(|line| {
        line.starts_with("error[") || line.starts_with("-->") || line.starts_with("= help")
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_sound_source_has_no_mistake() {
    let bench = Bench::new().with("rules/sources/things.yaml", SOURCE);
    bench.run("sources check rules").expect_code(0);
}

#[test]
fn each_mistake_has_its_place_and_words() {
    let path = "--> rules/sources/things.yaml:";
    let mut wrong = Vec::new();
    for (change, place, words) in [
        (
            ("title:", "titel:"),
            "1:1",
            "error[missing-key]: a source has no `title`",
        ),
        (
            ("service: things", "service: my-things"),
            "1:10",
            "error[bad-name]: `my-things` is no name for a service in rules",
        ),
        (
            ("restJson1", "restjson"),
            "4:11",
            "error[unknown-protocol]: there is no protocol `restjson`",
        ),
        (
            ("restJson1", "awsQuery"),
            "4:11",
            "error[missing-key]: awsQuery needs `version`",
        ),
        (
            ("list<Part>", "list<Prat>"),
            "21:14",
            "error[unknown-type]: there is no type or shape `Prat`",
        ),
        (
            ("Size: int?", "Size: list<Part>"),
            "8:31",
            "error[recursive]: shape `Part` holds itself",
        ),
        (
            ("list<Part>", "list<Part>?"),
            "21:14",
            "error[wrong-type]: a list<Part> is never absent: what AWS leaves out is empty",
        ),
        (
            ("      Parts: list<Part>\n", ""),
            "8:3",
            "error[unused-shape]: nothing is of shape `Part`",
        ),
        (
            ("id: '{Name}'", "id: '{Nmae}'"),
            "17:9",
            "error[unknown-field]: there is no field `Nmae`",
        ),
        (
            ("id: '{Name}'", "id: '{Name'"),
            "17:9",
            "error[bad-template]: `{Name` has no closing brace",
        ),
        (
            ("id: '{Name}'", "id: '{parent.Name}'"),
            "17:9",
            "error[unknown-field]: there is no parent: the list has no `each`",
        ),
        (
            ("params.window", "params.windw"),
            "25:41",
            "error[unknown-param]: there is no parameter `windw`",
        ),
        (
            ("default: 14d", "default: 14"),
            "6:38",
            "error[wrong-type]: the default must be of type duration",
        ),
        (
            ("call: ListThings", "call: DeleteThings"),
            "13:13",
            "error[not-read-only]: `DeleteThings` does not only read, or reads secrets",
        ),
        (
            ("GET /things\n", "DELETE /things\n"),
            "14:13",
            "error[not-read-only]: `DELETE /things` is not known to only read",
        ),
        (
            ("GET /things\n", "POST /things\n"),
            "14:13",
            "error[not-read-only]: `POST /things` is not known to only read",
        ),
        (
            ("      http: GET /things\n", ""),
            "13:13",
            "error[missing-key]: restJson1 needs `http`: method and path",
        ),
        (
            ("items: Things", "itmes: Things"),
            "13:7",
            "error[missing-key]: `list` needs either `items` (and `as` or `json` where they are texts) or `item`",
        ),
        (
            ("pages: NextToken", "pages: { token: [A, B], input: C }"),
            "16:14",
            "error[bad-pages]: each `token` of an answer needs the `input` of the next request",
        ),
        (
            ("Colour: string?", "Colour: string"),
            "23:7",
            "error[not-optional]: field `Colour` is left out where the call ends in one of `absent`",
        ),
        (
            ("Colour: string?", "Name: string?"),
            "11:5",
            "error[duplicate-field]: two calls bring a field `Name`",
        ),
        (
            ("[NoSuchThing]", "[AccessDeniedException]"),
            "26:18",
            "error[denied-is-not-absent]: `AccessDeniedException` does not say that there is none: it says that one may not look",
        ),
        (
            ("{Name}', Since", "{Colour}', Since"),
            "25:24",
            "error[waits-for-itself]: GetThing waits for what it brings itself, or for a call that waits for it",
        ),
        (
            (
                "      GetThing:\n",
                "      GetThing:\n        iam: [things:DeleteThing]\n",
            ),
            "24:15",
            "error[not-read-only]: `things:DeleteThing` is not known to only allow reading",
        ),
        (
            ("target: Thing", "target: Thnig"),
            "1:1",
            "error[unknown-type]: relation `Others` of things.Thing: there is no resource type `things.Thnig`",
        ),
        (
            ("from: Name, to", "from: Parts, to"),
            "1:1",
            "error[unknown-field]: relation `Others` of things.Thing: `Parts` is a list<Part>, not text",
        ),
        (
            ("doc: A thing.", "doc: A thing.\n    colour: red"),
            "12:5",
            "error[unknown-key]: a resource type has no key `colour`",
        ),
    ] {
        let told = told(change);
        if !told.contains(words) || !told.contains(&format!("{path}{place}\n")) {
            wrong.push(format!(
                "{change:?} is told, not {words} at {place}, as\n{told}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_file_has_its_services_name_and_comes_once() {
    let bench = Bench::new().with("rules/sources/other.yaml", SOURCE);
    let told = bench.refused("sources check rules");
    assert!(
        told.contains("the file of source `things` must be called `things.yaml`"),
        "{told}"
    );
    let twice = Bench::new()
        .with("a/sources/things.yaml", SOURCE)
        .with("b/sources/things.yaml", SOURCE);
    let told = twice.refused("sources list --rules a --rules b");
    assert!(told.contains("there is another source `things`"), "{told}");
    assert!(
        told.contains("a/sources/things.yaml describes it already"),
        "{told}"
    );
}

#[test]
fn a_rules_directory_brings_its_sources_with_it() {
    let rule = "\
id: things-coloured
title: Things have a colour
severity: low
resource: things.Thing
require: has(resource.Colour) && resource.Others.all(o, has(o.Colour))
message: has no colour
why: It looks better.
remediation: { text: Paint it. }
tests:
  - { name: plain, resource: { Name: a }, expect: fail }
  - { name: red, resource: { Name: a, Colour: red }, expect: pass }
";
    let bench = Bench::new()
        .with("rules/sources/things.yaml", SOURCE)
        .with("rules/things-coloured.yaml", rule);
    bench.run("rules test rules").expect_code(0);
    let plan = bench.run("plan --rules rules --no-bundled");
    let plan = plan.expect_code(0);
    assert!(plan.stdout.contains("things:ListThings"), "{}", plan.stdout);
    assert!(plan.stdout.contains("things:GetThing"), "{}", plan.stdout);
    let permissions = bench
        .run("permissions --rules rules --no-bundled")
        .expect_code(0);
    for action in ["things:GetThing", "things:ListThings"] {
        assert!(
            permissions.stdout.contains(action),
            "{}",
            permissions.stdout
        );
    }
    let broken = bench.with(
        "rules/sources/things.yaml",
        SOURCE.replacen("Colour: string?", "Color: string?", 1),
    );
    let told = broken.refused("rules check rules");
    assert!(
        told.contains("`things.Thing` has no field `Colour`") || told.contains("Colour"),
        "{told}"
    );
}

const METRICS: &str = "\
service: things
title: Things
id: Things
protocol: restJson1
params:
  window: { type: duration, default: 14d, help: how far back }
types:
  ThingMetrics:
    doc: The metrics of a thing.
    of: lambda.Function
    add: { Runtime: '{parent.Runtime}' }
    metrics:
      namespace: Things
      dimensions: { Name: '{parent.FunctionName}' }
      fields:
        Errors: Sum
        Slow: { metric: Latency, stat: p95, period: 3600, unit: Milliseconds }
    relations:
      Of: { target: lambda.Function, from: Name, to: [FunctionName, 'Layers[].Arn'] }
";

#[test]
fn metrics_of_other_types_resources_have_no_mistake() {
    let bench = Bench::new().with("rules/sources/things.yaml", METRICS);
    bench.run("sources check rules").expect_code(0);
}

#[test]
fn each_mistake_in_metrics_is_told() {
    let mut wrong = Vec::new();
    for (from, to, words) in [
        (
            "    of: lambda.Function\n    add: { Runtime: '{parent.Runtime}' }\n",
            "",
            "error[missing-key]: `metrics` are of the resources of another type: say which by `of`",
        ),
        (
            "of: lambda.Function",
            "of: lambda.Funktion",
            "there is no resource type `lambda.Funktion`",
        ),
        (
            "of: lambda.Function",
            "of: ThingMetrics",
            "it is its own parent in the end",
        ),
        (
            "of: lambda.Function",
            "of: iam.User",
            "one is global and one regional",
        ),
        (
            "of: lambda.Function",
            "of: lambda.Function\n    list: { call: ListThings, http: GET /things, items: Things }",
            "a type has either `list` or `of`",
        ),
        (
            "of: lambda.Function",
            "of: lambda.Function\n    region: us-east-1",
            "error[unknown-key]",
        ),
        (
            "'{parent.Runtime}'",
            "'{parent.Runtim}'",
            "lambda.Function has no field `Runtim`",
        ),
        (
            "'{parent.FunctionName}'",
            "'{parent.FunctionNam}'",
            "lambda.Function has no field `FunctionNam`",
        ),
        (
            "Errors: Sum",
            "Errors: Sun",
            "error[unknown-stat]: there is no statistic `Sun`",
        ),
        (
            "stat: p95",
            "stat: p950",
            "error[unknown-stat]: there is no statistic `p950`",
        ),
        (
            "period: 3600",
            "period: 61",
            "`period` must be 1, 5, 10, 20, 30 or a multiple of 60 seconds",
        ),
        (
            "Milliseconds",
            "Millisecond",
            "error[unknown-unit]: there is no unit `Millisecond`",
        ),
        ("stat: p95, ", "", "has no `stat`"),
        (
            "namespace: Things",
            "namspace: Things",
            "error[unknown-key]",
        ),
        (
            "Errors: Sum",
            "Name: Sum",
            "error[duplicate-field]: two calls bring a field `Name`",
        ),
        (
            "window: {",
            "windows: {",
            "error[unknown-param]: metrics are read over the parameter `window`, of type duration",
        ),
        ("'Layers[].Arn'", "'Layers[].Arm'", "has no field `Arm`"),
        (
            "'Layers[].Arn'",
            "CodeSize",
            "`CodeSize` is a int, not text",
        ),
    ] {
        assert!(METRICS.contains(from), "{from}");
        let source = METRICS.replacen(from, to, 1);
        let bench = Bench::new().with("rules/sources/things.yaml", source);
        let told = bench.refused("sources check rules");
        if !told.contains(words) {
            wrong.push(format!("{to}: {words} is not in:\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
