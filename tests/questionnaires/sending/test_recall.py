"""A State recalls what it sent as long as no reviewing State has opened it; what was sent stays as it was."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core import audit
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can, explain
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.jobs import SUBMISSION_PDF
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.services import recall_response
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.services import open_submission
from reviews.cases.models import Clearance
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.record.selectors import entries_for, scope_of
from reviews.steps.services.advancing import move_back, record_processing
from tests.core.database.test_row_security import keys
from tests.factories.accounts import UserFactory
from tests.forms import carried_by, send_form
from tests.permissions.reading import address_of, content_of, signed_in
from tests.permissions.scenes import finished_job
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import SENT, Scene
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.security.statements import refused, run
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
RECALL, SUBMISSION = f"{RESPONSE}recall/", f"{REVIEW}submission/"
WHY = "An annex was forgotten."
NO_LONGER = "A reviewing State has opened the answers: they can no longer be recalled."


def recall(cast: Cast, *, number: int = 1) -> Response:
    assert cast.response is not None
    response = recall_response(cast.focal_point, cast.response, reason=WHY, number=number)
    fresh(cast)
    return response


def opened(cast: Cast) -> tuple[Any, bool]:
    """By which State the answers were opened first, and whether it is known when."""
    row = Response.objects.select_related("opened_by").get(review=cast.review)
    return row.opened_by, row.opened_at is not None


def sent_again(cast: Cast) -> ResponseSubmission:
    recall(cast)
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.23", choices=("No",), base=0)
    submission = clear_answers(cast.focal_point, cast.response)
    fresh(cast)
    return submission


# --- What a recall does


def test_the_answers_are_with_the_state_again_and_what_was_sent_is_kept(cast: Cast) -> None:
    before = ResponseSubmission.objects.get()
    response = recall(cast)
    assert (response.status, response.sent_at, response.recall_reason) == (ResponseStatus.OPEN, None, WHY)
    after = ResponseSubmission.objects.get()
    assert (after.pk, after.number, after.sha256, after.document) == (before.pk, 1, before.sha256, before.document)
    assert Clearance.objects.get(document_id=before.pk).sha256 == before.sha256
    assert save(response, cast.expert, "I.untoc.23", choices=("No",)).status == "saved"


def test_the_review_stands_at_the_self_assessment_again_and_its_dates_follow(cast: Cast) -> None:
    record_processing(cast.officer, cast.review)
    recall(cast)
    assert cast.review.step.kind == StepKind.QUESTIONNAIRE
    milestones = {row.plan.slug: row for row in cast.review.milestones.select_related("plan")}
    assert {slug for slug, row in milestones.items() if row.reached_on} == {
        "focal_points_appointed",
        "experts_designated",
        "consultations_held",
    }
    assert milestones["feedback_sent"].due_on > milestones["answers_sent"].due_on
    change = cast.review.step_changes.order_by("-at")[0]
    assert (change.from_step.slug, change.to_step.slug) == ("written_feedback", "self_assessment")
    assert (change.actor, change.acting_for) == (cast.focal_point, cast.state)


def test_the_record_says_so_to_all_states_and_not_why(cast: Cast) -> None:
    recall(cast)
    audit.chain_now()
    entries = {entry.verb: entry for entry in entries_for(scope_of(cast.same_group_expert, cast.review))}
    recalled = entries["questionnaires.response.recalled"]
    assert recalled.after == {"status": "open", "version": 1, "sha256": ResponseSubmission.objects.get().sha256}
    assert entries["reviews.review.moved_back"].after == {"step": "self_assessment"}
    assert not AuditEntry.objects.filter(after__icontains="annex").exists()


def test_those_who_were_told_that_answers_came_are_told_of_the_recall_and_of_the_next_version(cast: Cast) -> None:
    sent_again(cast)
    told = {cast.same_group_focal_point, cast.other_group_focal_point}
    news = Notification.objects.filter(template="reviews/news", context__sentence__startswith="The State under review")
    assert {mail.recipient for mail in news} == told
    assert not [mail for mail in news if WHY in str(mail.context)]
    sent = Notification.objects.filter(template="reviews/answers_sent")
    assert sorted(mail.recipient.full_name for mail in sent) == sorted([person.full_name for person in told] * 2)


def test_what_was_recalled_is_there_for_the_own_state_alone(cast: Cast, login_as: LoginAs) -> None:
    submission = ResponseSubmission.objects.get()
    recall(cast)
    own = {name for name in cast.own_side if name != "contributor"}
    for name, person in cast.people.items():
        is_own = name in own
        assert (login_as(person).get(f"{RESPONSE}sent/1/").status_code == 200) == is_own, name
        assert (submission.pk in keys(ResponseSubmission, person)) == is_own, name
        assert can(person, ResponseAction.VIEW_SUBMISSION, ResponseSubmission.objects.get()) == is_own, name
    assert latest_submission(cast.review) is None
    for person in (cast.expert, UserFactory()):
        assert login_as(person).get(SUBMISSION).status_code == 404
    for person in (cast.same_group_expert, cast.officer):
        page = login_as(person).get(SUBMISSION)
        assert (page.status_code, "has recalled these answers" in text_of(page)) == (403, True)
        assert "Nobody of a reviewing State had opened them" in text_of(login_as(person).get(REVIEW))
    reason = explain(cast.same_group_expert, ResponseAction.VIEW_SUBMISSION, ResponseSubmission.objects.get()).reason
    assert str(reason).startswith("The State under review has recalled these answers.")


def test_the_next_sending_is_the_next_version_and_the_first_one_stays_recalled(cast: Cast, login_as: LoginAs) -> None:
    second = sent_again(cast)
    first = ResponseSubmission.objects.get(number=1)
    assert (second.number, first.sha256 == second.sha256) == (2, False)
    assert cast.review.step.kind == StepKind.FEEDBACK
    assert cast.review.milestones.get(plan__slug="answers_sent").reached_on == timezone.localdate()
    assert latest_submission(cast.review) == second
    assert keys(ResponseSubmission, cast.same_group_expert) == {second.pk}
    assert keys(ResponseSubmission, cast.expert) == {first.pk, second.pk}
    page = text_of(login_as(cast.same_group_expert).get(SUBMISSION))
    assert second.sha256 in page
    assert first.sha256 not in page


def test_the_own_people_see_when_why_and_which_version(cast: Cast, login_as: LoginAs) -> None:
    submission = ResponseSubmission.objects.get()
    recall(cast)
    page = text_of(login_as(cast.observer).get(RESPONSE))
    assert WHY in page
    assert submission.sha256 in page
    assert WHY not in text_of(login_as(cast.contributor).get(RESPONSE, follow=True))


# --- What counts as opening


def state_of(cast: Cast, name: str) -> Any:
    return cast.participations[name].state_party


@pytest.mark.parametrize("name", ["same_group_observer", "other_group_expert"])
def test_the_first_reading_by_a_reviewing_state_is_noted_once(cast: Cast, login_as: LoginAs, name: str) -> None:
    assert opened(cast) == (None, False)
    assert login_as(cast.people[name]).get(SUBMISSION).status_code == 200
    assert opened(cast) == (state_of(cast, name), True)
    first = Response.objects.get(review=cast.review).opened_at
    for other in ("same_group_focal_point", "other_group_focal_point"):
        login_as(cast.people[other]).get(f"{SUBMISSION}untoc/")
    assert Response.objects.get(review=cast.review).opened_at == first


def test_others_read_without_opening(cast: Cast, login_as: LoginAs) -> None:
    for name in ("focal_point", "expert", "observer", "officer", "administrator"):
        assert login_as(cast.people[name]).get(SUBMISSION).status_code == 200
    for address in (REVIEW, "/en/my-work/", f"{REVIEW}record/"):
        login_as(cast.same_group_expert).get(address)
    assert opened(cast) == (None, False)


def test_a_state_whose_feedback_is_brought_in_has_opened_them_elsewhere(cast: Cast) -> None:
    open_submission(cast.officer, latest_submission(cast.review), of_state=cast.other_group_state.pk)
    assert opened(cast) == (cast.other_group_state, True)


@pytest.mark.parametrize(
    "wrong",
    [
        "submission/moon/",
        "desk/untoc/article-99/",
        "desk/moon/article-2/",
        "clarifications/ask/I.moon.1/",
        "feedback/{iso3}/questions/I.moon.1/",
        "feedback/{iso3}/articles/untoc/999/",
    ],
)
def test_an_address_that_leads_nowhere_opens_nothing(cast: Cast, login_as: LoginAs, wrong: str) -> None:
    iso3 = state_of(cast, "same_group_expert").iso3
    assert login_as(cast.same_group_expert).get(f"{REVIEW}{wrong.format(iso3=iso3)}").status_code == 404
    assert opened(cast) == (None, False)


@pytest.mark.scene(SENT)
def test_no_page_shows_a_reviewing_state_what_was_sent_without_having_noted_it(scene: Scene) -> None:
    """Whatever the way: pages, files, calendars, programs. The words looked for are in the document that was sent."""
    of_document = {word for word, place in scene.canaries.fields.items() if "ResponseSubmission" in place}
    assert of_document
    reader, client = "same_group_expert", signed_in(scene.cast.same_group_expert)
    own_copy = finished_job(SUBMISSION_PDF, scene.submission, scene.cast.same_group_expert)
    scene = replace(scene, submission_job=own_copy)
    shown, noted = set(), set()
    pages = [page for page in PAGES if SENT in page.access and reader in page.access[SENT].may]
    pages += [page for page in PAGES if str(page) == "get core:job-download (sent)"]  # of the copy of his own
    for page in (page for page in pages if page.name != "accounts:sign-out"):
        with transaction.atomic():
            address = address_of(page, scene)
            given = {**(carried_by(client.get(address)) if page.method == "post" else {}), **page.data}
            Response.objects.filter(review=scene.cast.review, opened_at=None).update(opened_at=None)
            content = content_of(getattr(client, page.method)(address, given)).decode(errors="replace")
            if any(word in content for word in of_document):
                shown.add(str(page))
            if Response.objects.get(review=scene.cast.review).opened_at is not None:
                noted.add(str(page))
            transaction.set_rollback(True)
    assert shown - noted == set()
    assert {"get questionnaires:submission-part", "get portal:desk-section"} <= shown
    assert {
        "post questionnaires:submission-document",
        "get core:job-download (sent)",
        "get dialogue:preparation",
    } <= noted


# --- Once it was opened


def test_the_act_gives_way_to_who_opened_it_when_and_what_is_possible(cast: Cast) -> None:
    client = signed_in(cast.focal_point)
    assert f'href="{RECALL}"' in text_of(client.get(RESPONSE))
    signed_in(cast.same_group_expert).get(SUBMISSION)
    page = text_of(client.get(RESPONSE))
    assert f'href="{RECALL}"' not in page
    assert f"{state_of(cast, 'same_group_expert')} opened the answers on" in page
    assert "send supplementary information, or answer a request for clarification" in page
    assert cast.same_group_expert.full_name not in page
    answered = client.get(RECALL)
    assert (answered.status_code, NO_LONGER in text_of(answered)) == (403, True)


def test_a_form_that_comes_too_late_says_so_and_keeps_the_word(cast: Cast) -> None:
    client = signed_in(cast.focal_point)
    carried = carried_by(client.get(RECALL))
    signed_in(cast.other_group_observer).get(SUBMISSION)
    answered = client.post(RECALL, {**carried, "reason": WHY})
    page = text_of(answered)
    assert (answered.status_code, NO_LONGER in page, WHY in page) == (403, True, True)
    assert f"{state_of(cast, 'other_group_observer')} opened the answers on" in page
    assert Response.objects.get(review=cast.review).status == ResponseStatus.SENT


def test_the_service_refuses_too(cast: Cast) -> None:
    open_submission(cast.same_group_expert, latest_submission(cast.review))
    assert cast.response is not None
    with pytest.raises(PolicyRefusedError, match="can no longer be recalled"):
        recall(cast)
    assert cast.response.review.step.kind == StepKind.FEEDBACK


def test_a_reader_who_comes_too_late_is_told_and_opens_nothing(cast: Cast) -> None:
    found = latest_submission(cast.review)
    recall(cast)
    with pytest.raises(PolicyRefusedError, match="has recalled these answers"):
        open_submission(cast.same_group_expert, found)
    assert opened(cast) == (None, False)


def test_what_was_found_before_a_recall_does_not_open_the_next_version(cast: Cast) -> None:
    found = latest_submission(cast.review)
    sent_again(cast)
    with pytest.raises(PolicyRefusedError, match="has recalled these answers"):
        open_submission(cast.same_group_expert, found)
    assert opened(cast) == (None, False)


# --- The page


def test_the_focal_point_recalls_on_a_page_that_says_what_it_does(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    assert "told by mail that it was recalled, and not why" in text_of(client.get(RECALL))
    nothing = send_form(client, RECALL, {"reason": " "})
    assert (nothing.status_code, "Say why you recall the answers." in text_of(nothing)) == (422, True)
    assert send_form(client, RECALL, {"reason": WHY})["Location"] == RESPONSE
    assert Response.objects.get(review=cast.review).status == ResponseStatus.OPEN


def test_a_second_press_leads_to_what_the_first_one_did(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    given = {**carried_by(client.get(RECALL)), "reason": WHY}
    client.post(RECALL, given)
    second = client.post(RECALL, given, follow=True)
    assert second.redirect_chain[0][0] == RESPONSE
    assert "The answers were recalled at" in text_of(second)
    assert cast.review.step_changes.filter(from_step__slug="written_feedback").count() == 1


def test_a_page_from_before_does_not_recall_the_next_version(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    before = {**carried_by(client.get(RECALL)), "reason": WHY}
    sent_again(cast)
    answered = client.post(RECALL, before)
    page = text_of(answered)
    assert (answered.status_code, "Another version has been sent" in page, WHY in page) == (422, True, True)
    assert client.post(RECALL, {**carried_by(answered), "reason": WHY}).status_code == 302


def test_what_the_experts_were_told_before_is_not_said_again(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("written_feedback")
    Response.objects.filter(pk=cast.response.pk).update(return_reason="Cite the law.")  # type: ignore[union-attr]
    recall(cast)
    page = text_of(login_as(cast.expert).get(RESPONSE))
    assert ("Cite the law." in page, WHY in page) == (False, True)


# --- Walls


def test_a_review_goes_back_only_from_where_the_act_had_brought_it(cast: Cast) -> None:
    recall(cast)
    with pytest.raises(ServiceError, match="already moved on"):
        move_back(cast.focal_point, cast.review, StepKind.QUESTIONNAIRE, undone=MilestoneKind.ANSWERS)


def test_the_database_lets_a_reader_note_the_opening_and_nothing_else(cast: Cast) -> None:
    response, state = cast.response.pk, state_of(cast, "same_group_expert").pk  # type: ignore[union-attr]
    noted = """UPDATE questionnaires_response SET opened_at = now(), opened_by_id = %s, opened_sent_at = sent_at
        WHERE id = %s"""
    with identified_as(cast.stranger):
        assert run(noted, state, response) == 0
    with identified_as(cast.same_group_expert):
        words = "that they were opened, and nothing else"
        refused(noted, cast.other_group_state.pk, response, words=words)
        refused("UPDATE questionnaires_response SET language = 'ar' WHERE id = %s", response, words=words)
        assert run(noted, state, response) == 1
        later = noted.replace("now()", "now() + interval '1 day'")
        refused(later, state, response, words="Cannot update rows")
    with identified_as(cast.focal_point):
        back = """UPDATE questionnaires_response SET opened_at = NULL, opened_by_id = NULL, opened_sent_at = NULL
            WHERE id = %s"""
        refused(back, response, words="Cannot update rows")


def test_the_database_takes_nothing_back_that_was_opened(cast: Cast) -> None:
    open_submission(cast.same_group_expert, latest_submission(cast.review))
    with pytest.raises(DatabaseError, match="opened_only_where_sent"), transaction.atomic():
        Response.objects.filter(review=cast.review).update(status=ResponseStatus.OPEN, sent_at=None)
