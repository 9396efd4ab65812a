"""Acts on many reviews: their kinds, how they stand, and why a review is left out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CockpitAction(models.TextChoices):
    """What the secretariat does over many reviews at once; a view is a saved filter, an act waits to be confirmed."""

    VIEW = "cockpit.view", _("See the cockpit, and take its lists and figures along")
    SAVE_VIEW = "cockpit.save_view", _("Save a view of the cockpit")
    OPEN_VIEW = "cockpit.open_view", _("Open a saved view")
    CHANGE_VIEW = "cockpit.change_view", _("Change or delete a saved view")
    PREPARE_ACT = "cockpit.prepare_act", _("Prepare an act on many reviews")
    VIEW_ACT = "cockpit.view_act", _("See an act on many reviews and its result")
    CONFIRM_ACT = "cockpit.confirm_act", _("Confirm an act on many reviews")
    CARRY_ON = "cockpit.carry_on", _("Carry on with an act on many reviews that has stopped")


class BulkKind(models.TextChoices):
    """An act that can be done to many reviews at once."""

    REMIND = "remind", _("Remind whoever owes the next act")
    ASSIGN_OFFICER = "assign_officer", _("Put an officer in charge")
    ASK_FOR_NOMINATIONS = "ask_for_nominations", _("Ask for the people whom States have not named")
    EXTEND = "extend", _("Ask for more time for the next milestone")


class BulkStatus(models.TextChoices):
    PREPARED = "prepared", _("To be confirmed")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")


class LineStatus(models.TextChoices):
    """What becomes of one review in an act on many."""

    FORESEEN = "foreseen", _("Foreseen")
    SKIPPED = "skipped", _("Left out")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not done")


class SkipReason(models.TextChoices):
    """Why an act on many reviews leaves one out."""

    CLOSED = "closed", _("The review is closed.")
    NOTHING_OWED = "nothing_owed", _("Nothing is owed.")
    NOBODY = "nobody", _("Nobody whom the portal knows could be written to.")
    TODAY = "today", _("This mail has gone out today already.")
    IN_CHARGE = "in_charge", _("This officer is in charge already.")
    COMPLETE = "complete", _("All States have named their people.")
    ASKED = "asked", _("An extension of this milestone is being asked for already.")
    NOT_LATER = "not_later", _("The new date would not be later than the present one.")


class NeedKind(models.TextChoices):
    """Why a review needs an officer today, in the order in which the first page of the cockpit tells it."""

    LATE = "late", _("Past the indicative date")
    SILENT = "silent", _("Silent")
    BLOCKED = "blocked", _("Waiting for the secretariat")
    NOBODY = "nobody", _("Nobody in charge")
    UNNAMED = "unnamed", _("No focal point named")
    BOUNCED = "bounced", _("Somebody is not reached by mail")
