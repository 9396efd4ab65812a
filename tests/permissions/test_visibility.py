"""What each person finds, as exact sets; and that nothing of a State's draft reaches anybody else.

The second part plants words in every confidential field of the answers and looks for them in the document that is sent,
in the mails and in the record of acts; the walk looks for such words in every page (``tests/walk``).
"""

import html
import io
import json
from collections.abc import Callable

import pytest
from django.core import mail
from pypdf import PdfReader

from accounts.people.models import User
from core.documents.pdf import missing_pdf_libraries
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import can
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.enums import ResponseAction
from questionnaires.definitions.selectors import index_of
from questionnaires.documents.exports import render_job
from questionnaires.responses.jobs import SUBMISSION_PDF
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.responses.selectors.responses import responses_visible_to, sections_visible_to
from questionnaires.sending.services import return_response, submit_response_for_clearance
from questionnaires.submissions.selectors.submissions import latest_submission
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.participation.selectors import participants_visible_to
from reviews.registration.services.reminders import remind
from reviews.visibility.selectors import reviews_visible_to
from tests.factories.core import JobFactory
from tests.utils import Cast, clear_answers, fresh, register, save

pytestmark = pytest.mark.django_db

# --- Exact sets


def found(cast: Cast, look: Callable[..., object]) -> dict[str, object]:
    return {name: look(user) for name, user in cast.people.items()}


def sent_to(user: User, review: Review) -> list[ResponseSubmission]:
    """What the pages of what was sent show: the version that stands, to those whom the policy lets read it."""
    sent = latest_submission(review)
    return [sent] if sent is not None and can(user, ResponseAction.VIEW_SUBMISSION, sent) else []


def test_reviews(cast: Cast) -> None:
    own, everything = ["1-XVE"], ["1-XMB", "1-XVE"]
    assert found(cast, lambda user: sorted(review.code for review in reviews_visible_to(user))) == {
        **dict.fromkeys([*cast.own_side, *cast.reviewing_side], own),
        **dict.fromkeys(["officer", "administrator", "auditor"], everything),
        "bystander": ["1-XMB"],
        "stranger": [],
    }


@pytest.mark.parametrize("stage", ["self_assessment", "in_clearance", "returned", "written_feedback"])
def test_drafts_are_in_the_query_of_their_own_side_alone(cast_at: Callable[[str], Cast], stage: str) -> None:
    cast = cast_at(stage)
    assert found(cast, lambda user: list(responses_visible_to(user))) == {
        **{name: [] for name in cast.people},
        **{name: [cast.response] for name in cast.own_side},
    }


@pytest.mark.parametrize("stage", ["self_assessment", "in_clearance", "returned"])
def test_nothing_is_found_as_sent_before_it_was_sent(cast_at: Callable[[str], Cast], stage: str) -> None:
    cast = cast_at(stage)
    assert found(cast, lambda user: sent_to(user, cast.review)) == {name: [] for name in cast.people}


