"""States, as lists show them."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import translation

from accounts.people.selectors import officers
from accounts.states.models import StateParty
from accounts.states.selectors import (
    all_states,
    fictional_states,
    get_state,
    regional_groups,
    sorted_by_name,
    states_parties,
)
from tests.factories.accounts import AdministratorFactory, AuditorFactory, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_fictional_states_are_kept_apart() -> None:
    real, fictional = set(states_parties()), set(fictional_states())
    assert (len(real), len(fictional)) == (198, 25)
    assert real | fictional == set(all_states())
    assert {state.iso3[0] for state in fictional} == {"X"}


def test_states_are_sorted_as_the_language_reads_them() -> None:
    names = [state.name for state in sorted_by_name(states_parties())]
    assert names[:2] == ["Afghanistan", "Albania"]
    assert names.index("Côte d’Ivoire" if "Côte d’Ivoire" in names else "Côte d'Ivoire") < names.index("Croatia")
    with translation.override("fr"):
        french = [state.name for state in sorted_by_name(states_parties())]
    assert french.index("Égypte") < french.index("Espagne") < french.index("Éthiopie")


def test_an_unknown_state_is_not_found() -> None:
    assert get_state("XVE").name == "Veskaria"
    with pytest.raises(Http404):
        get_state("QQQ")


@pytest.mark.parametrize(("iso3", "is_fictional"), [("XVQ", False), ("ABQ", True)])
def test_codes_tell_fictional_states_from_real_ones(iso3: str, is_fictional: bool) -> None:
    with pytest.raises(IntegrityError, match="fictional_codes_begin_with_x"), transaction.atomic():
        StateParty.objects.create(iso3=iso3, name="Nowhere", is_fictional=is_fictional)


def test_the_regional_groups_are_the_five_of_the_united_nations() -> None:
    assert regional_groups().count() == 5


def test_officers_can_be_in_charge() -> None:
    chosen = {OfficerFactory(), AdministratorFactory()}
    AuditorFactory()
    UserFactory()
    OfficerFactory(is_active=False)
    assert set(officers()) == chosen
