"""The page of a review's record of acts, its file, and its heads in the documents that were cleared."""

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument

from accounts.people.models import User
from core import audit
from core.audit.roots.giving import give_root
from core.models import AuditEntry
from core.verifier import verify_record
from observations.documents.docx import render_text_docx
from observations.documents.pdf import context_of
from observations.texts.models import AgreedText
from observations.wording.documents import current_document, printed_status_of
from questionnaires.documents.layout import sent_layout
from questionnaires.responses.models import ResponseSubmission
from reviews.capacities.chains import chain_of_review
from reviews.registration.services.reminders import remind
from tests import utils
from tests.core.audit.roots import kept_in
from tests.guards import guards_off
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def address(cast: Cast, name: str = "record") -> str:
    return reverse(f"reviews:{name}", args=["untoc", cast.review.code])


def words_of(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub("[\u2066-\u2069]", "", page)))


def test_the_page_says_in_words_who_did_what_for_which_state_and_when(cast: Cast, login_as: LoginAs) -> None:
    utils.take_cast_to("written_feedback", cast)
    User.objects.filter(pk=cast.other_group_expert.pk).update(time_zone="Asia/Tokyo")
    audit.chain_now()
    entry = AuditEntry.objects.get(verb="questionnaires.response.cleared")
    words = words_of(login_as(cast.other_group_expert), address(cast))
    assert f"{entry.sequence} Cleared and sent the answers 1-XVE response Focal Point {cast.state}" in words
    assert "Opened the review The portal" in words
    assert "Laid the answers before the focal point" not in words
    assert f"You read the acts done for {cast.other_group_state}, and those" in words
    assert "Times are those of Asia/Tokyo." in words
    head = audit.head_of(chain_of_review(cast.review))
    assert head is not None
    assert f"Last act {head.sequence} Its checksum (SHA-256) {' '.join(head.groups)}" in words


def test_the_own_side_reads_its_own_acts_too(cast: Cast, login_as: LoginAs) -> None:
    utils.take_cast_to("in_clearance", cast)
    audit.chain_now()
    own, secretariat, auditor = (
        words_of(login_as(person), address(cast)) for person in (cast.observer, cast.officer, cast.auditor)
    )
    act = "Laid the answers before the focal point"
    assert [act in words for words in (own, secretariat, auditor)] == [True, False, True]


def test_a_zone_that_nobody_knows_is_no_error(cast: Cast, login_as: LoginAs) -> None:
    User.objects.filter(pk=cast.expert.pk).update(time_zone="../etc/passwd")
    assert login_as(cast.expert).get(address(cast)).status_code == 200


def test_before_anything_is_recorded_the_page_says_so(cast: Cast, login_as: LoginAs) -> None:
    assert "Nothing is recorded yet" in words_of(login_as(cast.expert), address(cast))


def test_a_long_record_has_pages(cast: Cast, login_as: LoginAs) -> None:
    for _time in range(60):
        remind(cast.officer, cast.review)
    audit.chain_now()
    client = login_as(cast.expert)
    assert words_of(client, address(cast)).count("Reminded those who owe") == 50
    assert words_of(client, f"{address(cast)}?page=2").count("Reminded those who owe") == 10


def test_the_number_of_queries_does_not_grow_with_the_record(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    for number in (1, 2):
        for _time in range(number):
            remind(cast.officer, cast.review)
        audit.chain_now()
        with assert_query_count("reviews:record"):
            assert client.get(address(cast)).status_code == 200


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("observer", "untoc-1-XVE-XVE-record.json"),
        ("same_group_expert", "untoc-1-XVE-XLE-record.json"),
        ("officer", "untoc-1-XVE-secretariat-record.json"),
        ("auditor", "untoc-1-XVE-all-record.json"),
    ],
)
def test_the_file_of_a_state_holds_before_the_program_that_is_given_with_it(
    cast: Cast, login_as: LoginAs, tmp_path: Path, name: str, file_name: str
) -> None:
    utils.take_cast_to("written_feedback", cast)
    audit.chain_now()
    client = login_as(cast.people[name])
    older, program = client.get(address(cast, "record-download")), client.get(address(cast, "record-verifier"))
    assert program.content == Path(verify_record.__file__).read_bytes()
    assert older["Content-Disposition"] == f'attachment; filename="{file_name}"'
    (tmp_path / "older.json").write_bytes(older.content)
    remind(cast.officer, cast.review)
    audit.chain_now()
    (tmp_path / file_name).write_bytes(client.get(address(cast, "record-download")).content)
    head = audit.head_of(chain_of_review(cast.review))
    assert head is not None
    lines: list[str] = []
    given = [str(tmp_path / file_name), "--head", head.words, "--older", str(tmp_path / "older.json")]
    assert verify_record.main(given, lines.append) == 0, lines
    assert lines[1] == f"holds: head: {head.sequence} {head.hash}"
    reader = json.loads(older.content)["reader"]
    assert file_name == f"untoc-1-XVE-{reader}-record.json"


