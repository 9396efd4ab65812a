"""Swap what lies beside, and be killed on the way: `python -m tests.embedded.killed_swap LINE DATA`.

LINE counts the lines of the steps in `config/embedded/swap.py` that are run; at that one the process gets
SIGKILL. The description of the cluster comes pickled on standard input.
"""

import os
import pickle
import signal
import sys
from pathlib import Path
from types import FrameType

from config.embedded import swap

STEPS = {"decide", "settle_folders", "settle_database"}


def kill_at(line: int) -> None:
    """Let the process die before that line of the module is run."""
    seen = 0

    def trace(frame: FrameType, event: str, _argument: object) -> object:
        nonlocal seen
        if frame.f_code.co_filename != swap.__file__ or frame.f_code.co_name not in STEPS:
            return None
        if event == "line":
            seen += 1
            if seen == line:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


if __name__ == "__main__":
    data, cluster = Path(sys.argv[2]), pickle.load(sys.stdin.buffer)  # noqa: S301 - of our own test
    kill_at(int(sys.argv[1]))
    swap.decide(data)
    swap.settle_folders(data, data / "servers")
    swap.settle_database(cluster, data)
