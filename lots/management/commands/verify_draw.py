"""Check a draw from its files alone: no database is needed."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lots.algorithm import ImpossibleDrawError
from lots.draws import differences_from_a_new_run
from lots.verifier import verify


class Command(BaseCommand):
    """``verify_draw DIR``. Exit status 0 only when every rule and every hash holds."""

    help = "Checks every rule, hash and bound of a draw, then runs it once more and compares all bytes."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder."""
        parser.add_argument("folder", type=Path, help="holds input.csv, draw.json, result.json, certificate.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """First what anybody can check without our program; then what only a new run shows."""
        folder = options["folder"]
        if status := verify.main([str(folder)]):
            raise CommandError("The draw is not right.", returncode=status)
        try:
            different = differences_from_a_new_run(folder)
        except (ImpossibleDrawError, ValueError) as error:
            raise CommandError(f"The draw cannot be run once more: {error}") from error
        if different:
            raise CommandError(f"This input and this seed give other bytes: {', '.join(different)}")
        sys.stdout.write("The draw was run once more from its input and its seed: all bytes are the same.\n")
