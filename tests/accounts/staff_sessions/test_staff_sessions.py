"""Staff sessions: the rare powers, for a while and for a reason, and the acts that need one."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.affiliations.services import affiliate
from accounts.lifecycle.services.accounts import change_address, change_role, close_account, reopen_account
from accounts.people.enums import AccountAction, AccountStatus
from accounts.people.models import StaffSession, User
from accounts.people.policy import forget_staff_session, open_staff_session
from accounts.staff_sessions.services import end_staff_session, start_staff_session
from core import context
from core.errors import ServiceError
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, explain
from tests.factories.accounts import (
    PASSPHRASE,
    AdministratorFactory,
    AuditorFactory,
    InvitedFactory,
    OfficerFactory,
    UserFactory,
)
from tests.query_counts import assert_query_count
from tests.reviews.nominations.notes import scan
from tests.utils import SYSTEM, fictional_state, login_as

pytestmark = pytest.mark.django_db
REASON = "Note verbale 7 of Veskaria asks for it."


def begin(actor: User, iso3: str = "XVE") -> StaffSession:
    state = fictional_state(iso3) if iso3 else None
    return start_staff_session(actor=actor, reason=REASON, state_party=state)


def of_veskaria(**fields: object) -> User:
    user = UserFactory(**fields)
    affiliate(user, fictional_state("XVE"))
    return user


def entry(verb: str) -> AuditEntry:
    return AuditEntry.objects.get(verb=verb)


def test_a_session_lasts_as_long_as_the_rule_says() -> None:
    officer = OfficerFactory()
    session = begin(officer)
    assert session.expires_at - session.started_at == dt.timedelta(minutes=60)
    assert open_staff_session(officer) == session
    with time_machine.travel(session.expires_at + dt.timedelta(seconds=1), tick=False):
        assert open_staff_session(officer) is None


def test_begin_and_end_are_in_the_record_with_the_reason() -> None:
    officer = OfficerFactory()
    session = begin(officer)
    end_staff_session(actor=officer)
    started = entry("accounts.staff_session.started")
    assert (started.reason, (started.after or {})["state"]) == (REASON, "XVE")
    assert (entry("accounts.staff_session.ended").after or {})["staff_session"] == str(session.pk)
    forget_staff_session(officer)
    assert open_staff_session(officer) is None


def test_one_is_open_at_a_time() -> None:
    officer = OfficerFactory()
    begin(officer)
    with pytest.raises(PolicyRefusedError, match="A staff session of yours is open"):
        begin(officer)
    assert StaffSession.objects.count() == 1


def test_one_is_open_at_a_time_in_two_windows() -> None:
    officer = OfficerFactory()
    with context.begun():
        assert open_staff_session(officer) is None
        with context.begun():  # the other window is quicker
            begin(officer)
        with pytest.raises(ServiceError, match="open already"):
            begin(officer)
    assert StaffSession.objects.count() == 1


def test_one_that_ran_out_makes_room_for_the_next() -> None:
    officer = OfficerFactory()
    first = begin(officer)
    with time_machine.travel(first.expires_at + dt.timedelta(hours=1), tick=False):
        forget_staff_session(officer)
        begin(officer)
    first.refresh_from_db()
    assert first.ended_at == first.expires_at


@pytest.mark.parametrize("reason", ["", "because", "- - - -"])
def test_a_reason_says_something(reason: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        start_staff_session(actor=OfficerFactory(), reason=reason, state_party=None)
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("factory", [UserFactory, AuditorFactory])
def test_nobody_else_begins_one(factory: Callable[[], User], login_as: Callable[[User], Client]) -> None:
    answer = login_as(factory()).post("/en/staff-sessions/start/", {"reason": REASON, "state": ""})
    assert answer.status_code in {403, 404}
    assert StaffSession.objects.count() == 0


def test_the_address_changes_on_a_note_verbale_and_both_addresses_are_told() -> None:
    officer, user = OfficerFactory(), of_veskaria(email="old@veskaria.example")
    begin(officer)
    change_address(actor=SYSTEM, user=user, email="new@veskaria.example", reason="NV 7", request="r")
    user.refresh_from_db()
    assert user.email == "new@veskaria.example"
    changed = entry("accounts.user.address_changed")
    assert (changed.reason, changed.after, changed.before) == ("NV 7", {"request": "r"}, None)
    for notification in Notification.objects.all():
        assert notifications.deliver(str(notification.pk))
    assert sorted(message.to for message in mail.outbox) == [["new@veskaria.example"], ["old@veskaria.example"]]


def test_who_moves_twice_is_told_twice() -> None:
    officer, user = OfficerFactory(), of_veskaria(email="old@veskaria.example")
    begin(officer)
    for email in ("new@veskaria.example", "newer@veskaria.example"):
        change_address(actor=SYSTEM, user=user, email=email, reason="NV 7", request="r")
    assert Notification.objects.filter(template="accounts/changed").count() == 4


def test_an_invited_person_gets_the_link_at_the_new_address() -> None:
    officer, user = OfficerFactory(), InvitedFactory()
    affiliate(user, fictional_state("XVE"))
    begin(officer)
    change_address(actor=SYSTEM, user=user, email="right@veskaria.example", reason="NV 7", request="r")
    owed = sorted(Notification.objects.values_list("template", flat=True))
    assert owed == ["accounts/changed", "accounts/invitation"]


@pytest.mark.parametrize("email", ["taken@veskaria.example", "old@veskaria.example"])
def test_an_address_that_cannot_be_is_refused(email: str) -> None:
    user = of_veskaria(email="old@veskaria.example")
    UserFactory(email="taken@veskaria.example")
    with pytest.raises(ServiceError) as refusal:
        change_address(actor=SYSTEM, user=user, email=email, reason="NV 7", request="r")
    assert refusal.value.field == "email"


def test_closing_ends_all_sessions_at_once_and_opening_again_does_not_bring_them_back(client: Client) -> None:
    officer, user = OfficerFactory(), of_veskaria(email="ana@veskaria.example")
    login_as(client, user)
    assert client.get("/en/profile/").status_code == 200
    begin(officer)
    close_account(actor=SYSTEM, user=user, reason=REASON, request="r")
    assert client.get("/en/profile/").status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.status) == (False, AccountStatus.ENDED)
    reopen_account(actor=SYSTEM, user=user, reason=REASON, request="r")
    assert client.get("/en/profile/").status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.status, user.check_password(PASSPHRASE)) == (True, AccountStatus.ACTIVE, True)
    assert [what["what"] for what in Notification.objects.order_by("created_at").values_list("context", flat=True)] == [
        "closed",
        "reopened",
    ]


def test_who_had_not_begun_is_invited_again() -> None:
    officer, user = OfficerFactory(), InvitedFactory()
    affiliate(user, fictional_state("XVE"))
    begin(officer)
    close_account(actor=SYSTEM, user=user, reason=REASON, request="r")
    user.refresh_from_db()
    assert reopen_account(actor=SYSTEM, user=user, reason=REASON, request="r").status == AccountStatus.INVITED


def test_what_is_so_already_is_refused() -> None:
    officer, user = OfficerFactory(), of_veskaria()
    begin(officer)
    with pytest.raises(ServiceError, match="This account is open"):
        reopen_account(actor=SYSTEM, user=user, reason=REASON, request="r")
    close_account(actor=SYSTEM, user=user, reason=REASON, request="r")
    with pytest.raises(ServiceError, match="closed already"):
        close_account(actor=SYSTEM, user=user, reason=REASON, request="r")


def test_an_administrator_changes_a_role_and_nobody_of_a_state_gets_one() -> None:
    administrator, colleague = AdministratorFactory(), OfficerFactory()
    begin(administrator, "")
    change_role(actor=SYSTEM, user=colleague, role="auditor", reason=REASON, request="r")
    colleague.refresh_from_db()
    assert colleague.secretariat_role == "auditor"
    changed = entry("accounts.user.role_changed")
    assert (changed.before, changed.after) == (
        {"role": "officer"},
        {"role": "auditor", "request": "r"},
    )
    with pytest.raises(ServiceError, match="the role that the person has"):
        change_role(actor=SYSTEM, user=colleague, role="auditor", reason=REASON, request="r")
    end_staff_session(actor=administrator)
    begin(administrator)
    with pytest.raises(ServiceError, match="belongs to a State"):
        change_role(actor=SYSTEM, user=of_veskaria(), role="officer", reason=REASON, request="r")


@pytest.mark.parametrize(
    "act",
    [
        AccountAction.CHANGE_ADDRESS,
        AccountAction.CLOSE_ACCOUNT,
        AccountAction.REOPEN_ACCOUNT,
        AccountAction.RESET_SECOND_FACTOR,
        AccountAction.CHANGE_ROLE,
    ],
)
def test_nobody_asks_for_an_act_without_a_session_that_covers_the_person(act: AccountAction) -> None:
    administrator, user = AdministratorFactory(), of_veskaria()
    assert "needs an open staff session" in str(explain(administrator, act, user).reason)
    for iso3 in ("", "XAL"):
        begin(administrator, iso3)
        assert "does not cover this person" in str(explain(administrator, act, user).reason)
        end_staff_session(actor=administrator)
    begin(administrator, "")
    assert "his or her own account" in str(explain(administrator, act, administrator).reason)


def test_the_reference_data_is_changed_within_a_session_and_the_record_names_it(
    login_as: Callable[[User], Client],
) -> None:
    administrator = AdministratorFactory()
    client, group = login_as(administrator), fictional_state("XVE").regional_group
    assert group is not None
    address = reverse("admin:accounts_regionalgroup_change", args=[group.pk])
    assert client.get(address, follow=True).status_code == 403
    session = begin(administrator, "")
    form = client.get(address).context["adminform"].form
    given = {name: form[name].value() or "" for name in form.fields} | {"order": 9}
    assert client.post(address, given).status_code == 302
    changed = entry("accounts.regionalgroup.changed")
    assert (changed.after or {})["staff_session"] == str(session.pk)
    end_staff_session(actor=administrator)
    assert client.get(address, follow=True).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_every_page_says_that_a_session_is_open_and_ends_it(login_as: Callable[[User], Client]) -> None:
    client = login_as(OfficerFactory())
    assert b"app-staff-banner" not in client.get("/en/").content
    back = "/en/states/ALB/"
    begun = client.post(f"/en/staff-sessions/start/?next={back}", {"state": "XVE", "reason": REASON})
    assert begun["Location"] == back
    for address in ("/en/", "/en/states/ALB/", "/en/profile/"):
        page = client.get(address).content.decode()
        assert ("60 minutes left" in page, REASON in page, "End the staff session" in page) == (True, True, True)
    client.post("/en/staff-sessions/end/")
    assert b"app-staff-banner" not in client.get("/en/").content
    assert client.post("/en/staff-sessions/end/").status_code == 403


def test_the_form_keeps_what_was_typed_and_leads_to_no_other_site(login_as: Callable[[User], Client]) -> None:
    client = login_as(OfficerFactory())
    page = client.post("/en/staff-sessions/start/", {"state": "XVE", "reason": "short"})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"reason"})
    assert page.context["form"]["state"].value() == "XVE"
    begun = client.post("/en/staff-sessions/start/?next=//elsewhere.example/", {"state": "", "reason": REASON})
    assert begun["Location"] == "/en/staff-sessions/"


def test_each_act_has_its_page_and_its_button_says_why_it_is_closed(login_as: Callable[[User], Client]) -> None:
    officer, user = OfficerFactory(), of_veskaria(email="old@veskaria.example")
    client, address = login_as(officer), reverse("accounts:account-detail", args=[user.pk])
    page = client.get(address).content.decode()
    assert page.count("This needs an open staff session: begin one and give the reason.") == 3
    assert f"/en/staff-sessions/start/?state=XVE&amp;next={address}" in page
    begin(officer)
    assert client.get(address).context["address_decision"].allowed
    act = reverse("reviews:account-address", args=[user.pk])
    page = client.post(act, {"email": "nonsense", "number": "NV 7", "scan": scan()})
    assert (page.status_code, page.context["form"]["number"].value()) == (422, "NV 7")
    given = {"email": "new@veskaria.example", "number": "NV 7", "scan": scan()}
    assert client.post(act, given)["Location"].startswith("/en/access-requests/")
    user.refresh_from_db()
    assert user.email == "old@veskaria.example", "it waits for a second officer"
    page = client.post(reverse("reviews:account-close", args=[user.pk]), {"number": "NV 7", "scan": scan()})
    assert page.status_code == 422
    assert "A request about this is open already." in page.content.decode()
    role = client.post(reverse("reviews:account-role", args=[user.pk]), {"role": "", "reason": REASON})
    assert role.status_code == 403
    page = client.get("/en/staff-sessions/").content.decode()
    assert "Asked for: " in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sessions_takes_a_constant_number_of_queries(
    login_as: Callable[[User], Client], count: int
) -> None:
    officer, now = OfficerFactory(), timezone.now()
    for days in range(count):
        moment = now - dt.timedelta(days=days)
        StaffSession.objects.create(user=officer, reason=REASON, started_at=moment, expires_at=moment, ended_at=moment)
    client = login_as(officer)
    with assert_query_count("accounts:staff-session-list"):
        assert len(client.get("/en/staff-sessions/").context["rows"]) == count


def test_the_database_keeps_one_open_session_for_each_person() -> None:
    names = connection.introspection.get_constraints(connection.cursor(), StaffSession._meta.db_table)
    assert names["one_open_staff_session"]["unique"] is True
