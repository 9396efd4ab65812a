"""The outputs of a review as documents: what they are filled with, in which language."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone, translation

from core.hashes import document_hash
from core.policy import PolicyRefusedError
from dialogue.exchange.models import SupplementaryInformation, WrittenFeedback
from dialogue.exchange.selectors import articles_under_review
from dialogue.supplements.services import SupplementInput
from observations.documents.formats import TEXT_PDF
from observations.documents.services import start_document
from observations.observations.services import ObservationInput
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from observations.texts.selectors import headings_of
from observations.versions.selectors import standing_version
from observations.wording.blueprint import Document
from observations.wording.documents import current_document, document_of, printed_status_of, word_count_of
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.meetings.enums import MeetingMeans
from reviews.programme.models import Adherence, Instrument
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import (
    add_supplement,
    draft_observation,
    lay_on_table,
    log_meeting,
    object_to_version,
    propose_version,
    send_supplement,
)
from tests.conftest import CAST_BEGINS
from tests.factories.accounts import UserFactory
from tests.guards import guards_off
from tests.sharing import shared
from tests.utils import SYSTEM, Cast, register, take_cast_to

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]


@shared
def scene(cast: Cast) -> Cast:
    journey.write_lists(cast.review)
    return cast


def the_text(scene: Cast, slug: str = "untoc", kind: TextKind = TextKind.LIST_OF_OBSERVATIONS) -> AgreedText:
    """Anew, as a page has it."""
    return AgreedText.objects.get(review=scene.review, instrument__slug=slug, kind=kind)


def paragraph(document: Document, number: int) -> str:
    return next(block.text for block in document.blocks if block.number == number)


def headings(document: Document, level: int) -> list[str]:
    return [block.text for block in document.blocks if block.kind == "heading" and block.level == level]


def items(document: Document) -> list[tuple[str, str]]:
    return [(block.text, block.link) for block in document.blocks if block.kind == "item"]


def test_the_title_names_states_articles_cluster_years_and_phase(scene: Cast) -> None:
    reviewers = f"{scene.other_group_state.name} and {scene.same_group_state.name}"
    assert document_of(the_text(scene)).title == (
        f"Review by {reviewers} of the implementation by {scene.state.name} of articles 2, 5, 6, 8, 9, 10, 15 and 23 "
        "(cluster one) of the United Nations Convention against Transnational Organized Crime in years 2021 to 2023 of "
        "review phase one of the Mechanism for the Review of the Implementation of the United Nations Convention "
        "against Transnational Organized Crime and the Protocols thereto"
    )


def test_only_the_states_that_cover_the_instrument_are_named(scene: Cast) -> None:
    row = scene.review.reviewing_states.get(state_party=scene.other_group_state)
    row.instruments.remove(Instrument.objects.get(slug="firearms"))
    title = document_of(the_text(scene, "firearms")).title
    assert title.startswith(f"Review by {scene.same_group_state.name} of the implementation by {scene.state.name} of ")
    assert scene.other_group_state.name not in str(document_of(the_text(scene, "firearms")).as_json())
    assert scene.other_group_state.name in document_of(the_text(scene)).title


def test_a_review_outside_the_groups_names_its_own_years(scene: Cast) -> None:
    with guards_off([Review._meta.db_table]):
        Review.objects.filter(pk=scene.review.pk).update(review_group=None, starts_on=dt.date(2021, 1, 1))
    scene.review.milestones.filter(plan__slug="phase_end").update(due_on=dt.date(2023, 1, 1))
    assert " in years 2021 to 2022 of review phase one " in document_of(the_text(scene)).title


def test_the_experts_who_take_part_are_named_state_by_state(scene: Cast) -> None:
    experts = "Expert (Veskaria), Second Expert (Veskaria), "
    named = paragraph(document_of(the_text(scene)), 5)
    order = [named.index(words) for words in ("Second Expert (", "Other Group Expert (", "Same Group Expert (")]
    assert experts in named
    assert order == sorted(order), "the State under review first, then the others by code"
    assert "Focal Point" not in named
    assert "Contributor" not in named
    end_participation(actor=SYSTEM, participation=scene.participations["second_expert"])
    newcomer = UserFactory(full_name="Zoe Newcomer")
    register(scene.review, newcomer, scene.state, ParticipationRole.GOVERNMENTAL_EXPERT)
    named = paragraph(document_of(the_text(scene)), 5)
    assert "Second Expert" not in named
    assert "Expert (Veskaria), Zoe Newcomer (Veskaria)" in named


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([], "other available technological tools, such as videoconferences,"),
        (
            [MeetingMeans.CONFERENCE_CALL, MeetingMeans.VIDEOCONFERENCE],
            "other available technological tools, such as videoconferences and conference calls,",
        ),
        ([MeetingMeans.IN_PERSON], "and meetings in person"),
    ],
)
def test_the_means_that_were_used_are_named(scene: Cast, more: list[str], words: str) -> None:
    for means in more:
        log_meeting(
            actor=scene.focal_point,
            review=scene.review,
            held_on=timezone.localdate(),
            means=means,
            others="Guests",
        )
    assert words in paragraph(document_of(the_text(scene)), 5)


def test_the_sources_that_were_sent_are_named_in_the_order_of_sending(scene: Cast) -> None:
    for title, link in (("Second", ""), ("Never sent", "https://law.example/3"), ("First", "https://law.example/1")):
        given = SupplementInput(title=title, pages="pp. 1 to 3", link=link or "https://law.example/2")
        add_supplement(actor=scene.expert, review=scene.review, given=given)
    for title in ("First", "Second"):
        supplement = SupplementaryInformation.objects.get(title=title)
        send_supplement(actor=scene.focal_point, supplement=supplement)
    assert items(document_of(the_text(scene))) == [
        ("First, pp. 1 to 3", "https://law.example/1"),
        ("Second, pp. 1 to 3", "https://law.example/2"),
    ]


def test_without_sources_nothing_is_said_of_them(scene: Cast) -> None:
    document = document_of(the_text(scene))
    assert items(document) == []
    assert not any(
        "supplementary information provided by" in block.text for block in document.blocks if not block.number
    )


def test_observations_stand_under_the_four_headings_by_articles(scene: Cast) -> None:
    first, second = articles_under_review(scene.review, Instrument.objects.get(slug="untoc"))[:2]
    gap, practice, *_others = headings_of(scene.review)
    for heading, articles, words in ((practice, [second], "A practice."), (gap, [second, first], "A gap on both.")):
        observation = draft_observation(
            actor=scene.same_group_expert, text=the_text(scene), given=ObservationInput(heading, articles, words)
        )
        lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    document = document_of(the_text(scene))
    assert [text[:3] for text in headings(document, 2)] == ["(a)", "(b)", "(c)", "(d)"]
    written = [(block.number, block.text) for block in document.blocks if block.is_written]
    assert written == [(7, "Observation on untoc."), (8, "A gap on both."), (9, "A practice.")]
    assert headings(document, 3) == ["Article 2", "Articles 2 and 5", "Article 5"]


def test_grounds_are_codes_of_questions(scene: Cast) -> None:
    articles = list(articles_under_review(scene.review, Instrument.objects.get(slug="untoc"))[:1])
    given = ObservationInput(headings_of(scene.review)[0], articles, "With grounds.", ["I.untoc.5", "I.untoc.1.a"])
    observation = draft_observation(actor=scene.same_group_expert, text=the_text(scene), given=given)
    lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    grounds = {block.text: block.grounds for block in document_of(the_text(scene)).blocks if block.is_written}
    assert grounds == {"Observation on untoc.": (), "With grounds.": ("I.untoc.5", "I.untoc.1.a")}


@pytest.mark.stage("summary")
@pytest.mark.parametrize(
    ("act", "heading", "deposited"),
    [
        ("ratification", "I. Ratification of the ", "instrument of ratification"),
        ("accession", "I. Accession to the ", "instrument of accession"),
        ("acceptance", "I. Acceptance of the ", "instrument of acceptance"),
        ("approval", "I. Approval of the ", "instrument of approval"),
        ("succession", "I. Succession to the ", "notification of succession"),
    ],
)
def test_the_summary_names_the_act_of_the_state(
    cast_at: Callable[[str], Cast], act: str, heading: str, deposited: str
) -> None:
    scene = cast_at("summary")
    Adherence.objects.filter(state_party=scene.state, instrument__slug="untoc").update(
        kind=act, deposited_on=dt.date(2004, 5, 5)
    )
    document = document_of(the_text(scene, kind=TextKind.SUMMARY))
    assert headings(document, 1)[0] == f"{heading}Convention"
    assert paragraph(document, 1) == (
        f"{scene.state.name} deposited its {deposited} with the Secretary-General on 5\u00a0May\u00a02004."
    )


@pytest.mark.stage("summary")
def test_a_summary_counts_all_its_words(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("summary")
    document = document_of(the_text(scene, kind=TextKind.SUMMARY))
    assert word_count_of(document) == sum(len(block.text.split()) for block in document.blocks)


@shared
def in_arabic(cast: Cast) -> Cast:
    """The States agreed on Arabic and English, so that their texts are in Arabic."""
    Review.objects.filter(pk=cast.review.pk).update(working_languages=["ar", "en"])
    cast.review.refresh_from_db()
    take_cast_to("observations", cast)
    journey.write_lists(cast.review)
    return cast


@pytest.mark.stage(CAST_BEGINS)
@pytest.mark.parametrize("reading_in", ["en", "ar"])
def test_a_document_is_in_the_language_of_the_text_whatever_the_reader_reads(in_arabic: Cast, reading_in: str) -> None:
    with translation.override(reading_in):
        document = document_of(the_text(in_arabic))
        status = printed_status_of(the_text(in_arabic))
    with translation.override("ar"):
        state, mechanism = in_arabic.state.name, in_arabic.review.mechanism.name
    assert document.language == "ar"
    assert state in document.title
    assert in_arabic.state.name_en not in document.title
    assert (status.state, status.mechanism_name) == (state, mechanism)


@pytest.mark.stage(CAST_BEGINS)
def test_the_hash_does_not_depend_on_the_language_of_the_reader(in_arabic: Cast) -> None:
    hashes = set()
    for language in ("en", "ar"):
        with translation.override(language):
            hashes.add(document_hash(document_of(the_text(in_arabic)).as_json()))
    assert len(hashes) == 1


@pytest.mark.stage(CAST_BEGINS)
def test_what_the_states_exchange_is_in_the_first_language_that_they_agreed_on(in_arabic: Cast) -> None:
    languages = {
        *AgreedText.objects.values_list("language", flat=True),
        *Observation.objects.values_list("language", flat=True),
        *WrittenFeedback.objects.values_list("language", flat=True),
    }
    assert languages == {"ar"}


def test_a_version_that_stands_is_shown_as_it_was_frozen(scene: Cast) -> None:
    version = propose_version(actor=scene.same_group_focal_point, text=the_text(scene))
    end_participation(actor=SYSTEM, participation=scene.participations["second_expert"])
    assert "Second Expert" in paragraph(current_document(the_text(scene)), 5)
    assert document_hash(current_document(the_text(scene)).as_json()) == version.sha256
    object_to_version(
        actor=scene.focal_point, text=the_text(scene), sha256=version.sha256, reason="An expert has left."
    )
    assert "Second Expert" not in paragraph(current_document(the_text(scene)), 5)


def test_where_a_draft_stands(scene: Cast) -> None:
    status = printed_status_of(the_text(scene))
    assert (status.version, status.sha256, status.is_agreed, status.clearances) == (0, "", False, ())


def test_where_an_agreed_text_stands(scene: Cast) -> None:
    journey.agree_on(the_text(scene))
    status, version = printed_status_of(the_text(scene)), standing_version(the_text(scene))
    assert (status.version, status.sha256, status.is_agreed) == (1, version.sha256, True)
    assert {row.state for row in status.clearances} == {
        scene.state.name,
        scene.same_group_state.name,
        scene.other_group_state.name,
    }
    assert {row.sha256 for row in status.clearances} == {version.sha256}
    public = printed_status_of(the_text(scene), is_public=True)
    assert (public.is_public, public.is_agreed, public.clearances) == (True, True, ())


def test_the_day_of_the_agreement_is_that_of_the_secretariat(scene: Cast) -> None:
    """Half an hour after midnight in Vienna it is still the day before in Greenwich."""
    journey.agree_on(the_text(scene))
    at = dt.datetime(2023, 6, 30, 22, 30, tzinfo=dt.UTC)
    with guards_off([AgreedText._meta.db_table]):
        AgreedText.objects.filter(pk=the_text(scene).pk).update(agreed_at=at)
    assert printed_status_of(the_text(scene)).agreed_on == "1\u00a0July\u00a02023"


def test_nobody_makes_a_document_of_what_he_or_she_may_not_read(scene: Cast) -> None:
    for name in ("contributor", "auditor"):
        with pytest.raises(PolicyRefusedError):
            start_document(scene.people[name], the_text(scene), kind=TEXT_PDF)
