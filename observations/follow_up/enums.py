"""How far a State is with what was agreed, and what is done with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class FollowUpStatus(models.TextChoices):
    """What the State says of an item; none of it is a judgement."""

    PLANNED = "planned", pgettext_lazy("follow-up", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("follow-up", "Under way")
    DONE = "done", pgettext_lazy("follow-up", "Done")
    NOT_PURSUED = "not_pursued", pgettext_lazy("follow-up", "Not pursued")


OPEN_STATUSES = frozenset({FollowUpStatus.PLANNED, FollowUpStatus.UNDER_WAY})


class FollowUpAction(models.TextChoices):
    """What is done with the follow-up of a review."""

    LIST = "follow_up.list", _("See the follow-up, as far as it is shared")
    READ = "follow_up.read", _("Read the items of the own State")
    RECORD = "follow_up.record", _("Record what is done about an observation")
    SHARE = "follow_up.share", _("Share an item")
    TAKE_BACK = "follow_up.take_back", _("Share an item no longer")
