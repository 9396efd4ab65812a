from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import audit


class Command(BaseCommand):
    help = "Verifies every chain of the record of acts; prints its head, or fails and names the first broken entry."

    def handle(self, *args: Any, **options: Any) -> None:
        audit.chain_now()
        broken = []
        for chain in audit.chains():
            found = audit.first_break(chain)
            if found is not None:
                broken.append(f"{chain} does not fit from entry {found.sequence} on.")
            elif head := audit.head_of(chain):
                self.stdout.write(f"{chain}: {head.sequence} entries, {head.hash}")
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write("The record of acts is whole.")
