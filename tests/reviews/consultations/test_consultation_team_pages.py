"""The one page of the consultations: languages to begin with, silence that may count, a team that is not complete."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, strategies as st

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from reviews.cases.models import PartialTeam
from reviews.consultations.selectors import LanguagesOfState, suggested_languages
from reviews.consultations.services import count_silence, propose_consultation
from reviews.programme.models import Limit
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(utils.make_cast, "consultations")]
LoginAs = Callable[[User], Client]
CODES = [code for code, _name in UN_LANGUAGES]


@pytest.fixture
def scene(kept: Cast) -> Cast:
    return utils.fresh(kept)


def _url(scene: Cast, name: str = "consultation", *args: str) -> str:
    return reverse(f"reviews:{name}", args=["untoc", scene.review.code, *args])


def test_the_first_form_begins_with_the_languages_that_the_states_use(scene: Cast, login_as: LoginAs) -> None:
    StateParty.objects.filter(iso3="XVE").update(un_language="ar")
    StateParty.objects.filter(iso3__in=["XLE", "XAL"]).update(un_language="fr")
    page = login_as(scene.focal_point).get(_url(scene))
    assert page.context["form"]["languages"].value() == ["ar", "fr"]
    assert [(state.iso3, used) for state, used, _people in page.context["languages_used"]] == [
        ("XVE", "Arabic"),
        ("XAL", "French"),
        ("XLE", "French"),
    ]


def test_it_says_in_what_people_work_and_counts_no_national_contributor(scene: Cast, login_as: LoginAs) -> None:
    User.objects.filter(pk=scene.expert.pk).update(working_languages=["en", "fr"])
    User.objects.filter(pk=scene.contributor.pk).update(working_languages=["zh-hans"])
    page = login_as(scene.same_group_focal_point).get(_url(scene))
    assert page.context["languages_used"][0][2] == "English (1) and French (1)"


languages = st.sampled_from(["", *CODES])
people = st.dictionaries(st.sampled_from(CODES), st.integers(1, 9)).map(Counter)


@given(rows=st.lists(st.builds(LanguagesOfState, st.none(), languages, people), max_size=5), usual=st.integers(1, 3))
def test_what_is_suggested_is_used_by_somebody_and_within_the_limit(rows: list[Any], usual: int) -> None:
    suggested = suggested_languages(rows, usual)
    used = {row.mostly_used for row in rows if row.mostly_used} | {code for row in rows for code in row.people}
    assert len(suggested) == len(set(suggested)) == min(usual, len(used))
    assert set(suggested) <= used
    if rows and rows[0].mostly_used:
        assert suggested[0] == rows[0].mostly_used, "the language of the answers and the laws comes first"


def test_an_error_comes_back_on_the_same_page_with_the_form_open(scene: Cast, login_as: LoginAs) -> None:
    propose_consultation(actor=scene.focal_point, review=scene.review, languages=["en"])
    page = login_as(scene.same_group_focal_point).post(_url(scene, "consultation-propose"), {"languages": []})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'id="propose" open' in text
    assert "The confirmations of" in text, "what stands is still on the page"
    assert f"Confirm for {scene.same_group_state}" in text


def test_everybody_reads_from_which_day_silence_counts(scene: Cast, login_as: LoginAs) -> None:
    propose_consultation(actor=scene.focal_point, review=scene.review, languages=["en"])
    words = "silence counts as a confirmation from"
    assert words not in login_as(scene.expert).get(_url(scene)).content.decode()
    Limit.objects.filter(key="consultation_silence_days").update(value=21)
    for name in ("expert", "same_group_observer", "officer", "focal_point"):
        page = login_as(scene.people[name]).get(_url(scene))
        assert page.content.decode().count(words) == 2, name
        days = [word.silent_from for word in page.context["words"]]
        assert days == [None, *[timezone.localdate() + dt.timedelta(days=21)] * 2]
    page = login_as(scene.same_group_focal_point).get(_url(scene)).content.decode()
    assert "If your State says nothing" in page


def test_silence_is_shown_as_silence(scene: Cast, login_as: LoginAs) -> None:
    Limit.objects.filter(key="consultation_silence_days").update(value=21)
    propose_consultation(actor=scene.focal_point, review=scene.review, languages=["en"])
    for days in (14, 21):
        count_silence(timezone.localdate() + dt.timedelta(days=days))
    page = login_as(scene.focal_point).get(_url(scene)).content.decode()
    assert page.count("Said nothing; its silence has counted as a confirmation since") == 2
    assert "All States have confirmed" in page
    assert "Propose otherwise" in login_as(scene.same_group_focal_point).get(_url(scene)).content.decode()


def test_an_officer_goes_ahead_without_a_state_and_all_read_it(scene: Cast, login_as: LoginAs) -> None:
    end_participation(actor=SYSTEM, participation=scene.participations["other_group_focal_point"])
    address = _url(scene, "consultation-go-ahead", "XAL")
    assert f'href="{address}"' in login_as(scene.officer).get(_url(scene)).content.decode()
    assert address not in login_as(scene.focal_point).get(_url(scene)).content.decode()
    page = login_as(scene.officer).get(address)
    assert f"{scene.other_group_state} has not named: Focal point." in page.content.decode()
    page = login_as(scene.officer).post(address, {"reason": "  "})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"reason"})
    page = login_as(scene.officer).post(address, {"reason": "No answer since May."}, follow=True)
    assert page.redirect_chain == [(_url(scene), 302)]
    assert PartialTeam.objects.get().recorded_by == scene.officer
    for name in ("focal_point", "same_group_expert", "auditor"):
        text = login_as(scene.people[name]).get(_url(scene)).content.decode()
        assert "No answer since May." in text, name
        assert "The others go ahead without it since" in text, name


def test_a_state_that_takes_no_part_has_no_such_page(scene: Cast, login_as: LoginAs) -> None:
    assert login_as(scene.officer).get(_url(scene, "consultation-go-ahead", "XMB")).status_code == 404
    assert login_as(scene.stranger).get(_url(scene, "consultation-go-ahead", "XAL")).status_code == 404


def test_a_refusal_without_a_field_is_told_above_the_form(scene: Cast, login_as: LoginAs) -> None:
    page = login_as(scene.officer).post(_url(scene, "consultation-go-ahead", "XAL"), {"reason": "Why not."})
    assert page.status_code == 422
    assert f"{scene.other_group_state} has named its people, or takes no part." in page.content.decode()


def test_it_takes_the_same_queries_whatever_was_recorded(scene: Cast, login_as: LoginAs) -> None:
    end_participation(actor=SYSTEM, participation=scene.participations["other_group_focal_point"])
    end_participation(actor=SYSTEM, participation=scene.participations["same_group_focal_point"])
    utils.fresh(scene)
    propose_consultation(actor=scene.officer, review=scene.review, languages=["en"])
    client, counts = login_as(scene.officer), []
    for state in (scene.other_group_state, scene.same_group_state):
        PartialTeam.objects.create(review=scene.review, state_party=state, reason="No answer.")
        client.get(_url(scene))
        counts.append(_queries(client, _url(scene)))
    assert counts[0] == counts[1]


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
