"""Opening and withdrawing a review: the rules of the drawing of lots, each refusal by its field."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.http import Http404

from accounts.states.models import StateParty
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from portal.cockpit.enums import BulkKind
from portal.cockpit.selectors.bulk import Terms
from portal.cockpit.services import prepare_bulk_act
from reviews.cases.enums import ParticipationRole, ReviewingBasis
from reviews.cases.models import Review, ReviewArticle, ReviewingState
from reviews.cases.selectors import left_out_of
from reviews.consultations.services import propose_consultation
from reviews.opening.services.reviews import Reviewer, open_review, withdraw_review
from reviews.preferences.models import Mute
from reviews.programme.enums import MilestoneKind
from reviews.programme.models import Instrument, Phase, PhasePeriod, ReviewGroup
from reviews.registration.services.participation import end_participation
from reviews.steps.services.advancing import reach_milestone, record_consultations
from tests.factories.accounts import AdministratorFactory, AuditorFactory, OfficerFactory, UserFactory
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import STARTS_ON, SYSTEM, fictional_state, make_review, register

pytestmark = pytest.mark.django_db

# XVE is party to all four instruments, XLE (same group) and XAL (other group) too.
SAME, OTHER = ReviewingBasis.SAME_GROUP, ReviewingBasis.OTHER_GROUP


def open_it(**changes: Any) -> Review:
    given: dict[str, Any] = {
        "actor": OfficerFactory(),
        "phase": Phase.objects.get(mechanism__slug="untoc", number=1),
        "state_under_review": fictional_state("XVE"),
        "reviewers": [Reviewer(fictional_state("XLE"), SAME), Reviewer(fictional_state("XAL"), OTHER)],
        "starts_on": STARTS_ON,
    }
    return open_review(**given | changes)


def refusal(**changes: Any) -> tuple[str | None, str]:
    with pytest.raises(ServiceError) as caught:
        open_it(**changes)
    assert Review.objects.count() == 0, "nothing may be left of a review that was refused"
    return caught.value.field, str(caught.value)


def test_a_review_covers_every_instrument_the_state_is_party_to() -> None:
    group = ReviewGroup.objects.get(mechanism__slug="untoc", number=2)
    review = open_it(review_group=group)
    assert review.code == "1-XVE"
    assert review.step.slug == "consultations"
    assert review.review_group == group
    assert list(review.instruments.values_list("slug", flat=True)) == ["untoc", "tip", "som", "firearms"]
    assert {
        (row.state_party.iso3, row.basis, tuple(row.instruments.values_list("slug", flat=True)))
        for row in review.reviewing_states.all()
    } == {
        ("XLE", "same_group", ("untoc", "tip", "som", "firearms")),
        ("XAL", "other_group", ("untoc", "tip", "som", "firearms")),
    }


def test_the_history_begins_and_the_dates_are_there() -> None:
    officer = OfficerFactory()
    review = open_it(actor=officer)
    change = review.step_changes.get()
    assert (change.from_step, change.to_step.slug, change.actor) == (None, "consultations", officer)
    assert review.milestones.count() == 11
    assert review.milestones.get(plan__slug="answers_sent").due_on == dt.date(2022, 5, 1)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.target_id) == ("reviews.review.opened", officer, str(review.pk))


@pytest.mark.parametrize(
    ("starts_on", "is_covered"),
    [(dt.date(2020, 12, 1), False), (dt.date(2021, 6, 15), False), (dt.date(2021, 6, 16), True)],
)
def test_a_protocol_is_reviewed_that_is_in_force_on_the_start(starts_on: dt.date, is_covered: bool) -> None:
    # XQU acceded to the Smuggling of Migrants Protocol on 17 May 2021: the thirtieth day after is 16 June.
    reviewers = [Reviewer(fictional_state("XMB"), SAME), Reviewer(fictional_state("XAL"), OTHER)]
    review = open_it(state_under_review=fictional_state("XQU"), reviewers=reviewers, starts_on=starts_on)
    expected = {"untoc", "tip", "firearms"} | ({"som"} if is_covered else set())
    assert set(review.instruments.values_list("slug", flat=True)) == expected
    assert {row.article.instrument.slug for row in ReviewArticle.objects.filter(review=review)} == expected
    assert set(review.party_to) == expected | {"uncac"}
    assert [(row.adherence.instrument.slug, row.binds_from) for row in left_out_of(review)] == (
        [] if is_covered else [("som", dt.date(2021, 6, 16))]
    )


def test_a_reviewing_state_is_bound_on_the_start_too() -> None:
    reviewers = [Reviewer(fictional_state("XQU"), OTHER)]
    row = open_it(reviewers=reviewers, starts_on=dt.date(2021, 6, 15)).reviewing_states.get()
    assert set(row.instruments.values_list("slug", flat=True)) == {"untoc", "tip", "firearms"}


def test_reviewing_states_cover_what_they_are_party_to() -> None:
    # XWX is not party to the Firearms Protocol.
    reviewers = [Reviewer(fictional_state("XWX"), OTHER)]
    row = open_it(reviewers=reviewers).reviewing_states.get()
    assert list(row.instruments.values_list("slug", flat=True)) == ["untoc", "tip", "som"]


@pytest.mark.parametrize("factory", [UserFactory, AuditorFactory])
def test_only_an_officer_opens(factory: type) -> None:
    with pytest.raises(PolicyRefusedError):
        open_it(actor=factory())
    assert Review.objects.count() == 0


def test_an_administrator_opens() -> None:
    assert open_it(actor=AdministratorFactory()).code == "1-XVE"


def test_a_state_that_is_party_to_nothing_is_refused() -> None:
    # XLA joined the Convention in 2014.
    field, message = refusal(state_under_review=fictional_state("XLA"), reviewers=[], starts_on=dt.date(2013, 1, 1))
    assert field == "state_under_review"
    assert message == "No instrument under review is in force for Laruvai on that day."


def test_a_second_review_in_the_phase_is_refused() -> None:
    open_it()
    with pytest.raises(ServiceError, match="in phase 1 is already open") as caught:
        open_it()
    assert caught.value.field == "state_under_review"


def test_the_same_state_may_be_reviewed_in_another_phase() -> None:
    open_it()
    second = Phase.objects.get(mechanism__slug="untoc", number=2)
    assert open_it(phase=second, reason="The first one goes on beside it.").code == "2-XVE"


def test_a_state_does_not_review_itself() -> None:
    field, message = refusal(reviewers=[Reviewer(fictional_state("XVE"), SAME)])
    assert (field, message) == ("reviewers", "Veskaria is named twice.")


def test_a_state_does_not_review_twice() -> None:
    twice = [Reviewer(fictional_state("XLE"), SAME), Reviewer(fictional_state("XLE"), SAME)]
    assert refusal(reviewers=twice) == ("reviewers", "Lestovia is named twice.")


def test_the_same_group_means_the_same_group() -> None:
    field, message = refusal(reviewers=[Reviewer(fictional_state("XAL"), SAME)])
    assert (field, message) == ("same_group", "Aldermark is not from the same regional group.")


def test_another_group_means_another_group() -> None:
    field, message = refusal(reviewers=[Reviewer(fictional_state("XLE"), OTHER)])
    assert (field, message) == ("other_group", "Lestovia is not from another regional group.")


def test_nobody_reviews_what_it_is_not_party_to() -> None:
    firearms = Instrument.objects.filter(slug="firearms")
    field, message = refusal(reviewers=[Reviewer(fictional_state("XWX"), OTHER, list(firearms))])
    assert (field, message) == ("other_group", "Wexmoor is not party to the instruments that it would review.")


def test_a_state_without_a_group_stands_with_the_one_that_it_was_drawn_with() -> None:
    union, same, other = (StateParty.objects.get(iso3=iso3) for iso3 in ("EUE", "NOR", "BRA"))
    drawn_with = {union.pk: same.regional_group_id}
    review = open_it(
        state_under_review=union,
        reviewers=[Reviewer(same, SAME), Reviewer(other, OTHER)],
        drawn_with=drawn_with,
    )
    assert set(review.reviewing_states.values_list("state_party__iso3", "basis")) == {
        ("NOR", "same_group"),
        ("BRA", "other_group"),
    }


def test_without_a_draw_a_state_without_a_group_has_no_same_group() -> None:
    union, same = (StateParty.objects.get(iso3=iso3) for iso3 in ("EUE", "NOR"))
    field, message = refusal(state_under_review=union, reviewers=[Reviewer(same, SAME)])
    assert (field, message) == ("same_group", "Norway is not from the same regional group.")


def test_what_the_draw_gave_and_is_not_in_force_is_left_out() -> None:
    """The draw counts deposits: XQU was drawn with the Smuggling of Migrants Protocol a month before it bound it."""
    quilmara, protocol = fictional_state("XQU"), list(Instrument.objects.filter(slug="som"))
    every = list(Instrument.objects.exclude(mechanism=None))
    review = open_it(
        state_under_review=quilmara,
        reviewers=[
            Reviewer(fictional_state("XMB"), SAME, every),
            Reviewer(fictional_state("XAL"), OTHER, every),
            Reviewer(fictional_state("XLE"), OTHER, protocol),
        ],
        starts_on=dt.date(2021, 6, 1),
        drawn_with={},
    )
    assert {row.state_party.iso3: row.instruments.count() for row in review.reviewing_states.all()} == {
        "XMB": 3,
        "XAL": 3,
    }
    assert set(review.instruments.values_list("slug", flat=True)) == {"untoc", "tip", "firearms"}


def test_a_reviewer_that_was_drawn_need_not_be_bound_yet() -> None:
    every = list(Instrument.objects.exclude(mechanism=None))
    reviewers = [Reviewer(fictional_state("XQU"), OTHER, every)]
    row = open_it(reviewers=reviewers, starts_on=dt.date(2021, 6, 1), drawn_with={}).reviewing_states.get()
    assert row.instruments.count() == 4


def test_a_review_that_has_not_begun_is_withdrawn() -> None:
    officer, review = OfficerFactory(), open_it()
    key = str(review.pk)
    withdraw_review(actor=officer, review=review)
    assert (Review.objects.count(), ReviewingState.objects.count()) == (0, 0)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.target_id) == ("reviews.review.withdrawn", officer, key)
    assert entry.before == {
        "state_under_review": "XVE",
        "reviewing_states": ["XAL", "XLE"],
        "starts_on": "2021-11-01",
    }
    assert open_it().code == "1-XVE"


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")
def test_what_another_officer_has_muted_or_prepared_of_it_goes_with_it() -> None:
    officer, colleague, review, other = OfficerFactory(), OfficerFactory(), open_it(), make_review("self_assessment")
    for each in (review, other):
        Mute.objects.create(user=colleague, review=each)
    act = prepare_bulk_act(
        actor=colleague, mechanism=review.mechanism, kind=BulkKind.EXTEND, reviews=Review.objects.all(),
        terms=Terms(days=14, reason="The ministries are being moved."),
    )  # fmt: skip
    with plain_role(), identified_as(officer):
        kept = Mute.objects.filter(review=other).delete()[0], act.lines.filter(review=other).delete()[0]
        withdraw_review(actor=officer, review=review)
        connection.check_constraints()
    assert (kept, Mute.objects.get().review, act.lines.get().review) == ((0, 0), other, other)


def begun(review: Review, what: str) -> None:
    if what == "registered":
        register(review, UserFactory(), review.state_under_review, ParticipationRole.OBSERVER)
    elif what == "registered and ended":
        participation = register(review, UserFactory(), review.state_under_review, ParticipationRole.OBSERVER)
        end_participation(actor=SYSTEM, participation=participation)
    elif what == "milestone":
        reach_milestone(review, MilestoneKind.FOCAL_POINTS, STARTS_ON)
    else:
        propose_consultation(actor=OfficerFactory(), review=review, languages=["en"])


@pytest.mark.parametrize("what", ["registered", "registered and ended", "milestone", "proposal"])
def test_a_review_in_which_something_has_happened_stays(what: str) -> None:
    review = open_it()
    begun(review, what)
    with pytest.raises(ServiceError) as caught:
        withdraw_review(actor=OfficerFactory(), review=review)
    assert str(caught.value) == "The review of Veskaria has begun, or somebody is registered in it."
    assert Review.objects.count() == 1


def test_a_review_that_has_moved_on_stays() -> None:
    review = record_consultations(OfficerFactory(), open_it())
    with pytest.raises(PolicyRefusedError, match="This review has begun; it can no longer be withdrawn"):
        withdraw_review(actor=OfficerFactory(), review=review)


@pytest.mark.parametrize(("factory", "error"), [(UserFactory, Http404), (AuditorFactory, PolicyRefusedError)])
def test_only_an_officer_withdraws(factory: type, error: type[Exception]) -> None:
    review = open_it()
    with pytest.raises(error):
        withdraw_review(actor=factory(), review=review)
    assert Review.objects.count() == 1


def test_a_review_that_begins_later_than_its_group_reviews_no_more_for_that() -> None:
    """What binds a State is looked at on the day on which its group starts, whenever the review itself begins."""
    group = ReviewGroup.objects.get(mechanism__slug="untoc", number=1)
    period = PhasePeriod.objects.get(phase__number=1, phase__mechanism__slug="untoc", review_group=group)
    firearms = fictional_state("XVE").adherences.filter(instrument__slug="firearms")
    assert firearms.update(deposited_on=period.period.lower) == 1
    review = open_it(review_group=group, starts_on=period.period.lower + dt.timedelta(days=365))
    assert list(review.instruments.values_list("slug", flat=True)) == ["untoc", "tip", "som"]
