"""A review at each of its steps with everything that hangs on it, and a word of its own in every confidential field."""

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from accounts.people.models import User
from accounts.staff_sessions.services import end_staff_session, start_staff_session
from core import audit
from core.enums import JobStatus
from core.models import Job
from core.models.names import audit_name_of
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.selectors import index_of
from questionnaires.laws.services import add_law
from questionnaires.margin.services import start_thread
from questionnaires.ministries.enums import BodyKind
from questionnaires.ministries.services import add_consulted_body, return_proposal
from questionnaires.responses.jobs import DRAFT_PDF, SUBMISSION_PDF
from questionnaires.responses.models import Proposal, Response, ResponseSubmission
from questionnaires.sending.services import return_response, submit_response_for_clearance
from reviews.adherence.enums import StatementKind
from reviews.adherence.models import AdherenceStatement
from reviews.ministries.services import place_contributor
from tests import utils
from tests.factories.core import JobFactory
from tests.permissions import canaries
from tests.permissions.pieces import Planter
from tests.permissions.urls_base import (
    ANSWERED,
    BEFORE,
    DRAFT,
    LAW,
    NOT_ASKED_ANY_MORE,
    REWRITTEN,
    SENT_QUESTION,
    SENT_SECTION,
    Scene,
)
from tests.questionnaires.laws.library import put_file
from tests.utils import Cast


def build_scene(stage: str) -> Scene:
    cast = utils.make_cast("consultations")
    law = add_law(actor=cast.focal_point, review=cast.review, given=LAW)
    put_file(cast, law, actor=cast.focal_point)
    if stage != BEFORE:
        _answer(cast)
        utils.take_cast_to(stage, cast)
    if stage == DRAFT:
        _return(cast)
    submission = ResponseSubmission.objects.filter(review=cast.review).first()
    draft_job = finished_job(DRAFT_PDF, cast.response, cast.expert) if cast.response else None
    submission_job = finished_job(SUBMISSION_PDF, submission, cast.expert) if submission else None
    pieces = Planter(cast).plant(stage)
    audit.chain_now()
    scene = Scene(utils.fresh(cast), submission, draft_job, submission_job, pieces)
    if stage == DRAFT:
        _outside_the_review(scene)
    canaries.plant(utils.fresh(cast).people, scene.canaries)
    utils.fresh(cast)
    return scene


def _answer(cast: Cast) -> None:
    """Answers with what a room may hide: an earlier wording, and one under a question that is not asked any more."""
    cast.response = utils.take_to("self_assessment", cast.review, cast.focal_point, cast.expert)
    assert cast.response is not None
    place = index_of(cast.response.version_id).section_at(*SENT_SECTION)
    contributor = cast.participations["contributor"]
    place_contributor(actor=cast.focal_point, participation=contributor, name="Ministry of the Interior")
    sent = {"due_on": timezone.localdate(), "remark": "By the end of the month, please."}
    assign_sections(cast.focal_point, cast.response, participation=contributor, places=[place], **sent)
    utils.save(cast.response, cast.contributor, SENT_QUESTION, text="Proposed by the ministry.")
    utils.save(cast.response, cast.contributor, SENT_QUESTION, text="Proposed by the ministry, again.", base=1)
    add_consulted_body(
        actor=cast.expert,
        response=cast.response,
        name="A bar association",
        kind=BodyKind.CIVIL_SOCIETY,
        consulted_on=timezone.localdate(),
        about="On legal aid.",
    )
    start_thread(actor=cast.expert, response=cast.response, code=SENT_QUESTION, text="What do we say here?")
    note = {"text": "Please name the section of the Act.", "to": contributor.pk}
    start_thread(actor=cast.expert, response=cast.response, code=SENT_QUESTION, **note)
    for code, given in ANSWERED.items():
        utils.save(cast.response, cast.expert, code, **given)
    utils.save(cast.response, cast.expert, REWRITTEN, text="In an earlier wording.")
    utils.save(cast.response, cast.expert, REWRITTEN, text="In the wording of today.", base=1)
    for code, given in NOT_ASKED_ANY_MORE:
        utils.save(cast.response, cast.expert, code, **given)


def _return(cast: Cast) -> None:
    assert cast.response is not None
    proposal = Proposal.objects.get()
    return_proposal(actor=cast.expert, proposal=proposal, number=proposal.revision, reason="Which Act?")
    submit_response_for_clearance(cast.expert, cast.response)
    return_response(cast.focal_point, cast.response, reason="Please cite the new law.")
    # As one whose answers were sent once and recalled: its page then shows why.
    Response.objects.filter(pk=cast.response.pk).update(recalled_at=timezone.now())


def _outside_the_review(scene: Scene) -> None:
    """What has nothing to do with the step of the review is there at one of them."""
    scene.notes.make_all()
    scene.requests.make_all()
    scene.feeds.agree()
    scene.cockpit.make_all()
    scene.outreach.make_all()
    scene.bringing.make_all()
    AdherenceStatement.objects.create(
        adherence=scene.cast.state.adherences.get(instrument__slug="untoc"),
        kind=StatementKind.RESERVATION,
        language="en",
        text="The State is not bound by paragraph 2 of article 35.",
    )
    administrator = scene.cast.administrator
    start_staff_session(actor=administrator, reason="To mend what was mistyped.", state_party=scene.cast.state)
    end_staff_session(actor=administrator)


def finished_job(kind: str, target: models.Model, requested_by: User) -> Job:
    job = JobFactory(
        kind=kind,
        target_type=audit_name_of(target),
        target_id=target.pk,
        requested_by=requested_by,
        status=JobStatus.DONE,
        progress=100,
    )
    job.result.save(f"{job.pk}.pdf", ContentFile(b"%PDF-1.7"))
    return job
