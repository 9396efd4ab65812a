"""The files in which a list or a summary is set."""

from observations.texts.models import AgreedText

TEXT_PDF, TEXT_DOCX = "reviews.text_pdf", "reviews.text_docx"
TEXT_HTML, TEXT_AKN = "reviews.text_html", "reviews.text_akn"
FORMATS = {"pdf": TEXT_PDF, "docx": TEXT_DOCX, "html": TEXT_HTML, "xml": TEXT_AKN}


def file_name_of(text: AgreedText, ending: str, *, language: str = "") -> str:
    """The name under which a document of a text is downloaded, or of its translation into a ``language``."""
    of = language or text.language
    return f"{text.review.code}-{text.instrument.slug}-{text.kind}-{of}.{ending}".replace("_", "-")
