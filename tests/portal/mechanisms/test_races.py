"""Two who choose a mechanism at the same moment: one is loaded, and the other is told."""

import pytest

from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.services.choosing import bring_file, choose_shipped, confirm_choice
from reviews.programme.models import Mechanism
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.portal.mechanisms.folders import SHIPPED, files_of, zipped
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def free() -> str:
    """One that comes with the portal and is not in it."""
    return next(slug for slug in SHIPPED if not Mechanism.objects.filter(slug=slug).exists())


def test_two_who_choose_at_once_make_one_choice() -> None:
    people, slug = [AdministratorFactory.create() for _number in range(2)], free()
    acts = [lambda person=person: choose_shipped(actor=person, slug=slug, language="en") for person in people]
    assert sorted(at_once(*acts)) == ["ServiceError", "done"]
    assert MechanismChoice.objects.count() == 1


def test_two_who_confirm_at_once_have_one_loaded() -> None:
    content = zipped(files_of(free()))
    choice = bring_file(actor=AdministratorFactory.create(), file_name="own.zip", content=content)
    people = [OfficerFactory.create() for _number in range(2)]
    acts = [
        lambda person=person: confirm_choice(actor=person, choice=choice, shown=choice.sha256, language="en")
        for person in people
    ]
    assert sorted(at_once(*acts)) == ["PolicyRefusedError", "done"]
