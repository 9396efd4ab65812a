"""Administrators change when people are reminded: what would come of it first, and on what they were shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from portal.reminders.forms import ReminderRulesForm
from reviews.programme.models import Mechanism
from reviews.reminders import RulesChangedError, RuleSet, change_reminder_rules, rule_set_of
from reviews.reminders.models import ReminderRule
from tests.reviews.periods.programmes import in_session
from tests.utils import Cast

pytestmark = pytest.mark.django_db

LoginAs = Callable[[User], Client]
REASON = "The States have asked for fewer mails."


def url() -> str:
    return reverse("portal:reminder-rules-change", args=["untoc"])


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def typed(mechanism: Mechanism, **more: str) -> dict[str, str]:
    """What the form sends where nothing is changed, and ``more``."""
    rules = rule_set_of(mechanism)
    return ReminderRulesForm.values_of(rules, base=rules) | {"reason": ""} | more


def change(actor: User, mechanism: Mechanism, wanted: RuleSet, **more: Any) -> tuple[RuleSet, RuleSet]:
    given: dict[str, Any] = {"shown": rule_set_of(mechanism), "reason": REASON} | more
    return change_reminder_rules(actor=actor, mechanism=mechanism, wanted=wanted, **given)


@pytest.fixture
def administrator(db: None) -> User:
    return in_session()


@pytest.fixture
def client_in_session(administrator: User, login_as: LoginAs) -> Client:
    return login_as(administrator)


def test_a_rule_is_added_another_switched_off_and_both_are_told(
    client_in_session: Client, administrator: User, mechanism: Mechanism
) -> None:
    before = rule_set_of(mechanism)
    assert ("experts", -3) in before
    values = typed(mechanism, experts="−14, ٠ ,-7")
    page = text_of(client_in_session.post(url(), values))
    assert "What would be sent" in page
    assert "Experts: 7 days before the indicative date" in page
    assert "Experts: 3 days before the indicative date" in page
    assert rule_set_of(mechanism) == before, "nothing is stored before it is confirmed"
    answer = client_in_session.post(url(), values | {"store": "1", "reason": REASON}, follow=True)
    assert "2 rules are changed." in text_of(answer)
    assert rule_set_of(mechanism) == (before - {("experts", -3)}) | {("experts", -7)}
    row = ReminderRule.objects.get(audience="experts", days=-7)
    assert (row.evidence_mark, row.evidence_note) == ("I", REASON)
    entry = AuditEntry.objects.get(verb="reviews.reminder.rules_changed")
    assert (entry.actor, entry.reason) == (administrator, REASON)
    assert "experts: -3" in entry.before["rules"]
    assert "experts: -7" in entry.after["rules"]
    assert entry.after["staff_session"]


def test_no_start_of_the_portal_undoes_it(administrator: User, mechanism: Mechanism) -> None:
    wanted = frozenset({("experts", -14), ("secretariat", 30)})
    change(administrator, mechanism, wanted)
    call_command("load_reference", verbosity=0)
    assert rule_set_of(mechanism) == wanted


def test_a_rule_that_was_switched_off_comes_back_as_the_same_row(administrator: User, mechanism: Mechanism) -> None:
    before = rule_set_of(mechanism)
    row = ReminderRule.objects.get(audience="experts", days=-3)
    change(administrator, mechanism, before - {("experts", -3)})
    change(administrator, mechanism, before)
    again = ReminderRule.objects.get(audience="experts", days=-3)
    assert (again.pk, again.is_active) == (row.pk, True)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("soon", "is no whole number of days"),
        ("1.5", "is no whole number of days"),
        ("91", "At most 90 days before or after."),
        ("7, 7", "7 stands there twice."),
        (", ".join(str(day) for day in range(13)), "At most 12 days."),
    ],
)
def test_days_that_cannot_be_are_told_by_their_audience(
    client_in_session: Client, mechanism: Mechanism, days: str, words: str
) -> None:
    before = rule_set_of(mechanism)
    page = text_of(client_in_session.post(url(), typed(mechanism, focal_points=days)), 422)
    assert 'href="#id_focal_points"' in page
    assert words in page
    assert f'value="{days}"' in page, "what was typed stays"
    assert rule_set_of(mechanism) == before


def test_it_needs_a_reason_and_a_change(client_in_session: Client, mechanism: Mechanism) -> None:
    before = rule_set_of(mechanism)
    assert "These rules hold already." in text_of(client_in_session.post(url(), typed(mechanism)), 422)
    page = text_of(client_in_session.post(url(), typed(mechanism, experts="0", store="1")), 422)
    assert "Say why the rules are changed." in page
    assert 'href="#id_reason"' in page
    assert "What would be sent" in page
    assert rule_set_of(mechanism) == before


def test_nobody_need_be_reminded(administrator: User, mechanism: Mechanism, login_as: LoginAs, cast: Cast) -> None:
    change(administrator, mechanism, frozenset())
    rules = reverse("portal:reminder-rules", args=["untoc"])
    assert "Nobody is reminded" in text_of(login_as(cast.focal_point).get(rules))


def test_a_colleague_who_was_quicker_is_told(
    client_in_session: Client, administrator: User, mechanism: Mechanism
) -> None:
    before = rule_set_of(mechanism)
    values = typed(mechanism, experts="-14", store="1", reason=REASON)
    change(administrator, mechanism, before | {("secretariat", 60)})
    page = text_of(client_in_session.post(url(), values), 422)
    assert "What has changed since you were shown the rules" in page
    assert "60 days after the indicative date" in page
    assert 'name="experts" value="-14"' in page, "what was typed stays"
    assert 'name="secretariat" value="21, 60"' in page, "with what the colleague has added"
    assert rule_set_of(mechanism) == before | {("secretariat", 60)}
    with pytest.raises(RulesChangedError):
        change(administrator, mechanism, frozenset(), shown=before)


def test_a_second_press_stores_nothing_more(client_in_session: Client, mechanism: Mechanism) -> None:
    values = typed(mechanism, experts="-14", store="1", reason=REASON)
    client_in_session.post(url(), values)
    client_in_session.post(url(), values)
    assert AuditEntry.objects.filter(verb="reviews.reminder.rules_changed").count() == 1


@pytest.mark.parametrize("name", ["officer", "administrator", "auditor", "focal_point"])
def test_nobody_changes_them_without_a_staff_session(cast: Cast, mechanism: Mechanism, name: str) -> None:
    with pytest.raises(PolicyRefusedError):
        change(cast.people[name], mechanism, frozenset())


def test_words_of_no_audience_are_refused(administrator: User, mechanism: Mechanism) -> None:
    with pytest.raises(ServiceError):
        change(administrator, mechanism, frozenset({("nobody", 1)}))
