"""The pages on which working languages and dates are proposed and confirmed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from reviews.cases.models import ReviewMilestone
from reviews.consultations.models import ConsultationProposal
from reviews.consultations.services import confirm_consultation, propose_consultation
from tests import utils
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(utils.make_cast, "consultations")]
LoginAs = Callable[[User], Client]
PLANNED = {  # from 1 November 2021, by the plan
    "date_answers_sent": "2022-05-01",
    "date_feedback_sent": "2022-12-01",
    "date_dialogue_held": "2023-09-01",
    "date_list_agreed": "2023-09-01",
    "date_summary_cleared": "2023-11-01",
}


@pytest.fixture
def scene(kept: Cast) -> Cast:
    """The cast before the self-assessment is opened."""
    return utils.fresh(kept)


def _url(scene: Cast, name: str = "consultation") -> str:
    return reverse(f"reviews:{name}", args=["untoc", scene.review.code])


def _given(**changes: Any) -> dict[str, Any]:
    return {"languages": ["en"], "reason": "", "note": "", **dict.fromkeys(PLANNED, ""), **changes}


def _propose(scene: Cast, actor: User, *languages: str, **more: Any) -> ConsultationProposal:
    return propose_consultation(actor=actor, review=scene.review, languages=languages, **more)


def _confirm(scene: Cast, *actors: User) -> None:
    number = ConsultationProposal.objects.count()
    for actor in actors:
        confirm_consultation(actor=actor, review=scene.review, number=number)


def _messages(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_nothing_is_proposed_yet(scene: Cast, login_as: LoginAs) -> None:
    page = login_as(scene.focal_point).get(_url(scene)).content.decode()
    assert "Nothing is proposed yet" in page
    assert f'action="{_url(scene, "consultation-propose")}"' in page
    page = login_as(scene.observer).get(_url(scene)).content.decode()
    assert f'action="{_url(scene, "consultation-propose")}"' not in page
    assert "Only a focal point or the secretariat proposes working languages and dates." in page


def test_an_auditor_reads_what_is_proposed_but_no_word_that_a_state_wrote(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "en", "fr", "es", reason="Our ministries read French.", note="Sorry to be late.")
    _propose(
        scene, scene.same_group_focal_point, "en", "es", "ar", reason="So do ours, and Spanish.", note="Please agree."
    )
    words = ("Our ministries", "Sorry to be late", "So do ours", "Please agree")
    page = login_as(scene.observer).get(_url(scene)).content.decode()
    assert [word for word in words if word not in page] == []
    page = login_as(scene.auditor).get(_url(scene)).content.decode()
    assert [word for word in words if word in page] == []
    assert "Arabic" in page
    assert "What States wrote as reasons and notes is for those who take part" in page


def test_everybody_of_the_review_may_look_and_a_stranger_finds_nothing(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "en")
    outside = {"bystander", "stranger"}
    status = {name: login_as(user).get(_url(scene)).status_code for name, user in scene.people.items()}
    assert status == {name: 404 if name in outside else 200 for name in scene.people}


def test_the_page_says_what_is_proposed_by_whom_and_whose_word_is_missing(scene: Cast, login_as: LoginAs) -> None:
    _propose(
        scene,
        scene.focal_point,
        "ar",
        "en",
        "fr",
        reason="Our laws are in Arabic.",
        dates={"answers_sent": dt.date(2022, 4, 15)},
        note="As we said by telephone.",
    )
    http_response = login_as(scene.same_group_focal_point).get(_url(scene))
    page = http_response.content.decode()
    assert http_response.context["proposed_languages"] == "Arabic, English and French"
    assert "Our laws are in Arabic." in page
    assert "As we said by telephone." in page
    rows = http_response.context["dates"]
    assert [(f"date_{row.date.slug}", row.date.planned_on.isoformat()) for row in rows] == list(PLANNED.items())
    assert [row.day for row in rows] == [dt.date(2022, 4, 15), None, None, None, None]
    assert rows[0].distance == "16 days earlier"
    assert [(word.state.iso3, bool(word.answer)) for word in http_response.context["words"]] == [
        ("XVE", True),
        ("XAL", False),
        ("XLE", False),
    ]
    assert f"Confirm for {scene.same_group_state}" in page
    assert "Propose otherwise" in page


@pytest.mark.parametrize("part", ["expert", "observer", "contributor"])
def test_others_of_a_state_are_told_that_its_focal_point_confirms(scene: Cast, login_as: LoginAs, part: str) -> None:
    _propose(scene, scene.officer, "en")
    page = login_as(scene.people[part]).get(_url(scene)).content.decode()
    assert "Only a focal point confirms for a State." in page
    assert "Propose otherwise" not in page
    for name in ("consultation-confirm", "consultation-propose"):
        assert login_as(scene.people[part]).post(_url(scene, name), {"number": 1}).status_code == 403
    assert ConsultationProposal.objects.get().confirmations.count() == 0


def test_the_queries_are_the_same_for_one_proposal_and_for_three(scene: Cast, login_as: LoginAs) -> None:
    client = login_as(scene.focal_point)
    _propose(scene, scene.focal_point, "en")
    client.get(_url(scene))
    with assert_query_count("reviews:consultation"):
        client.get(_url(scene))
    _propose(scene, scene.same_group_focal_point, "fr")
    _propose(scene, scene.other_group_focal_point, "ar")
    with assert_query_count("reviews:consultation"):
        client.get(_url(scene))


def test_the_form_names_each_language_in_itself_and_shows_the_dates_of_the_plan(scene: Cast, login_as: LoginAs) -> None:
    page = login_as(scene.focal_point).get(_url(scene, "consultation-propose")).content.decode()
    assert page.count('type="checkbox" name="languages"') == 6
    assert '<span lang="ar" dir="rtl">العربية</span>' in page
    assert '<span lang="ru" dir="ltr">Русский</span>' in page
    assert "One or more, at most 2; in exceptional circumstances up to 3." in page
    assert "By the plan: 1 May 2022" in page
    assert 'type="date" name="date_answers_sent"' in page


def test_a_focal_point_proposes_and_confirms_with_it(scene: Cast, login_as: LoginAs) -> None:
    given = _given(languages=["en", "ar"], date_answers_sent="2022-04-15", note="Please confirm soon.")
    page = login_as(scene.focal_point).post(_url(scene, "consultation-propose"), given, follow=True)
    assert page.redirect_chain == [(_url(scene), 302)]
    assert _messages(page) == [
        f"The proposal is made and confirmed for {scene.state}. The other focal points have been told by mail."
    ]
    proposal = ConsultationProposal.objects.get()
    assert (proposal.number, proposal.languages, proposal.dates, proposal.note, proposal.proposed_for) == (
        1,
        ["en", "ar"],
        {"answers_sent": "2022-04-15"},
        "Please confirm soon.",
        scene.state,
    )
    assert [row.state_party for row in proposal.confirmations.all()] == [scene.state]


def test_the_secretariat_proposes_and_confirms_for_nobody(scene: Cast, login_as: LoginAs) -> None:
    page = login_as(scene.officer).post(_url(scene, "consultation-propose"), _given(), follow=True)
    assert _messages(page) == ["The proposal is made. The focal points have been told by mail."]
    assert [state.iso3 for state in page.context["missing"]] == ["XVE", "XAL", "XLE"]
    assert "Confirm for" not in page.content.decode()


def test_the_form_begins_with_what_stands_but_not_with_another_states_note(scene: Cast, login_as: LoginAs) -> None:
    dates = {"answers_sent": dt.date(2022, 4, 15)}
    _propose(scene, scene.focal_point, "ar", "en", "fr", reason="Laws in Arabic.", dates=dates, note="Ours.")
    form = login_as(scene.same_group_focal_point).get(_url(scene, "consultation-propose")).context["form"]
    assert {name: form[name].value() for name in ("languages", "reason", "note")} == {
        "languages": ["ar", "en", "fr"],
        "reason": "Laws in Arabic.",
        "note": None,
    }
    assert {name: form[name].value() for name in PLANNED} == {
        **dict.fromkeys(PLANNED),
        "date_answers_sent": dt.date(2022, 4, 15),
    }


@pytest.mark.parametrize(
    ("changes", "field", "target"),
    [
        ({"languages": []}, "languages", "id_languages_0"),
        ({"languages": ["en", "xx"]}, "languages", "id_languages_0"),
        ({"languages": ["en", "fr", "ar", "es"]}, "languages", "id_languages_0"),
        ({"languages": ["en", "fr", "ar"]}, "reason", "id_reason"),
        ({"languages": ["en", "fr"], "original": "ar"}, "original", "id_original"),
        ({"date_answers_sent": "soon"}, "date_answers_sent", "id_date_answers_sent"),
        ({"date_answers_sent": "1999-01-01"}, "date_answers_sent", "id_date_answers_sent"),
        (
            {"date_feedback_sent": "2023-01-01", "date_list_agreed": "2022-12-31"},
            "date_list_agreed",
            "id_date_list_agreed",
        ),
        ({"note": "x" * 2001}, "note", "id_note"),
    ],
)
def test_an_error_stands_by_its_field_and_the_rest_is_kept(
    scene: Cast, login_as: LoginAs, changes: dict[str, Any], field: str, target: str
) -> None:
    given = _given(**changes)
    page = login_as(scene.focal_point).post(_url(scene, "consultation-propose"), given)
    form = page.context["form"]
    assert (page.status_code, set(form.errors)) == (422, {field})
    assert {name: form[name].value() for name in given} == given
    assert f'href="#{target}"' in page.content.decode()
    assert ConsultationProposal.objects.count() == 0


def test_the_language_of_the_texts_is_chosen_and_not_the_first_of_the_boxes(scene: Cast, login_as: LoginAs) -> None:
    client = login_as(scene.focal_point)
    client.post(_url(scene, "consultation-propose"), _given(languages=["ar", "en"], original="en"))
    page = client.get(_url(scene, "consultation-propose"))
    assert ConsultationProposal.objects.get().languages == ["en", "ar"]
    assert (page.context["text_language"], page.context["form"]["original"].value()) == ("English", "en")


def test_a_language_of_the_texts_that_only_stood_there_gives_way(scene: Cast, login_as: LoginAs) -> None:
    client = login_as(scene.focal_point)
    stood = client.get(_url(scene, "consultation-propose")).context["form"]["original"].value()
    ticked = [code for code in ("ar", "en", "fr") if code != stood][:2]
    client.post(_url(scene, "consultation-propose"), _given(languages=ticked, original=stood))
    assert sorted(ConsultationProposal.objects.get().languages) == ticked


def test_what_is_no_longer_proposed_stays_below_with_what_differs(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "ar", "fr", dates={"answers_sent": dt.date(2022, 4, 15)}, note="First words.")
    _propose(scene, scene.same_group_focal_point, "en")
    page = login_as(scene.focal_point).get(_url(scene))
    ((row, languages, differences),) = page.context["earlier"]
    assert (row.number, languages) == (1, "Arabic and French")
    assert [(each.label, each.then, each.now) for each in differences] == [
        ("Working languages", "Arabic and French", "English"),
        ("Language of the texts", "Arabic", "English"),
        ("Sending of the answers", "15 April 2022", "as in the plan"),
    ]
    assert "First words." in page.content.decode()


def test_a_confirmation_says_whose_word_is_missing_and_the_last_that_all_agree(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "en", "ar", dates={"answers_sent": dt.date(2022, 4, 15)})
    confirm = _url(scene, "consultation-confirm")
    page = login_as(scene.same_group_focal_point).post(confirm, {"number": 1}, follow=True)
    assert page.redirect_chain == [(_url(scene), 302)]
    assert _messages(page) == [f"Confirmed for {scene.same_group_state}. Not confirmed yet: {scene.other_group_state}."]
    page = login_as(scene.other_group_focal_point).post(confirm, {"number": 1}, follow=True)
    assert _messages(page) == ["All States have confirmed: working languages and dates are agreed."]
    text = page.content.decode()
    assert "Next, the secretariat opens the self-assessment." in text
    assert "Confirm for" not in text
    scene.review.refresh_from_db()
    assert scene.review.working_languages == ["en", "ar"]
    milestone = ReviewMilestone.objects.get(review=scene.review, plan__slug="answers_sent")
    assert milestone.due_on == dt.date(2022, 4, 15)
    assert page.context["dates"][0].date.planned_on == dt.date(2022, 5, 1), "the plan stays beside what was agreed"


@pytest.mark.parametrize("number", ["1", "", "two", "99", "²", "1" * 5000])
def test_nobody_confirms_what_he_has_not_seen(scene: Cast, login_as: LoginAs, number: str) -> None:
    _propose(scene, scene.focal_point, "en")
    _propose(scene, scene.same_group_focal_point, "fr")
    client = login_as(scene.other_group_focal_point)
    page = client.post(_url(scene, "consultation-confirm"), {"number": number}, follow=True)
    assert _messages(page) == ["Another proposal has been made in the meantime. Please look at it first."]
    assert [state.iso3 for state in page.context["missing"]] == ["XVE", "XAL"]


def test_a_second_click_is_harmless(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.officer, "en")
    client = login_as(scene.focal_point)
    for _click in range(2):
        assert client.post(_url(scene, "consultation-confirm"), {"number": 1}).status_code == 302
    assert ConsultationProposal.objects.get().confirmations.count() == 1
    assert client.get(_url(scene, "consultation-confirm")).status_code == 405


def test_what_was_agreed_applies_until_all_have_confirmed_something_else(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "en")
    _confirm(scene, scene.same_group_focal_point, scene.other_group_focal_point)
    _propose(scene, scene.same_group_focal_point, "fr")
    page = login_as(scene.focal_point).get(_url(scene)).content.decode()
    assert "Until all have confirmed it, proposal 1 applies, which all confirmed before." in page
    assert f"Confirm for {scene.state}" in page


def test_the_officer_is_led_to_the_self_assessment(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "en")
    _confirm(scene, scene.same_group_focal_point, scene.other_group_focal_point)
    page = login_as(scene.officer).get(_url(scene)).content.decode()
    assert "Next, open the self-assessment." in page


def test_afterwards_the_page_can_be_read_and_nothing_be_changed(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "en")
    _confirm(scene, scene.same_group_focal_point, scene.other_group_focal_point)
    utils.take_to("self_assessment", scene.review, scene.focal_point, scene.expert)
    client = login_as(scene.focal_point)
    page = client.get(_url(scene))
    text = page.content.decode()
    assert "These working languages and dates apply to the review." in text
    assert [f"date_{row.date.slug}" for row in page.context["dates"]] == list(PLANNED)
    assert "Propose otherwise" not in text
    assert client.get(_url(scene, "consultation-propose")).status_code == 403
    assert client.post(_url(scene, "consultation-confirm"), {"number": 1}).status_code == 403


def test_consultations_that_were_held_without_a_proposal_say_so(scene: Cast, login_as: LoginAs) -> None:
    utils.take_to("self_assessment", scene.review, scene.focal_point, scene.expert)
    page = login_as(scene.focal_point).get(_url(scene)).content.decode()
    assert "No proposal was recorded here" in page
    assert "Propose working languages and dates" not in page


def test_the_pages_speak_arabic_and_keep_peoples_words_in_their_own_direction(scene: Cast, login_as: LoginAs) -> None:
    _propose(scene, scene.focal_point, "ar", "en", note="هذا مقترحنا.")
    page = login_as(scene.same_group_focal_point).get(_url(scene).replace("/en/", "/ar/")).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert '<dd class="govuk-summary-list__value" dir="auto">هذا مقترحنا.</dd>' in page


def test_the_secretariat_records_that_documentation_was_processed(scene: Cast, login_as: LoginAs) -> None:
    utils.take_to("written_feedback", scene.review, scene.focal_point, scene.expert)
    address = _url(scene, "processing-record")
    page = login_as(scene.officer).post(address, follow=True)
    assert page.redirect_chain == [(reverse("portal:review-detail", args=["untoc", scene.review.code]), 302)]
    assert _messages(page) == [
        "It is recorded that the documentation was processed; the time of what follows runs from today."
    ]
    assert ReviewMilestone.objects.get(review=scene.review, plan__slug="answers_processed").reached_on is not None
    page = login_as(scene.officer).post(address, follow=True)
    assert _messages(page) == ["That the documentation was processed has been recorded."]
    assert login_as(scene.focal_point).post(address).status_code == 403
    assert login_as(scene.officer).get(address).status_code == 405
