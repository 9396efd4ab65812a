"""How a note verbale stands, what is done with it, and what people are told of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class NoteStatus(models.TextChoices):
    """A note verbale is recorded, checked by a second officer, and approved or returned to whoever recorded it.

    One that an officer recorded lies with the State meanwhile, where somebody represents it (``AccessRequest``).
    """

    RECORDING = "recording", _("Being recorded")
    SUBMITTED = "submitted", _("To be checked")
    RETURNED = "returned", _("Returned")
    WAITING = "waiting", _("With the State")
    APPROVED = "approved", _("Approved")

    @property
    def work_state(self) -> WorkState:
        return {
            NoteStatus.RECORDING: WorkState.IN_WORK,
            NoteStatus.SUBMITTED: WorkState.WITH_OTHERS,
            NoteStatus.RETURNED: WorkState.RETURNED,
            NoteStatus.WAITING: WorkState.WITH_OTHERS,
            NoteStatus.APPROVED: WorkState.DONE,
        }[self]


class NoteNews(models.TextChoices):
    """What a mail tells of a note verbale; it names the State and the number, and nobody who is in the note."""

    WAITS = "waits", _("A note verbale waits to be checked.")
    RETURNED = "returned", _("The note verbale was returned; its page says why.")
    APPROVED = "approved", _("The note verbale was approved; those whom it names have been registered.")
    MISSING = "missing", _("Your State has not named all its people for its reviews; please name them.")
    RECEIVED = "received", _("People were named through the link of a mission; an officer takes it over.")


class NominationAction(models.TextChoices):
    """What is done with the nominations of a State, and with one note verbale."""

    LIST = "nominations.list", _("See the notes verbales of all States")
    VIEW_BOARD = "nominations.view_board", _("See who was written to and who has named people")
    WRITE_TO_STATES = "nominations.write_to_states", _("Write to the contacts of States")
    TAKE_OVER = "nominations.take_over", _("Take over what a mission has sent by its link")
    VIEW_STATE = "nominations.view_state", _("See the nominations of a State")
    READ_RECORD = "nominations.read_record", _("Read the record of acts on the nominations of a State")
    RECORD = "nominations.record", _("Record a note verbale")
    VIEW = "nominations.view", _("Read a note verbale")
    CHANGE = "nominations.change", _("Change a note verbale and its people")
    SUBMIT = "nominations.submit", _("Submit a note verbale")
    RETURN = "nominations.return", _("Return a note verbale")
    APPROVE = "nominations.approve", _("Approve a note verbale")
    ALONE = "nominations.alone", _("Take on a note verbale alone, with seven days")
    ASK_FOR_MISSION = "nominations.ask_for_mission", _("Ask for access of a person of a permanent mission, or its end")
    SET_STATUS_CONSENT = (
        "nominations.set_status_consent",
        _("Agree that the steps of a State’s reviews are public, or end that"),
    )
