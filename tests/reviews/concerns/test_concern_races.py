"""What is done with a private consultation at the same moment. (These tests commit, and so build their own reviews.)"""

from collections.abc import Callable, Iterator

import pytest

from accounts.people.models import User
from core.audit import first_break_anywhere
from reviews.cases.models import Review
from reviews.concerns.models import Concern, ConcernMessage
from reviews.concerns.services import close_concern, open_concern, write_message
from reviews.registration.services.officers import assign_officer
from tests.factories.accounts import OfficerFactory
from tests.races import at_once
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _the_audit_is_whole() -> Iterator[None]:
    yield
    assert first_break_anywhere() is None


def opening(cast: Cast, name: str = "focal_point", officer: User | None = None) -> Callable[[], Concern]:
    """On a page of his or her own."""
    actor, review = User.objects.get(pk=cast.people[name].pk), Review.objects.get(pk=cast.review.pk)
    states = [cast.other_group_state]
    return lambda: open_concern(actor=actor, review=review, states=states, officer=officer, text="Let us talk.")


def test_two_states_open_one_each() -> None:
    cast = make_cast()
    assert at_once(opening(cast), opening(cast, "same_group_focal_point")) == ["done", "done"]
    assert {concern.state_party for concern in Concern.objects.all()} == {cast.state, cast.same_group_state}


def test_an_officer_who_is_replaced_meanwhile_is_invited_or_not_and_the_next_one_never() -> None:
    cast, other = make_cast(), OfficerFactory()
    review = Review.objects.get(pk=cast.review.pk)
    outcomes = at_once(
        opening(cast, officer=cast.officer), lambda: assign_officer(actor=other, review=review, officer=other)
    )
    invited = [concern.officer for concern in Concern.objects.all()]
    assert (outcomes[1], invited) == ("done", [cast.officer] if outcomes[0] == "done" else [])


def test_what_is_written_while_it_is_closed_keeps_it_open_or_is_not_sent() -> None:
    cast = make_cast()
    concern = opening(cast)()
    read = concern.messages.get()
    writer, closer = (User.objects.get(pk=cast.people[name].pk) for name in ("other_group_expert", "focal_point"))
    outcomes = at_once(
        lambda: write_message(actor=writer, concern=Concern.objects.get(pk=concern.pk), text="One more word."),
        lambda: close_concern(actor=closer, concern=Concern.objects.get(pk=concern.pk), message=read),
    )
    assert sorted(outcomes) == ["ServiceError", "done"]
    was_written = outcomes[0] == "done"
    assert (ConcernMessage.objects.count(), Concern.objects.get().closed_at is None) == (1 + was_written, was_written)


def test_two_presses_close_it_once() -> None:
    cast = make_cast()
    concern = opening(cast)()
    closers = [User.objects.get(pk=cast.focal_point.pk) for _press in range(2)]
    read = concern.messages.get()
    presses = [lambda user=user: close_concern(actor=user, concern=concern, message=read) for user in closers]
    assert sorted(at_once(*presses)) == ["ServiceError", "done"]
