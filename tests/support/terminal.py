"""Runs a command on a terminal of its own and prints what it wrote there.

Its standard output and standard error are both that terminal.
"""

import os
import pty
import sys

if __name__ == "__main__":
    sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
