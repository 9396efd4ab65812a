"""A list of observations or a summary as PDF/UA-1, after the look of United Nations documents, and as HTML."""

import re
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.documents.html import render_html_file
from core.documents.pdf import render_pdf
from core.documents.progress import Progress, unheard
from core.language.i18n import language
from core.language.rendering import as_html
from observations.documents.layout import PrintedLine, layout_of
from observations.wording import Document, PrintedStatus

TEMPLATE = "pdf/agreed_text.html"
_HEADING = re.compile(r"<(/?)h[4-6]>")


def render_text_pdf(document: Document, status: PrintedStatus, *, progress: Progress = unheard) -> bytes:
    """Print a frozen document as it stands. ``progress`` is told per cent. Raises PdfError and ValueError."""
    return render_pdf(TEMPLATE, context_of(document, status), document.language, progress=progress)


def render_text_html(document: Document, status: PrintedStatus, *, progress: Progress = unheard) -> bytes:
    """The same page as one file of HTML. ``progress`` is told per cent. Raises ValueError."""
    return render_html_file(TEMPLATE, context_of(document, status), document.language, progress=progress)


def context_of(document: Document, status: PrintedStatus) -> dict[str, Any]:
    """What the template prints."""
    layout = layout_of(document, status)
    direction = language(document.language).direction
    lines = [(line, _written_html(line, direction) if line.is_written else line.text) for line in layout.lines]
    return {
        "document": document,
        "status": status,
        "layout": layout,
        # A list's items belong together.
        "groups": [(is_list, list(group)) for is_list, group in groupby(lines, lambda pair: pair[0].kind == "item")],
    }


def _written_html(line: PrintedLine, direction: str) -> SafeString:
    """The experts' words, with the number inside of the first paragraph, so that no page parts them.

    Headings belong to the blueprint: one in these words is a paragraph in bold.
    """
    html = _HEADING.sub(lambda match: "</strong></p>" if match[1] else "<p><strong>", as_html(line.text))
    marker = format_html('<span class="marker"><bdi dir="{}">{}</bdi> </span>', direction, line.marker)
    if html.startswith("<p>"):
        html = html.replace("<p>", f"<p>{marker}", 1)
    else:
        html = f'<p class="only-marker">{marker}</p>{html}'
    return mark_safe(html)  # noqa: S308 - cleaned by core.language.markdown; the number is escaped
