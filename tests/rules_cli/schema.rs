//! `schema` and `completions`: what editors and shells read.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::listing::array;
use crate::support::samples::{RULE, rule_with};
use crate::support::{Bench, python_script};

fn schema_of_rules() -> String {
    Bench::new().run("schema").expect_code(0).stdout
}

/// The mistakes that an editor would show in these files.
fn mistakes(bench: &Bench, files: &[PathBuf]) -> Vec<String> {
    let schema = bench.path().join("schema.json");
    let arguments: Vec<&Path> = std::iter::once(&schema)
        .chain(files)
        .map(PathBuf::as_path)
        .collect();
    let told = python_script("validate_rules.py", &arguments);
    serde_json::from_str(&told).expect("a JSON array of texts")
}

fn bundled_rules() -> Vec<PathBuf> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let folders = std::fs::read_dir(rules).expect("rules/ can be read");
    let folders = folders.map(|entry| entry.expect("rules/ can be read").path());
    let others = ["frameworks", "functions", "sources"];
    let of_rules = folders
        .filter(|folder| folder.is_dir() && !others.iter().any(|other| folder.ends_with(other)));
    let files = of_rules.flat_map(|folder| std::fs::read_dir(folder).expect("a folder of rules"));
    files
        .map(|entry| entry.expect("a rule file").path())
        .collect()
}

#[test]
fn the_schema_is_valid_and_so_is_every_bundled_rule() {
    let bench = Bench::new().with("schema.json", schema_of_rules());
    let rules = bundled_rules();
    assert!(rules.len() > 100, "only {} rules found", rules.len());
    assert_eq!(mistakes(&bench, &rules), Vec::<String>::new());
}

/// What `rules check` refuses by its shape, an editor marks while it is written.
#[test]
fn the_schema_refuses_what_the_checker_refuses() {
    let wrong = [
        rule_with("severity: high", "severity: hihg"),
        rule_with("rds.DBInstance", "rds.DbInstances"),
        rule_with("message:", "mesage: x\nmessage:"),
        rule_with("why: A lost table cannot be brought back.\n", ""),
        rule_with("type: int", "type: integer"),
        rule_with("expect: fail", "expect: fails"),
        rule_with("[backups]", "backups"),
        rule_with("title: RDS instances keep backups", "title: 5.10"),
    ];
    let mut bench = Bench::new()
        .with("schema.json", schema_of_rules())
        .with("sound.yaml", RULE);
    let mut files = vec![bench.path().join("sound.yaml")];
    for (number, rule) in wrong.iter().enumerate() {
        let name = format!("wrong-{number}.yaml");
        bench = bench.with(&name, rule);
        files.push(bench.path().join(name));
    }
    let told = mistakes(&bench, &files);
    for (number, rule) in wrong.iter().enumerate() {
        let name = format!("wrong-{number}.yaml");
        assert!(
            told.iter().any(|mistake| mistake.contains(&name)),
            "taken as sound:\n{rule}"
        );
    }
    assert!(
        !told.iter().any(|mistake| mistake.contains("sound.yaml")),
        "{told:#?}"
    );
}

#[test]
fn a_resource_type_is_described_to_people() {
    let run = Bench::new()
        .run("schema --resource rds.DBInstance")
        .expect_code(0);
    for line in [
        "rds.DBInstance: ",
        "\n  BackupRetentionPeriod: int\n",
        "\n  KmsKeyId?: string\n",
        "\n  VpcSecurityGroups: list<VpcSecurityGroupMembership>\n    Status: string\n",
        "\n  ParameterGroups: list<rds.DBParameterGroup>  (joined: ",
        "\nlisted by rds:DescribeDBInstances; ",
    ] {
        assert!(
            run.stdout.contains(line),
            "{line:?} is not in\n{}",
            run.stdout
        );
    }
}

#[test]
fn a_resource_type_is_described_to_tools() {
    let run = Bench::new()
        .run("schema --resource cloudtrail.Trail --format json")
        .expect_code(0);
    let types = array(&run);
    assert_eq!(types.len(), 1);
    assert_eq!(types[0]["type"], "cloudtrail.Trail");
    let fields = &types[0]["fields"];
    assert_eq!(fields["IsMultiRegionTrail"]["type"], "bool");
    assert_eq!(fields["KmsKeyId"]["optional"], true);
    assert_eq!(fields["Status"]["call"], "cloudtrail:GetTrailStatus");
    assert_eq!(fields["Status"]["fields"]["IsLogging"]["type"], "bool");
}

/// Every type that a rule may name can be asked about.
#[test]
fn all_resource_types_are_listed() {
    let run = Bench::new()
        .run("schema --resources --format json")
        .expect_code(0);
    let listed: Vec<Value> = array(&run)
        .iter()
        .map(|known| known["type"].clone())
        .collect();
    let schema: Value = serde_json::from_str(&schema_of_rules()).expect("JSON");
    let named = schema["properties"]["resource"]["enum"]
        .as_array()
        .expect("an enumeration");
    assert_eq!(&listed, named);
    let text = Bench::new().run("schema --resources").expect_code(0).stdout;
    assert_eq!(text.lines().count(), listed.len());
}

#[test]
fn completions_for_shells() {
    for (shell, sign) in [
        ("bash", "complete -F _launchgate"),
        ("zsh", "#compdef launchgate"),
        ("fish", "complete -c launchgate"),
    ] {
        let run = Bench::new()
            .run(&format!("completions {shell}"))
            .expect_code(0);
        assert!(run.stdout.contains(sign), "{shell}:\n{}", run.stdout);
        for word in ["audit", "permissions", "fail-on"] {
            assert!(
                run.stdout.contains(word),
                "{shell} does not complete {word}"
            );
        }
    }
}

/// The shell that there is on every machine takes the script without complaint.
#[test]
fn bash_takes_its_script() {
    let bench = Bench::new();
    let script = bench.run("completions bash").expect_code(0).stdout;
    let bench = bench.with("launchgate.bash", script);
    let mut bash = crate::support::scrubbed(Path::new("bash"));
    bash.current_dir(bench.path())
        .args(["-c", ". ./launchgate.bash && complete -p launchgate"]);
    let run = crate::support::run(&mut bash).expect_code(0);
    assert!(run.stdout.contains("_launchgate"), "{}", run.stdout);
    assert_eq!(run.stderr, "");
}
