"""The page behind the link of a mission: what it shows, what it takes, and what it never tells."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.contacts.models import StateContact
from accounts.links.models import StateLink
from accounts.links.tokens import token_of
from accounts.people.models import User
from config.logs import without_secrets
from core.database.identity import identified_as
from core.mail import notifications
from core.models import AuditEntry, Notification
from reviews.cases.enums import ParticipationRole
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.outreach.services.received import MOST_BY_ONE_LINK, tell_of_received
from reviews.outreach.services.sending import renew_links
from reviews.outreach.tasks import carry_on_outreach_task
from reviews.outreach.views.missions import mark_of
from tests.factories.accounts import UserFactory
from tests.forms import carried_by
from tests.guards import guards_off
from tests.plain_role import HAS_TWO_ROLES, plain_role, system_role
from tests.reviews.outreach.missions import (
    PAGE,
    contact_of,
    follow,
    link_to,
    post,
    received_by,
    send,
    typed,
    unnamed_review,
    words,
    write,
)
from tests.security.statements import refused
from tests.utils import register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "own_files")]
LoginAs = Callable[[User], Client]
OVER = "This link does not open anything"
OFFER = "Send a new link"


@pytest.fixture
def contact(review: Any) -> StateContact:
    return contact_of(review.state_under_review, office="Mission", email="mission@veskaria.example")


@pytest.fixture
def link(contact: StateContact, officer: User) -> StateLink:
    return link_to(contact, officer)


def run_out(link: StateLink) -> None:
    """Its time passes, which no statement of the portal could make it."""
    long_ago = timezone.now() - dt.timedelta(days=1)
    with guards_off(["accounts_statelink", "reviews_nominationletter"]):
        StateLink.objects.filter(pk=link.pk).update(expires_at=long_ago, created_at=long_ago)
        NominationLetter.objects.filter(link=link).update(created_at=long_ago)


# --- Following the link


def test_the_link_leads_to_its_page_without_the_secret(client: Client, link: StateLink, review: Any) -> None:
    answer = follow(client, link)
    assert (answer["Location"], answer["Referrer-Policy"], answer["Cache-Control"]) == (PAGE, "no-referrer", "no-store")
    assert token_of(link.pk) not in str(dict(client.session))
    page = client.get(PAGE)
    assert (page.status_code, page["Referrer-Policy"], page["Cache-Control"]) == (200, "same-origin", "no-store")
    assert review.code in words(page)
    assert "15 November 2021" in words(page), "by when a focal point is expected"
    link.refresh_from_db()
    assert link.last_used_at is not None


def test_the_page_names_no_person_and_no_other_state(client: Client, link: StateLink, review: Any) -> None:
    other = unnamed_review("XMB")
    expert = UserFactory(full_name="Hidden Expert")
    register(review, expert, review.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    follow(client, link)
    page = words(client.get(PAGE))
    for secret in (
        "Hidden Expert",
        expert.email,
        other.code,
        str(other.state_under_review),
        "mission@veskaria.example",
    ):
        assert secret not in page


def test_a_reviewing_state_sees_that_it_reviews(client: Client, officer: User) -> None:
    review = unnamed_review()
    reviewing = review.reviewing_states.all()[0].state_party
    review.participations.filter(state_party=reviewing).delete()
    unnamed_review(reviewing.iso3)
    follow(client, link_to(contact_of(reviewing), officer))
    assert review.code in words(client.get(PAGE))


def test_somebody_who_is_signed_in_for_nothing_sees_the_same(link: StateLink, login_as: LoginAs, review: Any) -> None:
    client = login_as(UserFactory())
    follow(client, link)
    assert review.code in words(client.get(PAGE))


@pytest.mark.parametrize("kind", ["wrong", "too long", "ended", "none"])
def test_links_that_open_nothing_look_alike(client: Client, link: StateLink, kind: str) -> None:
    StateLink.objects.filter(pk=link.pk).update(ended_at=timezone.now() if kind == "ended" else None)
    token = {"wrong": "a" * 43, "too long": "€" * 300, "ended": token_of(link.pk)}.get(kind)
    if token:
        answer = client.get(f"{PAGE}{token}/")
        assert (answer["Location"], answer["Referrer-Policy"]) == (PAGE, "no-referrer"), "as a good one"
    page = client.get(PAGE)
    assert (page.status_code, OVER in words(page), OFFER in words(page)) == (404, True, False)
    assert page["Cache-Control"] == "no-store"


def test_a_wrong_link_closes_what_a_good_one_has_opened(client: Client, link: StateLink) -> None:
    follow(client, link)
    client.get(f"{PAGE}{'a' * 43}/")
    assert client.get(PAGE).status_code == 404


def test_a_link_that_has_run_out_offers_another_one(client: Client, link: StateLink) -> None:
    run_out(link)
    assert follow(client, link)["Location"] == PAGE
    page = client.get(PAGE)
    assert (page.status_code, OVER in words(page), OFFER in words(page)) == (404, True, True)
    assert "mission@veskaria.example" not in words(page)


def test_a_link_that_is_ended_while_its_page_stands_open_takes_nothing(
    client: Client, link: StateLink, review: Any
) -> None:
    follow(client, link)
    StateLink.objects.update(ended_at=timezone.now())
    assert post(client, typed(review.code)).status_code == 404
    assert not ReceivedNomination.objects.exists()


def test_the_secret_is_taken_out_of_logs(link: StateLink) -> None:
    assert without_secrets(f"GET /ar/mission-link/{token_of(link.pk)}/") == "GET /ar/mission-link/…/"
    assert without_secrets("POST /en/mission-link/renew/") == "POST /en/mission-link/renew/"


def test_who_tries_many_links_is_told_to_wait(client: Client, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "link": (3, 3)}
    tries = [client.get(f"{PAGE}{'a' * 42}{number}/", REMOTE_ADDR="203.0.113.77") for number in range(5)]
    assert [answer.status_code for answer in tries] == [302, 302, 302, 429, 429]


# --- Another link


def renewed() -> int:
    with system_role():
        return renew_links() + send()


def test_a_new_link_goes_to_the_same_address_once(client: Client, link: StateLink) -> None:
    run_out(link)
    follow(client, link)
    mail.outbox.clear()
    Notification.objects.update(status="sent")
    for _ in range(2):
        answer = client.post(f"{PAGE}renew/")
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert "If the link had run out, a new one is on its way" in words(client.get(PAGE))
    assert renewed() == 2, "one letter, made and sent"
    assert renewed() == 0
    new = StateLink.objects.exclude(pk=link.pk).get()
    assert (new.address, new.is_open) == (link.address, True)
    assert notifications.deliver(str(Notification.objects.get(status="queued").pk))
    assert mail.outbox[-1].to == ["mission@veskaria.example"]
    assert follow(Client(), new).status_code == 302
    assert AuditEntry.objects.filter(verb="reviews.nominationletter.renewed").count() == 1


def test_who_follows_no_link_and_who_holds_a_good_one_gets_no_other(client: Client, link: StateLink) -> None:
    assert client.post(f"{PAGE}renew/").status_code == 302
    follow(client, link)
    assert client.post(f"{PAGE}renew/").status_code == 302
    assert renewed() == 0


def test_a_link_to_an_office_that_left_the_list_is_not_renewed(client: Client, link: StateLink) -> None:
    run_out(link)
    follow(client, link)
    client.post(f"{PAGE}renew/")
    NominationLetter.objects.update(contact=None)
    StateContact.objects.all().delete()
    assert renewed() == 0


# --- Naming people


def test_a_mission_names_its_people_and_sees_what_it_has_sent(client: Client, link: StateLink, review: Any) -> None:
    follow(client, link)
    answer = post(client, typed(review.code))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    received = ReceivedNomination.objects.get()
    assert [person["email"] for person in received.people] == ["noor@justice.example", "ana@justice.example"]
    assert [person["role"] for person in received.people] == ["focal_point", "governmental_expert"]
    assert {tuple(person["reviews"]) for person in received.people} == {(review.code,)}
    assert (received.state_party, received.scan_name, len(received.sha256)) == (
        review.state_under_review, "note.pdf", 64
    )  # fmt: skip
    page = words(client.get(PAGE))
    assert "It is sent." in page
    assert "Noor Haddad" in page
    assert not User.objects.filter(email__in=["noor@justice.example", "ana@justice.example"]).exists()


def test_what_was_sent_is_shown_to_this_mission_and_not_to_another_office(
    client: Client, link: StateLink, review: Any, officer: User
) -> None:
    received_by(link, review.code)
    other = contact_of(review.state_under_review, office="Ministry")
    ReceivedNomination.objects.update(status="set_aside")
    follow(client, link_to(other, officer))
    assert "Noor Haddad" not in words(client.get(PAGE))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reviews": []}, "Choose the review, or several."),
        ({"reviews": ["1-XMB"]}, "Select a valid choice"),
        ({"number": ""}, "Enter the number of the note."),
        ({"dated_on": "2999-01-01"}, "This day is still to come."),
        ({"scan": ""}, "Attach the scanned note."),
        ({"scan": SimpleUploadedFile("note.docx", b"x")}, "Choose the scanned note as PDF, PNG or JPEG."),
        ({"scan": SimpleUploadedFile("note.pdf", b"no pdf")}, "is not what its name says"),
        ({"focal-email": "nobody"}, "This is not an e-mail address."),
        ({"focal-full_name": ""}, "Enter the name."),
        ({"expert1-email": "NOOR@justice.example"}, "Two people have this address."),
        ({"expert1-language": "de"}, "Select a valid choice"),
        ({"focal-full_name": "Noor\u202eddadaH"}, "that nobody sees"),
        (
            {name: "" for name in typed("x") if name.startswith(("focal-", "expert1-"))},
            "Name the focal point, or an expert.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, link: StateLink, review: Any, change: dict[str, Any], said: str
) -> None:
    follow(client, link)
    page = post(client, typed(review.code, **change))
    assert page.status_code == 422
    assert said in words(page)
    if "number" not in change:
        assert 'value="12/2026"' in words(page)
    assert not ReceivedNomination.objects.exists()


def test_the_same_sent_twice_is_received_once(client: Client, link: StateLink, review: Any) -> None:
    follow(client, link)
    for _ in range(2):
        assert post(client, typed(review.code)).status_code == 302
    assert ReceivedNomination.objects.count() == 1


def test_a_link_in_wrong_hands_does_not_fill_the_list(client: Client, link: StateLink, review: Any) -> None:
    for number in range(MOST_BY_ONE_LINK):
        received_by(link, review.code, number=f"{number}/2026")
    follow(client, link)
    page = post(client, typed(review.code))
    assert (page.status_code, "Too much was sent by this link." in words(page)) == (422, True)


def test_where_a_focal_point_was_named_meanwhile_the_form_is_gone(client: Client, link: StateLink, review: Any) -> None:
    register(review, UserFactory(), review.state_under_review, ParticipationRole.FOCAL_POINT)
    follow(client, link)
    page = client.get(PAGE)
    assert "No review waits for a focal point" in words(page)
    assert post(client, typed(review.code)).status_code == 422


def test_officers_are_told_once_and_the_record_says_so(link: StateLink, review: Any) -> None:
    received_by(link, review.code)
    with system_role():
        assert (tell_of_received(), tell_of_received()) == (1, 0)
    entry = AuditEntry.objects.get(verb="reviews.receivednomination.received")
    assert (entry.actor, (entry.after or {})["people"]) == (None, 1)
    told = Notification.objects.filter(template="reviews/note_news")
    assert told.exists()
    assert "Noor" not in str(list(told.values_list("context")))


def test_the_worker_does_all_of_it_in_one_round(contact: StateContact, officer: User, review: Any) -> None:
    write(officer)
    with system_role():
        carry_on_outreach_task()
    link = StateLink.objects.get()
    received_by(link, review.code)
    with system_role():
        carry_on_outreach_task()
    assert ReceivedNomination.objects.get().told_at is not None


# --- The second wall


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_no_page_makes_a_link_or_what_a_mission_has_sent(link: StateLink, review: Any, officer: User) -> None:
    received_by(link, review.code)
    copy_link = """
        INSERT INTO accounts_statelink (id, created_at, updated_at, purpose, about, state_party_id, address, language,
            sha256, issued_by_id, expires_at)
        SELECT gen_random_uuid(), now(), now(), purpose, about, state_party_id, 'mine@x.example', language,
            'x', issued_by_id, expires_at FROM accounts_statelink
    """
    copy_received = """
        INSERT INTO reviews_receivednomination (id, created_at, updated_at, mechanism_id, state_party_id, link_id,
            number, dated_on, scan, scan_name, sha256, people, digest, status, reason)
        SELECT gen_random_uuid(), now(), now(), mechanism_id, state_party_id, link_id, number, dated_on, scan,
            scan_name, sha256, '[]', 'x', status, reason FROM reviews_receivednomination
    """
    with identified_as(officer):
        refused(copy_link, words="row-level security")
        refused(copy_received, words="row-level security")
        refused("UPDATE accounts_statelink SET address = 'mine@x.example'", words="Cannot update rows")
        refused("UPDATE reviews_receivednomination SET people = '[]'", words="Cannot update rows")
        refused("DELETE FROM reviews_receivednomination", words="permission denied|Cannot delete rows")


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_who_is_no_officer_reads_no_link_no_letter_and_nothing_received(link: StateLink, review: Any) -> None:
    received_by(link, review.code)
    person = UserFactory()
    register(review, person, review.state_under_review, ParticipationRole.FOCAL_POINT)
    for table in ("accounts_statelink", "reviews_nominationletter", "reviews_receivednomination"):
        with plain_role(), identified_as(person), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a word of ours
            assert cursor.fetchone()[0] == 0, table


def test_a_link_is_valid_for_as_long_as_its_rule_says(link: StateLink) -> None:
    assert dt.timedelta(days=59) < link.expires_at - timezone.now() <= dt.timedelta(days=60)


def test_the_page_carries_nothing_that_opens_the_link(client: Client, link: StateLink) -> None:
    follow(client, link)
    page = client.get(PAGE)
    assert carried_by(page) == {"seen": mark_of(link)}
    for secret in (str(link.pk), link.sha256, token_of(link.pk)):
        assert secret not in words(page)
    assert client.get(f"{PAGE}{mark_of(link)}/") and client.get(PAGE).status_code == 404
