//! Where models are looked for.

use super::*;

/// A model that says where it is.
fn marked(mark: &str) -> Value {
    json!({
        "metadata": { "apiVersion": mark, "endpointPrefix": "lamps", "protocol": "json", "targetPrefix": mark },
        "operations": { "ListLamps": { "output": { "shape": "Answer" } } },
        "shapes": {
            "Answer": structure(&[("Names", "Texts")]),
            "Texts": list("Text"),
            "Text": { "type": "string" },
        },
    })
}

fn found(machine: &Machine, service: &str) -> String {
    let model = machine.find(service).unwrap();
    let below = model
        .path
        .strip_prefix(machine.root.path().canonicalize().unwrap());
    let below = below.or_else(|_| model.path.strip_prefix(machine.root.path()));
    below.unwrap().to_str().unwrap().replace('\\', "/")
}

#[test]
fn places_are_asked_in_their_order() {
    let machine = Machine::new()
        .set("AWS_DATA_PATH", &["first", "second"])
        .set("PATH", &["empty", "cli/bin", "bin"])
        .set("VIRTUAL_ENV", &["venv"]);
    machine.file("cli/bin/aws", "");
    machine.file("bin/python3", "");
    let places = [
        "second",
        "home/.aws/models",
        "usr/local/aws-cli/v2/current/dist/awscli/botocore/data",
        "usr/lib/python3/dist-packages/awscli/botocore/data",
        "cli/lib/python3.8/site-packages/awscli/botocore/data",
        "venv/lib/python3.12/site-packages/botocore/data",
        "lib/python3.11/site-packages/botocore/data",
        "lib/python3.9/site-packages/botocore/data",
        "usr/lib/python3/dist-packages/botocore/data",
        "usr/local/lib/python3.10/dist-packages/botocore/data",
        "home/.local/lib/python3.13/site-packages/botocore/data",
    ];
    // Each is found once those before it are gone, and before those behind it.
    for place in places.iter().rev() {
        machine.model(place, "lamps", "2020-01-01", &marked(place));
        let path = format!("{place}/lamps/2020-01-01/service-2.json");
        assert_eq!(found(&machine, "lamps"), path);
    }
}

#[cfg(unix)]
#[test]
fn the_program_is_followed_to_where_it_is_installed() {
    let machine = Machine::new().set("PATH", &["bin"]);
    machine.file("opt/cli/2.1/libexec/bin/aws", "");
    let data = "opt/cli/2.1/libexec/lib/python3.12/site-packages/awscli/botocore/data";
    machine.model(data, "lamps", "2020-01-01", &marked("cli"));
    let link = machine.root.path().join("bin/aws");
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    let program = machine.root.path().join("opt/cli/2.1/libexec/bin/aws");
    std::os::unix::fs::symlink(program, link).unwrap();
    assert_eq!(
        found(&machine, "lamps"),
        format!("{data}/lamps/2020-01-01/service-2.json")
    );
}

#[test]
fn the_newest_version_is_read() {
    let machine = Machine::new();
    for version in ["2019-12-31", "2020-02-02", "2020-01-01"] {
        machine.model("home/.aws/models", "lamps", version, &marked(version));
    }
    // A directory of examples only is no version of the model.
    machine.file("home/.aws/models/lamps/2021-01-01/examples-1.json", "{}");
    let path = "home/.aws/models/lamps/2020-02-02/service-2.json";
    assert_eq!(found(&machine, "lamps"), path);
}

#[test]
fn services_have_several_names() {
    let machine = Machine::new();
    for service in ["acm-pca", "config", "s3"] {
        machine.model("home/.aws/models", service, "2020-01-01", &marked(service));
    }
    for (name, service) in [
        ("acm-pca", "acm-pca"),
        ("acmpca", "acm-pca"),
        ("ACM-PCA", "acm-pca"),
        ("configservice", "config"),
        ("s3api", "s3"),
    ] {
        assert_eq!(machine.find(name).unwrap().service, service);
    }
    assert_eq!(machine.find("acm-pca").unwrap().source_name(), "acmpca");
}

#[test]
fn a_service_that_is_not_there_has_a_suggestion() {
    let machine = Machine::new();
    machine.model("home/.aws/models", "lamps", "2020-01-01", &marked("a"));
    let error = machine.find("lampss").unwrap_err();
    let expected =
        "the installed AWS CLI or botocore has no service `lampss`; did you mean `lamps`?";
    assert_eq!(error.to_string(), expected);
    for outside in ["../models/lamps", "lamps/2020-01-01", "", "."] {
        assert!(machine.find(outside).is_err(), "{outside}");
    }
}

#[test]
fn where_nothing_is_installed_the_places_are_told() {
    let machine = Machine::new().set("AWS_DATA_PATH", &["mine"]);
    let error = machine.find("lamps").unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("no API models were found on this machine; searched:\n"));
    for place in [
        "mine",
        "home/.aws/models",
        "usr/lib/python3*/dist-packages/botocore/data",
    ] {
        let path = machine.root.path().join(place);
        assert!(text.contains(&path.display().to_string()), "{text}");
    }
    assert!(error.help().unwrap().contains("pip install botocore"));
}

#[test]
fn a_file_that_is_no_model_is_named() {
    let machine = Machine::new();
    let path = "home/.aws/models/lamps/2020-01-01/service-2.json";
    for text in ["", "[]", "{\"metadata\": 7}", "{\"operations\": {}}"] {
        machine.file(path, text);
        let error = machine.find("lamps").unwrap_err().to_string();
        assert!(
            error.contains("service-2.json is no API model: "),
            "{error}"
        );
    }
}
