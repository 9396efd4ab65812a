"""A law is entered once: what an entry holds, who may write it, and what of it answers cite."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.http import Http404
from hypothesis import given as given_of_all, strategies as st

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.laws.history import steps_of
from questionnaires.laws.models import Law, LawName, LawVersion
from questionnaires.laws.names import law_key
from questionnaires.laws.selectors import citing, citing_answers, flagged_answers, library_of, versions_of
from questionnaires.laws.services import change_law, content_of, end_law, given_of, use_law_again
from tests import utils
from tests.questionnaires.laws.library import PENAL_CODE, REPEALED_ON, cite, cited, enter
from tests.utils import Cast

pytestmark = pytest.mark.django_db
ITEM = "I.untoc.1.a"


def given(law: Law, **changes: Any) -> Any:
    return replace(given_of(law, ", ".join(law.articles)), **changes)


def test_an_entry_holds_what_is_said_of_a_law(cast: Cast) -> None:
    law = enter(
        cast,
        translation="Code pénal",
        number="Act 12/1999",
        dated=dt.date(1999, 3, 1),
        kind="regulation",
        language="fr",
        status="repealed",
        since=REPEALED_ON,
        link="https://law.example/12",
        text="Article 5. Whoever participates.",
        articles="untoc 5, 6; tip 5",
        also_cited_as="Criminal Code\n\nCriminal Code",
    )
    stored = Law.objects.get(pk=law.pk)
    assert stored.state_party == cast.state
    assert content_of(stored) == {
        "title": PENAL_CODE,
        "translation": "Code pénal",
        "number": "Act 12/1999",
        "dated": "1999-03-01",
        "kind": "regulation",
        "language": "fr",
        "status": "repealed",
        "since": "2025-05-03",
        "link": "https://law.example/12",
        "text": "Article 5. Whoever participates.",
        "articles": ["untoc 5", "untoc 6", "tip 5"],
        "also_cited_as": "Criminal Code",
        "is_ended": False,
    }
    assert set(LawName.objects.values_list("key", flat=True)) == {"penal code 1999", "code pénal", "criminal code"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " – "),
        ("title", "x" * 301),
        ("translation", "x" * 301),
        ("link", "www.law.example/14"),
        ("articles", "untoc 500"),
        ("articles", "5"),
        ("articles", "the Convention"),
        pytest.param("articles", f"untoc {'5' * 5_000}", id="a long number"),
        ("since", dt.date(1990, 1, 1)),
        ("kind", "poem"),
        ("status", "new"),
        ("language", "klingon"),
        ("text", "x" * 20_001),
        ("also_cited_as", "\n".join(f"name {number}" for number in range(21))),
    ],
)
def test_what_is_wrong_is_said_by_the_field_and_nothing_is_stored(cast: Cast, field: str, value: Any) -> None:
    facts = {"title": "Customs Act", "dated": dt.date(2000, 1, 1), field: value}
    with pytest.raises(ServiceError) as refusal:
        enter(cast, facts.pop("title"), **facts)
    assert refusal.value.field == field
    assert not Law.objects.exists()


def test_articles_are_named_by_the_short_names_of_any_language(cast: Cast) -> None:
    law = enter(cast, articles="Trafficking in Persons Protocol 5, 6; بروتوكول الاتجار بالأشخاص 5")
    assert law.articles == ["tip 5", "tip 6"]
    chinese = enter(cast, title="Another Act", articles="untoc 5、6；tip 5，6")
    assert chinese.articles == ["untoc 5", "untoc 6", "tip 5", "tip 6"]


@pytest.mark.parametrize("title", ["PENAL CODE (1999)", "penal  code 1999"])
def test_one_name_means_one_law(cast: Cast, title: str) -> None:
    enter(cast)
    with pytest.raises(ServiceError, match="The library has this law already") as refusal:
        enter(cast, title)
    assert refusal.value.field == "title"
    with pytest.raises(ServiceError) as refusal:
        enter(cast, "Customs Act", also_cited_as=title)
    assert refusal.value.field == "also_cited_as"
    assert Law.objects.count() == 1


def test_another_state_has_a_law_of_the_same_name(cast: Cast) -> None:
    enter(cast)
    other = utils.make_review("self_assessment", state="XHV")
    expert = other.participations.get(role="governmental_expert", side="under_review").user
    cast.review, cast.expert = other, expert
    assert enter(cast).state_party == other.state_under_review


def test_each_save_keeps_the_one_before_and_says_by_whom_in_which_review(cast: Cast) -> None:
    law = enter(cast)
    change_law(actor=cast.focal_point, review=cast.review, law=law.pk, given=given(law, number="12"), seen=1)
    versions = LawVersion.objects.order_by("number")
    assert [(each.number, each.content["number"], each.saved_by, each.review) for each in versions] == [
        (1, "", cast.expert, cast.review),
        (2, "12", cast.focal_point, cast.review),
    ]


def test_differences_are_worked_out_of_the_last_saves_alone(cast: Cast) -> None:
    law = enter(cast)
    end_law(actor=cast.expert, review=cast.review, law=law.pk, seen=1)
    for seen in range(2, 13):
        change_law(actor=cast.expert, review=cast.review, law=law.pk, given=given(law, number=str(seen)), seen=seen)
    steps = steps_of(versions_of(law), {})
    assert [(step.version.number, bool(step.changes)) for step in steps] == [
        (number, number > 3) for number in range(13, 0, -1)
    ]
    assert [step.version.number for step in steps if step.turned] == [2]


def test_a_stale_form_overwrites_nothing(cast: Cast) -> None:
    law = enter(cast)
    change_law(actor=cast.focal_point, review=cast.review, law=law.pk, given=given(law, number="12"), seen=1)
    with pytest.raises(ServiceError, match="A colleague has changed this law meanwhile"):
        change_law(actor=cast.expert, review=cast.review, law=law.pk, given=given(law, number="13"), seen=1)
    assert Law.objects.get().number == "12"


def test_answers_that_use_an_earlier_title_still_cite_the_law(cast: Cast) -> None:
    law = enter(cast)
    cite(cast, ITEM, cited("Penal code 1999", "art. 5"))
    change_law(actor=cast.expert, review=cast.review, law=law.pk, given=given(law, title="Criminal Code"), seen=1)
    assert Law.objects.get().also_cited_as == PENAL_CODE
    answers = citing_answers(cast.expert, cast.review)
    found = citing(Law.objects.get(), answers, library_of(cast.review))
    assert [(answer.item.code, provisions) for answer, provisions in found] == [(ITEM, ["art. 5"])]


def test_a_law_is_ended_and_never_deleted(cast: Cast) -> None:
    law = enter(cast)
    cite(cast, ITEM, cited(PENAL_CODE))
    end_law(actor=cast.expert, review=cast.review, law=law.pk, seen=1)
    assert library_of(cast.review).laws == []
    flags = flagged_answers(cast.expert, cast.response)  # type: ignore[arg-type]
    assert [each.flags for each in flags] == [
        ("Cites a law that your library does not use any more: Penal Code, 1999",)
    ]
    with pytest.raises(ServiceError, match="out of use already"):
        end_law(actor=cast.expert, review=cast.review, law=law.pk, seen=2)
    use_law_again(actor=cast.expert, review=cast.review, law=law.pk, seen=2)
    assert library_of(cast.review).laws == [law]
    assert flagged_answers(cast.expert, cast.response) == []  # type: ignore[arg-type]


TODAY = dt.date.today
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "since", "words"),
    [
        ("repealed", REPEALED_ON, "Cites a law repealed on 3 May 2025: Penal Code, 1999"),
        ("repealed", None, "Cites a law that is repealed: Penal Code, 1999"),
        ("repealed", TODAY() + 9 * DAY, ""),
        ("amended", None, ""),
        ("amended", REPEALED_ON, ""),  # before the answer was written
        ("in_force", REPEALED_ON, ""),
    ],
)
def test_a_repealed_law_flags_its_answers(cast: Cast, status: str, since: dt.date | None, words: str) -> None:
    enter(cast, status=status, since=since)
    cite(cast, ITEM, cited(PENAL_CODE))
    flags = [flag for each in flagged_answers(cast.expert, cast.response) for flag in each.flags]  # type: ignore[arg-type]
    assert flags == ([words] if words else [])


@pytest.mark.parametrize("status", ["in_force", "amended", "repealed"])
def test_a_law_out_of_use_is_flagged_before_its_day_has_come(cast: Cast, status: str) -> None:
    law = enter(cast, status=status, since=TODAY() + 9 * DAY)
    end_law(actor=cast.expert, review=cast.review, law=law.pk, seen=1)
    told = library_of(cast.review).flags([cited(PENAL_CODE)], dt.datetime.now(dt.UTC))
    assert told == ("Cites a law that your library does not use any more: Penal Code, 1999",)


def test_an_amendment_after_the_answer_flags_it(cast: Cast) -> None:
    cite(cast, ITEM, cited(PENAL_CODE))
    library = library_of(cast.review)
    enter(cast, status="amended", since=TODAY())
    library = library_of(cast.review)
    yesterday = dt.datetime.now(dt.UTC) - 2 * DAY
    assert library.flags([cited(PENAL_CODE)], yesterday)[0].startswith("Cites a law amended on")
    assert library.flags([cited(PENAL_CODE)], dt.datetime.now(dt.UTC) + 2 * DAY) == ()


def test_the_record_says_that_and_not_what(cast: Cast) -> None:
    law = enter(cast)
    end_law(actor=cast.expert, review=cast.review, law=law.pk, seen=1)
    entries = AuditEntry.objects.filter(verb__startswith="questionnaires.law").order_by("sequence")
    assert [(each.verb, each.room, each.acting_state) for each in entries] == [
        ("questionnaires.law.added", "XVE", "XVE"),
        ("questionnaires.law.ended", "XVE", "XVE"),
    ]
    assert "Penal" not in str([each.after for each in entries])


@pytest.mark.parametrize("name", ["observer", "same_group_focal_point", "officer", "stranger", "bystander"])
def test_nobody_else_writes_in_the_library(cast: Cast, name: str) -> None:
    with pytest.raises((PolicyRefusedError, Http404)):
        enter(cast, actor=cast.people[name])
    assert not Law.objects.exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Penal Code, 1999", "penal code (1999)"),
        ("Loi n° 12", "LOI N° 12"),
        ("القانون رقم ١٢", "القانون  رقم ١٢"),
        ("Straße", "STRASSE"),
    ],
)
def test_a_law_is_known_again_however_it_is_typed(one: str, other: str) -> None:
    assert law_key(one) == law_key(other) != ""


_WORD = st.text(st.characters(categories=["Ll", "Lu", "Lo", "Nd"]), min_size=1, max_size=8)
_SIGNS = st.text(" ,.;:()[]«»“”–-/'،؛", min_size=1, max_size=3)


@given_of_all(st.lists(st.tuples(_WORD, _SIGNS), min_size=1, max_size=6))
def test_signs_between_words_make_no_other_law(parts: list[tuple[str, str]]) -> None:
    key = law_key("".join(word + signs for word, signs in parts))
    assert key == law_key(" ".join(word for word, _signs in parts)) != ""
    assert law_key(key) == key


@pytest.mark.parametrize(("one", "other"), [("Act 1", "Act 2"), ("Law 12", "Law 1 2"), ("Loi", "Lois")])
def test_other_words_are_another_law(one: str, other: str) -> None:
    assert law_key(one) != law_key(other)
