"""The account of a start-up about to launch, in one of three states.

The application is the same in each: a REST and an HTTP API over Lambda functions in a VPC with a
NAT gateway, PostgreSQL on RDS, a front end behind CloudFront. What protects and watches it differs:

- `fresh`: nothing does;
- `half`: some of it, some of that wrongly (a budget that warns nobody, an alarm on another
  function's name, a trail that does not log, no dashboard);
- `ready`: all that the launch checklist asks for.

Prints the names and ids that the tests and the scripted answers need, as one JSON object.
"""

import json
import sys

from jobdock import access, alarms, api, audit, costs, data, edge, functions, network


def main() -> None:
    state = sys.argv[1]
    if state not in ("fresh", "half", "ready"):
        raise SystemExit(f"no such state: {state}")
    ids: dict = {"state": state}
    audit.keys(state, ids)
    network.build(state, ids)
    access.build(state, ids)
    data.build(state, ids)
    functions.build(state, ids)
    api.build(state, ids)
    edge.build(state, ids)
    alarms.build(state, ids)
    costs.build(state, ids)
    audit.build(state, ids)
    print(json.dumps(ids, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
