"""An institution makes the portal its own: names, looks, languages, a test of the mails, and the list of steps."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.enums import NotificationStatus
from core.institution import facts
from core.institution.facts import (
    forget_institution,
    home_zone,
    institution,
    offered_languages,
    short_site_name,
    site_name,
)
from core.institution.looks import OWN_ACCENT, OWN_COLOUR, style_of
from core.models import AuditEntry, Institution, Notification
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from portal.setup.enums import SetupStatus
from portal.setup.selectors import TEST_MAIL, seen_of, setup_row
from portal.setup.steps import setup_of
from tests.core.files.hostile_files import png
from tests.factories.accounts import AdministratorFactory, InvitedFactory, OfficerFactory
from tests.forms import send_form

pytestmark = pytest.mark.django_db

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _nothing_is_set() -> Iterator[None]:
    Institution.objects.all().delete()
    forget_institution()
    yield
    forget_institution()


@pytest.fixture
def administrator() -> User:
    return AdministratorFactory.create(full_name="Anselm Rietveld")


@pytest.fixture
def client(administrator: User, login_as: Login) -> Client:
    return login_as(administrator)


def post(client: Client, name: str, **data: Any) -> Any:
    """Send the form as the page shows it, with these values changed."""
    if name == "looks":  # a field of colours always holds one
        data = {"colour": OWN_COLOUR, "accent": OWN_ACCENT, **data}
    answer = send_form(client, reverse(f"portal:setup-{name}"), data)
    forget_institution()  # as after the commit
    return answer


# --- Names


def test_the_name_stands_on_every_page_and_in_the_language_of_its_reader(client: Client) -> None:
    post(client, "names", name_en="Peer Review of Examplia", name_ar="استعراض الأقران", short_name_en="Peers")
    assert "Peer Review of Examplia</span>" in client.get("/en/profile/").content.decode()
    assert "استعراض الأقران" in client.get("/ar/profile/").content.decode()
    assert "Peer Review of Examplia" in Client().get("/en/sign-in/").content.decode()
    with translation.override("ar"):
        assert (site_name(), short_site_name()) == ("استعراض الأقران", "Peers")


def test_a_name_is_needed_in_the_language_to_which_all_others_fall_back(client: Client) -> None:
    answer = post(client, "names", name_ar="استعراض الأقران")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter the name." in page
    assert "استعراض الأقران" in page, "what was typed stays"
    assert not institution().names.get("ar")


def test_what_the_environment_says_comes_first_and_is_shown_as_such(client: Client, settings: Any) -> None:
    post(client, "names", name_en="Peer Review of Examplia")
    settings.SITE_NAME = "Fixed"
    assert site_name() == "Fixed"
    assert "is “Fixed” in its environment" in client.get(reverse("portal:setup-names")).content.decode()


def test_who_saves_over_a_colleagues_change_is_told_first(client: Client, administrator: User, login_as: Login) -> None:
    address = reverse("portal:setup-names")
    stale = seen_of(setup_row())
    post(client, "names", name_en="First")
    answer = client.post(address, {"seen": stale, "name_en": "Second", "name_ar": ""})
    page = answer.content.decode()
    assert (answer.status_code, "A colleague has changed this meanwhile" in page) == (422, True)
    assert 'value="Second"' in page, "what was typed stays"
    forget_institution()
    assert site_name() == "First"
    assert f'value="{seen_of(setup_row())}"' in page, "the form, sent again, replaces it knowingly"


def test_a_change_is_in_the_record_of_acts(client: Client, administrator: User) -> None:
    post(client, "names", name_en="Peer Review of Examplia")
    entry = AuditEntry.objects.get(verb="core.institution.changed")
    assert entry.actor_label == administrator.full_name
    assert entry.after["name_en"] == "Peer Review of Examplia"


# --- Looks


def test_colours_and_logo_are_those_of_every_page(client: Client, own_files: Path) -> None:
    post(client, "looks", colour="#5b2a86", accent="#0e7c7b", logo=SimpleUploadedFile("logo.png", png()))
    page = Client().get("/en/sign-in/").content.decode()
    style = page.split('href="/institution.css')[1].split('"')[0]
    assert "--app-brand:#5b2a86;" in Client().get(f"/institution.css{style}").content.decode()
    assert 'content="#5b2a86"' in page, "the colour of the browser's bar"
    logo = page.split('src="/institution-logo/')[1].split('"')[0]
    got = Client().get(f"/institution-logo/{logo}")
    assert b"".join(got) == png()  # type: ignore[call-overload]
    assert (got["Content-Type"], got["Content-Security-Policy"][:18]) == ("image/png", "default-src 'none'")


def test_what_an_address_does_not_name_is_not_kept_for_good(client: Client, own_files: Path) -> None:
    """A process whose copy is some seconds old would otherwise give old colours for good under the new address."""
    post(client, "looks", colour="#5b2a86", logo=SimpleUploadedFile("logo.png", png()))
    page = Client().get("/en/sign-in/").content.decode()
    for place in ("/institution.css", "/institution-logo/"):
        mark = page.split(f'"{place}')[1].split('"')[0]
        kept = [Client().get(f"{place}{query}")["Cache-Control"] for query in (mark, "?v=another", "")]
        assert kept == ["public, max-age=31536000, immutable", "no-store", "no-store"]


def test_a_process_with_an_older_copy_looks_anew(client: Client) -> None:
    post(client, "looks", colour="#5b2a86")
    institution()
    Institution.objects.update(colour="#113355")  # by another process, a moment ago
    mark = style_of(replace(institution(), colour="#113355")).mark
    got = Client().get(f"/institution.css?v={mark}")
    assert ("#113355" in got.content.decode(), got["Cache-Control"][:6]) == (True, "public")


def test_pages_are_made_where_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(facts._institution, "_look", away)
    forget_institution()
    assert (site_name(), home_zone().key, institution().is_set_up) == ("Country Review Portal", "Europe/Vienna", False)
    assert Client().get("/robots.txt").status_code == 200


def test_where_the_database_is_away_it_is_asked_once_and_not_by_each_who_needs_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def away() -> None:
        asked.append(1)
        raise OperationalError("connection refused")

    monkeypatch.setattr(facts._institution, "_look", away)
    forget_institution()
    assert [site_name(), short_site_name(), home_zone().key, *offered_languages()]
    assert len(asked) == 1


def test_a_row_that_names_another_file_of_the_portal_makes_it_no_logo(client: Client, own_files: Path) -> None:
    for name in ("rooms/answer.png", "institution/../rooms/answer.png"):
        default_storage.save("rooms/answer.png", ContentFile(png()))
        Institution.objects.update_or_create(is_only=True, defaults={"logo": name, "sha256": "0" * 64})
        assert Client().get("/institution-logo/").status_code == 404


def test_as_it_comes_no_page_asks_for_more(client: Client) -> None:
    page = client.get("/en/profile/").content.decode()
    assert "institution" not in page
    assert client.get("/institution-logo/").status_code == 404


def test_a_logo_is_taken_away_with_its_file(client: Client, own_files: Path) -> None:
    post(client, "looks", logo=SimpleUploadedFile("logo.png", png()))
    assert Institution.objects.get().logo
    post(client, "looks", is_without_logo="on")
    row = Institution.objects.get()
    assert (row.logo.name, row.logo_name, row.sha256) == ("", "", "")


@pytest.mark.parametrize("colour", ["#ffd23f", "#ffffff", "#7a8a99"])
def test_a_colour_on_which_nobody_reads_is_refused_with_its_contrast(client: Client, colour: str) -> None:
    answer = post(client, "looks", colour=colour)
    page = answer.content.decode()
    assert (answer.status_code, "at least 4.5 to 1 is needed" in page) == (422, True)
    assert f'value="{colour}"' in page
    assert institution().colour == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.svg", b"<svg onload='x'/>", "The logo is a picture"),
        ("logo.png", b"GIF89a", "The content of this file is not what its name says."),
        ("logo.pdf", b"%PDF-1.7", "The logo is a picture"),
    ],
)
def test_what_is_no_picture_is_no_logo(client: Client, own_files: Path, name: str, content: bytes, words: str) -> None:
    answer = post(client, "looks", logo=SimpleUploadedFile(name, content))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert institution().logo == ""


# --- Languages and time zone


def test_pages_are_offered_in_the_languages_that_were_chosen(client: Client) -> None:
    post(client, "languages", languages=["en"], time_zone="Africa/Nairobi")
    page = client.get("/en/profile/").content.decode()
    assert 'hreflang="ar"' not in page
    assert home_zone().key == "Africa/Nairobi"
    post(client, "languages", languages=["ar", "en"], time_zone="Africa/Nairobi")
    assert 'hreflang="ar"' in client.get("/en/profile/").content.decode()


def test_whoever_has_a_language_that_is_no_longer_offered_keeps_it(client: Client, administrator: User) -> None:
    administrator.language = "ar"
    administrator.save()
    post(client, "languages", languages=["en"], time_zone="Africa/Nairobi")
    answer = send_form(client, "/en/profile/", {"full_name": "Another name", "language": "ar"})
    assert answer.status_code == 302
    administrator.refresh_from_db()
    assert (administrator.full_name, administrator.language) == ("Another name", "ar")


@pytest.mark.parametrize("name", ["Mars/Olympus_Mons", "../../etc/passwd"])
def test_a_zone_that_this_machine_does_not_know_stops_nothing(name: str) -> None:
    """Every page and every job asks for it; another machine may have known more of them."""
    Institution.objects.create(time_zone=name)
    forget_institution()
    assert home_zone().key == "Europe/Vienna"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"languages": [], "time_zone": "Africa/Nairobi"}, "Choose at least one of the languages."),
        ({"languages": ["en"], "time_zone": ""}, "Choose a time zone from the list."),
        ({"languages": ["tlh"], "time_zone": "Africa/Nairobi"}, "tlh is not one of the available choices."),
    ],
)
def test_no_language_and_no_zone_are_told_by_the_field(client: Client, data: Any, words: str) -> None:
    answer = post(client, "languages", **data)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


# --- Mails


def test_a_test_mail_goes_to_whoever_asked_and_the_page_says_how_it_fared(client: Client, administrator: User) -> None:
    client.post(reverse("portal:setup-mail-test"))
    mail = Notification.objects.get(template=TEST_MAIL)
    assert mail.recipient == administrator
    assert _status("mail", administrator) == SetupStatus.WAITS
    mail.status, mail.error = NotificationStatus.FAILED, "550 no"
    mail.save()
    page = client.get(reverse("portal:setup-mail")).content.decode()
    assert "The mail server did not take the mail" in page
    assert _status("mail", administrator) == SetupStatus.TO_DO
    Notification.objects.update(status=NotificationStatus.SENT, error="")
    assert _status("mail", administrator) == SetupStatus.DONE


# --- The list of steps


def _status(key: str, administrator: User) -> SetupStatus:
    return next(step.standing.status for step in setup_of(administrator).steps if step.key == key)


def test_the_first_page_of_an_administrator_leads_from_step_to_step(client: Client, login_as: Login) -> None:
    first = client.get("/en/").content.decode()
    assert f'href="{reverse("portal:setup-names")}" role="button"' in first, "the button of the first step"
    post(client, "names", name_en="Peer Review of Examplia")
    assert "Go on: Languages and time zone" in client.get("/en/").content.decode()
    assert "Setting up the portal" not in login_as(OfficerFactory.create()).get("/en/").content.decode()


def test_a_second_member_counts_once_the_invitation_is_accepted(administrator: User) -> None:
    assert _status("colleague", administrator) == SetupStatus.TO_DO
    invited = InvitedFactory.create(secretariat_role="officer")
    assert _status("colleague", administrator) == SetupStatus.WAITS
    invited.delete()
    OfficerFactory.create()
    assert _status("colleague", administrator) == SetupStatus.DONE


def test_a_programme_that_began_long_ago_is_told(administrator: User) -> None:
    """The dates that come with the rules are of 2020."""
    step = next(step for step in setup_of(administrator).steps if step.key == "programme")
    assert step.standing.status == SetupStatus.TO_DO
    assert step.standing.note == "The first reviews begin on 1 December 2020. This day is past."


def test_the_page_of_the_mechanism_says_so_too(client: Client, make_review: Callable[..., Any]) -> None:
    page = reverse("portal:mechanism-contents", args=["untoc"])
    assert "The first day is past, and no review has begun." in client.get(page).content.decode()
    make_review()
    assert "The first day is past" not in client.get(page).content.decode()


def test_with_a_review_open_the_dates_are_done_and_lots_may_be_drawn(
    administrator: User, make_review: Callable[..., Any]
) -> None:
    review = make_review()
    assert _status("programme", administrator) == SetupStatus.DONE
    assert _status("draw", administrator) == SetupStatus.OPTIONAL
    draw = Draw.objects.create(
        mechanism=review.mechanism, phase=review.phase, code="1-1", as_of=dt.date(2026, 11, 1), switches={},
        input_sha256="0" * 64, commitment_sha256="0" * 64,
    )  # fmt: skip
    assert _status("draw", administrator) == SetupStatus.TO_DO, "it is not published"
    Draw.objects.filter(pk=draw.pk).update(status=DrawStatus.PUBLISHED)
    assert _status("draw", administrator) == SetupStatus.DONE


def test_what_is_counted_stays_the_same_when_what_is_not_needed_is_done(administrator: User) -> None:
    """The mechanism of the tests is there from the beginning."""
    assert setup_of(administrator).words == "1 of 7 needed steps done"
    row = setup_row(for_update=True)
    row.done = ["looks"]
    row.save()
    assert setup_of(administrator).words == "1 of 7 needed steps done"
    row.done = ["looks", "names"]
    row.save()
    assert setup_of(administrator).words == "2 of 7 needed steps done"


def test_the_list_leaves_the_first_page_when_an_administrator_says_so(client: Client) -> None:
    client.post(reverse("portal:setup-end"))
    forget_institution()
    assert "Go on:" not in client.get("/en/").content.decode()
    assert "Go on: Name the portal" in client.get(reverse("portal:setup")).content.decode()
