from questionnaires.views.acts import ResponseClearView, ResponseOpenView, ResponseReturnView, ResponseSubmitView
from questionnaires.views.answers import AnswerHistoryView, AnswerSaveView
from questionnaires.views.assignments import SectionAssignView
from questionnaires.views.documents import ResponsePdfView, SubmissionPdfView
from questionnaires.views.overview import ResponseDetailView, ResponseMissingView
from questionnaires.views.sections import SectionDetailView
from questionnaires.views.submissions import SubmissionDetailView, SubmissionPartView
from questionnaires.views.versions import QuestionnaireDetailView, QuestionnaireListView

__all__ = [
    "AnswerHistoryView",
    "AnswerSaveView",
    "QuestionnaireDetailView",
    "QuestionnaireListView",
    "ResponseClearView",
    "ResponseDetailView",
    "ResponseMissingView",
    "ResponseOpenView",
    "ResponsePdfView",
    "ResponseReturnView",
    "ResponseSubmitView",
    "SectionAssignView",
    "SectionDetailView",
    "SubmissionDetailView",
    "SubmissionPartView",
    "SubmissionPdfView",
]