def test_the_file_leads_to_the_newest_root_and_to_an_earlier_one_that_was_kept(
    cast: Cast, login_as: LoginAs, tmp_path: Path
) -> None:
    utils.take_cast_to("self_assessment", cast)
    audit.chain_now()
    days = [dt.date(2026, 11, day) for day in (24, 25, 26)]
    with kept_in(tmp_path / "roots"):
        roots = []
        for day in days:
            roots.append(give_root(day))
            remind(cast.officer, cast.review)
            audit.chain_now()
    client, path = login_as(cast.observer), tmp_path / "record.json"
    assert "The file leads to root 3 of 26 November 2026" in words_of(client, address(cast))
    for asked, led in (("", [3]), ("?root=1", [1, 3]), ("?root=3", [3]), ("?root=9", [3]), ("?root=x", [3])):
        path.write_bytes(client.get(address(cast, "record-download") + asked).content)
        written = json.loads(path.read_bytes())
        assert [root["statement"]["number"] for root in written["roots"]] == led
        given = [str(path), "--root", roots[led[0] - 1].hash, "--roots", str(tmp_path / "roots")]
        assert verify_record.main([*given, "--key", roots[0].key], [].append) == 0
    assert verify_record.main([str(path), "--root", roots[1].hash], [].append) == 1
    with guards_off(["core_auditentry"]):
        AuditEntry.objects.filter(chain=written["chain"], sequence__gt=written["head"]["sequence"] - 6).delete()
    path.write_bytes(client.get(address(cast, "record-download")).content)
    lines: list[str] = []
    assert verify_record.main([str(path)], lines.append) == 1
    assert "at root 3 of 2026-11-26 it had" in lines[-1]


def test_the_completed_questionnaire_prints_the_head_that_its_clearance_made(cast: Cast) -> None:
    utils.take_cast_to("written_feedback", cast)
    submission = ResponseSubmission.objects.get(review=cast.review)
    # With what was recorded in this transaction the chain may have been taken on already.
    assert "Checksum (SHA-256)" in [fact.label for fact in sent_layout(submission).facts][-2:]
    audit.chain_now()
    entry = AuditEntry.objects.get(verb="questionnaires.response.cleared")
    remind(cast.officer, cast.review)
    audit.chain_now()
    fact = sent_layout(submission).facts[-1]
    assert (fact.label, fact.value) == (
        "Record of acts at the clearance: last act and its checksum",
        audit.ChainHead(entry.chain, entry.sequence or 0, entry.hash).words,
    )
    assert re.fullmatch("[0-9]+( [0-9a-f]{8}){8}", fact.value)


def test_the_annex_of_an_agreed_text_prints_the_head_that_the_agreement_made(cast: Cast) -> None:
    utils.take_cast_to("closed", cast)
    audit.chain_now()
    text = AgreedText.objects.filter(review=cast.review).order_by("pk")[0]
    entry = AuditEntry.objects.get(verb="reviews.text.agreed", target_id=str(text.pk))
    head = audit.ChainHead(entry.chain, entry.sequence or 0, entry.hash).words
    status, document = printed_status_of(text), current_document(text)
    assert status.record_head == head
    assert context_of(document, status)["layout"].annex.record.startswith("The record of acts of this review")
    printed = [each.text for each in WordDocument(io.BytesIO(render_text_docx(document, status))).paragraphs]
    assert [words for words in printed if head in words] == [head]
    assert printed_status_of(text, is_public=True).record_head == ""


def test_a_text_that_is_not_agreed_has_no_head(cast: Cast) -> None:
    utils.take_cast_to("observations", cast)
    audit.chain_now()
    text = AgreedText.objects.filter(review=cast.review)[0]
    assert printed_status_of(text).record_head == ""
