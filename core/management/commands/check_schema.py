import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.database import schema


class Command(BaseCommand):
    help = (
        "Compares tables, triggers, policies, functions and grants with what the migrations make, and roles with what "
        "they need; fails and names what differs."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--manifest", action="store_true", help="print as JSON what a backup tells of the database"
        )
        instead.add_argument("--write", action="store_true", help="take what is there for right: fixtures/schema.json")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["manifest"]:
            self.stdout.write(json.dumps(schema.manifest(), indent=0))
            if schema.is_marked() and schema.faults():
                self.stderr.write("The database is not what its migrations make of it; check_schema says where.")
        elif options["write"]:
            schema.EXPECTED.write_text(json.dumps(schema.facts(), indent=0) + "\n", encoding="utf-8")
            self.stdout.write(f"Wrote {schema.EXPECTED.name}.")
        elif faults := schema.faults():
            raise CommandError(schema.in_words(faults))
        else:
            self.stdout.write("The schema is what the migrations make of it.")
