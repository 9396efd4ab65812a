"""The Celery worker under the supervisor: `python -m config.embedded.worker`.

A plain `celery worker` would not do: its processes outlive a main process that is killed, and a worker whose queue has
vanished can wait for it for ever.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from typing import Any

from celery.signals import worker_before_create_process, worker_process_init

from config.celery import app
from config.embedded.processes import die_with_parent

# The time that running tasks get to end after the supervisor was killed (seconds).
PATIENCE = 5.0
# Processes, so that Celery can end a task that hangs, which no thread lets anybody do.
# One is enough for those who practise (config/embedded/practice.py).
PROCESSES = 1 if os.environ.get("PRACTICE") == "1" else 3
COMMAND = ["worker", "--pool=prefork", f"--concurrency={PROCESSES}", "--queues=default,pdf", "--without-gossip"]


def follow_worker(**_: Any) -> None:
    """Let the process of a task, in which this runs, die with the worker that forked it."""
    die_with_parent(signal.SIGKILL, os.getppid())()


def share_memory(**_: Any) -> None:
    """Keep the collector from writing to what the worker has loaded, so that its processes go on sharing it."""
    gc.freeze()


def end_without_supervisor(supervisor: int) -> None:
    """End the process for good some seconds after its supervisor went away."""
    while os.getppid() == supervisor:
        time.sleep(1)
    time.sleep(PATIENCE)
    os._exit(1)


def main() -> None:
    """Run the worker until it is told to stop: three processes, both queues."""
    # Not weakly: nothing else holds the function.
    worker_process_init.connect(follow_worker, weak=False)
    worker_before_create_process.connect(share_memory, weak=False)
    threading.Thread(target=end_without_supervisor, args=(os.getppid(),), daemon=True).start()
    app.worker_main([*COMMAND, "--without-mingle", "--loglevel=INFO"])


if __name__ == "__main__":
    main()
