"""Kinds and actions of the drawing of lots."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lots.algorithm import ANEW, BROUGHT_IN, COMPLETED, FIRST, KEPT, NEXT_PHASE, SUPPLEMENTARY


class DrawStatus(models.TextChoices):
    """How far a draw has come. A voided draw keeps all that it had."""

    PREPARED = "prepared", _("Input frozen")
    ANNOUNCED = "announced", _("Announced")
    SEEDED = "seeded", _("Seed complete")
    DRAWN = "drawn", _("Drawn, not published")
    PUBLISHED = "published", _("Published")
    VOIDED = "voided", _("Voided")


class DrawKind(models.TextChoices):
    """What a draw is for, as it stands in its files (``lots.algorithm.terms``)."""

    FIRST = FIRST, _("First draw")
    NEXT_PHASE = NEXT_PHASE, _("Draw of the next phase")
    SUPPLEMENTARY = SUPPLEMENTARY, _("Supplementary draw")
    BROUGHT_IN = BROUGHT_IN, _("Brought in")


class DrawBasis(models.TextChoices):
    """On what a draw is to build: its kind, and what becomes of the teams."""

    FIRST = FIRST, _("Nothing: groups and teams are drawn")
    COMPLETED = COMPLETED, _("The phase before: groups stay, whoever may stay in a team stays, the rest is drawn")
    KEPT = KEPT, _("The phase before: groups and teams stay as they are")
    ANEW = ANEW, _("The phase before: groups stay, all teams are drawn anew")
    SUPPLEMENTARY = SUPPLEMENTARY, _("The draw of this phase: late parties, teams drawn once more, replaced reviewers")

    @property
    def kind(self) -> DrawKind:
        return DrawKind(self.value) if self.value in {FIRST, SUPPLEMENTARY} else DrawKind.NEXT_PHASE

    @property
    def teams(self) -> str:
        return {FIRST: ANEW, SUPPLEMENTARY: KEPT}.get(self.value, self.value)


PUBLICATION = "lots.publication"  # the kind of the job that opens the reviews of a draw


class SeedKind(models.TextChoices):
    """Where a part of the seed comes from."""

    DELEGATE = "delegate", _("A number that a delegate reads aloud")
    PUBLIC_VALUE = "public_value", _("A public value that nobody can know beforehand")


class DrawAction(models.TextChoices):
    LIST = "lots.list", _("See the draws")
    VIEW = "lots.view", _("See a draw before it is published")
    PREPARE = "lots.prepare", _("Freeze the input of a draw")
    BRING_IN = "lots.bring_in", _("Bring in a draw that was made elsewhere")
    ANNOUNCE = "lots.announce", _("Announce a draw")
    RECORD_SEED = "lots.record_seed", _("Record the seed")
    RUN = "lots.run", _("Run a draw")
    PUBLISH = "lots.publish", _("Publish a draw")
    OPEN_REVIEWS = "lots.open_reviews", _("Open the reviews of a draw")
    REQUEST_VOID = "lots.request_void", _("Ask for a draw to be voided")
    CONFIRM_VOID = "lots.confirm_void", _("Void a draw")
