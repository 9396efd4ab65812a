"""The life of a response: opened, submitted, returned, cleared and sent; frozen afterwards."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import Http404
from django.utils import timezone

from accounts.people.models import User
from core.errors import ServiceError
from core.hashes import document_hash
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from questionnaires.answers.services import NotAskedError
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Answer, AnswerRevision, Response, ResponseSubmission, SectionAssignment
from questionnaires.responses.selectors.responses import sections_visible_to
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import (
    clear_response,
    open_response,
    return_response,
    submit_response_for_clearance,
)
from reviews.cases.models import Clearance
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.utils import SYSTEM, Cast, answer_some, clear_answers, save

pytestmark = pytest.mark.django_db

FIRST, FOLLOW_UP, CONTRIBUTED = "I.untoc.1", "I.untoc.3.a", "I.firearms.68"


def verbs(response: Response) -> list[str]:
    entries = AuditEntry.objects.filter(target_id=str(response.pk)).order_by("id")
    return [entry.verb.removeprefix("questionnaires.response.") for entry in entries]


def send_firearms_to_the_contributor(cast: Cast) -> None:
    assert cast.response is not None
    index = index_of(cast.response.version_id)
    assign_sections(
        cast.focal_point,
        cast.response,
        participation=cast.participations["contributor"],
        places=[index.section_at("firearms", "article-3")],
    )


def test_the_response_knows_what_the_state_is_party_to(cast: Cast) -> None:
    assert cast.response is not None
    assert cast.response.party_to == ["firearms", "som", "tip", "untoc"]
    assert (cast.response.room, cast.response.status) == (cast.state, ResponseStatus.OPEN)


def test_opening_again_is_refused(cast: Cast) -> None:
    with pytest.raises(PolicyRefusedError, match="has been opened"):
        open_response(cast.officer, cast.review)
    assert Response.objects.count() == 1


@pytest.mark.parametrize("name", ["focal_point", "expert", "same_group_focal_point", "auditor"])
def test_only_an_officer_opens(cast: Cast, name: str) -> None:
    with pytest.raises(PolicyRefusedError):
        open_response(cast.people[name], cast.bystander_review if name == "auditor" else cast.review)


def test_opening_records_the_consultations(cast: Cast) -> None:
    open_response(cast.officer, cast.bystander_review, language="ar")
    cast.bystander_review.refresh_from_db()
    assert cast.bystander_review.step.slug == "self_assessment"
    assert cast.bystander_review.milestones.get(plan__slug="consultations_held").reached_on == timezone.localdate()
    assert Response.objects.get(review=cast.bystander_review).language == "ar"


def told(sentence: str) -> set[User]:
    """Who is told so by mail, of which no list of mails tells."""
    found = Notification.objects.filter(context__sentence__startswith=sentence, is_private=True)
    return {each.recipient for each in found.select_related("recipient")}


def test_submitting_lays_the_answers_before_the_focal_point(cast: Cast) -> None:
    response = submit_response_for_clearance(cast.expert, cast.response)
    assert response.status == ResponseStatus.IN_CLEARANCE
    assert verbs(response) == ["opened", "submitted_for_clearance"]
    assert told("Your experts have laid the answers before you") == {cast.focal_point}


@pytest.mark.stage("in_clearance")
def test_experts_are_locked_out_and_the_focal_point_is_not(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("in_clearance")
    for name in ("expert", "second_expert"):
        with pytest.raises(PolicyRefusedError, match="with the focal point"):
            save(cast.response, cast.people[name], FIRST, choices=("No",), base=1)
    assert save(cast.response, cast.focal_point, FIRST, choices=("No",), base=1).status == "saved"


def test_a_contributor_is_locked_out_too(cast: Cast) -> None:
    send_firearms_to_the_contributor(cast)
    save(cast.response, cast.contributor, CONTRIBUTED, choices=("Yes",))
    submit_response_for_clearance(cast.expert, cast.response)
    cast.response.refresh_from_db()
    with pytest.raises(PolicyRefusedError, match="with the focal point"):
        save(cast.response, cast.contributor, CONTRIBUTED, choices=("No",), base=1)


def test_an_answer_on_its_way_while_the_answers_are_submitted_is_refused(cast: Cast) -> None:
    """The writer's page still believes that the answers are being drafted."""
    submit_response_for_clearance(cast.expert, cast.response)
    assert cast.response is not None
    assert cast.response.status == ResponseStatus.OPEN, "what the writer's request has read before"
    with pytest.raises(PolicyRefusedError, match="with the focal point"):
        save(cast.response, cast.second_expert, FIRST, choices=("Yes",))
    assert Answer.objects.count() == 0


