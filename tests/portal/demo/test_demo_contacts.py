"""The demo's contacts of States."""

import pytest

from accounts.contacts.models import StateContact
from accounts.states.models import StateParty
from tests.portal.demo.demos import demo

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "consultations")]


def test_each_state_of_the_demo_has_its_mission_once_however_often_it_is_built() -> None:
    demo("consultations")
    states = StateParty.objects.filter(is_fictional=True)
    assert StateContact.objects.count() == states.count()
    assert set(StateContact.objects.values_list("state_party", flat=True)) == set(states.values_list("pk", flat=True))
