"""A folder for a process of the tests."""

import atexit
import os
import shutil
import tempfile


def passing_folder() -> str:
    """A new one, which goes with the process that made it, and with none that it has forked."""
    path, maker = tempfile.mkdtemp(prefix="reviews-test-"), os.getpid()
    atexit.register(lambda: os.getpid() == maker and shutil.rmtree(path, ignore_errors=True))
    return path
