"""Responses, their answers with every revision, what was sent, and the work of ministries."""

from questionnaires.responses.models.answers import Answer, AnswerContent, AnswerContentRevision, AnswerRevision
from questionnaires.responses.models.ministries import (
    Adoption,
    Proposal,
    ProposalRevision,
    ReadingLeave,
    SectionAssignment,
)
from questionnaires.responses.models.responses import Response, ResponseSubmission

__all__ = [
    "Adoption",
    "Answer",
    "AnswerContent",
    "AnswerContentRevision",
    "AnswerRevision",
    "Proposal",
    "ProposalRevision",
    "ReadingLeave",
    "Response",
    "ResponseSubmission",
    "SectionAssignment",
]
