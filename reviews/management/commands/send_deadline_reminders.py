import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reviews.services.reminders import send_deadline_reminders


class Command(BaseCommand):
    help = "Queues the reminders that fall on a day (today); doing it twice sends none twice."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--on", type=dt.date.fromisoformat, default=None, help="another day, as 2026-11-24")

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["on"] or timezone.localdate()
        self.stdout.write(f"Queued {send_deadline_reminders(day)} reminders for {day}.")
