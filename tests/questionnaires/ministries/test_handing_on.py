"""Who wrote a proposal stays its author, whoever goes on with it; and nobody else reads how it came to be."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.people.models import User
from questionnaires import urls
from questionnaires.ministries.services import adopt_proposal
from questionnaires.responses.models import SectionAssignment
from reviews.registration.services.replacement import replace_participant
from tests import utils
from tests.factories.accounts import UserFactory
from tests.questionnaires.ministries.ministries import (
    FIRST,
    RESPONSE,
    SECTION,
    proposed,
    second_ministry,
    send,
)
from tests.utils import SYSTEM, Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


# --- whose words


def successor(cast: Cast) -> User:
    """Of the contributor, who is of the Ministry of Justice."""
    User.objects.filter(pk=cast.contributor.pk).update(organization="Ministry of Justice")
    person = UserFactory(full_name="Sara Successor", organization="Ministry of the Sea")
    replace_participant(actor=SYSTEM, participation=cast.participations["contributor"], user=person)
    utils.fresh(cast)
    return person


def test_the_author_of_a_proposal_is_who_saved_it(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    person = successor(cast)
    client = login_as(cast.expert)
    page = client.get(f"{RESPONSE}proposals/{FIRST}/").content.decode()
    title, line = page.partition('id="proposal-')[2].split("</p>", 1)[0].split("</h2>")
    assert "Ministry of Justice" in title
    assert str(cast.contributor) in line
    assert "now with <bdi>Sara Successor</bdi>" in line
    assert "1 proposal: Ministry of Justice" in client.get(SECTION).content.decode()
    save(cast.response, person, FIRST, text="Carried on.", base=1)
    page = client.get(f"{RESPONSE}proposals/{FIRST}/").content.decode()
    assert "Ministry of the Sea" in page
    assert "now with" not in page


def test_what_was_adopted_is_from_who_had_written_it(cast: Cast, login_as: LoginAs) -> None:
    proposal = proposed(cast)
    adopt_proposal(actor=cast.expert, proposal=proposal, number=1, base=0)
    person = successor(cast)
    save(cast.response, person, FIRST, text="Carried on.", base=1)
    proposal.refresh_from_db()
    adopt_proposal(actor=cast.expert, proposal=proposal, number=2, base=1)
    page = login_as(cast.expert).get(f"{RESPONSE}answers/{FIRST}/history/").content.decode()
    assert page.count("Adopted from what Ministry of Justice proposed") == 1
    assert page.count("Adopted from what Ministry of the Sea proposed") == 1


# --- how it came to be


def addresses(**values: Any) -> list[str]:
    """Every address of the questionnaires that is made of these."""
    found = []
    for pattern in urls.urlpatterns:
        wanted = pattern.pattern.converters.keys()
        if {"mechanism", "code"} <= wanted <= values.keys():
            try:
                found.append(reverse(f"questionnaires:{pattern.name}", kwargs={key: values[key] for key in wanted}))
            except NoReverseMatch:  # one word means something else there
                continue
    return found


def test_no_other_ministry_reads_how_a_proposal_came_to_be(cast: Cast, login_as: LoginAs) -> None:
    proposal = proposed(cast, text="Zinnober first.")
    save(cast.response, cast.contributor, FIRST, text="Zinnober second.", base=1)
    save(cast.response, cast.contributor, FIRST, text="Zinnober beside.", base=1)
    other = second_ministry(cast)
    send(cast, "second", shows_official=True)
    save(cast.response, other, FIRST, text="Own words.")
    there = addresses(
        mechanism="untoc",
        code=cast.review.code,
        question=FIRST,
        proposal=proposal.pk,
        part=SectionAssignment.objects.get(participation=proposal.participation).pk,
        participation=proposal.participation_id,
        instrument="firearms",
        section="article-3",
        answer=proposal.pk,
    )
    assert len(there) > 20

    def read_by(user: User) -> set[str]:
        client = login_as(user)
        pages = {url: client.get(url).content.decode(errors="replace") for url in there}
        return {url for url, page in pages.items() if "Zinnober" in page}

    history = f"{RESPONSE}answers/{FIRST}/history/"
    assert history in read_by(cast.contributor)
    assert f"{RESPONSE}proposals/{FIRST}/" in read_by(cast.expert)
    assert read_by(other) == set()
    saving = f"{RESPONSE}answers/{FIRST}/"
    save(cast.response, other, FIRST, text="Own words, again.", base=1)
    for base in ("0", "1", "2", "3"):
        reply = login_as(other).post(saving, {"text": f"On {base}.", "base": base, "version": "1"})
        assert "Zinnober" not in reply.content.decode()
