"""What the page of a section reads in one query is what others read of the same sheet in several."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questionnaires.definitions import index_of
from questionnaires.progress.selectors.answers import answer_values, answers_in
from questionnaires.progress.selectors.overview import overview_for, section_items
from questionnaires.progress.selectors.written import BEGINNING, written_on
from questionnaires.responses.selectors.sheets import sheet_of
from tests.questionnaires.ministries.ministries import FIRST, place, send
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db

SECOND = "I.firearms.69.a"
LONG = "In *force* since 1990. " * 30
LAWS = [{"law": "Firearms Act", "provision": "s. 1", "link": ""}, {"law": "Arms Code", "provision": "", "link": ""}]


def answered(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text=LONG, citations=LAWS[:1])
    save(cast.response, cast.expert, "I.firearms.78", choices=("Yes",), text=LONG, citations=LAWS[1:])
    send(cast)
    save(cast.response, cast.contributor, SECOND, choices=("No",), text="Of the ministry.")


@pytest.mark.parametrize(("name", "laws"), [("expert", ("Arms Code", "Firearms Act")), ("contributor", ())])
def test_one_query_reads_what_three_did(cast: Cast, name: str, laws: tuple[str, ...]) -> None:
    answered(cast)
    user, here = getattr(cast, name), place(cast)
    sheet = sheet_of(user, cast.response)
    with CaptureQueriesContext(connection) as queries:
        written = written_on(cast.response, sheet, here.pk)
    assert len(queries) == 1
    assert dict(written.values) == answer_values(cast.response, sheet=sheet)
    assert dict(written.answers) == answers_in(cast.response, here.section.items, sheet)
    assert written.laws == laws
    assert {*written.answers} == ({FIRST} if name == "expert" else {SECOND})


def test_words_are_whole_where_they_are_shown_with_the_form_that_is_kept_of_them(cast: Cast) -> None:
    answered(cast)
    written = written_on(cast.response, sheet_of(cast.expert, cast.response), place(cast).pk)
    usual = answers_in(cast.response, place(cast).section.items)[FIRST].text
    text = written.answers[FIRST].text
    assert (text, text.rendered) == (LONG.strip(), usual.rendered)  # type: ignore[attr-defined]
    assert "<em>force</em>" in text.rendered  # type: ignore[attr-defined]
    assert {len(value.text) for value in written.values.values()} == {BEGINNING}


def test_another_section_is_read_by_itself(cast: Cast) -> None:
    answered(cast)
    overview = overview_for(cast.expert, cast.response, index_of(cast.response.version_id).section_of["I.firearms.78"])
    here = [state for state in section_items(overview, place(cast)) if state.answer.revision]
    assert [state.item.code for state in here] == [FIRST]
    assert here[0].answer.text == LONG.strip()
