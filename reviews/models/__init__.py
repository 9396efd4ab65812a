from reviews.models.access import AccessRequest
from reviews.models.blueprint import BlueprintText, ObservationHeading
from reviews.models.calendar import CalendarFeed
from reviews.models.clearance import Clearance
from reviews.models.cockpit import BulkAct, BulkActLine, SavedView
from reviews.models.confidential import ConfidentialModel
from reviews.models.consultation import ConsultationConfirmation, ConsultationProposal
from reviews.models.dialogue import DialogueMeeting, SupplementaryInformation
from reviews.models.feedback import ClarificationAnswer, ClarificationRequest, FeedbackComment, WrittenFeedback
from reviews.models.grants import ReviewUserGrant
from reviews.models.mechanism import Adherence, Article, Instrument, Mechanism
from reviews.models.meeting import MeetingAnswer, PlannedMeeting
from reviews.models.nomination import Nomination, NoteVerbale
from reviews.models.partial_team import PartialTeam
from reviews.models.participation import Participation
from reviews.models.plan import Holiday, StepPlan, StepPlanVersion
from reviews.models.programme import Cluster, ClusterArticle, Limit, Phase, PhasePeriod, ReviewGroup, Step
from reviews.models.reminders import Absence, Mute, ReminderHour, ReminderRule, Snooze, TaskDelegation
from reviews.models.review import Review, ReviewArticle, ReviewingState, ReviewMilestone, StepChange
from reviews.models.silence import SilenceNotice
from reviews.models.status import PublicStatus, StatusConsent
from reviews.models.texts import (
    AgreedText,
    Objection,
    Observation,
    ObservationRevision,
    PassageDraft,
    Publication,
    SummaryPassage,
    TextVersion,
    VersionReading,
)
from reviews.models.time import TimeChange, TimeChangeAnswer

__all__ = [
    "Absence",
    "AccessRequest",
    "Adherence",
    "AgreedText",
    "Article",
    "BlueprintText",
    "BulkAct",
    "BulkActLine",
    "CalendarFeed",
    "ClarificationAnswer",
    "ClarificationRequest",
    "Clearance",
    "Cluster",
    "ClusterArticle",
    "ConfidentialModel",
    "ConsultationConfirmation",
    "ConsultationProposal",
    "DialogueMeeting",
    "FeedbackComment",
    "Holiday",
    "Instrument",
    "Limit",
    "Mechanism",
    "MeetingAnswer",
    "Mute",
    "Nomination",
    "NoteVerbale",
    "Objection",
    "Observation",
    "ObservationHeading",
    "ObservationRevision",
    "PartialTeam",
    "Participation",
    "PassageDraft",
    "Phase",
    "PhasePeriod",
    "PlannedMeeting",
    "PublicStatus",
    "Publication",
    "ReminderHour",
    "ReminderRule",
    "Review",
    "ReviewArticle",
    "ReviewGroup",
    "ReviewMilestone",
    "ReviewUserGrant",
    "ReviewingState",
    "SavedView",
    "SilenceNotice",
    "Snooze",
    "StatusConsent",
    "Step",
    "StepChange",
    "StepPlan",
    "StepPlanVersion",
    "SummaryPassage",
    "SupplementaryInformation",
    "TaskDelegation",
    "TextVersion",
    "TimeChange",
    "TimeChangeAnswer",
    "VersionReading",
    "WrittenFeedback",
]
