//! Reading a page of 1,000 items in each protocol: a declared source against the typed SDK's client
//! where there is one.
//!
//! Both go through a whole call to a local server, so the ratio is a little nearer to one than that
//! of decoding alone.

mod server;

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use launchgate::collect::{Options, Session, collect, schema};
use launchgate::diagnostic::SourceFile;
use launchgate::plan::{Plan, TypePlan};
use launchgate::schema::Schema;
use launchgate::source::{SourceSet, Sources};
use server::Server;

const ITEMS: usize = 1000;
const ROUNDS: usize = 15;
const CHILD: &str = "LAUNCHGATE_BENCH_CHILD";

const SOURCES: [(&str, &str); 4] = [
    ("benchquery", "protocol: awsQuery\nversion: '2014-10-31'\n"),
    (
        "benchjson",
        "protocol: awsJson1_1\ntarget: AWSBudgetServiceGateway\n",
    ),
    ("benchrestjson", "protocol: restJson1\n"),
    ("benchrestxml", "protocol: restXml\n"),
];

/// The fields of a database instance that rules read most, in the three shapes that fields have.
const DATABASE: &str = "
    id: '{DBInstanceIdentifier}'
    arn: '{DBInstanceArn}'
    fields:
      DBInstanceIdentifier: string
      DBInstanceArn: string
      DBInstanceClass: string
      Engine: string
      EngineVersion: string
      AllocatedStorage: int
      BackupRetentionPeriod: int
      MultiAZ: bool
      PubliclyAccessible: bool
      StorageEncrypted: bool
      DeletionProtection: bool
      InstanceCreateTime: timestamp
      VpcSecurityGroups: list<Group>
      tags: tags from TagList
";

const BUDGET: &str = "
    id: '{BudgetName}'
    fields:
      BudgetName: string
      BudgetType: string
      TimeUnit: string
      BudgetLimit: Spend
      CalculatedSpend: Calculated
      LastUpdatedTime: timestamp
";

fn main() {
    if std::env::var_os(CHILD).is_some() {
        return measure();
    }
    let server = Server::start(Duration::ZERO, answer);
    let status = Command::new(std::env::current_exe().expect("this program"))
        .env(CHILD, "1")
        .env("AWS_ENDPOINT_URL", &server.url)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "bench")
        .env("AWS_SECRET_ACCESS_KEY", "bench")
        .status()
        .expect("the bench runs");
    assert!(status.success());
}

fn source(service: &str, head: &str) -> String {
    let title = format!("service: {service}\ntitle: bench\nid: bench\n{head}");
    let database = "shapes:\n  Group: { VpcSecurityGroupId: string, Status: string }\n";
    let budget = "shapes:\n  Spend: { Amount: string, Unit: string }\n  Calculated: { ActualSpend: Spend }\n";
    let (shapes, list, fields) = match service {
        "benchquery" => (
            database,
            "call: DescribeDBInstances, items: DBInstances",
            DATABASE,
        ),
        "benchjson" => (
            budget,
            "call: DescribeBudgets, items: Budgets, input: { AccountId: '{account}' }",
            BUDGET,
        ),
        "benchrestjson" => (
            budget,
            "call: ListJson, http: GET /json, items: Budgets",
            BUDGET,
        ),
        _ => (
            database,
            "call: ListXml, http: GET /xml, root: DescribeDBInstancesResult, items: DBInstances",
            DATABASE,
        ),
    };
    format!("{title}{shapes}types:\n  Item:\n    doc: bench\n    list: {{ {list} }}{fields}")
}

