"""Answers that were opened as files: of what their readers read, in the language of the answers, and no word more."""

import datetime as dt
import io

import docx
import pytest
from django.test import Client
from django.utils import timezone

from core.documents.akn import AKN
from core.models import Notification
from questionnaires.sharing.enums import FILES
from questionnaires.sharing.layout import render_shared
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.services import queue_missing_answers, store_shared_files
from questionnaires.sharing.sieve import AnswersChoice, shared_document
from tests.core.documents.akn_schema import valid_akn
from tests.guards import guards_off
from tests.permissions.pieces_answers import OTHER, WITH_LAW, everything_of, sent, share
from tests.permissions.urls_base import LAW
from tests.questionnaires.sharing.opening import content_of, opened
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(opened)]
READ = "/en/answers/untoc/1-XVE/public/"
NS = {"a": AKN, "p": "urn:country-review-portal"}


def named(row: AnswersShare, ending: str) -> bytes:
    return f"{ending} of {row.sha256}".encode()


def words_in(content: bytes) -> str:
    """All words of a Word file, those of its tables too."""
    file = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in file.paragraphs), *cells])


def test_files_are_made_by_a_worker_and_looked_for_where_one_is_missing(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = share(cast, "public", AnswersChoice((WITH_LAW,)))
    assert [client.get(f"{READ}{ending}/").status_code for ending in FILES] == [404] * 3
    queued: list[str] = []
    monkeypatch.setattr("questionnaires.sharing.services.render_shared_answers_task.delay", queued.append)
    AnswersShare.objects.update(updated_at=timezone.now() - dt.timedelta(hours=1))
    assert (queue_missing_answers(), queue_missing_answers(), queued) == (1, 0, [str(row.pk)])
    store_shared_files(str(row.pk), named)
    got = {ending: client.get(f"{READ}{ending}/") for ending in FILES}
    assert {ending: content_of(reply) for ending, reply in got.items()} == {each: named(row, each) for each in FILES}
    assert got["docx"]["Content-Disposition"] == 'attachment; filename="1-XVE-answers-public-1.docx"'
    AnswersShare.objects.update(updated_at=timezone.now() - dt.timedelta(hours=1))
    assert queue_missing_answers() == 0


def test_files_say_their_language_and_stand_at_the_address_of_this_content(cast: Cast, client: Client) -> None:
    row = share(cast, "public", AnswersChoice((WITH_LAW,)))
    with guards_off([AnswersShare._meta.db_table]):
        AnswersShare.objects.filter(pk=row.pk).update(language="fr")
    store_shared_files(str(row.pk), named)
    for ending in (*FILES, "json"):
        for address in (f"{READ}{ending}/", f"{READ}v1/{ending}/"):
            reply = client.get(address)
            assert reply.getvalue()
            assert (reply.status_code, reply["Content-Language"]) == (200, "fr")
        assert f"{READ}v1/{ending}/" in client.get(f"{READ}v1/").content.decode()
        assert client.get(f"{READ}v2/{ending}/").status_code == 404
    assert client.get(f"{READ}odt/").status_code == 404


def test_word_and_xml_hold_the_chosen_sections_and_laws_and_no_others(cast: Cast) -> None:
    whole = everything_of(sent(cast), WITH_LAW)
    (law,) = shared_document(sent(cast), whole)["laws"]
    said = {"answer": "In the Criminal Code.", "other": "In the wording of today.", "law": LAW.text,
            "file": law["files"][0]["name"]}  # fmt: skip
    of_law = AnswersChoice((WITH_LAW,), whole.laws)
    choices = {whole: ["answer", "law", "file"], of_law: ["answer", "law"], AnswersChoice((OTHER,)): ["other"]}
    for choice, expected in choices.items():
        row = share(cast, "public", choice)
        root, word = valid_akn(render_shared(row, "xml")), words_in(render_shared(row, "docx"))
        for words in ("\n".join(root.itertext()), word):
            assert [name for name, each in said.items() if each in words] == expected
            assert sent(cast).sha256 not in words
        assert row.sha256 in word
        assert root.xpath("//p:readers/text() | //p:sha256/text()", namespaces=NS) == ["public", row.sha256]
        assert root.xpath("//a:FRBRWork/a:FRBRname/@value", namespaces=NS) == ["openedAnswers"]


def test_files_are_in_the_language_of_the_answers_and_say_for_whom_they_are(cast: Cast) -> None:
    row = share(cast, "states_parties", everything_of(sent(cast), WITH_LAW))
    row.language = "ru"
    said = words_in(render_shared(row, "docx"))
    assert "Все государства-участники" in said
    assert [words for words in ("Opened by", "Holds", "Laws cited", "No answer", "In force") if words in said] == []
    assert "statesParties" in valid_akn(render_shared(row, "xml")).xpath("//p:readers/text()", namespaces=NS)


def test_the_focal_points_of_the_review_are_told_and_nobody_else(cast: Cast) -> None:
    row = share(cast, "states_parties", AnswersChoice((WITH_LAW,)))
    share(cast, "states_parties", AnswersChoice((WITH_LAW,)))  # a second press
    told = Notification.objects.filter(key__startswith=f"answers_opened:{row.pk}:")
    assert {each.recipient for each in told} == {cast.same_group_focal_point, cast.other_group_focal_point}
    assert Notification.objects.filter(key__startswith="answers_opened:").count() == 2
    assert told[0].context["path"] == "/en/answers/untoc/1-XVE/states_parties/"
