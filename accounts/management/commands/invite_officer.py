import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.invitations import invite, role_of_invited
from accounts.people import register_user
from accounts.people.enums import SecretariatRole
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES
from core.policy import SystemActor


class Command(BaseCommand):
    help = (
        "Makes an account for a member of the secretariat, the first one above all, and mails the link to begin with."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name", metavar="name", help="in quotation marks")
        parser.add_argument(
            "--role", choices=SecretariatRole.values, help="officer, or administrator for the first one"
        )
        parser.add_argument("--language", choices=[code for code, _name in UN_LANGUAGES], default="en")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        email, actor = options["email"], SystemActor("invite_officer")
        try:
            validate_email(email)
            role = role_of_invited(options["role"])
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        except ServiceError as error:
            raise CommandError(f"{error} Name it: --role administrator.") from error
        user, is_new = register_user(
            actor=actor,
            email=email,
            full_name=options["full_name"],
            language=options["language"],
            secretariat_role=role,
        )
        if not is_new:
            raise CommandError(f"There is an account for {email} already; it was left as it is.")
        invite(actor, user)
        self.stdout.write(f"{user.full_name} ({role}) is invited; a mail is on its way to {user.email}.")