fn measure() {
    let mut set = SourceSet::default();
    let files = SOURCES
        .map(|(service, head)| SourceFile::new(format!("{service}.yaml"), source(service, head)));
    for file in &files {
        set.add(file);
    }
    let sources = set.finish();
    let schema = schema(&sources);
    let mistakes = sources.check(&files, &schema);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let time = |name: &str| runtime.block_on(best(name, &schema, &sources));
    for (protocol, typed, declared) in [
        ("awsQuery", Some("rds.DBInstance"), "benchquery.Item"),
        ("awsJson1_1", Some("budgets.Budget"), "benchjson.Item"),
        ("restJson1", None, "benchrestjson.Item"),
        ("restXml", None, "benchrestxml.Item"),
    ] {
        let declared = time(declared);
        match typed.map(time) {
            Some(typed) => println!(
                "decoding: {protocol} declared {:.1} ms, typed {:.1} ms: {:.2} times",
                ms(declared),
                ms(typed),
                declared.as_secs_f64() / typed.as_secs_f64()
            ),
            None => println!("decoding: {protocol} declared {:.1} ms", ms(declared)),
        }
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The shortest time of listing a type once.
async fn best(name: &str, schema: &Schema, sources: &Sources) -> Duration {
    let mut plan = Plan::default();
    let resource_type = schema.get(name).expect("a type").clone();
    let planned = TypePlan {
        resource_type: resource_type.clone(),
        details: Default::default(),
        rules: Default::default(),
    };
    plan.types.insert(resource_type.name, planned);
    let now = time::OffsetDateTime::now_utc();
    let session = Session::open(&Options::default(), &plan, now).await;
    let session = session.expect("a session");
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let snapshot = collect(&session, &plan, sources, Arc::new(|_| {}), String::new()).await;
        best = best.min(started.elapsed());
        let found = snapshot.resources.get(name).map_or(0, Vec::len);
        assert_eq!(found, ITEMS, "{name}: {:?}", snapshot.unread);
    }
    best
}

fn answer(path: &str, body: &str) -> String {
    match path {
        "/json" => budgets(),
        "/xml" => format!(
            "<DescribeDBInstancesResult>{}</DescribeDBInstancesResult>",
            databases()
        ),
        _ if body.contains("GetCallerIdentity") => server::caller(),
        _ if body.contains("DescribeDBInstances") => format!(
            "<DescribeDBInstancesResponse><DescribeDBInstancesResult>{}</DescribeDBInstancesResult>\
             </DescribeDBInstancesResponse>",
            databases()
        ),
        _ => budgets(),
    }
}

fn databases() -> String {
    let database = |number: usize| {
        format!(
            "<DBInstance><DBInstanceIdentifier>db-{number}</DBInstanceIdentifier>\
             <DBInstanceArn>arn:aws:rds:us-east-1:123456789012:db:db-{number}</DBInstanceArn>\
             <DBInstanceClass>db.t4g.small</DBInstanceClass><Engine>postgres</Engine><EngineVersion>17.2</EngineVersion>\
             <DBInstanceStatus>available</DBInstanceStatus><MasterUsername>app</MasterUsername>\
             <AllocatedStorage>20</AllocatedStorage><BackupRetentionPeriod>7</BackupRetentionPeriod>\
             <MultiAZ>true</MultiAZ><PubliclyAccessible>false</PubliclyAccessible><StorageEncrypted>true</StorageEncrypted>\
             <DeletionProtection>true</DeletionProtection><InstanceCreateTime>2026-01-02T03:04:05.678Z</InstanceCreateTime>\
             <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId>\
             <Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups>\
             <DBSubnetGroup><DBSubnetGroupName>private</DBSubnetGroupName><Subnets><Subnet><SubnetIdentifier>subnet-1\
             </SubnetIdentifier><SubnetStatus>Active</SubnetStatus></Subnet></Subnets></DBSubnetGroup>\
             <TagList><Tag><Key>Name</Key><Value>database {number}</Value></Tag></TagList></DBInstance>"
        )
    };
    let all: String = (0..ITEMS).map(database).collect();
    format!("<DBInstances>{all}</DBInstances>")
}

fn budgets() -> String {
    let budget = |number: usize| {
        format!(
            r#"{{"BudgetName":"budget-{number}","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{{"Amount":"100.0","Unit":"USD"}},"CostFilters":{{"Service":["Amazon EC2"]}},"CostTypes":{{"IncludeTax":true,"IncludeSubscription":true,"UseBlended":false}},"TimePeriod":{{"Start":1735689600,"End":3706473600}},"CalculatedSpend":{{"ActualSpend":{{"Amount":"12.3","Unit":"USD"}},"ForecastedSpend":{{"Amount":"45.6","Unit":"USD"}}}},"LastUpdatedTime":1735689600.5}}"#
        )
    };
    let all: Vec<String> = (0..ITEMS).map(budget).collect();
    format!(r#"{{"Budgets":[{}]}}"#, all.join(","))
}
