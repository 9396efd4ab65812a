"""What this feature declares to the kernel: how its acts are called in the record, who may, its part of the portal."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from core.audit import AuditPlace
from core.web import navigation
from portal.practice import policy
from portal.practice.models import Learner

VERBS = {
    "portal.learner.went_over": _("went over to the practice portal"),
    "portal.learner.noted": _("came back from the practice portal"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(Learner, lambda actor, verb, row: AuditPlace())
    table.register(policy.PERMISSIONS, policy.facts_of)
    navigation.register_part(navigation.PortalPart(90, _("Practice"), "practice", _address))


def _address(user: Any, mechanism: str) -> str | None:
    """In the portal the page on practising, where there is such a place; there, one's exercise."""
    if settings.PRACTICE:
        return reverse("portal:practice-door")
    return reverse("portal:practice") if settings.PRACTICE_URL else None
