from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.audit import first_broken_entry


class Command(BaseCommand):
    help = "Verifies the chain of the audit trail; fails and names the first entry that does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken_entry()
        if broken is not None:
            raise CommandError(f"The audit trail does not fit from entry {broken} on.")
        self.stdout.write("The audit trail is whole.")
