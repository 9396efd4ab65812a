"""What this feature declares to the kernel: its documents, the act that takes long, and its part of the portal."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import jobs
from core.jobs import ActKind
from core.policy import can
from core.web import navigation
from lots.draws.enums import PUBLICATION, DrawAction
from lots.publication.services.documents import KINDS
from lots.publication.tasks import publish_draw_task


def declare() -> None:
    navigation.register_part(navigation.PortalPart(80, _("Draws"), "draws", _address))
    for kind in KINDS:
        jobs.register(kind)
    jobs.register_act(ActKind(PUBLICATION, publish_draw_task))


def _address(user: Any, mechanism: str) -> str:
    """The public draws for those who prepare none."""
    if not can(user, DrawAction.LIST):
        return reverse("lots:public-draw-list")
    return reverse("lots:draw-list", args=[mechanism]) if mechanism else reverse("lots:draw-home")
