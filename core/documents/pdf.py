"""PDF documents by WeasyPrint: tagged (PDF/UA-1), with title and language; nothing is fetched from outside."""

import functools
import gc
import logging
import mimetypes
import threading
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.documents.progress import Progress, unheard
from core.errors import ServiceError
from core.institution.facts import site_name
from core.language.i18n import language as describe_language

_STATIC = "static:"


class PdfError(ServiceError):
    """The document could not be made; the message says what to do."""


class _MissingGlyphs(logging.Handler):
    """WeasyPrint prints an empty box for a character without a font and only writes a log line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.thread = threading.get_ident()  # a worker with threads makes several documents at once

    def emit(self, log_record: logging.LogRecord) -> None:
        line = log_record.getMessage()
        if ".notdef" in line and log_record.thread == self.thread:
            self.lines.append(line)


@functools.cache
def missing_pdf_libraries() -> str:
    """Say which system library WeasyPrint misses on this machine; empty when documents can be made."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        return str(error).splitlines()[0]
    return ""


def static_files_alone() -> Any:
    """Serve our own static files to the renderer and refuse everything else, with the whole document."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = _own_file(url)
            if not path:
                raise ValueError(f"refused to fetch {url}")
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    return StaticFiles(fail_on_errors=True)


def own_static_file(url: str) -> bytes:
    """What stands in a static file of ours ("static:pdf/document.css"). Raises ValueError where there is none."""
    path = _own_file(url)
    if not path:
        raise ValueError(f"no static file: {url}")
    return Path(path).read_bytes()


def _own_file(url: str) -> str:
    """Where the static file of this address lies; empty for every other address, and for one that leads elsewhere."""
    if not url.startswith(_STATIC):
        return ""
    try:
        path = str(finders.find(url.removeprefix(_STATIC)) or "")
    except (SuspiciousFileOperation, ValueError):  # ``..``, a place from the root, a null byte
        return ""
    return path if Path(path).is_file() else ""


def render_html(template: str, context: dict[str, Any], language: str) -> str:
    """The page that ``render_pdf`` prints."""
    more = {"page_language": describe_language(language), "site_name": site_name()}
    with translation.override(language):
        return render_to_string(template, {**context, **more})


def render_pdf(template: str, context: dict[str, Any], language: str, *, progress: Progress = unheard) -> bytes:
    """Render ``template`` to PDF/UA-1 bytes in ``language``.

    ``progress`` is told per cent. Raises PdfError when system libraries or glyphs are missing.
    """
    if missing_pdf_libraries():
        raise PdfError(_("This server cannot make PDF documents yet: its operator must install the Pango library."))
    import weasyprint

    html = render_html(template, context, language)
    progress(20)
    watcher, logger = _MissingGlyphs(), logging.getLogger("weasyprint")
    logger.addHandler(watcher)
    # Whatever level this process logs at: a missing glyph must be heard of.
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)
    try:
        document = weasyprint.HTML(string=html, url_fetcher=static_files_alone(), base_url=_STATIC).render()
        progress(80)
        gc.collect()  # what the layout was made of is held in rings, and would stay beside what is written now
        content = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    finally:
        logger.removeHandler(watcher)
    if watcher.lines:
        raise PdfError(_("The document has characters for which this server has no font. Its operator must add one."))
    progress(100)
    return bytes(content)
