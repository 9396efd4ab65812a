from django.db import models
from django.utils.translation import gettext_lazy as _


class AdherenceKind(models.TextChoices):
    RATIFICATION = "ratification", _("Ratification")
    ACCESSION = "accession", _("Accession")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    SUCCESSION = "succession", _("Succession")


class EvidenceMark(models.TextChoices):
    """How well a rule is known (the marks of the reference data)."""

    STATED = "S", _("Stated in resolution 10/1 or its annexes")
    PUBLIC_PAGE = "U", _("Stated on the mechanism's public pages")
    OTHER_PAGE = "P", _("Another published page")
    INFERENCE = "I", _("An inference")
    MEMORY = "M", _("Not verified")


class StepKind(models.TextChoices):
    """The only thing that code knows of a step; the steps themselves are rows of a mechanism."""

    CONSULTATION = "consultation", _("Consultation")
    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    FEEDBACK = "feedback", _("Feedback")
    DIALOGUE = "dialogue", _("Dialogue")
    AGREED_TEXT = "agreed_text", _("Agreed text")
    PROCESSING = "processing", _("Processing")
    CLOSING = "closing", _("Closing")


class StepOwner(models.TextChoices):
    """Who owes what a step or a milestone asks for."""

    STATE_UNDER_REVIEW = "state_under_review", _("State under review")
    REVIEWING_STATES = "reviewing_states", _("Reviewing States")
    ALL = "all", _("All States of the review")
    SECRETARIAT = "secretariat", _("Secretariat")


class Side(models.TextChoices):
    UNDER_REVIEW = "under_review", _("State under review")
    REVIEWING = "reviewing", _("Reviewing State")


class ReviewingBasis(models.TextChoices):
    SAME_GROUP = "same_group", _("From the same regional group")
    OTHER_GROUP = "other_group", _("From another regional group")


class ParticipationRole(models.TextChoices):
    FOCAL_POINT = "focal_point", _("Focal point")
    GOVERNMENTAL_EXPERT = "governmental_expert", _("Governmental expert")
    NATIONAL_CONTRIBUTOR = "national_contributor", _("National contributor")
    OBSERVER = "observer", _("Observer")


class Grant(models.TextChoices):
    """Object permissions on a review, derived from participations (reviews/permissions.py, ROLE_GRANTS)."""

    VIEW = "view_review", _("See the review")
    DRAFT = "draft_review", _("Draft for one's State")
    CONTRIBUTE = "contribute_review", _("Draft the sections sent to one's ministry")
    CLEAR = "clear_review", _("Clear for one's State")


class DurationUnit(models.TextChoices):
    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class ReviewAction(models.TextChoices):
    LIST = "reviews.list", _("See the list of one's reviews")
    OPEN = "reviews.open", _("Open a review")
    VIEW = "reviews.view", _("See a review")
    VIEW_PARTICIPANTS = "reviews.view_participants", _("See who takes part")
    REGISTER_PARTICIPANT = "reviews.register_participant", _("Register a participant")
    END_PARTICIPATION = "reviews.end_participation", _("End a participation")
    RECORD_CONSULTATIONS = "reviews.record_consultations", _("Record that the consultations were held")
    REMIND = "reviews.remind", _("Remind whoever owes the next act")
