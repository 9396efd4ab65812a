"""Who takes part: the rules, the grants that follow, and the mail."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.registration.services.participation import end_participation, register_participant
from tests.factories.accounts import UserFactory
from tests.utils import SYSTEM, Cast, make_review, register


def refusal(review: Review, user: User, state: StateParty, role: ParticipationRole) -> tuple[str | None, str]:
    with pytest.raises(ServiceError) as caught:
        register(review, user, state, role)
    return caught.value.field, str(caught.value)


def test_a_participant_gets_the_grants_of_the_role(cast: Cast) -> None:
    newcomer = UserFactory()
    participation = register_participant(
        actor=SYSTEM,
        review=cast.review,
        user=newcomer,
        state_party=cast.state,
        role=ParticipationRole.GOVERNMENTAL_EXPERT,
        note_verbale="NV 12/2021",
    )
    assert (participation.side, participation.note_verbale) == ("under_review", "NV 12/2021")
    granted = cast.review.grants.filter(user=newcomer).values_list("permission__codename", flat=True)
    assert set(granted) == {"view_review", "read_review", "draft_review"}
    assert Affiliation.objects.filter(user=newcomer, state_party=cast.state, ends_on=None).count() == 1
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor_id) == ("reviews.participation.registered", None)


def test_a_participant_is_told_once_in_the_language_of_the_profile(cast: Cast) -> None:
    newcomer = UserFactory(language="ar")
    register(cast.review, newcomer, cast.state, ParticipationRole.OBSERVER)
    notification = Notification.objects.get(recipient=newcomer)
    assert notification.template == "reviews/registered"
    assert notification.context["path"] == "/ar/untoc/reviews/1-XVE/"


def test_a_contributor_is_told_that_the_own_focal_point_invites(cast: Cast) -> None:
    sentence = "The focal point of your State has invited you to contribute to review 1-XVE."
    for role, is_invited in ((ParticipationRole.NATIONAL_CONTRIBUTOR, True), (ParticipationRole.OBSERVER, False)):
        newcomer = UserFactory(language="en")
        register(cast.review, newcomer, cast.state, role)
        context = Notification.objects.get(recipient=newcomer).context
        words = render_to_string("email/reviews/registered.txt", context | {"recipient": newcomer})
        assert (sentence in words, "The secretariat" in words) == (is_invited, not is_invited)


@pytest.mark.parametrize("language", ["fr", "ru", "es", "zh-hans"])
def test_a_mail_leads_to_a_page_that_exists_whatever_the_language_of_the_reader(cast: Cast, language: str) -> None:
    """The pages speak fewer languages than a profile may name."""
    newcomer = UserFactory(language=language)
    register(cast.review, newcomer, cast.state, ParticipationRole.OBSERVER)
    assert Notification.objects.get(recipient=newcomer).context["path"] == "/en/untoc/reviews/1-XVE/"


def test_a_state_that_takes_no_part_registers_nobody(cast: Cast) -> None:
    field, message = refusal(cast.review, UserFactory(), cast.bystander_state, ParticipationRole.OBSERVER)
    assert (field, message) == ("state_party", "Marabaya does not take part in this review.")


def test_a_reviewing_state_has_no_contributors(cast: Cast) -> None:
    role = ParticipationRole.NATIONAL_CONTRIBUTOR
    field, message = refusal(cast.review, UserFactory(), cast.same_group_state, role)
    assert (field, message) == ("role", "A reviewing State has no national contributors.")


def test_nobody_takes_part_twice(cast: Cast) -> None:
    field, message = refusal(cast.review, cast.expert, cast.state, ParticipationRole.OBSERVER)
    assert (field, message) == ("email", "Expert already takes part in this review.")


def test_nobody_takes_part_for_two_sides(cast: Cast) -> None:
    field, _message = refusal(cast.review, cast.expert, cast.same_group_state, ParticipationRole.OBSERVER)
    assert field == "email"


def test_a_state_has_one_focal_point(cast: Cast) -> None:
    field, message = refusal(cast.review, UserFactory(), cast.state, ParticipationRole.FOCAL_POINT)
    assert field == "role"
    assert message == "Veskaria already has a focal point in this review. End that participation first."


def test_a_member_of_the_secretariat_takes_part_for_no_state(cast: Cast) -> None:
    """The secretariat sees no unsent draft of a State: nobody acts in both capacities."""
    field, message = refusal(cast.review, cast.officer, cast.state, ParticipationRole.GOVERNMENTAL_EXPERT)
    assert field == "email"
    assert message == "Oriane Officer belongs to the secretariat and takes part for no State."


def test_a_focal_point_can_be_replaced(cast: Cast) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    successor = UserFactory()
    register(cast.review, successor, cast.state, ParticipationRole.FOCAL_POINT)
    active = cast.review.participations.filter(role="focal_point", state_party=cast.state, ended_at=None)
    assert [participation.user for participation in active] == [successor]


def test_an_ended_participation_takes_the_grants_and_keeps_the_row(cast: Cast) -> None:
    ended = end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    assert ended.ended_at is not None
    assert cast.review.grants.filter(user=cast.expert).count() == 0
    assert Participation.objects.filter(user=cast.expert, review=cast.review).count() == 1


def test_ending_twice_changes_nothing(cast: Cast) -> None:
    first = end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    entries = AuditEntry.objects.count()
    second = end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    assert second.ended_at == first.ended_at
    assert AuditEntry.objects.count() == entries


def test_a_person_can_come_back(cast: Cast) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    back = register(cast.review, cast.expert, cast.state, ParticipationRole.OBSERVER)
    assert back.ended_at is None
    assert set(cast.review.grants.filter(user=cast.expert).values_list("permission__codename", flat=True)) == {
        "view_review",
        "read_review",
    }


@pytest.mark.parametrize("name", ["focal_point", "expert", "same_group_focal_point", "auditor"])
def test_only_officers_change_who_takes_part(cast: Cast, name: str) -> None:
    actor, newcomer = cast.people[name], UserFactory()
    with pytest.raises(PolicyRefusedError):
        register_participant(
            actor=actor,
            review=cast.review,
            user=newcomer,
            state_party=cast.state,
            role=ParticipationRole.OBSERVER,
        )
    with pytest.raises(PolicyRefusedError):
        end_participation(actor=actor, participation=cast.participations["observer"])
    assert cast.review.participations.filter(user=newcomer).count() == 0


@pytest.mark.django_db
def test_milestones_are_reached_when_every_state_has_its_people() -> None:
    review = make_review()  # the State under review has a focal point and an expert
    reached = dict(review.milestones.values_list("plan__slug", "reached_on"))
    assert reached["focal_points_appointed"] is None
    for reviewing in review.reviewing_states.all():
        register(review, UserFactory(), reviewing.state_party, ParticipationRole.FOCAL_POINT)
    reached = dict(review.milestones.values_list("plan__slug", "reached_on"))
    assert reached["focal_points_appointed"] == timezone.localdate()
    assert reached["experts_designated"] is None


def test_the_database_refuses_a_second_focal_point_too(cast: Cast) -> None:
    """What no service would write is refused below it."""
    row = cast.participations["focal_point"]
    with pytest.raises(IntegrityError, match="one_active_focal_point"), transaction.atomic():
        Participation.objects.create(
            review=cast.review, user=UserFactory(), state_party=cast.state, role=row.role, side=row.side
        )


def test_an_affiliation_is_kept_as_it_is(cast: Cast) -> None:
    newcomer = UserFactory()
    Affiliation.objects.create(user=newcomer, state_party=cast.state, starts_on=date(2019, 1, 1))
    register(cast.review, newcomer, cast.state, ParticipationRole.OBSERVER)
    assert list(Affiliation.objects.filter(user=newcomer).values_list("starts_on", flat=True)) == [date(2019, 1, 1)]
