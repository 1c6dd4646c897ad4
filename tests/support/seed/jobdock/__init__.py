"""What the account of `launch.py` is made of: one file a concern."""

import sys

import boto3

from parts.clock import at

REGION = "us-east-1"
ACCOUNT = "123456789012"
PREFIX = "jobdock-prod"
# When the application was made, by state; the tests audit on 2026-01-19. A fresh account is of yesterday.
BUILT = {
    "fresh": "2026-01-18T08:00:00Z",
    "half": "2025-09-01T08:00:00Z",
    "ready": "2025-09-01T08:00:00Z",
}
# When its alarms, budget and trail were made.
PREPARED = "2026-01-05T08:00:00Z"
TAGS = {"Project": "jobdock", "Env": "prod"}


def client(service: str, time: str | None = None):
    """A client of the service, whose requests are made at that time, or when the application was
    made, as far as moto knows."""
    time = time or BUILT[sys.argv[1]]
    made = boto3.client(service, region_name=REGION)
    if service == "s3control":
        made.meta.events.register("before-sign", address_without_account)
    return at(made, time)


def address_without_account(request, **_: object) -> None:
    """The local server has no host name of its own for each account."""
    request.url = request.url.replace(f"//{ACCOUNT}.", "//")


def tag_list(**more: str) -> list[dict]:
    return [{"Key": key, "Value": value} for key, value in {**TAGS, **more}.items()]


def arn(service: str, resource: str, region: str = REGION) -> str:
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{resource}"
