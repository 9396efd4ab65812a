"""What States do at the same moment. (These tests commit, and so build their own reviews.)"""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import transaction

from accounts.people.models import User
from accounts.states.models import StateParty
from core.audit import first_break_anywhere
from core.errors import ConflictError
from dialogue.conclusion import conclude_for_all
from dialogue.exchange.models import WrittenFeedback
from observations.clearance.services import clear_version
from observations.observations.services import ObservationInput
from observations.publications.services import publish_text
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Publication, TextVersion
from observations.texts.selectors import headings_of, observations_on_table
from observations.versions.selectors import standing_version
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Clearance, Review, StepChange
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.programme.models import Instrument
from reviews.registration.services.invitation import find_or_invite_for_review
from reviews.registration.services.participation import end_participation, register_participant
from tests import journey
from tests.at_once import clear_feedback, edit_observation, propose_version, save_comment
from tests.races import at_once
from tests.utils import SYSTEM, Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def as_new(user: User) -> User:
    """The same person on a page of his or her own."""
    return User.objects.get(pk=user.pk)


def the_text(cast: Cast, slug: str = "untoc", kind: TextKind = TextKind.LIST_OF_OBSERVATIONS) -> AgreedText:
    return AgreedText.objects.get(review=cast.review, instrument__slug=slug, kind=kind)


def clear(cast: Cast, name: str, **which: str) -> Callable[[], object]:
    text, user = the_text(cast, **which), as_new(cast.people[name])
    return lambda: clear_version(actor=user, text=text, sha256=standing_version(text).sha256)


def moves_to(cast: Cast, step: str) -> int:
    return StepChange.objects.filter(review=cast.review, to_step__slug=step).count()


@pytest.fixture(autouse=True)
def _the_audit_is_whole() -> Iterator[None]:
    yield
    assert first_break_anywhere() is None


def test_two_states_that_send_their_feedback_move_the_review_once() -> None:
    cast = make_cast("written_feedback")
    acts = []
    for name, iso3 in (("same_group_focal_point", "XLE"), ("other_group_focal_point", "XAL")):
        journey.write_feedback(cast.review, cast.people[name], f"Words of {iso3}.")
        feedback, user = WrittenFeedback.objects.get(state_party__iso3=iso3), as_new(cast.people[name])
        acts.append(lambda user=user, feedback=feedback: clear_feedback(actor=user, feedback=feedback))
    assert at_once(*acts) == ["done", "done"]
    assert (moves_to(cast, "dialogue"), moves_to(cast, "observations")) == (1, 0)


def test_a_second_press_sends_nothing_twice() -> None:
    cast = make_cast("written_feedback")
    journey.write_feedback(cast.review, cast.same_group_focal_point, "Words.")
    feedback = WrittenFeedback.objects.get(state_party__iso3="XLE")
    presses = [as_new(cast.same_group_focal_point) for _press in range(2)]
    outcomes = at_once(*(lambda user=user: clear_feedback(actor=user, feedback=feedback) for user in presses))
    assert sorted(outcomes) == ["PolicyRefusedError", "done"]
    assert Clearance.objects.filter(document_id=feedback.pk).count() == 1


def test_what_is_saved_while_it_is_sent_is_either_in_it_or_refused() -> None:
    cast = make_cast("written_feedback")
    journey.write_feedback(cast.review, cast.same_group_focal_point, "Words.")
    feedback = WrittenFeedback.objects.get(state_party__iso3="XLE")
    sender, writer = as_new(cast.same_group_focal_point), as_new(cast.same_group_expert)
    sent, saved = at_once(
        lambda: clear_feedback(actor=sender, feedback=WrittenFeedback.objects.get(pk=feedback.pk)),
        lambda: save_comment(
            actor=writer,
            feedback=WrittenFeedback.objects.get(pk=feedback.pk),
            instrument=Instrument.objects.get(slug="untoc"),
            question_code="I.untoc.5",
            text="At the last moment.",
            base=0,
        ),
    )
    feedback.refresh_from_db()
    if sent == "ServiceError":  # it was saved between the look and the sending
        assert (saved, feedback.status) == ("done", "draft")
        return
    texts = [comment["text"] for comment in feedback.document["comments"]]
    assert ("At the last moment." in texts) == (saved == "done")


