"""A list of contacts is looked at row by row before any of it is stored, and then stored as a whole or not at all."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.contacts.exports import contacts_template
from accounts.contacts.models import StateContact
from accounts.contacts.selectors import contacts_about, fingerprint_of
from accounts.contacts.services import import_contacts
from accounts.contacts.sheet import ContactRow, read_sheet
from accounts.people.models import User
from accounts.states import codes_by_name
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.files.spreadsheet_reading import MOST_ROWS
from core.models import AuditEntry
from tests.factories.accounts import OfficerFactory
from tests.factories.contacts import ContactFactory
from tests.forms import carried_by
from tests.lots.draws.test_races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LoginAs = Callable[[User], Client]
UPLOAD, CONFIRM = "/en/contacts/upload/", "/en/contacts/confirm/"
HEADER = "State,Mission or office,E-mail address,Language"


@pytest.fixture
def client(login_as: LoginAs) -> Client:
    return login_as(OfficerFactory.create())


def csv_of(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *rows]).encode()


def workbook(*rows: Sequence[Any]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in (HEADER.split(","), *rows):
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


def upload(client: Client, content: bytes, name: str = "contacts.csv") -> Any:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def read(content: bytes, name: str = "contacts.csv") -> list[ContactRow]:
    return read_sheet(name, content, codes_by_name())


def known_state(iso3: str) -> StateParty:
    return StateParty.objects.get(iso3=iso3)


def test_a_list_is_shown_confirmed_and_stored(client: Client) -> None:
    kept = ContactFactory(state_party=known_state("XLE"), office="Mission of Lerania", email="old@x.example")
    same = ContactFactory(state_party=known_state("XMB"), office="Same", email="same@x.example", language="en")
    rows = (
        "XVE,New mission,new@x.example,French",
        "XLE,Mission of Lerania,fresh@x.example,ru",
        "XMB,Same,same@x.example,en",
    )
    page = upload(client, csv_of(*rows))
    text = words(page)
    assert page.status_code == 200
    for said in (
        "1 contact is new.", "1 contact changes.", "1 contact is in the list as it is here.",
        "Nothing has been stored yet.", "<del dir=\"auto\">old@x.example</del>",
    ):  # fmt: skip
        assert said in text
    assert StateContact.objects.count() == 2, "nothing is stored before it is confirmed"
    answer = client.post(CONFIRM, carried_by(page))
    assert (answer.status_code, answer["Location"]) == (302, "/en/contacts/")
    assert set(StateContact.objects.values_list("state_party__iso3", "email", "language")) == {
        ("XVE", "new@x.example", "fr"), ("XLE", "fresh@x.example", "ru"), ("XMB", "same@x.example", "en"),
    }  # fmt: skip
    kept.refresh_from_db()
    assert kept.email == "fresh@x.example"
    before = same.updated_at
    same.refresh_from_db()
    assert same.updated_at == before, "what stays is not written"
    assert AuditEntry.objects.filter(verb__startswith="accounts.statecontact.").count() == 2


@pytest.mark.parametrize("name", ["XVE", "xve", "Veskaria", "VESKARIA", "فسكاريا", "Весскария"])
def test_a_state_is_known_by_its_code_and_by_its_names(name: str) -> None:
    state = known_state("XVE")
    with translation.override("ar"):
        called = {"فسكاريا": state.name}.get(name, name)
    if name == "Весскария":
        called = getattr(state, "name_ru", None) or "XVE"
    (row,) = read(csv_of(f"{called},Mission,a@x.example,en"))
    assert (row.state, dict(row.problems)) == ("XVE", {})


def test_accents_and_the_six_languages_do_not_matter() -> None:
    rows = read(
        csv_of(
            "Cote d'Ivoire,M,a@x.example,français", "Côte d’Ivoire,N,b@x.example,العربية", "CIV,O,c@x.example,zh-hans"
        )
    )
    assert {row.language for row in rows} == {"fr", "ar", "zh-hans"}
    assert rows[2].state == "CIV"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("Atlantis,Mission,a@x.example,en", "state", "“Atlantis” is no State of the list."),
        (",Mission,a@x.example,en", "state", "Enter the State."),
        ("XVE,,a@x.example,en", "office", "Enter the mission or office."),
        ("XVE,Mission,,en", "email", "Enter the e-mail address."),
        ("XVE,Mission,a at x,en", "email", "This is not an e-mail address."),
        ("XVE,Mission,a@x.example,Klingon", "language", "none of the six languages"),
        ("XVE,Mission,a@x.example,", "language", "Enter the language."),
        (f"XVE,{'x' * 201},a@x.example,en", "office", "The limit is 200."),
        ("XVE,=HYPERLINK(1),a@x.example,en", "office", "worked out by a formula"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(row: str, column: str, said: str) -> None:
    good, bad = read(csv_of("XLE,Mission,good@x.example,en", row))
    assert (dict(good.problems), list(bad.problems)) == ({}, [column])
    assert said in bad.problems[column]
    assert bad.line == 3


@pytest.mark.parametrize(
    ("second", "column"),
    [("XVE,Other,A@X.example,en", "email"), ("Veskaria,MISSION,b@x.example,en", "office")],
)
def test_two_rows_for_one_office_contradict_each_other(second: str, column: str) -> None:
    rows = read(csv_of("XVE,Mission,a@x.example,en", second))
    assert rows[1].problems == {column: "The same State and the same cell as in row 2."}


def test_a_formula_in_a_workbook_is_refused_whatever_it_gave(client: Client) -> None:
    (row,) = read(workbook(["XVE", "=A1&A2", "a@x.example", "en"]), "contacts.xlsx")
    assert row.problems == {"office": "This cell is worked out by a formula. Enter the value itself."}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "contacts.csv", "This file is empty."),
        (csv_of(), "contacts.csv", "There is no contact in this file."),
        (csv_of("XVE", header="Country"), "contacts.csv", "The first row names no column for: State, Mission"),
        (csv_of("XVE,a,b,c,d", header=f"{HEADER},Colour"), "contacts.csv", "These columns are not known: Colour."),
        (csv_of("XVE,a,b,c,d", header=f"{HEADER},State"), "contacts.csv", "These columns are there twice: State."),
        ("État;é".encode("latin-1"), "contacts.csv", "cannot be read stands in row 1, column 1."),
        (csv_of(*["XVE,a,b@x.example,en"] * (MOST_ROWS + 1)), "contacts.csv", f"more than {MOST_ROWS} rows"),
        (b"x" * (3 * 1024 * 1024), "contacts.csv", "larger than 2 megabytes"),
        (b"PK", "contacts.xlsx", "The content of this file is not what its name says."),
        (csv_of("XVE"), "contacts.xls", "This kind of file can hold macros."),
        (csv_of("XVE"), "contacts.txt", "This kind of file is not accepted."),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(client: Client, content: bytes, name: str, said: str) -> None:
    page = upload(client, content, name)
    assert page.status_code == 422
    assert said in words(page).replace("&#x27;", "'")


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(client: Client) -> None:
    page = client.post(UPLOAD, {"file": SimpleUploadedFile("contacts.csv", b"x" * (50 * 1024 * 1024))})
    assert page.status_code in {413, 422}
    assert "larger" in words(page) or "too large" in words(page)


def test_a_row_that_is_wrong_keeps_the_others_out(client: Client) -> None:
    page = upload(client, csv_of("XVE,Mission,a@x.example,en", "Atlantis,Mission,b@x.example,en"))
    assert "1 row is wrong" in words(page)
    assert "Choose the file again" in words(page)
    hidden = page.context["form"]
    answer = client.post(CONFIRM, {name: hidden[name].value() for name in ("sheet", "seen")})
    assert (answer.status_code, StateContact.objects.count()) == (422, 0)


def test_what_changed_between_preview_and_confirmation_is_shown_anew(client: Client) -> None:
    contact = ContactFactory(state_party=known_state("XVE"), office="Mission", email="a@x.example")
    page = upload(client, csv_of("XVE,Mission,b@x.example,en"))
    StateContact.objects.filter(pk=contact.pk).update(email="colleague@x.example")
    again = client.post(CONFIRM, carried_by(page))
    assert again.status_code == 422
    assert "The contacts of these States were changed meanwhile." in words(again)
    assert "colleague@x.example" in words(again)
    assert client.post(CONFIRM, carried_by(again)).status_code == 302
    contact.refresh_from_db()
    assert contact.email == "b@x.example"


def test_nobody_confirms_what_was_shown_to_another(client: Client, login_as: LoginAs) -> None:
    page = upload(client, csv_of("XVE,Mission,a@x.example,en"))
    other = login_as(OfficerFactory.create())
    assert other.post(CONFIRM, carried_by(page))["Location"] == UPLOAD
    assert not StateContact.objects.exists()


def test_a_second_press_stores_nothing_twice(client: Client) -> None:
    carried = carried_by(upload(client, csv_of("XVE,Mission,a@x.example,en")))
    first, second = client.post(CONFIRM, carried), client.post(CONFIRM, carried)
    assert first.status_code == 302
    assert second.status_code in {302, 422}
    assert StateContact.objects.count() == 1


def test_addresses_that_two_offices_exchange_are_refused_as_a_whole(client: Client) -> None:
    for office, email in (("One", "one@x.example"), ("Two", "two@x.example")):
        ContactFactory(state_party=known_state("XVE"), office=office, email=email)
    page = upload(client, csv_of("XVE,One,two@x.example,en", "XVE,Two,one@x.example,en"))
    client.post(CONFIRM, carried_by(page))
    assert set(StateContact.objects.values_list("office", "email")) in (
        {("One", "one@x.example"), ("Two", "two@x.example")},
        {("One", "two@x.example"), ("Two", "one@x.example")},
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_template_is_read_in_each_language_of_the_pages(language: str) -> None:
    with translation.override(language):
        book = openpyxl.load_workbook(io.BytesIO(contacts_template()))
    sheet: Any = book.active
    sheet.append(["XVE", "Mission", "a@x.example", "fr", ""])
    out = io.BytesIO()
    book.save(out)
    (row,) = read(out.getvalue(), "contacts.xlsx")
    assert (row.state, row.language, dict(row.problems)) == ("XVE", "fr", {})


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_bring_the_same_list_store_it_once() -> None:
    rows = read(csv_of("XVE,Mission,a@x.example,en"))
    seen = fingerprint_of(contacts_about({"XVE"}))
    acts = [
        lambda each=each: import_contacts(actor=each, rows=rows, seen=seen)
        for each in (OfficerFactory(), OfficerFactory())
    ]
    assert sorted(at_once(*acts)) == [
        "The contacts of these States were changed meanwhile. Look at what follows now.",
        "done",
    ]
    assert StateContact.objects.count() == 1


def test_a_wrong_row_is_refused_by_the_service_too() -> None:
    rows = read(csv_of("Atlantis,Mission,a@x.example,en"))
    with pytest.raises(ServiceError, match="Mend the file first"):
        import_contacts(actor=OfficerFactory(), rows=rows, seen="")
