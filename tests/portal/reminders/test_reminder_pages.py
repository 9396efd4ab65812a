"""One's own reminders, what one says about them, the rules in words, and the mails for the secretariat."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from core.enums import NotificationStatus
from core.errors import ServiceError
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.absences.models import Absence
from reviews.absences.services import record_absence
from reviews.cases.models import ReviewMilestone
from reviews.preferences.models import Mute, Snooze, TaskDelegation
from reviews.preferences.services import hand_on_reminders, postpone_reminders
from tests.accounts.tokens.making import program_of
from tests.factories.core import NotificationFactory
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db

Login = Callable[[User], Client]
ADDRESS = ["untoc", "1-XVE"]


def milestone(cast: Cast) -> ReviewMilestone:
    found = cast.review.milestones.select_related("plan", "review__step")
    return found.get(plan__slug="answers_sent")


def due_in(cast: Cast, days: int) -> dt.date:
    """Let the answers be due on a working day in about so many days."""
    day = timezone.localdate() + dt.timedelta(days=days)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    cast.review.milestones.filter(plan__slug="answers_sent").update(due_on=day)
    return day


def post(client: Client, name: str, args: list[Any], **data: Any) -> str:
    http_response = client.post(reverse(name, args=args), data, follow=True)
    assert http_response.status_code == 200
    return str(http_response.content.decode())


def test_the_page_shows_what_will_be_sent(cast: Cast, login_as: Login) -> None:
    due_in(cast, 20)
    page = login_as(cast.expert).get(reverse("portal:reminders")).content.decode()
    assert page.count(reverse("portal:reminder-choices", args=[*ADDRESS, "answers_sent"])) == 3
    page = login_as(cast.observer).get(reverse("portal:reminders")).content.decode()
    assert "Nothing will be sent to you" in page


def test_an_act_is_put_off_and_taken_back(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.expert)
    until = due_in(cast, 20)
    args = [*ADDRESS, "answers_sent"]
    page = post(client, "portal:reminder-choices", args, choice="later", until=until.isoformat())
    assert "You will be reminded on" in page
    assert Snooze.objects.get().until == until
    post(client, "portal:reminder-choices", args, choice="as_planned")
    assert Snooze.objects.count() == 0


def test_an_act_is_handed_to_a_colleague_whom_both_see(cast: Cast, login_as: Login) -> None:
    due_in(cast, 20)
    args, choice = [*ADDRESS, "answers_sent"], {"choice": "colleague", "colleague": cast.second_expert.pk}
    page = post(login_as(cast.expert), "portal:reminder-choices", args, **choice)
    assert f"handed to <bdi>{cast.second_expert.full_name}</bdi>" in page
    page = login_as(cast.second_expert).get(reverse("portal:reminders")).content.decode()
    assert f"<bdi>{cast.expert.full_name}</bdi> has handed this to you." in page
    assert Notification.objects.filter(recipient=cast.second_expert, template="reviews/news").count() == 1


@pytest.mark.parametrize("who", ["same_group_expert", "contributor", "observer", "stranger", "officer"])
def test_nobody_hands_an_act_to_somebody_who_cannot_do_it(cast: Cast, who: str) -> None:
    with pytest.raises(ServiceError):
        hand_on_reminders(actor=cast.expert, milestone=milestone(cast), colleague=cast.people[who])
    assert TaskDelegation.objects.count() == 0


@pytest.mark.parametrize("days", [0, -1, 91])
def test_an_act_is_put_off_for_a_while_only(cast: Cast, days: int) -> None:
    with pytest.raises(ServiceError):
        postpone_reminders(
            actor=cast.expert, milestone=milestone(cast), until=timezone.localdate() + dt.timedelta(days=days)
        )


def test_an_auditor_has_no_reminders_to_put_off(cast: Cast) -> None:
    with pytest.raises(PolicyRefusedError):
        postpone_reminders(actor=cast.auditor, milestone=milestone(cast), until=timezone.localdate())


def test_a_review_is_muted_by_a_button_and_not_by_a_link(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.expert)
    address = reverse("portal:reminder-mute", args=ADDRESS)
    page = client.get(address).content.decode()
    assert "still comes" in page
    assert Mute.objects.count() == 0
    assert "is muted" in post(client, "portal:reminder-mute", ADDRESS, muted="1")
    assert Mute.objects.get().user == cast.expert
    assert 'name="muted" value="0"' in client.get(address).content.decode()
    assert "is muted" in post(client, "portal:reminder-mute", ADDRESS, muted="1"), "twice is as once"
    assert "again" in post(client, "portal:reminder-mute", ADDRESS, muted="0")
    assert Mute.objects.count() == 0


def test_a_program_says_whether_a_review_is_muted(cast: Cast) -> None:
    client, address = program_of(cast.expert), reverse("api:reminder-mute", args=ADDRESS)
    for body, status, are in (
        ({}, 400, 0),
        ({"muted": "1"}, 200, 1),
        ({"muted": "1"}, 200, 1),
        ({"muted": "0"}, 200, 0),
    ):
        assert client.post(address, body, content_type="application/json").status_code == status, body
        assert Mute.objects.count() == are, body


def test_who_takes_over_is_shown_to_the_own_state_and_the_secretariat(cast: Cast, login_as: Login) -> None:
    today = timezone.localdate()
    page = post(
        login_as(cast.expert), "portal:absence-add", [],
        starts_on=today.isoformat(), ends_on=today.isoformat(), deputy=cast.second_expert.pk,
    )  # fmt: skip
    assert f"<bdi>{cast.second_expert.full_name}</bdi> takes over." in page
    address = reverse("reviews:participant-list", args=ADDRESS)
    people = [cast.focal_point, cast.officer, cast.same_group_expert]
    assert ["</bdi> takes over." in login_as(user).get(address).content.decode() for user in people] == [
        True,
        True,
        False,
    ]
    post(login_as(cast.expert), "portal:absence-remove", [Absence.objects.get().pk])
    assert Absence.objects.count() == 0
    verbs = AuditEntry.objects.filter(actor=cast.expert, verb__startswith="reviews.absence").values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == ["reviews.absence.recorded", "reviews.absence.removed"]


def test_absences_do_not_overlap_and_have_a_deputy_of_the_own_state(cast: Cast) -> None:
    today = timezone.localdate()
    with pytest.raises(ServiceError):
        record_absence(actor=cast.expert, starts_on=today, ends_on=today, deputy=cast.same_group_expert)
    record_absence(actor=cast.expert, starts_on=today, ends_on=today, deputy=None)
    with pytest.raises(ServiceError):
        record_absence(actor=cast.expert, starts_on=today, ends_on=today, deputy=None)
    with pytest.raises(ServiceError):
        record_absence(actor=cast.focal_point, starts_on=today, ends_on=today - dt.timedelta(days=1), deputy=None)


def test_the_hour_is_ones_own(cast: Cast, login_as: Login) -> None:
    post(login_as(cast.expert), "portal:reminders", [], hour="17")
    cast.expert.refresh_from_db()
    assert cast.expert.reminder_hour.hour == 17
    post(login_as(cast.expert), "portal:reminders", [], hour="")
    assert not User.objects.get(pk=cast.expert.pk).__dict__.get("reminder_hour")


def test_the_rules_are_told_in_words(cast: Cast, login_as: Login) -> None:
    page = login_as(cast.observer).get(reverse("portal:reminder-rules", args=["untoc"])).content.decode()
    places = [
        page.index(words) for words in ("14 days before", "3 days before", "On the indicative date", "21 days after")
    ]
    assert places == sorted(places)


def test_whoever_comes_by_the_button_of_a_mail_is_noted_once_and_nobody_else(cast: Cast, login_as: Login) -> None:
    one = NotificationFactory(recipient=cast.expert)
    assert notifications.deliver(str(one.pk))
    body = str(mail.outbox[0].body)
    query = next(word for word in body.split() if "?mail=" in word).partition("?")[2]
    login_as(cast.second_expert).get(f"/en/?{query}")
    login_as(cast.expert).get(f"/en/?{query}x")
    assert Notification.objects.get(pk=one.pk).opened_at is None
    login_as(cast.expert).get(f"/en/?{query}")
    opened_at = Notification.objects.get(pk=one.pk).opened_at
    assert opened_at is not None
    login_as(cast.expert).get(f"/en/?{query}")
    assert Notification.objects.get(pk=one.pk).opened_at == opened_at


def bounced(cast: Cast) -> Notification:
    one: Notification = NotificationFactory(
        recipient=cast.expert, status=NotificationStatus.BOUNCED, address=cast.expert.email, about=["1-XVE"],
        bounced_at=timezone.now(), error="550",
    )  # fmt: skip
    return one


def test_a_mail_that_came_back_is_shown_where_officers_look(cast: Cast, login_as: Login) -> None:
    bounced(cast)
    words = "Mail to this address comes back."
    client = login_as(cast.officer)
    for address in (
        reverse("portal:delivery-list") + "?review=1-xve&state=xve&status=bounced",
        reverse("accounts:account-detail", args=[cast.expert.pk]),
        reverse("reviews:participant-list", args=ADDRESS),
    ):
        assert words in client.get(address).content.decode(), address
    participants = reverse("reviews:participant-list", args=ADDRESS)
    assert words not in login_as(cast.focal_point).get(participants).content.decode()


@pytest.mark.parametrize("query", ["?review=1-XMB", "?state=XLE", "?status=failed", "?q=nobody", "?day=2001-01-01"])
def test_the_filters_of_the_mails_leave_out_the_others(cast: Cast, login_as: Login, query: str) -> None:
    Notification.objects.all().delete()
    bounced(cast)
    page = login_as(cast.officer).get(reverse("portal:delivery-list") + query).content.decode()
    assert "There is no such mail" in page


def test_a_mail_says_its_subject_its_review_and_the_state(cast: Cast, login_as: Login) -> None:
    cast.expert.language = "ar"
    cast.expert.save(update_fields=["language"])
    NotificationFactory(recipient=cast.expert, about=["1-XVE", "9-XXX", "9-XXY", "9-XXZ"])
    page = login_as(cast.officer).get(reverse("portal:delivery-list")).content.decode()
    assert '<bdi lang="ar">' in page  # as it was sent
    assert "Sending of the answers" in page
    assert f'href="{reverse("portal:review-detail", args=ADDRESS)}"' in page
    assert "Veskaria" in page
    assert "9-XXX" in page
    assert "4 reviews in all" in page


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("accounts/new_device", "About the account"),
        ("accounts/passphrase_changed", "About the account"),
        ("reviews/news", "News of a review"),
        ("reviews/a_template_of_before", "News of a review"),
    ],
)
def test_what_goes_on_within_a_state_or_an_account_is_not_told_by_its_mail(
    cast: Cast, login_as: Login, template: str, words: str
) -> None:
    """The words of such a mail tell who hands what to whom, or from where somebody signs in."""
    Notification.objects.all().delete()
    NotificationFactory(recipient=cast.expert, template=template, about=["1-XVE"])
    page = login_as(cast.officer).get(reverse("portal:delivery-list"))
    assert (page.status_code, words in page.content.decode()) == (200, True)
    assert "<bdi lang=" in page.content.decode()


def test_a_mail_that_came_back_is_tried_again(cast: Cast, login_as: Login) -> None:
    one = bounced(cast)
    assert "is sent once more" in post(login_as(cast.officer), "portal:delivery-retry", [one.pk])
    assert Notification.objects.get(pk=one.pk).status == NotificationStatus.QUEUED
    assert AuditEntry.objects.filter(verb="accounts.mail.tried_again").count() == 1
    assert "Only a mail that failed" in post(login_as(cast.officer), "portal:delivery-retry", [one.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_queries_for_one_and_three(cast: Cast, login_as: Login, rows: int) -> None:
    Notification.objects.all().delete()
    people = [cast.expert, cast.focal_point, cast.officer][:rows]
    for person in people:
        NotificationFactory(recipient=person)
    client = login_as(cast.officer)
    with assert_query_count("portal:delivery-list"):
        client.get(reverse("portal:delivery-list"))
    day = due_in(cast, 20)
    if rows == 3:
        for other in cast.review.milestones.exclude(plan__slug="answers_sent").filter(reached_on=None)[:2]:
            Snooze.objects.create(user=cast.expert, milestone=other, until=day)
    Snooze.objects.create(user=cast.expert, milestone=milestone(cast), until=day)
    client = login_as(cast.expert)
    with assert_query_count("portal:reminders"):
        client.get(reverse("portal:reminders"))


def test_the_page_speaks_the_language_in_which_it_is_read_and_not_that_of_the_mails(
    cast: Cast, login_as: Login
) -> None:
    due_in(cast, 20)
    assert cast.expert.language == "en"
    page = login_as(cast.expert).get("/ar/reminders/").content.decode()
    assert ("إرسال الإجابات" in page, "Sending of the answers" in page) == (True, False)
    assert 'href="/ar/untoc/reviews/1-XVE/reminders/answers_sent/"' in page


def test_a_letter_to_an_office_names_the_office_for_programs_too(cast: Cast) -> None:
    NotificationFactory.create(
        recipient=cast.officer, context={"office": "Mission of Vesperia"}, address="mission@states.example"
    )
    NotificationFactory.create(recipient=cast.expert)
    rows = program_of(cast.officer).get("/api/v1/deliveries/").json()["results"]
    told = {(row["recipient"], row["office"], row["address"], row["written_by"]) for row in rows}
    assert told >= {
        (None, "Mission of Vesperia", "mission@states.example", cast.officer.full_name),
        (cast.expert.full_name, "", cast.expert.email, None),
    }
