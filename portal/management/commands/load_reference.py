from typing import Any

from django.core.management.base import BaseCommand

from portal.reference import load_all


class Command(BaseCommand):
    help = "Loads States, instruments, articles, clusters, phases, step plan and questionnaires; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in load_all().items():
            self.stdout.write(f"{count:6} {name}")
