"""A form that is posted twice (a double click, Back and Save, a second try on a bad line) makes one thing."""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from redis.exceptions import ConnectionError as CacheIsAwayError

from accounts.people.models import User
from core.api.addresses import NAMESPACE
from core.web.submissions import SubmissionOutcome
from core.web.views.once import OncePerForm
from observations.texts.models import Objection, Observation
from reviews.cases.models import Clearance
from tests import journey, utils
from tests.dialogue.exchange.exchange import REVIEW
from tests.forms import carried_by
from tests.observations.clearance.texts import propose, table
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
ADD = f"{REVIEW}observations/add/untoc/"
TEXT = f"{REVIEW}texts/untoc/list_of_observations/"
TYPED = {"heading": "suggestion", "articles": ["5"], "text": "What was typed"}
AGAIN = re.compile(r"This was done at .+\d\d:\d\d\. The draft is saved\.")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser sends with the form of a page, the token among it."""
    page = client.get(address)
    token = _TOKEN.search(page.content.decode())
    assert token is not None
    return {**carried_by(page), "csrfmiddlewaretoken": token[1]}


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.stage("dialogue")
def test_the_second_post_leads_to_what_the_first_one_made(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED}
    first, second = client.post(ADD, form), client.post(ADD, form)
    made = Observation.objects.get()
    assert first["Location"] == second["Location"]
    assert str(made.pk) in second["Location"]
    assert AGAIN.match(said(second)[-1])


@pytest.mark.stage("dialogue")
def test_another_form_and_other_words_make_another_thing(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED}
    for sent in (form, {**form, "text": "Other words"}, {**form_of(client, ADD), **TYPED}):
        assert client.post(ADD, sent).status_code == 302
    assert sorted(Observation.objects.values_list("text", flat=True)) == ["Other words"] + ["What was typed"] * 2


@pytest.mark.stage("dialogue")
def test_nobody_else_is_led_to_it(cast: Cast, login_as: LoginAs) -> None:
    form = {**form_of(login_as(cast.same_group_expert), ADD), **TYPED}
    people = (cast.same_group_expert, cast.other_group_expert, cast.stranger)
    assert [login_as(person).post(ADD, form).status_code for person in people] == [302, 422, 404]
    assert Observation.objects.count() == 1


@pytest.mark.stage("dialogue")
def test_what_was_refused_is_sent_again(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED, "heading": ""}
    assert [client.post(ADD, form).status_code for _time in range(2)] == [422, 422]
    assert client.post(ADD, {**form, "heading": "suggestion"}).status_code == 302


@pytest.mark.stage("dialogue")
def test_without_the_cache_forms_are_taken_as_they_come(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED}
    with (
        patch.object(type(cache._connections["default"]), "add", side_effect=CacheIsAwayError),
        patch.object(type(cache._connections["default"]), "set", side_effect=CacheIsAwayError),
    ):
        assert client.post(ADD, form).status_code == 302


@pytest.mark.stage("dialogue")
def test_while_the_first_post_is_at_work_the_second_gets_its_words_back(cast: Cast, login_as: LoginAs) -> None:
    """A worker that was killed half-way holds a form for a minute."""
    client = login_as(cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED}
    with patch("core.web.submissions.claim", return_value=SubmissionOutcome()):
        page = client.post(ADD, form)
    assert page.status_code == 422
    words = page.content.decode()
    assert "What you sent is still being worked on." in words
    assert "What was typed" in words
    assert not Observation.objects.exists()
    assert client.post(ADD, form).status_code == 302


@pytest.mark.stage("observations")
@pytest.mark.parametrize(("act", "made"), [("clear", Clearance), ("object", Objection)])
def test_a_second_clear_or_objection_says_when_it_was_done(
    cast: Cast, login_as: LoginAs, act: str, made: type[Clearance | Objection]
) -> None:
    text = journey.list_of(cast.review)
    table(cast, text, "An observation.")
    version = propose(cast, text)
    before = made.objects.count()
    client = login_as(cast.focal_point)
    form = {**form_of(client, f"{TEXT}{act}/" if act == "object" else TEXT), "sha256": version.sha256}
    form["reason"] = "It goes too far."
    answers = [client.post(f"{TEXT}{act}/", form) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert said(answers[1])[-1].startswith("This was done at ")
    assert made.objects.count() == before + 1


@pytest.mark.stage("observations")
@pytest.mark.parametrize(("act", "did"), [("clear", "cleared"), ("object", "objected to")])
def test_in_a_second_tab_too_or_after_a_colleague(cast: Cast, login_as: LoginAs, act: str, did: str) -> None:
    text = journey.list_of(cast.review)
    table(cast, text, "An observation.")
    version = propose(cast, text)
    client = login_as(cast.focal_point)
    page = f"{TEXT}{act}/" if act == "object" else TEXT
    tabs = [{**form_of(client, page), "sha256": version.sha256, "reason": "Too far."} for _tab in range(2)]
    answers = [client.post(f"{TEXT}{act}/", form) for form in tabs]
    assert [answer.status_code for answer in answers] == [302, 302]
    told = f"{cast.focal_point.full_name} {did} version 1 for {cast.state}."
    assert re.match(rf"This was done at .+\d\d:\d\d: {told}", said(answers[1])[-1])
    other = client.post(f"{TEXT}{act}/", {**tabs[1], "sha256": "0" * 64})
    assert other.status_code == 403  # of another version nothing is said to be done
    if act == "object":
        other = client.post(f"{TEXT}{act}/", {**tabs[1], "reason": "Something else."})
        assert (other.status_code, "Something else." in other.content.decode()) == (403, True), "nor of other words"


@pytest.mark.stage("observations")
def test_what_another_state_has_done_is_not_said_to_be_ones_own(cast: Cast, login_as: LoginAs) -> None:
    text = journey.list_of(cast.review)
    table(cast, text, "An observation.")
    version = propose(cast, text)
    client = login_as(cast.focal_point)
    form = {**form_of(client, f"{TEXT}object/"), "sha256": version.sha256, "reason": "Too far."}
    assert client.post(f"{TEXT}object/", form).status_code == 302
    late = login_as(cast.same_group_focal_point).post(f"{TEXT}object/", {"sha256": version.sha256, "reason": "Late."})
    assert late.status_code == 403


@pytest.mark.django_db(transaction=True)
def test_four_presses_at_once_make_one_thing() -> None:
    cast = utils.make_cast("dialogue")
    client = utils.login_as(Client(), cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED}

    def press(_time: int) -> str:
        finger = Client()
        finger.cookies = client.cookies
        try:
            return finger.post(ADD, form)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        led_to = set(pool.map(press, range(4)))
    assert led_to == {f"{REVIEW}observations/#observation-{Observation.objects.get().pk}"}


# Why not: somebody is let in, or it is about the own factors and session, each of which is named.
SIGNING_IN = {
    "SignInView", "SignOutView", "ForgottenPasswordView", "SetPasswordView", "ActivationView", "InvitationRenewView",
    "PasskeySignInView", "SecondFactorView", "ByPassphraseView", "ByCodeView", "ByPasskeyView", "AddAppView",
    "RemoveAppView", "AddPasskeyView", "RenamePasskeyView", "RemovePasskeyView", "MakeRecoveryCodesView",
    "FindProviderView", "IdentityForgetView",
}  # fmt: skip
# A document that is asked for twice is made once (core.jobs).
DOCUMENTS = {
    "JobDetailView", "ResponseDocumentView", "SubmissionDocumentView", "ProtocolStartView", "TextDocumentView",
    "CockpitPdfView", "CockpitSpreadsheetView", "ProgressDocxView", "ProgressPdfView", "DossierView",
    "ExchangeDocumentView", "TranslationDocumentView", "GeneralReviewFileView",
}  # fmt: skip
# A secret is shown in the answer, once; the second post makes another one in its place.
SECRETS = {"TokenMakeView", "CalendarFeedMakeView", "CalendarFeedRenewView", "ReviewCalendarView"}
# Nothing is written but what somebody may see; a save has a key of its own; what is stopped already is said to be; and
# a link is renewed once a day.
OTHERS = {
    "NominationUploadView", "PublicationPreviewView", "AnswerSaveView", "SectionDetailView", "AccessStopView",
    "ContactUploadView", "LawUploadView", "AnswersBackView", "MissionLinkRenewView",
    "EarlierAnswersView", "EarlierSetAsideView", "FileInView",
}  # fmt: skip
# In the practice portal what is done by now is said to be, and an exercise is one; over goes a secret, good once.
PRACTICE = {"PracticeGoView", "LeaveView", "BeginView", "ExerciseActView", "OthersView", "ResetView"}


def views_that_take_a_post(patterns: Iterable[Any]) -> Iterator[type]:
    """Of pages; a program names an act by a key (core/api/idempotency.py)."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.app_name not in {"admin", NAMESPACE}:
                yield from views_that_take_a_post(pattern.url_patterns)
            continue
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and "post" in view.http_method_names and hasattr(view, "post"):
            yield view


def test_every_form_makes_one_thing_but_those_that_say_why_not() -> None:
    views = {view for view in views_that_take_a_post(get_resolver().url_patterns) if not issubclass(view, OncePerForm)}
    assert {view.__name__ for view in views} == SIGNING_IN | DOCUMENTS | SECRETS | OTHERS | PRACTICE
