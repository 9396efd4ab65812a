"""My work, a review's own page, and the pages for what goes wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.programme.models import Adherence, Instrument
from tests import utils
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.guards import guards_off
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HOME = "/en/"


def _detail(code: str = "1-XVE") -> str:
    with translation.override("en"):
        return reverse("portal:review-detail", args=["untoc", code])


def _tasks(page: Any) -> list[tuple[str, str, bool]]:
    return [(task.review.code, task.url, task.is_own) for task in page.context["tasks"]]


def test_root_leads_to_the_language_and_then_to_sign_in(client: Client) -> None:
    http_response = client.get("/", headers={"accept-language": "ar"})
    assert http_response["Location"] == "/ar/"
    assert client.get("/ar/")["Location"] == "/ar/sign-in/?next=/ar/"


def test_my_work_says_what_is_next_and_leads_there(cast: Cast, login_as: LoginAs) -> None:
    answers = "/en/untoc/reviews/1-XVE/response/"
    assert _tasks(login_as(cast.expert).get(HOME)) == [("1-XVE", answers, True)]
    assert _tasks(login_as(cast.same_group_focal_point).get(HOME)) == [("1-XVE", _detail(), False)]
    page = login_as(cast.expert).get(HOME)
    assert "Sending of the answers" in page.content.decode()
    assert "1 May 2022" in page.content.decode()


def test_my_work_of_reviewers_leads_to_the_desk_once_the_answers_are_sent(cast: Cast, login_as: LoginAs) -> None:
    utils.take_cast_to("written_feedback", cast)
    desk = "/en/untoc/reviews/1-XVE/desk/"
    assert _tasks(login_as(cast.same_group_expert).get(HOME)) == [("1-XVE", desk, False)]
    assert _tasks(login_as(cast.contributor).get(HOME)) == [("1-XVE", _detail(), False)]


def test_my_work_of_a_newcomer_is_empty_and_says_why(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.stranger).get(HOME)
    assert page.context["tasks"] == []
    assert "programmes" not in page.context
    assert "Nothing waits for you" in page.content.decode()


def test_the_secretariat_sees_where_everything_stands(cast: Cast, login_as: LoginAs) -> None:
    (programme,) = login_as(cast.officer).get(HOME).context["programmes"]
    counts = programme["counts"]
    assert (counts.under_way, programme["late_count"], programme["own_count"]) == (2, 2, 0)
    assert [(step.slug, number) for step, number in counts.steps if number] == [
        ("consultations", 1),
        ("self_assessment", 1),
    ]


def test_my_work_takes_the_same_queries_for_one_review_and_for_three(login_as: LoginAs) -> None:
    officer, expert = OfficerFactory(), UserFactory()
    for number, state in enumerate(["XHV", "XMB", "XAL"], start=1):
        review = utils.make_review("self_assessment", state=state)
        utils.register(review, expert, review.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
        if number == 2:
            continue
        for user, name in ((officer, "officer"), (expert, "participant")):
            client = login_as(user)
            client.get(HOME)
            with assert_query_count(f"portal:dashboard as {name}"):
                page = client.get(HOME)
            assert len(page.context["tasks"]) == (number if user is expert else 0)


def test_a_stranger_does_not_learn_that_a_review_exists(cast: Cast, login_as: LoginAs) -> None:
    for user in (cast.stranger, cast.bystander):
        known, unknown = (login_as(user).get(_detail(code)) for code in ("1-XVE", "1-QQQ"))
        assert (known.status_code, unknown.status_code) == (404, 404)


def test_the_states_own_side_sees_how_far_the_answers_are_and_nobody_else(cast: Cast, login_as: LoginAs) -> None:
    utils.answer_some(cast.response, cast.expert, 3)
    box = login_as(cast.focal_point).get(_detail()).context["response"]
    assert box["overview"].answered == 3
    for user in (cast.same_group_focal_point, cast.officer, cast.auditor):
        page = login_as(user).get(_detail())
        assert set(page.context["response"]) == {"status"}
        assert "is drafting its answers" in page.content.decode()


def test_reviewers_are_not_told_that_answers_are_with_the_focal_point(cast: Cast, login_as: LoginAs) -> None:
    utils.take_cast_to("in_clearance", cast)
    assert "With the focal point" in login_as(cast.expert).get(_detail()).content.decode()
    assert "With the focal point" not in login_as(cast.other_group_expert).get(_detail()).content.decode()


def test_once_sent_all_but_contributors_are_led_to_the_answers(cast: Cast, login_as: LoginAs) -> None:
    utils.take_cast_to("written_feedback", cast)
    address = "/en/untoc/reviews/1-XVE/submission/"
    assert address in login_as(cast.same_group_expert).get(_detail()).content.decode()
    page = login_as(cast.contributor).get(_detail()).content.decode()
    assert address not in page
    assert "A national contributor sees only the sections sent to the ministry." in page


def test_buttons_of_the_secretariat(cast: Cast, login_as: LoginAs) -> None:
    opens, reminds = "/en/untoc/reviews/1-XMB/response/open/", "/en/untoc/reviews/1-XMB/remind/"
    page = login_as(cast.officer).get(_detail("1-XMB")).content.decode()
    assert (f'action="{opens}"' in page, f'action="{reminds}"' in page) == (True, True)
    page = login_as(cast.bystander).get(_detail("1-XMB")).content.decode()
    assert (opens in page, reminds in page) == (False, False)


def test_timeline_tells_done_next_and_later(cast: Cast, login_as: LoginAs) -> None:
    timeline = login_as(cast.expert).get(_detail()).context["timeline"]
    assert [entry["status"] for entry in timeline] == [*["done"] * 4, "next", *["later"] * 7]
    assert timeline[4]["title"] == "Sending of the answers"


def test_an_instrument_without_a_reviewer_is_flagged(cast: Cast, login_as: LoginAs) -> None:
    for row in cast.review.reviewing_states.all():
        row.instruments.set(row.instruments.exclude(slug="firearms"))
    page = login_as(cast.officer).get(_detail())
    assert [instrument.slug for instrument in page.context["uncovered"]] == ["firearms"]
    assert "a supplementary draw is needed" in page.content.decode()


@pytest.mark.parametrize("address", ["/en/untoc/reviews/1-XVE/", "/en/states/XVE/"])
def test_what_was_joined_and_is_not_in_force_is_told(cast: Cast, login_as: LoginAs, address: str) -> None:
    with guards_off([Review.instruments.through._meta.db_table]):
        cast.review.instruments.remove(Instrument.objects.get(slug="firearms"))
    Adherence.objects.filter(state_party=cast.state, instrument__slug="firearms").update(deposited_on="2021-10-15")
    page = login_as(cast.officer).get(address)
    assert [row.adherence.instrument.slug for row in page.context["left_out"]] == ["firearms"]
    note = (
        "Firearms Protocol is not under review in 1-XVE, which started on 1 November 2021: the act was deposited on "
        "15 October 2021. It binds the State from 14 November 2021. The drawing of lots counts deposits, a review what "
        "is in force on its start. A supplementary draw is needed to bring it in."
    )
    assert note in " ".join(page.content.decode().split())


def test_nothing_is_told_where_draw_and_review_agree(cast: Cast, login_as: LoginAs) -> None:
    assert login_as(cast.officer).get(_detail()).context["left_out"] == []
    page = login_as(cast.officer).get("/en/states/XVE/")
    assert page.context["left_out"] == []
    assert "25 July 2003" not in page.content.decode(), "the Convention was in force for nobody then"
    assert page.content.decode().count("29 September 2003") == 1


def test_a_reviews_page_takes_a_constant_number_of_queries(cast: Cast, login_as: LoginAs) -> None:
    for user, name in ((cast.officer, "officer"), (cast.focal_point, "focal point")):
        client = login_as(user)
        client.get(_detail())
        with assert_query_count(f"portal:review-detail as {name}"):
            client.get(_detail())
    for _number in range(3):
        utils.register(cast.review, UserFactory(), cast.state, ParticipationRole.OBSERVER)
    for user, name in ((cast.officer, "officer"), (cast.focal_point, "focal point")):
        client = login_as(user)
        with assert_query_count(f"portal:review-detail as {name}"):
            client.get(_detail())


@pytest.mark.parametrize("address", [HOME, "/en/untoc/reviews/", _detail, "/en/states/XVE/", "/en/profile/"])
def test_language_switch_keeps_the_page(cast: Cast, login_as: LoginAs, address: Any) -> None:
    address = address() if callable(address) else address
    client = login_as(cast.expert)
    arabic = address.replace("/en/", "/ar/")
    assert f'href="{arabic}"' in client.get(address).content.decode()
    page = client.get(arabic).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert "css/application.rtl.css" in page


def test_refusal_says_why(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.expert).post("/en/untoc/reviews/1-XVE/remind/")
    assert page.status_code == 403
    assert "Only an officer of the secretariat does this." in page.content.decode()


def test_missing_page_keeps_the_language_switch(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.expert).get("/en/no/such/page/")
    assert page.status_code == 404
    assert 'href="/ar/no/such/page/"' in page.content.decode()


def test_broken_token_is_told_in_words(cast: Cast) -> None:
    client = utils.login_as(Client(enforce_csrf_checks=True), cast.expert)
    page = client.post("/en/profile/", {"full_name": "Somebody"})
    assert page.status_code == 403
    assert "your text is still in the form" in page.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_request_that_is_too_large_saves_nothing_and_says_so(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.expert).post("/en/profile/", {"full_name": "x" * 2000, "language": "en"})
    assert page.status_code == 413
    assert "This is too large to be saved" in page.content.decode()
    cast.expert.refresh_from_db()
    assert cast.expert.full_name == "Expert"


def test_robots_and_the_icon(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        *(f"Allow: /{code}/published/" for code, _name in settings.LANGUAGES),
        *(f"Allow: /{code}/answers/" for code, _name in settings.LANGUAGES),
        *(f"Allow: /{code}/draws/" for code, _name in settings.LANGUAGES),
        *(f"Allow: /{code}/status/" for code, _name in settings.LANGUAGES),
        *(f"Allow: /{code}/roots/" for code, _name in settings.LANGUAGES),
        "Allow: /sitemap",
        "Allow: /data/",
        "Disallow: /",
        "",
        f"Sitemap: {settings.SITE_URL.rstrip('/')}/sitemap.xml",
    ]
    assert client.get("/favicon.ico")["Location"].endswith("img/favicon.svg")


def test_reference_data_is_for_those_who_look_after_it(cast: Cast, login_as: LoginAs) -> None:
    assert login_as(cast.administrator).get("/en/reference-data/", follow=True).status_code == 403
    start_staff_session(actor=cast.administrator, reason="Correct a date of deposit.", state_party=None)
    page = login_as(cast.administrator).get("/en/reference-data/")
    names = {model["object_name"] for app in page.context["app_list"] for model in app["models"]}
    assert names == {
        "AccountRule", "Adherence", "Article", "AssistanceType", "BlueprintText", "Cluster", "ClusterArticle",
        "ConfidentialityTerms", "DrawRule", "Holiday", "Instrument", "Limit", "Mechanism", "ObservationHeading",
        "Phase", "PhasePeriod", "PublicStatus", "QuestionLink", "RegionalGroup", "ReminderRule", "ReviewGroup",
        "StateParty", "Step", "StepPlan", "StepPlanVersion", "Term", "WatchedWord",
    }  # fmt: skip
