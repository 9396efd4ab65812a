"""From the invitation to the first page: the link, what becomes of it, and who waits for whom."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.affiliations.services import affiliate
from accounts.invitations.links import LinkKind, LinkStatus, make_link_token, read_link_token
from accounts.invitations.services.invitations import invite, invite_again, owe_password_link, renew_invitation
from accounts.people.enums import AccountStatus
from accounts.people.models import User
from accounts.terms.models import TermsAcceptance
from core.errors import ServiceError
from core.mail import notifications
from core.models import AuditEntry, Notification
from tests.factories.accounts import PASSPHRASE, InvitedFactory, OfficerFactory, UserFactory
from tests.query_counts import assert_query_count
from tests.utils import fictional_state

pytestmark = pytest.mark.django_db
NEW_PASSPHRASE = "seven-geese-cross-the-bay"
PROFILE = {
    "password": NEW_PASSPHRASE,
    "password_again": NEW_PASSPHRASE,
    "full_name": "Noor Haddad",
    "job_title": "Judge",
    "organization": "Supreme Court",
    "phone": "+43 1 000",
    "language": "en",
    "working_languages": ["ar", "en"],
    "office_hours": "Sunday to Thursday, 8 to 15",
    "office_place": "Old Court, Veska",
    "time_zone": "Asia/Amman",
    "accept": "on",
    "terms_number": "1",
}
PAGE = "/en/activate/"


def link_of(user: User) -> str:
    with translation.override("en"):
        return reverse("accounts:activate", args=[make_link_token(LinkKind.ACTIVATION, user)])


def follow(client: Client, user: User) -> None:
    assert client.get(link_of(user))["Location"] == PAGE


def test_the_mail_leads_to_one_page_and_to_my_work(client: Client) -> None:
    user = InvitedFactory(email="noor@states.example", language="en")
    invite(OfficerFactory(), user)
    assert notifications.deliver(str(Notification.objects.get().pk))
    found = re.search(r"http://[^/]+(/en/activate/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    http_response = client.get(found[1])
    assert (http_response["Location"], http_response["Referrer-Policy"]) == (PAGE, "no-referrer")
    page = client.get(PAGE)
    assert "What you read and write here belongs to a country review." in page.content.decode()
    http_response = client.post(PAGE, PROFILE)
    assert (http_response.status_code, http_response["Location"]) == (302, "/en/")
    user.refresh_from_db()
    kept = {name: getattr(user, name) for name in PROFILE if hasattr(user, name) and name != "password"}
    assert kept == {name: value for name, value in PROFILE.items() if name in kept}
    assert (user.status, user.check_password(NEW_PASSPHRASE)) == (AccountStatus.ACTIVE, True)
    assert user.activated_at is not None
    assert list(TermsAcceptance.objects.filter(user=user).values_list("terms__number", flat=True)) == [1]
    assert client.get("/en/").status_code == 200, "signed in, and asked for no terms once more"
    assert "accounts.user.activated" in AuditEntry.objects.filter(actor=user).values_list("verb", flat=True)


def test_the_secret_is_stored_nowhere(client: Client) -> None:
    user = InvitedFactory()
    invite(OfficerFactory(), user)
    token = make_link_token(LinkKind.ACTIVATION, user)
    client.get(reverse("accounts:activate", args=[token]))
    assert token not in str(dict(client.session))
    assert Notification.objects.get().context == {}
    assert [entry for entry in AuditEntry.objects.all() if token in f"{entry.before}{entry.after}"] == []


def test_a_used_link_leads_to_sign_in_in_words(client: Client) -> None:
    user = InvitedFactory()
    link = link_of(user)
    follow(client, user)
    client.post(PAGE, PROFILE)
    page = Client().get(link, follow=True)
    assert (page.status_code, "This link has been used" in page.content.decode()) == (200, True)
    assert 'href="/en/sign-in/"' in page.content.decode()


def test_the_button_pressed_twice_opens_the_account_once(client: Client) -> None:
    user = InvitedFactory()
    follow(client, user)
    other_window = Client()
    follow(other_window, user)
    assert client.post(PAGE, PROFILE).status_code == 302
    second = other_window.post(PAGE, {**PROFILE, "full_name": "Somebody Else"})
    assert "This link has been used" in second.content.decode()
    assert AuditEntry.objects.filter(verb="accounts.user.activated").count() == 1
    user.refresh_from_db()
    assert user.full_name == "Noor Haddad"


@pytest.mark.parametrize(
    "token",
    ["no-such-token", "a.b.c", "€" * 300, TimestampSigner(sep=".", salt="other").sign("AAAA")],
    ids=["no token", "three parts", "too long", "signed for another purpose"],
)
def test_a_damaged_link_says_so_and_leaves_no_trace(client: Client, token: str) -> None:
    page = client.get(f"/en/activate/{token}/")
    assert (page.status_code, "This link is not complete" in page.content.decode()) == (404, True)
    assert (list(client.session.keys()), AuditEntry.objects.count()) == ([], 0)


def test_a_link_of_another_kind_opens_nothing(client: Client) -> None:
    user = InvitedFactory()
    token = make_link_token(LinkKind.PASSWORD, user)
    assert client.get(f"/en/activate/{token}/").status_code == 404


def test_an_expired_link_is_renewed_with_one_button(client: Client) -> None:
    user = InvitedFactory()
    invite(OfficerFactory(), user)
    link = link_of(user)
    with time_machine.travel(timezone.now() + dt.timedelta(days=11), tick=False):
        page = client.get(link, follow=True).content.decode()
        assert ("This link has run out" in page, page.count('type="submit"')) == (True, 1)
        for _press in range(3):
            page = client.post(reverse("accounts:invitation-renew"), follow=True).content.decode()
            assert "a new link is on its way to the registered address" in page
        assert Notification.objects.filter(recipient=user).count() == 2, "one mail in ten minutes"
        follow(client, user)
        assert client.post(PAGE, PROFILE).status_code == 302
        verbs = list(AuditEntry.objects.filter(actor=user).values_list("verb", flat=True))
        assert verbs.count("accounts.user.invitation_renewed") == 1


@pytest.mark.parametrize("state", ["active", "closed", "unknown"])
def test_the_button_says_the_same_whatever_the_truth(client: Client, state: str) -> None:
    user = InvitedFactory()
    follow(client, user)
    if state == "unknown":
        client.session.flush()
    elif state == "active":
        User.objects.filter(pk=user.pk).update(status="active", activated_at=timezone.now())
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    page = client.post(reverse("accounts:invitation-renew"))
    assert (page.status_code, page["Location"]) == (302, PAGE)
    said = [str(message) for message in client.get("/en/sign-in/").context["messages"]]
    assert said == [
        "If the account still waits for you, a new link is on its way to the registered address. Within ten minutes "
        "one mail is sent."
    ]
    assert Notification.objects.count() == 0


def test_an_unknown_person_is_owed_nothing() -> None:
    renew_invitation("00000000-0000-0000-0000-000000000000")
    assert Notification.objects.count() == 0


def test_what_was_typed_stays_and_the_errors_lead_to_their_fields(client: Client) -> None:
    user = InvitedFactory()
    follow(client, user)
    given = {**PROFILE, "password": "short", "full_name": "", "time_zone": "Mars/Olympus", "accept": ""}
    page = client.post(PAGE, given)
    assert page.status_code == 422
    form = page.context["form"]
    assert [link.target for link in form.error_links] == ["id_password", "id_full_name", "id_time_zone", "id_accept"]
    assert form["office_place"].value() == "Old Court, Veska"
    user.refresh_from_db()
    assert (user.status, user.activated_at) == (AccountStatus.INVITED, None)


def test_newer_terms_in_the_meantime_are_shown_first(client: Client) -> None:
    follow(client, InvitedFactory())
    page = client.post(PAGE, {**PROFILE, "terms_number": "0"})
    assert page.context["form"].errors == {"accept": ["Newer terms have become valid. Please read them."]}
    assert User.objects.filter(status=AccountStatus.ACTIVE, activated_at=None).count() == 0


def test_the_time_zone_of_the_state_is_proposed(client: Client) -> None:
    user, state = InvitedFactory(), fictional_state("XVE")
    type(state).objects.filter(pk=state.pk).update(iso2="AT")
    affiliate(user, state)
    follow(client, user)
    assert client.get(PAGE).context["form"]["time_zone"].value() == "Europe/Vienna"


def test_the_page_stands_open_for_two_hours(client: Client) -> None:
    follow(client, InvitedFactory())
    with time_machine.travel(timezone.now() + dt.timedelta(hours=3), tick=False):
        assert "This link has run out" in client.get(PAGE).content.decode()


def test_nobody_signs_in_before_the_account_is_opened(client: Client) -> None:
    known = UserFactory(email="noor@states.example", activated_at=None)
    invite(OfficerFactory(), known)
    given = {"username": "noor@states.example", "password": PASSPHRASE}
    client.post(reverse("accounts:sign-in"), given)
    assert "_auth_user_id" not in client.session


def test_who_has_begun_is_not_invited() -> None:
    with pytest.raises(ServiceError, match="has an account already"):
        invite(OfficerFactory(), UserFactory())


def test_a_forgotten_password_before_the_beginning_brings_the_activation_link() -> None:
    user = InvitedFactory()
    owe_password_link(user.email)
    assert list(Notification.objects.values_list("template", flat=True)) == ["accounts/invitation"]


@pytest.mark.parametrize(
    "change",
    [
        {"password": "another"},
        {"email": "other@states.example"},
        {"is_active": False},
        {"last_login": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_a_link_is_bound_to_how_the_account_stands(change: dict[str, object]) -> None:
    user = UserFactory()
    token = make_link_token(LinkKind.PASSWORD, user)
    assert read_link_token(LinkKind.PASSWORD, token).status == LinkStatus.GOOD
    User.objects.filter(pk=user.pk).update(**change)
    assert read_link_token(LinkKind.PASSWORD, token).status == LinkStatus.USED


@pytest.mark.parametrize(("kind", "late"), [(LinkKind.ACTIVATION, {"days": 10}), (LinkKind.PASSWORD, {"hours": 2})])
def test_links_are_valid_as_long_as_their_rule_says(kind: LinkKind, late: dict[str, int]) -> None:
    user, now = InvitedFactory(), timezone.now()
    token = make_link_token(kind, user)
    statuses = []
    for seconds in (-5, 5):
        with time_machine.travel(now + dt.timedelta(**late) + dt.timedelta(seconds=seconds), tick=False):
            statuses.append(read_link_token(kind, token).status)
    assert statuses == [LinkStatus.GOOD, LinkStatus.EXPIRED]


def test_a_link_that_was_mailed_after_the_account_had_been_opened_opens_nothing() -> None:
    token = make_link_token(LinkKind.ACTIVATION, UserFactory())
    assert read_link_token(LinkKind.ACTIVATION, token).status == LinkStatus.USED


def test_a_link_to_an_address_that_has_changed_has_run_out() -> None:
    user = InvitedFactory()
    token = make_link_token(LinkKind.ACTIVATION, user)
    User.objects.filter(pk=user.pk).update(email="right@states.example")
    assert read_link_token(LinkKind.ACTIVATION, token).status == LinkStatus.EXPIRED


def test_an_officer_sees_who_waits_since_when_and_sends_the_link_again(login_as: Callable[[User], Client]) -> None:
    officer, user = OfficerFactory(), InvitedFactory(full_name="Noor Haddad")
    UserFactory(full_name="Ana Active")
    affiliate(user, fictional_state("XVE"))
    invite(officer, user)
    client = login_as(officer)
    page = client.get("/en/accounts/")
    assert [person.full_name for person in page.context["page"]] == ["Noor Haddad"]
    assert page.context["page"][0].invited_at == Notification.objects.get().created_at
    assert "Veskaria" in page.content.decode()
    address = reverse("accounts:account-invite", args=[user.pk])
    page = client.post(address, follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "A link was sent less than ten minutes ago. Please wait a little."
    ]
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        client.post(address)
    assert Notification.objects.filter(recipient=user, template="accounts/invitation").count() == 2


def test_a_link_is_sent_again_only_to_who_waits() -> None:
    with pytest.raises(ServiceError, match="does not wait"):
        invite_again(actor=OfficerFactory(), user=UserFactory())


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_those_who_wait_takes_a_constant_number_of_queries(
    login_as: Callable[[User], Client], count: int
) -> None:
    officer = OfficerFactory()
    for _number in range(count):
        user = InvitedFactory()
        affiliate(user, fictional_state("XVE"))
        invite(officer, user)
    client = login_as(officer)
    with assert_query_count("accounts:account-list"):
        page = client.get("/en/accounts/")
    assert len(page.context["page"].object_list) == count
