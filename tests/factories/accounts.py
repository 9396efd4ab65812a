from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.people.enums import AccountStatus, SecretariatRole
from accounts.people.models import User
from accounts.terms.models import TermsAcceptance
from accounts.terms.selectors import newest_terms

PASSPHRASE = "a-lantern-on-the-pier"


class UserFactory(DjangoModelFactory):
    """A person with a profile who has begun, takes part in nothing and has no role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@states.example")
    full_name = factory.Sequence(lambda number: f"Person {number}")
    job_title = "Legal adviser"
    organization = "Ministry of Justice"
    language = "en"
    password = factory.django.Password(PASSPHRASE)
    activated_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def accepts_terms(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """``accepts_terms=False`` makes a person who has still to accept."""
        terms = newest_terms() if create and extracted is not False else None
        if terms is not None:
            TermsAcceptance.objects.create(user=self, terms=terms, accepted_at=timezone.now())


class InvitedFactory(UserFactory):
    """Somebody who has not followed the link of the invitation yet."""

    status = AccountStatus.INVITED
    password = "!"
    activated_at = None

    @factory.post_generation
    def accepts_terms(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """Not yet."""


class OfficerFactory(UserFactory):
    full_name = "Oriane Officer"
    secretariat_role = SecretariatRole.OFFICER


class AdministratorFactory(UserFactory):
    full_name = "Adam Administrator"
    secretariat_role = SecretariatRole.ADMINISTRATOR


class AuditorFactory(UserFactory):
    full_name = "Audrey Auditor"
    secretariat_role = SecretariatRole.AUDITOR
