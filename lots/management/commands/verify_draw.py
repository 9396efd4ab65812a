"""Check a draw from its files alone: no database is needed."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lots.algorithm import ImpossibleDrawError
from lots.files import differences_from_a_new_run
from lots.verifier import verify


class Command(BaseCommand):
    """``verify_draw DIR [DIR ...]``. Exit status 0 only when every rule and every hash holds."""

    help = "Checks every rule, hash and bound of a draw, then runs it once more and compares all bytes."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folders."""
        parser.add_argument(
            "folders",
            type=Path,
            nargs="+",
            metavar="DIR",
            help="holds input.csv, draw.json, result.json, certificate.json; draws that build on each other stand in "
            "their order, the oldest first",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """First what anybody can check without our program; then what only a new run shows."""
        folders = options["folders"]
        if status := verify.main([*map(str, folders)]):
            raise CommandError("The draw is not right.", returncode=status)
        for number, folder in enumerate(folders):
            self._run_again(folder, folders[:number], name=f"The draw in {folder.name}" if folders[1:] else "The draw")

    def _run_again(self, folder: Path, before: list[Path], *, name: str) -> None:
        try:
            different = differences_from_a_new_run(folder, before)
        except (ImpossibleDrawError, ValueError) as error:
            raise CommandError(f"{name} cannot be run once more: {error}") from error
        if different:
            raise CommandError(f"This input and this seed give other bytes: {', '.join(different)}")
        again = "was run once more from its input and its seed: all bytes are the same."
        sys.stdout.write(f"{name} {again if different is not None else 'was brought in, and cannot be run again.'}\n")
