"""Of a mechanism's record a State reads the acts on its own notes verbales, and can verify that nothing is missing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from core import audit
from core.verifier import verify_record
from reviews.speakers.selectors import NominatingState
from reviews.speakers.services import end_mission_member, register_mission_member
from tests.query_counts import assert_query_count
from tests.reviews.nominations.notes import named, note_by, submitted_by
from tests.utils import SYSTEM, Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def address(name: str = "state-record", state: str = "XVE") -> str:
    return reverse(f"reviews:{name}", args=["untoc", state])


@pytest.fixture
def noted(cast: Cast) -> Cast:
    """A note of the State under review, one of a State that reviews it, and an act that concerns no State."""
    submitted_by(cast.focal_point, cast.state, named(), number="7/2026")
    note_by(cast.same_group_focal_point, cast.same_group_state, number="8/2026")
    audit.record(cast.officer, "reviews.phase.changed", cast.review.mechanism)
    audit.chain_now()
    return cast


def test_a_state_reads_what_was_done_with_its_own_notes(noted: Cast, login_as: LoginAs) -> None:
    page = login_as(noted.focal_point).get(address()).content.decode()
    for words in ("Recorded a note verbale", "Submitted a note verbale for the check", "7/2026"):
        assert words in page
    assert "8/2026" not in page
    assert "hanged: phase" not in page


def test_an_officer_reads_the_same_for_each_state(noted: Cast, login_as: LoginAs) -> None:
    client = login_as(noted.officer)
    pages = [client.get(address(state=state)).content.decode() for state in ("XVE", "XLE")]
    assert [("7/2026" in page, "8/2026" in page) for page in pages] == [(True, False), (False, True)]


def test_an_auditor_reads_the_record_of_each_state_and_finds_the_way_to_it(noted: Cast, login_as: LoginAs) -> None:
    client = login_as(noted.auditor)
    page = client.get(address()).content.decode()
    assert ("7/2026" in page, "8/2026" in page) == (True, False)
    nominations = reverse("reviews:state-nominations", args=["untoc", "XVE"])
    assert nominations not in page, "what an auditor may not open is not offered"
    state = client.get(reverse("reviews:state-detail", args=["XVE"])).content.decode()
    assert (address() in state, nominations in state) == (True, False)


@pytest.mark.parametrize(("name", "status"), [("expert", 403), ("same_group_focal_point", 404), ("stranger", 404)])
def test_nobody_else_reads_it(noted: Cast, login_as: LoginAs, name: str, status: int) -> None:
    for part in ("", "-download", "-verifier"):
        assert login_as(noted.people[name]).get(address(f"state-record{part}")).status_code == status


def test_who_was_registered_for_the_permanent_mission_is_read_there(noted: Cast, login_as: LoginAs) -> None:
    place = NominatingState(noted.review.mechanism, noted.state)
    person = {"email": "mila@xve.example", "full_name": "Mila Mission", "language": "en"}
    member = register_mission_member(actor=SYSTEM, place=place, **person)
    end_mission_member(actor=SYSTEM, place=place, user=member.user)
    audit.chain_now()
    for name in ("focal_point", "officer", "auditor"):
        page = login_as(noted.people[name]).get(address()).content.decode()
        assert "Registered a member of a permanent mission" in page
        assert "Ended the access of a member of a permanent mission" in page
        assert page.count("Mila Mission") == 2
    other = login_as(noted.same_group_focal_point).get(address(state="XLE")).content.decode()
    assert ("8/2026" in other, "Mila Mission" in other) == (True, False)
    assert audit.first_break_anywhere() is None


def test_the_file_holds_before_the_program_and_shows_hashes_of_the_rest(
    noted: Cast, login_as: LoginAs, tmp_path: Path
) -> None:
    client = login_as(noted.focal_point)
    answer, program = client.get(address("state-record-download")), client.get(address("state-record-verifier"))
    assert answer["Content-Disposition"] == 'attachment; filename="untoc-XVE-record.json"'
    assert program.content == Path(verify_record.__file__).read_bytes()
    record = json.loads(answer.content)
    assert (record["chain"], record["reader"]) == ("untoc", "XVE")
    read = [entry["content"]["verb"] for entry in record["entries"] if "content" in entry]
    assert read == ["reviews.note.recorded", "reviews.note.submitted"]
    assert len(record["entries"]) == len(read) + 2
    file = tmp_path / "record.json"
    file.write_bytes(answer.content)
    head = audit.head_of("untoc")
    assert head is not None
    lines: list[str] = []
    assert verify_record.main([str(file), "--head", head.words], lines.append) == 0, lines


def test_before_the_first_note_the_page_says_so(cast: Cast, login_as: LoginAs) -> None:
    assert "Acts are listed here from the first note verbale on." in (
        login_as(cast.focal_point).get(address()).content.decode()
    )


def test_the_number_of_queries_does_not_grow_with_the_record(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    for number in (1, 2):
        for place in range(number):
            note_by(cast.focal_point, cast.state, number=f"{number}-{place}/2026")
        audit.chain_now()
        with assert_query_count("reviews:state-record"):
            assert client.get(address()).status_code == 200
