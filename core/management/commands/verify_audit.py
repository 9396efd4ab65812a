from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import audit, health
from core.audit.roots.checking import findings
from core.audit.roots.selectors import latest_root


class Command(BaseCommand):
    help = (
        "Verifies every chain of the record of acts, and compares all of them with every root that was given out; "
        "prints the heads, or fails and names what does not fit."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        audit.chain_now()
        broken = []
        for chain in audit.chains():
            found = audit.first_break(chain)
            if found is not None:
                broken.append(f"{chain} does not fit from entry {found.sequence} on.")
            elif head := audit.head_of(chain):
                self.stdout.write(f"{chain}: {head.sequence} entries, {head.hash}")
        broken += [str(finding) for finding in findings()]
        if broken:
            raise CommandError("\n".join(broken))
        if root := latest_root():
            signed = f"signed with {root.key}" if root.key else "not signed: RECORD_KEY_FILE names no key"
            self.stdout.write(f"It fits every root, the last of which is {root.number} of {root.day}, {signed}.")
        else:
            self.stdout.write("No root has been given out yet.")
        health.show_life(health.RECORD)
        self.stdout.write("The record of acts is whole.")