@pytest.mark.stage("in_clearance")
def test_returning_gives_the_answers_back_with_the_reason(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("in_clearance")
    response = return_response(cast.focal_point, cast.response, reason="  Name the new law.  ")
    assert (response.status, response.return_reason) == (ResponseStatus.OPEN, "Name the new law.")
    assert told("Your focal point has returned the answers") == {cast.expert, cast.second_expert}
    cast.response.refresh_from_db()
    assert save(cast.response, cast.expert, FIRST, choices=("No",), base=1).status == "saved"


@pytest.mark.stage("in_clearance")
@pytest.mark.parametrize("reason", ["", "   \n"])
def test_returning_needs_a_reason(cast_at: Callable[[str], Cast], reason: str) -> None:
    cast = cast_at("in_clearance")
    with pytest.raises(ServiceError) as caught:
        return_response(cast.focal_point, cast.response, reason=reason)
    assert (caught.value.field, str(caught.value)) == ("reason", "Say what the experts should change.")
    cast.response.refresh_from_db()
    assert cast.response.status == ResponseStatus.IN_CLEARANCE


@pytest.mark.stage("returned")
def test_the_reason_is_not_in_the_record(cast_at: Callable[[str], Cast]) -> None:
    """The record of acts is read by auditors, who see who did what and not what was written."""
    cast = cast_at("returned")
    entries = AuditEntry.objects.filter(target_id=str(cast.response.pk))
    assert [entry for entry in entries if "cite the new law" in json.dumps([entry.after, entry.reason])] == []


def test_sending_freezes_and_hashes_what_was_asked_and_answered(cast: Cast) -> None:
    codes = answer_some(cast.response, cast.expert, 4)
    submission = clear_answers(cast.focal_point, cast.response)
    assert [answer["code"] for answer in submission.document["answers"]] == codes
    assert submission.document["review"] == "1-XVE"
    assert submission.document["state_under_review"] == "XVE"
    assert submission.document["questionnaire"]["sha256"] == index_of(cast.response.version_id).sha256
    assert (submission.number, submission.room, submission.cleared_by) == (1, None, cast.focal_point)
    assert submission.sha256 == document_hash(submission.document)


@pytest.mark.stage("written_feedback")
def test_the_hash_can_be_checked_by_anybody_with_the_document(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    submission = ResponseSubmission.objects.get(review=cast.review)
    text = json.dumps(submission.document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == submission.sha256


def test_an_answer_that_is_not_asked_any_more_stays_in_the_room(cast: Cast) -> None:
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    save(cast.response, cast.expert, FOLLOW_UP, choices=("No",))
    save(cast.response, cast.expert, "I.untoc.3", choices=("No",), base=1)
    submission = clear_answers(cast.focal_point, cast.response)
    assert [answer["code"] for answer in submission.document["answers"]] == ["I.untoc.3"]
    assert Answer.objects.filter(question__code=FOLLOW_UP).count() == 1, "it is kept, and not sent"


def test_the_review_moves_on_and_later_dates_follow(cast: Cast) -> None:
    clear_answers(cast.focal_point, cast.response)
    cast.review.refresh_from_db()
    today = timezone.localdate()
    assert cast.review.step.slug == "written_feedback"
    milestones = {row.plan.slug: row for row in cast.review.milestones.select_related("plan")}
    assert milestones["answers_sent"].reached_on == today
    assert milestones["answers_processed"].due_on > today
    assert milestones["feedback_sent"].due_on > milestones["answers_processed"].due_on
    change = cast.review.step_changes.order_by("-at")[0]
    assert (change.actor, change.acting_for) == (cast.focal_point, cast.state)


@pytest.mark.stage("written_feedback")
def test_the_clearance_names_exactly_these_bytes(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    submission = ResponseSubmission.objects.get(review=cast.review)
    clearance = Clearance.objects.get(review=cast.review)
    assert (clearance.focal_point, clearance.state_party) == (cast.focal_point, cast.state)
    assert (clearance.document_id, clearance.version, clearance.sha256) == (submission.pk, 1, submission.sha256)
    assert clearance.document_type == "questionnaires.responsesubmission"


@pytest.mark.stage("written_feedback")
def test_the_reviewing_focal_points_are_told_and_nobody_else(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    told = Notification.objects.filter(template="reviews/answers_sent")
    assert {notification.recipient for notification in told} == {
        cast.same_group_focal_point,
        cast.other_group_focal_point,
    }
    assert {tuple(sorted(notification.context)) for notification in told} == {("code", "path")}


def test_sending_without_a_submission_by_the_experts_is_the_focal_points_right(cast: Cast) -> None:
    assert clear_answers(cast.focal_point, cast.response).number == 1


@pytest.mark.stage("in_clearance")
@pytest.mark.parametrize("name", ["expert", "contributor", "observer", "same_group_focal_point", "officer", "auditor"])
def test_nobody_else_clears(cast_at: Callable[[str], Cast], name: str) -> None:
    cast = cast_at("in_clearance")
    with pytest.raises(PolicyRefusedError):
        clear_answers(cast.people[name], cast.response)
    assert ResponseSubmission.objects.count() == 0


@pytest.mark.stage("in_clearance")
def test_a_former_focal_point_does_not_clear(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("in_clearance")
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    utils.fresh(cast)
    with pytest.raises(Http404):
        clear_answers(cast.focal_point, cast.response)


@pytest.mark.stage("written_feedback")
def test_what_was_sent_takes_no_more_answers(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    acts: list[Callable[[], Any]] = [
        lambda: save(cast.response, cast.focal_point, FIRST, choices=("No",), base=1),
        lambda: save(cast.response, cast.expert, FIRST, choices=("No",), base=1),
        lambda: submit_response_for_clearance(cast.expert, cast.response),
        lambda: return_response(cast.focal_point, cast.response, reason="Again."),
        lambda: clear_answers(cast.focal_point, cast.response),
    ]
    revisions = AnswerRevision.objects.count()
    for act in acts:
        with pytest.raises(PolicyRefusedError, match="have been sent"):
            act()
    assert AnswerRevision.objects.count() == revisions
    assert ResponseSubmission.objects.count() == Clearance.objects.count() == 1


def test_what_somebody_changed_since_the_page_was_opened_is_not_sent(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",))
    shown = hash_of_draft(cast.response)
    save(cast.response, cast.second_expert, FIRST, choices=("No",), base=1)
    with pytest.raises(ServiceError, match="have changed since you opened this page"):
        clear_response(cast.focal_point, cast.response, sha256=shown, number=1)
    assert not ResponseSubmission.objects.exists()
    assert clear_response(cast.focal_point, cast.response, sha256=hash_of_draft(cast.response), number=1).number == 1


def test_a_second_press_with_an_old_page_sends_once(cast: Cast) -> None:
    old = Response.objects.get(pk=cast.response.pk)
    clear_answers(cast.focal_point, cast.response)
    with pytest.raises(PolicyRefusedError, match="have been sent"):
        clear_answers(cast.focal_point, old)
    assert ResponseSubmission.objects.count() == 1


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE questionnaires_responsesubmission SET document = '{}'",
        "UPDATE reviews_clearance SET sha256 = repeat('0', 64)",
        "UPDATE questionnaires_answerrevision SET text = 'never said'",
    ],
)
def test_the_database_refuses_to_change_what_was_sent(cast_at: Callable[[str], Cast], statement: str) -> None:
    cast_at("written_feedback")
    with (
        pytest.raises(ProgrammingError, match="Cannot update rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_contributor_sees_and_answers_what_was_sent(cast: Cast) -> None:
    assert sections_visible_to(cast.contributor, cast.response) == ()
    send_firearms_to_the_contributor(cast)
    addresses = [place.address for place in sections_visible_to(cast.contributor, cast.response)]
    assert addresses == [("firearms", "article-3")]
    assert save(cast.response, cast.contributor, CONTRIBUTED, choices=("Yes",)).status == "saved"
    with pytest.raises(PolicyRefusedError, match="has not been sent to your ministry"):
        save(cast.response, cast.contributor, FIRST, choices=("Yes",))


def test_sections_that_are_left_out_are_taken_back(cast: Cast) -> None:
    send_firearms_to_the_contributor(cast)
    place = index_of(cast.response.version_id).section_at("untoc", "article-5")
    assign_sections(cast.focal_point, cast.response, participation=cast.participations["contributor"], places=[place])
    assert list(SectionAssignment.objects.values_list("section__slug", flat=True)) == ["article-5"]


@pytest.mark.parametrize("name", ["expert", "observer", "same_group_expert"])
def test_sections_are_sent_to_contributors_alone(cast: Cast, name: str) -> None:
    with pytest.raises(ServiceError) as caught:
        assign_sections(cast.focal_point, cast.response, participation=cast.participations[name], places=[])
    assert caught.value.field == "participation"


def test_sections_of_another_questionnaire_are_not_sent(cast: Cast) -> None:
    """A key from another page does not name a section of this response."""
    elsewhere = utils.take_to("self_assessment", utils.make_review(state="XAL", phase=2), cast.expert, cast.expert)
    assert elsewhere is not None
    place = index_of(elsewhere.version_id).sections[0]
    with pytest.raises(ServiceError):
        assign_sections(
            cast.focal_point, cast.response, participation=cast.participations["contributor"], places=[place]
        )
    assert SectionAssignment.objects.count() == 0


def test_only_the_focal_point_sends_sections(cast: Cast) -> None:
    with pytest.raises(PolicyRefusedError):
        assign_sections(cast.expert, cast.response, participation=cast.participations["contributor"], places=[])


def test_an_ended_contributor_sees_nothing_more(cast: Cast) -> None:
    send_firearms_to_the_contributor(cast)
    end_participation(actor=SYSTEM, participation=cast.participations["contributor"])
    utils.fresh(cast)
    assert sections_visible_to(cast.contributor, cast.response) == ()
    with pytest.raises(Http404):
        save(cast.response, cast.contributor, CONTRIBUTED, choices=("Yes",))


def test_a_question_that_is_not_asked_takes_no_answer(cast: Cast) -> None:
    with pytest.raises(NotAskedError):
        save(cast.response, cast.expert, FOLLOW_UP, choices=("Yes",))
    assert Answer.objects.count() == 0
