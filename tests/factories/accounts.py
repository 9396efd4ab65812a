import factory
from factory.django import DjangoModelFactory

from accounts.enums import SecretariatRole
from accounts.models import User

PASSPHRASE = "a-lantern-on-the-pier"


class UserFactory(DjangoModelFactory):
    """A person with a profile, who takes part in nothing and has no role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@states.example")
    full_name = factory.Sequence(lambda number: f"Person {number}")
    job_title = "Legal adviser"
    organization = "Ministry of Justice"
    language = "en"
    password = factory.django.Password(PASSPHRASE)


class OfficerFactory(UserFactory):
    full_name = "Oriane Officer"
    secretariat_role = SecretariatRole.OFFICER


class AdministratorFactory(UserFactory):
    full_name = "Adam Administrator"
    secretariat_role = SecretariatRole.ADMINISTRATOR


class AuditorFactory(UserFactory):
    full_name = "Audrey Auditor"
    secretariat_role = SecretariatRole.AUDITOR
