"""Pages of reviews, of those who take part, and of States."""

from django.urls import path

from reviews import views

app_name = "reviews"
_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
_SUPPLEMENT = f"{_REVIEW}supplements/<uuid:supplement>/"
_CHANGE = f"{_REVIEW}dates/requests/<uuid:change>/"
_PLAN = "<slug:mechanism>/plans/<int:number>/"
_TEXT = f"{_REVIEW}texts/<slug:instrument>/<slug:kind>/"
_PUBLICATION = "published/<slug:mechanism>/<str:code>/<slug:instrument>/<slug:kind>/"
_NOMINATIONS = "<slug:mechanism>/states/<str:iso3>/nominations/"
_STATE_RECORD = "<slug:mechanism>/states/<str:iso3>/record/"
_NOTE = f"{_NOMINATIONS}<uuid:note>/"
urlpatterns = [
    path("states/", views.StateListView.as_view(), name="state-list"),
    path("states/<str:iso3>/", views.StateDetailView.as_view(), name="state-detail"),
    path("directory/", views.DirectoryView.as_view(), name="directory"),
    path("directory/experts/", views.DirectoryExpertsView.as_view(), name="directory-experts"),
    path("reviews/", views.ReviewHomeView.as_view(), name="review-home"),
    path("<slug:mechanism>/reviews/", views.ReviewListView.as_view(), name="review-list"),
    path("<slug:mechanism>/reviews/open/", views.ReviewOpenView.as_view(), name="review-open"),
    path(f"{_REVIEW}participants/", views.ParticipantListView.as_view(), name="participant-list"),
    path(f"{_REVIEW}participants/register/", views.ParticipantRegisterView.as_view(), name="participant-register"),
    path(
        f"{_REVIEW}participants/<uuid:participation>/end/",
        views.ParticipationEndView.as_view(),
        name="participant-end",
    ),
    path(
        f"{_REVIEW}participants/<uuid:participation>/replace/",
        views.ParticipationReplaceView.as_view(),
        name="participant-replace",
    ),
    path(f"{_REVIEW}rooms/", views.RoomsView.as_view(), name="rooms"),
    path(f"{_REVIEW}remind/", views.ReviewRemindView.as_view(), name="review-remind"),
    path(f"{_REVIEW}processing/", views.ProcessingRecordView.as_view(), name="processing-record"),
    path(f"{_REVIEW}consultations/", views.ConsultationView.as_view(), name="consultation"),
    path(f"{_REVIEW}consultations/propose/", views.ConsultationProposeView.as_view(), name="consultation-propose"),
    path(f"{_REVIEW}consultations/confirm/", views.ConsultationConfirmView.as_view(), name="consultation-confirm"),
    path(f"{_REVIEW}dates/", views.DatesView.as_view(), name="dates"),
    path(f"{_REVIEW}dates/pause/", views.PauseAskView.as_view(), name="pause-ask"),
    path(f"{_REVIEW}dates/<slug:slug>/extend/", views.ExtensionAskView.as_view(), name="extension-ask"),
    path(f"{_CHANGE}answer/", views.TimeAnswerView.as_view(), name="time-answer"),
    path(f"{_CHANGE}record/", views.TimeRecordView.as_view(), name="time-record"),
    path(f"{_CHANGE}withdraw/", views.TimeWithdrawView.as_view(), name="time-withdraw"),
    path(f"{_CHANGE}end/", views.PauseEndView.as_view(), name="pause-end"),
    path("<slug:mechanism>/plans/", views.PlanListView.as_view(), name="plan-list"),
    path(_PLAN, views.PlanDetailView.as_view(), name="plan-detail"),
    path(f"{_PLAN}copy/", views.PlanCopyView.as_view(), name="plan-copy"),
    path(f"{_PLAN}change/", views.PlanChangeView.as_view(), name="plan-change"),
    path(f"{_PLAN}milestones/<slug:slug>/", views.PlanRowView.as_view(), name="plan-row"),
    path(f"{_PLAN}discard/", views.PlanDiscardView.as_view(), name="plan-discard"),
    path(f"{_PLAN}publish/", views.PlanPublishView.as_view(), name="plan-publish"),
    path(f"{_PLAN}move/", views.PlanMoveView.as_view(), name="plan-move"),
    path(f"{_REVIEW}record/", views.RecordView.as_view(), name="record"),
    path(f"{_REVIEW}record/download/", views.RecordDownloadView.as_view(), name="record-download"),
    path(f"{_REVIEW}record/verifier/", views.RecordVerifierView.as_view(), name="record-verifier"),
    path(f"{_REVIEW}dialogue/", views.DialogueView.as_view(), name="dialogue"),
    path(f"{_REVIEW}dialogue/conclude/", views.DialogueConcludeView.as_view(), name="dialogue-conclude"),
    path(f"{_REVIEW}supplements/add/", views.SupplementAddView.as_view(), name="supplement-add"),
    path(_SUPPLEMENT, views.SupplementEditView.as_view(), name="supplement-edit"),
    path(f"{_SUPPLEMENT}send/", views.SupplementSendView.as_view(), name="supplement-send"),
    path(f"{_SUPPLEMENT}discard/", views.SupplementDiscardView.as_view(), name="supplement-discard"),
    path(f"{_SUPPLEMENT}file/", views.SupplementFileView.as_view(), name="supplement-file"),
    path(f"{_REVIEW}meetings/add/", views.MeetingAddView.as_view(), name="meeting-add"),
    path(f"{_REVIEW}texts/", views.TextListView.as_view(), name="text-list"),
    path(_TEXT, views.TextDetailView.as_view(), name="text-detail"),
    path(f"{_TEXT}propose/", views.TextProposeView.as_view(), name="text-propose"),
    path(f"{_TEXT}clear/", views.TextClearView.as_view(), name="text-clear"),
    path(f"{_TEXT}object/", views.TextObjectView.as_view(), name="text-object"),
    path(f"{_TEXT}document/<slug:format>/", views.TextDocumentView.as_view(), name="text-document"),
    path(f"{_TEXT}passages/<int:order>/", views.PassageEditView.as_view(), name="passage-edit"),
    path(f"{_TEXT}publication/", views.PublicationPreviewView.as_view(), name="publication-preview"),
    path(f"{_TEXT}publication/publish/", views.PublishView.as_view(), name="publish"),
    path(f"{_TEXT}publication/end/", views.PublicationEndView.as_view(), name="publication-end"),
    path("<slug:mechanism>/notes-verbales/", views.NoteListView.as_view(), name="note-list"),
    path(_NOMINATIONS, views.StateNominationsView.as_view(), name="state-nominations"),
    path(_STATE_RECORD, views.StateRecordView.as_view(), name="state-record"),
    path(f"{_STATE_RECORD}download/", views.StateRecordDownloadView.as_view(), name="state-record-download"),
    path(f"{_STATE_RECORD}verifier/", views.StateRecordVerifierView.as_view(), name="state-record-verifier"),
    path(f"{_NOMINATIONS}record/", views.NoteRecordView.as_view(), name="note-record"),
    path(f"{_NOMINATIONS}template/", views.NominationTemplateView.as_view(), name="nomination-template"),
    path(f"{_NOMINATIONS}mission/register/", views.MissionRegisterView.as_view(), name="mission-register"),
    path(f"{_NOMINATIONS}mission/<uuid:member>/end/", views.MissionEndView.as_view(), name="mission-end"),
    path(_NOTE, views.NoteDetailView.as_view(), name="note-detail"),
    path(f"{_NOTE}change/", views.NoteChangeView.as_view(), name="note-change"),
    path(f"{_NOTE}discard/", views.NoteDiscardView.as_view(), name="note-discard"),
    path(f"{_NOTE}scan/", views.NoteScanView.as_view(), name="note-scan"),
    path(f"{_NOTE}submit/", views.NoteSubmitView.as_view(), name="note-submit"),
    path(f"{_NOTE}return/", views.NoteReturnView.as_view(), name="note-return"),
    path(f"{_NOTE}approve/", views.NoteApproveView.as_view(), name="note-approve"),
    path(f"{_NOTE}people/add/", views.NominationAddView.as_view(), name="nomination-add"),
    path(f"{_NOTE}people/upload/", views.NominationUploadView.as_view(), name="nomination-upload"),
    path(f"{_NOTE}people/confirm/", views.NominationConfirmView.as_view(), name="nomination-confirm"),
    path(f"{_NOTE}people/<uuid:nomination>/remove/", views.NominationRemoveView.as_view(), name="nomination-remove"),
    path("published/", views.PublicationListView.as_view(), name="publication-list"),
    path(_PUBLICATION, views.PublicationDetailView.as_view(), name="publication-detail"),
    path(f"{_PUBLICATION}<slug:format>/", views.PublicationFileView.as_view(), name="publication-file"),
]
