"""Reads a JUnit file with junitparser and prints what it understood as JSON.

Of each suite the counts that the file claims stand beside those that its cases come to.
"""

import json
import sys

import junitparser

KINDS = {"Failure": "failure", "Error": "error", "Skipped": "skipped"}


def main() -> None:
    document = junitparser.JUnitXml.fromfile(sys.argv[1])
    claimed = {name: getattr(document, name) for name in ("tests", "failures", "errors")}
    print(json.dumps({"claimed": claimed, "suites": [suite(found) for found in document]}))


def suite(found: junitparser.TestSuite) -> dict:
    cases = [case(each) for each in found]
    outcomes = [each["outcome"] for each in cases]
    return {
        "name": found.name,
        "claimed": {
            name: getattr(found, name) for name in ("tests", "failures", "errors", "skipped")
        },
        "counted": {
            "tests": len(cases),
            "failures": outcomes.count("failure"),
            "errors": outcomes.count("error"),
            "skipped": outcomes.count("skipped"),
        },
        "cases": cases,
    }


def case(found: junitparser.TestCase) -> dict:
    results = found.result
    assert len(results) <= 1, f"{found.name} has {len(results)} results"
    result = results[0] if results else None
    return {
        "class": found.classname,
        "name": found.name,
        "outcome": KINDS[type(result).__name__] if result else "passed",
        "type": result.type if result else None,
        "message": result.message if result else None,
        "text": result.text if result else None,
    }


if __name__ == "__main__":
    main()
