import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.people import officers
from accounts.people.enums import SecretariatRole
from core.audit.roots.giving import give_root
from portal.demo import STEPS, account_lines, add_reviews, demo_mechanism, give_days_of_grace, load_demo, load_draws
from portal.reference import load_all
from portal.setup import end_setup
from reviews.programme import mechanisms


class Command(BaseCommand):
    help = "Builds demo reviews and draws of fictional States through the services; what is there is left alone."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--until", choices=STEPS, default=STEPS[-1], help="the last step of any demo review")
        parser.add_argument("--seed", type=int, default=7, help="draws the answers (default: %(default)s)")
        parser.add_argument("--print-accounts", action="store_true", help="only print the accounts of the demo")
        parser.add_argument("--progress", type=Path, help="a file that says how many are made, and of how many")
        # For measurements, in a database that is thrown away.
        parser.add_argument("--reviews", type=int, default=0, help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["print_accounts"]:
            for line in account_lines():
                self.stdout.write(line)
            return
        if not settings.DEMO_IS_ALLOWED:
            raise CommandError(
                "These settings serve people: the demo is not made here, for everybody knows its passphrase. "
                "Nothing was changed."
            )
        if not mechanisms().filter(slug=demo_mechanism()).exists():  # nobody has chosen one in an empty portal
            load_all(chosen=demo_mechanism())
        give_days_of_grace()
        codes = load_demo(options["until"], options["seed"], options["progress"])
        self.stdout.write(f"Built the demo reviews {', '.join(codes)}." if codes else "The demo is there already.")
        if options["until"] == STEPS[-1] and (draws := load_draws()):
            self.stdout.write(f"Built the demo draws {', '.join(draws)}.")
        if codes:
            end_setup(actor=officers().filter(secretariat_role=SecretariatRole.ADMINISTRATOR)[0])
            give_root(timezone.localdate())  # else the page of roots would be empty until the first night
        if options["reviews"]:
            self.stdout.write(f"Opened {add_reviews(options['reviews'])} light reviews.")
