from reviews.models.clearance import Clearance
from reviews.models.confidential import ConfidentialModel
from reviews.models.grants import ReviewUserGrant
from reviews.models.mechanism import Adherence, Article, Instrument, Mechanism
from reviews.models.participation import Participation
from reviews.models.programme import Cluster, Limit, Phase, PhasePeriod, ReviewGroup, Step, StepPlan
from reviews.models.review import Review, ReviewingState, ReviewMilestone, StepChange

__all__ = [
    "Adherence",
    "Article",
    "Clearance",
    "Cluster",
    "ConfidentialModel",
    "Instrument",
    "Limit",
    "Mechanism",
    "Participation",
    "Phase",
    "PhasePeriod",
    "Review",
    "ReviewGroup",
    "ReviewMilestone",
    "ReviewUserGrant",
    "ReviewingState",
    "Step",
    "StepChange",
    "StepPlan",
]
