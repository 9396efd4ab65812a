"""The State whose answers were brought in confirms them, or objects."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from accounts.people.models import User
from core.errors import ServiceError
from core.policy import PolicyRefusedError
from questionnaires.bringing.answers import carry_out_answers, obstacle_to, seen_of_answers, version_of
from questionnaires.definitions import index_of
from questionnaires.definitions.services import import_version
from questionnaires.responses.models import ResponseSubmission
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtPiece
from reviews.bringing.services import bring_in, lay_before, say_for_state
from reviews.cases.models import Clearance, Review
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.questionnaires.bringing.answers import ANSWERS, client_of, file_of, some
from tests.reviews.bringing.files import brought_in, words
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def piece_of(review: Review, officer: User) -> BroughtPiece:
    brought_in(file_of(review, officer))
    return BroughtPiece.objects.get(review=review, kind="answers")


def test_the_focal_point_of_the_state_alone_says_whether_it_is_its_own(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    piece = piece_of(review, officer)
    for person in (brought_cast.expert, brought_cast.same_group_focal_point, officer, AuditorFactory.create()):
        with pytest.raises(PolicyRefusedError, match="Only the focal point of the State whose own it is"):
            say_for_state(actor=person, piece=piece, word=StateWord.CONFIRMED)
    say_for_state(actor=brought_cast.focal_point, piece=piece, word=StateWord.CONFIRMED)
    with pytest.raises(PolicyRefusedError, match="Your State has confirmed this"):
        say_for_state(actor=brought_cast.focal_point, piece=piece, word=StateWord.OBJECTED, reason="No.")
    assert "Confirmed by the State" in words(
        client_of(brought_cast.observer).get(f"/en/untoc/reviews/{review.code}/submission/")
    )
    assert not Clearance.objects.exists()


def test_an_objection_stands_beside_the_answers_until_others_are_brought_in(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    piece = piece_of(review, officer)
    client = client_of(brought_cast.focal_point)
    address = f"/en/untoc/reviews/{review.code}/brought-in/{piece.pk}/"
    assert client.post(address, {"word": "objected", "reason": ""}).status_code == 422
    client.post(address, {"word": "objected", "reason": "Question 3 is from an earlier draft."})
    page = words(client_of(brought_cast.same_group_expert).get(f"/en/untoc/reviews/{review.code}/brought-in/"))
    assert "The State objects" in page
    assert "Question 3 is from an earlier draft." in page
    auditor = words(client_of(AuditorFactory.create()).get(f"/en/untoc/reviews/{review.code}/brought-in/"))
    assert "The State objects" in auditor
    assert "Question 3 is from an earlier draft." not in auditor
    assert client_of(UserFactory.create()).get(f"/en/untoc/reviews/{review.code}/brought-in/").status_code == 404

    brought_in(file_of(review, officer, some(review, 4)))
    numbers = (
        ResponseSubmission.objects.filter(review=review).order_by("number").values_list("number", "brought_piece__word")
    )
    assert list(numbers) == [(1, "objected"), (2, "")]
    assert client.get(address).status_code == 404  # replaced: nothing is said of it any more


def test_answers_are_not_brought_in_twice_without_an_objection(review: Review, officer: User) -> None:
    first, second = file_of(review, officer), file_of(review, officer, some(review, 3))
    for file in (first, second):
        lay_before(actor=officer, file=file, seen=seen_of_answers(file))
    seen = seen_of_answers(second)
    brought_in(first)
    with pytest.raises(ServiceError, match="wrong by now"):
        bring_in(actor=OfficerFactory.create(), file=second, seen=seen)
    page = words(client_of(officer).get(f"{ANSWERS}file/{second.pk}/"))
    assert "Answers are brought in already." in page


def test_answers_that_were_checked_against_another_version_are_not_brought_in(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    before = file_of(review, officer, some(review, 3))
    lay_before(actor=officer, file=before, seen=seen_of_answers(before))
    seen = seen_of_answers(before)
    definition = index_of(version_of(review)).definition
    published = import_version(officer, replace(definition, title="Another version"))
    piece = piece_of(review, officer)
    say_for_state(actor=brought_cast.focal_point, piece=piece, word=StateWord.OBJECTED, reason="An earlier draft.")

    said = "This file was checked against another version of the questionnaire. Choose it again."
    assert (version_of(review), obstacle_to(review)) == (published.pk, "")
    assert said in words(client_of(officer).get(f"{ANSWERS}file/{before.pk}/"))
    with pytest.raises(ServiceError, match="wrong by now"):
        bring_in(actor=OfficerFactory.create(), file=before, seen=seen)
    with pytest.raises(ServiceError, match="another version of the questionnaire"):
        carry_out_answers(OfficerFactory.create(), before, lambda number: None)
    brought_in(file_of(review, officer, some(review, 4)))
    assert set(ResponseSubmission.objects.filter(review=review).values_list("response__version", flat=True)) == {
        published.pk
    }


def test_the_database_takes_no_submission_that_is_both_or_neither(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    submission = ResponseSubmission.objects.get(review=review)
    submission.pk, submission.number, submission.brought_piece = None, 2, None
    with pytest.raises(IntegrityError, match="cleared_here_or_brought_in"), transaction.atomic():
        submission.save(force_insert=True)
