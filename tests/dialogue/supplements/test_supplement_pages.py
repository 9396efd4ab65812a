"""Supplementary information: drafted with its file in the room of the State under review, sent, downloaded."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.test import Client, override_settings

from accounts.people.models import User
from core.models import AuditEntry, Notification
from dialogue.exchange.models import SupplementaryInformation
from tests.dialogue.supplements.dialogues import ADD, CANARY, DIALOGUE, OUTSIDE, PDF, draft, page_of, pdf, sent, text_of
from tests.forms import send_form
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files"), pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
AGAIN = "Choose the file again"


def stored_files() -> list[str]:
    return default_storage.listdir("supplements")[1] if default_storage.exists("supplements") else []


def test_a_source_is_drafted_in_the_room_of_the_state_under_review(talking: Cast, login_as: LoginAs) -> None:
    client = login_as(talking.expert)
    page = text_of(client.get(ADD))
    assert 'enctype="multipart/form-data"' in page
    assert "One of: docx, jpeg, jpg, odt, pdf, png, xlsx. At most 20 megabytes." in page
    saved = send_form(client, ADD, {"title": "Penal Code", "pages": "3–5", "file": pdf("قانون.pdf")})
    assert (saved.status_code, saved["Location"]) == (302, DIALOGUE)
    supplement = SupplementaryInformation.objects.get()
    assert (supplement.room, supplement.sent_at, supplement.file_name) == (talking.state, None, "قانون.pdf")
    assert supplement.file.name == f"supplements/{supplement.pk}.pdf"
    page = text_of(client.get(DIALOGUE))
    assert f"The draft is saved. Nobody outside of {talking.state} sees it" in page
    assert f"Draft, seen by {talking.state} only" in page


def test_what_was_not_sent_is_found_by_the_state_under_review_only(talking: Cast, login_as: LoginAs) -> None:
    supplement = draft(talking, file=pdf())
    own = {"focal_point", "expert", "second_expert", "observer"}
    for name, user in talking.people.items():
        client = login_as(user)
        assert (CANARY in text_of(client.get(DIALOGUE))) == (name in own), name
        if name in own:
            continue
        for act in ("", "send/", "discard/", "file/"):
            assert client.get(page_of(supplement, act)).status_code == 404, (name, act)
            assert send_form(client, page_of(supplement, act)).status_code == 404, (name, act)


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"title": ""}, "title", "Give the title."),
        ({"title": "t" * 301}, "title", "This is 301 characters long. The limit is 300."),
        ({"pages": "p" * 101}, "pages", "This is 101 characters long. The limit is 100."),
        ({"link": ""}, "link", "Give a link or a file."),
        ({"link": "javascript:alert(1)"}, "link", "A link must begin with https:// or http://."),
    ],
)
def test_what_is_wrong_is_told_by_field_and_what_was_typed_stays(
    talking: Cast, login_as: LoginAs, given: dict[str, str], field: str, message: str
) -> None:
    typed = {"title": "Penal Code", "pages": "3–5", "link": "https://laws.example/1"} | given
    page = send_form(login_as(talking.expert), ADD, typed)
    assert page.status_code == 422
    assert [(link.target, link.message) for link in page.context["form"].error_links] == [(f"id_{field}", message)]
    for name, value in typed.items():
        assert page.context["form"][name].value() == value
    assert AGAIN not in text_of(page)
    assert not SupplementaryInformation.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("law.pdf", b"<script>alert(1)</script>", "The content of this file is not what its name says."),
        ("law.docx", PDF, "The content of this file is not what its name says."),
        ("law.pdf", b"", "This file is empty."),
        ("law.pdf", PDF.ljust(1024 * 1024 + 1), "This file is larger than 1 megabyte."),
        ("law.html", PDF, "This kind of file is not accepted. Use one of: docx, jpeg, jpg, odt, pdf, png, xlsx."),
        (
            "law.pdf",
            PDF + b"<html>",
            "This file holds something besides what its name says. Open it, save it anew, and choose it again.",
        ),
    ],
)
@override_settings(UPLOAD_MAXIMUM_MEGABYTES=1)
def test_a_file_that_is_not_accepted_has_to_be_chosen_again(
    talking: Cast, login_as: LoginAs, name: str, content: bytes, message: str
) -> None:
    page = send_form(login_as(talking.expert), ADD, {"title": "Penal Code", "file": pdf(name, content)})
    assert page.status_code == 422
    assert [(link.target, link.message) for link in page.context["form"].error_links] == [("id_file", message)]
    assert (AGAIN in text_of(page), 'value="Penal Code"' in text_of(page)) == (True, True)
    assert (stored_files(), SupplementaryInformation.objects.count()) == ([], 0)


def test_a_good_file_has_to_be_chosen_again_too_when_something_else_is_wrong(talking: Cast, login_as: LoginAs) -> None:
    page = send_form(login_as(talking.expert), ADD, {"title": "", "file": pdf()})
    assert (page.status_code, AGAIN in text_of(page)) == (422, True)


def test_what_a_person_calls_a_file_is_not_where_it_lies(talking: Cast, login_as: LoginAs) -> None:
    client = login_as(talking.expert)
    for name in ("../../../etc/law.pdf", "C:\\laws\\law.pdf", "/etc/law.pdf"):
        assert send_form(client, ADD, {"title": name, "file": pdf(name)}).status_code == 302
    rows = SupplementaryInformation.objects.all()
    assert {row.file_name for row in rows} == {"law.pdf"}
    assert sorted(stored_files()) == sorted(f"{row.pk}.pdf" for row in rows)


@pytest.mark.parametrize("name", ["Penal Code 2014.pdf", "قانون العقوبات.pdf", 'a"b.pdf'])
def test_a_file_is_served_under_its_own_name_as_an_attachment(talking: Cast, login_as: LoginAs, name: str) -> None:
    supplement = sent(talking, file=pdf(name))
    http_response = login_as(talking.same_group_observer).get(page_of(supplement, "file/"))
    assert (http_response.status_code, http_response["Content-Type"]) == (200, "application/pdf")
    disposition = http_response["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert (quote(name) in disposition) == (not name.isascii())
    assert b"".join(http_response.streaming_content) == PDF  # type: ignore[attr-defined]


def test_who_may_not_read_the_table_gets_no_file(talking: Cast, login_as: LoginAs) -> None:
    supplement = sent(talking, file=pdf())
    refused = {"contributor": 403, "auditor": 403} | OUTSIDE
    for name, status in refused.items():
        assert login_as(talking.people[name]).get(page_of(supplement, "file/")).status_code == status, name
    assert Client().get(page_of(supplement, "file/")).status_code == 302


def test_there_is_no_file_where_there_is_only_a_link(talking: Cast, login_as: LoginAs) -> None:
    assert login_as(talking.officer).get(page_of(sent(talking), "file/")).status_code == 404


def test_a_draft_is_changed_and_its_file_stays_unless_another_is_chosen(talking: Cast, login_as: LoginAs) -> None:
    supplement = draft(talking, file=pdf("old.pdf"))
    client = login_as(talking.second_expert)
    page = text_of(client.get(page_of(supplement)))
    assert (f'value="{CANARY}"' in page, "A new file takes the place of old.pdf." in page) == (True, True)
    assert send_form(client, page_of(supplement), {"title": "Penal Code"}).status_code == 302
    supplement.refresh_from_db()
    assert (supplement.title, supplement.link, supplement.file_name) == ("Penal Code", "", "old.pdf")
    assert send_form(client, page_of(supplement), {"title": "Penal Code", "file": pdf("new.pdf")}).status_code == 302
    supplement.refresh_from_db()
    assert supplement.file_name == "new.pdf"


def test_a_source_is_sent_by_the_focal_point_and_a_second_press_is_harmless(talking: Cast, login_as: LoginAs) -> None:
    supplement = draft(talking, "Penal Code")
    page = send_form(login_as(talking.expert), page_of(supplement, "send/"))
    assert page.status_code == 403
    assert "Only the focal point of the State that wrote this sends it." in text_of(page)
    client = login_as(talking.focal_point)
    assert "The list of observations names it among its sources." in text_of(client.get(page_of(supplement, "send/")))
    assert send_form(client, page_of(supplement, "send/"))["Location"] == DIALOGUE
    again = send_form(client, page_of(supplement, "send/"))
    assert (again.status_code, "This has been sent; it can no longer be changed." in text_of(again)) == (403, True)
    assert AuditEntry.objects.filter(verb="reviews.supplement.sent").count() == 1
    told = Notification.objects.filter(key__contains=str(supplement.pk))
    assert {mail.recipient for mail in told} == {talking.same_group_focal_point, talking.other_group_focal_point}
    for name in ("expert", "same_group_focal_point", "officer"):
        assert send_form(login_as(talking.people[name]), page_of(supplement, "send/")).status_code == 403, name
    assert client.get(page_of(supplement)).status_code == 403


def test_a_draft_is_discarded_after_a_question(talking: Cast, login_as: LoginAs) -> None:
    supplement = draft(talking)
    assert login_as(talking.observer).get(page_of(supplement, "discard/")).status_code == 403
    client = login_as(talking.expert)
    assert CANARY in text_of(client.get(page_of(supplement, "discard/")))
    assert send_form(client, page_of(supplement, "discard/"))["Location"] == DIALOGUE
    assert not SupplementaryInformation.objects.exists()
    assert send_form(client, page_of(sent(talking), "discard/")).status_code == 403


def test_only_the_state_under_review_provides(talking: Cast, login_as: LoginAs) -> None:
    may = {"focal_point", "expert", "second_expert"}
    for name, user in talking.people.items():
        status = login_as(user).get(ADD).status_code
        assert status == OUTSIDE.get(name, 200 if name in may else 403), name
