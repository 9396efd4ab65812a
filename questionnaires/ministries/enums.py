"""How what was sent to a ministry stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class PartState(models.TextChoices):
    """From the one that asks most of the focal point to the one that asks least."""

    NOT_OURS = "not_ours", _("Not theirs")
    RETURNED = "returned", _("Returned")
    WITH = "with", _("With the ministry")
    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    CHECKED = "checked", _("Checked")

    @property
    def work_state(self) -> WorkState:
        return {
            PartState.NOT_OURS: WorkState.RETURNED,
            PartState.RETURNED: WorkState.RETURNED,
            PartState.WITH: WorkState.WITH_OTHERS,
            PartState.PROPOSED: WorkState.READY,
            PartState.ADOPTED: WorkState.READY,
            PartState.CHECKED: WorkState.DONE,
        }[self]


class BodyKind(models.TextChoices):
    """What kind of body was consulted."""

    CIVIL_SOCIETY = "civil_society", _("Civil society")
    PRIVATE_SECTOR = "private_sector", _("Private sector")
    ACADEMIA = "academia", _("Academia")
    OTHER = "other", _("Other body")
