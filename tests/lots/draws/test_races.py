"""What happens at the same moment. (These tests commit.)"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from accounts.states.models import StateParty
from core.errors import ServiceError
from core.policy import PolicyRefusedError
from lots.ceremony.services.drawing import run_draw
from lots.course.services import confirm_void, request_void
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw, Pairing, SeedPart
from lots.publication.services.publication import publish_draw
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.lots.making import Officers, commit, make_draw, reveal
from tests.utils import make_review, register

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], object], *others: Callable[[], object]) -> list[str]:
    """What comes of acts on connections of their own: done, or why not."""

    def one(each: Callable[[], object]) -> str:
        try:
            each()
        except (ServiceError, PolicyRefusedError) as error:
            return str(error)
        finally:
            connection.close()
        return "done"

    acts = (act, *others)
    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_two_officers_run_a_draw_once() -> None:
    draw = make_draw(DrawStatus.SEEDED)
    officers = [OfficerFactory(), OfficerFactory()]
    runs = [lambda each=each: run_draw(actor=each, draw=Draw.objects.get(pk=draw.pk)) for each in officers]
    assert at_once(*runs) == ["This draw has been run.", "done"]
    assert (draw.files.count(), Pairing.objects.count()) == (6, 52)


def test_two_presses_publish_once() -> None:
    draw, officer = make_draw(DrawStatus.DRAWN), OfficerFactory()
    presses = [lambda: publish_draw(actor=officer, draw=Draw.objects.get(pk=draw.pk))] * 2
    assert at_once(*presses) == ["This draw is published.", "done"]
    assert Review.objects.count() == 25


def test_two_draws_of_a_phase_are_not_both_published() -> None:
    draws = [make_draw(DrawStatus.DRAWN, value=value) for value in ("7", "8")]
    officer = OfficerFactory()
    acts = [lambda each=each: publish_draw(actor=officer, draw=each) for each in draws]
    published, done = at_once(*acts)
    assert (published[:8], published[11:], done) == (
        "Draw 3-T",
        "f this phase is published. It has to be voided before another one is published.",
        "done",
    )
    assert Draw.objects.filter(status=DrawStatus.PUBLISHED).count() == 1
    assert Review.objects.count() == 25


def test_a_review_that_is_opened_by_hand_meanwhile_is_taken_on() -> None:
    draw, officer = make_draw(DrawStatus.DRAWN), OfficerFactory()
    outcome: list[str] = []
    thread = threading.Thread(target=lambda: outcome.extend(at_once(lambda: publish_draw(actor=officer, draw=draw))))
    with transaction.atomic():
        make_review(state="XVE", phase=3)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the publication waits for the one review"
    thread.join(20)
    assert outcome == ["done"]
    assert Review.objects.count() == 25


def test_a_value_is_recorded_once() -> None:
    draw, officers = make_draw(DrawStatus.ANNOUNCED), Officers()
    for part in draw.seed_parts.all():
        commit(part, officers.keeper)
    part = draw.seed_parts.get(source="african")
    acts = [
        lambda each=each: reveal(SeedPart.objects.get(pk=part.pk), each) for each in (officers.keeper, officers.runner)
    ]
    assert at_once(*acts) == ["A value is recorded for this source; it cannot be changed.", "done"]


def test_the_last_two_values_complete_the_seed_once() -> None:
    draw, officer = make_draw(DrawStatus.ANNOUNCED), OfficerFactory()
    for part in draw.seed_parts.all():
        commit(part, officer)
    *first, one, two = draw.seed_parts.all()
    for part in first:
        reveal(part, officer)
    acts = [lambda each=each: reveal(SeedPart.objects.get(pk=each.pk), officer) for each in (one, two)]
    assert at_once(*acts) == ["done", "done"]
    draw.refresh_from_db()
    assert (draw.status, draw.seed.count("=7/")) == ("seeded", 5)


def test_two_who_prepare_at_once_get_two_codes() -> None:
    acts = [lambda: make_draw(DrawStatus.PREPARED)] * 2
    assert at_once(*acts) == ["done", "done"]
    assert sorted(Draw.objects.values_list("code", flat=True)) == ["3-T1", "3-T2"]


def test_somebody_who_is_being_registered_keeps_the_draw_from_being_voided() -> None:
    by = Officers()
    draw = request_void(actor=by.keeper, draw=make_draw(DrawStatus.PUBLISHED, officers=by), reason="A mistake.")
    state = StateParty.objects.get(iso3="XVE")
    outcome: list[str] = []
    thread = threading.Thread(target=lambda: outcome.extend(at_once(lambda: confirm_void(actor=by.runner, draw=draw))))
    with transaction.atomic():
        review = Review.objects.get(state_under_review=state)
        register(review, UserFactory(), state, ParticipationRole.FOCAL_POINT)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the voiding waits for the registration"
    thread.join(20)
    assert outcome == ["These reviews have begun, or somebody is registered in them: Veskaria. Nothing was voided."]
    assert Review.objects.count() == 25
