"""Notes verbales at the same moment. (These tests commit.)"""

import pytest

from accounts.people.models import User
from reviews.access.notes import approve_note
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.nominations.services.nominations import add_nominations, return_note, submit_note
from tests.factories.accounts import OfficerFactory
from tests.lots.draws.test_races import at_once
from tests.reviews.nominations.notes import ANA, approve, named, note_by, seen, submitted_by
from tests.utils import make_review

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
BEING_CHECKED = "This note is being checked. It can be changed when it is returned."


def focal_point_of(review: Review) -> User:
    """What a State's focal point has recorded takes effect with the second pair of eyes."""
    user: User = review.participations.get(
        role=ParticipationRole.FOCAL_POINT, state_party=review.state_under_review_id
    ).user
    return user


def test_two_officers_approve_a_note_once() -> None:
    review = make_review()
    recorder = focal_point_of(review)
    note = submitted_by(recorder, review.state_under_review, named(review=review.code))
    mark = seen(note)
    acts = [
        lambda each=each: approve_note(actor=each, note=NoteVerbale.objects.get(pk=note.pk), seen=mark)
        for each in (OfficerFactory(), OfficerFactory())
    ]
    assert at_once(*acts) == ["This note has been approved.", "done"]
    assert Participation.objects.filter(user__email=ANA.email).count() == 1


def test_two_notes_that_name_the_same_new_person_make_one_account() -> None:
    one, two = make_review(), make_review(state="XMB")
    checker = OfficerFactory()
    notes = [
        submitted_by(focal_point_of(each), each.state_under_review, named(review=each.code, email="both@x.example"))
        for each in (one, two)
    ]
    acts = [lambda each=each: approve(checker, each) for each in notes]
    assert at_once(*acts) == ["done", "done"]
    assert User.objects.filter(email="both@x.example").count() == 1
    assert Participation.objects.filter(user__email="both@x.example").count() == 2


def test_a_note_is_approved_or_returned() -> None:
    review = make_review()
    recorder = focal_point_of(review)
    note = submitted_by(recorder, review.state_under_review, named(review=review.code))
    one, two = OfficerFactory(), OfficerFactory()
    outcome = at_once(lambda: approve(one, note), lambda: return_note(actor=two, note=note, reason="The scan."))
    note.refresh_from_db()
    registered = Participation.objects.filter(user__email=ANA.email).count()
    assert "done" in outcome and len(set(outcome)) == 2
    assert (note.status, registered) in {(NoteStatus.APPROVED, 1), (NoteStatus.RETURNED, 0)}


def test_a_note_is_submitted_before_or_after_a_person_is_added() -> None:
    review, recorder = make_review(), OfficerFactory()
    note = note_by(recorder, review.state_under_review, named(review=review.code))
    late = named(review=review.code, email="late@x.example")
    outcome = at_once(
        lambda: submit_note(actor=recorder, note=note),
        lambda: add_nominations(actor=recorder, note=note, namings=[late]),
    )
    is_in = note.nominations.filter(email=late.email).exists()
    assert outcome == (["done", "done"] if is_in else [BEING_CHECKED, "done"])


def test_a_person_is_added_once_by_two_presses() -> None:
    review, recorder = make_review(), OfficerFactory()
    note = note_by(recorder, review.state_under_review)
    press = [lambda: add_nominations(actor=recorder, note=note, namings=[named(review=review.code)])] * 2
    assert at_once(*press) == ["This person is named for this review already.", "done"]


def test_a_number_is_recorded_once_by_two_presses() -> None:
    review, recorder = make_review(), OfficerFactory()
    press = [lambda: note_by(recorder, review.state_under_review)] * 2
    refused, done = at_once(*press)
    assert (refused.startswith("A note with this number is recorded"), done) == (True, "done")
    assert NoteVerbale.objects.count() == 1
