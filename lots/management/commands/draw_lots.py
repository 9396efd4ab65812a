"""Draw lots from files alone: no database is needed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lots.algorithm import ImpossibleDrawError, PartyTable, SwitchError, Switches, TableError, draw, read_parties
from lots.draws import impossible_words, write_files


class Command(BaseCommand):
    """``draw_lots --parties FILE.csv --as-of YYYY-MM-DD --seed TEXT [--switch KEY=VALUE ...] --output DIR``."""

    help = "Draws groups and reviewing States, and writes the input, the result and its certificate into a folder."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See docs/draw-files.md for the files and the switches."""
        parser.add_argument("--parties", required=True, type=Path, help="CSV of States with their dates of deposit")
        parser.add_argument("--as-of", required=True, help="the day on which parties take part, YYYY-MM-DD")
        parser.add_argument("--seed", required=True, help="the text that chance comes from")
        parser.add_argument("--switch", action="append", default=[], metavar="KEY=VALUE", help="may be repeated")
        parser.add_argument("--output", required=True, type=Path, help="the folder to write into")

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is written unless the whole draw succeeds."""
        try:
            switches = Switches.parse(options["switch"])
            table = read_parties(options["parties"].read_bytes(), as_of=options["as_of"], switches=switches)
            drawn = draw(table, switches, as_of=options["as_of"], seed=options["seed"])
            write_files(drawn.files(), options["output"])
        except ImpossibleDrawError as error:
            raise CommandError("\n".join(impossible_words(error, _names(table)))) from error
        except (OSError, SwitchError, TableError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(drawn.groups)} States, {len(drawn.pairings)} pairings, {drawn.extras} extra")


def _names(table: PartyTable) -> dict[str, str]:
    return {party.code: party.name for party in table.parties}
