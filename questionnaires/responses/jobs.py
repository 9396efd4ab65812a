"""The kinds of document that are made of a response, by the ending of their files."""

FORMATS = ("pdf", "docx", "html", "xml")
DRAFT_FORMATS = {ending: f"questionnaires.draft_{ending}" for ending in FORMATS}
SUBMISSION_FORMATS = {ending: f"questionnaires.submission_{ending}" for ending in FORMATS}
DRAFT_PDF, SUBMISSION_PDF = DRAFT_FORMATS["pdf"], SUBMISSION_FORMATS["pdf"]


def ending_of(kind: str) -> str:
    """Of the file that a job of this kind makes."""
    return kind.rpartition("_")[2]
