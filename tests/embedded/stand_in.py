"""The page that stands in for the portal, in a process of its own as ``make run`` has it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import waiting
from config.embedded.single import can_bind

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def standing_in(folder: Path) -> Iterator[str]:
    """Give its address; it reads what it says from the files ``state`` and ``progress`` of the folder."""
    (folder / "state").write_text(waiting.DEMO)
    (folder / "progress").write_text("3 24")
    # The port may be shared, so that two tests at once would take the same one.
    port = next(port for port in range(19000 + os.getpid() % 900, 20000) if can_bind("127.0.0.1", port))
    files = [str(folder / name) for name in ("state", "progress")]
    command = [sys.executable, "-m", "config.embedded.waiting", "127.0.0.1", str(port), *files]
    process = subprocess.Popen(command, cwd=ROOT)
    while can_bind("127.0.0.1", port):
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        assert process.wait(5) == 0
