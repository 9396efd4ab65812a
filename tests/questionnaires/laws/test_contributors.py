"""What the library tells a contributor: of the own sheet, and of the official answers that he or she was sent."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.laws.selectors import citing_answers, flagged_answers
from tests.questionnaires.laws.library import PENAL_CODE, REPEALED_ON, cited, enter
from tests.questionnaires.ministries.ministries import FIRST, RESPONSE, SECTION, proposed, send
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
LAWS = "/en/untoc/reviews/1-XVE/laws/"
LAW = {"title": "Firearms Act", "kind": "law", "status": "in_force"}


def answer_of_state(cast: Cast, *codes: str) -> None:
    for code in codes:
        save(cast.response, cast.expert, code, choices=("Yes",), text="So.", citations=[cited(PENAL_CODE)])


def cited_answers(cast: Cast) -> list[str]:
    return [answer.item.code for answer in citing_answers(cast.contributor, cast.review)]


def test_official_answers_are_found_where_they_were_sent_to_be_read(cast: Cast) -> None:
    answer_of_state(cast, FIRST, "I.firearms.69.a", "I.firearms.69.b")
    send(cast)
    assert cited_answers(cast) == []
    send(cast, places=[], questions=["I.firearms.69.a"], shows_official=True)
    assert cited_answers(cast) == ["I.firearms.69.a"]
    send(cast, places=[], questions=["I.firearms.69"], shows_official=True)
    assert cited_answers(cast) == ["I.firearms.69.a", "I.firearms.69.b"]
    send(cast, shows_official=True, again=True)
    assert cited_answers(cast) == [FIRST, "I.firearms.69.a", "I.firearms.69.b"]


def test_nothing_is_said_of_answers_that_are_not_read(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    answer_of_state(cast, FIRST)
    send(cast)
    addresses = [f"{LAWS}{law.pk}/", f"{LAWS}{law.pk}/end/", LAWS]
    told = [login_as(cast.contributor).get(address).content.decode() for address in addresses]
    for words in ("No answer cites it", "Where it is cited", "0 answers", "1 answer", 'data-label="Cited"'):
        assert [words in text for text in told] == [False, False, False]
    assert 'data-label="Cited"' in login_as(cast.expert).get(LAWS).content.decode()


def test_a_law_is_kept_from_what_a_contributor_proposes(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="So.", citations=[cited("Of the experts")])
    proposed(cast, citations=[cited("Firearms Act", "", "https://law.example/7")])
    client = login_as(cast.contributor)
    [link] = re.findall(rf'href="({LAWS}add/[^"]*)"', client.get(SECTION).content.decode())
    address = link.replace("&amp;", "&")
    initial = client.get(address).context["form"].initial
    assert (initial["title"], initial["link"]) == ("Firearms Act", "https://law.example/7")
    assert client.post(address, LAW)["Location"].startswith(SECTION)


def test_flags_are_of_the_own_sheet(cast: Cast, login_as: LoginAs) -> None:
    enter(cast, status="repealed", since=REPEALED_ON)
    enter(cast, "Firearms Act", status="repealed", since=REPEALED_ON)
    answer_of_state(cast, FIRST)
    proposed(cast, citations=[cited("Firearms Act")])
    assert cast.response is not None
    flags = {user: flagged_answers(user, cast.response) for user in (cast.contributor, cast.expert)}
    assert [[flag for each in found for flag in each.flags] for found in flags.values()] == [
        ["Cites a law repealed on 3 May 2025: Firearms Act"],
        ["Cites a law repealed on 3 May 2025: Penal Code, 1999"],
    ]
    overview = login_as(cast.contributor).get(RESPONSE).content.decode()
    assert "repealed on 3 May 2025: Firearms Act" in overview
    assert PENAL_CODE not in overview
