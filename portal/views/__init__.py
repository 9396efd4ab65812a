from portal.views.clarifications import (
    ClarificationAnswerSendView,
    ClarificationAnswerView,
    ClarificationAskView,
    ClarificationCloseView,
    ClarificationDiscardView,
    ClarificationEditView,
    ClarificationListView,
    ClarificationSendView,
)
from portal.views.dashboard import DashboardView
from portal.views.deliveries import DeliveryListView, DeliveryRetryView
from portal.views.desk import DeskSectionView, DeskView
from portal.views.feedback import (
    ArticleCommentView,
    FeedbackClearView,
    FeedbackDetailView,
    FeedbackListView,
    QuestionCommentView,
)
from portal.views.handover import HandoverView
from portal.views.observations import (
    ObservationAddView,
    ObservationCopyView,
    ObservationEditView,
    ObservationHistoryView,
    ObservationListView,
    ObservationTableView,
    ObservationWithdrawView,
)
from portal.views.reminders import (
    AbsenceAddView,
    AbsenceRemoveView,
    ReminderChoicesView,
    ReminderMuteView,
    ReminderRulesView,
    RemindersView,
)
from portal.views.staff_sessions import StaffSessionsOfStateView
from portal.views.workspace import ReviewDetailView

__all__ = [
    "AbsenceAddView",
    "AbsenceRemoveView",
    "ArticleCommentView",
    "ClarificationAnswerSendView",
    "ClarificationAnswerView",
    "ClarificationAskView",
    "ClarificationCloseView",
    "ClarificationDiscardView",
    "ClarificationEditView",
    "ClarificationListView",
    "ClarificationSendView",
    "DashboardView",
    "DeliveryListView",
    "DeliveryRetryView",
    "DeskSectionView",
    "DeskView",
    "FeedbackClearView",
    "FeedbackDetailView",
    "FeedbackListView",
    "HandoverView",
    "ObservationAddView",
    "ObservationCopyView",
    "ObservationEditView",
    "ObservationHistoryView",
    "ObservationListView",
    "ObservationTableView",
    "ObservationWithdrawView",
    "QuestionCommentView",
    "ReminderChoicesView",
    "ReminderMuteView",
    "ReminderRulesView",
    "RemindersView",
    "ReviewDetailView",
    "StaffSessionsOfStateView",
]
