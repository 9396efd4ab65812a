"""Working languages and dates: proposed by one party, confirmed by the focal point of each State."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.http import Http404

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from questionnaires.sending.services import open_response
from reviews.cases.enums import ParticipationRole
from reviews.consultations.models import ConsultationConfirmation, ConsultationProposal
from reviews.consultations.selectors import standing_proposal, standing_words
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.registration.services.participation import end_participation
from reviews.steps.services.advancing import record_consultations
from tests.factories.accounts import UserFactory
from tests.utils import SYSTEM, Cast, fresh, make_cast, register

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(make_cast, "consultations")]
LATE_ANSWERS = {"answers_sent": dt.date(2022, 8, 1)}


@pytest.fixture
def scene(kept: Cast) -> Cast:
    return fresh(kept)


def propose(scene: Cast, actor: User, *languages: str, **more: object) -> ConsultationProposal:
    return propose_consultation(actor=actor, review=scene.review, languages=languages or ("en",), **more)


def confirm(scene: Cast, *names: str) -> None:
    for name in names:
        number = standing_proposal(scene.review).number
        confirm_consultation(actor=scene.people[name], review=scene.review, number=number)


def agree(scene: Cast, *languages: str, **more: object) -> ConsultationProposal:
    proposal = propose(scene, scene.focal_point, *languages, **more)
    confirm(scene, "same_group_focal_point", "other_group_focal_point")
    return proposal


def missing(scene: Cast) -> list[str]:
    return [state.iso3 for state in standing_words(scene.review).missing]


def dates_of(scene: Cast) -> dict[str, tuple[dt.date, dt.date | None]]:
    rows = scene.review.milestones.values_list("plan__slug", "due_on", "agreed_on")
    return {slug: (due_on, agreed_on) for slug, due_on, agreed_on in rows}


def test_a_focal_point_confirms_with_the_proposal(scene: Cast) -> None:
    propose(scene, scene.same_group_focal_point, "fr")
    assert missing(scene) == ["XVE", "XAL"]


def test_the_secretariat_proposes_for_nobody(scene: Cast) -> None:
    proposal = propose(scene, scene.officer, "fr")
    assert (proposal.proposed_by, proposal.proposed_for) == (scene.officer, None)
    assert missing(scene) == ["XVE", "XAL", "XLE"]


def test_nothing_holds_before_the_last_word(scene: Cast) -> None:
    before = dates_of(scene)
    propose(scene, scene.focal_point, "fr", dates=LATE_ANSWERS)
    confirm(scene, "same_group_focal_point")
    scene.review.refresh_from_db()
    assert scene.review.working_languages == []
    assert dates_of(scene) == before
    assert scene.review.milestones.get(plan__slug="consultations_held").reached_on is None


def test_the_last_word_makes_it_agreed(scene: Cast) -> None:
    agree(scene, "fr", "ar", dates=LATE_ANSWERS)
    scene.review.refresh_from_db()
    assert scene.review.working_languages == ["fr", "ar"]
    assert scene.review.step.slug == "consultations", "the officer opens the self-assessment"
    assert scene.review.milestones.get(plan__slug="consultations_held").reached_on is not None
    dates = dates_of(scene)
    assert dates["answers_sent"] == (dt.date(2022, 8, 1), dt.date(2022, 8, 1))
    assert dates["answers_processed"] == (dt.date(2022, 9, 1), None), "what is counted from it follows"
    assert dates["feedback_sent"] == (dt.date(2023, 3, 1), None)


def test_it_is_agreed_once(scene: Cast) -> None:
    agree(scene)
    confirm(scene, "focal_point", "same_group_focal_point", "other_group_focal_point")
    assert ConsultationConfirmation.objects.count() == 3
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1


def test_another_proposal_ends_the_one_before(scene: Cast) -> None:
    propose(scene, scene.focal_point, "fr")
    confirm(scene, "same_group_focal_point")
    propose(scene, scene.other_group_focal_point, "es")
    assert missing(scene) == ["XVE", "XLE"]
    with pytest.raises(ServiceError, match="Another proposal has been made in the meantime"):
        confirm_consultation(actor=scene.focal_point, review=scene.review, number=1)
    confirm(scene, "focal_point", "same_group_focal_point")
    scene.review.refresh_from_db()
    assert scene.review.working_languages == ["es"]


def test_a_date_that_is_agreed_no_longer_gives_way_to_the_plan(scene: Cast) -> None:
    planned = dates_of(scene)["answers_sent"]
    agree(scene, dates=LATE_ANSWERS)
    agree(scene, dates={"feedback_sent": dt.date(2023, 6, 1)})
    dates = dates_of(scene)
    assert dates["answers_sent"] == planned
    assert dates["feedback_sent"] == (dt.date(2023, 6, 1), dt.date(2023, 6, 1))


def test_a_state_without_a_focal_point_is_waited_for(scene: Cast) -> None:
    end_participation(actor=SYSTEM, participation=scene.participations["other_group_focal_point"])
    propose(scene, scene.focal_point)
    confirm(scene, "same_group_focal_point")
    assert missing(scene) == ["XAL"]
    newcomer = UserFactory()
    register(scene.review, newcomer, scene.other_group_state, ParticipationRole.FOCAL_POINT)
    confirm_consultation(actor=newcomer, review=scene.review, number=1)
    assert missing(scene) == []


def test_the_secretariat_may_go_on_with_what_is_not_agreed(scene: Cast) -> None:
    propose(scene, scene.focal_point, "fr", dates=LATE_ANSWERS)
    record_consultations(scene.officer, scene.review)
    assert scene.review.step.slug == "self_assessment"
    assert scene.review.working_languages == [], "what nobody agreed on does not hold"
    with pytest.raises(PolicyRefusedError, match="have been recorded"):
        confirm(scene, "same_group_focal_point")


def test_the_state_answers_in_the_first_language_agreed_on(scene: Cast) -> None:
    agree(scene, "ar", "en")
    assert open_response(scene.officer, scene.review).language == "ar"


def test_without_an_agreement_the_answers_are_in_english(scene: Cast) -> None:
    assert open_response(scene.officer, scene.review).language == "en"


def test_a_third_language_needs_a_reason(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="exceptional circumstances") as refusal:
        propose(scene, scene.focal_point, "ar", "en", "fr", reason="  ")
    assert refusal.value.field == "reason"
    proposal = propose(scene, scene.focal_point, "ar", "en", "fr", reason="Two legal traditions.")
    assert (proposal.languages, proposal.reason) == (["ar", "en", "fr"], "Two legal traditions.")


def test_a_reason_is_kept_only_where_it_is_needed(scene: Cast) -> None:
    assert propose(scene, scene.focal_point, "ar", "en", "ar", reason="Not needed.").reason == ""


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        ([], "Choose at least one working language"),
        (["de"], "not one of the working languages"),
        (["ar", "en", "fr", "es"], "at most 3 working languages"),
    ],
)
def test_languages_that_are_refused(scene: Cast, languages: list[str], message: str) -> None:
    with pytest.raises(ServiceError, match=message) as refusal:
        propose_consultation(actor=scene.focal_point, review=scene.review, languages=languages, reason="A reason.")
    assert refusal.value.field == "languages"


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"answers_sent": dt.date(2021, 10, 31)}, "date_answers_sent"),
        ({"answers_sent": dt.date(2022, 5, 1), "feedback_sent": dt.date(2022, 4, 30)}, "date_feedback_sent"),
        ({"answers_processed": dt.date(2022, 6, 1)}, "date_answers_processed"),
        ({"consultations_held": dt.date(2022, 6, 1)}, "date_consultations_held"),
        ({"phase_end": dt.date(2024, 6, 1)}, "date_phase_end"),
    ],
)
def test_dates_that_are_refused(scene: Cast, dates: dict[str, dt.date], field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        propose(scene, scene.focal_point, dates=dates)
    assert refusal.value.field == field
    assert not ConsultationProposal.objects.exists()


def test_who_proposes_and_who_confirms(scene: Cast) -> None:
    propose(scene, scene.officer)
    focal_points = {"focal_point", "same_group_focal_point", "other_group_focal_point"}
    may_confirm = {name for name in scene.people if is_allowed(lambda: confirm(scene, name))}  # noqa: B023
    may_propose = {name for name, user in scene.people.items() if is_allowed(lambda: propose(scene, user))}  # noqa: B023
    assert may_confirm == focal_points
    assert may_propose == focal_points | {"officer", "administrator"}


def is_allowed(act: Callable[[], object]) -> bool:
    try:
        act()
    except (PolicyRefusedError, Http404):
        return False
    return True


def test_the_other_focal_points_are_told_once(scene: Cast) -> None:
    Notification.objects.all().delete()
    propose(scene, scene.focal_point)
    told = Notification.objects.values_list("recipient__email", flat=True)
    assert set(told) == {scene.same_group_focal_point.email, scene.other_group_focal_point.email}
    Notification.objects.all().delete()
    confirm(scene, "same_group_focal_point", "other_group_focal_point")
    assert sorted(told.all()) == sorted(
        user.email
        for user in (scene.focal_point, scene.same_group_focal_point, scene.other_group_focal_point, scene.officer)
    )
