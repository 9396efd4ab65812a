"""Where the processes of one web server count together."""

import atexit
import os
import shutil
import tempfile

from config.env import secret


def share_figures() -> None:
    """Make a folder for what this server's processes count, if anybody may ask for it (METRICS_TOKEN).

    To be called in the process that forks them, before anything loads prometheus_client, which looks for it once. It is
    new with each server, as counters are, and goes with it.
    """
    if not secret("METRICS_TOKEN", ""):
        return
    folder, owner = tempfile.mkdtemp(prefix="portal-figures-"), os.getpid()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder

    def remove() -> None:
        if os.getpid() == owner:  # and not one of those that it forked
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
