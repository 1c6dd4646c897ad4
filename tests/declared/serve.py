"""Serves one moto server after the other, each with a state of its own.

Reads lines from standard input, each a JSON text: the Python code that fills a new account (its
"seed"). For each it ends the server before, forks one off from this process, where moto is loaded
already, runs the seed, and prints `{"url": ...}` or `{"error": ...}`. Ends with standard input.
"""

import steady  # noqa: I001  (before all that reads the clock)

import json
import logging
import os
import signal
import sys
import traceback

import boto3
from moto.moto_api._internal import mock_random
from moto.server import ThreadedMotoServer

AWS = boto3.Session(
    aws_access_key_id="testing", aws_secret_access_key="testing", region_name="us-east-1"
)


def seeded_server(seed: str) -> str:
    """Starts a server and fills it. The seed sees `client` and `json`."""
    steady.start_over()
    mock_random.seed(2026)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"

    def client(name: str, region: str = "us-east-1") -> object:
        return AWS.client(name, region_name=region, endpoint_url=url)

    exec(compile(seed, "seed", "exec"), {"client": client, "json": json})
    return url


def serve_in_child(seed: str, answers: int, lifeline: int) -> None:
    try:
        answer = {"url": seeded_server(seed)}
    except BaseException:
        answer = {"error": traceback.format_exc()}
    os.write(answers, json.dumps(answer).encode() + b"\n")
    # Nothing is ever written to it: this returns when the parent is gone, however it went.
    os.read(lifeline, 1)
    os._exit(0)


def main() -> None:
    # Tracebacks, not a line for each request.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # Loaded once, for all servers.
    AWS.client("sts")
    # The test reads the answers; what a seed prints belongs in the log.
    answers = os.dup(1)
    os.dup2(2, 1)
    lifeline, held_by_parent = os.pipe()
    child = 0
    for line in sys.stdin:
        if child:
            end(child)
        child = os.fork()
        if child == 0:
            os.close(held_by_parent)
            serve_in_child(json.loads(line), answers, lifeline)
    if child:
        end(child)


def end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    main()
