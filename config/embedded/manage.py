"""Run a command of `manage.py` on the data of a data folder: `make manage`.

While the portal runs, on its servers; else on servers that are started for this alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.options import Options, owner_environment, portal_environment, system_environment
from config.embedded.processes import die_with_parent
from config.embedded.reach import reached
from config.embedded.servers import Places

# What changes tables or publishes reference data is a matter of their owner; everything else of the system.
OWNERS = {"flush", "load_reference", "migrate"}


def manage(options: Options, environment: Mapping[str, str], words: Sequence[str], root: Path) -> int:
    """Run the command and return its exit status. Raises `EmbeddedError`."""
    if not words:
        raise EmbeddedError('Which command? For example: make manage ARGS="check"; all of them: make manage ARGS=help')
    with reached(options, environment) as (where, provided):
        return _run(where, environment, provided, words, root)


def _run(
    where: Places, environment: Mapping[str, str], provided: Mapping[str, str], words: Sequence[str], root: Path
) -> int:
    portal = portal_environment(environment, where.options, provided)
    is_owners = words[0] in OWNERS or environment.get("DATABASE_ROLE") == "owner"
    variables = (owner_environment if is_owners else system_environment)(environment, portal, provided)
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=root,
        env=variables,
        preexec_fn=die_with_parent(signal.SIGTERM, os.getpid()),  # noqa: PLW1509
    )
    try:
        return process.wait()
    finally:
        if process.poll() is None:  # a signal asked us to stop
            process.terminate()
            process.wait()
