"""A move to the next version gives a ministry no official answer that it was not sent."""

from typing import Any

import pytest
from django.test import Client

from core.models import AuditEntry
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import SectionAssignment
from tests.questionnaires.moving.moving import moved, now, plan, say, send
from tests.questionnaires.moving.test_moving import moving
from tests.utils import Cast, login_as

__all__ = ["moving"]
pytestmark = pytest.mark.django_db
RESPONSE = "/en/untoc/reviews/1-XVE/response/"


@pytest.mark.parametrize(
    ("sent", "stays"), [(["article-5"], []), (["article-2", "article-5"], ["article-2", "article-5"])]
)
def test_a_ministry_gets_no_answer_from_a_section_that_it_was_not_sent(
    moving: Cast, client: Client, sent: list[str], stays: list[str]
) -> None:
    say(moving, n1="I.untoc.5")  # from article 2 to article 5
    send(moving, "contributor", *sent)
    lost = [each.place.section.slug for each in plan(moving).lost]
    assert lost == [slug for slug in sent if slug not in stays]
    page = login_as(client, moving.focal_point).get(f"{RESPONSE}version/").content.decode()
    assert ("1 section does not stay with the ministry" in page) is bool(lost)
    assert ("answers to questions that were not sent to the same person" in page) is bool(lost)
    response = moved(moving)
    rows = SectionAssignment.objects.filter(response=response, section__part__version=response.version)
    assert sorted(row.section.slug for row in rows) == stays
    assert SectionAssignment.objects.count() == len(stays)
    address = f"{RESPONSE}untoc/article-5/"
    assert login_as(client, moving.contributor).get(address).status_code == (200 if stays else 403)
    entry = AuditEntry.objects.get(verb="questionnaires.response.moved")
    assert [place[:2] for place in entry.after["taken_back"]] == [["untoc", slug] for slug in lost]


def parts_of_contributor(cast: Cast) -> dict[str, bool]:
    """By section or question: whether the official answers to it are read."""
    rows = SectionAssignment.objects.select_related("section", "question")
    return {row.question.code if row.question else row.section.slug: row.shows_official for row in rows}


def send_shown(cast: Cast, *questions: str, slugs: tuple[str, ...] = (), shows: bool = True) -> None:
    """Besides what stands."""
    person, index = cast.participations["contributor"], index_of(now(cast).version_id)
    rows = SectionAssignment.objects.filter(participation=person).select_related("section", "question")
    slugs = (*slugs, *(row.section.slug for row in rows if row.question is None))
    codes = [*questions, *(row.question.code for row in rows if row.question)]
    places = [index.section_at("untoc", slug) for slug in slugs]
    given: Any = {"participation": person, "places": places, "questions": codes, "shows_official": shows}
    assign_sections(cast.focal_point, now(cast), **given)


def test_a_ministry_gets_no_answer_to_a_question_that_it_was_not_sent(moving: Cast, client: Client) -> None:
    say(moving, n1="I.untoc.5")  # from article 2, of which only question 2 is sent, to article 5
    send_shown(moving, "I.untoc.2", slugs=("article-5",))
    moved(moving)
    assert parts_of_contributor(moving) == {"I.untoc.2": True}
    contributor = login_as(client, moving.contributor)
    assert "Second." not in contributor.get(f"{RESPONSE}untoc/article-2/").content.decode()
    assert contributor.get(f"{RESPONSE}untoc/article-5/").status_code == 404


@pytest.mark.parametrize(
    ("goes", "shown", "stays"),
    [
        ("I.untoc.5", {"slugs": ("article-5",)}, "article-5"),
        ("I.untoc.3.a", {"questions": ("I.untoc.3",)}, "I.untoc.3"),
    ],
)
def test_a_ministry_reads_no_official_answer_that_it_was_not_shown(
    moving: Cast, client: Client, goes: str, shown: dict[str, Any], stays: str
) -> None:
    say(moving, n1=goes)
    send_shown(moving, "I.untoc.1", shows=False)
    send_shown(moving, *shown.get("questions", ()), slugs=shown.get("slugs", ()))
    page = login_as(client, moving.focal_point).get(f"{RESPONSE}version/").content.decode()
    assert "1 part stays with its ministry, which does not read the official answers to it any more" in page
    assert str(moving.contributor) in page
    moved(moving)
    index = index_of(now(moving).version_id)
    section = index.section_of[goes].section.slug
    html = login_as(client, moving.contributor).get(f"{RESPONSE}untoc/{section}/").content.decode()
    assert "Second." not in html
    assert parts_of_contributor(moving) == {goes: False, stays: False}
    entry = AuditEntry.objects.get(verb="questionnaires.response.moved")
    assert len(entry.after["hidden"]) == 1


def test_a_question_sent_alone_takes_no_answer_along_that_was_not_sent(moving: Cast) -> None:
    send_shown(moving, "I.untoc.3")
    say(moving, n1="I.untoc.3.a", n3="I.untoc.3")
    assert [each.is_lost for each in plan(moving).assignments] == [True]
    moved(moving)
    assert parts_of_contributor(moving) == {}
