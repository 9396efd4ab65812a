"""What this feature declares to the kernel: the documents that it makes."""

from core import jobs
from questionnaires.documents.services import KINDS
from reviews.symbols import ReviewDocument, register_documents
from reviews.symbols.enums import DocumentKind


def declare() -> None:
    for kind in KINDS:
        jobs.register(kind)
    register_documents(lambda review: [ReviewDocument(DocumentKind.QUESTIONNAIRE)])
