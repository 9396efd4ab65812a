"""What the State under review sends beside its answers makes the next version of them, and mixes with no draft."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.hashes import document_hash
from core.policy import PolicyRefusedError
from dialogue.clarifications.services import draft_answer, draft_clarification, send_answer, send_clarification
from dialogue.exchange.enums import SupplementKind
from dialogue.exchange.models import ClarificationRequest
from dialogue.exchange.selectors import instruments_covered_by
from dialogue.supplements.services import SupplementInput, add_supplement, send_supplement
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import begin_revision, give_up_revision, recall_response
from questionnaires.submissions import comparing
from questionnaires.submissions.selectors.reading import sent_parts
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.selectors.versions import VersionHistory
from questionnaires.submissions.services import open_submission
from reviews.cases.models import Clearance
from reviews.drafts import shown_in_room, shown_on_table
from tests.forms import carried_by
from tests.permissions.reading import signed_in
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
SUBMISSION = f"{REVIEW}submission/"
ITEM, UNDER_ITEM, SAID = "I.untoc.23", "I.untoc.24.a", "Article 12 of the Penal Code."


def response_of(cast: Cast) -> Response:
    return Response.objects.get(review=cast.review)


def stands(cast: Cast) -> ResponseSubmission:
    found = latest_submission(cast.review)
    assert found is not None
    return found


def asked(cast: Cast, code: str = ITEM) -> ClarificationRequest:
    state = cast.participations["same_group_expert"].state_party_id
    request = draft_clarification(
        actor=cast.same_group_focal_point,
        review=cast.review,
        instrument=instruments_covered_by(cast.review, state)[0],
        question_code=code,
        text="Which law is meant?",
        shown=shown_in_room(cast.review, state),
    )
    send_clarification(actor=cast.same_group_focal_point, request=request, base=1, shown=shown_on_table(cast.review))
    room = shown_in_room(cast.review, cast.review.state_under_review_id)
    draft_answer(actor=cast.expert, request=request, text=SAID, base=0, shown=room)
    return request


def answer(cast: Cast, request: ClarificationRequest) -> None:
    send_answer(actor=cast.focal_point, request=request, base=1, shown=shown_on_table(cast.review))
    fresh(cast)


def supplement(cast: Cast, kind: str = SupplementKind.SOURCE) -> None:
    given = SupplementInput(title="Annual report", pages="12", link="https://example.org/report", kind=kind)
    room = shown_in_room(cast.review, cast.review.state_under_review_id)
    added = add_supplement(actor=cast.expert, review=cast.review, given=given, shown=room)
    send_supplement(actor=cast.focal_point, supplement=added, base=1, shown=shown_on_table(cast.review))
    fresh(cast)


def said(submission: ResponseSubmission) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = submission.document["supplements"]
    return found


def test_an_answer_to_a_clarification_is_carried_by_the_next_version_at_its_question(cast: Cast) -> None:
    first, request = stands(cast), asked(cast)
    answer(cast, request)
    second = stands(cast)
    assert (second.number, second.cleared_by, document_hash(second.document)) == (2, cast.focal_point, second.sha256)
    assert second.document["answers"] == first.document["answers"]
    assert [(each["kind"], each["code"], each["text"], each["request"], each["number"]) for each in said(second)] == [
        ("clarification", ITEM, SAID, "Which law is meant?", 2)
    ]
    assert second.document["revises"]["sha256"] == first.sha256
    assert Clearance.objects.get(document_id=second.pk).sha256 == second.sha256
    again = ResponseSubmission.objects.get(number=1)
    assert (document_hash(again.document), "supplements" in again.document) == (first.sha256, False)
    assert response_of(cast).status == ResponseStatus.SENT


def test_it_stands_beside_the_answer_and_not_in_its_place(cast: Cast, login_as: LoginAs) -> None:
    answer(cast, asked(cast))
    for name in ("same_group_expert", "other_group_expert", "officer", "expert"):
        client = login_as(cast.people[name])
        for address in (f"{SUBMISSION}untoc/", f"{SUBMISSION}changes/", f"{SUBMISSION}untoc/?show=changed"):
            page = text_of(client.get(address))
            assert (SAID in page, "since version 2" in page) == (True, True), (name, address)
        assert f"{SUBMISSION}versions/1/" in text_of(client.get(SUBMISSION))


def test_it_is_read_also_where_its_question_is_asked_no_longer(cast: Cast, login_as: LoginAs) -> None:
    answer(cast, asked(cast, UNDER_ITEM))
    sections = [section for part in sent_parts(stands(cast)) for section in part.sections]
    (state,) = [state for section in sections for state in section.asked_items if state.item.code == UNDER_ITEM]
    assert not state.is_asked
    for address in ("untoc/", "read/", "versions/2/"):
        assert SAID in text_of(login_as(cast.same_group_expert).get(f"{SUBMISSION}{address}")), address


def test_a_source_makes_a_version_and_what_is_outside_of_the_answers_makes_none(cast: Cast, login_as: LoginAs) -> None:
    supplement(cast, SupplementKind.LAW)
    assert stands(cast).number == 1
    supplement(cast)
    assert [(each["kind"], each["code"], each["title"], each["pages"]) for each in said(stands(cast))] == [
        ("source", "", "Annual report", "12")
    ]
    for address in (SUBMISSION, f"{SUBMISSION}changes/", f"{SUBMISSION}versions/2/"):
        assert "Annual report" in text_of(login_as(cast.same_group_expert).get(address)), address


def test_a_later_one_is_carried_with_those_before(cast: Cast) -> None:
    answer(cast, asked(cast))
    supplement(cast)
    assert [(each["kind"], each["number"]) for each in said(stands(cast))] == [("clarification", 2), ("source", 3)]


def test_nothing_of_a_version_that_is_being_prepared_mixes_in(cast: Cast) -> None:
    """Nor is what was sent lost in the version that follows, nor the draft of that."""
    first, request = stands(cast), asked(cast)
    open_submission(cast.same_group_expert, first)
    begin_revision(cast.focal_point, response_of(cast), reason="A new law.", number=1)
    fresh(cast)
    save(response_of(cast), cast.expert, ITEM, text="Only a draft.")
    client = signed_in(cast.focal_point)
    before = carried_by(client.get(f"{RESPONSE}clear/"))
    answer(cast, request)
    second = stands(cast)
    assert second.document["answers"] == first.document["answers"]
    assert "Only a draft." not in str(second.document)
    assert response_of(cast).is_revised
    assert Answer.objects.get(review=cast.review, question__code=ITEM).text == "Only a draft."
    stale = client.post(f"{RESPONSE}clear/", before)
    assert (stale.status_code, "Another version has come to stand" in text_of(stale)) == (422, True)
    third = clear_answers(cast.focal_point, response_of(cast))
    assert (third.number, third.document["revises"]["number"], [each["number"] for each in said(third)]) == (3, 2, [2])
    assert "Only a draft." in str(third.document["answers"])


def test_what_came_beside_after_a_recall_is_not_said_to_be_recalled(cast: Cast) -> None:
    request = asked(cast)
    begin_revision(cast.focal_point, response_of(cast), reason="A new law.", number=1)
    fresh(cast)
    save(response_of(cast), cast.expert, ITEM, text="Sent too early.")
    clear_answers(cast.focal_point, response_of(cast))
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    fresh(cast)
    client = signed_in(cast.focal_point)
    before = carried_by(client.get(f"{RESPONSE}clear/"))
    answer(cast, request)
    stale = client.post(f"{RESPONSE}clear/", before)
    page = text_of(stale)
    assert (stale.status_code, "Another version has come to stand" in page, "sent and recalled" in page) == (
        422,
        True,
        False,
    )


def test_each_version_is_read_once_for_what_it_has_changed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not at all one that only carries something beside the answers, or that nothing came before."""
    request = asked(cast)
    begin_revision(cast.focal_point, response_of(cast), reason="A new law.", number=1)
    fresh(cast)
    save(response_of(cast), cast.expert, ITEM, text="It is a crime.")
    answer(cast, request)
    third = clear_answers(cast.focal_point, response_of(cast))
    read: list[Any] = []
    monkeypatch.setattr(comparing, "said_of_laws", lambda document: read.append(document) or {})
    changes = VersionHistory(third).changes
    assert {code: change.number for code, change in changes.items()} == {ITEM: 3}
    assert len(read) == 2
    first = ResponseSubmission.objects.get(number=1)
    assert (VersionHistory(first).changes, len(read)) == ({}, 2)


