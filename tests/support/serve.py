"""Serves moto on a free local port until standard input ends.

The test holds the other end of standard input, so the server goes away with it however it ends:
a passing test, a panic, or a kill.
"""

import os
import sys

from moto.server import ThreadedMotoServer


def main() -> None:
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
