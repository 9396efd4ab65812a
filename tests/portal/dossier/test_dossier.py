"""The whole record of a review as its readers take it away."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.people.models import User
from core import audit, context
from core.documents.pdf import missing_pdf_libraries
from core.enums import JobStatus
from core.hashes import content_hash, document_hash
from core.models import AuditEntry, Job
from core.verifier import verify_record
from dialogue.exchange.models import SupplementaryInformation, WrittenFeedback
from portal.dossier.selectors import gather
from portal.dossier.services import start_dossier
from portal.dossier.tasks import make_dossier_task
from questionnaires.responses.models import ResponseSubmission
from reviews.programme.models import Instrument
from tests import utils
from tests.at_once import draft_clarification
from tests.dialogue.joint.joint import clear, set_joint, write
from tests.permissions.pieces import QUESTION, Planter
from tests.permissions.test_rooms import COMMON, MARK, NOTE_OF_XLE, READ_BY, common_room, own_rooms, words_in
from tests.permissions.urls_base import Scene
from tests.portal.dossier.dossiers import content_of, made_for, manifest_of, printed, verified
from tests.sharing import shared
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(missing_pdf_libraries()), reason="this machine cannot make PDF documents"),
]
LoginAs = Callable[[User], Client]
READERS = ("focal_point", "same_group_observer", "other_group_expert", "officer", "administrator")


@shared
def at_observations(cast: Cast) -> Cast:
    """A review in which one of everything was exchanged."""
    utils.take_cast_to("observations", cast)
    Planter(cast).plant("observations")
    audit.chain_now()
    return utils.fresh(cast)


def all_words(files: dict[str, bytes]) -> str:
    """Of the print, the pieces and their titles, and the record of acts."""
    said = [content.decode() for name, content in files.items() if name.endswith(".json")]
    return "\n".join([printed(files), *said])


@pytest.mark.parametrize("name", ["focal_point", "same_group_expert", "officer"])
def test_the_program_in_the_archive_says_that_it_holds(at_observations: Cast, tmp_path: Path, name: str) -> None:
    job = made_for(at_observations.people[name], at_observations.review)
    path = tmp_path / job.file_name
    with job.result.open("rb") as file:
        path.write_bytes(file.read())
    status, lines = verified(path)
    reader = {"focal_point": "XVE", "same_group_expert": "XLE", "officer": "secretariat"}[name]
    assert (status, job.file_name) == (0, f"untoc-1-XVE-{reader}-whole-record.zip")
    assert f"of untoc/1-XVE for {reader}: all are there, none was put in, every hash fits" in lines[0]
    assert content_of(job)["verify_record.py"] == Path(verify_record.__file__).read_bytes()


def test_it_holds_what_was_frozen_byte_for_byte_under_its_own_hash(at_observations: Cast) -> None:
    files = content_of(made_for(at_observations.same_group_expert, at_observations.review))
    frozen = {row["path"]: row["frozen_sha256"] for row in manifest_of(files)["files"] if row["frozen_sha256"]}
    answers = ResponseSubmission.objects.filter(review=at_observations.review)
    feedback = WrittenFeedback.objects.filter(review=at_observations.review)
    file = SupplementaryInformation.objects.exclude(file="").get(room=None)
    expected = {f"answers/version-{row.number}.json": row.sha256 for row in answers}
    expected |= {f"feedback/{row.state_party.iso3}.json": row.sha256 for row in feedback}
    assert expected | {f"files/{file.pk}.pdf": file.sha256} == {
        name: frozen[name] for name in (*expected, f"files/{file.pk}.pdf")
    }
    assert {name: content_hash(files[name]) for name in frozen} == frozen
    assert document_hash(json.loads(files["feedback/XLE.json"])) == frozen["feedback/XLE.json"]


@pytest.mark.kept.with_args(own_rooms)
@pytest.mark.parametrize("name", READERS)
def test_it_holds_the_words_of_the_table_and_of_the_own_room_and_no_others(kept: Scene, name: str) -> None:
    files = content_of(made_for(kept.cast.people[name], kept.cast.review))
    assert words_in(all_words(files)) == READ_BY[name] - NOTE_OF_XLE
    assert words_in(" ".join(printed(files).split())) == READ_BY[name] - NOTE_OF_XLE
    assert MARK in all_words(files)


@pytest.mark.kept.with_args(common_room)
def test_of_a_common_room_each_state_takes_its_own_drafts_alone(kept: Scene) -> None:
    name = "other_group_focal_point"
    files = content_of(made_for(kept.cast.people[name], kept.cast.review))
    assert words_in(all_words(files)) & COMMON == READ_BY[name] & COMMON


def test_whoever_reads_no_exchange_neither_asks_for_it_nor_makes_it(at_observations: Cast, login_as: LoginAs) -> None:
    address, there = (
        reverse("portal:dossier", args=["untoc", "1-XVE"]),
        Job.objects.filter(kind="portal.dossier").count(),
    )
    for name, status in {"auditor": 403, "contributor": 403, "stranger": 404}.items():
        assert login_as(at_observations.people[name]).post(address).status_code == status
    assert Job.objects.filter(kind="portal.dossier").count() == there


def test_it_is_nobody_elses_and_that_it_was_taken_stands_in_the_record(
    at_observations: Cast, login_as: LoginAs
) -> None:
    job = made_for(at_observations.expert, at_observations.review)
    address = reverse("core:job-download", args=[job.pk])
    for name in ("focal_point", "same_group_expert", "officer", "contributor", "stranger"):
        assert login_as(at_observations.people[name]).get(address).status_code == 404
    http_response = login_as(at_observations.expert).get(address)
    taken = b"".join(http_response.streaming_content)  # type: ignore[attr-defined]
    assert (http_response["Content-Type"], taken[:4]) == ("application/zip", b"PK\x03\x04")
    acts = list(AuditEntry.objects.filter(verb__startswith="portal.dossier.").order_by("pk"))[-3:]
    assert [(act.verb, act.acting_state, act.room) for act in acts] == [
        (f"portal.dossier.{each}", "XVE", "XVE") for each in ("requested", "made", "taken")
    ]
    assert acts[1].after and acts[1].after["manifest_sha256"] == content_hash(content_of(job)["manifest.json"])


def test_who_acts_for_another_state_by_now_takes_nothing_of_the_former_one(
    at_observations: Cast, login_as: LoginAs
) -> None:
    job = made_for(at_observations.same_group_expert, at_observations.review)
    participation = at_observations.participations["same_group_expert"]
    type(participation).objects.filter(pk=participation.pk).update(state_party=at_observations.other_group_state)
    address = reverse("core:job-download", args=[job.pk])
    assert login_as(at_observations.same_group_expert).get(address).status_code == 404


def test_who_was_taken_off_the_review_meanwhile_is_told_so_and_nothing_is_made(at_observations: Cast) -> None:
    job = start_dossier(at_observations.expert, at_observations.review, language="en")
    participation = at_observations.participations["expert"]
    type(participation).objects.filter(pk=participation.pk).update(ended_at=job.created_at)
    make_dossier_task.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error, bool(job.result)) == (JobStatus.FAILED, "This is no longer open to you", False)


def test_what_it_holds_counts_as_opened_by_the_state(cast: Cast) -> None:
    utils.take_cast_to("dialogue", cast)
    cast = utils.fresh(cast)
    unopened = WrittenFeedback.objects.filter(review=cast.review, state_party__iso3="XAL", opened_at=None)
    assert unopened.exists()
    made_for(cast.officer, cast.review)
    assert unopened.exists(), "the secretariat opens nothing"
    made_for(cast.expert, cast.review)
    assert not unopened.exists()


@pytest.mark.stage("written_feedback")
def test_a_joint_feedback_is_of_each_state_whose_it_is(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.other_group_expert, "Both of us wonder.")
    for user in (cast.same_group_expert, cast.other_group_expert, cast.expert, cast.officer):
        words = all_words(content_of(made_for(user, cast.review)))
        assert ("Both of us wonder." in words) == (user in (cast.same_group_expert, cast.other_group_expert))
    for user in (cast.same_group_focal_point, cast.other_group_focal_point):
        clear(cast, user)
    for user in (cast.same_group_expert, cast.other_group_expert):
        made_for(user, cast.review)
    sent = WrittenFeedback.objects.get(review=cast.review, is_joint=True)
    assert sent.opened_at is None, "those whose it is open nothing"
    assert "Aldermark and Lestovia" in all_words(content_of(made_for(cast.expert, cast.review)))
    sent.refresh_from_db()
    assert sent.opened_at is not None


def test_a_file_that_is_gone_from_the_store_is_named_and_no_half_record_is_given_out(at_observations: Cast) -> None:
    row = SupplementaryInformation.objects.exclude(file="").get(room=None)
    row.file.storage.delete(str(row.file.name))
    job = start_dossier(at_observations.officer, at_observations.review, language="en")
    make_dossier_task.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, bool(job.result)) == (JobStatus.FAILED, False)
    assert job.error.startswith(f"A file of the record is not in the store any more: {row.file_name}.")


def test_the_number_of_queries_does_not_grow_with_the_pieces(at_observations: Cast) -> None:
    counts = []
    gather(at_observations.same_group_expert, at_observations.review)  # what is kept for longer is looked up once
    for _more in range(2):
        with context.begun(), CaptureQueriesContext(connection) as captured:
            pieces = gather(at_observations.same_group_expert, at_observations.review).pieces
        counts.append((len(captured.captured_queries), len(pieces)))
        for text in ("A drafted request.", "Another one."):
            asked = {"instrument": Instrument.objects.get(slug="untoc"), "question_code": QUESTION, "text": text}
            draft_clarification(actor=at_observations.same_group_expert, review=at_observations.review, **asked)
    assert counts[0][0] == counts[1][0]
    assert counts[0][1] + 2 == counts[1][1]


def test_before_anything_was_exchanged_it_says_so(cast: Cast) -> None:
    files = content_of(made_for(cast.expert, cast.review, "ar"))
    assert [name for name in files if name.endswith(".json")] == ["untoc-1-XVE-XVE-record.json", "manifest.json"]
    assert manifest_of(files)["language"] == "ar"
