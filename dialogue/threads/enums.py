"""What a thread of the dialogue is about, and what is done with its messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class ThreadSubject(models.TextChoices):
    """What a thread is about; the words stand within a list."""

    QUESTION = "question", _("An answer")
    FEEDBACK = "feedback", pgettext_lazy("what a thread is about", "Written feedback")
    OBSERVATION = "observation", pgettext_lazy("what a thread is about", "An observation")
    LAW = "law", pgettext_lazy("what a thread is about", "A law")
    LEGAL_SYSTEM = "legal_system", pgettext_lazy("what a thread is about", "The legal system")
    REVIEW = "review", pgettext_lazy("what a thread is about", "The review as a whole")


# Of which there is one in a review, so that nothing has to name it.
OF_THE_WHOLE = (ThreadSubject.LEGAL_SYSTEM, ThreadSubject.REVIEW)


class ThreadAction(models.TextChoices):
    VIEW = "threads.view", _("Read messages of the dialogue")
    BEGIN = "threads.begin", _("Begin a thread of messages")
    REPLY = "threads.reply", _("Draft a message in a thread")
    EDIT = "threads.edit", _("Change or discard a drafted message")
    RELEASE = "threads.release", _("Release a message to the States of the review")
    RECALL = "threads.recall", _("Recall a message")
    CLOSE = "threads.close", _("Close a thread of messages")
    REOPEN = "threads.reopen", _("Open a closed thread of messages again")
    VIEW_NOTES = "threads.view_notes", _("Read the internal threads of one’s own State")
    NOTE = "threads.note", _("Write in the internal threads of one’s own State")
    CHOOSE = "threads.choose", _("Choose whether the experts of a State release its messages")
