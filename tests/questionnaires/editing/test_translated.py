"""A translation that is published with a version is what readers of its language see, marked as theirs."""

from dataclasses import replace

import pytest
from django.test import Client

from questionnaires.definitions.services import import_version
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import item_of, official
from tests.utils import login_as, make_cast

pytestmark = pytest.mark.django_db
SECTION = official().parts[0].sections[0]
TRANSLATED = [item for item in SECTION.items if "Yes" in item.options]  # and so the first of them
SAID = {"Yes": "نعم", item_of(official(), "I.untoc.1").text: "هل تُعرَّف المصطلحات؟"}


@pytest.fixture(autouse=True)
def translated() -> None:
    import_version(OfficerFactory(), replace(official(), translations={"ar": SAID}))


@pytest.mark.parametrize(("language", "is_shown"), [("ar", True), ("en", False)])
def test_everybody_reads_it_on_the_public_page(client: Client, language: str, is_shown: bool) -> None:
    page = client.get(f"/{language}/questionnaires/untoc-cluster-1/").content.decode()
    assert ('<span lang="ar" dir="rtl">نعم</span>' in page) == is_shown
    assert '<span lang="en" dir="ltr">No</span>' in page


@pytest.mark.parametrize(("language", "is_shown"), [("ar", True), ("en", False)])
def test_experts_answer_in_their_language_and_the_answer_is_the_official_option(
    client: Client, language: str, is_shown: bool
) -> None:
    cast = make_cast()
    login_as(client, cast.expert)
    page = client.get(f"/{language}/untoc/reviews/{cast.review.code}/response/untoc/article-2/").content.decode()
    assert ("هل تُعرَّف المصطلحات؟" in page) == is_shown
    assert 'type="radio" value="Yes"' in page
    assert page.count('app-official"') == (len(TRANSLATED) if is_shown else 0)


def test_a_translation_says_that_it_is_one_and_the_official_words_stand_below(client: Client) -> None:
    page = client.get("/ar/questionnaires/untoc-cluster-1/").content.decode()
    first = page.partition('id="q-I-untoc-1"')[2].partition('id="q-I-untoc-1-a"')[0]
    words = first.partition("<details")[2].partition("</details>")[0]
    assert "النص الرسمي" in words
    assert item_of(official(), "I.untoc.1").text in words
    assert "هذه ترجمة." in page
    assert "This is a translation" not in client.get("/en/questionnaires/untoc-cluster-1/").content.decode()
