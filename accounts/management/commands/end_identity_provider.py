import argparse
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from accounts.single_sign_on import end_provider, open_providers
from core.policy import SystemActor


class Command(BaseCommand):
    help = (
        "Ends an identity provider, the way back where its people can sign in by it alone and it does not answer. "
        "Without its key it lists those that are in use."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("key", nargs="?", help="as the list says it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["key"]:
            for each in open_providers():
                self.stdout.write(f"{each.pk}  {each.name}  {each.issuer}")
            return
        try:
            provider = open_providers().get(pk=UUID(options["key"]))
        except (ValueError, open_providers().model.DoesNotExist) as error:
            raise CommandError("No provider with this key is in use.") from error
        end_provider(actor=SystemActor("end_identity_provider"), provider=provider)
        self.stdout.write(f"{provider.name} is ended. Its people sign in with their passphrases again.")
