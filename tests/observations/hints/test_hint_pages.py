"""Hints on the pages of a list, of a text and of what is written: on what the reader sees, and in nobody's way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.people.models import User
from core.models import AuditEntry
from observations.clearance.services import clear_version
from observations.hints.models import WatchedWord
from observations.observations.services import ObservationInput
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading
from tests import journey
from tests.at_once import copy_observation, edit_passage, lay_on_table
from tests.dialogue.exchange.exchange import REVIEW, observation, text_of
from tests.forms import send_form
from tests.observations.clearance.texts import LIST as DOCUMENT, SUMMARY, propose, status_of
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]
LIST, ADD = f"{REVIEW}observations/", f"{REVIEW}observations/add/untoc/"
ROUGH = "Sadly our FIU is **poorly** staffed."


def hints_on(page: Any, slug: str = "untoc") -> list[str]:
    """What a page says of the list of an instrument, or of the text that it shows."""
    if "lists" in page.context:
        (shown,) = (each for each in page.context["lists"] if each.instrument.slug == slug)
        return said(shown.hints)
    return said(page.context["hints"])


def said(hints: Any) -> list[str]:
    return [f"{hint.name}: {hint.says}" if hint.name else hint.says for hint in hints]


def about(hints: list[str], *words: str) -> list[str]:
    return [hint for hint in hints if any(word in hint for word in words)]


def tabled(cast: Cast, text: str, *questions: str) -> Observation:
    written = observation(cast.review, cast.same_group_expert, text, *questions)
    return lay_on_table(actor=cast.same_group_focal_point, observation=written)


def given_of(written: Observation, text: str) -> ObservationInput:
    return ObservationInput(written.heading, list(written.articles.all()), text, written.question_codes)


def typed(text: str, **other: Any) -> dict[str, Any]:
    return {"heading": "gap_or_challenge", "articles": ["5"], "text": text, "base": "0", "preview": "1", **other}


@pytest.mark.stage("dialogue")
class TestList:
    @pytest.fixture(autouse=True)
    def _dialogue(self, cast_at: CastAt) -> None:
        cast_at("dialogue")

    def test_a_list_that_is_not_begun_has_none(self, cast: Cast, login_as: LoginAs) -> None:
        page = login_as(cast.same_group_expert).get(LIST)
        assert [each.hints for each in page.context["lists"]] == [[]] * len(page.context["lists"])
        assert "app-hints__list" not in page.content.decode()

    def test_each_kind_is_told_with_a_way_to_its_place(self, cast: Cast, login_as: LoginAs) -> None:
        draft = observation(cast.review, cast.same_group_expert, ROUGH)
        page = login_as(cast.same_group_expert).get(LIST)
        numbers = [2, 6, 8, 9, 10, 15, 23]
        name = "Sadly our FIU is poorly staffed."
        assert hints_on(page) == [
            *[f"Article {number}: no observation is about it yet." for number in numbers],
            *[f"{heading}: nothing stands under this heading yet." for heading in headings(cast)[1:]],
            f"{name}: rests on no answer.",
            f"{name}: “FIU” is not defined where it is used first.",
            f"{name}: may read as personal: “our”.",
            f"{name}: may read as a judgement: “poorly”.",
        ]
        html = page.content.decode()
        assert (
            f'<a class="govuk-link" href="#observation-{draft.pk}"><bdi>{name}</bdi></a>: rests on no answer.' in html
        )
        assert 'href="#untoc-best_practice"' in html
        assert f"{len(numbers) + 3 + 4} hints – Organized Crime Convention" in text_of(page)

    def test_two_that_rest_on_the_same_answer_name_each_other(self, cast: Cast, login_as: LoginAs) -> None:
        tabled(cast, "The first words.", "I.untoc.1.a")
        tabled(cast, "The second words.", "I.untoc.1.a", "I.untoc.3")
        page = login_as(cast.focal_point).get(LIST)
        assert about(hints_on(page), "rests") == [
            "The second words.: under the same heading, “The first words.” rests on question 1 (a) as well."
        ]

    def test_what_lies_in_a_room_is_told_to_its_state_alone(self, cast: Cast, login_as: LoginAs) -> None:
        tabled(cast, "The FIU acts.", "I.untoc.3")
        observation(cast.review, cast.same_group_expert, "Sadly, the OECD.", "I.untoc.1.a")
        for name in ("same_group_expert", "same_group_observer"):
            hints = hints_on(login_as(cast.people[name]).get(LIST))
            assert about(hints, "OECD", "FIU") != about(hints, "FIU")
        others = {
            name: hints_on(login_as(cast.people[name]).get(LIST))
            for name in ("focal_point", "expert", "observer", "other_group_focal_point", "officer")
        }
        for hints in others.values():
            assert about(hints, "OECD", "adly") == []
            assert about(hints, "FIU") == ["The FIU acts.: “FIU” is not defined where it is used first."]

    def test_they_are_in_no_record(self, cast: Cast, login_as: LoginAs) -> None:
        observation(cast.review, cast.same_group_expert, ROUGH)
        before = AuditEntry.objects.count()
        login_as(cast.same_group_expert).get(LIST)
        assert AuditEntry.objects.count() == before

    def test_what_is_typed_is_looked_at_before_it_is_saved(self, cast: Cast, login_as: LoginAs) -> None:
        client = login_as(cast.same_group_expert)
        assert client.get(ADD).context["hints"] == []
        page = send_form(client, ADD, typed(ROUGH))
        assert hints_on(page) == [
            "rests on no answer.",
            "“FIU” is not defined where it is used first.",
            "may read as personal: “our”.",
            "may read as a judgement: “poorly”.",
        ]
        assert 'href="#typed"' in page.content.decode()
        assert 'id="typed"' in page.content.decode()
        assert "Words here: 6." in text_of(page)
        assert not Observation.objects.exists()

    def test_what_is_typed_is_looked_at_in_its_place_on_the_list(self, cast: Cast, login_as: LoginAs) -> None:
        tabled(cast, "The Financial Intelligence Unit (FIU) acts.", "I.untoc.3")
        client = login_as(cast.same_group_expert)
        assert hints_on(send_form(client, ADD, typed("The FIU.", question_codes=["I.untoc.1.a"]))) == []
        (article_2,) = (
            hints_on(send_form(client, ADD, typed("The FIU.", articles=["2"], question_codes=["I.untoc.1"]))),
        )
        assert article_2 == ["“FIU” is not defined where it is used first."]
        page = send_form(client, ADD, typed("It acts.", question_codes=["I.untoc.3"]))
        words = "under the same heading, “The Financial Intelligence Unit (FIU) acts.” rests on question 3 as well."
        assert hints_on(page) == [words]

    def test_a_copy_may_rest_on_what_it_was_copied_from(self, cast: Cast, login_as: LoginAs) -> None:
        source = tabled(cast, "It acts.", "I.untoc.3")
        page = login_as(cast.other_group_expert).get(f"{LIST}{source.pk}/copy/")
        assert hints_on(page) == []

    def test_what_is_changed_is_not_compared_with_itself(self, cast: Cast, login_as: LoginAs) -> None:
        draft = observation(cast.review, cast.same_group_expert, "It acts, the FIU.", "I.untoc.3")
        page = login_as(cast.same_group_expert).get(f"{LIST}{draft.pk}/")
        assert hints_on(page) == ["“FIU” is not defined where it is used first."]

    def test_whoever_writes_the_first_of_two_hears_of_the_second(self, cast: Cast, login_as: LoginAs) -> None:
        tabled(cast, "It acts.", "I.untoc.3")
        given = typed("First.", articles=["2"], question_codes=["I.untoc.3"])
        page = send_form(login_as(cast.same_group_expert), ADD, given)
        assert hints_on(page) == ["under the same heading, “It acts.” rests on question 3 as well."]

    def test_what_was_copied_may_rest_on_the_same_as_its_copy(self, cast: Cast, login_as: LoginAs) -> None:
        source = tabled(cast, "It acts.", "I.untoc.3")
        copied = copy_observation(
            actor=cast.same_group_focal_point, source=source, given=given_of(source, "It may act."), base=1
        )
        client = login_as(cast.same_group_focal_point)
        for each in (source, copied):
            assert hints_on(client.get(f"{LIST}{each.pk}/")) == []
        assert about(hints_on(client.get(LIST)), "rests") == []

    def test_more_than_could_be_saved_is_refused_and_holds_up_no_page(self, cast: Cast, login_as: LoginAs) -> None:
        given = typed("a/" * 90_000 + "(" * 9_000 + "FIU " * 9_000, articles=["9" * 5_000, "x"])
        page = send_form(login_as(cast.same_group_expert), ADD, given)
        assert page.status_code in (200, 422)
        assert about(hints_on(page), "rests") == ["rests on no answer."]

    def test_nothing_is_held_up(self, cast: Cast, login_as: LoginAs) -> None:
        client = login_as(cast.same_group_focal_point)
        given = {name: value for name, value in typed(ROUGH).items() if name != "preview"}
        assert send_form(client, ADD, given).status_code == 302
        written = Observation.objects.get()
        assert send_form(client, f"{LIST}{written.pk}/table/").status_code == 302
        written.refresh_from_db()
        assert written.room is None

    def test_the_language_of_the_list_says_which_words_are_watched(self, cast: Cast, login_as: LoginAs) -> None:
        AgreedText.objects.filter(review=cast.review).update(language="fr")
        observation(cast.review, cast.same_group_expert, "Malheureusement our law", "I.untoc.3")
        hints = hints_on(login_as(cast.same_group_expert).get(LIST))
        assert about(hints, "may read") == ["Malheureusement our law: may read as a judgement: “malheureusement”."]

    def test_words_that_the_secretariat_changes_count_from_then_on(self, cast: Cast, login_as: LoginAs) -> None:
        observation(cast.review, cast.same_group_expert, ROUGH, "I.untoc.3")
        WatchedWord.objects.filter(language="en", words__in=["our", "poorly"]).delete()
        WatchedWord.objects.create(language="en", kind="known", words="FIU")
        WatchedWord.objects.create(language="en", kind="judging", words="staff", is_stem=True)
        hints = hints_on(login_as(cast.same_group_expert).get(LIST))
        assert about(hints, "staffed") == ["Sadly our FIU is poorly staffed.: may read as a judgement: “staffed”."]

    def test_they_speak_the_language_of_the_reader(self, cast: Cast, login_as: LoginAs) -> None:
        observation(cast.review, cast.same_group_expert, ROUGH)
        page = login_as(cast.same_group_expert).get(LIST.replace("/en/", "/ar/"))
        assert about(hints_on(page), "rests", "defined", "read as", "about it") == []


def headings(cast: Cast) -> list[str]:
    with translation.override("en"):
        return [
            row.name for row in ObservationHeading.objects.filter(mechanism=cast.review.mechanism).order_by("order")
        ]


@pytest.mark.stage("observations")
class TestDocument:
    @pytest.fixture
    def text(self, cast: Cast, cast_at: CastAt) -> AgreedText:
        cast_at("observations")
        tabled(cast, ROUGH)
        tabled(cast, "SHERLOC is used.", "I.untoc.3")
        return journey.list_of(cast.review)

    def test_a_list_as_it_is_read_leads_to_its_paragraphs(
        self, cast: Cast, login_as: LoginAs, text: AgreedText
    ) -> None:
        observation(cast.review, cast.same_group_expert, "In a room: OECD", "I.untoc.3")
        page = login_as(cast.focal_point).get(DOCUMENT)
        hints = page.context["hints"]
        first = next(hint.name for hint in hints if "rests" in hint.says)
        assert first.startswith("Paragraph ")
        assert [f"{hint.name}: {hint.says}" for hint in hints if hint.name == first] == [
            f"{first}: rests on no answer.",
            f"{first}: “FIU” is not defined where it is used first.",
            f"{first}: may read as personal: “our”.",
            f"{first}: may read as a judgement: “poorly”.",
        ]
        assert about(said(hints), "OECD", "SHERLOC") == []
        assert "Article 2: no observation is about it yet." in said(hints)
        assert about(said(hints), "Article 5") == []
        assert len(about(said(hints), "nothing stands under this heading yet.")) == 3
        (place,) = {hint.url for hint in hints if hint.name == first}
        assert f'id="{place[1:]}"' in page.content.decode()
        assert {hint.url for hint in hints if not hint.url.startswith("#")} == {f"{LIST}#untoc"}

    def test_a_proposed_version_has_the_same_and_an_agreed_one_none(
        self, cast: Cast, login_as: LoginAs, text: AgreedText
    ) -> None:
        client = login_as(cast.focal_point)
        drafted = said(client.get(DOCUMENT).context["hints"])
        version = propose(cast, text)
        assert status_of(text) == "proposed"
        assert said(client.get(DOCUMENT).context["hints"]) == drafted != []
        for focal_point in (cast.focal_point, cast.other_group_focal_point):
            clear_version(actor=focal_point, text=AgreedText.objects.get(pk=text.pk), sha256=version.sha256)
        assert client.get(DOCUMENT).context["hints"] == []
        assert hints_on(client.get(LIST)) == []


@pytest.mark.stage("summary")
class TestPassage:
    @pytest.fixture
    def summary(self, cast: Cast, cast_at: CastAt) -> AgreedText:
        cast_at("summary")
        return AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.SUMMARY)

    def test_a_passage_has_hints_on_its_words_alone(self, cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
        client = login_as(cast.same_group_focal_point)
        page = send_form(client, f"{SUMMARY}passages/1/", {"text": ROUGH, "preview": "1"})
        wording = [
            "“FIU” is not defined where it is used first.",
            "may read as personal: “our”.",
            "may read as a judgement: “poorly”.",
        ]
        assert hints_on(page) == wording
        edit_passage(actor=cast.same_group_focal_point, passage=summary.passages.get(), text=ROUGH, base=1)
        page = client.get(SUMMARY)
        (name,) = {hint.name for hint in page.context["hints"]}
        assert said(page.context["hints"]) == [f"{name}: {words}" for words in wording]

    def test_the_budget_counts_what_is_typed_with_the_rest(
        self, cast: Cast, login_as: LoginAs, summary: AgreedText
    ) -> None:
        client = login_as(cast.same_group_focal_point)
        before = client.get(f"{SUMMARY}passages/1/").context
        assert before["word_count_of_all"] == client.get(SUMMARY).context["word_count"]
        page = send_form(client, f"{SUMMARY}passages/1/", {"text": "word " * 1500, "preview": "1"})
        assert page.context["word_count_of_all"] == before["word_count_of_all"] - before["word_count"] + 1500
        assert "data-over>It can be proposed and cleared once it is shortened." in page.content.decode()
        assert f'data-others="{before["words_of_others"]}" data-limit="1500"' in page.content.decode()
