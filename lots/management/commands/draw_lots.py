"""Draw lots from files alone: no database is needed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lots.algorithm import INSTRUMENTS, ImpossibleDrawError, SwitchError, Switches, TableError
from lots.algorithm.terms import FIRST, NEXT_PHASE, SUPPLEMENTARY, TEAMS
from lots.files import draw_from_parties, names_in, write_files
from lots.words import impossible_words
from reviews.shipped import shipped_instruments


class Command(BaseCommand):
    """``draw_lots --parties FILE.csv --as-of YYYY-MM-DD --seed TEXT [--switch KEY=VALUE ...] --output DIR``."""

    help = "Draws groups and reviewing States, and writes the input, the result and its certificate into a folder."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See docs/draw-files.md for the files and the switches; those of format 2 come last."""
        add = parser.add_argument
        add("--parties", required=True, type=Path, help="CSV of States with their dates of deposit")
        add("--as-of", required=True, help="the day on which parties take part, YYYY-MM-DD")
        add("--seed", required=True, help="the text that chance comes from")
        add("--switch", action="append", default=[], metavar="KEY=VALUE", help="may be repeated")
        add("--output", required=True, type=Path, help="the folder to write into")
        add("--kind", default="", choices=(FIRST, NEXT_PHASE, SUPPLEMENTARY), help="of a draw that builds on others")
        add("--previous", action="append", default=[], type=Path, metavar="DIR", help="a draw before, the oldest first")
        add("--teams", default="", choices=TEAMS[NEXT_PHASE], help="what becomes of those of the draw before")
        add("--replace", action="append", default=[], dest="replaced", metavar="AAA>BBB", help="AAA leaves BBB")
        add("--supplements", type=Path, metavar="DIR", help="of those before the one that began the phase to add to")
        add("--instruments", nargs="+", default=INSTRUMENTS, help="the first one makes a party")

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is written unless the whole draw succeeds."""
        own = ("as_of", "seed", "kind", "previous", "teams", "replaced", "supplements", "instruments")
        try:
            parties, switches = options["parties"].read_bytes(), Switches.parse(options["switch"])
            drawn, left_out = draw_from_parties(parties, switches, **{name: options[name] for name in own})
            write_files(drawn.files(), options["output"])
        except ImpossibleDrawError as error:
            raise CommandError("\n".join(impossible_words(error, names_in(parties), shipped_instruments()))) from error
        except (OSError, SwitchError, TableError) as error:
            raise CommandError(str(error)) from error
        if left_out:
            self.stdout.write(f"not drawn for, since not named as late: {', '.join(left_out)}")
        self.stdout.write(f"{len(drawn.own_groups)} States, {len(drawn.own_pairings)} pairings, {drawn.extras} extra")
