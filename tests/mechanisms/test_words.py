"""Pages and mails of a mechanism call its steps and texts as its data do, whatever the code calls them."""

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from core.language.terminology import named, speaking
from core.mail.messages import render
from core.models import Notification
from observations.texts.enums import TextKind
from reviews.cases.enums import ParticipationRole
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.programme.models import Mechanism
from reviews.programme.terminologies import forget_words
from tests import journey
from tests.caches import empty_cache
from tests.factories.accounts import AdministratorFactory
from tests.mechanisms.test_dark_skies import send_answers
from tests.mechanisms.world import SLUG, TODAY, World, in_june
from tests.utils import login_as

pytestmark = pytest.mark.django_db
FOLDERS = Path(__file__).resolve().parents[2] / "fixtures" / "mechanisms"
FOCAL_POINT, EXPERT = ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT
IN_JUNE = pytest.mark.kept.with_args(in_june)
LANGUAGES = pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.prove)])
# What nobody reads: scripts, addresses and names of classes; and what people wrote, which stays as it is.
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|https?://\S+", re.DOTALL)
_WRITTEN = re.compile(r'<(\w+)\b[^>]*\bdir="auto"[^>]*>.*?</\1>', re.DOTALL)
_ATTRIBUTES = re.compile(r'\s(?:href|src|action|id|for|class|name|value|data-stop|aria-(?!label\b)[a-z]+)="[^"]*"')


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        empty_cache()
        yield
    empty_cache()


@pytest.fixture
def made(kept: World) -> World:
    return kept


@cache
def words_of_the_portal(language: str) -> re.Pattern[str]:
    """Those that the mechanism calls otherwise, as whole words in English; in Arabic a preposition may stand before."""
    words = json.loads((FOLDERS / SLUG / "mechanism.json").read_text("utf-8"))["words"][language]
    edge = r"\b" if language == "en" else ""
    return re.compile(f"{edge}(?:{'|'.join(sorted(words, key=len, reverse=True))}){edge}", re.IGNORECASE)


def words_on(page: str, language: str) -> set[str]:
    """Which of them somebody who reads or hears the page meets, with what stands around."""
    shown = html.unescape(_ATTRIBUTES.sub("", _UNSEEN.sub("", _WRITTEN.sub("", page))))
    found = words_of_the_portal(language).finditer(shown)
    return {" ".join(shown[max(0, at.start() - 40) : at.end() + 20].split()) for at in found}


def pages_of(user: User, review: str, language: str) -> dict[str, str]:
    """By address each page that leads on from the first one of a review, as far as somebody may open it."""
    client, first = login_as(Client(), user), f"/{language}/{SLUG}/reviews/{review}/"
    found: dict[str, str] = {}
    ahead = {f"/{language}/{SLUG}/reviews/", first}
    while ahead:
        address = ahead.pop()
        answer = client.get(address)
        found[address] = answer.content.decode() if "text/html" in answer.headers.get("Content-Type", "") else ""
        links = re.findall(r'href="([^"#?]+)', found[address])
        ahead |= {link for link in links if link.startswith(first)} - found.keys()
    return found


def unlike(made: World, language: str) -> dict[str, set[str]]:
    readers = (made.own[FOCAL_POINT], made.reviewing[EXPERT], made.officers.keeper)
    pages = {
        f"{user.full_name}: {address}": page
        for user in readers
        for address, page in pages_of(user, made.review.code, language).items()
    }
    assert len(pages) > 30
    return {address: words for address, page in pages.items() if (words := words_on(page, language))}


@LANGUAGES
@IN_JUNE
def test_no_page_of_its_review_says_a_word_that_it_calls_otherwise(made: World, language: str) -> None:
    with speaking(named(SLUG)):
        send_answers(made)
    assert unlike(made, language) == {}
    with speaking(named(SLUG)):
        journey.send_all_feedback(made.review)
        journey.write_lists(made.review)
    assert unlike(made, language) == {}


@IN_JUNE
def test_my_work_speaks_as_the_only_mechanism_of_the_reader_does(made: World) -> None:
    """The portal has two, and the address names none."""
    send_answers(made)
    journey.send_all_feedback(made.review)
    readers = (made.own[FOCAL_POINT], made.reviewing[EXPERT], made.reviewing[FOCAL_POINT])
    pages = [login_as(Client(), user).get("/en/").content.decode() for user in readers]
    assert [words_on(page, "en") for page in pages] == [set(), set(), set()]
    assert "Draft the country notes: " in "".join(pages)


@IN_JUNE
def test_its_mails_are_in_its_words_wherever_they_are_made(made: World) -> None:
    with speaking(named(SLUG)):  # as a page of the review does; a worker makes the mail
        send_answers(made)
        journey.send_all_feedback(made.review)
        journey.write_lists(made.review)
        journey.agree_on_all(made.review, TextKind.LIST_OF_OBSERVATIONS)
    mails = [render(row) for row in Notification.objects.filter(context__words_of=SLUG).select_related("recipient")]
    assert len(mails) > 5
    assert {word for mail in mails for text in (mail.subject, mail.body) for word in words_on(text, "en")} == set()
    assert any("sent its comments" in mail.body for mail in mails)


@IN_JUNE
def test_pages_of_another_mechanism_keep_the_words_of_the_portal(made: World) -> None:
    client = login_as(Client(), made.officers.keeper)
    asked = [f"/en/{slug}/bringing-in/feedback/" for slug in (SLUG, "untoc", SLUG)]
    titles = [re.findall("<title>([^–]*) –", client.get(address).content.decode()) for address in asked]
    own, other = ["Bring in comments"], ["Bring in feedback"]
    assert [[title.strip() for title in each] for each in titles] == [own, other, own]


@IN_JUNE
def test_every_kind_that_it_has_is_called_by_a_word_of_its_own(made: World) -> None:
    kinds = [TextKind.LIST_OF_OBSERVATIONS, StepKind.FEEDBACK, MilestoneKind.FEEDBACK, MilestoneKind.LIST]
    for language in ("en", "ar"):
        with translation.override(language):
            portal = {str(kind.label) for kind in kinds}
            with speaking(named(SLUG)):
                assert portal & {str(kind.label) for kind in kinds} == set()


def test_a_line_that_is_no_word_is_refused_by_the_field_and_one_that_is_stands_on_the_next_page(client: Client) -> None:
    administrator = AdministratorFactory.create()
    start_staff_session(actor=administrator, reason="To look after the words.", state_party=None)
    mechanism = Mechanism.objects.get(slug="untoc")
    login_as(client, administrator)
    address = f"/en/reference-data/reviews/mechanism/{mechanism.pk}/change/"
    names = {f"{name}_en": getattr(mechanism, f"{name}_en") for name in ("name", "short_name")}
    refused = client.post(address, {"slug": "untoc", **names, "words_en": "feedback = <b>"})
    assert (refused.status_code, "Line 1: Words alone" in refused.content.decode()) == (422, True)
    assert "feedback = &lt;b&gt;" in refused.content.decode(), "nothing typed is lost"
    assert client.post(address, {"slug": "untoc", **names, "words_en": "feedback = remarks"}).status_code == 302
    forget_words()  # as after the commit
    with speaking(named("untoc")):
        assert gettext("Write feedback") == "Write remarks"
