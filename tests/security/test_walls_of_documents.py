"""A statement in a page has no document made for another, and brings no file along (docs/adr/0022)."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from core.database.identity import identified_as, looking_past_rooms
from core.enums import JobStatus
from core.models import Job
from observations.documents.formats import TEXT_PDF
from questionnaires.documents.services import start_draft
from questionnaires.documents.tasks import render_document_task
from questionnaires.responses.jobs import DRAFT_PDF
from tests.plain_role import HAS_TWO_ROLES, system_role
from tests.security.statements import refused, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
ROWS = "row-level security"


JOB = """
    INSERT INTO core_job (id, created_at, updated_at, kind, target_type, target_id, requested_by_id, language, status,
        progress, error, result, file_name, details, attempts, queued_at)
    VALUES (gen_random_uuid(), now(), now(), %s, 'x', %s, %s, 'en', %s, 0, '', %s, 'a.pdf', '{}', 0, now())
"""


def test_nobody_has_a_document_made_for_another_or_brings_a_file_along(cast: Cast) -> None:
    response, spy = cast.response, cast.same_group_expert
    assert response is not None
    with identified_as(AnonymousUser()):
        refused(JOB, DRAFT_PDF, response.pk, spy.pk, "queued", "", words=ROWS)
    with identified_as(spy):
        refused(JOB, DRAFT_PDF, response.pk, cast.focal_point.pk, "queued", "", words=ROWS)
        refused(JOB, TEXT_PDF, response.pk, spy.pk, "done", "notes/scan.pdf", words="no page makes a document")
        refused(JOB, TEXT_PDF, response.pk, spy.pk, "queued", "notes/scan.pdf", words="no page makes a document")
        assert run(JOB, DRAFT_PDF, response.pk, spy.pk, "queued", "") == 1, "which a worker refuses"


def test_a_document_stays_of_what_it_was_asked_for(cast: Cast) -> None:
    job = start_draft(cast.focal_point, cast.response, ending="pdf")
    with identified_as(cast.same_group_expert):
        assert run("SELECT * FROM core_job") == run("UPDATE core_job SET status = 'failed'") == 0
        with looking_past_rooms():
            assert run("SELECT * FROM core_job") == 1, "to ask the policy about"
            assert run("UPDATE core_job SET status = 'failed'") == 0
    with identified_as(cast.focal_point):
        for change in (
            "kind = 'reviews.text_pdf'", "target_id = gen_random_uuid()", "target_type = 'y'", "file_name = 'b.pdf'",
            "requested_by_id = (SELECT id FROM accounts_user WHERE id <> acting_person() LIMIT 1)", "language = 'ar'",
            "details = '{\"query\": \"x\"}'", "result = 'notes/scan.pdf'", "status = 'done'", "status = 'running'",
        ):  # fmt: skip
            refused(f"UPDATE core_job SET {change}", words="Cannot update rows|no page makes a document")  # noqa: S608
        assert run("UPDATE core_job SET status = 'failed', error = 'Anew.'") == 1
    Job.objects.filter(pk=job.pk).update(result="jobs/a.pdf")
    with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(result="notes/scan.pdf")


def test_a_worker_asks_the_policy_whether_who_asked_may_have_the_document(cast: Cast) -> None:
    with identified_as(cast.same_group_expert):
        run(JOB, DRAFT_PDF, cast.response.pk, cast.same_group_expert.pk, "queued", "")
    job = Job.objects.get()
    with system_role():
        render_document_task(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.result.name) == (JobStatus.FAILED, "")
    assert job.error
