"""Words of the one door into a State's room: what is asked for, how it stands, and what is done with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class AccessKind(models.TextChoices):
    """An act of the secretariat that gives somebody a key to a State's room, or takes one away."""

    NOMINATIONS = "nominations", _("Register the people whom a note verbale names")
    END = "end", _("End a participation")
    MISSION = "mission", _("Register a person of the permanent mission")
    END_MISSION = "end_mission", _("End the access of a person of the permanent mission")
    ADDRESS = "address", _("Change the e-mail address of an account")
    CLOSE = "close", _("Close an account")
    REOPEN = "reopen", _("Open an account again")
    FACTORS = "factors", _("Reset the second factor of a person")
    ROLE = "role", _("Change the role of a person in the secretariat")
    MEMBER = "member", _("Add a member of the secretariat")


class AccessStatus(models.TextChoices):
    """Prepared by one officer, approved by another, told to the State, and done: or stopped on the way.

    ``DUE`` is what nothing can stop any more, and the worker is about to carry out.
    """

    PREPARED = "prepared", _("Waits for a second officer")
    TOLD = "told", _("Told to the State")
    DUE = "due", _("Being carried out")
    DONE = "done", _("In effect")
    RETURNED = "returned", _("Returned")
    REFUSED = "refused", _("Refused by the State")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def work_state(self) -> WorkState | None:
        return {
            AccessStatus.PREPARED: WorkState.WITH_OTHERS,
            AccessStatus.TOLD: WorkState.WITH_OTHERS,
            AccessStatus.DUE: WorkState.READY,
            AccessStatus.DONE: WorkState.DONE,
            AccessStatus.RETURNED: WorkState.RETURNED,
            AccessStatus.REFUSED: WorkState.RETURNED,
            AccessStatus.WITHDRAWN: None,
        }[self]


class AccessNews(models.TextChoices):
    """What a mail tells of a request; it names the State, and nobody who is in the request."""

    WAITS = "waits", _("A request for access waits for a second officer.")
    TOLD = "told", _("The secretariat asks to change who has access for your State. Look at it, and confirm or refuse.")
    ALONE = "alone", _("An officer who is alone in the secretariat asks to change who has access for a State.")
    DELAYED = "delayed", _("The person who would lose access has objected. The waiting time has begun anew.")
    DONE = "done", _("The request for access is in effect.")
    RETURNED = "returned", _("The request for access was returned; its page says why.")
    REFUSED = "refused", _("The request for access was refused; its page says why.")
    WITHDRAWN = "withdrawn", _("The secretariat has withdrawn the request for access.")

    def of_member(self, role: str) -> str:
        """The same of somebody who is to join the secretariat: as what, and not who."""
        return str(_OF_MEMBER.get(self, self.label)) % {"role": role}


_OF_MEMBER = {
    AccessNews.WAITS: _("A request for a new member of the secretariat (%(role)s) waits for a second member."),
    AccessNews.ALONE: _("The only officer left in the secretariat asks for a new member (%(role)s)."),
    AccessNews.DONE: _("The new member of the secretariat (%(role)s) has an account, and is invited."),
    AccessNews.RETURNED: _("A request for a new member of the secretariat (%(role)s) was returned; see its page."),
}


class AccessAction(models.TextChoices):
    """What is done with a request. Who may prepare one stands with the act that it asks for."""

    LIST = "access.list", _("See the requests for access of all States")
    VIEW = "access.view", _("Read a request for access")
    READ_SCAN = "access.read_scan", _("Read the scanned note of a request for access")
    APPROVE = "access.approve", _("Approve a request for access")
    RETURN = "access.return", _("Return a request for access")
    ALONE = "access.alone", _("Take on a request for access alone, with seven days")
    WITHDRAW = "access.withdraw", _("Withdraw a request for access")
    CONFIRM = "access.confirm", _("Confirm a request for access")
    REFUSE = "access.refuse", _("Refuse a request for access")
