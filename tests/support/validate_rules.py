"""Checks rule files against a JSON Schema: `validate_rules.py SCHEMA FILE...`.

Prints the mistakes as a JSON array of texts. The schema itself is checked first.
"""

import json
import re
import sys

import yaml
from jsonschema import Draft202012Validator


BOOL, TIMESTAMP = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"


class Loader(yaml.SafeLoader):
    """YAML 1.2, as launchgate reads it: `off` is text, and so is what looks like a time."""


Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] not in (BOOL, TIMESTAMP)]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(BOOL, re.compile("^(true|false)$"), list("tf"))


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    mistakes = []
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as file:
            rule = yaml.load(file, Loader)
        for error in validator.iter_errors(rule):
            mistakes.append(f"{name}: {error.json_path}: {error.message}")
    print(json.dumps(mistakes, indent=1))


if __name__ == "__main__":
    main()
