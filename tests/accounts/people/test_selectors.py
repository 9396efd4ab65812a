"""States, as lists show them."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import translation

from accounts.people.selectors import officers
from accounts.states.models import StateParty
from accounts.states.selectors import (
    all_states,
    get_state,
    keys_by_name,
    regional_groups,
    sorted_by_name,
)
from tests.factories.accounts import AdministratorFactory, AuditorFactory, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_fictional_states_are_kept_apart() -> None:
    codes = [(state.iso3[0] == "X", state.is_fictional) for state in all_states()]
    assert (codes.count((False, False)), codes.count((True, True)), len(codes)) == (198, 25, 223)


def test_states_are_sorted_as_the_language_reads_them() -> None:
    names = [state.name for state in sorted_by_name(all_states())]
    assert names[:2] == ["Afghanistan", "Albania"]
    assert names.index("Côte d’Ivoire" if "Côte d’Ivoire" in names else "Côte d'Ivoire") < names.index("Croatia")
    with translation.override("fr"):
        french = [state.name for state in sorted_by_name(all_states())]
    assert french.index("Égypte") < french.index("Espagne") < french.index("Éthiopie")


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_their_keys_are_in_the_same_order(language: str) -> None:
    """Where a name is missing in a language, both take the English one."""
    StateParty.objects.filter(iso3="ALB").update(name_fr=None, name_ar="")
    with translation.override(language):
        assert keys_by_name() == [state.pk for state in sorted_by_name(all_states())]


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
