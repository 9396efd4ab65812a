"""A list of laws: chosen, looked at row by row, and confirmed. Nothing is kept on the server in between."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import FormView

from core.errors import ServiceError
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE
from questionnaires.laws.enums import LawAction
from questionnaires.laws.forms import LawSheetConfirmForm, LawSheetForm
from questionnaires.laws.selectors import fingerprint_of, instrument_words, laws_of, library_of
from questionnaires.laws.services import Brought, bring_laws
from questionnaires.laws.sheet import COLUMNS, LawChange, LawRow, cell_of, compared, unpacked, words_of
from questionnaires.laws.views.base import BelowLibrary

_SALT = "questionnaires.laws.sheet"
_PREVIEW_FOR = 12 * 60 * 60  # seconds for which what was read from a file can be confirmed
_LONGEST_SHOWN = 200  # characters of a cell


class LawSheetPage(BelowLibrary):
    policy_action = LawAction.BRING
    is_read = False  # a file, whose rows are shown to be confirmed

    def get_title(self) -> str | Promise:
        return _("What the list would change") if self.is_read else super().get_title()

    def upload_url(self) -> str:
        return reverse("questionnaires:law-upload", args=self.address)

    def preview(self, rows: Sequence[LawRow], error: ServiceError | None = None, status: int = 200) -> HttpResponse:
        """What is new, what changes, what stays, and what is wrong, row by row."""
        self.is_read = True
        changes = compared(rows, library_of(self.review, with_texts=True).by_key)
        wrong = sum(bool(change.row.problems) for change in changes)
        seen = fingerprint_of(laws_of(self.review))
        form = LawSheetConfirmForm(initial={"sheet": "" if wrong else self.packed(rows), "seen": seen})
        context = self.get_context_data(
            form=form,
            error=error,
            rows=_shown(changes, instrument_words()),
            new=sum(change.is_new for change in changes),
            changed=sum(change.is_changed for change in changes),
            same=sum(change.stays for change in changes),
            wrong=wrong,
        )
        template = ["questionnaires/laws/law_preview.html"]
        return self.response_class(request=self.request, template=template, context=context, status=status)  # type: ignore[attr-defined]

    def packed(self, rows: Sequence[LawRow]) -> str:
        """What was read, signed for this person and this review."""
        value = [str(self.user.pk), str(self.review.pk), [row.packed for row in rows]]
        return signing.dumps(value, salt=_SALT, compress=True)

    def unpacked(self, packed: str) -> list[LawRow] | None:
        """None where it is not what this person was shown here, or too long ago."""
        try:
            owner, review, rows = signing.loads(packed, salt=_SALT, max_age=_PREVIEW_FOR)
        except (signing.BadSignature, ValueError):
            return None
        is_own = owner == str(self.user.pk) and review == str(self.review.pk)
        return [unpacked(row) for row in rows] if is_own else None


class LawUploadView(LawSheetPage, FormView):
    form_class = LawSheetForm
    title = gettext_lazy("Bring a list of laws")
    template_name = "questionnaires/laws/law_upload.html"

    def form_valid(self, form: LawSheetForm) -> HttpResponse:
        return self.preview(list(form.rows))

    def form_invalid(self, form: LawSheetForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class LawConfirmView(OncePerForm, LawSheetPage, FormView):
    """Carries out what the person has seen, if it is still what would follow."""

    form_class = LawSheetConfirmForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.upload_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.unpacked(request.POST.get("sheet", ""))
        if rows is None:
            messages.error(request, _("Choose the file again: too much time has passed."))
            return HttpResponseRedirect(self.upload_url())
        try:
            self.require_an_end()
            done = bring_laws(actor=self.user, review=self.review, rows=rows, seen=request.POST.get("seen", ""))
        except ServiceError as error:
            return self.preview(rows, error, UNPROCESSABLE)
        return self.carried_out(self.list_url(), _words(done))


def _shown(changes: Sequence[LawChange], instruments: dict[str, str]) -> list[dict[str, Any]]:
    """The rows as the table shows them, the wrong ones first: their cells that say something."""
    ordered = sorted(changes, key=lambda change: not change.row.problems)
    return [{"change": change, "cells": _cells(change, instruments)} for change in ordered]


def _cells(change: LawChange, instruments: dict[str, str]) -> list[dict[str, str]]:
    cells = []
    for key, label in COLUMNS.items():
        old, new = change.changes.get(key, ("", cell_of(getattr(change.row.given, key))))
        problem = change.row.problems.get(key, "")
        if key != "title" and not (new or problem):
            continue
        value, before = (words_of(key, cell, instruments)[:_LONGEST_SHOWN] for cell in (new, old))
        cells.append({"key": key, "label": str(label), "value": value, "old": before, "problem": problem})
    return cells


def _words(done: Brought) -> str:
    added = ngettext("%(number)d law was entered.", "%(number)d laws were entered.", done.added)
    changed = ngettext("%(number)d law was changed.", "%(number)d laws were changed.", done.changed)
    return f"{added % {'number': done.added}} {changed % {'number': done.changed}}"
