//! Where the requests of sources go: the addresses that the environment names, the region that S3
//! says a bucket is in; and an address that answers without end.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::http::HeaderValue;
use serde_json::Value;

use crate::support::answer::Answer;
use crate::support::outgoing::{Outgoing, whole};
use crate::support::server::Server;
use crate::support::{aws_env, launchgate, run};

/// What a server was asked: path with query, the signature's header, body.
type Asked = Arc<Mutex<Vec<(String, String, String)>>>;

fn serve(answer: fn(&str, &str, &str) -> Answer) -> (Server, Asked) {
    let asked: Asked = Arc::default();
    let seen = Arc::clone(&asked);
    let server = Server::start(move |request: Request<Incoming>| {
        let seen = Arc::clone(&seen);
        async move { respond(request, &seen, answer).await }
    });
    (server, asked)
}

async fn respond(
    request: Request<Incoming>,
    seen: &Asked,
    answer: fn(&str, &str, &str) -> Answer,
) -> Outgoing {
    let path = request.uri().path_and_query().map(ToString::to_string);
    let path = path.unwrap_or_default();
    let signature = request.headers().get("authorization");
    let signature = signature.and_then(|value| value.to_str().ok());
    let signature = signature.unwrap_or_default().to_owned();
    let body = request.into_body().collect().await;
    let body = body.map(|body| body.to_bytes()).unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    let answer = answer(&path, &signature, &body);
    let mut seen = seen.lock().expect("no test panics here");
    seen.push((path, signature, body));
    whole(answer)
}

fn identity() -> Answer {
    Answer::new(
        200,
        "text/xml",
        "<GetCallerIdentityResponse><GetCallerIdentityResult>\
         <Arn>arn:aws:iam::123456789012:user/tester</Arn><UserId>AIDA</UserId>\
         <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
    )
}

/// The facts of a type, read with this environment.
fn tried(name: &str, env: &[(&str, &str)], url: &str) -> Vec<Value> {
    let mut command = launchgate();
    command.args(["sources", "try", name, "--format", "json"]);
    command.envs(aws_env(url)).env("AWS_MAX_ATTEMPTS", "1");
    let run = run(command.envs(env.iter().copied())).expect_code(0);
    serde_json::from_str(&run.stdout).expect("a JSON array")
}

#[test]
fn a_service_is_asked_at_the_address_that_the_environment_names_for_it() {
    let (common, asked) = serve(|_, _, _| identity());
    let (own, asked_own) = serve(|_, _, body| {
        let answer = if body.contains("Marker") {
            r#"{"Aliases":[]}"#
        } else {
            r#"{"Aliases":[{"AliasName":"alias/a","AliasArn":"arn:aws:kms:us-east-1:123456789012:alias/a"}]}"#
        };
        Answer::new(200, "application/x-amz-json-1.1", answer)
    });
    let found = tried(
        "kms.Alias",
        &[("AWS_ENDPOINT_URL_KMS", own.url())],
        common.url(),
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["id"], "alias/a");
    let common = asked.lock().expect("no test panics here");
    assert!(
        common
            .iter()
            .all(|(_, _, body)| body.contains("GetCallerIdentity")),
        "{common:?}"
    );
    let own = asked_own.lock().expect("no test panics here");
    assert_eq!(own.len(), 1, "{own:?}");
    assert!(own[0].1.contains("/us-east-1/kms/aws4_request"), "{own:?}");
}

/// The list says nothing of regions; S3 says where each bucket is when it is asked in another.
fn s3(path: &str, signature: &str, body: &str) -> Answer {
    if body.contains("GetCallerIdentity") {
        return identity();
    }
    let (status, body) = if path.starts_with("/far?tagging") || path.starts_with("/far/?tagging") {
        if signature.contains("/eu-west-1/s3/") {
            (
                200,
                "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
            )
        } else {
            (
                301,
                "<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>",
            )
        }
    } else if path.starts_with("/far") {
        (404, "<Error><Code>NotWanted</Code></Error>")
    } else {
        (
            200,
            "<ListAllMyBucketsResult><Buckets><Bucket><Name>far</Name>\
             <CreationDate>2026-01-01T00:00:00.000Z</CreationDate><BucketRegion>us-east-1</BucketRegion>\
             </Bucket></Buckets></ListAllMyBucketsResult>",
        )
    };
    let mut answer = Answer::new(status, "application/xml", body);
    if status == 301 {
        let region = HeaderValue::from_static("eu-west-1");
        answer.head.headers.insert("x-amz-bucket-region", region);
    }
    answer
}

#[test]
fn a_bucket_is_asked_in_the_region_that_s3_names() {
    let (server, asked) = serve(s3);
    let mut command = launchgate();
    command.args(["sources", "try", "s3.Bucket", "--format", "json"]);
    command
        .envs(aws_env(server.url()))
        .env("AWS_MAX_ATTEMPTS", "1");
    // All but the tags are refused, which is no matter here.
    let run = run(&mut command).expect_code(3);
    let found: Vec<Value> = serde_json::from_str(&run.stdout).expect("a JSON array");
    assert_eq!(found[0]["fields"]["tags"]["a"], "b", "{found:?}");
    let asked = asked.lock().expect("no test panics here");
    let tagging = asked.iter().filter(|(path, ..)| path.contains("tagging"));
    let regions: Vec<bool> = tagging
        .map(|(_, signed, _)| signed.contains("/eu-west-1/s3/"))
        .collect();
    assert_eq!(regions, [false, true]);
}

/// A body of spaces that never ends: for all that a reader knows, the answer may still come.
struct Endless;

impl Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        static SPACES: [u8; 65_536] = [b' '; 65_536];
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&SPACES)))))
    }
}

#[test]
fn an_answer_without_end_is_unknown_and_is_not_read_without_end() {
    let (common, _) = serve(|_, _, _| identity());
    let endless = Server::start(|_: Request<Incoming>| async {
        hyper::Response::new(Endless.map_err(|never| match never {}).boxed())
    });
    for (name, variable) in [
        ("kms.Alias", "AWS_ENDPOINT_URL_KMS"),
        ("iam.ServerCertificate", "AWS_ENDPOINT_URL_IAM"),
    ] {
        let mut command = launchgate();
        command.args(["sources", "try", name, "--format", "json"]);
        command
            .envs(aws_env(common.url()))
            .env(variable, endless.url());
        let run = run(command.env("AWS_MAX_ATTEMPTS", "1")).expect_code(3);
        let found: Vec<Value> = serde_json::from_str(&run.stdout).expect("a JSON array");
        assert_eq!(found[0]["unread"]["code"], "InvalidResponse", "{found:?}");
    }
}