def test_two_colleagues_who_begin_the_same_comment_overwrite_nothing() -> None:
    cast = make_cast("written_feedback")
    feedback = WrittenFeedback.objects.get(state_party__iso3="XLE")
    acts = [
        lambda user=user: save_comment(
            actor=as_new(user),
            feedback=feedback,
            instrument=Instrument.objects.get(slug="untoc"),
            question_code="I.untoc.5",
            text=f"By {user.pk}.",
            base=0,
        )
        for user in (cast.same_group_expert, cast.same_group_focal_point)
    ]
    assert sorted(at_once(*acts)) == [ConflictError.__name__, "done"]


def test_the_last_two_states_agree_at_once_and_the_dialogue_is_concluded_once() -> None:
    cast = make_cast("dialogue")
    conclude_for_all([cast.focal_point], journey.fresh(cast.review))
    last = (cast.same_group_focal_point, cast.other_group_focal_point, cast.other_group_focal_point)
    acts = [partial(conclude_for_all, [as_new(user)], journey.fresh(cast.review)) for user in last]
    assert sorted(at_once(*acts)) in (["PolicyRefusedError", "done", "done"], ["done", "done", "done"])
    assert Review.objects.get(pk=cast.review.pk).step.slug == "observations"
    assert (moves_to(cast, "observations"), moves_to(cast, "summary")) == (1, 0)


def cast_with_lists(*slugs: str) -> Cast:
    """The lists on the Convention and on firearms, or on ``slugs``, lie on the table; there are no others."""
    cast = make_cast("observations")
    AgreedText.objects.exclude(instrument__slug__in=slugs or ["untoc", "firearms"]).delete()
    journey.write_lists(cast.review)
    return cast


def test_two_focal_points_who_clear_make_it_agreed_once() -> None:
    cast = cast_with_lists()
    propose_version(actor=cast.same_group_focal_point, text=the_text(cast))
    assert at_once(clear(cast, "focal_point"), clear(cast, "other_group_focal_point")) == ["done", "done"]
    assert the_text(cast).status == "agreed"
    assert AgreedText.objects.filter(kind=TextKind.SUMMARY).count() == 1


def test_the_last_two_lists_that_are_agreed_move_the_review_once() -> None:
    """Each alone would find the other one open, or both would move it."""
    cast = cast_with_lists()
    for slug in ("untoc", "firearms"):
        propose_version(actor=cast.same_group_focal_point, text=the_text(cast, slug))
        clear(cast, "focal_point", slug=slug)()
    acts = [clear(cast, "other_group_focal_point", slug=slug) for slug in ("untoc", "firearms")]
    assert at_once(*acts) == ["done", "done"]
    assert (moves_to(cast, "summary"), moves_to(cast, "closed")) == (1, 0)


@pytest.mark.parametrize("_time", range(3))
def test_a_clearance_and_an_edit_never_meet_on_other_bytes(_time: int) -> None:
    cast = cast_with_lists()
    propose_version(actor=cast.same_group_focal_point, text=the_text(cast))
    observation = observations_on_table(the_text(cast))[0]
    given = ObservationInput(headings_of(cast.review)[0], list(observation.articles.all()), "Other words.")
    cleared, edited = at_once(
        clear(cast, "focal_point"),
        lambda: edit_observation(
            actor=as_new(cast.other_group_focal_point), observation=observation, given=given, base=1
        ),
    )
    version = TextVersion.objects.get()
    if edited == "ConflictError":  # it was cleared between the look and the save
        assert (cleared, standing_version(the_text(cast))) == ("done", version)
        return
    assert edited == "done"
    rows = Clearance.objects.filter(document_id=the_text(cast).pk, state_party=cast.state)
    assert [row.sha256 for row in rows] == ([version.sha256] if cleared == "done" else [])
    assert version.cancelled_at is not None
    assert (the_text(cast).status, standing_version(the_text(cast))) == ("drafting", None)


