"""An organization answers "not within our competence": at once, kept in the browser, its declaration beside."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.states.models import StateParty
from questionnaires.responses.models import Answer
from reviews.adherence.models import AdherenceStatement
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import give_passphrases
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
PARENT, FOLLOW_UP = '[data-question="I.untoc.3"] > [data-body]', '[data-question="I.untoc.3.a"]'


@pytest.fixture
def union(transactional_db: None) -> Iterator[Cast]:
    """What States are and have said stays from test to test, so that it is put back."""
    cast = make_cast()
    give_passphrases(cast)
    StateParty.objects.filter(pk=cast.state.pk).update(is_reio=True)
    AdherenceStatement.objects.create(
        adherence=cast.state.adherences.get(instrument__slug="untoc"),
        kind="competence",
        language="en",
        text="The Community has exclusive competence with regard to the progressive establishment of a market.",
    )
    yield cast
    AdherenceStatement.objects.all().delete()
    StateParty.objects.filter(pk=cast.state.pk).update(is_reio=False)


def all_saved(page: Page) -> None:
    """In any language."""
    expect(page.locator("[data-overall].app-savebar__state--unsaved")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "width", "box", "declaration"),
    [
        ("en", 1280, "Not within our competence", "Read the declaration of competence"),
        pytest.param("ar", 360, "ليس من اختصاصنا", "اقرأ إعلان الاختصاص", marks=pytest.mark.prove),
    ],
)
def test_one_tick_answers_and_takes_away_what_follows(
    union: Cast, live_server: LiveServer, sign_in: SignIn, language: str, width: int, box: str, declaration: str
) -> None:
    address = f"{live_server.url}/{language}/untoc/reviews/{union.review.code}/response/untoc/article-5/"
    page = sign_in(union.expert, language=language, width=width)
    page.goto(address)
    page.get_by_text(declaration).click()
    expect(page.locator(".app-competence")).to_contain_text("The Community has exclusive competence")
    page.locator(PARENT).get_by_label("Yes", exact=True).check()
    expect(page.locator(FOLLOW_UP)).to_be_visible()
    all_saved(page)

    page.context.set_offline(True)
    outside = page.locator(PARENT).get_by_label(box)
    outside.check()
    expect(page.locator(PARENT).get_by_label("Yes", exact=True)).not_to_be_checked()
    expect(page.locator(FOLLOW_UP)).to_be_hidden()
    page.locator(PARENT).locator("textarea").fill("The member States punish it.")
    expect(page.locator(PARENT).locator(".app-status--trouble")).to_be_visible()
    page.context.set_offline(False)
    all_saved(page)
    page.reload()
    expect(page.locator(PARENT).get_by_label(box)).to_be_checked()
    assert_accessible(page)
    answer = Answer.objects.get()
    assert (answer.choices, answer.text, answer.is_outside_competence) == ([], "The member States punish it.", True)

    page.locator(PARENT).get_by_label("No", exact=True).check()
    expect(page.locator(PARENT).get_by_label(box)).not_to_be_checked()
    all_saved(page)
    answer.refresh_from_db()
    assert (answer.choices, answer.is_outside_competence) == (["No"], False)
