//! `launchgate sources`: listed, shown, checked and drafted. `try` is in tests/declared.

use serde_json::{Value, json};

use crate::support::Bench;

fn array(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("a JSON array")
}

#[test]
fn every_type_is_listed_with_its_origin_and_calls() {
    let run = Bench::new()
        .run("sources list --format json")
        .expect_code(0);
    let listed = array(&run.stdout);
    let of = |name: &str| listed.iter().find(|source| source["type"] == name).cloned();
    let user = of("iam.User").expect("a typed source");
    assert_eq!(
        (&user["service"], &user["origin"]),
        (&json!("iam"), &json!("sdk"))
    );
    let key = of("kms.Key").expect("a declared source");
    assert_eq!(
        (&key["service"], &key["origin"]),
        (&json!("kms"), &json!("declared"))
    );
    let calls = key["calls"].as_array().expect("calls");
    assert!(calls.contains(&json!("kms:ListKeys")), "{calls:?}");
    assert!(
        calls.contains(&json!("kms:GetKeyRotationStatus")),
        "{calls:?}"
    );
    let names: Vec<&str> = listed
        .iter()
        .filter_map(|source| source["type"].as_str())
        .collect();
    assert!(names.is_sorted());

    let text = Bench::new().run("sources list").expect_code(0);
    assert_eq!(text.stdout.lines().count(), listed.len());
    assert!(text.stdout.contains("kms.Key"), "{}", text.stdout);
}

#[test]
fn a_service_shows_its_calls_as_they_go_over_the_wire() {
    let run = Bench::new()
        .run("sources show kms --format json")
        .expect_code(0);
    let shown: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(shown["protocol"], "awsJson1_1");
    let calls = shown["calls"].as_array().expect("calls");
    let list = calls
        .iter()
        .find(|call| call["operation"] == "kms:ListKeys");
    let list = list.expect("the list call");
    assert_eq!(list["kind"], "list");
    assert_eq!(list["target"], "TrentService.ListKeys");
    assert_eq!(list["items"], "Keys");
    assert_eq!(list["iam_actions"], json!(["kms:ListKeys"]));
    let bucket = Bench::new().run("sources show s3.Bucket").expect_code(0);
    for part in [
        "PublicAccessBlockConfiguration?",
        "[s3:GetPublicAccessBlock]",
        "listed by s3:ListBuckets",
    ] {
        assert!(
            bucket.stdout.contains(part),
            "no {part} in {}",
            bucket.stdout
        );
    }
    let told = Bench::new().refused("sources show kmz.Key");
    assert!(told.contains("did you mean `kms.Key`?"), "{told}");
}

#[test]
fn the_bundled_sources_have_no_mistakes() {
    let run = Bench::new().run("sources check").expect_code(0);
    assert!(
        run.stderr.ends_with("sources: no mistakes\n"),
        "{}",
        run.stderr
    );
    let json = Bench::new()
        .run("sources check --format json")
        .expect_code(0);
    assert_eq!(array(&json.stdout), Vec::<Value>::new());
}

#[test]
fn an_unread_or_wrong_type_is_said_before_anything_is_sent() {
    let told = Bench::new().refused("sources try kms.Kye");
    assert!(told.contains("did you mean `kms.Key`?"), "{told}");
    let told = Bench::new().refused("sources try cloudwatch.Metric --param cloudwatch.windw=1d");
    assert!(
        told.contains("there is no parameter `cloudwatch.windw`"),
        "{told}"
    );
    let told = Bench::new().refused("sources try cloudwatch.Metric --param cloudwatch.window=soon");
    assert!(told.contains("`soon` is not of type duration"), "{told}");
}

#[test]
fn the_schema_of_a_source_file_is_json_schema() {
    let run = Bench::new().run("schema --source").expect_code(0);
    let schema: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    for key in ["service", "protocol", "types", "unavailable"] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
}

/// An API model in the form of botocore's, with words of our own.
fn model() -> String {
    json!({
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "lamps", "protocol": "json", "jsonVersion": "1.1",
            "serviceId": "Lamps", "serviceFullName": "Lamps", "signatureVersion": "v4", "targetPrefix": "Lamps",
        },
        "operations": {
            "ListLamps": {
                "name": "ListLamps", "http": { "method": "POST", "requestUri": "/" },
                "input": { "shape": "ListLampsRequest" }, "output": { "shape": "ListLampsResponse" },
            },
            "DeleteLamp": { "name": "DeleteLamp", "http": { "method": "POST", "requestUri": "/" } },
        },
        "shapes": {
            "ListLampsRequest": { "type": "structure", "members": { "NextToken": { "shape": "Text" } } },
            "ListLampsResponse": { "type": "structure", "members": {
                "Lamps": { "shape": "Lamps" }, "NextToken": { "shape": "Text" },
            } },
            "Lamps": { "type": "list", "member": { "shape": "Lamp" } },
            "Lamp": { "type": "structure", "required": ["LampId", "LampArn"], "members": {
                "LampId": { "shape": "Text" }, "LampArn": { "shape": "Text" }, "On": { "shape": "Flag" },
                "AdminPassword": { "shape": "Text" },
            } },
            "Text": { "type": "string" },
            "Flag": { "type": "boolean" },
        },
    })
    .to_string()
}

#[test]
fn a_draft_from_an_installed_model_passes_the_check() {
    let bench = Bench::new().with("models/lamps/2020-01-01/service-2.json", model());
    let drafted = |operation: &str| {
        let mut command = bench.command(&format!("sources new lamps {operation}"));
        crate::support::run(command.env("AWS_DATA_PATH", "models"))
    };
    let draft = drafted("ListLamps").expect_code(0);
    assert!(
        draft.stdout.contains("LampId: string\n"),
        "{}",
        draft.stdout
    );
    assert!(
        draft.stdout.contains("AdminPassword: present"),
        "{}",
        draft.stdout
    );
    assert!(
        draft.stderr.contains("sources/lamps.yaml"),
        "{}",
        draft.stderr
    );
    let rules = Bench::new().with("rules/sources/lamps.yaml", &draft.stdout);
    rules.run("sources check rules").expect_code(0);

    let told = drafted("DeleteLamp").expect_code(2).stderr;
    assert!(
        told.contains("its name does not say that it reads"),
        "{told}"
    );
    let told = drafted("ListLamp").expect_code(2).stderr;
    assert!(told.contains("did you mean `ListLamps`?"), "{told}");
}

#[test]
fn without_a_model_the_places_that_were_searched_are_said() {
    let bench = Bench::new().with_directory("nowhere");
    let mut command = bench.command("sources new lamps ListLamps");
    command
        .env_clear()
        .env("HOME", "nowhere")
        .env("AWS_DATA_PATH", "nowhere");
    let told = crate::support::run(&mut command).expect_code(2).stderr;
    assert!(
        told.contains("lamps") || told.contains("no API models"),
        "{told}"
    );
    assert!(told.contains("botocore"), "{told}");
}
