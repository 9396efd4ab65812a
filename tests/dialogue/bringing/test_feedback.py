"""Feedback that was sent elsewhere lies on the shared table once two officers have brought it in, marked as such."""

import datetime as dt

import pytest
from django.db import Error, transaction

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.hashes import document_hash
from core.models import Notification
from core.policy import PolicyRefusedError
from core.time.dates import day_of
from dialogue.bringing.feedback import carry_out_feedback, seen_of_feedback
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.feedback.services import clear_feedback, hash_of_draft
from reviews.bringing.enums import BroughtKind, StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import bring_in, confirm_file, lay_before, say_for_state
from reviews.cases.models import Clearance, Review
from tests.dialogue.bringing.conftest import with_answers, without_answers
from tests.dialogue.bringing.feedback import FEEDBACK, TEXT, UNTOC, address, as_markdown, file_of, post
from tests.dialogue.exchange.exchange import comment
from tests.factories.accounts import OfficerFactory
from tests.plain_role import plain_role
from tests.questionnaires.bringing.answers import client_of
from tests.reviews.bringing.files import brought_in, words
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(with_answers)]
OTHER = f"# {UNTOC}\n\n## Article 5\n\nAs it was sent.\n"


def feedback_of(brought_cast: Cast) -> WrittenFeedback:
    return WrittenFeedback.objects.get(review=brought_cast.review, state_party=brought_cast.same_group_state)


def piece_of(brought_cast: Cast) -> BroughtPiece:
    return BroughtPiece.objects.filter(kind=BroughtKind.FEEDBACK).latest("created_at")


def test_the_feedback_lies_on_the_table_marked_and_uncleared(brought_cast: Cast, review: Review, officer: User) -> None:
    other = OfficerFactory.create()
    file = file_of(review, brought_cast.same_group_state, officer)
    assert feedback_of(brought_cast).sent_at is None
    before = Notification.objects.count()
    brought_in(file, by=other)

    feedback = feedback_of(brought_cast)
    assert feedback.document is not None
    said = [
        (each["instrument"], each["article"], each["question"], each["text"]) for each in feedback.document["comments"]
    ]
    assert said == [
        ("untoc", None, "", "The two experts thank the State under review."),
        ("untoc", 5, "", "The offence is wide.\n\n- First\n- Second"),
        ("untoc", None, "I.untoc.5", "Which court has **decided** on it?"),
    ]
    assert feedback.document["brought_in"] == {"file_sha256": file.sha256, "sent_on": "2023-01-20"}
    assert (feedback.room, feedback.status, day_of(feedback.sent_at).isoformat()) == (None, "sent", "2023-01-20")  # type: ignore[arg-type]
    assert feedback.sha256 == document_hash(feedback.document)
    assert not Clearance.objects.exists()
    assert not FeedbackComment.objects.exists()
    piece = feedback.brought_piece
    assert piece is not None
    assert (piece.state_party, piece.word, piece.checked_by) == (brought_cast.same_group_state, "", other)
    told = Notification.objects.order_by("-created_at")[: Notification.objects.count() - before]
    assert {each.recipient_id for each in told} == {
        brought_cast.focal_point.pk,
        brought_cast.same_group_focal_point.pk,
        brought_cast.other_group_focal_point.pk,
    }
    review.refresh_from_db()
    assert review.step.slug == "written_feedback"


