"""Letters go on while a State names nobody, ever more rarely; who is in charge hears of it once a week."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.contacts.models import StateContact
from accounts.lifecycle.services.deliveries import retry_delivery
from accounts.links.models import StateLink
from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.outreach.enums import LetterKind
from reviews.outreach.models import NominationLetter
from reviews.outreach.selectors.addressees import wait_after
from reviews.outreach.services.repeats import repeat_letters, tell_of_unanswered
from reviews.outreach.tasks import repeat_letters_task
from reviews.programme.models import Limit
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.guards import guards_off
from tests.lots.draws.test_races import at_once
from tests.plain_role import system_role
from tests.reviews.outreach.missions import contact_of, received_by, send, unnamed_review, write
from tests.utils import register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "own_files")]
WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def contact(review: Any, officer: User) -> StateContact:
    contact = contact_of(review.state_under_review)
    write(officer)
    return contact


def repeated(at: dt.datetime) -> int:
    with system_role():
        return repeat_letters(at)


def test_the_time_between_two_letters_doubles_up_to_the_longest() -> None:
    waits = [wait_after(number, 2 * WEEK, 8 * WEEK) // WEEK for number in range(1, 7)]
    assert waits == [2, 4, 8, 8, 8, 8]
    assert wait_after(500, 2 * WEEK, 8 * WEEK) == 8 * WEEK


def test_an_office_whose_state_names_nobody_is_written_to_again_and_again(contact: StateContact) -> None:
    began = timezone.now()
    sent, at = [], began
    while at < began + 40 * WEEK:
        if repeated(at):
            newest = NominationLetter.objects.order_by("-created_at")[0]
            with guards_off(["reviews_nominationletter"]):
                NominationLetter.objects.filter(pk=newest.pk).update(created_at=at)
            sent.append((at - began).days)
        at += dt.timedelta(days=1)
    assert [day // 7 for day in sent] == [2, 6, 14, 22, 30, 38]
    assert send() == 7


def test_a_round_that_runs_twice_adds_none(contact: StateContact) -> None:
    later = timezone.now() + 3 * WEEK
    assert (repeated(later), repeated(timezone.now() + 2 * WEEK)) == (1, 0)
    letter = NominationLetter.objects.get(kind=LetterKind.REPEATED)
    assert letter.contact == contact
    entry = AuditEntry.objects.get(verb="reviews.nominationletter.repeated")
    assert (entry.actor, entry.after) == (None, {"state": "XVE", "number": 2})


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_once() -> None:
    contact_of(unnamed_review().state_under_review)
    write(OfficerFactory())
    later = timezone.now() + 3 * WEEK
    assert at_once(lambda: repeated(later), lambda: repeated(later)) == ["done", "done"]
    assert NominationLetter.objects.filter(kind=LetterKind.REPEATED).count() == 1


def test_nobody_is_written_to_again_who_was_never_written_to_by_hand(review: Any) -> None:
    contact_of(review.state_under_review)
    assert repeated(timezone.now() + 99 * WEEK) == 0


@pytest.mark.parametrize("what", ["named", "focal point", "left the list", "new address", "switched off"])
def test_what_ends_it(contact: StateContact, review: Any, officer: User, what: str) -> None:
    if what == "named":
        send()
        received_by(StateLink.objects.get(), review.code)
    elif what == "focal point":
        register(review, UserFactory(), review.state_under_review, ParticipationRole.FOCAL_POINT)
    elif what == "left the list":
        contact.delete()
    elif what == "new address":
        StateContact.objects.update(email="elsewhere@x.example")
    else:
        Limit.objects.filter(key="nomination_letter_repeat").update(value=0)
    assert repeated(timezone.now() + 99 * WEEK) == 0


@pytest.mark.parametrize("what", ["came back", "about an earlier review"])
def test_what_holds_it_up(contact: StateContact, what: str) -> None:
    send()
    if what == "came back":
        Notification.objects.filter(template="reviews/nomination_letter").update(status="bounced")
    else:
        with guards_off(["reviews_nominationletter"]):
            NominationLetter.objects.update(created_at=timezone.now() - WEEK)
    assert repeated(timezone.now() + 99 * WEEK) == 0


def test_a_mail_to_an_office_that_left_the_list_is_not_sent_again(contact: StateContact, officer: User) -> None:
    send()
    mail = Notification.objects.get(template="reviews/nomination_letter")
    Notification.objects.update(status="bounced")
    StateLink.objects.update(ended_at=timezone.now())
    with pytest.raises(ServiceError, match="The link in this mail was ended"):
        retry_delivery(actor=officer, notification=mail)
    mail.refresh_from_db()
    assert mail.status == "bounced"


def test_who_is_an_officer_no_longer_is_not_told(contact: StateContact, review: Any) -> None:
    in_charge = OfficerFactory.create()
    Review.objects.filter(pk=review.pk).update(officer=in_charge)
    User.objects.filter(pk=in_charge.pk).update(secretariat_role="auditor")
    with system_role():
        assert tell_of_unanswered(timezone.now()) == 0
    User.objects.filter(pk=in_charge.pk).update(secretariat_role="officer")
    with system_role():
        assert tell_of_unanswered(timezone.now()) == 1


def test_where_the_writer_has_left_another_officer_writes(contact: StateContact, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    other = OfficerFactory.create()
    assert repeated(timezone.now() + 3 * WEEK) == 1
    assert NominationLetter.objects.get(kind=LetterKind.REPEATED).written_by == other


def test_who_is_in_charge_is_told_once_a_week_how_many_are_silent(contact: StateContact, review: Any) -> None:
    in_charge = OfficerFactory.create(language="ar")
    Review.objects.filter(pk=review.pk).update(officer=in_charge)
    monday = dt.datetime(2026, 12, 7, 6, 30, tzinfo=dt.UTC)
    days = [monday, monday + dt.timedelta(days=1), monday + WEEK]
    with system_role():
        assert [tell_of_unanswered(day) for day in days] == [1, 0, 1]
    mail = Notification.objects.filter(template="reviews/unanswered")[0]
    assert (mail.recipient, mail.context["number"]) == (in_charge, 1)
    assert mail.context["path"] == "/ar/untoc/board/?officer=me&stand=unanswered"


def test_the_page_behind_that_mail_shows_as_many(
    contact: StateContact, review: Any, officer: User, login_as: Callable[[User], Client]
) -> None:
    in_charge, others = OfficerFactory.create(), unnamed_review("XMB")
    contact_of(others.state_under_review)
    write(officer)
    Review.objects.filter(pk=review.pk).update(officer=in_charge)
    with system_role():
        assert tell_of_unanswered(timezone.now()) == 1
    mail = Notification.objects.get(template="reviews/unanswered")
    page = login_as(in_charge).get(mail.context["path"])
    assert [row.code for row in page.context["page"]] == [review.code]
    assert mail.context["number"] == 1
    figures = {str(label): number for label, number, _address, _is_chosen in page.context["figures"]}
    assert figures["Written to, nobody named yet"] == 1, "the figures are of the own reviews too"


def test_the_task_does_both(contact: StateContact) -> None:
    with system_role():
        repeat_letters_task()
    assert NominationLetter.objects.count() == 1, "it is too early"
