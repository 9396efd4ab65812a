"""Looking at a text as the document will set it before it is saved, and taking out what nobody sees when asked to."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from dialogue.exchange.models import FeedbackComment
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from tests.dialogue.exchange.exchange import FEEDBACK, REVIEW, observation, text_of
from tests.forms import send_form
from tests.observations.clearance.texts import SUMMARY
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]
WORDS = "The **Act** of 2021.\n•\tfirst\n•\tsecond\n12. The Code."
SET = "<p>The <strong>Act</strong> of 2021.</p>\n<ul>\n<li>first</li>\n<li>second</li>\n</ul>\n<p>12. The Code.</p>"
UNSEEN = "over\u202eride"
TABLE = "|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "a\n" * 215


def shown(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]


AT = {"feedback": "written_feedback", "new observation": "dialogue", "observation": "dialogue", "passage": "summary"}


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.stage(stage)) for name, stage in AT.items()])
def form(request: pytest.FixtureRequest, cast: Cast, login_as: LoginAs) -> tuple[Client, str, dict[str, object]]:
    """A client, the address of a form with a text that States clear, and what else it sends."""
    client = login_as(cast.same_group_expert)
    typed = {"heading": "suggestion", "articles": ["5"], "base": "0"}
    if request.param == "feedback":
        return client, f"{FEEDBACK}XLE/questions/I.untoc.5/", {"base": "0"}
    if request.param == "new observation":
        return client, f"{REVIEW}observations/add/untoc/", typed
    if request.param == "observation":
        row = observation(cast.review, cast.same_group_expert, "As it stands.")
        return client, f"{REVIEW}observations/{row.pk}/", {**typed, "base": "1"}
    client = login_as(cast.same_group_focal_point)  # experts draft passages, focal points change them
    return client, f"{SUMMARY}passages/1/", {"base": "1"}


def stored(cast: Cast) -> list[str]:
    summaries = AgreedText.objects.filter(review=cast.review, kind=TextKind.SUMMARY)
    return [
        *FeedbackComment.objects.values_list("text", flat=True),
        *Observation.objects.values_list("text", flat=True),
        *summaries.values_list("passages__text", flat=True),
    ]


def test_a_preview_shows_the_paper_and_saves_nothing(cast: Cast, form: tuple[Client, str, dict[str, object]]) -> None:
    client, address, more = form
    before = stored(cast)
    page = send_form(client, address, {**more, "text": WORDS, "preview": "1"})
    assert page.status_code == 200
    assert SET in shown(page)
    assert "As the page, the PDF and the Word file will set it. It is not saved yet." in text_of(page)
    assert WORDS in shown(page)  # what was typed stands in the box
    assert page.context["form"]["base"].value() == more["base"]
    assert stored(cast) == before
    assert send_form(client, address, {**more, "text": WORDS}).status_code == 302
    assert WORDS in stored(cast)


def test_the_page_offers_it_and_shows_none_unasked(form: tuple[Client, str, dict[str, object]]) -> None:
    client, address, _more = form
    page = shown(client.get(address))
    assert 'type="submit" name="preview" value="1"' in page
    assert "app-preview" not in page


@pytest.mark.parametrize("asks", [{"preview": "1"}, {}])
@pytest.mark.parametrize(("text", "told"), [(UNSEEN, "U+202E"), (TABLE, "No page could show this text")])
def test_what_cannot_be_cleared_is_refused_by_the_field_and_stays_in_it(
    cast: Cast, form: tuple[Client, str, dict[str, object]], text: str, told: str, asks: dict[str, str]
) -> None:
    client, address, more = form
    before = stored(cast)
    page = send_form(client, address, {**more, "text": text, **asks})
    assert page.status_code == 422
    assert told in text_of(page)
    assert text in shown(page)
    assert ("data-remove-unseen" in shown(page)) == (text == UNSEEN)
    assert stored(cast) == before


def test_what_nobody_sees_goes_when_the_box_is_ticked_and_not_otherwise(
    cast: Cast, form: tuple[Client, str, dict[str, object]]
) -> None:
    client, address, more = form
    assert send_form(client, address, {**more, "text": UNSEEN}).status_code == 422
    assert send_form(client, address, {**more, "text": UNSEEN, "remove_unseen": "1"}).status_code == 302
    assert "override" in stored(cast)


@pytest.mark.stage("dialogue")
def test_who_may_not_write_is_shown_no_preview(cast: Cast, cast_at: CastAt, login_as: LoginAs) -> None:
    cast_at("dialogue")
    for name, status in (("same_group_observer", 403), ("outsider", 404)):
        if name in cast.people:
            answer = login_as(cast.people[name]).post(f"{REVIEW}observations/add/untoc/", {"text": "x", "preview": "1"})
            assert (name, answer.status_code) == (name, status)
