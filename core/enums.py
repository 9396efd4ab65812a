from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationStatus(models.TextChoices):
    """The life of a mail (docs/adr/0018): ``SENT`` is what the mail server took over, not what somebody has read."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Bounced")


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting to start")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


class RootFault(models.TextChoices):
    """What may be wrong with the record and the roots over it (``core.audit.roots.checking``)."""

    HEAD_GONE = "head_gone", _("An act is gone, or another one stands in its place, that was there at this root")
    ALTERED = (
        "altered",
        _("The root is not what was given out, does not follow the one before it, or is not signed by its key"),
    )
    OTHER_HEADS = "other_heads", _("What was kept of the chains is not that over which the root was made")
    FILE_MISSING = "file_missing", _("The file of the root is missing")
    FILE_DIFFERS = "file_differs", _("The file of the root says something else")
    CUT = "cut", _("There is a file of the root, and the root itself is gone from the database")
    OTHER_KEY = "other_key", _("The root is signed with another key than the one before it, or not at all")
