"""The progress report as a Word file."""

from collections.abc import Callable

from django.utils import timezone, translation
from docx.shared import Mm, Pt

from core.documents.word import WordFile
from core.documents.word_xml import add_field, set_data_table, set_rule, set_table
from core.models import Job
from portal.cockpit.files import mechanism_of
from portal.cockpit.report import Report, ReportTable, report_of

_WIDTH = 160  # millimetres between the margins
_THIN = 4  # eighths of a point


def render_progress_docx(job: Job, tell: Callable[[int], None]) -> bytes:
    """The report that a job asks for. Raises ServiceError where there is no such cockpit any more."""
    with translation.override(job.language):
        report = report_of(mechanism_of(job), timezone.now())
    tell(50)
    return written(report, job.language)


def written(report: Report, language: str) -> bytes:
    word = WordFile(language)
    word.describe(title=report.title, author=report.organization, subject=report.title, keywords="")
    top = word.paragraph("Masthead Top", f"{report.organization}\t")
    set_rule(top._p.get_or_add_pPr(), "bottom", _THIN)
    word.paragraph("Masthead", report.day)
    word.paragraph("Title", report.title).paragraph_format.left_indent = Mm(0)
    for text in report.paragraphs:
        word.paragraph("Normal", text)
    for table in report.tables:
        _set(word, table)
    word.paragraph("Normal", report.method).paragraph_format.space_before = Pt(12)
    section = word.docx.sections[0]
    for footer in (section.first_page_footer, section.footer):
        word.turn(footer.paragraphs[0], False)
        add_field(footer.paragraphs[0], "PAGE")
    return word.as_bytes()


def _set(word: WordFile, table: ReportTable) -> None:
    heading = word.paragraph("Heading 2", table.title)
    heading.paragraph_format.left_indent = heading.paragraph_format.first_line_indent = Mm(0)
    rows = word.docx.add_table(1 + len(table.rows), len(table.heads))
    set_table(rows, [Mm(_WIDTH / len(table.heads))] * len(table.heads), is_rtl=word.is_rtl)
    set_data_table(rows, Mm(0))
    for place, (values, cells) in enumerate(zip((table.heads, *table.rows), rows.rows, strict=True)):
        is_bold = place == 0 or (table.has_sum and place == len(table.rows))
        for value, cell in zip(values, cells.cells, strict=True):
            cell.paragraphs[0].style = "Table Text"
            word.text(cell.paragraphs[0], value, bold=is_bold)
    if table.note:
        word.paragraph("Normal", table.note).paragraph_format.space_before = Pt(4)
