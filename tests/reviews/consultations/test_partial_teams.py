"""The others go ahead where a State has not named its people; it may join at any time."""

import pytest
from django.http import Http404

from accounts.affiliations.services import affiliate
from accounts.people.models import Affiliation
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import PartialTeam
from reviews.consultations.going_ahead import go_ahead_without
from reviews.consultations.selectors import standing_proposal, standing_words
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.factories.accounts import UserFactory
from tests.utils import SYSTEM, Cast


def without_focal_point() -> Cast:
    """The State of the other group has lost its focal point and named no other."""
    cast = utils.make_cast("consultations")
    end_participation(actor=SYSTEM, participation=cast.participations["other_group_focal_point"])
    return cast


pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(without_focal_point)]
REASON = "Three reminders were not answered."


@pytest.fixture
def scene(kept: Cast) -> Cast:
    return utils.fresh(kept)


def go_ahead(scene: Cast, **more: object) -> PartialTeam:
    given = {"actor": scene.officer, "state_party": scene.other_group_state, "reason": REASON, **more}
    return go_ahead_without(review=scene.review, **given)


def propose(scene: Cast, who: str = "focal_point", *languages: str) -> None:
    propose_consultation(actor=scene.people[who], review=scene.review, languages=languages or ("en",))


def confirm(scene: Cast, who: str) -> None:
    number = standing_proposal(scene.review).number
    confirm_consultation(actor=scene.people[who], review=scene.review, number=number)


def missing(scene: Cast) -> list[str]:
    return [state.iso3 for state in standing_words(scene.review).missing]


def join(scene: Cast) -> None:
    """The State names a new focal point."""
    user = UserFactory()
    utils.register(scene.review, user, scene.other_group_state, ParticipationRole.FOCAL_POINT)
    scene.other_group_focal_point = user


def languages(scene: Cast) -> list[str]:
    scene.review.refresh_from_db()
    return scene.review.working_languages


def test_the_word_of_a_state_without_a_focal_point_is_not_waited_for(scene: Cast) -> None:
    propose(scene)
    assert missing(scene) == ["XAL", "XLE"]
    go_ahead(scene)
    assert missing(scene) == ["XLE"]
    confirm(scene, "same_group_focal_point")
    assert languages(scene) == ["en"]


def test_the_record_completes_what_only_waited_for_that_state(scene: Cast) -> None:
    propose(scene)
    confirm(scene, "same_group_focal_point")
    assert languages(scene) == []
    go_ahead(scene)
    assert languages(scene) == ["en"]
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1


def test_a_state_that_joins_later_may_confirm_what_is_agreed_and_changes_nothing(scene: Cast) -> None:
    propose(scene)
    go_ahead(scene)
    confirm(scene, "same_group_focal_point")
    join(scene)
    assert missing(scene) == []
    confirm(scene, "other_group_focal_point")
    assert languages(scene) == ["en"]
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1, "agreed once"


def test_a_state_that_joins_later_may_propose_otherwise_and_is_asked_from_then_on(scene: Cast) -> None:
    propose(scene)
    go_ahead(scene)
    confirm(scene, "same_group_focal_point")
    join(scene)
    propose(scene, "other_group_focal_point", "fr")
    assert missing(scene) == ["XVE", "XLE"]
    propose(scene, "focal_point", "en")
    assert missing(scene) == ["XAL", "XLE"], "its word on what is proposed after it joined is needed"
    assert languages(scene) == ["en"], "what was agreed holds meanwhile"


def test_it_is_recorded_without_the_reason_and_told_to_all(scene: Cast) -> None:
    member = UserFactory()
    affiliate(member, scene.other_group_state)
    Affiliation.objects.filter(user=member).update(is_permanent_mission=True)
    go_ahead(scene)
    entry = AuditEntry.objects.get(verb="reviews.consultation.went_ahead")
    assert entry.after == {"state": scene.other_group_state.iso3}
    mails = Notification.objects.filter(key__startswith="went_ahead")
    assert {mail.recipient for mail in mails} == {scene.focal_point, scene.same_group_focal_point, member}
    assert not any(REASON in str(mail.context) for mail in mails)


def test_the_milestones_of_naming_people_are_reached_by_the_others(scene: Cast) -> None:
    open_before = scene.review.milestones.filter(plan__slug="focal_points_appointed", reached_on=None)
    open_before.model.objects.filter(review=scene.review).update(reached_on=None)
    assert open_before.exists()
    go_ahead(scene)
    assert not open_before.exists()


def test_only_officers_record_it_during_the_consultations(scene: Cast) -> None:
    for name in ("focal_point", "same_group_focal_point", "expert", "auditor"):
        with pytest.raises(PolicyRefusedError):
            go_ahead(scene, actor=scene.people[name])
    for name in ("stranger", "bystander"):
        with pytest.raises(Http404):
            go_ahead(scene, actor=scene.people[name])
    utils.take_to("self_assessment", scene.review, scene.focal_point, scene.expert)
    with pytest.raises(PolicyRefusedError):
        go_ahead(scene)
    assert PartialTeam.objects.count() == 0


@pytest.mark.parametrize("state", ["same_group_state", "bystander_state"])
def test_a_state_that_has_named_its_people_or_takes_no_part_is_refused(scene: Cast, state: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        go_ahead(scene, state_party=getattr(scene, state))
    assert refusal.value.field == "state"


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_reason_is_needed(scene: Cast, reason: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        go_ahead(scene, reason=reason)
    assert refusal.value.field == "reason"


def test_it_is_recorded_once_and_again_only_after_the_state_has_joined_and_left(scene: Cast) -> None:
    go_ahead(scene)
    with pytest.raises(ServiceError):
        go_ahead(scene)
    join(scene)
    part = scene.review.participations.get(user=scene.other_group_focal_point)
    end_participation(actor=SYSTEM, participation=part)
    go_ahead(scene)
    propose(scene)
    assert missing(scene) == ["XLE"]
