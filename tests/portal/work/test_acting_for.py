"""Every page under a review says for which State its reader acts, whatever he or she does in other reviews."""

import pytest
from django.test import Client

from reviews.cases.enums import ParticipationRole
from tests.utils import login_as, make_review, register

pytestmark = pytest.mark.django_db


def test_a_person_with_two_capacities_is_told_which_one_is_meant() -> None:
    first, second = make_review(state="XVE"), make_review(state="XAL")
    person = first.participations.get(role=ParticipationRole.GOVERNMENTAL_EXPERT).user
    register(second, person, first.state_under_review, ParticipationRole.FOCAL_POINT)
    client = login_as(Client(), person)
    told = {}
    for code in (first.code, second.code):
        lines = client.get(f"/en/untoc/reviews/{code}/").content.decode().splitlines()
        told[code] = [line for line in lines if "app-capacity" in line]
    assert {code: len(lines) for code, lines in told.items()} == {first.code: 1, second.code: 1}
    assert "You act for Veskaria (Governmental expert)." in told[first.code][0]
    assert "You act for Veskaria (Focal point)." in told[second.code][0]
    assert "app-capacity" not in client.get("/en/").content.decode()
