"""What a State would have a text on the shared table say."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext

from accounts.states.models import StateParty
from core.enums import WorkState
from observations.suggestions.enums import SuggestionStatus
from observations.texts.models import AgreedText, Observation, SummaryPassage
from reviews.cases.models import ConfidentialModel

_UNDECIDED = models.Q(status=SuggestionStatus.DRAFT) | models.Q(status=SuggestionStatus.OPEN)


class Suggestion(ConfidentialModel):
    """Another wording of one observation, or of one passage of a summary, by a State that agrees on the text.

    It begins in that State's room and is laid on the shared table by its focal point; from then on nothing of it
    changes but that it is decided on, once. ``base_text`` is what its author was shown, at ``base_revision`` of the
    place, and ``text`` the whole wording in its stead: what that changes is worked out when it is shown, and stored
    nowhere. One that changes no word is a comment: it says ``why`` alone. ``outcome`` is how the place read when it
    was accepted. Changed by ``suggestions.services`` alone.
    """

    agreed_text = models.ForeignKey(
        AgreedText, models.CASCADE, related_name="suggestions", verbose_name=_("list or summary")
    )
    observation = models.ForeignKey(
        Observation, models.CASCADE, null=True, related_name="suggestions", verbose_name=_("observation")
    )
    passage = models.ForeignKey(
        SummaryPassage, models.CASCADE, null=True, related_name="suggestions", verbose_name=_("passage of a summary")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("suggested by"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    base_revision = models.PositiveIntegerField(_("revision that was shown"))
    base_text = models.TextField(_("text that was shown"), blank=True)
    text = models.TextField(_("suggested wording"), blank=True)
    why = models.TextField(_("why"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=SuggestionStatus, default=SuggestionStatus.DRAFT)
    tabled_at = models.DateTimeField(_("laid on the table at"), null=True)
    tabled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("laid on the table by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("decided for")
    )
    reason = models.TextField(_("reason"), blank=True)
    outcome = models.TextField(_("text as it was accepted"), blank=True)

    audit_name = "observations.suggestion"

    class Meta:
        verbose_name = _("suggestion of wording")
        verbose_name_plural = _("suggestions of wording")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_at_one_place",
                condition=models.Q(observation__isnull=False, passage=None)
                | models.Q(observation=None, passage__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_laid_lies_on_the_table",
                condition=models.Q(status=SuggestionStatus.DRAFT, room__isnull=False, tabled_at=None, tabled_by=None)
                | ~models.Q(status=SuggestionStatus.DRAFT)
                & models.Q(room=None, tabled_at__isnull=False, tabled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_decided_by_somebody",
                condition=_UNDECIDED & models.Q(decided_at=None, decided_by=None, decided_for=None)
                | ~_UNDECIDED & models.Q(decided_at__isnull=False, decided_by__isnull=False, decided_for__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_undecided_gives_no_reason", condition=~_UNDECIDED | models.Q(reason="", outcome="")
            ),
        ]

    @property
    def place(self) -> Observation | SummaryPassage:
        """What it is about."""
        return self.observation or self.passage  # type: ignore[return-value]  # one of the two, by a constraint

    @property
    def place_stands(self) -> bool:
        """Whether what it is about lies on the table still; an observation may have been withdrawn."""
        return self.observation is None or self.observation.withdrawn_at is None

    @property
    def is_comment(self) -> bool:
        """Whether it changes no word, and only says something about them."""
        return self.text == self.base_text

    @property
    def standing_words(self) -> str:
        """How it stands; a comment is not rejected but answered."""
        if self.is_comment and self.status == SuggestionStatus.REJECTED:
            return pgettext("a comment", "Answered")
        return str(SuggestionStatus(self.status).label)

    @property
    def work_state(self) -> WorkState:
        return SuggestionStatus(self.status).work_state

    def __str__(self) -> str:
        return f"{self.agreed_text}: {self.state_party}"
