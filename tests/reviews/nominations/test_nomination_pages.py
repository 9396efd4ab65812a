"""The pages of nominations: who is missing, notes verbales with their people, the spreadsheet, the check."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.people.models import Affiliation, User
from reviews.nominations.enums import NoteStatus
from reviews.nominations.exports import nomination_template
from reviews.nominations.models import NoteVerbale
from reviews.nominations.selectors import delegations_of
from reviews.nominations.services.nominations import return_note
from reviews.nominations.sheet import read_sheet
from reviews.registration.services.participation import end_participation
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.reviews.nominations.notes import (
    ANA,
    KEYS,
    PDF,
    csv_of,
    named,
    note_by,
    people_in,
    place_of,
    scan,
    seen,
    submitted_by,
)
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
LoginAs = Callable[[User], Client]
STATE = "/en/untoc/states/XVE/nominations/"
LIST = "/en/untoc/notes-verbales/"
GOOD = "1-XVE,observer,Bo Berg,bo@x.example,,,,en"
FOCAL = "1-XVE,focal_point,Fay Fern,fay@x.example,,,,en"
BAD = "1-XMB,observer,Cy Cole,cy@x.example,,,,en"


def page_of(note: NoteVerbale, act: str = "") -> str:
    return f"{STATE}{note.pk}/{act}"


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def links(page: Any) -> list[tuple[str, str]]:
    return [(link.target, link.message) for link in page.context["form"].error_links]


def test_the_page_says_who_is_missing_and_by_when(cast: Cast, login_as: LoginAs) -> None:
    for name in ("focal_point", "expert", "second_expert"):
        end_participation(actor=SYSTEM, participation=cast.participations[name])
    page = text_of(login_as(cast.officer).get(STATE))
    assert page.count("Missing</strong>") == 2
    assert "15 November 2021" in page, "focal points are due two weeks after the start"
    assert "29 November 2021" in page, "experts are due four weeks after the start"
    assert "past the indicative date" in page
    submitted_by(cast.officer, cast.state, ANA)
    page = text_of(login_as(cast.officer).get(STATE))
    assert "<bdi>Ana Zorić</bdi> is named in note <bdi>12/2026</bdi>, which is being checked" in page


def test_a_reviewing_state_sees_its_own_people(cast: Cast, login_as: LoginAs) -> None:
    page = text_of(login_as(cast.same_group_focal_point).get("/en/untoc/states/XLE/nominations/"))
    assert "Same Group Expert" in page
    assert "Second Expert" not in page


def test_the_mission_sees_the_nominations_and_nothing_of_the_review(cast: Cast, login_as: LoginAs) -> None:
    user = UserFactory(full_name="Mila Mission")
    Affiliation.objects.create(user=user, state_party=cast.state, is_permanent_mission=True)
    client = login_as(user)
    page = text_of(client.get(STATE))
    assert "1-XVE" in page
    assert "/en/untoc/reviews/1-XVE/" not in page
    assert client.get("/en/untoc/reviews/1-XVE/").status_code == 404
    assert STATE in text_of(client.get("/en/"))
    assert STATE in text_of(client.get("/en/states/XVE/"))
    assert "Only an officer of the secretariat does this." in page, "why it cannot register a person"


def test_ways_to_the_page(cast: Cast, login_as: LoginAs) -> None:
    for name, is_shown in (("focal_point", True), ("officer", True), ("expert", False), ("stranger", False)):
        client = login_as(cast.people[name])
        assert (STATE in text_of(client.get("/en/states/XVE/"))) == is_shown, name
        assert (STATE in client.get("/en/untoc/reviews/1-XVE/participants/").content.decode()) == is_shown, name


def test_an_officer_finds_what_waits_on_the_dashboard(cast: Cast, login_as: LoginAs) -> None:
    submitted_by(cast.focal_point, cast.state, ANA)
    submitted_by(cast.officer, cast.state, named(email="b@x.example"), number="13/2026")
    client = login_as(cast.officer)
    assert "1 note verbale to check" in text_of(client.get("/en/")), "not the own one"
    page = text_of(client.get(f"{LIST}?status=submitted"))
    assert ("12/2026" in page, "13/2026" in page, "2 notes verbales" in page) == (True, True, True)
    assert "No note verbale matches the filter" in text_of(client.get(f"{LIST}?status=approved&state=XVE"))
    assert "12/2026" in text_of(client.get(f"{LIST}?status=nonsense&state=ZZZ&page=99")), "nonsense filters nothing"


@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_the_same_number_of_queries_for_one_row_and_for_three(
    cast: Cast, login_as: LoginAs, number: int
) -> None:
    for row in range(number):
        people = [named(email=f"{row}{each}@x.example") for each in range(number)]
        note = submitted_by(cast.focal_point, cast.state, *people, number=f"{row}/2026")
    client = login_as(cast.officer)
    client.get(LIST)
    with assert_query_count("reviews:note-list"):
        client.get(LIST)
    with assert_query_count("reviews:state-nominations"):
        client.get(STATE)
    with assert_query_count("reviews:note-detail"):
        client.get(page_of(note))


def test_a_note_is_recorded_with_its_scan(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    saved = client.post(f"{STATE}record/", {"number": "12/2026", "dated_on": "2026-01-12", "scan": scan("مذكرة.pdf")})
    note = NoteVerbale.objects.get()
    assert (saved.status_code, saved["Location"]) == (302, page_of(note))
    assert "مذكرة.pdf" in text_of(client.get(page_of(note)))
    download = client.get(page_of(note, "scan/"))
    assert b"".join(download.streaming_content) == PDF  # type: ignore[attr-defined]
    assert download["Content-Disposition"].startswith("attachment;")
    assert download["Content-Type"] == "application/pdf"


def test_what_is_wrong_with_a_note_is_told_by_field_and_what_was_typed_stays(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.focal_point).post(
        f"{STATE}record/", {"number": "12/2026", "dated_on": "2999-01-01", "scan": scan()}
    )
    assert (page.status_code, links(page)) == (422, [("id_dated_on", "This day is still to come.")])
    assert ('value="12/2026"' in text_of(page), "Choose the file again" in text_of(page)) == (True, True)


def test_a_note_without_a_scan_has_none_to_download(cast: Cast, login_as: LoginAs) -> None:
    note = note_by(cast.focal_point, cast.state, with_scan=False)
    client = login_as(cast.focal_point)
    assert client.get(page_of(note, "scan/")).status_code == 404
    page = client.post(page_of(note, "submit/"))
    assert page.status_code == 422
    assert "Add the scanned note first" in text_of(page)


def test_a_person_is_added_for_several_reviews_and_taken_out(cast: Cast, login_as: LoginAs) -> None:
    other = cast.bystander_review
    other.reviewing_states.create(state_party=cast.state, basis="same_group")
    note, client = note_by(cast.focal_point, cast.state), login_as(cast.focal_point)
    typed = {"reviews": ["1-XVE", other.code], "role": "observer", "full_name": "Bo", "email": "BO@x.example"}
    assert client.post(page_of(note, "people/add/"), typed | {"language": "fr"}).status_code == 302
    assert sorted(note.nominations.values_list("review__code", "email")) == sorted(
        [(other.code, "bo@x.example"), ("1-XVE", "bo@x.example")]
    )
    first = note.nominations.all()[0]
    remove = page_of(note, f"people/{first.pk}/remove/")
    assert "Bo is no longer in the note." in text_of(client.post(remove, follow=True))
    assert "This person is no longer in the note." in text_of(client.post(remove, follow=True))


def test_the_form_offers_whom_a_focal_point_replaces(cast: Cast, login_as: LoginAs) -> None:
    note, client = note_by(cast.focal_point, cast.state), login_as(cast.focal_point)
    typed: dict[str, Any] = {"reviews": ["1-XVE"], "role": "focal_point", "full_name": "Bo", "email": "bo@x.example"}
    typed["language"] = "en"
    page = client.post(page_of(note, "people/add/"), typed)
    assert page.status_code == 422
    assert links(page)[0][0] == "id_replaces_0"
    assert "Focal Point, Focal point in review 1-XVE" in text_of(page)
    replaced = cast.participations["focal_point"]
    two = [str(replaced.pk), str(cast.participations["expert"].pk)]
    assert links(client.post(page_of(note, "people/add/"), typed | {"replaces": two})) == [
        ("id_replaces_0", "Choose one person for each review.")
    ]
    assert client.post(page_of(note, "people/add/"), typed | {"replaces": [str(replaced.pk)]}).status_code == 302
    assert "Takes the place of <bdi>Focal Point</bdi>" in text_of(client.get(page_of(note)))


def test_a_second_officer_sees_the_note_beside_its_people_and_approves(cast: Cast, login_as: LoginAs) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    client = login_as(cast.officer)
    page = text_of(client.get(page_of(note)))
    assert ("Ana Zorić" in page, "note.pdf" in page, page_of(note, "return/") in page) == (True, True, True)
    asked = client.get(page_of(note, "approve/"))
    assert asked.context["form"]["seen"].value() == seen(note)
    done = client.post(page_of(note, "approve/"), {"seen": seen(note)}, follow=True)
    assert "Note verbale 12/2026 is approved." in text_of(done)
    again = client.post(page_of(note, "approve/"), {"seen": "x"})
    assert (again.status_code, again["Location"]) == (302, page_of(note)), "the second press leads on"
    assert ("Ana Zorić", "governmental_expert") in people_in(cast.review, cast.state)
    assert "Ana Zorić" in text_of(client.get("/en/untoc/reviews/1-XVE/participants/"))


def test_whoever_has_recorded_a_note_reads_why_another_checks_it(cast: Cast, login_as: LoginAs) -> None:
    note = submitted_by(cast.officer, cast.state, ANA)
    page = text_of(login_as(cast.officer).get(page_of(note)))
    assert "You have recorded this note; another officer checks it." in page
    assert page_of(note, "approve/") not in page


def test_a_note_is_returned_with_a_reason_that_its_page_shows(cast: Cast, login_as: LoginAs) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    client = login_as(cast.officer)
    assert links(client.post(page_of(note, "return/"), {"reason": ""})) == [
        ("id_reason", "Say what has to be changed.")
    ]
    assert client.post(page_of(note, "return/"), {"reason": "<b>Page 2</b> is missing."}).status_code == 302
    page = text_of(login_as(cast.focal_point).get(page_of(note)))
    assert "&lt;b&gt;Page 2&lt;/b&gt; is missing." in page
    assert page_of(note, "submit/") in page


def test_a_page_that_was_opened_before_a_change_approves_nothing(cast: Cast, login_as: LoginAs) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    mark = seen(note)
    return_note(actor=cast.administrator, note=note, reason="Again.")
    NoteVerbale.objects.filter(pk=note.pk).update(status=NoteStatus.SUBMITTED, number="12b/2026")
    page = login_as(cast.officer).post(page_of(note, "approve/"), {"seen": mark})
    assert page.status_code == 422
    assert "This note was changed after you had opened it." in text_of(page)


def test_rows_that_cannot_be_approved_are_named_on_the_page(cast: Cast, login_as: LoginAs) -> None:
    note = submitted_by(
        cast.focal_point, cast.state, named(email=cast.bystander.email), named(email=cast.officer.email)
    )
    page = text_of(login_as(cast.administrator).get(page_of(note)))
    assert "1 nomination cannot be approved as things stand." in page
    assert "Oriane Officer belongs to the secretariat and takes part for no State." in page
    assert "Registered already as <bdi>Bystander</bdi>; that profile stays." in page
    own = text_of(login_as(cast.focal_point).get(page_of(note)))
    assert ("Oriane" in own, "Registered already" in own) == (False, False)


def upload(client: Client, note: NoteVerbale, content: bytes, name: str = "people.csv") -> Any:
    return client.post(page_of(note, "people/upload/"), {"file": SimpleUploadedFile(name, content)})


def confirm(client: Client, note: NoteVerbale, preview: Any, **ticked: Any) -> Any:
    sheet = preview.context["form"]["sheet"].value()
    return client.post(page_of(note, "people/confirm/"), {"sheet": sheet, **ticked})


def test_the_template_comes_back_filled_in(cast: Cast, login_as: LoginAs) -> None:
    got = login_as(cast.focal_point).get("/ar/untoc/states/XVE/nominations/template/")
    assert got["Content-Disposition"] == 'attachment; filename="nominations-XVE.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(got.content))
    people, codes = book.worksheets
    assert [cell.value for cell in people[1]] == list(KEYS)
    assert (people.row_dimensions[1].hidden, people.sheet_view.rightToLeft) == (True, True)
    assert "1-XVE" in [cell.value for cell in codes["A"]]
    role = next(cell.value for cell in people[2] if cell.column == 2)
    for column, value in enumerate(("1-XVE", "observer", "Bo", "bo@x.example", "=1+1"), start=1):
        people.cell(3, column).value = value
        people.cell(3, column).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    (row,) = read_sheet("nominations-XVE.xlsx", out.getvalue())
    assert (row.naming.review, row.naming.job_title, bool(role)) == ("1-XVE", "=1+1", True)


def test_no_cell_of_the_template_is_a_formula(cast: Cast) -> None:
    cast.state.name = "=cmd()"
    type(cast.state).objects.filter(pk=cast.state.pk).update(name="=cmd()", name_en="=cmd()")
    with translation.override("en"):
        content = nomination_template(delegations_of(place_of(cast.state)))
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.rows for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_nothing_is_added_before_it_is_confirmed(cast: Cast, login_as: LoginAs) -> None:
    note, client = note_by(cast.focal_point, cast.state), login_as(cast.focal_point)
    preview = upload(client, note, csv_of(GOOD))
    assert (preview.status_code, note.nominations.count()) == (200, 0)
    assert "1 row can be added. Nothing has been added yet." in text_of(preview)
    done = confirm(client, note, preview)
    assert (done.status_code, done["Location"]) == (302, page_of(note))
    assert list(note.nominations.values_list("full_name", "role")) == [("Bo Berg", "observer")]
    again = confirm(client, note, preview)
    assert (again.status_code, note.nominations.count()) == (422, 1), "the same file twice adds nobody"


def test_rows_with_errors_are_left_out_only_when_somebody_says_so(cast: Cast, login_as: LoginAs) -> None:
    note, client = note_by(cast.focal_point, cast.state), login_as(cast.focal_point)
    preview = upload(client, note, csv_of(GOOD, BAD))
    assert "There is no current review 1-XMB in which Veskaria takes part." in text_of(preview)
    refused = confirm(client, note, preview)
    assert (refused.status_code, links(refused)) == (
        422,
        [("id_leave_out", "Mend the file and choose it again, or leave out the rows with errors.")],
    )
    assert note.nominations.count() == 0
    assert confirm(client, note, refused, leave_out="on").status_code == 302
    assert list(note.nominations.values_list("full_name", flat=True)) == ["Bo Berg"]


def test_a_focal_point_of_today_is_replaced_only_when_somebody_says_so(cast: Cast, login_as: LoginAs) -> None:
    note, client = note_by(cast.focal_point, cast.state), login_as(cast.focal_point)
    preview = upload(client, note, csv_of(FOCAL))
    assert "Row 2: Fay Fern takes the place of Focal Point as focal point in review 1-XVE" in text_of(preview)
    assert links(confirm(client, note, preview))[0][0] == "id_replace_0"
    assert confirm(client, note, preview, replace=["2"]).status_code == 302
    assert note.nominations.get().replaces == cast.participations["focal_point"]


@pytest.mark.parametrize("forged", ["", "x", "x:y:z"])
def test_what_was_not_shown_is_not_confirmed(cast: Cast, login_as: LoginAs, forged: str) -> None:
    note, client = note_by(cast.focal_point, cast.state), login_as(cast.focal_point)
    done = client.post(page_of(note, "people/confirm/"), {"sheet": forged})
    assert (done.status_code, done["Location"]) == (302, page_of(note, "people/upload/"))
    assert "Choose the file again" in text_of(client.get(page_of(note)))


def test_what_another_person_was_shown_is_not_confirmed(cast: Cast, login_as: LoginAs) -> None:
    note = note_by(cast.officer, cast.state)
    preview = upload(login_as(cast.officer), note, csv_of(GOOD))
    assert confirm(login_as(cast.focal_point), note, preview)["Location"] == page_of(note, "people/upload/")
    assert note.nominations.count() == 0


def test_a_file_that_cannot_be_read_is_refused_by_its_field(cast: Cast, login_as: LoginAs) -> None:
    note, client = note_by(cast.focal_point, cast.state), login_as(cast.focal_point)
    page = upload(client, note, b"<html>", "people.xlsx")
    assert (page.status_code, links(page)) == (
        422,
        [("id_file", "The content of this file is not what its name says.")],
    )
    assert links(client.post(page_of(note, "people/upload/"))) == [("id_file", "Choose the file.")]


def test_an_account_of_the_mission_is_asked_for_with_a_note_and_its_scan(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    given = {"email": "mila@x.example", "full_name": "Mila Mission", "language": "ar", "number": "NV 8"}
    page = client.post(f"{STATE}mission/register/", given)
    assert (page.status_code, page.context["form"]["full_name"].value()) == (422, "Mila Mission")
    told = text_of(client.post(f"{STATE}mission/register/", {**given, "scan": scan()}, follow=True))
    assert "The request waits for a second officer. Nothing has happened yet." in told
    assert not User.objects.filter(email="mila@x.example").exists()


def test_nobody_of_the_secretariat_or_of_another_state_is_a_mission(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    for user, message in (
        (cast.administrator, "Adam Administrator belongs to the secretariat and works for no State."),
        (cast.same_group_expert, "Same Group Expert belongs to Lestovia."),
    ):
        given = {"email": user.email.upper(), "full_name": "X", "language": "en", "number": "NV 8", "scan": scan()}
        page = client.post(f"{STATE}mission/register/", given)
        assert (page.status_code, links(page)) == (422, [("id_email", message)])
