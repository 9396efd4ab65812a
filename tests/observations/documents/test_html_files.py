"""The outputs of a review as files of HTML: every word of the paper, in six languages, and nothing that acts."""

import pytest

from observations.documents.layout import layout_of
from observations.documents.pdf import render_text_html
from tests.core.documents.files_of_html import assert_whole_and_inert, shown_in
from tests.observations.documents.agreed_samples import (
    EXPERT,
    FOCAL_POINT,
    GROUND_PRINTED,
    LANGUAGES,
    SHA256,
    agreed,
    draft,
    printed_words,
    public,
    sample,
    squeezed,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_the_agreed_words_in_their_order(language: str) -> None:
    document, status = sample(language), agreed(language)
    html = render_text_html(document, status).decode()
    assert_whole_and_inert(html, language=language, direction="rtl" if language == "ar" else "ltr")
    title, *words = printed_words(document, status)
    shown = squeezed(shown_in(html))
    assert squeezed(title, "*", document.note, *words) in shown
    for fact in layout_of(document, status).facts:
        assert squeezed(fact) in shown


def test_a_draft_says_so_where_there_are_no_pages_to_mark() -> None:
    assert squeezed("Draft – not agreed") in squeezed(shown_in(render_text_html(sample(), draft()).decode()))


def test_an_outsider_reads_no_names_and_no_grounds() -> None:
    inside = render_text_html(sample(), agreed()).decode()
    outside = render_text_html(*public()).decode()
    for words in (EXPERT, FOCAL_POINT, GROUND_PRINTED, "Rests on"):
        assert words in inside
        assert words not in outside
    assert SHA256 in outside
