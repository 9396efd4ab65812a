"""What is said and what is counted at the same moment in the consultations. (These tests commit.)"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from core.audit import first_break_anywhere
from core.database.identity import identified_as_system
from core.models import AuditEntry, Notification
from reviews.cases.models import PartialTeam
from reviews.consultations.going_ahead import go_ahead_without
from reviews.consultations.models import ConsultationConfirmation, ConsultationProposal
from reviews.consultations.services import confirm_consultation, count_silence, propose_consultation
from reviews.programme.models import Limit
from reviews.registration.services.participation import end_participation
from tests.dialogue.exchange.test_exchange_races import as_new, at_once
from tests.utils import SYSTEM, Cast, fresh, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
DAYS, NOTICE = 21, 7


@pytest.fixture
def scene(transactional_db: None) -> Cast:
    return make_cast("consultations")


@pytest.fixture
def silence(scene: Cast) -> Callable[[], object]:
    """The States were told that their silence counts today; what counts it, as the worker does."""
    limits = Limit.objects.filter(key="consultation_silence_days")
    limits.update(value=DAYS)
    propose_consultation(actor=scene.focal_point, review=scene.review, languages=["en"])
    today = timezone.localdate()
    assert count_silence(today + dt.timedelta(days=DAYS - NOTICE)) == (2, 0)

    def count() -> object:
        with identified_as_system():
            return count_silence(today + dt.timedelta(days=DAYS))

    yield count
    limits.update(value=0)


def proposal(scene: Cast, name: str, language: str) -> Callable[[], object]:
    user = as_new(scene.people[name])
    return lambda: propose_consultation(actor=user, review=scene.review, languages=[language])


def confirmation(scene: Cast, name: str, number: int = 1) -> Callable[[], object]:
    user = as_new(scene.people[name])
    return lambda: confirm_consultation(actor=user, review=scene.review, number=number)


def test_of_two_counter_proposals_at_once_the_later_stands_and_both_are_kept(scene: Cast) -> None:
    propose_consultation(actor=scene.focal_point, review=scene.review, languages=["en"])
    acts = (proposal(scene, "same_group_focal_point", "fr"), proposal(scene, "other_group_focal_point", "ar"))
    assert at_once(*acts) == ["done", "done"]
    rows = ConsultationProposal.objects.order_by("number")
    assert [row.number for row in rows] == [1, 2, 3]
    assert sorted(row.languages for row in rows) == [["ar"], ["en"], ["fr"]]
    assert [row.confirmations.count() for row in rows] == [1, 1, 1], "each confirmed by its own State alone"


def test_silence_is_counted_once_by_two_workers(scene: Cast, silence: Callable[[], object]) -> None:
    assert at_once(silence, silence, silence) == ["done"] * 3
    assert ConsultationConfirmation.objects.filter(focal_point=None).count() == 2
    assert AuditEntry.objects.filter(verb="reviews.consultation.silence_counted").count() == 2
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1
    assert Notification.objects.filter(key__startswith="silence_counted").count() == 2
    assert first_break_anywhere() is None


def test_a_confirmation_at_that_moment_is_one_word_and_never_two(scene: Cast, silence: Callable[[], object]) -> None:
    assert at_once(confirmation(scene, "same_group_focal_point"), silence) == ["done", "done"]
    words = ConsultationConfirmation.objects.filter(proposal__number=1)
    assert words.count() == 3
    assert words.filter(state_party=scene.same_group_state).count() == 1
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1


def test_a_counter_proposal_at_that_moment_is_never_confirmed_by_silence(
    scene: Cast, silence: Callable[[], object]
) -> None:
    assert at_once(proposal(scene, "same_group_focal_point", "fr"), silence) == ["done", "done"]
    counter = ConsultationProposal.objects.get(number=2)
    assert [row.state_party for row in counter.confirmations.all()] == [scene.same_group_state]


def test_going_ahead_and_the_last_confirmation_agree_once(scene: Cast) -> None:
    end_participation(actor=SYSTEM, participation=scene.participations["other_group_focal_point"])
    propose_consultation(actor=fresh(scene).focal_point, review=scene.review, languages=["en"])
    officer, state = as_new(scene.officer), scene.other_group_state
    acts = (
        lambda: go_ahead_without(actor=officer, review=scene.review, state_party=state, reason="No answer."),
        confirmation(scene, "same_group_focal_point"),
    )
    assert at_once(*acts) == ["done", "done"]
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1
    assert PartialTeam.objects.count() == 1
    scene.review.refresh_from_db()
    assert scene.review.working_languages == ["en"]
