"""A list of contacts: chosen, looked at row by row, and confirmed. Nothing is kept on the server in between."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import FormView

from accounts.contacts.exports import contacts_template
from accounts.contacts.forms import ContactSheetConfirmForm, ContactSheetForm
from accounts.contacts.selectors import contacts_about, fingerprint_of, known
from accounts.contacts.services import Imported, import_contacts
from accounts.contacts.sheet import COLUMNS, ContactChange, ContactRow, compared
from accounts.contacts.views.contacts import ContactPage
from accounts.states import all_states, sorted_by_name
from core.errors import ServiceError
from core.files.storage import XLSX, attachment
from core.language.i18n import UN_LANGUAGES
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE

_SALT = "accounts.contacts.sheet"
_PREVIEW_FOR = 12 * 60 * 60  # seconds for which what was read from a file can be confirmed


class ContactTemplateView(ContactPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return attachment(contacts_template(), file_name="contacts.xlsx", content_type=XLSX)


class ContactSheetPage(ContactPage):
    is_read = False  # a file, whose rows are shown to be confirmed

    def get_title(self) -> str | Promise:
        return _("What the list would change") if self.is_read else super().get_title()

    def preview(self, rows: list[ContactRow], error: ServiceError | None = None, status: int = 200) -> HttpResponse:
        """What is new, what changes, what stays, and what is wrong, row by row."""
        self.is_read = True
        present = contacts_about(row.state for row in rows)
        changes = compared(rows, known(present))
        form = ContactSheetConfirmForm(initial={"sheet": self.packed(rows), "seen": fingerprint_of(present)})
        wrong = sum(bool(change.row.problems) for change in changes)
        context = self.get_context_data(  # type: ignore[attr-defined]
            form=form,
            error=error,
            rows=shown(changes),
            new=sum(change.is_new for change in changes),
            changed=sum(change.is_changed for change in changes),
            same=sum(change.stays for change in changes),
            wrong=wrong,
            upload_url=reverse("accounts:contact-upload"),
        )
        template = ["accounts/contacts/contact_preview.html"]
        return self.response_class(request=self.request, template=template, context=context, status=status)  # type: ignore[attr-defined]

    def packed(self, rows: list[ContactRow]) -> str:
        """What was read, signed for this person."""
        return signing.dumps([str(self.user.pk), [asdict(row) for row in rows]], salt=_SALT, compress=True)

    def unpacked(self, packed: str) -> list[ContactRow] | None:
        """None where it is not what this person was shown, or too long ago."""
        try:
            owner, rows = signing.loads(packed, salt=_SALT, max_age=_PREVIEW_FOR)
        except (signing.BadSignature, ValueError):
            return None
        return [ContactRow(**row) for row in rows] if owner == str(self.user.pk) else None


class ContactUploadView(ContactSheetPage, FormView):
    form_class = ContactSheetForm
    title = gettext_lazy("Bring a list of contacts")
    template_name = "accounts/contacts/contact_upload.html"

    def form_valid(self, form: ContactSheetForm) -> HttpResponse:
        return self.preview(list(form.rows))

    def form_invalid(self, form: ContactSheetForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class ContactConfirmView(OncePerForm, ContactSheetPage, FormView):
    """Carries out what the person has seen, if it is still what would follow."""

    form_class = ContactSheetConfirmForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("accounts:contact-upload"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.unpacked(request.POST.get("sheet", ""))
        if rows is None:
            messages.error(request, _("Choose the file again: too much time has passed."))
            return HttpResponseRedirect(reverse("accounts:contact-upload"))
        try:
            self.require_an_end()
            done = import_contacts(actor=self.user, rows=rows, seen=request.POST.get("seen", ""))
        except ServiceError as error:
            return self.preview(rows, error, UNPROCESSABLE)
        return self.carried_out(self.back_url(), _words(done))


def shown(changes: list[ContactChange]) -> list[dict[str, Any]]:
    """The rows as the table shows them: each cell with what stood there, and what is wrong; the wrong ones first."""
    names = {state.iso3: state.name for state in sorted_by_name(all_states())}
    ordered = sorted(changes, key=lambda change: (not change.row.problems, change.stays, change.row.line))
    return [
        {
            "line": change.row.line,
            "change": change,
            "state": names.get(change.row.state, change.row.cell),
            "problem": change.row.problems.get("state", ""),
            "cells": [_cell(change, key) for key in COLUMNS if key != "state"],
        }
        for change in ordered
    ]


def _cell(change: ContactChange, key: str) -> dict[str, str]:
    old, new = change.changes.get(key, ("", getattr(change.row, key)))
    if key == "language":
        old, new = (str(dict(UN_LANGUAGES).get(code, "")) for code in (old, new))
    return {"key": key, "value": new, "old": old, "problem": change.row.problems.get(key, "")}


def _words(done: Imported) -> str:
    added = ngettext("%(number)d contact was added.", "%(number)d contacts were added.", done.added)
    changed = ngettext("%(number)d contact was changed.", "%(number)d contacts were changed.", done.changed)
    return f"{added % {'number': done.added}} {changed % {'number': done.changed}}"
