"""Print the self-assessment questionnaires as JSON, from files alone: no database is needed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from questionnaires.definitions import CLUSTERS, export_json


class Command(BaseCommand):
    """``export_questionnaires [--cluster I]``."""

    help = "Prints the questionnaires as a JSON list, one object an item, in printed order."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare ``--cluster``; ``handle`` checks it, so that both ways of calling give one message."""
        parser.add_argument("--cluster", help="one of I, II, III, IV; all when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the list to the standard output, as UTF-8 wherever the stream allows it."""
        cluster = options["cluster"]
        if cluster is not None and cluster not in CLUSTERS:
            raise CommandError(
                _("Unknown cluster “%(cluster)s”. Choose from: %(choices)s.")
                % {"cluster": cluster, "choices": ", ".join(CLUSTERS)}
            )
        reconfigure = getattr(self.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        self.stdout.write(export_json(cluster))
