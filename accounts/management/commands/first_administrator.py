import argparse
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.invitations import first_account_path


class Command(BaseCommand):
    help = (
        "Prints the link with which the first administrator opens the account, once; one from before ends. "
        "Prints nothing where anybody has an account already."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="the address to sign in with; mails go to it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} is not an e-mail address.") from error
        if path := first_account_path(options["email"]):
            self.stdout.write(f"{settings.SITE_URL.rstrip('/')}{path}")
