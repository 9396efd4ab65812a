"""How feedback and requests for clarification stand, and what is done with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import WorkState


class FeedbackStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")


class ClarificationStatus(models.TextChoices):
    """``DRAFT`` until the focal point of the asking State sends it; ``CLOSED`` by the asking State."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")

    @property
    def work_state(self) -> WorkState:
        return {
            ClarificationStatus.DRAFT: WorkState.IN_WORK,
            ClarificationStatus.ASKED: WorkState.WITH_OTHERS,
            ClarificationStatus.ANSWERED: WorkState.READY,
            ClarificationStatus.CLOSED: WorkState.DONE,
        }[self]


class ClarificationSubject(models.TextChoices):
    """What a request for clarification is about; the words stand within a sentence.

    About an answer it is asked once the answers are sent; about the legal system, and about a law that the State has
    offered or cites, from the first day (resolution 10/1, annex I, paragraph 8 (c)).
    """

    QUESTION = "question", _("a question")
    LEGAL_SYSTEM = "legal_system", _("the legal system")
    LAW = "law", pgettext_lazy("what a request is about", "a law")

    @property
    def is_open_early(self) -> bool:
        """Whether it waits for no answers."""
        return self != ClarificationSubject.QUESTION


class SupplementKind(models.TextChoices):
    """What the State under review gives beside its answers. All but a source may be given from the first day."""

    SOURCE = "source", _("Source")
    LAW = "law", pgettext_lazy("what a State offers to experts", "Law")
    DECISION = "decision", _("Decision of a court")
    VOLUNTARY = "voluntary", _("Voluntary information")

    @property
    def is_open_early(self) -> bool:
        """Whether it waits for no answers."""
        return self != SupplementKind.SOURCE


# What is asked on the page of preparation.
EARLY_SUBJECTS = tuple(subject for subject in ClarificationSubject if subject.is_open_early)
# What is offered on one form, by the choice of whoever writes it.
CHOSEN_KINDS = (SupplementKind.LAW, SupplementKind.DECISION)


class ExchangeAction(models.TextChoices):
    """What is done with one piece of the exchange between the States: feedback, clarification, supplement."""

    VIEW_FEEDBACK = "exchange.view_feedback", _("Read a State's written feedback")
    DRAFT_FEEDBACK = "exchange.draft_feedback", _("Draft written feedback")
    CLEAR_FEEDBACK = "exchange.clear_feedback", _("Clear and send written feedback")
    TAKE_BACK_CLEARANCE = "exchange.take_back_clearance", _("Take back the clearance of a joint feedback")
    ASK_READER = "exchange.ask_reader", _("Ask for a second reader of written feedback")
    READ_AS_SECOND = "exchange.read_as_second", _("Read written feedback as the second person")
    RECALL_FEEDBACK = "exchange.recall_feedback", _("Recall written feedback")
    VIEW_REPLY = "exchange.view_reply", _("Read the reply to written feedback")
    DRAFT_REPLY = "exchange.draft_reply", _("Draft the reply to written feedback")
    SEND_REPLY = "exchange.send_reply", _("Send the reply to written feedback")
    RECALL_REPLY = "exchange.recall_reply", _("Recall the reply to written feedback")
    VIEW_CLARIFICATION = "exchange.view_clarification", _("Read a request for clarification")
    EDIT_CLARIFICATION = "exchange.edit_clarification", _("Change a request for clarification")
    SEND_CLARIFICATION = "exchange.send_clarification", _("Send a request for clarification")
    ANSWER_CLARIFICATION = "exchange.answer_clarification", _("Draft the answer to a request for clarification")
    SEND_ANSWER = "exchange.send_answer", _("Send the answer to a request for clarification")
    ASK_FURTHER = "exchange.ask_further", _("Ask further on the answer to a request for clarification")
    CLOSE_CLARIFICATION = "exchange.close_clarification", _("Close a request for clarification")
    VIEW_SUPPLEMENT = "exchange.view_supplement", _("Read supplementary information")
    EDIT_SUPPLEMENT = "exchange.edit_supplement", _("Change supplementary information")
    SEND_SUPPLEMENT = "exchange.send_supplement", _("Send supplementary information")
