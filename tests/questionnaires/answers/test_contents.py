"""The contents beside a section come out of a mould as their template makes them, each response with its own counts."""

import pytest
from django.template import Context
from django.test import Client
from django.utils import translation

from core.language.i18n import language
from questionnaires.answers import contents
from questionnaires.definitions import PlacedSection, index_of
from questionnaires.progress.selectors.overview import ResponseOverview, overview_for
from tests.questionnaires.ministries.ministries import SECTION, place, send
from tests.utils import Cast, login_as, save

pytestmark = pytest.mark.django_db

URLS = ("/overview/", "/search/?a&b", "/response/_/_/")
CODES = ("I.firearms.68", "I.firearms.69.a", "I.firearms.78")
NAMES = {"untoc": "UNTOC", "tip": 'TIP <&> "Protocol"', "som": "SOM", "firearms": "Firearms"}


def plain_and_moulded(overview: ResponseOverview, here: PlacedSection) -> tuple[str, str]:
    context = Context({"official": language("en")})
    shown = contents.contents_of(overview, here, NAMES, URLS)
    return contents.rendered(shown, context), contents.contents_in_mould(shown, overview, context)


@pytest.mark.parametrize("words", ["en", "ar"])
def test_they_are_what_the_template_makes_whatever_is_open_and_answered(cast: Cast, words: str) -> None:
    contents._moulds.clear()
    with translation.override(words):
        for answers in range(3):
            overview = overview_for(cast.expert, cast.response)
            for progress in overview.sections:
                plain, moulded = plain_and_moulded(overview, progress.place)
                assert moulded == plain
            save(
                cast.response,
                cast.expert,
                CODES[answers],
                choices=("Yes",),
            )
    assert len(contents._moulds) == 1


def test_a_contributor_reads_the_contents_of_what_was_sent_alone(cast: Cast) -> None:
    everything = plain_and_moulded(overview_for(cast.expert, cast.response), place(cast))
    send(cast)
    plain, moulded = plain_and_moulded(overview_for(cast.contributor, cast.response), place(cast))
    assert moulded == plain
    assert moulded.count("app-contents__link") == 1 < everything[1].count("app-contents__link")


def test_on_the_page_the_section_is_marked_and_the_others_lead_away(cast: Cast, client: Client) -> None:
    page = login_as(client, cast.expert).get(SECTION).content.decode()
    assert f'href="{SECTION}" aria-current="page"' in page
    other = index_of(cast.response.version_id).section_of["I.firearms.78"].section.slug
    assert f'href="/en/untoc/reviews/1-XVE/response/firearms/{other}/">' in page
    assert "/_/_/" not in page
