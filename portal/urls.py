"""Pages that combine several apps."""

from django.urls import path

from portal import views
from portal.views import cockpit, cockpit_acts, cockpit_files, cockpit_views

app_name = "portal"
_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
_FEEDBACK = f"{_REVIEW}feedback/<str:iso3>/"
_CLARIFICATION = f"{_REVIEW}clarifications/<uuid:clarification>/"
_OBSERVATION = f"{_REVIEW}observations/<uuid:observation>/"
_COCKPIT = "<slug:mechanism>/cockpit/"
urlpatterns = [
    path("cockpit/", cockpit.CockpitHomeView.as_view(), name="cockpit-home"),
    path(_COCKPIT, cockpit.CockpitView.as_view(), name="cockpit"),
    path(f"{_COCKPIT}steps/", cockpit.CockpitStepsView.as_view(), name="cockpit-steps"),
    path(f"{_COCKPIT}waiting/", cockpit.CockpitWaitingView.as_view(), name="cockpit-waiting"),
    path(f"{_COCKPIT}workload/", cockpit.CockpitWorkloadView.as_view(), name="cockpit-workload"),
    path(f"{_COCKPIT}spreadsheet/", cockpit_files.CockpitSpreadsheetView.as_view(), name="cockpit-spreadsheet"),
    path(f"{_COCKPIT}pdf/", cockpit_files.CockpitPdfView.as_view(), name="cockpit-pdf"),
    path(f"{_COCKPIT}views/", cockpit_views.ViewListView.as_view(), name="cockpit-views"),
    path(f"{_COCKPIT}views/save/", cockpit_views.ViewSaveView.as_view(), name="cockpit-view-save"),
    path(f"{_COCKPIT}views/<uuid:view>/", cockpit_views.ViewOpenView.as_view(), name="cockpit-view"),
    path(f"{_COCKPIT}views/<uuid:view>/change/", cockpit_views.ViewChangeView.as_view(), name="cockpit-view-change"),
    path(f"{_COCKPIT}views/<uuid:view>/delete/", cockpit_views.ViewDeleteView.as_view(), name="cockpit-view-delete"),
    path(f"{_COCKPIT}acts/", cockpit_acts.ActPrepareView.as_view(), name="cockpit-act-prepare"),
    path(f"{_COCKPIT}acts/<uuid:act>/", cockpit_acts.ActDetailView.as_view(), name="cockpit-act"),
    path(f"{_COCKPIT}acts/<uuid:act>/confirm/", cockpit_acts.ActConfirmView.as_view(), name="cockpit-act-confirm"),
    path(f"{_COCKPIT}acts/<uuid:act>/carry-on/", cockpit_acts.ActCarryOnView.as_view(), name="cockpit-act-carry-on"),
    path("", views.DashboardView.as_view(), name="dashboard"),
    path("reminders/", views.RemindersView.as_view(), name="reminders"),
    path("reminders/absences/add/", views.AbsenceAddView.as_view(), name="absence-add"),
    path("reminders/absences/<uuid:absence>/remove/", views.AbsenceRemoveView.as_view(), name="absence-remove"),
    path("deliveries/", views.DeliveryListView.as_view(), name="delivery-list"),
    path("deliveries/<uuid:delivery>/retry/", views.DeliveryRetryView.as_view(), name="delivery-retry"),
    path("<slug:mechanism>/reminders/", views.ReminderRulesView.as_view(), name="reminder-rules"),
    path(f"{_REVIEW}reminders/mute/", views.ReminderMuteView.as_view(), name="reminder-mute"),
    path(f"{_REVIEW}reminders/<slug:milestone>/", views.ReminderChoicesView.as_view(), name="reminder-choices"),
    path("states/<str:iso3>/staff-sessions/", views.StaffSessionsOfStateView.as_view(), name="state-staff-sessions"),
    path(_REVIEW, views.ReviewDetailView.as_view(), name="review-detail"),
    path(f"{_REVIEW}handover/", views.HandoverView.as_view(), name="handover"),
    path(f"{_REVIEW}desk/", views.DeskView.as_view(), name="desk"),
    path(f"{_REVIEW}desk/<slug:instrument>/<slug:section>/", views.DeskSectionView.as_view(), name="desk-section"),
    path(f"{_REVIEW}feedback/", views.FeedbackListView.as_view(), name="feedback-list"),
    path(_FEEDBACK, views.FeedbackDetailView.as_view(), name="feedback-detail"),
    path(f"{_FEEDBACK}clear/", views.FeedbackClearView.as_view(), name="feedback-clear"),
    path(f"{_FEEDBACK}questions/<str:question>/", views.QuestionCommentView.as_view(), name="question-comment"),
    path(
        f"{_FEEDBACK}articles/<slug:instrument>/<int:article>/",
        views.ArticleCommentView.as_view(),
        name="article-comment",
    ),
    path(f"{_REVIEW}clarifications/", views.ClarificationListView.as_view(), name="clarification-list"),
    path(
        f"{_REVIEW}clarifications/ask/<str:question>/", views.ClarificationAskView.as_view(), name="clarification-ask"
    ),
    path(_CLARIFICATION, views.ClarificationEditView.as_view(), name="clarification-edit"),
    path(f"{_CLARIFICATION}send/", views.ClarificationSendView.as_view(), name="clarification-send"),
    path(f"{_CLARIFICATION}discard/", views.ClarificationDiscardView.as_view(), name="clarification-discard"),
    path(f"{_CLARIFICATION}answer/", views.ClarificationAnswerView.as_view(), name="clarification-answer"),
    path(
        f"{_CLARIFICATION}answer/send/", views.ClarificationAnswerSendView.as_view(), name="clarification-answer-send"
    ),
    path(f"{_CLARIFICATION}close/", views.ClarificationCloseView.as_view(), name="clarification-close"),
    path(f"{_REVIEW}observations/", views.ObservationListView.as_view(), name="observation-list"),
    path(f"{_REVIEW}observations/add/<slug:instrument>/", views.ObservationAddView.as_view(), name="observation-add"),
    path(_OBSERVATION, views.ObservationEditView.as_view(), name="observation-edit"),
    path(f"{_OBSERVATION}copy/", views.ObservationCopyView.as_view(), name="observation-copy"),
    path(f"{_OBSERVATION}table/", views.ObservationTableView.as_view(), name="observation-table"),
    path(f"{_OBSERVATION}withdraw/", views.ObservationWithdrawView.as_view(), name="observation-withdraw"),
    path(f"{_OBSERVATION}history/", views.ObservationHistoryView.as_view(), name="observation-history"),
]
