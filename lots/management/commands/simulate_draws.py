"""Equal treatment, measured on files alone: no database is needed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lots.algorithm import ImpossibleDrawError, SwitchError, Switches, TableError, read_parties
from lots.simulations import simulate_in_processes, summary_of, write_tables


class Command(BaseCommand):
    """``simulate_draws --parties FILE.csv --as-of YYYY-MM-DD [--draws N] [--switch KEY=VALUE ...] [--output DIR]``."""

    help = "Draws thousands of times and tests whether States that are alike in the input fare alike."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As for ``draw_lots``; seeds are the numbers from 1 on, after ``--seed``."""
        parser.add_argument("--parties", required=True, type=Path, help="CSV of States with their dates of deposit")
        parser.add_argument("--as-of", required=True, help="the day on which parties take part, YYYY-MM-DD")
        parser.add_argument("--switch", action="append", default=[], metavar="KEY=VALUE", help="may be repeated")
        parser.add_argument("--seed", default="simulation", help="what all seeds begin with")
        parser.add_argument("--draws", type=int, default=2000, help="how many draws (2000)")
        parser.add_argument("--output", type=Path, help="a folder for pairs.csv (every test) and chances.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Progress goes to the error stream, the result to the output."""
        try:
            switches = Switches.parse(options["switch"])
            table = read_parties(options["parties"].read_bytes(), as_of=options["as_of"], switches=switches)
            seeds = [f"{options['seed']} {number}" for number in range(1, options["draws"] + 1)]
            tally = simulate_in_processes(table, switches, options["as_of"], seeds, self._tell)
            if options["output"]:
                write_tables(tally, options["output"])
        except (ImpossibleDrawError, OSError, SwitchError, TableError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(summary_of(tally))

    def _tell(self, done: int, of: int) -> None:
        self.stderr.write(f"{done} of {of} draws", ending="\r" if done < of else "\n")