def test_the_last_clearance_and_an_edit_leave_what_was_cleared() -> None:
    """Whoever comes first: either the edit is refused, or nothing is agreed."""
    cast = cast_with_lists()
    propose_version(actor=cast.same_group_focal_point, text=the_text(cast))
    clear(cast, "focal_point")()
    observation = observations_on_table(the_text(cast))[0]
    given = ObservationInput(headings_of(cast.review)[0], list(observation.articles.all()), "Other words.")
    outcomes = at_once(
        clear(cast, "other_group_focal_point"),
        lambda: edit_observation(
            actor=as_new(cast.other_group_focal_point), observation=observation, given=given, base=1
        ),
    )
    text = the_text(cast)
    words = [row.text for row in observations_on_table(text)]
    if outcomes == ["done", "PolicyRefusedError"]:
        assert (text.status, words) == ("agreed", ["Observation on untoc."])
    else:
        assert outcomes[1] == "done"
        assert (text.status, words) == ("drafting", ["Other words."])


def test_two_proposals_at_once_become_one() -> None:
    cast = cast_with_lists()
    acts = [
        lambda user=user: propose_version(actor=as_new(user), text=the_text(cast))
        for user in (cast.same_group_focal_point, cast.other_group_focal_point)
    ]
    assert sorted(at_once(*acts)) == ["PolicyRefusedError", "done"]
    assert TextVersion.objects.count() == 1


def test_a_second_press_publishes_once() -> None:
    cast = cast_with_lists()
    journey.agree_on(the_text(cast))
    sha256 = standing_version(the_text(cast)).sha256
    presses = [as_new(cast.focal_point) for _press in range(2)]
    acts = (lambda user=user: publish_text(actor=user, text=the_text(cast), sha256=sha256) for user in presses)
    assert sorted(at_once(*acts)) == ["PolicyRefusedError", "done"]
    assert Publication.objects.count() == 1


def test_the_last_words_on_the_languages_agree_once() -> None:
    cast = make_cast("consultations")
    propose_consultation(actor=cast.focal_point, review=cast.review, languages=["fr"])
    acts = [
        lambda user=user: confirm_consultation(actor=as_new(user), review=journey.fresh(cast.review), number=1)
        for user in (cast.same_group_focal_point, cast.other_group_focal_point)
    ]
    assert at_once(*acts) == ["done", "done"]
    assert Review.objects.get(pk=cast.review.pk).working_languages == ["fr"]


def test_a_last_clearance_does_not_stand_still_with_a_registration() -> None:
    """Both append to the audit and both hold the review: in the same order, or each would wait for the other."""
    cast = cast_with_lists("untoc")
    propose_version(actor=cast.same_group_focal_point, text=the_text(cast))
    clear(cast, "focal_point")()
    outcomes = at_once(
        clear(cast, "other_group_focal_point"),
        *(
            lambda number=number: _register_newcomer(journey.fresh(cast.review), cast.state, number)
            for number in range(3)
        ),
    )
    assert outcomes == ["done"] * 4
    assert Review.objects.get(pk=cast.review.pk).step.slug == "summary"


@transaction.atomic
def _register_newcomer(review: Review, state: StateParty, number: int) -> None:
    address = f"newcomer{number}@states.example"
    user = find_or_invite_for_review(actor=SYSTEM, review=review, email=address, full_name="New Comer", language="en")
    register_participant(actor=SYSTEM, review=review, user=user, state_party=state, role=ParticipationRole.OBSERVER)


def test_a_focal_point_who_is_replaced_at_this_moment_clears_before_it_or_not_at_all() -> None:
    cast = cast_with_lists()
    propose_version(actor=cast.same_group_focal_point, text=the_text(cast))
    user, participation = as_new(cast.focal_point), cast.participations["focal_point"]
    cleared, ended = at_once(
        lambda: clear_version(actor=user, text=the_text(cast), sha256=standing_version(the_text(cast)).sha256),
        lambda: end_participation(actor=SYSTEM, participation=participation),
    )
    assert ended == "done"
    by_state = Clearance.objects.filter(document_id=the_text(cast).pk, state_party=cast.state).count()
    assert by_state == (1 if cleared == "done" else 0)
