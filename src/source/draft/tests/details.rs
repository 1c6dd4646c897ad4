//! Operations that bring more of what is known, or tell of what exists once.

use super::*;

#[test]
fn an_operation_on_one_resource_becomes_a_detail() {
    let service = Service::speaking("json")
        .operation(
            "DescribeLamp",
            json!({ "input": { "shape": "Request" }, "output": { "shape": "Answer" } }),
        )
        .shapes(json!({
            "Request": { "type": "structure", "required": ["LampName"], "members": { "LampName": { "shape": "Text" } } },
            "Answer": structure(&[("Lamp", "Lamp")]),
            "Lamp": structure(&[
                ("LampName", "Text"), ("arn", "Text"), ("Policy", "Text"), ("State", "Text"), ("tags", "TextMap"),
                ("id", "Unused"),
            ]),
            "Unused": structure(&[("Part", "Text")]),
        }));
    let expected = "\
types:
  Lamp:
    doc: What DescribeLamp tells of.
    list:
      call: TODO  # TODO: the operation that finds these; `sources new` drafts it
      items: TODO
    id: '{LampName}'
    arn: 'arn:{partition}:lamps:{region}:{account}:lamp/{LampName}'  # TODO: its ARN as the service authorization reference has it
    fields:
      LampName: string
    details:
      DescribeLamp:
        input: { LampName: '{LampName}' }
        at: Lamp
        fields:
          # LampName is left out: the list brings a field of that name
          # arn is left out: every resource has a field of that name already
          Policy: string?  # an IAM policy document is read by the type `policy`
          State: string?
          tags: map<string>
          # id is left out: every resource has a field of that name already
";
    assert_eq!(service.drafted("DescribeLamp", "types:"), expected);
    let whole = service.drafted("DescribeLamp", "#");
    assert!(!whole.contains("shapes:"), "{whole}");
}

#[test]
fn an_operation_on_nothing_tells_of_a_region() {
    let service = Service::speaking("json")
        .operation(
            "GetLampSettings",
            json!({ "output": { "shape": "Answer" } }),
        )
        .shapes(json!({
            "Answer": structure(&[("Dimmed", "Flag"), ("Limits", "Limits")]),
            "Limits": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Number" } },
        }));
    let expected = "\
types:
  LampSettings:
    doc: What GetLampSettings tells of a region.
    # AWS gives it no ARN; this one is made up.
    id: '{region}'
    arn: 'arn:{partition}:lamps:{region}:{account}:lampsettings'
    details:
      GetLampSettings:
        fields:
          Dimmed: bool?
          Limits: map<int>
";
    assert_eq!(service.drafted("GetLampSettings", "types:"), expected);
}

#[test]
fn tags_of_a_resource_are_a_detail_of_it() {
    let service = Service::speaking("json")
        .operation(
            "ListTagsForResource",
            json!({ "input": { "shape": "Request" }, "output": { "shape": "Answer" } }),
        )
        .shapes(json!({
            "Request": { "type": "structure", "required": ["ResourceArn"], "members": { "ResourceArn": { "shape": "Text" } } },
            "Answer": structure(&[("TagList", "Tags"), ("NextToken", "Text")]),
            "Tags": list("Tag"),
            "Tag": structure(&[("TagKey", "Text"), ("TagValue", "Text")]),
        }));
    let text = service.drafted("ListTagsForResource", "details:");
    assert!(
        text.contains("tags: tags<TagKey,TagValue> from TagList\n"),
        "{text}"
    );
    assert!(
        text.contains("input: { ResourceArn: '{ResourceArn}' }\n"),
        "{text}"
    );
}

#[test]
fn an_operation_on_several_resources_becomes_a_batch() {
    let service = Service::speaking("json")
        .operation(
            "BatchGetLamps",
            json!({ "input": { "shape": "Request" }, "output": { "shape": "Answer" } }),
        )
        .shapes(json!({
            "Request": {
                "type": "structure",
                "required": ["names", "room"],
                "members": { "names": { "shape": "Names" }, "room": { "shape": "Text" } },
            },
            "Names": { "type": "list", "max": 25, "member": { "shape": "Text" } },
            "Answer": structure(&[("lamps", "Lamps"), ("lampsNotFound", "Texts")]),
            "Lamps": list("Lamp"),
            "Lamp": structure(&[("name", "Text"), ("watts", "Number")]),
        }));
    let text = service.drafted("BatchGetLamps", "fields:");
    let expected = "\
fields:
      name: string
      room: string
    details:
      BatchGetLamps:
        batch: { size: 25, input: names, each: '{name}', items: lamps, match: name }
        input: { room: '{room}' }
        fields:
          # name is left out: the list brings a field of that name
          watts: int?
";
    assert_eq!(text, expected);
}

#[test]
fn an_answer_that_is_a_text_is_taken_whole() {
    let service = Service::speaking("rest-xml")
        .operation(
            "GetLampPolicy",
            json!({
                "http": { "method": "GET", "requestUri": "/{Lamp}?policy" },
                "input": { "shape": "Request" },
                "output": { "shape": "Answer" },
            }),
        )
        .shapes(json!({
            "Request": {
                "type": "structure",
                "required": ["Account", "Lamp"],
                "members": {
                    "Account": { "shape": "Text", "location": "header", "locationName": "x-amz-account-id" },
                    "Lamp": { "shape": "Text", "location": "uri", "locationName": "Lamp" },
                },
            },
            "Answer": { "type": "structure", "payload": "Policy", "members": { "Policy": { "shape": "Text" } } },
        }));
    let expected = "\
GetLampPolicy:
        http: GET /{Lamp}?policy
        input: { Lamp: '{Lamp}' }
        headers: { x-amz-account-id: '{account}' }
        raw: Policy
        fields:
          Policy: string  # an IAM policy document is read by the type `policy`
";
    assert_eq!(service.drafted("GetLampPolicy", "GetLampPolicy:"), expected);
}

#[test]
fn what_a_draft_cannot_know_is_marked() {
    let service = Service::speaking("json")
        .operation(
            "GetLampUse",
            json!({ "input": { "shape": "Request" }, "output": { "shape": "Answer" } }),
        )
        .shapes(json!({
            "Request": {
                "type": "structure",
                "required": ["Lamps", "Since", "Filter", "Metrics", "Deep"],
                "members": {
                    "Lamps": { "shape": "Texts" },
                    "Since": { "shape": "Time" },
                    "Filter": { "shape": "Filter" },
                    "Metrics": { "shape": "Metrics" },
                    "Deep": { "shape": "Flag" },
                },
            },
            "Filter": structure(&[("Name", "Text")]),
            "Metrics": list("Metric"),
            "Metric": { "type": "string", "enum": ["watts", "hours"] },
            "Answer": structure(&[("Sum", "Number"), ("Costs", "Number")]),
        }));
    let expected = "\
input:
          Lamps: ['{Lamp}']  # TODO: see what goes here
          Since: '{now-1d}'  # TODO: see what goes here
          Filter: {}  # TODO: see what goes here
          Metrics: [watts, hours]  # TODO: see what goes here
          Deep: true  # TODO: see what goes here
";
    let text = service.drafted("GetLampUse", "input:");
    assert!(text.starts_with(expected), "{text}");
}
