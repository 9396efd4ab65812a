from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeAction(models.TextChoices):
    """What the portal, not the practice portal, asks its policy about."""

    GO_OVER = "practice.go_over", _("Go over to the practice portal")
    VIEW_LEARNERS = "practice.view_learners", _("See who has practised")


class ExercisePart(models.TextChoices):
    """The parts of an exercise, all of which its learner plays: a role, for one of the three fictional States."""

    OWN_FOCAL_POINT = "own-focal-point", _("Focal point")
    OWN_EXPERT = "own-expert", _("Governmental expert")
    FIRST_FOCAL_POINT = "first-focal-point", _("Focal point")
    FIRST_EXPERT = "first-expert", _("Governmental expert")
    SECOND_FOCAL_POINT = "second-focal-point", _("Focal point")

    @property
    def state(self) -> str:
        """The State for which one acts in this part: ``own`` is under review, ``first`` and ``second`` review it."""
        return self.value.partition("-")[0]
