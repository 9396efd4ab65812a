"""Every page under a review says for which State its reader acts, whatever he or she does in other reviews."""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from reviews.enums import ParticipationRole
from tests.permissions.reading import answer_of, signed_in
from tests.permissions.test_every_url import build_scene
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import DRAFT, OBSERVATIONS, SENT, Page, Scene
from tests.utils import login_as, make_review, register

pytestmark = pytest.mark.django_db
PEOPLE = ("focal_point", "expert", "same_group_focal_point")


def pages_under_a_review(stage: str, scene: Scene) -> list[Page]:
    found = [page for page in PAGES if stage in page.access and page.method == "get" and page.success == 200]
    return [page for page in found if is_under_review(page, scene)]


def is_under_review(page: Page, scene: Scene) -> bool:
    match = resolve(reverse(page.name, args=page.args(scene)))
    is_public = not getattr(match.func, "login_required", True)
    return {"mechanism", "code"} <= match.kwargs.keys() and match.app_name not in {"lots", "api"} and not is_public


@pytest.mark.parametrize("stage", [DRAFT, SENT, OBSERVATIONS])
def test_every_page_under_a_review_says_it(stage: str) -> None:
    scene = build_scene(stage)
    states = {name: scene.cast.participations[name].state_party.name for name in PEOPLE}
    pages = pages_under_a_review(stage, scene)
    silent = []
    for name in PEOPLE:
        client = signed_in(scene.cast.people[name])
        role = scene.cast.participations[name].get_role_display()
        for page in pages:
            answer = answer_of(client, page, scene)
            if answer.status != 200 or "<html" not in answer.text:
                continue
            said = answer.text.count(f"You act for {states[name]} ({role}).")
            if said != 1:
                silent.append(f"{page}, {name}: {said}")
    assert silent == []
    assert len(pages) > 5


def test_a_person_with_two_hats_is_told_which_one_is_on() -> None:
    first, second = make_review(state="XVE"), make_review(state="XAL")
    person = first.participations.get(role=ParticipationRole.GOVERNMENTAL_EXPERT).user
    register(second, person, first.state_under_review, ParticipationRole.FOCAL_POINT)
    client = login_as(Client(), person)
    told = {}
    for code in (first.code, second.code):
        lines = client.get(f"/en/untoc/reviews/{code}/").content.decode().splitlines()
        told[code] = [line for line in lines if "app-hat" in line]
    assert {code: len(lines) for code, lines in told.items()} == {first.code: 1, second.code: 1}
    assert "You act for Veskaria (Governmental expert)." in told[first.code][0]
    assert "You act for Veskaria (Focal point)." in told[second.code][0]
    assert "app-hat" not in client.get("/en/").content.decode()
