"""The kinds of document that are made of a response."""

DRAFT_PDF = "questionnaires.draft_pdf"
SUBMISSION_PDF = "questionnaires.submission_pdf"
