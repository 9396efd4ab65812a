from typing import Any

from django.core.management.base import BaseCommand

from core import health


class Command(BaseCommand):
    help = "Notes that a backup has just been made, by whatever made it, for whoever watches how old the last one is."

    def handle(self, *args: Any, **options: Any) -> None:
        health.show_life(health.BACKUP)
        self.stdout.write("Noted.")
