"""The pages of the library, citing on the page of a section, and references that become entries."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from core.errors import ServiceError
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.selectors import index_of
from questionnaires.laws import references as references_module
from questionnaires.laws.models import Law
from questionnaires.laws.names import law_key
from questionnaires.laws.references import fingerprint_of, references_in
from questionnaires.laws.selectors import citing_answers, library_of
from questionnaires.laws.services import NEW, end_law, take_over_references
from questionnaires.responses.models import Answer
from tests import utils
from tests.accounts.tokens.making import program_of
from tests.questionnaires.laws.library import PENAL_CODE, REPEALED_ON, cite, cited, enter
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
LAWS, RESPONSE = f"{REVIEW}laws/", f"{REVIEW}response/"
ITEM = "I.untoc.1.a"
FORM = {"title": PENAL_CODE, "kind": "law", "status": "in_force"}


def section_of(cast: Cast, code: str = ITEM) -> str:
    assert cast.response is not None
    return f"{RESPONSE}{'/'.join(index_of(cast.response.version_id).section_of[code].address)}/"


def text_of(page: Any) -> str:
    return str(page.content.decode())


def test_a_law_is_entered_on_its_page_and_read_there(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    sent = client.post(f"{LAWS}add/", {**FORM, "articles": "tip 5", "text": "<script>alert(1)</script>"})
    law = Law.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"{LAWS}{law.pk}/")
    page = text_of(client.get(sent["Location"]))
    assert "Trafficking in Persons Protocol 5" in page
    assert "<script>alert" not in page
    assert "No answer cites it." in page


def test_what_is_wrong_stands_by_the_field_and_what_was_typed_stays(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.expert).post(f"{LAWS}add/", {**FORM, "link": "law.example", "text": "Article 1."})
    assert page.status_code == 422
    assert page.context["form"].errors == {"link": ["A link must begin with https:// or http://."]}
    assert "Article 1." in text_of(page)


def test_a_stale_form_shows_what_stands_now(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    first, second = login_as(cast.expert), login_as(cast.focal_point)
    second.post(f"{LAWS}{law.pk}/change/", {**FORM, "number": "13", "seen": "1"})
    page = first.post(f"{LAWS}{law.pk}/change/", {**FORM, "number": "14", "seen": "1"})
    assert page.status_code == 422
    assert "A colleague has changed this law meanwhile" in text_of(page)
    assert "13" in text_of(page)
    again = first.post(f"{LAWS}{law.pk}/change/", {**FORM, "number": "14", **carried(page)})
    assert again.status_code == 302
    assert Law.objects.get().number == "14"


def carried(page: Any) -> dict[str, str]:
    """What the form that came back carries: the revision that its writer began from, and the last one shown since."""
    return {name: page.context["form"][name].value() or "" for name in ("seen", "shown")}


@pytest.mark.parametrize("wrong", [{"link": "law.example"}, {"title": ""}])
def test_a_second_error_still_shows_what_has_changed_since_the_writer_began(
    cast: Cast, login_as: LoginAs, wrong: dict[str, str]
) -> None:
    law = enter(cast)
    client, address = login_as(cast.expert), f"{LAWS}{law.pk}/change/"
    login_as(cast.focal_point).post(address, {**FORM, "number": "13", "seen": "1"})
    page = client.post(address, {**FORM, "number": "14", "seen": "1"})
    for _again in range(2):
        page = client.post(address, {**FORM, "number": "14", **wrong, **carried(page)})
        assert page.status_code == 422
        assert carried(page) == {"seen": "1", "shown": "2"}
        assert [label for label, _runs in page.context["view"].meanwhile.changes] == ["Number"]
    login_as(cast.focal_point).post(address, {**FORM, "number": "13", "translation": "Code", "seen": "2"})
    refused = client.post(address, {**FORM, "number": "14", **carried(page)})
    assert refused.status_code == 422
    assert carried(refused) == {"seen": "1", "shown": "3"}
    assert len(refused.context["view"].meanwhile.changes) == 2
    assert client.post(address, {**FORM, "number": "14", **carried(refused)}).status_code == 302
    assert Law.objects.get().number == "14"


def test_a_second_press_overwrites_nothing_that_the_page_has_not_shown(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast, text="Article 1.")
    theirs = {
        "translation": "Code pénal",
        "kind": "regulation",
        "number": "13",
        "dated": "1999-01-02",
        "language": "fr",
        "status": "amended",
        "since": "2020-05-06",
        "link": "https://law.example/13",
        "articles": "tip 5",
        "also_cited_as": "Criminal Code",
    }
    login_as(cast.focal_point).post(f"{LAWS}{law.pk}/change/", {**FORM, "text": "Article 1.", **theirs, "seen": "1"})
    client = login_as(cast.expert)
    page = client.post(f"{LAWS}{law.pk}/change/", {**FORM, "text": "Article 2.", "seen": "1"})
    step = page.context["view"].meanwhile
    assert len(step.changes) == len(theirs)
    shown = text_of(page)
    assert all("".join(run.text for run in runs if run.change != "removed") for _label, runs in step.changes)
    for label in ("Kind", "Date", "Language", "Articles that it implements", "Also cited as"):
        assert f'<span class="app-muted">{label}:</span>' in shown
    assert "Criminal Code</ins>" in shown
    end_law(actor=cast.focal_point, review=cast.review, law=law.pk, seen=2)
    again = client.post(f"{LAWS}{law.pk}/change/", {**FORM, "text": "Article 2.", **carried(page)})
    assert len(again.context["view"].meanwhile.changes) == len(theirs)
    assert carried(again) == {"seen": "1", "shown": "3"}
    assert "Taken out of use" in text_of(again)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Customs Act", PENAL_CODE]),
        ("?q=pénal", [PENAL_CODE]),
        ("?q=smuggl", ["Customs Act"]),
        ("?kind=regulation", ["Customs Act"]),
        ("?status=repealed", [PENAL_CODE]),
        ("?article=tip+5", [PENAL_CODE]),
        ("?article=no+5", ["Customs Act", PENAL_CODE]),
        ("?ended=on", ["Customs Act", "Old Act", PENAL_CODE]),
    ],
)
def test_the_list_is_searched_and_narrowed(cast: Cast, login_as: LoginAs, query: str, titles: list[str]) -> None:
    enter(cast, translation="Code pénal", status="repealed", articles="tip 5")
    enter(cast, "Customs Act", kind="regulation", text="Of smuggling.")
    old = enter(cast, "Old Act")
    client = login_as(cast.expert)
    client.post(f"{LAWS}{old.pk}/end/", {"seen": "1"})
    page = client.get(f"{LAWS}{query}")
    assert [law.title for law, _articles, _times in page.context["rows"]] == titles


def test_the_list_costs_the_same_whatever_it_holds(
    cast: Cast, login_as: LoginAs, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = login_as(cast.expert)
    enter(cast, articles="untoc 5")
    cite(cast, ITEM, cited(PENAL_CODE))
    client.get(LAWS)
    with CaptureQueriesContext(connection) as first:
        client.get(LAWS)
    for number in range(12):
        enter(cast, f"Act {number}", articles="untoc 6, tip 5")
    for code, _answer in zip(range(12), utils.answer_all(cast.response, cast.expert), strict=False):  # type: ignore[arg-type]
        assert code is not None
    with django_assert_num_queries(len(first)):
        client.get(LAWS)


def test_a_section_offers_the_titles_and_says_what_became_of_a_law(cast: Cast, login_as: LoginAs) -> None:
    enter(cast, status="repealed", since=REPEALED_ON, number="12")
    enter(cast, "Customs Act")
    cite(cast, ITEM, cited(PENAL_CODE, "art. 5"), cited("A typed law"))
    client = login_as(cast.expert)
    page = client.get(section_of(cast))
    assert page.context["laws"] == [("Customs Act", ""), (PENAL_CODE, "12"), ("A typed law", "")]
    text = text_of(page)
    assert text.count("Cites a law repealed on 3 May 2025: Penal Code, 1999") == 1
    assert "Keep it in the library" in text
    overview = text_of(client.get(RESPONSE))
    assert "1 answer needs a look:" in overview
    assert "Cites a law repealed on 3 May 2025: Penal Code, 1999" in overview


def test_a_section_costs_the_same_whatever_the_library_holds(
    cast: Cast, login_as: LoginAs, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = login_as(cast.expert)
    client.get(section_of(cast))
    with CaptureQueriesContext(connection) as empty:
        client.get(section_of(cast))
    for number in range(12):
        enter(cast, f"Act {number}", status="repealed")
    cite(cast, ITEM, *[cited(f"Act {number}") for number in range(12)])
    with django_assert_num_queries(len(empty)):
        client.get(section_of(cast))


def test_picking_needs_no_script_and_typing_still_works(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    client = login_as(cast.expert)
    rows = {f"{ITEM}-law": [PENAL_CODE, "Another law"], f"{ITEM}-provision": ["art. 5", ""], f"{ITEM}-link": ["", ""]}
    sent = client.post(section_of(cast), {f"{ITEM}-base": "0", f"{ITEM}-text": "So.", **rows})
    assert sent.status_code == 302
    assert Answer.objects.get().citations == [cited(PENAL_CODE, "art. 5"), cited("Another law")]
    page = text_of(client.get(f"{LAWS}{law.pk}/"))
    assert "question 1 (a)" in page
    assert "art. 5" in page


def test_a_typed_law_is_kept_without_its_words_in_an_address(cast: Cast, login_as: LoginAs) -> None:
    cite(cast, ITEM, cited("Customs Act", "", "https://law.example/7"))
    client = login_as(cast.expert)
    [link] = re.findall(rf'href="({LAWS}add/[^"]*)"', text_of(client.get(section_of(cast))))
    assert "Customs" not in link
    address = link.replace("&amp;", "&")
    initial = client.get(address).context["form"].initial
    assert (initial["title"], initial["link"]) == ("Customs Act", "https://law.example/7")
    sent = client.post(address, {**FORM, "title": "Customs Act"})
    assert sent["Location"].startswith(section_of(cast))
    assert "Keep it in the library" not in text_of(client.get(section_of(cast)))


@pytest.mark.parametrize("place", ["1", "-1", "x", "9" * 5_000], ids=["none", "below", "word", "long"])
def test_a_place_that_no_reference_has_is_none(cast: Cast, login_as: LoginAs, place: str) -> None:
    cite(cast, ITEM, cited("Customs Act"))
    page = login_as(cast.expert).get(f"{LAWS}add/?answer={ITEM}&place={place}")
    assert page.context["form"].initial == {"status": "in_force", "kind": "law"}


def test_a_contributor_is_not_told_what_other_ministries_cite(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    cite(cast, ITEM, cited(PENAL_CODE, "of another ministry"), cited("Typed by another ministry"))
    assert cast.response is not None
    place = index_of(cast.response.version_id).section_at("firearms", "article-3")
    assign_sections(cast.focal_point, cast.response, participation=cast.participations["contributor"], places=[place])
    client = login_as(cast.contributor)
    assert "another ministry" not in text_of(client.get(f"{LAWS}{law.pk}/"))
    address = f"{LAWS}add/?answer={ITEM}&place=1"
    assert client.get(address).context["form"].initial == {"status": "in_force", "kind": "law"}
    assert citing_answers(cast.contributor, cast.review) == []


def references(cast: Cast) -> list[Any]:
    return references_in(citing_answers(cast.focal_point, cast.review), library_of(cast.review))


def take_over(cast: Cast, choices: dict[str, str], seen: str = "") -> Any:
    shown = seen or fingerprint_of(references(cast), library_of(cast.review))
    return take_over_references(actor=cast.focal_point, review=cast.review, choices=choices, seen=shown)


def test_references_that_differ_in_signs_alone_are_one(cast: Cast) -> None:
    utils.save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",))  # type: ignore[arg-type]
    cite(cast, ITEM, cited("Penal Code 1999", "art. 5"), cited("Customs Act", "", "https://law.example/7"))
    cite(cast, "I.untoc.24.a", cited("penal code (1999)", "art. 6"))
    found = references(cast)
    assert [(each.title, each.spellings, each.link) for each in found] == [
        ("Customs Act", (), "https://law.example/7"),
        ("Penal Code 1999", ("penal code (1999)",), ""),
    ]
    assert [[(answer.item.code, provisions) for answer, provisions in each.answers] for each in found] == [
        [(ITEM, ())],
        [(ITEM, ("art. 5",)), ("I.untoc.24.a", ("art. 6",))],
    ]


def test_a_program_reads_of_which_review_an_answer_cites_what(cast: Cast) -> None:
    cite(cast, ITEM, cited("Penal Code", "art. 5"))
    client, place = program_of(cast.focal_point), f"/api/v1/untoc/reviews/{cast.review.code}/laws/references/"
    found = client.get(place).json()["references"]
    assert [(row["review"], row["code"], row["provisions"]) for row in found[0]["cited_by"]] == [
        (cast.review.code, ITEM, ["art. 5"])
    ]


def test_references_become_entries_and_no_answer_changes(cast: Cast) -> None:
    law = enter(cast)
    cite(cast, ITEM, cited("Criminal Code", "art. 5"), cited("Customs Act"), cited("Left Act"))
    before = Answer.objects.values("citations", "revision", "updated_at").get()
    done = take_over(cast, {"criminal code": str(law.pk), "customs act": NEW, "left act": ""})
    assert (done.added, done.changed) == (1, 1)
    library = library_of(cast.review)
    assert library.named("criminal CODE") == law
    assert library.named("Customs Act") is not None
    assert [each.title for each in references(cast)] == ["Left Act"]
    assert Answer.objects.values("citations", "revision", "updated_at").get() == before


@pytest.mark.parametrize("choice", ["no key", "0197f1a0-0000-7000-8000-000000000000"])
def test_a_choice_that_is_no_law_of_the_library_makes_nothing(cast: Cast, choice: str) -> None:
    enter(cast)
    cite(cast, ITEM, cited("Criminal Code"), cited("Customs Act"))
    with pytest.raises(ServiceError, match="There is no such law in the library"):
        take_over(cast, {"criminal code": choice, "customs act": NEW})
    assert Law.objects.count() == 1


def test_each_citation_is_looked_at_once_however_many_references_there_are(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cite(cast, ITEM, *[cited(f"Act {number}") for number in range(20)])
    answers, library = citing_answers(cast.focal_point, cast.review), library_of(cast.review)
    looked_at = []
    monkeypatch.setattr(references_module, "law_key", lambda words: looked_at.append(words) or law_key(words))
    assert len(references_in(answers, library)) == len(looked_at) == 20


def test_where_a_law_is_cited_is_found_without_the_texts_of_the_answers(cast: Cast) -> None:
    cite(cast, ITEM, cited("Customs Act"))
    with CaptureQueriesContext(connection) as queries:
        assert len(citing_answers(cast.expert, cast.review)) == 1
    assert [query["sql"] for query in queries if '"questionnaires_answer"."text"' in query["sql"]] == []


def test_what_was_shown_is_what_is_made(cast: Cast) -> None:
    cite(cast, ITEM, cited("Customs Act"))
    seen = fingerprint_of(references(cast), library_of(cast.review))
    cite(cast, ITEM, cited("Customs Act"), cited("Another"), base=1)
    with pytest.raises(ServiceError, match="Somebody has written meanwhile, and nothing was made"):
        take_over(cast, {"customs act": NEW}, seen)
    assert not Law.objects.exists()


def test_the_page_of_references_shows_and_makes(cast: Cast, login_as: LoginAs) -> None:
    cite(cast, ITEM, cited("Customs Act", "art. 5"))
    client = login_as(cast.focal_point)
    page = client.get(f"{LAWS}references/")
    assert "Customs Act" in text_of(page)
    data = {"seen": page.context["seen"], "key": ["customs act"], "choice": [NEW]}
    refused = client.post(f"{LAWS}references/", {**data, "seen": "stale"})
    assert refused.status_code == 422
    assert not Law.objects.exists()
    assert client.post(f"{LAWS}references/", data)["Location"] == LAWS
    assert Law.objects.get().title == "Customs Act"
    assert "Everything that your answers cite is in the library" in text_of(client.get(f"{LAWS}references/"))
