"""Serves moto on a free local port until standard input ends.

The test holds the other end of standard input, so the server goes away with it however it ends:
a passing test, a panic, or a kill.
"""

import datetime
import logging
import os
import sys

# The seeds attach AWS's managed policies.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
# moto would answer `DescribeSnapshots` for `self` with the 1300 snapshots behind Amazon's images too.
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"

import flask  # noqa: E402
import moto.core.utils  # noqa: E402
from moto.ec2.models.amis import Ami  # noqa: E402
from moto.iam.models import AWSManagedPolicy, IAMBackend  # noqa: E402
from moto.moto_api._internal import mock_random  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402
from moto.sns.models import SNSBackend, Subscription  # noqa: E402


def mend_account_authorization_details() -> None:
    """`GetAccountAuthorizationDetails` as AWS answers: of its own 1500 policies those in use, and
    with each policy's name and how often it serves as a boundary, which moto leaves out."""
    everything = IAMBackend.get_account_authorization_details

    def in_use(self: IAMBackend, policy_filter: list[str]) -> dict:
        details = everything(self, policy_filter)
        details["managed_policies"] = [
            policy
            for policy in details["managed_policies"]
            if policy.attachment_count > 0 or not isinstance(policy, AWSManagedPolicy)
        ]
        # It keeps no boundaries of users.
        boundaries = [role.permissions_boundary_arn for role in self.roles.values()]
        for policy in details["managed_policies"]:
            policy.policy_name = policy.name
            policy.permissions_boundary_usage_count = boundaries.count(policy.arn)
        return details

    IAMBackend.get_account_authorization_details = in_use


def mend_virtualization_type() -> None:
    """Images as AWS registers them: with a virtualization type, which moto forgets, and with it
    that of their instances."""
    make = Ami.__init__

    def make_complete(self: Ami, *args: object, **kwargs: object) -> None:
        make(self, *args, **kwargs)
        self.virtualization_type = self.virtualization_type or "hvm"

    Ami.__init__ = make_complete


def let_subscriptions_wait() -> None:
    """Subscriptions to addresses with `+unconfirmed` wait for their confirmation, as every
    subscription by mail does in AWS; moto confirms all of them at once."""
    subscribe = SNSBackend.subscribe

    def wait(self: SNSBackend, topic_arn: str, endpoint: str, protocol: str) -> Subscription:
        subscription = subscribe(self, topic_arn, endpoint, protocol)
        if "+unconfirmed@" in endpoint:
            subscription.arn = "PendingConfirmation"
        return subscription

    SNSBackend.subscribe = wait


def set_clock_by_requests() -> None:
    """Whoever sends `X-Moto-Now` says what time it is for moto, so that resources can be as old as
    a test needs them, and answers the same in every run."""

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            told = flask.has_request_context() and flask.request.headers.get("X-Moto-Now")
            if not told:
                return datetime.datetime.now(tz)
            time = datetime.datetime.fromisoformat(told)
            return time.astimezone(tz) if tz else time.replace(tzinfo=None)

    class Module:
        """`datetime` as `moto.core.utils` sees it, whose `utcnow` nearly all of moto asks."""

        datetime = Clock

        def __getattr__(self, name: str) -> object:
            return getattr(datetime, name)

    moto.core.utils.datetime = Module()


def main() -> None:
    set_clock_by_requests()
    mend_account_authorization_details()
    mend_virtualization_type()
    let_subscriptions_wait()
    # The same requests get the same ids in every run.
    mock_random.seed(2026)
    # Tracebacks, not a line for each request.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    print(port, flush=True)
    # The test reads that one line; anything printed later belongs in the log.
    sys.stdout = sys.stderr
    sys.stdin.buffer.read()
    # Not sys.exit: a request still being answered must not keep the process alive.
    os._exit(0)


if __name__ == "__main__":
    main()
