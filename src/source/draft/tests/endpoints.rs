//! Protocols, hosts and signatures.

use super::*;

fn simple(protocol: &str) -> Service {
    Service::speaking(protocol)
        .operation(
            "ListLamps",
            json!({ "http": { "method": "GET", "requestUri": "/lamps" }, "output": { "shape": "Answer" } }),
        )
        .shapes(json!({ "Answer": structure(&[("Names", "Texts")]) }))
}

/// The lines between the id and the types.
fn head(service: &Service) -> String {
    let text = service.drafted("ListLamps", "protocol:");
    let end = text.find("\n\n").unwrap();
    let kept = text[..end]
        .lines()
        .filter(|line| !line.starts_with("# Where"));
    kept.collect::<Vec<_>>().join("\n")
}

fn partition_is(name: &str) -> Value {
    let of = json!({ "fn": "getAttr", "argv": [{ "ref": "Result" }, "name"] });
    json!({ "fn": "stringEquals", "argv": [of, name] })
}

/// Rules that know the partition, as all have it.
fn with_partition(rules: &[Value]) -> Value {
    let partition =
        json!({ "fn": "aws.partition", "argv": [{ "ref": "Region" }], "assign": "Result" });
    json!([
        {
            "conditions": [{ "fn": "isSet", "argv": [{ "ref": "Endpoint" }] }],
            "type": "endpoint", "endpoint": { "url": { "ref": "Endpoint" } },
        },
        {
            "conditions": [{ "fn": "isSet", "argv": [{ "ref": "Region" }] }, partition],
            "type": "tree", "rules": rules,
        },
    ])
}

fn to(conditions: &[Value], url: &str, signing_region: Option<&str>) -> Value {
    let schemes: Vec<Value> = signing_region
        .map(|region| json!({ "name": "sigv4", "signingRegion": region }))
        .into_iter()
        .collect();
    json!({
        "conditions": conditions, "type": "endpoint",
        "endpoint": { "url": url, "properties": { "authSchemes": schemes } },
    })
}

#[test]
fn the_best_spoken_protocol_is_taken() {
    let several = simple("smithy-rpc-v2-cbor")
        .metadata("protocols", json!(["smithy-rpc-v2-cbor", "query", "json"]))
        .metadata("jsonVersion", json!("1.0"));
    assert_eq!(head(&several), "protocol: awsJson1_0\ntarget: LampService");
    assert_eq!(head(&simple("rest-json")), "protocol: restJson1");
    assert_eq!(head(&simple("rest-xml")), "protocol: restXml");
    assert_eq!(
        head(&simple("query")),
        "protocol: awsQuery\nversion: '2020-02-02'"
    );
}

#[test]
fn a_prefix_and_a_signature_of_their_own_are_said() {
    let service = simple("rest-json")
        .metadata("endpointPrefix", json!("api.light"))
        .metadata("signingName", json!("light"));
    let expected = "protocol: restJson1\nendpoint: api.light\nsigning: light";
    assert_eq!(head(&service), expected);
    let monitoring = simple("rest-json").metadata("endpointPrefix", json!("monitoring"));
    let expected = "protocol: restJson1\nendpoint: monitoring\niam: cloudwatch";
    assert_eq!(head(&monitoring), expected);
}

#[test]
fn rules_of_a_regional_service_tell_its_prefix() {
    let rules = with_partition(&[to(&[], "https://light.{Region}.{Result#dnsSuffix}", None)]);
    let expected = "protocol: restJson1\nendpoint: light\nsigning: lamps";
    assert_eq!(head(&simple("rest-json").rules(rules)), expected);
}

#[test]
fn a_global_service_has_a_region_in_each_partition() {
    let rules = with_partition(&[
        to(
            &[partition_is("aws")],
            "https://lamps.amazonaws.com",
            Some("us-east-1"),
        ),
        to(
            &[partition_is("aws-cn")],
            "https://lamps.cn-north-1.{Result#dnsSuffix}",
            None,
        ),
        to(&[], "https://lamps.{Region}.{Result#dnsSuffix}", None),
    ]);
    let service = simple("rest-json").rules(rules);
    let expected = "protocol: restJson1\nendpoint: { prefix: lamps, \
        regions: { aws: us-east-1, aws-cn: cn-north-1 }, hosts: { aws: lamps.amazonaws.com } }";
    assert_eq!(head(&service), expected);
    let arn = "arn: 'arn:{partition}:lamps::{account}:lamp/{Name}'";
    assert!(service.drafted("ListLamps", "types:").contains(arn));
}

#[test]
fn a_host_that_cannot_be_said_is_left_to_a_person() {
    let rules = with_partition(&[to(
        &[],
        "https://lamps.{Region}.{Result#dualStackDnsSuffix}",
        None,
    )]);
    let todo = "# TODO: requests go to https://lamps.<region>.api.aws, which cannot be said here";
    assert!(head(&simple("rest-json").rules(rules)).contains(todo));
}

#[test]
fn rules_that_cannot_be_followed_tell_nothing() {
    let unknown = json!({ "fn": "someday.new", "argv": [] });
    let rules = with_partition(&[to(&[unknown], "https://elsewhere.{Region}.x", None)]);
    assert_eq!(
        head(&simple("rest-json").rules(rules)),
        "protocol: restJson1"
    );
    let garbled = json!([{ "type": "tree", "rules": 7 }, null]);
    assert_eq!(
        head(&simple("rest-json").rules(garbled)),
        "protocol: restJson1"
    );
}

#[test]
fn what_comes_before_the_host_is_said() {
    let with = |prefix: &str| {
        let http = json!({ "method": "GET", "requestUri": "/lamps" });
        simple("rest-json").operation(
            "ListLamps",
            json!({ "http": http, "output": { "shape": "Answer" }, "endpoint": { "hostPrefix": prefix } }),
        )
    };
    let expected = "protocol: restJson1\nendpoint: { prefix: lamps, account_prefix: true }";
    assert_eq!(head(&with("{AccountId}.")), expected);
    let expected = "protocol: restJson1\nendpoint: data.lamps\nsigning: lamps";
    assert_eq!(head(&with("data.")), expected);
    let error = with("{LampId}.").draft("ListLamps").unwrap_err();
    assert!(error.to_string().contains("for each `LampId`"), "{error}");
}
