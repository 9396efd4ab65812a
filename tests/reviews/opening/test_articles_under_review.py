"""Which articles are reviewed for a State: one fact, on every page and paper (resolution 10/1, annex III).

XHV is party to the Convention against Corruption, XVE is not: articles 8 and 9 are reviewed for XVE alone.
"""

import io
from collections.abc import Callable

import docx
import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from pypdf import PdfReader

from accounts.people.models import User
from core.errors import ServiceError
from dialogue.desk.desk import Desk
from dialogue.desk.selectors import articles_by_instrument
from dialogue.exchange.models import WrittenFeedback
from dialogue.exchange.selectors import articles_under_review
from observations.documents.docx import render_text_docx
from observations.documents.pdf import render_text_pdf
from observations.observations.services import ObservationInput
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.texts.selectors import headings_of
from observations.wording.documents import document_of, printed_status_of
from questionnaires.definitions.models import Questionnaire
from questionnaires.definitions.selectors import current_version, index_of
from questionnaires.submissions.selectors.reading import get_submission
from reviews.cases.models import Review, ReviewArticle
from reviews.programme.models import Article, Instrument
from tests import journey
from tests.at_once import draft_observation, save_comment
from tests.utils import Cast, fresh, make_cast, make_review

pytestmark = pytest.mark.django_db

OUTSIDE, INSIDE = [2, 5, 6, 8, 9, 10, 15, 23], [2, 5, 6, 10, 15, 23]
BOTH = pytest.mark.parametrize(("state", "numbers"), [("XVE", OUTSIDE), ("XHV", INSIDE)])
WORDS = {"XVE": "of articles 2, 5, 6, 8, 9, 10, 15 and 23 (", "XHV": "of articles 2, 5, 6, 10, 15 and 23 ("}


def with_lists(state: str) -> Cast:
    cast = make_cast("observations", state=state)
    journey.write_lists(cast.review)
    return cast


LISTS_OF_XVE, LISTS_OF_XHV = (pytest.mark.kept.with_args(with_lists, state) for state in WORDS)
WITH_LISTS = pytest.mark.parametrize(
    "numbers", [pytest.param(OUTSIDE, marks=LISTS_OF_XVE), pytest.param(INSIDE, marks=LISTS_OF_XHV)]
)


def with_feedback() -> Cast:
    return make_cast("written_feedback", state="XHV")


@pytest.fixture
def scene(kept: Cast) -> Cast:
    return fresh(kept)


def convention() -> Instrument:
    return Instrument.objects.get(slug="untoc")


def the_list(review: Review) -> AgreedText:
    return AgreedText.objects.get(review=review, instrument=convention(), kind=TextKind.LIST_OF_OBSERVATIONS)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@BOTH
def test_they_are_written_down_when_the_review_is_opened(state: str, numbers: list[int]) -> None:
    review = make_review("consultations", state=state)
    assert [article.number for article in articles_under_review(review, convention())] == numbers
    assert ("uncac" in review.party_to) == (state == "XHV")
    review.state_under_review.adherences.all().delete()
    review.phase.cluster.rows.all().delete()
    assert [article.number for article in articles_under_review(review, convention())] == numbers


def test_they_do_not_change_afterwards() -> None:
    review = make_review("consultations")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        ReviewArticle.objects.filter(review=review).update(article=Article.objects.all()[0])


@BOTH
def test_the_questionnaire_asks_about_the_same_articles(state: str, numbers: list[int]) -> None:
    review = make_review("self_assessment", state=state)
    assert review.response.party_to == review.party_to
    index = index_of(current_version(Questionnaire.objects.get(cluster=review.phase.cluster)).pk)
    asked: dict[str, set[int]] = {}
    for place in index.applicable_sections(review.response.party_to):
        asked.setdefault(place.part.instrument, set()).update(int(each) for each in place.section.articles)
    asked["firearms"].add(8)  # whose questions annex IV prints under the next cluster
    assert asked == {
        slug: {article.number for article in articles} for slug, articles in articles_by_instrument(review).items()
    }


@WITH_LISTS
def test_documents_in_print_and_in_word_name_them(scene: Cast, numbers: list[int]) -> None:
    text = the_list(scene.review)
    document, status = document_of(text), printed_status_of(text)
    words = WORDS[scene.state.iso3]
    assert words in document.title
    pages = PdfReader(io.BytesIO(render_text_pdf(document, status))).pages
    assert words in squeezed(pages[0].extract_text())
    paragraphs = docx.Document(io.BytesIO(render_text_docx(document, status))).paragraphs
    assert any(words in squeezed(paragraph.text) for paragraph in paragraphs)


@WITH_LISTS
def test_the_pages_and_their_figures_name_them(
    scene: Cast, numbers: list[int], login_as: Callable[[User], Client]
) -> None:
    client, code = login_as(scene.same_group_expert), scene.review.code
    page = client.get(f"/en/untoc/reviews/{code}/observations/add/untoc/")
    assert [int(number) for number, _title in page.context["form"].fields["articles"].choices] == numbers
    shown = client.get(f"/en/untoc/reviews/{code}/texts/untoc/list_of_observations/")
    assert WORDS[scene.state.iso3] in squeezed(shown.content.decode())
    desk = Desk(scene.same_group_expert, scene.review, get_submission(scene.review))
    part = next(part for part in desk.parts if part.part.instrument == "untoc")
    headed = [int(each) for section in part.sections for each in section.place.section.articles]
    assert sorted(headed) == numbers
    assert [article.number for article in desk.articles["untoc"]] == numbers


@pytest.mark.parametrize("number", [8, 9])
@LISTS_OF_XHV
def test_an_observation_on_what_is_not_under_review_is_refused(scene: Cast, number: int) -> None:
    article = Article.objects.get(instrument=convention(), number=number)
    given = ObservationInput(headings_of(scene.review)[0], [article], "Bribery is an offence.")
    with pytest.raises(ServiceError) as caught:
        draft_observation(actor=scene.same_group_expert, text=the_list(scene.review), given=given)
    assert (caught.value.field, str(caught.value)) == ("articles", "Choose among the articles under review.")


@pytest.mark.parametrize("number", [8, 9])
@pytest.mark.kept.with_args(with_feedback)
def test_feedback_on_what_is_not_under_review_is_refused(scene: Cast, number: int) -> None:
    feedback = WrittenFeedback.objects.get(review=scene.review, state_party=scene.same_group_state)
    with pytest.raises(ServiceError, match="Choose among the articles under review"):
        save_comment(
            actor=scene.same_group_expert,
            feedback=feedback,
            instrument=convention(),
            text="Bribery is an offence.",
            base=0,
            article=Article.objects.get(instrument=convention(), number=number),
        )


@pytest.mark.parametrize(("number", "status"), [(8, 404), (10, 200)])
@pytest.mark.kept.with_args(with_feedback)
def test_there_is_no_box_for_feedback_on_them(
    scene: Cast, login_as: Callable[[User], Client], number: int, status: int
) -> None:
    client = login_as(scene.same_group_expert)
    address = f"/en/untoc/reviews/{scene.review.code}/feedback/XLE/articles/untoc/{number}/"
    assert client.get(address).status_code == status
