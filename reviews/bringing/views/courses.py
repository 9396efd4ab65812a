"""Steps and dates of running reviews: a template, a file that is looked at row by row, and what it would do."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.files.spreadsheet_columns import wrong_rows
from core.files.storage import XLSX, attachment
from reviews.bringing.courses import (
    effects_of,
    fingerprint_of,
    known_programme,
    rows_now,
)
from reviews.bringing.enums import BringingAction, BroughtKind
from reviews.bringing.exports import courses_template
from reviews.bringing.forms import BroughtFileForm
from reviews.bringing.models import BroughtFile
from reviews.bringing.sheet import KnownProgramme, packed, read_courses
from reviews.bringing.views.files import BringingPage, FilePage
from reviews.bringing.views.upload import FileUploadView


class CoursesTemplateView(BringingPage):
    policy_action = BringingAction.PREPARE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return attachment(courses_template(self.mechanism), file_name="reviews.xlsx", content_type=XLSX)


class CoursesUploadView(FileUploadView):
    kind = BroughtKind.COURSE
    form_class = BroughtFileForm
    title = gettext_lazy("Bring in steps and dates")
    template_name = "reviews/bringing/courses_upload.html"

    @cached_property
    def known(self) -> KnownProgramme:
        return known_programme(self.mechanism)

    @property
    def columns(self) -> Mapping[str, str | Promise]:  # type: ignore[override]
        return self.known.columns

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "read": partial(read_courses, known=self.known)}

    def wrong_context(self, form: BroughtFileForm) -> dict[str, Any]:
        return {**super().wrong_context(form), "right": len(form.rows) - len(form.wrong)}

    def content_of(self, form: BroughtFileForm) -> dict[str, Any]:
        return {"rows": packed(form.rows)}

    def success_message_for(self, result: BroughtFile) -> str:
        return _("No row is wrong. Look at what follows; no review has changed yet.")


class CoursesFileView(FilePage):
    kind = BroughtKind.COURSE
    title = gettext_lazy("Steps and dates")
    template_name = "reviews/bringing/courses_file.html"

    def total(self) -> int:
        return len(self.file.content["rows"])

    def preview(self) -> tuple[dict[str, Any], str]:
        known = known_programme(self.mechanism)
        rows = rows_now(self.file, known)
        if any(row.problems for row in rows):
            return {"wrong": wrong_rows(rows, known.columns)}, ""
        effects = effects_of(rows, self.mechanism)
        shown = {
            "effects": effects,
            "past": sum(each.is_past for each in effects),
            "assumed": sum(bool(each.assumed) for each in effects),
        }
        return shown, fingerprint_of(effects)
