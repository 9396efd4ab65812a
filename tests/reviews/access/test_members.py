"""A member of the secretariat is added by two of it: the page, the request, the mails, the record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.enums import AccountAction, AccountStatus
from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can, explain
from reviews.access.enums import AccessAction, AccessStatus
from reviews.access.kinds import mission_account, new_member
from reviews.access.models import AccessRequest
from reviews.access.selectors import fingerprint_of_request
from reviews.access.services import Grounds, return_request, take_on_alone, withdraw_request
from reviews.nominations.enums import NominationAction
from tests.factories.accounts import AdministratorFactory
from tests.reviews.access.access import approve, carry_out, prepare
from tests.reviews.access.test_access_kinds import later, leave_one
from tests.reviews.access.test_access_pages import page_of, text_of
from tests.reviews.nominations.notes import note_by, place_of
from tests.utils import Cast, fictional_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
LogIn = Callable[[User], Client]
ADD = "/en/accounts/add/"
NILS = {"email": "Nils@secretariat.example", "full_name": "Nils Berg", "role": "officer", "language": "en"}
REASON = "He begins on Monday."


def asked(administrator: User, **more: str) -> AccessRequest:
    return prepare(administrator, new_member(**{**NILS, **more}), grounds=Grounds(reason=REASON))


def test_the_languages_of_a_new_member_are_those_of_the_pages(cast: Cast, login_as: LogIn) -> None:
    page = login_as(cast.administrator).get(ADD)
    assert [code for code, _name in page.context["form"].fields["language"].choices] == ["ar", "en"]


def test_one_administrator_asks_and_a_second_member_approves(cast: Cast) -> None:
    request = asked(cast.administrator)
    assert str(request) == "Add a member of the secretariat: Nils Berg, Officer"
    with pytest.raises(PolicyRefusedError, match="another officer approves it"):
        approve(cast.administrator, request)
    with pytest.raises(PolicyRefusedError):
        approve(cast.auditor, request)
    assert approve(cast.officer, request).status == AccessStatus.DUE
    assert carry_out() == 1
    nils = User.objects.get(email="nils@secretariat.example")
    assert (nils.secretariat_role, nils.status, nils.has_usable_password()) == ("officer", AccountStatus.INVITED, False)
    assert Notification.objects.filter(recipient=nils, template="accounts/invitation").count() == 1
    added = AuditEntry.objects.get(verb="accounts.user.member_added")
    assert (added.after, added.reason) == ({"role": "officer", "request": str(request.pk)}, REASON)


def test_the_record_and_the_fingerprint_hold_who_it_is_and_as_what(cast: Cast) -> None:
    request = asked(cast.administrator)
    entry = AuditEntry.objects.get(verb="reviews.access.prepared")
    assert (entry.after or {}) | {"new_member": "Nils Berg", "role": "officer"} == entry.after
    assert entry.target_label == "Add a member of the secretariat: Nils Berg, Officer"
    seen = fingerprint_of_request(request)
    for name in ("email", "full_name", "role"):
        other = AccessRequest(pk=request.pk, kind=request.kind, about=request.about, reason=request.reason)
        other.wanted = {**request.wanted, name: "administrator"}
        assert fingerprint_of_request(other) != seen


def test_mails_say_as_what_and_not_who(cast: Cast) -> None:
    approve(cast.officer, asked(cast.administrator))
    carry_out()
    told = {each.context["sentence"] for each in Notification.objects.filter(template="reviews/access_news")}
    assert told == {
        "A request for a new member of the secretariat (Officer) waits for a second member.",
        "The new member of the secretariat (Officer) has an account, and is invited.",
    }
    assert "Nils" not in str([each.context for each in Notification.objects.all()])


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("expert", "who belongs to a State, and so has no role in the secretariat"),
        ("officer", "belongs to the secretariat already"),
        ("stranger", "has an account with this address already"),
    ],
)
def test_an_address_that_somebody_has_is_refused(cast: Cast, email: str, words: str) -> None:
    with pytest.raises(ServiceError, match=words) as refused:
        asked(cast.administrator, email=cast.people[email].email.upper())
    assert refused.value.field == "email"


def test_an_account_that_is_closed_is_opened_again_instead(cast: Cast) -> None:
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False, status=AccountStatus.ENDED)
    with pytest.raises(ServiceError, match="is closed"):
        asked(cast.administrator, email=cast.stranger.email)


def test_one_open_request_for_an_address_whatever_it_asks(cast: Cast) -> None:
    request = asked(cast.administrator)
    with pytest.raises(ServiceError, match="A request about this address is open already") as refused:
        asked(AdministratorFactory(), role="auditor")
    assert refused.value.field == "email"
    withdraw_request(actor=cast.administrator, request=request)
    mission = {"email": NILS["email"], "full_name": "Nils Berg", "language": "en"}
    prepare(cast.officer, mission_account(place_of(fictional_state("XPE")), **mission))
    with pytest.raises(ServiceError, match="A request about this address is open already"):
        asked(cast.administrator)


def test_who_has_got_an_account_meanwhile_is_not_added(cast: Cast) -> None:
    request = approve(cast.officer, asked(cast.administrator))
    cast.stranger.email = "nils@secretariat.example"
    cast.stranger.save()
    assert carry_out() == 0
    request.refresh_from_db()
    assert (request.status, "has an account" in request.answer) == (AccessStatus.RETURNED, True)


def test_officers_and_auditors_ask_for_nobody(cast: Cast) -> None:
    for person in (cast.officer, cast.auditor):
        assert not can(person, AccountAction.ADD_MEMBER)
        with pytest.raises(PolicyRefusedError, match="Only an administrator"):
            asked(person)


def test_the_only_officer_left_waits_seven_days(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(secretariat_role="auditor")
    request = take_on_alone(actor=cast.administrator, request=asked(cast.administrator), reason="She has left.")
    with later(24 * 6.9):
        assert carry_out() == 0
    with later(24 * 7.1):
        assert carry_out() == 1
    request.refresh_from_db()
    assert request.status == AccessStatus.DONE


# --- Pages


def test_the_pages_of_a_request_name_the_person_and_the_role(cast: Cast, login_as: LogIn) -> None:
    client = login_as(cast.administrator)
    page = text_of(client.get(ADD))
    assert "a second member, an officer or an administrator, approves it first" in page
    missing = client.post(ADD, {"email": "", "full_name": " ", "language": "en"})
    assert (missing.status_code, set(missing.context["form"].errors)) == (
        422,
        {"email", "full_name", "role", "reason"},
    )
    taken = client.post(ADD, {**NILS, "email": cast.expert.email, "reason": REASON})
    assert (taken.status_code, set(taken.context["form"].errors)) == (422, {"email"})
    told = text_of(client.post(ADD, {**NILS, "reason": REASON}, follow=True))
    assert "Nothing has happened yet." in told
    request = AccessRequest.objects.get()
    second = login_as(cast.officer)
    assert "Nils Berg" in text_of(second.get("/en/access-requests/"))
    asked_page = second.get(page_of(request, "approve/"))
    for words in ("Nils Berg", "nils@secretariat.example", "Officer", REASON, "nobody else reads what comes to"):
        assert words in text_of(asked_page), words
    assert "State" not in "".join(map(str, asked_page.context["consequences"]))
    second.post(page_of(request, "approve/"), {"seen": asked_page.context["form"]["seen"].value()})
    carry_out()
    done = text_of(second.get(page_of(request)))
    assert "The invitation is on its way to nils@secretariat.example." in done and "In effect" in done
    members = text_of(second.get("/en/accounts/secretariat/"))
    assert "Nils Berg" in members and "Invited" in members


def test_a_request_that_was_returned_is_prepared_anew(cast: Cast) -> None:
    request = return_request(actor=cast.officer, request=asked(cast.administrator), reason="Which Nils?")
    assert request.status == AccessStatus.RETURNED
    assert asked(cast.administrator).status == AccessStatus.PREPARED


# --- The first hour


def test_the_first_page_adds_at_once_says_why_and_where_the_invitation_lies(login_as: LogIn, settings: Any) -> None:
    settings.EMAIL_BACKEND = "core.mail.files.EmailBackend"
    client = login_as(AdministratorFactory())
    for address in ("/en/accounts/", "/en/accounts/secretariat/"):
        assert "Add the second one now, alone" in text_of(client.get(address))
    page = client.get(ADD)
    assert "nobody could approve this" in text_of(page)
    assert "reason" not in page.context["form"].fields
    told = text_of(client.post(ADD, NILS, follow=True))
    assert "Nils Berg is added. No mail server is set up, and nothing was sent." in told
    assert "in the folder “mail” of the portal" in told
    assert "alone, in the first hour" in told
    nils = User.objects.get(email="nils@secretariat.example")
    again = client.get(ADD)
    assert "was invited at" in text_of(again)
    assert again.context["form"]["replaces"].value() == nils.pk
    given = {**NILS, "email": "nils.berg@secretariat.example", "replaces": str(nils.pk)}
    assert client.post(ADD, given)["Location"] == f"/en/accounts/{nils.pk}/"
    assert "Nobody else has begun yet" in text_of(client.get("/en/accounts/secretariat/"))
    User.objects.filter(pk=nils.pk).update(activated_at="2026-11-29T09:00:00Z", status="active")
    late = client.post(ADD, {**NILS, "replaces": str(nils.pk)})
    assert (late.status_code, set(late.context["form"].errors)) == (422, {"reason"}), "from now on two add"
    assert User.objects.count() == 2


def test_nothing_is_taken_on_alone_in_the_first_hour() -> None:
    """Seven days alone are for who is left alone: here nobody would hear of it, and a State's first key is at stake."""
    administrator = AdministratorFactory()
    wish = mission_account(place_of(fictional_state("XPE")), email="a@b.example", full_name="A", language="en")
    request = prepare(administrator, wish)
    assert not can(administrator, AccessAction.APPROVE, request)
    with pytest.raises(PolicyRefusedError, match="Nobody else of the secretariat has begun yet"):
        take_on_alone(actor=administrator, request=request, reason="There is nobody else.")
    note = note_by(administrator, fictional_state("XVE"))
    assert "Nobody else of the secretariat" in str(explain(administrator, NominationAction.ALONE, note).reason)


def test_after_the_first_hour_the_road_of_the_only_officer_is_open_again(cast: Cast) -> None:
    leave_one(cast)
    wish = mission_account(place_of(fictional_state("XPE")), email="a@b.example", full_name="A", language="en")
    assert can(cast.officer, AccessAction.ALONE, prepare(cast.officer, wish))
