"""Reminders of one's own, the rules by which they leave, and which mails arrived."""

from typing import Any

from django.utils import timezone

from core.models import Notification
from reviews.absences.models import Absence
from tests.permissions.urls_base import (
    ANYBODY,
    AUDITOR,
    CLOSED,
    DRAFT,
    EVERYBODY,
    INSIDE,
    NOBODY,
    OFFICERS,
    Access,
    Page,
    Scene,
    always,
    at,
    once,
    only,
    review,
)


def _absence(scene: Scene) -> list[Any]:
    today = timezone.localdate()
    absence, _is_new = Absence.objects.get_or_create(user=scene.cast.focal_point, starts_on=today, ends_on=today)
    return [absence.pk]


def _mail(scene: Scene) -> list[Any]:
    return [Notification.objects.filter(recipient=scene.cast.expert).order_by("created_at")[0].pk]


_STRANGER = frozenset({"stranger"})
_REMINDED = only(INSIDE - AUDITOR)
# Nobody of the walk has a staff session (what an administrator does in one: tests/portal/reminders).
_IN_SESSION = once(only(NOBODY, of=EVERYBODY))
_OWN_ABSENCE = once(Access(frozenset({"focal_point"})))
_OFFICERS_ONLY = once(only(OFFICERS, of=OFFICERS | AUDITOR))
_UNTIL_CLOSED = {**always(_REMINDED), CLOSED: only(NOBODY)}
TABLE = {
    "reminders": [
        Page("portal:reminders", ANYBODY),
        Page("portal:reminders", ANYBODY, method="post", success=302),
        Page("portal:absence-add", ANYBODY),
        Page("portal:absence-add", ANYBODY, method="post", success=422),
        Page("portal:absence-remove", _OWN_ABSENCE, _absence),
        Page("portal:absence-remove", _OWN_ABSENCE, _absence, "post", success=302),
        Page("portal:reminder-rules", once(Access(EVERYBODY - _STRANGER, _STRANGER)), lambda scene: ["untoc"]),
        Page("portal:reminder-rules-change", _IN_SESSION, lambda scene: ["untoc"]),
        Page("portal:reminder-rules-change", _IN_SESSION, lambda scene: ["untoc"], "post"),
        Page("portal:reminder-choices", {DRAFT: _REMINDED, CLOSED: only(NOBODY)}, at("answers_sent")),
        Page("portal:reminder-choices", {DRAFT: _REMINDED}, at("answers_sent"), "post", success=422),
        Page("portal:reminder-mute", _UNTIL_CLOSED, review),
        Page("portal:reminder-mute", {DRAFT: _REMINDED}, review, "post", success=302),
        Page("portal:delivery-list", _OFFICERS_ONLY),
        Page("portal:delivery-retry", _OFFICERS_ONLY, _mail, "post", success=302),
    ]
}
