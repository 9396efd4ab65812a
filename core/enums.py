from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class WorkState(models.TextChoices):
    """How a piece of work stands: the same word, icon and colours everywhere (``templates/components/_state.html``).

    The status of each kind of work says by its ``work_state`` which of these it is, or None where the work was ended
    before it was done; its own word stands after the state.
    """

    NOT_BEGUN = "not-begun", pgettext_lazy("state of work", "Not begun")
    IN_WORK = "in-work", pgettext_lazy("state of work", "In work")
    WITH_OTHERS = "with-others", pgettext_lazy("state of work", "With somebody else")
    RETURNED = "returned", pgettext_lazy("state of work", "Returned or objected")
    READY = "ready", pgettext_lazy("state of work", "Ready")
    DONE = "done", pgettext_lazy("state of work", "Done")


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