def test_every_page_that_shows_it_says_where_it_is_from(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    place = f"/en/untoc/reviews/{review.code}/"
    for person in (brought_cast.expert, brought_cast.other_group_expert, brought_cast.same_group_focal_point, officer):
        for page in (
            "feedback/",
            f"feedback/{brought_cast.same_group_state.iso3}/",
            "desk/untoc/article-5/",
            "brought-in/",
        ):
            shown = words(client_of(person).get(f"{place}{page}"))
            assert "rought in" in shown, page
            assert "Not confirmed by the State" in shown, page
    whole = words(client_of(brought_cast.expert).get(f"{place}feedback/{brought_cast.same_group_state.iso3}/"))
    assert "On the instrument as a whole" in whole
    assert "It was not cleared in this portal." in whole
    assert "Cleared by" not in whole
    assert "20 January 2023" in whole


def test_the_preview_shows_it_as_it_would_be_read_and_nothing_is_kept_before(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    page = post(review, brought_cast.same_group_state, officer, as_markdown())
    shown = words(page)
    assert "<strong>decided</strong>" in shown
    assert "Article 5 as a whole" in shown
    assert "the review moves on to its next step" not in shown
    assert feedback_of(brought_cast).room_id == brought_cast.same_group_state.pk


def test_who_brings_it_in_does_not_confirm_it(brought_cast: Cast, review: Review, officer: User) -> None:
    file = file_of(review, brought_cast.same_group_state, officer)
    lay_before(actor=officer, file=file, seen=seen_of_feedback(file))
    with pytest.raises(PolicyRefusedError, match="Two different officers are needed"):
        confirm_file(actor=officer, file=file, seen=seen_of_feedback(file), language="en")


def test_the_review_moves_on_with_the_last_one(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer, sent_on="2023-03-02"))
    page = post(review, brought_cast.other_group_state, officer, as_markdown(OTHER))
    assert "the review moves on to its next step" in words(page)
    brought_in(BroughtFile.objects.latest("created_at"))
    review.refresh_from_db()
    reached = review.milestones.get(plan__kind="feedback").reached_on
    assert (review.step.slug, reached) == ("dialogue", dt.date(2023, 3, 2))


def test_the_review_moves_on_when_the_last_state_sends_its_own_here(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    comment(review, brought_cast.other_group_state, brought_cast.other_group_expert, "Our own words.", "I.firearms.5")
    own = WrittenFeedback.objects.get(review=review, state_party=brought_cast.other_group_state)
    clear_feedback(actor=brought_cast.other_group_focal_point, feedback=own, sha256=hash_of_draft(own), number=1)
    review.refresh_from_db()
    assert review.step.slug == "dialogue"


def test_nothing_is_brought_in_over_what_a_state_writes_here(brought_cast: Cast, review: Review, officer: User) -> None:
    file = file_of(review, brought_cast.same_group_state, officer)
    lay_before(actor=officer, file=file, seen=seen_of_feedback(file))
    seen = seen_of_feedback(file)
    comment(review, brought_cast.same_group_state, brought_cast.same_group_expert, "Words in a room.")
    said = "This State writes its feedback in the portal: nothing is brought in over that."
    assert said in words(client_of(officer).get(address(review, brought_cast.same_group_state)))
    assert said in words(client_of(officer).get(f"{FEEDBACK}file/{file.pk}/"))
    assert post(review, brought_cast.same_group_state, officer, as_markdown(OTHER)).status_code == 422
    with pytest.raises(ServiceError, match="wrong by now"):
        bring_in(actor=OfficerFactory.create(), file=file, seen=seen)
    with pytest.raises(ServiceError, match="writes its feedback in the portal"):
        carry_out_feedback(OfficerFactory.create(), file, lambda number: None)
    assert feedback_of(brought_cast).room_id == brought_cast.same_group_state.pk


@pytest.mark.kept.with_args(without_answers)
def test_feedback_waits_for_the_answers(brought_cast: Cast, officer: User) -> None:
    page = client_of(officer).get(address(brought_cast.review, brought_cast.same_group_state))
    assert "Bring them in first: feedback is on answers." in words(page)
    assert post(brought_cast.review, brought_cast.same_group_state, officer, as_markdown()).status_code == 422
    assert (
        client_of(officer).get(f"{address(brought_cast.review, brought_cast.same_group_state)}template/").status_code
        == 404
    )
    assert brought_cast.review.code not in words(client_of(officer).get(FEEDBACK))


def test_the_state_confirms_and_nothing_takes_the_place_of_that(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    work = words(client_of(brought_cast.same_group_focal_point).get("/en/"))
    assert "Say for your State whether it is right: Written feedback" in work
    assert "whether it is right: Written feedback" not in words(
        client_of(brought_cast.other_group_focal_point).get("/en/")
    )
    for person in (
        brought_cast.focal_point,
        brought_cast.other_group_focal_point,
        brought_cast.same_group_expert,
        officer,
    ):
        with pytest.raises(PolicyRefusedError):
            say_for_state(actor=person, piece=piece_of(brought_cast), word=StateWord.CONFIRMED)
    say_for_state(actor=brought_cast.same_group_focal_point, piece=piece_of(brought_cast), word=StateWord.CONFIRMED)
    page = words(client_of(officer).get(address(review, brought_cast.same_group_state)))
    assert "Feedback of this State is brought in already." in page


def test_each_state_says_its_word_on_its_own(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    first = piece_of(brought_cast)
    brought_in(file_of(review, brought_cast.other_group_state, officer, OTHER))
    for person, piece in (
        (brought_cast.same_group_focal_point, first),
        (brought_cast.other_group_focal_point, piece_of(brought_cast)),
    ):
        say_for_state(actor=person, piece=piece, word=StateWord.CONFIRMED)
    said = BroughtPiece.objects.filter(kind=BroughtKind.FEEDBACK).values_list("word", flat=True)
    assert list(said) == ["confirmed", "confirmed"]


def test_what_the_state_objects_to_gives_way_to_another_file_and_stays_in_its_own(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    first = file_of(review, brought_cast.same_group_state, officer)
    brought_in(first)
    before, objected = feedback_of(brought_cast), piece_of(brought_cast)
    say_for_state(actor=brought_cast.same_group_focal_point, piece=objected, word=StateWord.OBJECTED, reason="A draft.")
    brought_in(file_of(review, brought_cast.same_group_state, officer, OTHER))
    after = feedback_of(brought_cast)
    assert (before.pk, before.sha256 != after.sha256) == (after.pk, True)
    assert [each["text"] for each in after.document["comments"]] == ["As it was sent."]  # type: ignore[index]
    assert after.brought_piece != objected
    assert after.brought_piece is not None
    assert after.brought_piece.word == ""
    first.refresh_from_db()
    assert first.content["passages"][1]["text"] == "The offence is wide.\n\n- First\n- Second"
    shown = words(client_of(brought_cast.expert).get(f"/en/untoc/reviews/{review.code}/brought-in/"))
    assert "replaced by a later file" in shown


def test_no_page_marks_feedback_and_nothing_changes_what_is_brought_in(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    rows = WrittenFeedback.objects.filter(pk=feedback_of(brought_cast).pk)
    own = WrittenFeedback.objects.filter(review=review, state_party=brought_cast.other_group_state)
    with plain_role(), identified_as(brought_cast.other_group_focal_point), pytest.raises(Error), transaction.atomic():
        own.update(brought_piece=piece_of(brought_cast), status="sent")
    for act in (
        lambda: rows.update(document={}),
        lambda: rows.update(brought_piece=None),
        lambda: rows.delete(),
    ):
        with pytest.raises(Error), transaction.atomic():
            act()


def test_two_states_of_one_review_may_have_sent_the_same_words(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer, TEXT))
    again = post(review, brought_cast.same_group_state, officer, as_markdown(TEXT))
    assert "Feedback of this State is brought in already." in words(again)
