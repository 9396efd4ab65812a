"""One person takes over from another: access, drafts, sections, mails, and the record."""

from collections.abc import Callable

import pytest
from django.http import Http404

from accounts.people.enums import AccountStatus
from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can
from observations.texts.enums import TextKind
from portal.work.in_hand import predecessors_of
from questionnaires.answers.services import AnswerInput, save_answer
from questionnaires.assignments.selectors import assignments_of
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.enums import ResponseAction
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer, SectionAssignment
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Participation, ReviewMilestone
from reviews.registration.services.invitation import find_or_invite_for_review
from reviews.registration.services.participation import end_participation
from reviews.registration.services.replacement import replace_participant
from tests.dialogue.exchange.exchange import comment, feedback_of
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.permissions.pieces import Planter
from tests.utils import SYSTEM, Cast, fresh, save

pytestmark = pytest.mark.django_db


def replace(cast: Cast, part: str, user: User | None = None) -> Participation:
    new = replace_participant(
        actor=SYSTEM, participation=cast.participations[part], user=user or UserFactory(full_name="Successor")
    )
    fresh(cast)
    return new


def grants_of(cast: Cast, user: User) -> set[str]:
    return set(cast.review.grants.filter(user=user).values_list("permission__codename", flat=True))


@pytest.mark.parametrize("part", ["focal_point", "expert", "contributor", "observer", "same_group_focal_point"])
def test_the_old_access_ends_and_the_new_one_begins_in_the_same_moment(cast: Cast, part: str) -> None:
    before = grants_of(cast, cast.people[part])
    old, new = cast.participations[part], replace(cast, part)
    old.refresh_from_db()
    assert old.ended_at == new.started_at
    assert (new.role, new.side, new.state_party) == (old.role, old.side, old.state_party)
    assert (grants_of(cast, cast.people[part]), grants_of(cast, new.user)) == (set(), before)
    assert not can(cast.people[part], ReviewAction.VIEW, cast.review)
    assert predecessors_of([new])[new.pk] == old


def test_whoever_was_replaced_saves_nothing_more(cast: Cast) -> None:
    replace(cast, "expert")
    assert cast.response is not None
    with pytest.raises((Http404, PolicyRefusedError)):
        save_answer(actor=cast.expert, response=cast.response, given=AnswerInput("I.untoc.5", ("Yes",)))
    assert Answer.objects.count() == 0


def test_milestones_stay_and_the_act_is_recorded(cast: Cast) -> None:
    reached = set(ReviewMilestone.objects.filter(review=cast.review).values_list("plan__slug", "reached_on"))
    new = replace(cast, "focal_point")
    assert set(ReviewMilestone.objects.filter(review=cast.review).values_list("plan__slug", "reached_on")) == reached
    verbs = list(AuditEntry.objects.order_by("-pk").values_list("verb", flat=True)[:3])
    assert verbs[0] == "reviews.participation.replaced"
    assert set(verbs[1:]) == {"reviews.participation.ended", "reviews.participation.registered"}
    entry = AuditEntry.objects.latest("pk")
    assert entry.before == {"participation": str(cast.participations["focal_point"].pk)}
    assert entry.after == {"review": "1-XVE", "participation": str(new.pk), "sections": 0}


def test_both_are_told_and_the_successor_is_led_to_the_handover_page(cast: Cast) -> None:
    Notification.objects.all().delete()
    new = replace(cast, "focal_point", UserFactory(language="ar"))
    told = {row.recipient: (row.template, row.context) for row in Notification.objects.select_related("recipient")}
    assert told == {
        new.user: ("reviews/taken_over", {"code": "1-XVE", "path": "/ar/untoc/reviews/1-XVE/handover/"}),
        cast.focal_point: ("reviews/ended", {"code": "1-XVE", "role": "Focal point", "path": "/en/"}),
    }


def test_whoever_may_not_open_the_handover_page_is_led_to_the_review(cast: Cast) -> None:
    new = replace(cast, "observer")
    mail = Notification.objects.get(recipient=new.user)
    assert (mail.template, mail.context["path"]) == ("reviews/registered", "/en/untoc/reviews/1-XVE/")


def test_sections_sent_to_a_ministry_pass_to_the_successor(cast: Cast) -> None:
    assert cast.response is not None
    place = index_of(cast.response.version_id).section_at("firearms", "article-3")
    old = cast.participations["contributor"]
    assign_sections(cast.focal_point, cast.response, participation=old, places=[place])
    new = replace(cast, "contributor")
    rows = SectionAssignment.objects.values_list("participation", "section")
    assert set(rows) == {(new.pk, place.pk)}
    assert can(new.user, ResponseAction.VIEW_DRAFT, cast.response)


def test_the_end_of_a_participation_takes_its_sections_back(cast: Cast) -> None:
    assert cast.response is not None
    place = index_of(cast.response.version_id).section_at("firearms", "article-3")
    assign_sections(cast.focal_point, cast.response, participation=cast.participations["contributor"], places=[place])
    end_participation(actor=SYSTEM, participation=cast.participations["contributor"])
    assert not assignments_of(cast.response).exists()
    assert not can(cast.contributor, ResponseAction.VIEW_DRAFT, cast.response)
    assert Notification.objects.filter(recipient=cast.contributor, template="reviews/ended").count() == 1


