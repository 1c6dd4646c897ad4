//! What no source is drafted of.

use super::*;

fn service(protocol: &str, name: &str, method: &str) -> Service {
    let http = json!({ "method": method, "requestUri": "/lamps" });
    Service::speaking(protocol)
        .operation(
            name,
            json!({ "http": http, "output": { "shape": "Answer" } }),
        )
        .shapes(json!({ "Answer": structure(&[("Names", "Texts")]) }))
}

fn refusal(service: &Service, operation: &str) -> String {
    service.draft(operation).unwrap_err().to_string()
}

#[test]
fn an_unknown_operation_has_a_suggestion() {
    let text = refusal(&service("json", "ListLamps", "POST"), "ListLampps");
    assert_eq!(
        text,
        "lamps has no operation `ListLampps`; did you mean `ListLamps`?"
    );
}

#[test]
fn an_operation_that_changes_things() {
    let text = refusal(&service("json", "CreateLamp", "POST"), "CreateLamp");
    assert!(
        text.starts_with("`lamps:CreateLamp` is not for launchgate"),
        "{text}"
    );
    assert!(
        text.ends_with("its name does not say that it reads"),
        "{text}"
    );
}

#[test]
fn a_method_that_changes_things_under_an_innocent_name() {
    let text = refusal(&service("rest-json", "GetLamp", "DELETE"), "GetLamp");
    assert!(
        text.ends_with("it is sent by a method that changes things"),
        "{text}"
    );
}

#[test]
fn an_operation_that_hands_out_secrets_whatever_the_service_is_called() {
    let service = service("json", "GetSecretValue", "POST")
        .metadata("endpointPrefix", json!("api.hidden"))
        .metadata("signingName", json!("secretsmanager"));
    let text = refusal(&service, "GetSecretValue");
    assert!(text.contains("hands out secrets"), "{text}");
}

#[test]
fn a_protocol_that_is_not_spoken() {
    for protocol in ["ec2", "smithy-rpc-v2-cbor"] {
        let text = refusal(&service(protocol, "ListLamps", "POST"), "ListLamps");
        assert!(
            text.starts_with(&format!("lamps speaks {protocol}, ")),
            "{text}"
        );
    }
}

#[test]
fn an_answer_without_facts() {
    let answer = |shape: Value| {
        let service = service("rest-json", "GetLamp", "GET");
        refusal(
            &service.shapes(json!({ "Answer": shape, "Photo": { "type": "blob" } })),
            "GetLamp",
        )
    };
    let photo = json!({ "type": "structure", "payload": "Photo", "members": { "Photo": { "shape": "Photo" } } });
    assert!(answer(photo).ends_with("it answers bytes"));
    assert!(
        answer(structure(&[("Photo", "Photo")])).ends_with("nothing of it can be read or kept")
    );
    assert!(answer(structure(&[])).ends_with("nothing of it can be read or kept"));
    let mut secret = structure(&[("Names", "Texts")]);
    secret["sensitive"] = json!(true);
    assert!(answer(secret).ends_with("AWS marks all of its answer as sensitive"));
    let silent = Service::speaking("json").operation("GetLamp", json!({}));
    assert!(refusal(&silent, "GetLamp").ends_with("it has no answer"));
}

#[test]
fn a_model_that_contradicts_itself() {
    let service =
        Service::speaking("json").operation("GetLamp", json!({ "output": { "shape": "Lost" } }));
    assert_eq!(
        refusal(&service, "GetLamp"),
        "the model names the shape `Lost` and does not have it"
    );
    let service = Service::speaking("json")
        .operation("GetLamp", json!({ "output": { "shape": "Answer" } }))
        .shapes(json!({ "Answer": structure(&[("Lost", "Lost"), ("Name", "Text")]) }));
    let text = service.drafted("GetLamp", "types:");
    assert!(
        text.contains("# Lost is left out: the model does not say what it is"),
        "{text}"
    );
}
