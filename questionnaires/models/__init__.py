from questionnaires.models.answer import Answer, AnswerRevision
from questionnaires.models.question import Condition, Question, QuestionOption
from questionnaires.models.questionnaire import Part, Questionnaire, QuestionnaireVersion, Section
from questionnaires.models.response import Response, ResponseSubmission, SectionAssignment

__all__ = [
    "Answer",
    "AnswerRevision",
    "Condition",
    "Part",
    "Question",
    "QuestionOption",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "ResponseSubmission",
    "Section",
    "SectionAssignment",
]
