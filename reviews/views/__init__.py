from reviews.views.consultations import (
    ConsultationConfirmView,
    ConsultationProposeView,
    ConsultationView,
    ProcessingRecordView,
)
from reviews.views.dialogue import (
    DialogueConcludeView,
    DialogueView,
    MeetingAddView,
    SupplementAddView,
    SupplementDiscardView,
    SupplementEditView,
    SupplementFileView,
    SupplementSendView,
)
from reviews.views.directory import DirectoryExpertsView, DirectoryView
from reviews.views.opening import ReviewOpenView
from reviews.views.participants import (
    ParticipantListView,
    ParticipantRegisterView,
    ParticipationEndView,
    ParticipationReplaceView,
    ReviewRemindView,
)
from reviews.views.publications import (
    PublicationDetailView,
    PublicationEndView,
    PublicationFileView,
    PublicationListView,
    PublicationPreviewView,
    PublishView,
)
from reviews.views.record import RecordDownloadView, RecordVerifierView, RecordView
from reviews.views.review_list import ReviewHomeView, ReviewListView
from reviews.views.rooms import RoomsView
from reviews.views.states import StateDetailView, StateListView
from reviews.views.texts import (
    PassageEditView,
    TextClearView,
    TextDetailView,
    TextDocumentView,
    TextListView,
    TextObjectView,
    TextProposeView,
)

__all__ = [
    "ConsultationConfirmView",
    "ConsultationProposeView",
    "ConsultationView",
    "DialogueConcludeView",
    "DialogueView",
    "DirectoryExpertsView",
    "DirectoryView",
    "MeetingAddView",
    "ParticipantListView",
    "ParticipantRegisterView",
    "ParticipationEndView",
    "ParticipationReplaceView",
    "PassageEditView",
    "ProcessingRecordView",
    "PublicationDetailView",
    "PublicationEndView",
    "PublicationFileView",
    "PublicationListView",
    "PublicationPreviewView",
    "PublishView",
    "RecordDownloadView",
    "RecordVerifierView",
    "RecordView",
    "ReviewHomeView",
    "ReviewListView",
    "ReviewOpenView",
    "ReviewRemindView",
    "RoomsView",
    "StateDetailView",
    "StateListView",
    "SupplementAddView",
    "SupplementDiscardView",
    "SupplementEditView",
    "SupplementFileView",
    "SupplementSendView",
    "TextClearView",
    "TextDetailView",
    "TextDocumentView",
    "TextListView",
    "TextObjectView",
    "TextProposeView",
]
