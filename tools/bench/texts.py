"""The outputs of a review as documents, each in a process of its own as a worker would make it."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable

from observations.texts.enums import TextKind
from observations.wording.blueprint import Block, Document
from observations.wording.printed_status import PrintedStatus
from tools.bench.memory import peak_megabytes

OBSERVATIONS = 44  # ten pages
TIMES = 3
_STATUS = PrintedStatus("Mechanism", "Okavora", 1, "0" * 64, is_agreed=True, is_public=False, agreed_on="1 March 2023")


def measure() -> list[tuple[str, str]]:
    """Pages, seconds and memory of a list of observations as PDF and Word, and of a plain print of the same HTML."""
    made = {name: _in_own_process(name) for name in ("pdf", "plain", "docx")}
    pdf, plain, word = made["pdf"], made["plain"], made["docx"]
    of = f"list of observations, {OBSERVATIONS} observations"
    return [
        (
            f"{of}, PDF",
            "{pages} pages, {seconds:.1f} s, {megabytes:.0f} MB of memory, {kilobytes:.0f} kB".format(**pdf),
        ),
        (
            "the same HTML by plain WeasyPrint (no tags, no checks)",
            "{seconds:.1f} s, {megabytes:.0f} MB of memory; ratio {ratio:.2f}".format(
                **plain, ratio=pdf["seconds"] / plain["seconds"]
            ),
        ),
        (f"{of}, Word", "{seconds:.1f} s, {megabytes:.0f} MB of memory, {kilobytes:.0f} kB".format(**word)),
    ]


def _in_own_process(name: str) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "tools.bench.texts", name]
    figures: dict[str, float] = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    )
    return figures


def document() -> Document:
    from tools.bench.world import WORDS

    paragraphs = [" ".join(WORDS * 3) for _number in range(OBSERVATIONS)]
    blocks = [Block("heading", "III. List of observations", level=1)]
    blocks += [
        Block("paragraph", text, number=number, is_written=True) for number, text in enumerate(paragraphs, start=1)
    ]
    kind = TextKind.LIST_OF_OBSERVATIONS
    return Document(kind, "untoc", "1-XOK", "tip", "en", "1-XOK/TIP/LO", "List of observations", "Note.", tuple(blocks))


def _pdf() -> bytes:
    from observations.documents.pdf import render_text_pdf

    return render_text_pdf(document(), _STATUS)


def _plain() -> bytes:
    import weasyprint

    from core.documents.pdf import render_html, static_files_alone
    from observations.documents.pdf import TEMPLATE, context_of

    html = render_html(TEMPLATE, context_of(document(), _STATUS), "en")
    return bytes(weasyprint.HTML(string=html, url_fetcher=static_files_alone(), base_url="static:").write_pdf())


def _docx() -> bytes:
    from observations.documents.docx import render_text_docx

    return render_text_docx(document(), _STATUS)


_MAKERS: dict[str, Callable[[], bytes]] = {"pdf": _pdf, "plain": _plain, "docx": _docx}


def _figures(name: str) -> dict[str, float]:
    from pypdf import PdfReader

    _MAKERS[name]()  # a worker has imported its libraries and read its fonts
    seconds = []
    for _number in range(TIMES):
        begun = time.perf_counter()
        content = _MAKERS[name]()
        seconds.append(time.perf_counter() - begun)
    return {
        "pages": 0 if name == "docx" else len(PdfReader(io.BytesIO(content)).pages),
        "seconds": min(seconds),  # what else the machine does only adds to it
        "megabytes": peak_megabytes(),
        "kilobytes": len(content) / 1000,
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_figures(sys.argv[1])))
