"""What is built from the sources before the portal starts: style sheets, message catalogues, static files."""

from __future__ import annotations

import os
import shutil
import subprocess

from tools import build_static
from tools.bootstrap import PYTHON, ROOT, STAMPS, SetupError, environment, say, stamps


def run(command: list[str], failure: str) -> None:
    """Run a command of the environment's Python. Raises `SetupError` with its words when it fails."""
    # The settings want the address of a database; nothing here connects to it.
    unused = {"DATABASE_URL": "postgres://nobody@localhost/unused"}
    variables = {**unused, **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    result = subprocess.run(
        [str(PYTHON), *command], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise SetupError(f"{failure}:\n{(result.stdout + result.stderr).strip()[-3000:]}")


def build_styles() -> None:
    """Build the style sheets when they changed, with a Node.js from the package index where there is none.

    Raises `SetupError`.
    """
    if build_static.is_current():
        return
    if build_static.find_node() is None:
        environment.install(environment.NODE)
    say("Building the style sheets ...")
    try:
        build_static.build()
    except build_static.BuildError as error:
        raise SetupError(str(error)) from error


def compile_catalogues() -> None:
    """Compile the message catalogues when they changed, with Babel: needs no gettext on the machine."""
    sources = [path for path in stamps.files_in(ROOT / "locale") if path.suffix == ".po"]
    stamp, wanted = STAMPS / "catalogues", stamps.digest(sources)
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    if not sources or (compiled and stamps.is_current(stamp, wanted)):
        return
    say("Compiling the message catalogues ...")
    for domain in sorted({source.stem for source in sources}):
        command = ["-m", "babel.messages.frontend", "--quiet", "compile", "--directory=locale"]
        run([*command, f"--domain={domain}"], "The message catalogues could not be compiled")
    stamps.write(stamp, wanted)


def collect_static_files() -> None:
    """Gather, compress and name by content all static files when one changed."""
    target = ROOT / "build" / "staticfiles"
    inputs = stamps.files_in(ROOT / "static" / "js", ROOT / "static" / "img", ROOT / "build" / "static")
    wanted = stamps.digest([*inputs, ROOT / environment.RUNTIME])
    stamp = STAMPS / "staticfiles"
    if target.is_dir() and stamps.is_current(stamp, wanted):
        return
    say("Collecting the static files ...")
    shutil.rmtree(target, ignore_errors=True)
    run(["manage.py", "collectstatic", "--noinput", "--verbosity=0"], "Static files could not be collected")
    stamps.write(stamp, wanted)
