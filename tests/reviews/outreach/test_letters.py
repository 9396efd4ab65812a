"""One act writes to the offices of all States that have named nobody: one mail each, whoever presses how often."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.contacts.models import StateContact
from accounts.contacts.services import ContactInput, change_contact
from accounts.links.models import StateLink
from accounts.links.tokens import token_of
from accounts.people.models import User
from core.enums import NotificationStatus
from core.errors import ServiceError
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from core.seen import seen_of
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.outreach.enums import Stand
from reviews.outreach.models import NominationLetter
from reviews.outreach.selectors.addressees import plan_letters
from reviews.outreach.selectors.board import board_of, counts_of, current_phase, of_stand
from reviews.outreach.services.sending import owe_letters
from reviews.programme.models import Limit
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.forms import carried_by
from tests.guards import guards_off
from tests.lots.draws.test_races import at_once
from tests.query_counts import assert_query_count
from tests.reviews.outreach.missions import (
    contact_of,
    link_to,
    mechanism,
    received_by,
    send,
    unnamed_review,
    words,
    write,
)
from tests.utils import make_review, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "own_files")]
LoginAs = Callable[[User], Client]
BOARD, WRITE = "/en/untoc/board/", "/en/untoc/board/write/"


def sent_mails() -> list[Any]:
    for notification in Notification.objects.filter(template="reviews/nomination_letter", status="queued"):
        assert notifications.deliver(str(notification.pk))
    return list(mail.outbox)


def press(client: Client, page: Any, **changes: Any) -> Any:
    plan = page.context["plan"]
    chosen = [each.key for each in plan.addressees]
    return client.post(WRITE, {"chosen": chosen, **carried_by(page), **changes})


# --- What is shown, and what is sent


def test_each_office_gets_a_mail_in_its_language_with_a_link_of_its_own(officer: User, login_as: LoginAs) -> None:
    review = unnamed_review()
    for code in ("ar", "fr"):
        contact_of(review.state_under_review, email=f"{code}@x.example", office=f"Office {code}", language=code)
    client = login_as(officer)
    page = client.get(WRITE)
    assert "2 mails can be sent." in words(page)
    assert '1 in <bdi lang="ar">العربية</bdi>.' in words(page)
    assert '1 in <bdi lang="en">English</bdi>.' in words(page), "the interface does not speak French"
    answer = press(client, page)
    assert (answer.status_code, answer["Location"]) == (302, f"{BOARD}?phase=1")
    assert send() == 2
    mails = {message.to[0]: message for message in sent_mails()}
    assert set(mails) == {"ar@x.example", "fr@x.example"}
    assert "Office fr," in mails["fr@x.example"].body
    assert "/ar/mission-link/" in mails["ar@x.example"].body
    tokens = {re.search(r"/mission-link/([\w-]{43})/", str(message.body)).group(1) for message in mails.values()}  # type: ignore[union-attr]
    assert tokens == {token_of(link.pk) for link in StateLink.objects.all()}
    assert len(tokens) == 2


def test_the_secret_is_stored_nowhere(officer: User) -> None:
    review = unnamed_review()
    link = link_to(contact_of(review.state_under_review), officer)
    token = token_of(link.pk)
    stored = [*Notification.objects.values_list("context", "key"), *StateLink.objects.values_list()]
    assert token not in str(stored)
    assert token not in str(list(AuditEntry.objects.values_list("after", "before")))


def test_who_is_left_out_and_why(officer: User, login_as: LoginAs) -> None:
    review, silent = unnamed_review(), unnamed_review("XMB")
    contact = contact_of(review.state_under_review, office="Mission")

    def said(state: Any, reason: str) -> bool:
        page = words(login_as(officer).get(WRITE))
        return re.search(rf"<th[^>]*>{state.name}.{{0,400}}{reason}", page) is not None

    link = link_to(contact, officer)
    assert said(silent.state_under_review, "It has no contact in the list.")
    assert said(review.state_under_review, "It was written to on")
    received = received_by(link, review.code)
    assert said(review.state_under_review, "It has named people, who are being checked.")
    assert received.is_waiting
    register(review, UserFactory(), review.state_under_review, ParticipationRole.FOCAL_POINT)
    assert said(review.state_under_review, "It has its focal point.")


def test_only_those_are_written_to_who_are_chosen_and_shown(officer: User, login_as: LoginAs) -> None:
    one, two = unnamed_review(), unnamed_review("XMB")
    kept = contact_of(one.state_under_review)
    contact_of(one.state_under_review)
    contact_of(two.state_under_review)
    client = login_as(officer)
    page = client.get(f"{WRITE}?q={one.state_under_review.iso3}")
    assert len(page.context["plan"].addressees) == 2
    address = f"{WRITE}?q={one.state_under_review.iso3}"
    assert client.post(address, {"chosen": [str(kept.pk)], **carried_by(page)}).status_code == 302
    assert [letter.contact for letter in NominationLetter.objects.all()] == [kept]


def test_nobody_chosen_is_said(officer: User, login_as: LoginAs) -> None:
    contact_of(unnamed_review().state_under_review)
    client = login_as(officer)
    page = press(client, client.get(WRITE), chosen=[])
    assert (page.status_code, "Choose at least one office." in words(page)) == (422, True)
    assert not NominationLetter.objects.exists()


# --- Second presses, colleagues, what changes meanwhile


def test_a_second_press_and_a_colleagues_press_send_nothing_twice(officer: User, login_as: LoginAs) -> None:
    contact_of(unnamed_review().state_under_review)
    mine, other = login_as(officer), login_as(OfficerFactory.create())
    page, elsewhere = mine.get(WRITE), other.get(WRITE)
    assert press(mine, page).status_code == 302
    late = press(other, elsewhere)
    assert late.status_code == 422
    again = press(mine, page)
    assert again.status_code in {302, 422}
    assert NominationLetter.objects.count() == 1
    assert (send(), send()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_press_at_once_send_one_mail(officer: User) -> None:
    contact = contact_of(unnamed_review().state_under_review)
    seen = plan_letters(mechanism(), board_of(mechanism())).fingerprint

    def act(person: User) -> None:
        owe_letters(
            actor=person, mechanism=mechanism(), reviews=board_of(mechanism()), chosen={str(contact.pk)}, seen=seen
        )

    outcomes = at_once(lambda: act(officer), lambda: act(OfficerFactory()))
    assert sorted(each[:9] for each in outcomes) == ["Something", "done"]
    assert NominationLetter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_each_mail_once(officer: User) -> None:
    state = unnamed_review().state_under_review
    for _ in range(4):
        contact_of(state)
    write(officer)
    assert at_once(send, send) == ["done", "done"]
    mails = Notification.objects.filter(template="reviews/nomination_letter")
    assert (StateLink.objects.count(), mails.count()) == (4, 4)


def test_an_address_that_changes_after_the_preview_is_shown_first(officer: User, login_as: LoginAs) -> None:
    contact = contact_of(unnamed_review().state_under_review, email="before@x.example")
    client = login_as(officer)
    page = client.get(WRITE)
    given = ContactInput("Mission", "after@x.example", "en")
    change_contact(actor=officer, contact=contact, given=given, seen=seen_of(contact))
    again = press(client, page)
    assert again.status_code == 422
    assert "Something has changed since this page was shown." in words(again)
    assert "after@x.example" in words(again)
    assert press(client, again).status_code == 302


def test_an_office_that_leaves_the_list_before_the_mail_is_made_gets_none(officer: User) -> None:
    contact = contact_of(unnamed_review().state_under_review)
    write(officer)
    contact.delete()
    assert send() == 1
    assert NominationLetter.objects.get().is_dropped
    assert not Notification.objects.filter(template="reviews/nomination_letter").exists()


def test_the_pause_is_a_rule_of_the_mechanism(officer: User) -> None:
    contact_of(unnamed_review().state_under_review)
    write(officer)
    assert plan_letters(mechanism(), board_of(mechanism())).addressees == []
    long_ago = timezone.now() - dt.timedelta(days=8)
    with guards_off(["reviews_nominationletter"]):
        NominationLetter.objects.update(created_at=long_ago)
    assert len(plan_letters(mechanism(), board_of(mechanism())).addressees) == 1
    Limit.objects.filter(key="nomination_letter_pause").update(value=10)
    assert plan_letters(mechanism(), board_of(mechanism())).addressees == []


def test_only_officers_write(officer: User) -> None:
    contact_of(unnamed_review().state_under_review)
    with pytest.raises(PolicyRefusedError):
        write(AuditorFactory())


def test_nobody_is_written_to_for_a_choice_of_nobody(officer: User) -> None:
    contact_of(unnamed_review().state_under_review)
    with pytest.raises(ServiceError, match="Choose at least one office"):
        write(officer, chosen=set())


def test_the_record_of_acts_says_to_which_state_and_no_address(officer: User) -> None:
    contact_of(unnamed_review().state_under_review, email="secret@x.example")
    write(officer)
    entry = AuditEntry.objects.get(verb="reviews.nominationletter.written")
    assert (entry.after, entry.actor) == ({"state": "XVE", "language": "en"}, officer)


# --- The board


def counts() -> dict[str, int]:
    return {stand: number for stand, number in counts_of(board_of(mechanism())).items() if number}


def test_the_board_follows_a_state_to_its_focal_point(officer: User) -> None:
    review = unnamed_review()
    assert counts() == {Stand.UNNAMED: 1, Stand.WITHOUT_CONTACT: 1, Stand.UNWRITTEN: 1}
    contact = contact_of(review.state_under_review)
    link = link_to(contact, officer)
    assert counts() == {Stand.UNNAMED: 1, Stand.WRITTEN: 1, Stand.UNANSWERED: 1}
    StateLink.objects.update(last_used_at=timezone.now())
    received_by(link, review.code)
    assert counts() == {Stand.WRITTEN: 1, Stand.OPENED: 1, Stand.NAMED: 1}
    focal_point = UserFactory(activated_at=None, status="invited")
    register(review, focal_point, review.state_under_review, ParticipationRole.FOCAL_POINT)
    assert counts() == {Stand.WRITTEN: 1, Stand.OPENED: 1, Stand.CHECKED: 1}
    User.objects.filter(pk=focal_point.pk).update(activated_at=timezone.now(), status="active")
    assert counts() == {Stand.WRITTEN: 1, Stand.OPENED: 1, Stand.CHECKED: 1, Stand.SIGNED_IN: 1}


def test_who_has_named_experts_alone_has_still_to_name_a_focal_point(officer: User) -> None:
    review = unnamed_review()
    received = received_by(link_to(contact_of(review.state_under_review), officer), review.code)
    with guards_off(["reviews_receivednomination"]):
        received.people[0]["role"] = "governmental_expert"
        received.save()
    assert counts() == {Stand.UNNAMED: 1, Stand.WRITTEN: 1, Stand.UNANSWERED: 1}


def test_what_was_sent_before_a_review_or_names_people_for_another_is_not_its_own(officer: User) -> None:
    first = unnamed_review()
    link = link_to(contact_of(first.state_under_review), officer)
    StateLink.objects.update(last_used_at=timezone.now())
    received_by(link, first.code)
    make_review(phase=2, state="XVE").participations.filter(state_party=first.state_under_review).delete()
    found = {stand: number for stand, number in counts().items() if stand in {Stand.UNNAMED, Stand.UNWRITTEN}}
    assert found == {Stand.UNNAMED: 1, Stand.UNWRITTEN: 1}
    assert (counts()[Stand.NAMED], counts()[Stand.OPENED], counts()[Stand.WRITTEN]) == (1, 1, 1)


def test_a_mail_that_came_back_shows_until_the_address_is_mended_or_a_later_one_arrives(officer: User) -> None:
    contact = contact_of(unnamed_review().state_under_review)
    link_to(contact, officer)
    Notification.objects.update(status=NotificationStatus.BOUNCED, bounced_at=timezone.now())
    assert of_stand(board_of(mechanism()), Stand.BOUNCED).count() == 1
    StateContact.objects.update(email="mended@x.example")
    assert of_stand(board_of(mechanism()), Stand.BOUNCED).count() == 0


def test_the_board_shows_its_figures_as_filters(officer: User, login_as: LoginAs) -> None:
    one, two = unnamed_review(), unnamed_review("XMB")
    contact_of(one.state_under_review)
    write(officer)
    client = login_as(officer)
    page = client.get(BOARD)
    assert f'href="?phase=1&amp;stand={Stand.WRITTEN}"' in page.content.decode()
    narrowed = words(client.get(f"{BOARD}?phase=1&stand={Stand.WRITTEN}"))
    rows = narrowed[narrowed.index("<tbody") :]
    assert one.code in rows
    assert two.code not in rows
    assert "1 mail" in rows


def test_the_board_takes_the_same_queries_for_one_and_for_many(officer: User, login_as: LoginAs) -> None:
    client = login_as(officer)
    for state in ("XVE", "XMB"):
        review = unnamed_review(state)
        contact_of(review.state_under_review)
        write(officer)
        with assert_query_count("reviews:board"):
            assert client.get(BOARD).status_code == 200


def test_the_page_of_letters_takes_the_same_queries_for_one_and_for_many(officer: User, login_as: LoginAs) -> None:
    client = login_as(officer)
    for state in ("XVE", "XMB"):
        contact_of(unnamed_review(state).state_under_review)
        with assert_query_count("reviews:letters"):
            assert client.get(WRITE).status_code == 200


def test_the_phase_that_has_begun_is_shown_where_none_is_chosen(officer: User, login_as: LoginAs) -> None:
    first = unnamed_review()
    later = make_review(state="XVE", phase=2)
    with guards_off(["reviews_review"]):
        Review.objects.filter(pk=later.pk).update(starts_on=timezone.localdate() + dt.timedelta(days=300))
    client = login_as(officer)
    assert later.code not in words(client.get(BOARD))
    assert first.code in words(client.get(f"{BOARD}?phase=nonsense"))
    assert later.code in words(client.get(f"{BOARD}?phase=2"))


def test_where_every_phase_lies_ahead_the_first_is_current() -> None:
    today = dt.date(2026, 1, 1)
    days = [(number, today + dt.timedelta(days=offset)) for number, offset in ((1, -9), (2, 0), (3, 9))]
    assert current_phase(days, today) == 2
    assert (current_phase(days[2:], today), current_phase([], today)) == (3, None)