@pytest.mark.stage("dialogue")
def test_every_draft_stays_where_it_is(cast_at: Callable[[str], Cast]) -> None:
    """All kinds of drafts, before and after their writers and their focal points were replaced."""
    cast = cast_at("dialogue")
    planter = Planter(cast, "Kept")
    planter.plant("dialogue")
    texts = drafts(cast)
    assert sorted(name for name, _words in texts) == [
        "answer to a request", "observation", "reply", "request", "request", "request", "supplement", "supplement",
    ]  # fmt: skip
    for part in ("focal_point", "expert", "same_group_focal_point", "same_group_expert"):
        replace(cast, part)
    assert drafts(cast) == texts


def drafts(cast: Cast) -> set[tuple[str, str]]:
    from dialogue.exchange.models import (
        ClarificationAnswer,
        ClarificationRequest,
        FeedbackReply,
        SupplementaryInformation,
    )
    from observations.texts.models import Observation

    own = {"review": cast.review, "room__in": [cast.state, cast.same_group_state]}
    found = {("request", row.text) for row in ClarificationRequest.objects.filter(**own)}
    found |= {("answer to a request", row.text) for row in ClarificationAnswer.objects.filter(**own)}
    found |= {("reply", row.text) for row in FeedbackReply.objects.filter(**own)}
    found |= {("supplement", row.title) for row in SupplementaryInformation.objects.filter(**own)}
    return found | {("observation", row.text) for row in Observation.objects.filter(**own)}


def test_draft_answers_to_the_questionnaire_stay(cast: Cast) -> None:
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.5", choices=("Yes",), text="Kept.")
    for part in ("expert", "focal_point"):
        replace(cast, part)
    assert list(Answer.objects.values_list("text", "room__iso3", "saved_by")) == [("Kept.", "XVE", cast.expert.pk)]


@pytest.mark.stage("written_feedback")
def test_draft_feedback_stays(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    comment(cast.review, cast.same_group_state, cast.same_group_expert, "Kept.")
    for part in ("same_group_expert", "same_group_focal_point"):
        replace(cast, part)
    feedback = feedback_of(cast.review, cast.same_group_state)
    assert (feedback.room, [row.text for row in feedback.comments.all()]) == (cast.same_group_state, ["Kept."])


@pytest.mark.stage("summary")
def test_passages_of_a_summary_stay(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("summary")
    Planter(cast, "Kept").plant("summary")
    text = Planter(cast).text("untoc", TextKind.SUMMARY)
    before = list(text.passages.values_list("order", "text", "saved_by"))
    for part in ("same_group_expert", "same_group_focal_point"):
        replace(cast, part)
    assert list(text.passages.values_list("order", "text", "saved_by")) == before
    assert "Kept passage." in [words for _order, words, _by in before]


def refusal(cast: Cast, part: str, user: User) -> tuple[str | None, str]:
    with pytest.raises(ServiceError) as caught:
        replace_participant(actor=SYSTEM, participation=cast.participations[part], user=user)
    cast.participations[part].refresh_from_db()
    return caught.value.field, str(caught.value)


def test_nobody_takes_over_from_himself(cast: Cast) -> None:
    assert refusal(cast, "expert", cast.expert) == ("email", "Expert takes part already; name somebody else.")


def test_who_takes_part_already_does_not_take_over_and_nothing_has_changed(cast: Cast) -> None:
    assert refusal(cast, "expert", cast.same_group_expert) == (
        "email",
        "Same Group Expert already takes part in this review.",
    )
    assert cast.participations["expert"].ended_at is None


def test_nobody_of_the_secretariat_takes_over(cast: Cast) -> None:
    assert refusal(cast, "expert", OfficerFactory(full_name="An Officer"))[0] == "email"


def test_a_participation_is_replaced_once(cast: Cast) -> None:
    replace(cast, "expert")
    assert refusal(cast, "expert", UserFactory())[1] == "The participation of Expert has ended already."
    assert Participation.objects.filter(review=cast.review, ended_at__isnull=False).count() == 1


@pytest.mark.parametrize("part", ["focal_point", "same_group_focal_point", "auditor", "bystander"])
def test_only_officers_replace(cast: Cast, part: str) -> None:
    with pytest.raises((Http404, PolicyRefusedError)):
        replace_participant(actor=cast.people[part], participation=cast.participations["expert"], user=UserFactory())


def test_a_person_who_is_new_here_is_invited(cast: Cast) -> None:
    user = find_or_invite_for_review(
        actor=SYSTEM, review=cast.review, email="new@example.org", full_name="Somebody New", language="en"
    )
    old = cast.participations["focal_point"]
    new = replace_participant(actor=SYSTEM, participation=old, user=user, note_verbale="NV 1/2022")
    assert (new.user.email, new.user.status) == ("new@example.org", AccountStatus.INVITED)
    assert new.note_verbale == "NV 1/2022"


def test_a_focal_point_follows_the_one_before_however_the_change_was_recorded(cast: Cast) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    from reviews.cases.enums import ParticipationRole
    from tests.utils import register

    focal_point = register(cast.review, UserFactory(), cast.state, ParticipationRole.FOCAL_POINT)
    expert = register(cast.review, UserFactory(), cast.state, ParticipationRole.GOVERNMENTAL_EXPERT)
    assert predecessors_of([focal_point, expert]) == {focal_point.pk: cast.participations["focal_point"]}
