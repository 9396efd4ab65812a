"""Runs the tests again and again from a process that has loaded every package but our own code.

    python -m tools.mutation.prepared ADDRESS PACKAGE-OF-OURS ...    (serves, in the folder of the copied code)
    python prepared.py ADDRESS ARGUMENT-OF-PYTEST ...               (asks; exit status of the tests)

What costs most of a run of few tests is the start of Python, pytest, Django and what else we use. None of that changes
with a mistake in our code; so each run is a child of a process that has it loaded, and imports our code itself.
"""

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import warnings
from pathlib import Path
from typing import Any

_READY, _LOADED = "ready", "loaded.txt"
ENDED = "The tests ended with status"
# Without what looks for warnings that nobody raised, which goes through all of memory some times a run.
_WITHOUT = ("cacheprovider", "randomly", "unraisableexception", "threadexception")
_HOW = (*(f"-pno:{name}" for name in _WITHOUT), "-q", "-x", "-W", "ignore::pytest.PytestAssertRewriteWarning")
_SELDOM = 100_000  # objects between two looks for what nobody holds any more


def ask(address: str, arguments: list[str]) -> int:
    """Have the tests run, print what they print, and give their exit status; who no longer asks ends them."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(address)
        asking.sendall("\0".join(arguments).encode() + b"\n")
        said = b"".join(iter(lambda: asking.recv(1 << 16), b""))
    words, _, status = said.decode(errors="replace").rpartition("\n")
    print(words)
    if not status.isdecimal():
        return 1
    print(ENDED, status)
    return int(status)


def _load_packages(ours: frozenset[str]) -> None:
    """What the first run had loaded in the end. Models of Django wait for their apps, and for each run itself."""
    with warnings.catch_warnings(action="ignore"):
        for name in Path(_LOADED).read_text().split():
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    if early := ours & {name.partition(".")[0] for name in sys.modules}:
        raise RuntimeError(f"a package has loaded our own code: {', '.join(sorted(early))}")
    gc.freeze()
    gc.set_threshold(_SELDOM)


def serve(address: str, ours: frozenset[str]) -> None:
    """Until our asker's end of the standard input closes."""
    for name in ("tools.mutation", "tools"):
        del sys.modules[name]
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen()
        print(_READY, flush=True)
        while door in select.select([door, sys.stdin], [], [])[0]:
            asked, _ = door.accept()
            with asked:
                arguments = asked.makefile().readline().rstrip("\n").split("\0")
                _run(arguments, asked, ours, is_first=not Path(_LOADED).exists())


def _run(arguments: list[str], asked: socket.socket, ours: frozenset[str], *, is_first: bool) -> None:
    read, write = os.pipe()
    child = os.fork()
    if not child:
        _be_child(arguments, asked.fileno(), ours if is_first else None)
    os.close(write)
    ends: list[Any] = []
    try:
        ends, _, _ = select.select([read, asked, sys.stdin], [], [])
    finally:
        if read not in ends:  # whoever asked has lost patience, or has ended
            os.killpg(child, signal.SIGKILL)
        os.close(read)
        _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        asked.sendall(f"\n{abs(os.waitstatus_to_exitcode(status))}".encode())
    if is_first and Path(_LOADED).exists():
        _load_packages(ours)


def _be_child(arguments: list[str], out: int, ours: frozenset[str] | None) -> None:
    """Never returns. The first run writes down what it has loaded and leaves compiled code behind, a later one none."""
    os.setsid()
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.dont_write_bytecode = ours is None
    import pytest

    status = int(pytest.main([*_HOW, *arguments]))
    if ours is not None and not status:
        Path(_LOADED).write_text("\n".join(name for name in sys.modules if name.partition(".")[0] not in ours))
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    address, *rest = sys.argv[1:]
    if __spec__ is None:
        raise SystemExit(ask(address, rest))
    serve(address, frozenset(rest))
