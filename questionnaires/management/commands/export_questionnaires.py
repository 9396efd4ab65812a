"""Print the self-assessment questionnaires as JSON, from files alone: no database is needed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from questionnaires.files import DefinitionError
from questionnaires.published import export_json
from reviews.shipped import first_mechanism, shipped_mechanisms


class Command(BaseCommand):
    """``export_questionnaires [--mechanism SLUG] [--cluster I]``."""

    help = "Prints the questionnaires as a JSON list, one object an item, in printed order."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what chooses; ``handle`` checks it, so that both ways of calling give one message."""
        parser.add_argument("--mechanism", help="short name of one that comes with the portal")
        parser.add_argument("--cluster", help="as printed, such as II; all when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the list to the standard output, as UTF-8 wherever the stream allows it."""
        folders, slug = shipped_mechanisms(), options["mechanism"] or first_mechanism()
        if slug not in folders:
            message = _("There is no mechanism “%(slug)s”. Choose from: %(choices)s.")
            raise CommandError(message % {"slug": slug, "choices": ", ".join(folders)})
        try:
            content = export_json(folders[slug], options["cluster"])
        except DefinitionError as error:
            raise CommandError(str(error)) from error
        reconfigure = getattr(self.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        self.stdout.write(content)
