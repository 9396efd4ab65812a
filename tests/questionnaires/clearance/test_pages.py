"""The page that says what is worth a look, and the act of sending, which nothing of it keeps anybody from."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.templatetags.components import date_words
from questionnaires.assignments.services import assign_sections
from questionnaires.clearance.enums import CheckKind, CheckSeverity
from questionnaires.definitions.selectors import index_of
from questionnaires.laws.services import add_law, end_law
from questionnaires.laws.validators import LawInput
from questionnaires.progress import ResponseOverview
from questionnaires.responses.models import ResponseSubmission
from reviews.programme.models import Limit
from tests.forms import send_form
from tests.questionnaires.answers.autosave import ARTICLE_2, RESPONSE, text_of
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
CHECKS = f"{RESPONSE}checks/"
LAW = ({"law": "Penal Code", "provision": "art. 12", "link": ""},)


def rows_of(page: Any) -> list[tuple[str, CheckKind, CheckSeverity]]:
    return [(row.item.code, row.kind, row.severity) for row in page.context["findings"].rows]


def test_each_finding_leads_to_its_question(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("No",), citations=LAW)
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    page = login_as(cast.expert).get(CHECKS)
    assert rows_of(page) == [
        ("I.untoc.1", CheckKind.CONTRADICTION, CheckSeverity.WARNING),
        ("I.untoc.3", CheckKind.NO_LAW, CheckSeverity.WARNING),
    ]
    assert f'href="{ARTICLE_2}#q-I-untoc-1"' in text_of(page)


def test_the_clearing_page_tells_them_and_clears_all_the_same(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("No",), citations=LAW)
    client = login_as(cast.focal_point)
    page = client.get(f"{RESPONSE}clear/")
    assert (page.context["findings"].warnings, page.context["findings"].notes) == (1, 0)
    assert f'href="{CHECKS}"' in text_of(page)
    assert send_form(client, f"{RESPONSE}clear/").status_code == 302
    assert ResponseSubmission.objects.filter(response=cast.response).count() == 1


def test_sending_is_the_main_act_once_nothing_asked_is_missing(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login_as(cast.focal_point)
    pages = [f"{RESPONSE}clear/", RESPONSE]

    def buttons() -> list[bool]:
        return [_is_main(text_of(client.get(page)), "Clear and send") for page in pages]

    assert buttons() == [False, False]
    monkeypatch.setattr(ResponseOverview, "missing", 0)
    assert buttons() == [True, True]


def _is_main(page: str, label: str) -> bool:
    (classes,) = re.findall(rf'class="(govuk-button[^"]*)"[^>]*>{label}<', page)
    return "govuk-button--secondary" not in classes


def test_an_answer_that_is_not_asked_any_more_is_not_looked_at(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.11", choices=("Yes",), citations=LAW)
    save(cast.response, cast.expert, "I.untoc.11.a", text="See above")
    client = login_as(cast.expert)
    assert rows_of(client.get(CHECKS)) == [("I.untoc.11.a", CheckKind.REFERS_ELSEWHERE, CheckSeverity.WARNING)]
    save(cast.response, cast.expert, "I.untoc.11", choices=("No",), base=1)
    assert rows_of(client.get(CHECKS)) == []


def test_the_secretariat_sets_how_much_a_finding_weighs(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("No",), citations=LAW)
    limit = Limit.objects.filter(mechanism=cast.review.mechanism, key=CheckKind.CONTRADICTION)
    client = login_as(cast.expert)
    for value, expected in ((1, [CheckSeverity.NOTE]), (7, [CheckSeverity.WARNING]), (0, [])):
        limit.update(value=value)
        assert [severity for _code, _kind, severity in rows_of(client.get(CHECKS))] == expected
    limit.delete()
    assert "Nothing to look at" in text_of(client.get(CHECKS))


def test_a_contributor_sees_findings_of_the_own_proposals_alone(cast: Cast, login_as: LoginAs) -> None:
    article_5 = index_of(cast.response.version_id).section_at("untoc", "article-5")
    participation = cast.participations["contributor"]
    assign_sections(cast.focal_point, cast.response, participation=participation, places=[article_5])
    for code in ("I.untoc.1", "I.untoc.4"):
        save(cast.response, cast.expert, code, choices=("No",), citations=LAW)
    save(cast.response, cast.contributor, "I.untoc.3", choices=("No",), citations=LAW)
    assert [row[0] for row in rows_of(login_as(cast.contributor).get(CHECKS))] == ["I.untoc.3"]
    assert [row[0] for row in rows_of(login_as(cast.expert).get(CHECKS))] == ["I.untoc.1", "I.untoc.4"]


def test_the_page_takes_the_same_queries_for_one_finding_and_for_three(
    cast: Cast, login_as: LoginAs, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = login_as(cast.expert)
    for code in ("I.untoc.1", "I.untoc.3", "I.untoc.6"):
        save(cast.response, cast.expert, code, choices=("Yes",))
        client.get(CHECKS)
        with django_assert_num_queries(10):
            client.get(CHECKS)


def test_a_law_that_is_no_longer_in_force_is_a_finding_of_its_own(cast: Cast, login_as: LoginAs) -> None:
    """By the words that name it, from the day on that the library says; an amended law is none."""
    day = timezone.localdate()
    given = {"Old Act": ("repealed", None), "Ending Act": ("repealed", day + dt.timedelta(1)), "Act": ("amended", None)}
    for title, (status, since) in given.items():
        law = LawInput(title, status=status, since=since, also_cited_as="The old one" if title == "Old Act" else "")
        add_law(actor=cast.expert, review=cast.review, given=law)
    for code, law_name in (("I.untoc.1", "The old one"), ("I.untoc.3", "Ending Act"), ("I.untoc.23", "Act")):
        save(
            cast.response,
            cast.expert,
            code,
            choices=("Yes",),
            citations=({"law": law_name, "provision": "", "link": ""},),
        )
    page = login_as(cast.expert).get(CHECKS)
    assert rows_of(page) == [("I.untoc.1", CheckKind.REPEALED_LAW, CheckSeverity.WARNING)]
    assert f'href="{ARTICLE_2}#q-I-untoc-1"' in text_of(page)


def test_the_clearing_page_says_a_repealed_law_once_and_all_else_of_the_question(cast: Cast, login_as: LoginAs) -> None:
    """By its name, its day and the way to the answer; what is told there of another law it cites is told as well."""
    day = timezone.localdate()
    given = {"Old Act": ("repealed", day), "Act": ("amended", day), "Kept Act": ("in_force", None)}
    for title, (status, since) in given.items():
        law = LawInput(title, status=status, since=since)
        added = add_law(actor=cast.expert, review=cast.review, given=law)
        if title == "Act":
            end_law(actor=cast.expert, review=cast.review, law=added.pk, seen=added.revision)
    cites = tuple({"law": title, "provision": "", "link": ""} for title in given)
    save(cast.response, cast.expert, "I.untoc.1", choices=("No",), citations=cites)
    client = login_as(cast.focal_point)
    for value in (2, 0):  # how much the finding weighs
        Limit.objects.filter(mechanism=cast.review.mechanism, key=CheckKind.REPEALED_LAW).update(value=value)
        page = client.get(f"{RESPONSE}clear/")
        assert rows_of(page) == [("I.untoc.1", CheckKind.CONTRADICTION, CheckSeverity.WARNING)]
        (flag,) = page.context["flagged"]
        repealed, other = (unisolated(words) for words in flag.flags)
        assert repealed == f"Cites a law repealed on {date_words(day)}: Old Act"
        assert other == "Cites a law that your library does not use any more: Act"
        text = text_of(page)
        assert (text.count("Cites a law repealed"), "no longer in force" in text) == (1, False)
        assert f'href="{flag.address}"' in text
        assert flag.address == f"{ARTICLE_2}#q-I-untoc-1"


def unisolated(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")