@pytest.mark.stage("written_feedback")
def test_what_was_sent(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    sent = [ResponseSubmission.objects.get()]
    readers = {*cast.own_side, *cast.reviewing_side, "officer", "administrator"} - {"contributor"}
    assert found(cast, lambda user: sent_to(user, cast.review)) == {
        **{name: [] for name in cast.people},
        **dict.fromkeys(readers, sent),
    }


@pytest.mark.stage("written_feedback")
def test_somebody_who_contributes_in_one_review_reads_in_another(cast_at: Callable[[str], Cast]) -> None:
    """The two capacities do not get mixed up: a contributor of another review takes part in this one as an observer."""
    cast = cast_at("written_feedback")
    person = cast.bystander
    register(cast.review, person, cast.same_group_state, ParticipationRole.OBSERVER)
    end_then_contribute = cast.bystander_review.participations.get(user=person)
    end_then_contribute.ended_at = end_then_contribute.started_at
    end_then_contribute.save()
    register(cast.bystander_review, person, cast.bystander_state, ParticipationRole.NATIONAL_CONTRIBUTOR)
    assert sent_to(person, cast.review) == [ResponseSubmission.objects.get()]


def test_sections(cast: Cast) -> None:
    assert cast.response is not None
    index = index_of(cast.response.version_id)
    place = index.section_at("firearms", "article-3")
    assign_sections(cast.focal_point, cast.response, participation=cast.participations["contributor"], places=[place])
    everything = len(index.sections)
    assert found(cast, lambda user: len(sections_visible_to(user, cast.response))) == {
        **dict.fromkeys(cast.people, 0),
        **dict.fromkeys(cast.own_side, everything),
        "contributor": 1,
    }
    assert sections_visible_to(cast.contributor, cast.response) == (place,)


def test_whom_a_state_consults_at_home_is_its_own_matter(cast: Cast) -> None:
    everybody = {*cast.own_side, *cast.reviewing_side}
    names = {user.pk: name for name, user in cast.people.items()}
    seen = {
        reader: {names[row.user_id] for row in participants_visible_to(user, cast.review)}
        for reader, user in cast.people.items()
        if reader not in {"bystander", "stranger"}
    }
    assert seen == {
        **dict.fromkeys([*cast.reviewing_side, "officer", "administrator", "auditor"], everybody - {"contributor"}),
        **dict.fromkeys(cast.own_side, everybody),
    }


# --- Words that must not leave the room

TEXT = "canary in the words of an answer"
LAW = "Canary Act of Veskaria"
LINK = "https://canary.example/act"
EARLIER = "canary in an earlier wording"
NOT_ASKED = "canary under a question that is not asked any more"
RETURNED = "canary in the reason of the return"
SECRETS = (TEXT, LAW, LINK, EARLIER, NOT_ASKED, RETURNED)
# What the State sends; the rest stays in its room for ever.
SENT_WORDS = {TEXT, LAW, LINK}


@pytest.fixture
def planted(cast: Cast) -> Cast:
    """The cast with a draft that has something to hide in every field, returned to the experts."""
    response, expert = cast.response, cast.expert
    citation = {"law": LAW, "provision": "section 1", "link": LINK}
    save(response, expert, "I.untoc.1.a", text=EARLIER)
    save(response, expert, "I.untoc.1.a", text=TEXT, citations=[citation], base=1)
    save(response, expert, "I.untoc.3", choices=("Yes",))
    save(response, expert, "I.untoc.3.a", choices=("No",))
    save(response, expert, "I.untoc.3.d", text=NOT_ASKED)
    save(response, expert, "I.untoc.3.a", choices=("Yes",), base=1)
    submit_response_for_clearance(expert, response)
    return_response(cast.focal_point, response, reason=RETURNED)
    return fresh(cast)


def words_in_mails() -> set[str]:
    """Which of the secrets are in the outbox or in a mail that leaves."""
    for notification in Notification.objects.all():
        notifications.deliver(str(notification.pk))
    kept = [json.dumps(notification.context, ensure_ascii=False) for notification in Notification.objects.all()]
    sent = [f"{message.subject}{message.body}{message.alternatives[0].content}" for message in mail.outbox]
    return {secret for secret in SECRETS for text in [*kept, *sent] if secret in html.unescape(text)}


def test_the_document_that_is_sent_holds_no_more(planted: Cast) -> None:
    submission = clear_answers(planted.focal_point, planted.response)
    text = json.dumps(submission.document, ensure_ascii=False)
    assert {secret for secret in SECRETS if secret in text} == SENT_WORDS


@pytest.mark.skipif(bool(missing_pdf_libraries()), reason="this machine cannot make PDF documents")
def test_the_pdf_that_is_sent_holds_no_more(planted: Cast) -> None:
    submission = clear_answers(planted.focal_point, planted.response)
    job = JobFactory(
        kind=SUBMISSION_PDF,
        target_type="questionnaires.responsesubmission",
        target_id=submission.pk,
        requested_by=planted.same_group_expert,
    )
    content = render_job(job, lambda per_cent: None)
    # Without white space, because lines and addresses are broken where the page ends.
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    assert {secret for secret in SECRETS if "".join(secret.split()) in text} == SENT_WORDS


def test_mails_hold_no_word_before_and_after_sending(planted: Cast) -> None:
    remind(planted.officer, planted.review)
    clear_answers(planted.focal_point, planted.response)
    remind(planted.officer, fresh(planted).review)
    assert words_in_mails() == set()
    assert {message.to[0] for message in mail.outbox} >= {
        planted.focal_point.email,
        planted.same_group_focal_point.email,
        planted.officer.email,
    }, "the mails were really made"


def test_the_record_of_acts_holds_no_word(planted: Cast) -> None:
    clear_answers(planted.focal_point, planted.response)
    entries = AuditEntry.objects.values_list("before", "after", "reason", "target_label")
    text = json.dumps([list(entry) for entry in entries], ensure_ascii=False)
    assert {secret for secret in SECRETS if secret in text} == set()
    assert Answer.objects.filter(text=TEXT).count() == Response.objects.count() == 1
