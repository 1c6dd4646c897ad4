"""A small company's account a week before launch: of each resource type something good and something bad.

Prints the ids that a test needs to name, as one JSON object.
"""

import json

from parts import budgets, cloudtrail, ec2, iam, rds


def main() -> None:
    ids: dict[str, str] = {}
    iam.seed(ids)
    cloudtrail.seed(ids)
    ec2.seed(ids)
    rds.seed(ids)
    budgets.seed(ids)
    print(json.dumps(ids, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
