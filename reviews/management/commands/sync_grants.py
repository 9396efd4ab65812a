import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.cases import drifting_reviews, mend_grants


class Command(BaseCommand):
    help = "Makes the object permissions of all reviews fit who takes part; with --check only reports (exit status 1)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail where something drifts")

    def handle(self, *args: Any, **options: Any) -> None:
        drifting = drifting_reviews()
        for review, number in drifting:
            self.stdout.write(f"{review}: {number} grants missing or too many")
        if options["check"] and drifting:
            raise CommandError(f"The grants of {len(drifting)} reviews drift; run sync_grants.")
        changed = sum(mend_grants(review) for review, _number in drifting)
        self.stdout.write(f"Changed {changed} grants." if changed else "All grants fit.")
