"""The virtual environment and the packages in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools.bootstrap import PYTHON, ROOT, VENV, SetupError, say, stamps

RUNTIME, DEVELOPMENT, NODE = "requirements.txt", "requirements-dev.txt", "requirements-node.txt"
# What a file of requirements contains beside its own: the development set has everything of the runtime set.
CONTAINED = {DEVELOPMENT: (RUNTIME,)}
NO_INSTALLER = (
    "Neither uv nor pip was found. Install one of them and start again, on Debian with:\n  apt-get install python3-pip"
)


def quiet(command: list[str | Path]) -> bool:
    """Run a command silently and tell whether it succeeded."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def is_usable(python: Path) -> bool:
    """Tell whether an environment's Python runs and is new enough."""
    return quiet([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"])


def make_environment() -> None:
    """Make `.venv` unless a usable one is there. Raises `SetupError`.

    Without pip in it: Debian's bare Python lacks the module that would put it there, and nobody needs it.
    """
    if is_usable(PYTHON):
        return
    say("Making the virtual environment ...")
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet([sys.executable, "-m", "venv", "--without-pip", VENV]) and is_usable(PYTHON):
        return
    uv = shutil.which("uv")
    if uv and quiet([uv, "venv", "--quiet", "--python", sys.executable, VENV]) and is_usable(PYTHON):
        return
    raise SetupError("This Python cannot make a virtual environment. On Debian: apt-get install python3-venv")


def installers() -> list[list[str | Path]]:
    """Return the commands that can install a file of requirements into `.venv`, the fastest first."""
    found: list[list[str | Path]] = []
    if uv := shutil.which("uv"):
        found.append([uv, "pip", "install", "--quiet", "--python", PYTHON])
    if quiet([sys.executable, "-m", "pip", "--version"]):
        words = ["--quiet", "--no-compile", "--disable-pip-version-check", "--no-input"]
        found.append([sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *words])
    return found


def install(requirements: str) -> bool:
    """Install a file of requirements, checked by hash, when it changed; return whether it had.

    Raises `SetupError` when no installer succeeds.
    """
    stamp = VENV / f".installed-{requirements}"
    wanted = stamps.digest([ROOT / requirements])
    if stamps.is_current(stamp, wanted):
        return False
    say(f"Installing the Python packages of {requirements} ...")
    failures = []
    for installer in installers():
        command = [*installer, "--require-hashes", "--requirement", requirements]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            stamps.write(stamp, wanted)
            for contained in CONTAINED.get(requirements, ()):
                stamps.write(VENV / f".installed-{contained}", stamps.digest([ROOT / contained]))
            return True
        failures.append(f"{Path(str(installer[0])).name} said:\n{result.stderr.strip()[-2000:]}")
    raise SetupError("\n".join([f"{requirements} could not be installed.", *failures]) if failures else NO_INSTALLER)
