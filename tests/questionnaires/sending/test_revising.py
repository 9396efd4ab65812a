"""A State prepares a new version of answers that were opened, while the one that was sent stands for all others."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.hashes import document_hash
from core.models import Notification
from core.policy import PolicyRefusedError, can
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Answer, AnswerRevision, Response, ResponseSubmission
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import (
    begin_revision,
    clear_response,
    give_up_revision,
    recall_response,
    submit_response_for_clearance,
)
from questionnaires.submissions.selectors.reading import sent_parts
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.services import open_submission
from reviews.cases.models import Clearance
from reviews.programme.enums import StepKind
from tests import journey
from tests.core.database.test_row_security import keys
from tests.forms import carried_by, send_form
from tests.permissions.reading import signed_in
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.security.statements import refused
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
SUBMISSION, REVISE, GIVE_UP = f"{REVIEW}submission/", f"{RESPONSE}revise/", f"{RESPONSE}give-up/"
WORK = "/en/"
CLEAR, RECALL = f"{RESPONSE}clear/", f"{RESPONSE}recall/"
WHY = "A law has come into force."
UNSENT = "I.untoc.23"


def response_of(cast: Cast) -> Response:
    return Response.objects.get(review=cast.review)


def open_it(cast: Cast) -> None:
    open_submission(cast.same_group_expert, latest_submission(cast.review))
    fresh(cast)


def begin(cast: Cast, *, number: int = 1) -> Response:
    response = begin_revision(cast.focal_point, response_of(cast), reason=WHY, number=number)
    fresh(cast)
    return response


def give_up(cast: Cast, *, number: int = 1) -> None:
    response = response_of(cast)
    give_up_revision(cast.focal_point, response, sha256=hash_of_draft(response), number=number)
    fresh(cast)


def send(cast: Cast) -> ResponseSubmission:
    submission = clear_answers(cast.focal_point, response_of(cast))
    fresh(cast)
    return submission


def begun(cast: Cast, text: str = "The new law says so.") -> Response:
    """Opened, begun and one answer changed, by an expert."""
    open_it(cast)
    begin(cast)
    save(response_of(cast), cast.expert, UNSENT, text=text, base=0)
    return response_of(cast)


def words_of(submission: ResponseSubmission) -> list[str]:
    return [str(state.answer.text) for part in sent_parts(submission) for each in part.sections for state in each.items]


# --- Beginning


def test_the_answers_are_open_to_the_own_state_while_the_version_stands(cast: Cast, login_as: LoginAs) -> None:
    stood = latest_submission(cast.review)
    assert stood is not None
    before = text_of(login_as(cast.same_group_expert).get(f"{SUBMISSION}untoc/"))
    response = begun(cast, text="Nobody else reads this yet.")
    assert (response.status, response.sent_at, response.revision_reason) == (ResponseStatus.OPEN, stood.sent_at, WHY)
    for person in (cast.same_group_expert, cast.other_group_focal_point, cast.officer):
        client = login_as(person)
        pages = [text_of(client.get(address)) for address in (SUBMISSION, f"{SUBMISSION}untoc/", REVIEW)]
        assert stood.sha256 in pages[0]
        assert not [page for page in pages if "Nobody else reads" in page or WHY in page or "being prepared" in page]
    after = text_of(login_as(cast.same_group_expert).get(f"{SUBMISSION}untoc/"))
    assert before.count("app-answer__choice") == after.count("app-answer__choice")
    assert cast.review.step.kind == StepKind.FEEDBACK


def test_the_own_people_see_since_when_and_why(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    for name in ("focal_point", "expert", "observer"):
        page = text_of(login_as(cast.people[name]).get(RESPONSE))
        assert ("Version 2 is being prepared" in page, WHY in page) == (True, True), name
    assert WHY not in text_of(login_as(cast.contributor).get(RESPONSE, follow=True))


def test_the_overview_of_a_version_in_preparation_shows_no_empty_box(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    page = login_as(cast.observer).get(RESPONSE)
    assert (page.context["due"], page.context["goes_on"]) == (None, None)
    assert "app-left-off" not in page.content.decode()


def test_a_reason_is_needed_and_a_page_from_before_begins_nothing(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    nothing = send_form(client, REVISE, {"reason": " "})
    assert (nothing.status_code, "Say why a new version is needed." in text_of(nothing)) == (422, True)
    before = {**carried_by(client.get(REVISE)), "reason": WHY}
    begin(cast)
    save(response_of(cast), cast.expert, UNSENT, text="New.", base=0)
    send(cast)
    stale = client.post(REVISE, before)
    assert (stale.status_code, "Another version has been sent" in text_of(stale), WHY in text_of(stale)) == (
        422,
        True,
        True,
    )
    assert client.post(REVISE, {**carried_by(stale), "reason": WHY})["Location"] == RESPONSE
    assert response_of(cast).is_revised


def test_a_second_press_leads_to_what_the_first_one_did(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    given = {**carried_by(client.get(REVISE)), "reason": WHY}
    client.post(REVISE, given)
    again = client.post(REVISE, {**given, "csrfmiddlewaretoken": "another"}, follow=True)
    assert again.redirect_chain[0][0] == RESPONSE
    assert "The new version has been begun." in text_of(again)


def test_nobody_but_the_focal_point_begins_one(cast: Cast) -> None:
    open_it(cast)
    may = {name for name, person in cast.people.items() if can(person, ResponseAction.REVISE, response_of(cast))}
    assert may == {"focal_point"}


def test_no_version_is_begun_or_sent_once_observations_are_agreed(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    journey.take_on("observations", cast.review)
    fresh(cast)
    with pytest.raises(PolicyRefusedError, match="no new version is sent any more"):
        send(cast)
    page = text_of(login_as(cast.focal_point).get(RESPONSE))
    assert "no new version is sent any more" in page
    give_up(cast)
    with pytest.raises(PolicyRefusedError, match="no new version is sent any more"):
        begin(cast)


def test_answers_of_which_a_version_stands_do_not_move_to_another_questionnaire(cast: Cast) -> None:
    begun(cast)
    assert not can(cast.focal_point, ResponseAction.MOVE, response_of(cast))
    moved = """UPDATE questionnaires_response SET version_id = (
        SELECT id FROM questionnaires_questionnaireversion other WHERE other.id <> version_id LIMIT 1
    ) WHERE id = %s"""
    with identified_as(cast.focal_point):
        refused(moved, response_of(cast).pk, words="Cannot update rows")


def test_it_is_work_for_those_who_write_and_the_others_learn_nothing(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    names = {"focal_point", "expert", "same_group_expert", "other_group_focal_point", "officer"}
    shown = {name for name in names if "New version of the answers" in text_of(login_as(cast.people[name]).get(WORK))}
    assert shown == {"focal_point", "expert"}
    submit_response_for_clearance(cast.expert, response_of(cast))
    assert "Clear and send the answers" in text_of(login_as(cast.focal_point).get(WORK))
    send(cast)
    assert "New version of the answers" not in text_of(login_as(cast.expert).get(WORK))


# --- Sending


def test_the_next_version_stands_and_the_one_before_stays_as_it_was(cast: Cast, login_as: LoginAs) -> None:
    first = ResponseSubmission.objects.get()
    begun(cast)
    submit_response_for_clearance(cast.expert, response_of(cast))
    second = send(cast)
    response = response_of(cast)
    assert (second.number, response.status, response.sent_at) == (2, ResponseStatus.SENT, second.sent_at)
    assert (response.revised_at, response.is_opened) == (None, False)
    assert second.document["revises"] == {"number": 1, "sha256": first.sha256, "reason": WHY}
    assert document_hash(second.document) == second.sha256
    assert Clearance.objects.get(document_id=second.pk).sha256 == second.sha256
    again = ResponseSubmission.objects.get(number=1)
    assert (again.sha256, document_hash(again.document)) == (first.sha256, first.sha256)
    assert "revises" not in again.document
    assert latest_submission(cast.review) == second
    assert "The new law says so." in words_of(second)
    assert "The new law says so." not in words_of(again)
    assert keys(ResponseSubmission, cast.same_group_expert) == {first.pk, second.pk}
    assert second.sha256 in text_of(login_as(cast.same_group_expert).get(SUBMISSION))


def test_the_review_stays_where_it_is_and_its_dates_hold(cast: Cast) -> None:
    reached = cast.review.milestones.get(plan__slug="answers_sent").reached_on
    changes = cast.review.step_changes.count()
    begun(cast)
    send(cast)
    assert (cast.review.step.kind, cast.review.step_changes.count()) == (StepKind.FEEDBACK, changes)
    assert cast.review.milestones.get(plan__slug="answers_sent").reached_on == reached


def test_the_focal_points_of_the_reviewing_states_are_told_once(cast: Cast) -> None:
    begun(cast)
    send(cast)
    told = Notification.objects.filter(
        template="reviews/news", context__sentence__icontains="new version of its answers"
    )
    assert {mail.recipient for mail in told} == {cast.same_group_focal_point, cast.other_group_focal_point}
    assert told.count() == 2
    assert not [mail for mail in told if WHY in str(mail.context)]


def test_nothing_is_sent_where_nothing_has_changed(cast: Cast, login_as: LoginAs) -> None:
    open_it(cast)
    begin(cast)
    answered = send_form(login_as(cast.focal_point), CLEAR, {})
    said = "Nothing has changed since version 1: there is nothing to send."
    assert (answered.status_code, said in text_of(answered)) == (422, True)
    assert ResponseSubmission.objects.count() == 1
    assert response_of(cast).is_revised


def test_the_page_to_clear_says_what_comes_of_it(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    page = text_of(login_as(cast.focal_point).get(CLEAR))
    assert ("They go out as version 2." in page, WHY in page, "moves on to the written feedback" in page) == (
        True,
        True,
        False,
    )


# --- Giving it up


def test_the_answers_go_back_to_what_stands_and_what_was_typed_stays_in_the_history(cast: Cast) -> None:
    before = {row.question.code: (row.choices, row.text) for row in Answer.objects.filter(review=cast.review)}
    changed = next(code for code, (choices, _text) in before.items() if choices)
    begun(cast)
    row = Answer.objects.get(review=cast.review, question__code=changed)
    other = [option for option in row.question.options.values_list("text", flat=True) if option not in row.choices]
    save(response_of(cast), cast.expert, changed, choices=(other[0],), base=row.revision)
    give_up(cast)
    now = {row.question.code: (row.choices, row.text) for row in Answer.objects.filter(review=cast.review)}
    assert now == {**before, UNSENT: ([], "")}
    saves = AnswerRevision.objects.filter(answer__question__code=changed).order_by("number")
    assert [save.choices for save in saves][-2:] == [[other[0]], before[changed][0]]
    assert [save.text for save in AnswerRevision.objects.filter(answer__question__code=UNSENT).order_by("number")] == [
        "The new law says so.",
        "",
    ]
    response = response_of(cast)
    assert (response.status, response.revised_at) == (ResponseStatus.SENT, None)
    with pytest.raises(PolicyRefusedError):
        save(response, cast.expert, UNSENT, text="Too late.", base=2)


def test_a_page_from_before_a_colleague_wrote_gives_nothing_up(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    before = carried_by(client.get(GIVE_UP))
    save(response_of(cast), cast.expert, UNSENT, text="Written meanwhile.", base=1)
    stale = client.post(GIVE_UP, before)
    assert (stale.status_code, "The answers have changed since you opened" in text_of(stale)) == (422, True)
    assert Answer.objects.get(question__code=UNSENT, review=cast.review).text == "Written meanwhile."
    assert client.post(GIVE_UP, carried_by(stale))["Location"] == RESPONSE
    assert response_of(cast).status == ResponseStatus.SENT


def test_a_page_to_clear_that_was_open_when_it_was_given_up_says_so(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    before = carried_by(client.get(CLEAR))
    give_up(cast)
    answered = client.post(CLEAR, before, follow=True)
    assert "Nothing was sent from this page. Version 1, sent on" in text_of(answered)
    assert ResponseSubmission.objects.count() == 1


# --- Recalling a later version


def test_a_later_version_is_recalled_until_it_is_opened_and_the_one_before_stands_again(cast: Cast) -> None:
    first = ResponseSubmission.objects.get()
    begun(cast)
    second = send(cast)
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    fresh(cast)
    response = response_of(cast)
    assert (latest_submission(cast.review), response.sent_at) == (first, first.sent_at)
    assert (response.status, response.is_revised, response.revision_reason) == (ResponseStatus.OPEN, True, WHY)
    assert response.is_opened  # the version that stands again had been
    assert cast.review.step.kind == StepKind.FEEDBACK
    assert keys(ResponseSubmission, cast.same_group_expert) == {first.pk}
    assert keys(ResponseSubmission, cast.expert) == {first.pk, second.pk}
    told = Notification.objects.filter(context__sentence__icontains="the one before stands again")
    assert told.count() == 2
    third = send(cast)
    assert (third.number, third.document["revises"]["number"]) == (3, 1)


def test_giving_up_after_a_recall_goes_back_to_the_version_before(cast: Cast) -> None:
    begun(cast)
    send(cast)
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    fresh(cast)
    give_up(cast)
    assert Answer.objects.get(question__code=UNSENT, review=cast.review).text == ""


def test_a_later_version_that_was_opened_is_not_recalled(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    send(cast)
    assert f'href="{RECALL}"' in text_of(login_as(cast.focal_point).get(RESPONSE))
    assert login_as(cast.other_group_expert).get(SUBMISSION).status_code == 200
    response = response_of(cast)
    assert (response.is_opened, response.opened_by) == (True, cast.other_group_state)
    with pytest.raises(PolicyRefusedError, match="can no longer be recalled"):
        recall_response(cast.focal_point, response, reason="Late.", number=2)
    assert f'href="{REVISE}"' in text_of(login_as(cast.focal_point).get(RESPONSE))


def test_the_version_of_before_opens_nothing_of_the_one_that_stands(cast: Cast) -> None:
    found = latest_submission(cast.review)
    begun(cast)
    send(cast)
    stale = ResponseSubmission.objects.get(pk=found.pk)  # type: ignore[union-attr]
    open_submission(cast.same_group_expert, stale)
    assert not response_of(cast).is_opened


def test_a_version_that_was_first_opened_when_another_stood_is_not_recalled_after_that_one(cast: Cast) -> None:
    begin(cast)
    save(response_of(cast), cast.expert, UNSENT, text="The new law says so.", base=0)
    send(cast)
    open_submission(cast.same_group_expert, ResponseSubmission.objects.get(number=1))
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    fresh(cast)
    assert response_of(cast).is_opened
    give_up(cast)
    with pytest.raises(PolicyRefusedError, match="can no longer be recalled"):
        recall_response(cast.focal_point, response_of(cast), reason="Late.", number=1)


# --- Walls


def test_the_database_notes_an_opening_of_the_version_that_stands_and_never_takes_one_back(cast: Cast) -> None:
    open_it(cast)
    key = response_of(cast).pk
    with identified_as(cast.focal_point):
        later = "UPDATE questionnaires_response SET opened_at = now() WHERE id = %s"
        refused(later, key, words="Cannot update rows")
        never = "UPDATE questionnaires_response SET opened_at = NULL, opened_sent_at = NULL WHERE id = %s"
        refused(never, key, words="Cannot update rows")
    with identified_as(cast.same_group_expert):
        another = "UPDATE questionnaires_response SET opened_sent_at = now() + interval '1 day' WHERE id = %s"
        refused(another, key, words="that they were opened, and nothing else")


def test_the_draft_of_a_new_version_stays_in_the_room(cast: Cast) -> None:
    begun(cast)
    assert keys(Answer, cast.same_group_expert) == set()
    assert can(cast.same_group_expert, ResponseAction.VIEW_SUBMISSION, latest_submission(cast.review))
    assert not can(cast.officer, ResponseAction.VIEW_DRAFT, response_of(cast))


def test_a_page_to_clear_from_before_another_version_sends_nothing(cast: Cast) -> None:
    begun(cast)
    with pytest.raises(ServiceError, match="Another version has come to stand"):
        clear_response(cast.focal_point, response_of(cast), sha256=hash_of_draft(response_of(cast)), number=1)
    assert signed_in(cast.focal_point).get(CLEAR).status_code == 200
