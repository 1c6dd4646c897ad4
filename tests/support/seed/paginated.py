"""Prints which operations of the services named are paginated, by AWS's own models."""

import json
import sys

import botocore.session


def main() -> None:
    session = botocore.session.get_session()
    names = []
    for service in sys.argv[1:]:
        model = session.get_component("data_loader").load_service_model(service, "paginators-1")
        names.extend(f"{service}:{operation}" for operation in model["pagination"])
    print(json.dumps(names))


if __name__ == "__main__":
    main()
