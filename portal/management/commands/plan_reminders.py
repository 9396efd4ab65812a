import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand

from core.database.identity import identified_as_system
from portal.reminders import plan_reminders


class Command(BaseCommand):
    help = "Queues the digests that are due now; doing it twice queues none twice."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--at", type=dt.datetime.fromisoformat, default=None, help="another moment, as 2026-11-24T09:00+00:00"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with identified_as_system():
            queued = plan_reminders(options["at"])
        self.stdout.write(f"Queued {queued} digests.")
