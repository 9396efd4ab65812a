"""Official words in titles and captions: they keep their language there."""

from dataclasses import replace

import pytest
from django.test import Client

from questionnaires.definitions.definition import SectionDefinition
from questionnaires.definitions.selectors import published_versions
from questionnaires.wording import official, words_above

pytestmark = pytest.mark.unit
SECTION = SectionDefinition("2", "Article 2", None, ("2",), (), (), None, ())


@pytest.mark.parametrize(("code", "marks"), [("en", 'lang="en" dir="ltr"'), ("ar", 'lang="ar" dir="rtl"')])
def test_official_words_are_marked_as_what_they_are(code: str, marks: str) -> None:
    assert official("Words & *more*", code) == f"<span {marks}>Words &amp; <em>more</em></span>"


def test_above_a_section_stand_the_instrument_and_the_heading_over_several() -> None:
    assert words_above(SECTION, "en", "Convention & more") == "Convention & more"
    under = replace(SECTION, parent_heading="Criminalization")
    words = 'Convention &amp; more · <span lang="en" dir="ltr">Criminalization</span>'
    assert words_above(under, "en", "Convention & more") == words


@pytest.mark.django_db
def test_the_title_of_a_questionnaire_keeps_its_language() -> None:
    version = published_versions()[0]
    page = Client().get(f"/ar/questionnaires/{version.questionnaire.slug}/").content.decode()
    assert f'<h1 class="app-head__title"><span lang="en" dir="ltr">{version.title}</span></h1>' in page
