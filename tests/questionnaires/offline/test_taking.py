"""What came back in a file is looked at, and taken as a whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.definitions import index_of
from questionnaires.definitions.services import import_version
from questionnaires.offline.services import TakenAnswer, take_answers
from questionnaires.responses import Sheet
from questionnaires.responses.models import Answer, Proposal, Response
from reviews.registration.services.participation import end_participation
from tests.questionnaires.ministries.ministries import FIRST, RESPONSE, proposed, second_ministry, send
from tests.questionnaires.offline.files import (
    FILE,
    KINDS,
    OFFLINE,
    TAKE,
    client_of,
    downloaded,
    filled,
    read,
    states,
    taken,
    upload,
)
from tests.reviews.bringing.files import words
from tests.utils import SYSTEM, Cast, login_as, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
SECOND = "I.firearms.69.e"


def official(cast: Cast) -> dict[str, str]:
    codes = index_of(cast.response.version_id).codes
    return {codes[each.question_id]: each.text for each in Answer.objects.filter(response=cast.response)}


def back_with(cast: Cast, name: str, kind: str, answers: dict[str, dict[str, str]], **given: str) -> tuple[Client, Any]:
    """The file of a person with these answers, chosen on the page by the focal point or the same person."""
    content = filled(downloaded(client_of(cast, name), kind), kind, answers)
    client = client_of(cast, name)
    return client, upload(client, kind, content, **given)


@pytest.mark.parametrize("kind", KINDS)
def test_the_chosen_answers_of_a_file_are_saved_and_noted(cast: Cast, kind: str) -> None:
    save(cast.response, cast.expert, SECOND, text="Here before.")
    client, page = back_with(cast, "expert", kind, {FIRST: {"answer": "Yes"}, SECOND: {"text": "From the file."}})
    assert page.status_code == 200
    assert states(page) == {FIRST: "new", SECOND: "changed"}
    assert "Nothing has been saved yet." in words(page)
    assert official(cast) == {SECOND: "Here before."}
    done = taken(client, page)
    assert (done.status_code, done.url) == (302, RESPONSE)
    assert official(cast) == {FIRST: "", SECOND: "From the file."}
    assert Answer.objects.get(question__code=FIRST).choices == ["Yes"]
    entry = AuditEntry.objects.get(verb="questionnaires.response.file_taken")
    assert entry.after == {"answers": 2, "participation": None}


def test_what_is_not_ticked_stays(cast: Cast) -> None:
    client, page = back_with(cast, "expert", "docx", {FIRST: {"text": "One."}, SECOND: {"text": "Two."}})
    taken(client, page, SECOND)
    assert official(cast) == {SECOND: "Two."}


def test_a_conflict_is_not_ticked_and_shows_both(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, text="Before.")
    content = filled(downloaded(client_of(cast, "expert"), "docx"), "docx", {FIRST: {"text": "Of the file."}})
    save(cast.response, cast.focal_point, FIRST, text="Of a colleague.", base=1)
    client = client_of(cast, "expert")
    page = upload(client, "docx", content)
    assert states(page) == {FIRST: "conflict"}
    (row,) = page.context["groups"][0]["rows"]
    assert not row["is_ticked"]
    kept = {
        change: "".join(run.text for run in row["differences"]["text"] if run.change == change)
        for change in ("removed", "added")
    }
    assert "colleague" in kept["removed"]
    assert "file" in kept["added"]
    refused = taken(client, page)
    assert refused.status_code == 422
    assert "Choose at least one answer." in words(refused)
    taken(client, refused, FIRST)
    assert official(cast) == {FIRST: "Of the file."}


def test_nothing_is_taken_where_one_answer_was_saved_since_it_was_shown(cast: Cast) -> None:
    client, page = back_with(cast, "expert", "xlsx", {FIRST: {"text": "One."}, SECOND: {"text": "Two."}})
    save(cast.response, cast.focal_point, SECOND, text="Meanwhile.")
    refused = taken(client, page)
    assert refused.status_code == 422
    assert "nothing was taken" in words(refused)
    assert official(cast) == {SECOND: "Meanwhile."}
    assert states(refused) == {FIRST: "new", SECOND: "conflict"}
    assert [row["is_ticked"] for group in refused.context["groups"] for row in group["rows"]] == [False, True]
    taken(client, refused, FIRST, SECOND)
    assert official(cast) == {FIRST: "One.", SECOND: "Two."}


def test_a_file_of_a_contributor_becomes_proposals(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, text="Official.")
    send(cast)
    client, page = back_with(cast, "contributor", "docx", {FIRST: {"answer": "Yes", "text": "By the Act."}})
    taken(client, page)
    proposal = Proposal.objects.get()
    assert (proposal.text, proposal.choices, proposal.saved_by) == ("By the Act.", ["Yes"], cast.contributor)
    assert official(cast) == {FIRST: "Official."}


def test_a_file_that_a_ministry_mailed_becomes_its_proposals_where_the_focal_point_says_so(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, text="Official.")
    User.objects.filter(pk=cast.contributor.pk).update(organization="Customs Authority")
    ministry = str(send(cast).participation_id)
    client = client_of(cast, "focal_point")
    out = downloaded(client, "docx", f"ministry:{ministry}")
    content = filled(out, "docx", {FIRST: {"answer": "No", "text": "By mail."}})
    unsaid = upload(client, "docx", content)
    assert unsaid.status_code == 422
    assert "Say whose answers the file holds." in words(unsaid)
    page = upload(client, "docx", content, into=ministry)
    assert "becomes a proposal of" in words(page)
    taken(client, page)
    proposal = Proposal.objects.get()
    assert (proposal.text, str(proposal.participation_id), proposal.saved_by) == (
        "By mail.",
        ministry,
        cast.focal_point,
    )
    assert official(cast) == {FIRST: "Official."}
    shown = client.get(f"{RESPONSE}proposals/{FIRST}/").context["shown"]
    assert [one.proposal.whose for one in shown] == ["Customs Authority"], "and not of who has brought it in"
    assert "Customs Authority" in words(client.get(f"{RESPONSE}firearms/article-3/"))
    entry = AuditEntry.objects.get(verb="questionnaires.response.file_taken")
    assert entry.after == {"answers": 1, "participation": ministry}


def test_nobody_enters_proposals_of_a_ministry_but_those_who_write_the_answers(cast: Cast) -> None:
    second_ministry(cast)
    send(cast)
    send(cast, "second")
    other = cast.participations["second"]
    rows = read(cast.response, Sheet(other.pk), "docx", filled(
        downloaded(client_of(cast, "focal_point"), "docx", f"ministry:{other.pk}"), "docx", {FIRST: {"text": "Mine."}}
    ))  # fmt: skip
    given = [TakenAnswer(rows[0].row, 0)]
    number = index_of(cast.response.version_id).number
    for person in (cast.contributor, cast.observer, cast.same_group_expert):
        with pytest.raises(PolicyRefusedError):
            take_answers(actor=person, response=cast.response, sheet=Sheet(other.pk), version=number, taken=given)
    client = client_of(cast, "contributor")
    assert client.get(FILE, {"kind": "docx", "of": f"ministry:{other.pk}"}).status_code == 404
    assert not Proposal.objects.exists()


def test_what_was_not_sent_to_a_ministry_is_not_part_of_its_file(cast: Cast) -> None:
    ministry = str(send(cast).participation_id)
    client = client_of(cast, "focal_point")
    content = filled(downloaded(client, "xlsx"), "xlsx", {"I.untoc.3": {"answer": "Yes"}, FIRST: {"answer": "Yes"}})
    page = upload(client, "xlsx", content, into=ministry)
    assert states(page) == {"I.untoc.3": "not_yours", FIRST: "new"}
    taken(client, page, "I.untoc.3", FIRST, **{"seen-I.untoc.3": "0"})
    assert not Proposal.objects.exists()  # all that was posted, or nothing
    taken(client, page)
    assert [each.question.code for each in Proposal.objects.all()] == [FIRST]


def test_a_ministry_that_is_ended_meanwhile_gets_no_proposals(cast: Cast) -> None:
    part = send(cast)
    client = client_of(cast, "focal_point")
    content = filled(
        downloaded(client, "docx", f"ministry:{part.participation_id}"), "docx", {FIRST: {"text": "By mail."}}
    )
    page = upload(client, "docx", content, into=str(part.participation_id))
    end_participation(actor=SYSTEM, participation=cast.participations["contributor"])
    back = taken(client, page)
    assert (back.status_code, back.url) == (302, OFFLINE)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "Use one of: docx, xlsx, csv."),
        ("a.docx", b"PK\x03\x04 none", "This file is damaged"),
        ("a.xlsx", b"", "This file is empty."),
        ("a.csv", b"Code,Answer,Text of the answer\n", "There is no answer in this file."),
        ("a.csv", b"Code,Answer\nI.untoc.3,Yes\n", "names no column for"),
        ("a.csv", b"Code,Answer,Text of the answer\n" + b"I.untoc.3,Yes,\n" * 10_000, "has more than"),
    ],
)
def test_a_file_that_is_none_is_refused_by_its_field(cast: Cast, name: str, content: bytes, said: str) -> None:
    client = client_of(cast, "expert")
    page = upload(client, name.removeprefix("a."), content)
    assert page.status_code == 422
    assert said in words(page)


def test_a_preview_of_somebody_else_takes_nothing(cast: Cast, client: Client) -> None:
    _own, page = back_with(cast, "expert", "xlsx", {FIRST: {"text": "One."}})
    back = taken(client_of(cast, "focal_point"), page)
    assert (back.status_code, back.url) == (302, OFFLINE)
    assert login_as(client, cast.focal_point).post(TAKE, {"sheet": "forged", "take": FIRST}).status_code == 302
    assert official(cast) == {}


def test_an_expert_takes_nothing_while_the_focal_point_clears(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("in_clearance")
    content = filled(downloaded(client_of(cast, "expert"), "docx"), "docx", {SECOND: {"text": "Late."}})
    assert upload(client_of(cast, "expert"), "docx", content).status_code == 403
    page = client_of(cast, "expert").get(OFFLINE)
    assert "with the focal point for clearance" in words(page)
    assert upload(client_of(cast, "focal_point"), "docx", content).status_code == 200


def test_looking_at_a_file_takes_the_same_queries_for_one_answer_and_for_many(cast: Cast) -> None:
    proposed(cast)
    content = downloaded(client_of(cast, "expert"), "xlsx")
    client = client_of(cast, "expert")
    one = filled(content, "xlsx", {FIRST: {"text": "One."}})
    many = filled(content, "xlsx", {code: {"answer": "Yes"} for code in (FIRST, "I.untoc.3", "I.untoc.1", "I.untoc.2")})
    ministry = str(cast.participations["contributor"].pk)
    upload(client, "xlsx", one, into="official")
    counts = []
    for content in (one, many):
        with CaptureQueriesContext(connection) as captured:
            assert upload(client, "xlsx", content, into="official").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert upload(client, "xlsx", one, into=ministry).status_code == 200


def test_what_was_compared_with_another_version_of_the_questionnaire_is_not_taken(cast: Cast) -> None:
    """There the same code may be another question."""
    client, page = back_with(cast, "expert", "xlsx", {FIRST: {"text": "One."}})
    definition = index_of(cast.response.version_id).definition
    published = import_version(SYSTEM, replace(definition, title="Another version"))
    Response.objects.filter(pk=cast.response.pk).update(version=published)
    back = taken(client, page)
    assert (back.status_code, back.url) == (302, OFFLINE)
    assert not Answer.objects.exists()


def test_a_file_that_holds_too_much_is_refused_by_its_field(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questionnaires.offline.views._MOST_SIGNED", 10)
    _client, page = back_with(cast, "expert", "xlsx", {FIRST: {"text": "One."}})
    assert page.status_code == 422
    assert "Divide it into several." in words(page)
    assert "Bring a file back" in words(page)
