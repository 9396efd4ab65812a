"""The database's own walls: what was frozen stays so, whoever writes past the services."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone
from psycopg import sql

from dialogue.exchange.models import ClarificationAnswer, FeedbackComment, WrittenFeedback
from observations.publications.services import publish_text
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Objection, ObservationRevision, Publication, TextVersion
from observations.versions.selectors import standing_version
from questionnaires.definitions.models import Section
from reviews.cases.models import Clearance, ReviewArticle
from reviews.consultations.models import ConsultationConfirmation, ConsultationProposal
from reviews.consultations.services import propose_consultation
from reviews.programme.models import Article, Instrument
from tests import journey
from tests.at_once import (
    draft_answer,
    draft_clarification,
    lay_on_table,
    log_meeting,
    object_to_version,
    propose_version,
    send_answer,
    send_clarification,
    send_supplement,
)
from tests.dialogue.supplements import dialogues
from tests.guards import guards_off
from tests.reviews.nominations import notes
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]


def is_refused(row: models.Model, **values: Any) -> bool:
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**values)
    except DatabaseError:
        return True
    return False


def is_taken_out(row: models.Model | None) -> bool:
    assert row is not None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(sql.SQL("DELETE FROM {} WHERE id = %s").format(sql.Identifier(row._meta.db_table)), [row.pk])
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def proposed(scene: Cast) -> TextVersion:
    text = AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)
    observation = journey.write_observation(scene.review, scene.same_group_expert, text, "Words.")
    lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    return propose_version(actor=scene.same_group_focal_point, text=text)


def test_a_version_is_frozen_but_for_its_end(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    version = proposed(scene)
    assert is_refused(version, document={**version.document, "title": "Another title"})
    assert is_refused(version, sha256="0" * 64)
    assert is_refused(version, words=1)
    assert is_refused(version, number=7)
    assert is_refused(version, proposed_by=scene.focal_point)
    assert is_refused(version, proposed_for=scene.state)
    assert not is_refused(version, cancelled_at=timezone.now())


def test_one_version_of_a_text_stands(cast_at: Callable[[str], Cast]) -> None:
    version = proposed(cast_at("observations"))
    version.pk, version.number, version._state.adding = None, 2, True
    with pytest.raises(IntegrityError, match="one_standing_version_a_text"), transaction.atomic():
        version.save()


def test_clearances_objections_and_revisions_are_only_added(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    version = proposed(scene)
    object_to_version(
        actor=scene.focal_point, text=version.agreed_text, sha256=version.sha256, reason="Not what was said."
    )
    assert is_refused(Clearance.objects.get(document_id=version.agreed_text_id), sha256="0" * 64)
    assert is_refused(Objection.objects.get(), reason="Another reason.")
    assert is_refused(ObservationRevision.objects.get(), text="Other words.")


def test_a_state_clears_a_version_once(cast_at: Callable[[str], Cast]) -> None:
    clearance = Clearance.objects.get(document_id=proposed(cast_at("observations")).agreed_text_id)
    clearance.pk, clearance._state.adding = None, True
    with pytest.raises(IntegrityError, match="one_clearance_a_version_and_state"), transaction.atomic():
        clearance.save()


def test_proposals_and_confirmations_are_only_added(make_cast: Callable[..., Cast]) -> None:
    scene = make_cast("consultations")
    proposal = propose_consultation(actor=scene.focal_point, review=scene.review, languages=["fr"])
    assert is_refused(proposal, languages=["es"])
    assert is_refused(ConsultationConfirmation.objects.get(), state_party=scene.same_group_state)
    assert ConsultationProposal.objects.get().languages == ["fr"]


@pytest.mark.stage("dialogue")
def test_feedback_that_was_sent_is_frozen(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    feedback = WrittenFeedback.objects.get(state_party__iso3="XLE")
    assert is_refused(feedback, document={})
    assert is_refused(feedback, status="draft")
    assert is_refused(feedback, room=scene.same_group_state)


@pytest.mark.stage("written_feedback")
def test_feedback_is_written_once_by_each_state(cast_at: Callable[[str], Cast]) -> None:
    cast_at("written_feedback")
    feedback = WrittenFeedback.objects.get(state_party__iso3="XLE")
    feedback.pk, feedback._state.adding = None, True
    with pytest.raises(IntegrityError, match="one_feedback_a_state"), transaction.atomic():
        feedback.save()


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("place", [{}, {"question_code": "I.untoc.5", "article": True}])
def test_a_comment_has_one_place(cast_at: Callable[[str], Cast], place: dict[str, Any]) -> None:
    scene, instrument = cast_at("written_feedback"), Instrument.objects.get(slug="untoc")
    if "article" in place:
        place = {**place, "article": instrument.articles.all()[0]}
    with pytest.raises(IntegrityError, match="comment_on_a_question_or_an_article"), transaction.atomic():
        FeedbackComment.objects.create(
            feedback=WrittenFeedback.objects.get(state_party__iso3="XLE"),
            instrument=instrument,
            text="Words.",
            saved_by=scene.same_group_expert,
            **place,
        )


@pytest.mark.stage("dialogue")
def test_a_request_has_one_answer(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    request = draft_clarification(
        actor=scene.same_group_expert,
        review=scene.review,
        instrument=Instrument.objects.get(slug="untoc"),
        question_code="I.untoc.23",
        text="Since when?",
    )
    send_clarification(actor=scene.same_group_focal_point, request=request)
    answer = draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    answer.pk, answer._state.adding = None, True
    with pytest.raises(IntegrityError, match="one_answer_a_request"), transaction.atomic():
        answer.save()
    assert ClarificationAnswer.objects.count() == 1


@pytest.mark.stage("dialogue")
def test_what_was_sent_to_other_states_and_what_was_logged_stays(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    untoc = Instrument.objects.get(slug="untoc")
    request = draft_clarification(
        actor=scene.same_group_expert, review=scene.review, instrument=untoc, question_code="I.untoc.23", text="When?"
    )
    supplement = dialogues.draft(scene, "The law")
    assert not is_refused(request, text="Since when?")
    assert not is_refused(supplement, title="The Act")
    send_clarification(actor=scene.same_group_focal_point, request=request)
    draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    send_answer(actor=scene.focal_point, request=request)
    send_supplement(actor=scene.focal_point, supplement=supplement)
    answer = ClarificationAnswer.objects.get()
    meeting = log_meeting(
        actor=scene.focal_point,
        review=scene.review,
        held_on=timezone.localdate(),
        means="videoconference",
        participants=[scene.participations["expert"], scene.participations["same_group_expert"]],
        subject="The law.",
    )
    for row, changes in (
        (request, {"text": "Never?"}),
        (request, {"room": scene.same_group_state}),
        (answer, {"text": "Since 2020."}),
        (answer, {"sent_at": None}),
        (supplement, {"title": "Another law"}),
        (meeting, {"subject": "Nothing."}),
    ):
        assert is_refused(row, **changes), (row, changes)
    for row in (answer, request, supplement, meeting, meeting.participants.through.objects.first()):
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.SQL("DELETE FROM {} WHERE id = %s").format(sql.Identifier(row._meta.db_table)), [row.pk])
    assert not is_refused(request, status="closed")
    assert is_refused(request, status="draft"), "what lies on the table was sent"
    assert is_refused(request, text="Never?"), "by a detour neither"


@pytest.mark.stage("closed")
def test_what_the_states_have_agreed_on_stays_wherever_it_came_from(cast_at: Callable[[str], Cast]) -> None:
    """The version that was cleared was frozen alone; what it was made of could be written anew by SQL."""
    scene = cast_at("closed")
    text = AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)
    summary = AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.SUMMARY)
    observation = text.observations.filter(withdrawn_at=None).exclude(tabled_revision=None).first()
    passage = summary.passages.first()
    assert observation is not None and passage is not None
    for row, changes in (
        (text, {"status": "drafting"}),
        (text, {"agreed_at": None}),
        (observation, {"text": "Other."}),
        (observation, {"room": scene.same_group_state}),
        (observation, {"withdrawn_at": timezone.now()}),
        (passage, {"text": "Other."}),
        (passage, {"order": 99}),
    ):
        assert is_refused(row, **changes), (row, changes)
    articles, drawn_on = passage.articles.through.objects, passage.observations.through.objects
    for row in (text, observation, passage, articles.filter(summarypassage=passage).first(),
                drawn_on.filter(summarypassage=passage).first(),
                observation.articles.through.objects.filter(observation=observation).first()):  # fmt: skip
        assert is_taken_out(row) is False, row
    another = observation.articles.model.objects.exclude(pk__in=observation.articles.values("pk")).first()
    with pytest.raises(DatabaseError, match="agreed is frozen"), transaction.atomic():
        observation.articles.add(another)
    assert not is_refused(observation, text_html="<p>sealed anew</p>"), "how it is shown is made anew"


@pytest.mark.stage("observations")
def test_what_lies_in_a_room_is_thrown_away_after_the_list_is_agreed(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    text = AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)
    draft = journey.write_observation(scene.review, scene.same_group_expert, text, "In the room.")
    with guards_off([AgreedText._meta.db_table]):
        AgreedText.objects.filter(pk=text.pk).update(status="agreed")
    assert not is_refused(draft, text="Changed in the room.")
    assert is_refused(draft, tabled_revision=1), "nothing is laid on the table of an agreed list"
    assert is_taken_out(draft)


@pytest.mark.stage("self_assessment")
def test_what_is_reviewed_stays_as_the_review_was_opened(cast_at: Callable[[str], Cast]) -> None:
    review = cast_at("self_assessment").review
    for changes in ({"party_to": ["untoc"]}, {"starts_on": "2030-01-01"}, {"code": "9-XVE"}):
        assert is_refused(review, **changes), changes
    response = review.response
    assert is_refused(response, party_to=["untoc"])
    under_review = review.instruments.through.objects.filter(review=review).first()
    assert is_taken_out(under_review) is False
    assert is_taken_out(ReviewArticle.objects.filter(review=review).first()) is False
    with pytest.raises(DatabaseError, match="stays as the review was opened"), transaction.atomic():
        review.instruments.add(Instrument.objects.exclude(pk__in=review.instruments.all()).first())


def test_the_articles_of_a_published_section_stay() -> None:
    through = Section.articles.through.objects.filter(section__part__version__status="published")
    row = through.first()
    assert row is not None
    assert is_refused(row, article=Article.objects.exclude(pk=row.article_id).first())
    assert is_taken_out(row) is False


def test_an_approved_note_and_whom_it_names_stays(cast: Cast) -> None:
    note = notes.submitted_by(cast.focal_point, cast.state, notes.named())
    assert is_refused(note, number="13/2026"), "what is being checked is what was seen"
    notes.approve(cast.officer, note)
    note.refresh_from_db()
    assert note.status == "approved"
    nomination = note.nominations.get()
    assert is_refused(note, sha256="")
    assert is_refused(note, status="recording")
    assert is_refused(nomination, email="other@a.example")
    assert is_taken_out(note) is False
    assert is_taken_out(nomination) is False


@pytest.mark.stage("closed")
def test_a_text_is_public_once(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("closed")
    text = AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.SUMMARY)
    version = standing_version(text)
    assert version is not None
    publish_text(actor=scene.focal_point, text=text, sha256=version.sha256)
    with pytest.raises(IntegrityError, match="one_publication_a_text"), transaction.atomic():
        Publication.objects.create(
            agreed_text=text, version=version, published_by=scene.focal_point, published_at=timezone.now()
        )
