"""A request has a day and an age; from its answer another goes on, and a source of the State may be made of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ConflictError, ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.clarifications.services import ask_further, remind_of_requests
from dialogue.exchange.models import ClarificationRequest
from reviews.absences.models import Absence
from reviews.cases.models import TimeChange
from reviews.drafts.situations import shown_in_room, shown_on_table
from reviews.preferences.models import Mute
from reviews.programme.models import Instrument, Limit
from reviews.reminders import OtherDates
from reviews.reminders.models import ReminderRule
from tests.at_once import (
    ask_about_legal_system,
    close_clarification,
    discard_clarification,
    draft_answer,
    send_answer,
    send_clarification,
)
from tests.dialogue.clarifications.requests import CANARY, PAGES, acts_on, answered, asked, draft, page_of, text_of
from tests.dialogue.exchange.exchange import ARTICLE_5
from tests.forms import carried_by, send_form
from tests.plain_role import plain_role
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
DAY = dt.timedelta(days=1)


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("written_feedback")


def further(scene: Cast, request: ClarificationRequest, *, name: str = "same_group_expert") -> ClarificationRequest:
    shown = shown_in_room(scene.review, scene.same_group_state.pk)
    return ask_further(actor=scene.people[name], request=request, text=f"{CANARY}: and before?", shown=shown)


def asked_by(scene: Cast, due_on: dt.date | None) -> ClarificationRequest:
    return send_clarification(actor=scene.same_group_focal_point, request=draft(scene), due_on=due_on)


def test_a_request_goes_on_from_the_answer_on_the_same_matter_in_the_room_of_its_state(scene: Cast) -> None:
    before = answered(scene)
    request = further(scene, before)
    matter = (request.subject, request.instrument, request.question_code, request.follows)
    assert matter == (before.subject, before.instrument, before.question_code, before)
    assert (request.status, request.room) == ("draft", scene.same_group_state)


def test_who_asks_further(scene: Cast) -> None:
    before, allowed = answered(scene), set()
    for name in scene.people:
        try:
            with transaction.atomic():
                further(scene, before, name=name)
                allowed.add(name)
                transaction.set_rollback(True)
        except (PolicyRefusedError, Http404):
            continue
    assert allowed == {"same_group_focal_point", "same_group_expert"}


def test_one_asks_further_on_an_answer_alone_and_once(scene: Cast) -> None:
    with pytest.raises(PolicyRefusedError, match="has not been answered yet"):
        further(scene, asked(scene))
    before = answered(scene)
    request = further(scene, before)
    with pytest.raises(ServiceError, match="has asked further already"):
        further(scene, before, name="same_group_focal_point")
    discard_clarification(actor=scene.same_group_expert, request=request)
    assert further(scene, before).follows == before


def test_a_state_that_no_longer_reviews_the_instrument_asks_no_further(scene: Cast) -> None:
    before = answered(scene)
    tip = Instrument.objects.filter(slug="tip")
    scene.review.reviewing_states.get(state_party=scene.same_group_state).instruments.set(tip)
    with pytest.raises(ServiceError, match="does not review this instrument"):
        further(scene, before)


def test_what_is_sent_closes_the_request_from_which_it_goes_on_once(scene: Cast) -> None:
    before = answered(scene)
    send_clarification(actor=scene.same_group_focal_point, request=further(scene, before))
    before.refresh_from_db()
    assert (before.status, before.closed_at is not None) == ("closed", True)
    closed = AuditEntry.objects.filter(verb="reviews.clarification.closed")
    assert closed.count() == 1
    other = answered(scene)
    request = further(scene, other)
    close_clarification(actor=scene.same_group_focal_point, request=other)
    at = ClarificationRequest.objects.get(pk=other.pk).closed_at
    send_clarification(actor=scene.same_group_focal_point, request=request)
    other.refresh_from_db()
    assert (other.closed_at, closed.count()) == (at, 2), "it was closed before, and stays as it was"


def test_a_thread_does_not_leave_its_matter_whoever_writes_the_row(scene: Cast) -> None:
    before = answered(scene)
    elsewhere = draft(scene, code="I.untoc.23")
    unanswered = asked(scene)
    for row, follows in ((elsewhere, before), (draft(scene), unanswered)):
        refused = pytest.raises(DatabaseError, match="goes on from an answer to itself alone")
        with plain_role(), identified_as(scene.same_group_expert), refused, transaction.atomic():
            ClarificationRequest.objects.filter(pk=row.pk).update(follows=follows)


def test_the_page_shows_the_thread_and_offers_to_go_on_once(scene: Cast, login_as: LoginAs) -> None:
    before = answered(scene)
    client = login_as(scene.same_group_expert)
    assert acts_on(client.get(PAGES), before)[0] == ("Ask further", "")
    page = client.get(page_of(before, "further/"))
    assert ("What is the penalty?" in text_of(page), "Ten years." in text_of(page)) == (True, True)
    sent = send_form(client, page_of(before, "further/"), {"text": "And for attempt?"})
    request = ClarificationRequest.objects.get(follows=before)
    assert sent["Location"] == f"{PAGES}#request-{request.pk}"
    page = client.get(PAGES)
    assert f'href="{PAGES}#request-{before.pk}">Goes on from the answer to the request of' in text_of(page)
    assert [label for label, _reason in acts_on(page, before)] == ["Close the request"]
    assert "And for attempt?" not in text_of(login_as(scene.focal_point).get(PAGES))
    consequences = text_of(login_as(scene.same_group_focal_point).get(page_of(request, "send/")))
    assert "The request from whose answer it goes on is closed." in consequences


def test_a_request_that_goes_on_tells_who_changed_the_room_meanwhile(scene: Cast) -> None:
    shown = shown_on_table(scene.review)
    with pytest.raises(ConflictError):
        ask_further(actor=scene.same_group_expert, request=answered(scene), text="And?", shown=shown)


def test_the_day_is_offered_by_the_rule_and_the_focal_point_names_another_or_none(
    scene: Cast, login_as: LoginAs
) -> None:
    client, today = login_as(scene.same_group_focal_point), timezone.localdate()

    def sent(value: str | None, *, offered: dt.date | None) -> dt.date | None:
        request = draft(scene)
        page = client.get(page_of(request, "send/"))
        assert page.context["form"].get_initial_for_field(page.context["form"].fields["due_on"], "due_on") == offered
        typed = {} if value is None else {"due_on": value}
        assert client.post(page_of(request, "send/"), {**carried_by(page), **typed}).status_code == 302
        request.refresh_from_db()
        return request.due_on

    offered = today + 30 * DAY
    assert sent(offered.isoformat(), offered=offered) == offered
    assert sent("", offered=offered) is None
    assert sent(today.isoformat(), offered=offered) == today
    Limit.objects.filter(key="clarification_answer").update(value=10)
    assert sent((today + 366 * DAY).isoformat(), offered=today + 10 * DAY) == today + 366 * DAY
    Limit.objects.filter(key="clarification_answer").delete()
    assert sent("", offered=None) is None


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_has_passed_or_is_far_is_refused_by_its_field(scene: Cast, login_as: LoginAs, days: int) -> None:
    request, client = draft(scene), login_as(scene.same_group_focal_point)
    typed = {"due_on": (timezone.localdate() + days * DAY).isoformat()}
    page = send_form(client, page_of(request, "send/"), typed)
    assert (page.status_code, page.context["form"].errors["due_on"]) == (
        422,
        ["Give a day from today on, and within a year."],
    )
    assert typed["due_on"] in text_of(page)
    request.refresh_from_db()
    assert request.status == "draft"


def test_nonsense_for_a_day_is_refused_by_its_field(scene: Cast, login_as: LoginAs) -> None:
    page = send_form(login_as(scene.same_group_focal_point), page_of(draft(scene), "send/"), {"due_on": "soon"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["due_on"])


def test_the_day_stays_once_the_request_is_sent(scene: Cast) -> None:
    request = asked_by(scene, timezone.localdate() + DAY)
    kept = pytest.raises(DatabaseError)
    with plain_role(), identified_as(scene.same_group_focal_point), kept, transaction.atomic():
        ClarificationRequest.objects.filter(pk=request.pk).update(due_on=None)


def test_the_list_says_how_long_a_request_waits_and_which_are_late(
    scene: Cast, login_as: LoginAs, time_machine: Any
) -> None:
    now = timezone.now()
    late, other = asked_by(scene, timezone.localdate() + 2 * DAY), asked_by(scene, None)
    page = text_of(login_as(scene.focal_point).get(PAGES))
    assert (">waiting for" in page, "Past the date asked for" in page) == (False, False)
    time_machine.move_to(now + 5 * DAY)
    page = text_of(login_as(scene.focal_point).get(PAGES))
    assert (page.count(">waiting for 5 days"), page.count("3 days past the date asked for")) == (2, 1)
    page = text_of(login_as(scene.focal_point).get(f"{PAGES}?status=late"))
    assert (f"request-{late.pk}" in page, f"request-{other.pk}" in page) == (True, False)
    draft_answer(actor=scene.expert, request=late, text="Ten years.", base=0)
    send_answer(actor=scene.focal_point, request=late)
    page = text_of(login_as(scene.focal_point).get(f"{PAGES}?status=late"))
    assert ("Past the date asked for" in page, f"request-{other.pk}" in page) == (False, True)


def test_my_work_counts_until_the_first_day_asked_for(scene: Cast, login_as: LoginAs) -> None:
    first = timezone.localdate() + 3 * DAY
    asked_by(scene, first + DAY)
    asked_by(scene, first)
    page = login_as(scene.focal_point).get("/en/")
    tasks = [task for task in page.context["tasks"] if "request" in task.what and "clarification" in task.what]
    assert [(task.what, task.due_on) for task in tasks] == [("Answer 2 requests for clarification", first)]


def test_focal_points_are_reminded_by_the_rules_and_each_time_once(scene: Cast) -> None:
    ReminderRule.objects.all().update(is_active=False)
    for audience, days in (("focal_points", -7), ("focal_points", 5), ("experts", -6)):
        given = {"mechanism": scene.review.mechanism, "audience": audience, "days": days}
        ReminderRule.objects.update_or_create(**given, defaults={"is_active": True, "evidence_mark": "I"})
    due_on = timezone.localdate() + 30 * DAY
    request = asked_by(scene, due_on)
    asked_by(scene, None)

    def told() -> list[str]:
        rows = Notification.objects.filter(key__startswith="clarification_due").select_related("recipient")
        return [row.recipient.full_name for row in rows.order_by("created_at")]

    assert (remind_of_requests(due_on - 8 * DAY), told()) == (0, [])
    assert (remind_of_requests(due_on - 6 * DAY), told()) == (1, ["Focal Point"])
    assert (remind_of_requests(due_on - 5 * DAY), told()) == (1, ["Focal Point"]), "found again, and not told again"
    assert (remind_of_requests(due_on + 5 * DAY), len(told())) == (1, 2)
    draft_answer(actor=scene.expert, request=request, text="Ten years.", base=0)
    send_answer(actor=scene.focal_point, request=request)
    assert remind_of_requests(due_on + 6 * DAY) == 0


def test_a_reminder_of_what_is_asked_early_gives_nothing_away(scene: Cast) -> None:
    due_on = timezone.localdate() + 14 * DAY
    request = ask_about_legal_system(actor=scene.same_group_expert, review=scene.review, text="Which courts?")
    send_clarification(actor=scene.same_group_focal_point, request=request, due_on=due_on)
    before = Notification.objects.count()
    assert remind_of_requests(due_on) == 1
    (mail,) = Notification.objects.order_by("created_at")[before:]
    assert (mail.key.startswith("something_waits"), mail.recipient) == (True, scene.focal_point)


def test_a_request_is_not_closed_over_an_answer_that_nobody_has_read(scene: Cast, login_as: LoginAs) -> None:
    request = asked(scene)
    client = login_as(scene.same_group_focal_point)
    carried = carried_by(client.get(page_of(request, "close/")))
    draft_answer(actor=scene.expert, request=request, text="Ten years.", base=0)
    send_answer(actor=scene.focal_point, request=request)
    page = client.post(page_of(request, "close/"), carried)
    request.refresh_from_db()
    assert (request.status, "Ten years." in text_of(page)) == ("answered", True)
    assert send_form(client, page_of(request, "close/")).status_code == 302


def test_nobody_is_reminded_or_late_in_a_pause(scene: Cast, login_as: LoginAs, time_machine: Any) -> None:
    due_on = timezone.localdate() + 10 * DAY
    asked_by(scene, due_on)
    until = due_on + 90 * DAY
    pause = TimeChange.objects.create(
        review=scene.review, kind="pause", status="agreed", starts_on=due_on - DAY, until=until, reason="A flood."
    )
    assert remind_of_requests(due_on) == 0
    time_machine.move_to(timezone.now() + 12 * DAY)
    assert "past the date asked for" not in text_of(login_as(scene.focal_point).get(PAGES))
    assert due_on not in {task.due_on for task in login_as(scene.focal_point).get("/en/").context["tasks"]}
    TimeChange.objects.filter(pk=pause.pk).update(ended_on=due_on)
    assert remind_of_requests(due_on) == 1
    assert "2 days past the date asked for" in text_of(login_as(scene.focal_point).get(PAGES))


def test_a_focal_point_who_is_away_or_wants_quiet_is_spared_until_the_day(scene: Cast) -> None:
    today = timezone.localdate()
    dates = OtherDates(today)

    def told(day: int) -> set[str]:
        return {user.full_name for user in dates.told(scene.review, day)}

    assert told(-7) == told(0) == {"Focal Point"}
    mute = Mute.objects.create(user=scene.focal_point, review=scene.review)
    assert (told(-7), told(0), told(5)) == (set(), {"Focal Point"}, {"Focal Point"})
    mute.delete()
    absence = Absence.objects.create(
        user=scene.focal_point, deputy=scene.expert, starts_on=today, ends_on=today + 5 * DAY
    )
    assert (told(-7), told(0)) == ({"Expert"}, {"Focal Point", "Expert"})
    Absence.objects.filter(pk=absence.pk).update(deputy=scene.same_group_expert)
    assert (told(-7), told(0)) == ({"Focal Point"}, {"Focal Point"}), "nobody stands in from outside of the State"
    Absence.objects.filter(pk=absence.pk).update(deputy=scene.expert, ends_on=today - DAY, starts_on=today - DAY)
    assert told(-7) == {"Focal Point"}


def test_the_desk_shows_from_what_a_request_goes_on_and_by_when(scene: Cast, login_as: LoginAs) -> None:
    before = asked(scene, code="I.untoc.4")
    draft_answer(actor=scene.expert, request=before, text="Ten years.", base=0)
    send_answer(actor=scene.focal_point, request=before)
    request = further(scene, before)
    link = f'href="{PAGES}#request-{before.pk}">Goes on'
    assert link in text_of(login_as(scene.same_group_expert).get(ARTICLE_5))
    due_on = timezone.localdate() + 9 * DAY
    send_clarification(actor=scene.same_group_focal_point, request=request, due_on=due_on)
    page = text_of(login_as(scene.other_group_expert).get(ARTICLE_5))
    assert (link in page, "answer asked for by" in page) == (True, True)
