"""Offices of States to which the secretariat writes."""

import factory
from factory.django import DjangoModelFactory

from accounts.contacts.models import StateContact


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = StateContact

    office = factory.Sequence(lambda number: f"Permanent Mission {number}")
    email = factory.Sequence(lambda number: f"mission{number}@states.example")
    language = "en"
