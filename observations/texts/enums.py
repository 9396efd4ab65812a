"""Kinds of texts and of observations, how they stand, and what is done with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import WorkState


class ObservationKind(models.TextChoices):
    """The four headings of the blueprint (resolution 10/1, annex II); their wording is rows of the mechanism."""

    GAP_OR_CHALLENGE = "gap_or_challenge", _("Gap or challenge")
    BEST_PRACTICE = "best_practice", _("Best practice")
    SUGGESTION = "suggestion", _("Suggestion")
    ASSISTANCE_NEED = "assistance_need", _("Technical assistance need")


class TextKind(models.TextChoices):
    """The two outputs of a review, one of each for every instrument that has articles in the cluster."""

    LIST_OF_OBSERVATIONS = "list_of_observations", _("List of observations")
    SUMMARY = "summary", _("Summary")


class TextStatus(models.TextChoices):
    DRAFTING = "drafting", _("Being drafted")
    PROPOSED = "proposed", _("Proposed for agreement")
    AGREED = "agreed", _("Agreed")

    @property
    def work_state(self) -> WorkState:
        return {
            TextStatus.DRAFTING: WorkState.IN_WORK,
            TextStatus.PROPOSED: WorkState.WITH_OTHERS,
            TextStatus.AGREED: WorkState.DONE,
        }[self]


class ObservationStatus(models.TextChoices):
    """How an observation stands: where it lies, and what has become of it (``observations.observations.statuses``)."""

    DRAFT = "draft", _("Draft")
    TABLED = "tabled", _("On the table")
    DISCUSSED = "discussed", _("Discussed")
    AGREED = "agreed", pgettext_lazy("an observation", "Agreed")
    WITHDRAWN = "withdrawn", pgettext_lazy("an observation", "Withdrawn")

    @property
    def work_state(self) -> WorkState | None:
        return {
            ObservationStatus.DRAFT: WorkState.IN_WORK,
            ObservationStatus.TABLED: WorkState.WITH_OTHERS,
            ObservationStatus.DISCUSSED: WorkState.READY,
            ObservationStatus.AGREED: WorkState.DONE,
        }.get(self)


class ObjectionEnding(models.TextChoices):
    """How an objection has ended; until then it is carried over to each version that is proposed."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    RESOLVED = "resolved", _("Resolved by a wording")
    RENEWED = "renewed", _("Renewed against a later version")


class TextAction(models.TextChoices):
    """What is done with a list of observations or a summary."""

    VIEW = "texts.view", _("Read a list of observations or a summary")
    DRAFT_OBSERVATION = "texts.draft_observation", _("Draft an observation")
    EDIT_OBSERVATION = "texts.edit_observation", _("Change an observation")
    TABLE_OBSERVATION = "texts.table_observation", _("Lay an observation on the shared table")
    TABLE_SEVERAL = "texts.table_several", _("Lay several observations on the shared table")
    ARRANGE = "texts.arrange", _("Set the order of a list of observations")
    DISCUSS_OBSERVATION = "texts.discuss_observation", _("Mark an observation as discussed")
    WITHDRAW_OBSERVATION = "texts.withdraw_observation", _("Withdraw an observation")
    COPY_OBSERVATION = "texts.copy_observation", _("Copy an observation into the own room")
    EDIT_SUMMARY = "texts.edit_summary", _("Change a passage of a summary")
    DRAFT_PASSAGE = "texts.draft_passage", _("Draft a passage in the own room")
    PROPOSE = "texts.propose", _("Propose a version for agreement")
    CLEAR = "texts.clear", _("Clear a version")
    OBJECT = "texts.object", _("Object to a version")
    REPLY_TO_OBJECTION = "texts.reply_to_objection", _("Reply to an objection")
    END_OBJECTION = "texts.end_objection", _("Withdraw an objection, or say that a wording resolves it")
    TAKE_BACK = "texts.take_back", _("Take back a clearance of a version")
    RENDER = "texts.render", _("Make the document of a list of observations or a summary")
    PREVIEW = "texts.preview", _("See what an outsider would see")
    PUBLISH = "texts.publish", _("Publish a list of observations or a summary")
    PUBLISH_TRANSLATIONS = "texts.publish_translations", _("Publish translations of a published text")
    WITHDRAW_PUBLICATION = "texts.withdraw_publication", _("End the publication")