def test_a_version_that_is_given_up_after_that_goes_back_to_the_answers_that_stand(cast: Cast) -> None:
    request = asked(cast)
    begin_revision(cast.focal_point, response_of(cast), reason="A new law.", number=1)
    fresh(cast)
    save(response_of(cast), cast.expert, ITEM, text="Only a draft.")
    answer(cast, request)
    response = response_of(cast)
    give_up_revision(cast.focal_point, response, sha256=hash_of_draft(response), number=2)
    assert Answer.objects.get(review=cast.review, question__code=ITEM).text == ""


def test_what_was_sent_beside_is_not_recalled(cast: Cast, login_as: LoginAs) -> None:
    answer(cast, asked(cast))
    refused = "The version that stands carries what your State has sent beside the answers: it stays."
    with pytest.raises(PolicyRefusedError, match=refused):
        recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    answered = login_as(cast.focal_point).get(f"{RESPONSE}recall/")
    assert (answered.status_code, refused in text_of(answered)) == (403, True)


def test_the_request_itself_does_not_say_that_the_answer_has_changed(cast: Cast, login_as: LoginAs) -> None:
    answer(cast, asked(cast))
    assert "has changed since" not in text_of(login_as(cast.same_group_expert).get(f"{REVIEW}clarifications/"))
