"""Command line: `python3 -m tools.bootstrap [run|test|messages]`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whatever Python the machine has comes here
    sys.exit(
        "Python 3.11 or later is needed, this is {}.{}. Name another one: make PYTHON=python3.12 run".format(
            *sys.version_info[:2]
        )
    )

import argparse
from concurrent.futures import ThreadPoolExecutor

from tools import build_static
from tools.bootstrap import SetupError, assets, debian, environment


def python_packages(requirements: str) -> None:
    """Make the environment and fill it."""
    environment.make_environment()
    environment.install(requirements)


def debian_packages(purpose: str) -> None:
    """See to the packages of the machine."""
    debian.provide_for_pdf()
    if purpose == "test":
        debian.provide(debian.FOR_TESTS, "the browser tests")
    if purpose == "messages":
        debian.provide(debian.FOR_MESSAGES, "collecting messages")


def prepare(purpose: str) -> None:
    """Prepare the machine for a purpose. Raises `SetupError`.

    Downloads from three places go on side by side; the builds that need all of them follow.
    """
    requirements = environment.RUNTIME if purpose == "run" else environment.DEVELOPMENT
    with ThreadPoolExecutor() as pool:
        steps = [pool.submit(python_packages, requirements), pool.submit(debian_packages, purpose)]
        if build_static.find_node():
            steps.append(pool.submit(assets.build_styles))
        for step in steps:
            step.result()
    assets.build_styles()
    assets.compile_catalogues()
    assets.collect_static_files()


def main() -> int:
    """Prepare the machine; return the exit status."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.bootstrap", description="Prepare this machine.")
    parser.add_argument("purpose", nargs="?", choices=("run", "test", "messages"), default="run")
    try:
        prepare(parser.parse_args().purpose)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
