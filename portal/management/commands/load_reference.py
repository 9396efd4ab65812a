from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.reference import load_all
from reviews.shipped import ShippedError


class Command(BaseCommand):
    help = (
        "Loads States, instruments, articles, clusters, phases, step plan and questionnaires; safe to repeat. What a "
        "person has changed, added or taken out stays, and is printed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_all()
        except ShippedError as error:
            raise CommandError(str(error)) from error
        for name, count in loaded.counts.items():
            self.stdout.write(f"{count:6} {name}")
        for difference in loaded.differences:
            self.stdout.write(str(difference))
