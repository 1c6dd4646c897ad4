//! Collecting 1,000 buckets with five details each, from a server that answers in 30 ms.

mod server;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use server::Server;

const BUCKETS: usize = 1000;
const DETAILS: usize = 5;
const DELAY: Duration = Duration::from_millis(30);
/// Calls under way to one service in one region, as `collect::limits` has it.
const AT_ONCE: usize = 12;

const RULE: &str = r#"
id: bench
title: five details
severity: low
resource: s3.Bucket
require: >-
  has(resource.ServerSideEncryptionConfiguration) && has(resource.PublicAccessBlockConfiguration)
  && has(resource.OwnershipControls) && has(resource.Versioning.Status) && !has(resource.LoggingEnabled)
message: read
why: to measure
remediation: { text: none }
tests: []
"#;

fn main() {
    let server = Server::start(DELAY, answer);
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("bench.yaml"), RULE).expect("a rule");
    let started = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_launchgate"))
        .args([
            "audit",
            "--no-bundled",
            "--rules",
            ".",
            "--report",
            "json=findings.json",
        ])
        .current_dir(directory.path())
        .env("AWS_ENDPOINT_URL", &server.url)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "bench")
        .env("AWS_SECRET_ACCESS_KEY", "bench")
        .stdout(Stdio::null())
        .output()
        .expect("launchgate runs");
    let took = started.elapsed();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    let asked = server.asked();
    // Caller identity and the list, then the details; the first two wait for each other.
    let planned = 2 + BUCKETS * DETAILS;
    assert_eq!(asked, planned, "not the planned number of calls");
    let waves = 2 + (BUCKETS * DETAILS).div_ceil(AT_ONCE);
    let bound = DELAY * u32::try_from(waves).expect("few waves");
    println!(
        "collection: {asked} calls in {:.2} s, {:.2} times the bound of {:.2} s that {AT_ONCE} at a time set",
        took.as_secs_f64(),
        took.as_secs_f64() / bound.as_secs_f64(),
        bound.as_secs_f64()
    );
}

fn answer(path: &str, body: &str) -> String {
    if body.contains("GetCallerIdentity") {
        return server::caller();
    }
    let has = |name: &str| path.contains(&format!("?{name}")) || path.contains(&format!("&{name}"));
    let answer = if has("encryption") {
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256\
         </SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"
    } else if has("publicAccessBlock") {
        "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true\
         </IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true\
         </RestrictPublicBuckets></PublicAccessBlockConfiguration>"
    } else if has("ownershipControls") {
        "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>"
    } else if has("versioning") {
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    } else if has("logging") {
        "<BucketLoggingStatus/>"
    } else {
        return buckets();
    };
    answer.to_owned()
}

fn buckets() -> String {
    let buckets: String = (0..BUCKETS)
        .map(|number| {
            format!(
                "<Bucket><Name>bucket-{number}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate>\
                 <BucketRegion>us-east-1</BucketRegion></Bucket>"
            )
        })
        .collect();
    format!("<ListAllMyBucketsResult><Buckets>{buckets}</Buckets></ListAllMyBucketsResult>")
}
