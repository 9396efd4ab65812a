"""The people of a note verbale: one by one, or out of a spreadsheet."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext
from django.views.generic import FormView

from core.errors import ServiceError
from core.files.storage import XLSX, attachment
from core.language.i18n import UN_LANGUAGES
from core.web.views import ServiceActionView, ServiceFormView
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE
from reviews.cases.enums import ParticipationRole
from reviews.nominations.enums import NominationAction
from reviews.nominations.exports import nomination_template
from reviews.nominations.forms import NominationForm, SheetConfirmForm, SheetForm
from reviews.nominations.models import Nomination
from reviews.nominations.naming import Naming
from reviews.nominations.selectors import circumstances_for, delegations_of, get_nomination, naming_of, nominations_of
from reviews.nominations.services.nominations import add_nominations, remove_nomination
from reviews.nominations.sheet import COLUMNS, SheetRow, checked
from reviews.nominations.views.notes import BelowNote, NotePage, StatePage

_SALT = "reviews.nomination-sheet"
# How the columns of a file are shown, so that a row is read at one glance.
_GROUPS = (
    ("review",),
    ("role",),
    ("full_name", "job_title", "organization"),
    ("email", "phone", "language"),
)
_PREVIEW_FOR = 12 * 60 * 60  # seconds for which what was read from a file can be confirmed


class NominationAddView(BelowNote, ServiceFormView):
    policy_action = NominationAction.CHANGE
    form_class = NominationForm
    title = gettext_lazy("Add a person")
    template_name = "components/form_page.html"
    lead = gettext_lazy("The person has no access before the note is approved, and is told by mail then.")
    submit_label = gettext_lazy("Add to the note")
    keeps = True

    def get_form_kwargs(self) -> dict[str, Any]:
        delegations = delegations_of(self.place)
        circumstances = circumstances_for(self.user, self.place, ())
        return {**super().get_form_kwargs(), "delegations": delegations, "circumstances": circumstances}

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def perform(self, form: NominationForm) -> list[Nomination]:
        return add_nominations(actor=self.user, note=self.note, namings=form.namings)

    def success_message_for(self, result: list[Nomination]) -> str:
        return _("%(person)s is in the note now.") % {"person": result[0].full_name}


class NominationRemoveView(NotePage, ServiceActionView):
    policy_action = NominationAction.CHANGE

    def perform(self) -> str:
        nomination = get_nomination(self.note, self.kwargs["nomination"])
        if nomination is None:
            return _("This person is no longer in the note.")
        remove_nomination(actor=self.user, nomination=nomination)
        return _("%(person)s is no longer in the note.") % {"person": nomination.full_name}

    def next_url(self) -> str:
        return self.note_url()


class NominationTemplateView(StatePage):
    """The workbook to fill in, for the reviews of this State, in the reader's language."""

    policy_action = NominationAction.RECORD

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = nomination_template(delegations_of(self.place))
        name = f"nominations-{self.place.state_party.iso3}.xlsx"
        return attachment(content, file_name=name, content_type=XLSX)


class SheetPage(BelowNote):
    """A page of people out of a file. Nothing is kept on the server before they are confirmed."""

    policy_action = NominationAction.CHANGE
    is_read = False  # a file, whose rows are shown to be confirmed

    def get_title(self) -> str | Promise:
        return _("What the spreadsheet holds") if self.is_read else super().get_title()

    def preview(self, rows: list[SheetRow], form: SheetConfirmForm | None = None, status: int = 200) -> HttpResponse:
        """What the file holds, row by row, and whether each can be added."""
        self.is_read = True
        rows = self.check(rows)
        good = sum(row.is_good for row in rows)
        if form is None:
            form = SheetConfirmForm(rows=rows, initial={"sheet": self.packed(rows)})
        context = self.get_context_data(form=form, rows=[_shown(row) for row in rows], good=good, bad=len(rows) - good)
        return self.response_class(  # type: ignore[attr-defined]
            request=self.request,
            template=["reviews/nominations/nomination_preview.html"],
            context=context,
            status=status,
        )

    def check(self, rows: list[SheetRow]) -> list[SheetRow]:
        circumstances = circumstances_for(self.user, self.place, {row.naming.email for row in rows})
        return checked(rows, circumstances, [naming_of(each) for each in nominations_of(self.note)])

    def packed(self, rows: list[SheetRow]) -> str:
        """What was read, signed for this person and note; a participation that ends is looked up anew."""
        values = [[row.line, asdict(row.naming) | {"replaces": None}, dict(row.problems)] for row in rows]
        return signing.dumps([*self._owner(), values], salt=_SALT, compress=True)

    def unpacked(self, packed: str) -> list[SheetRow] | None:
        """None where it is not what this person was shown for this note, or too long ago."""
        try:
            *owner, values = signing.loads(packed, salt=_SALT, max_age=_PREVIEW_FOR)
        except (signing.BadSignature, ValueError):
            return None
        if owner != self._owner():
            return None
        return [SheetRow(line, Naming(**naming), problems) for line, naming, problems in values]

    def _owner(self) -> list[str]:
        return [str(self.user.pk), str(self.note.pk)]

    def upload_url(self) -> str:
        return reverse("reviews:nomination-upload", args=[*self._address()])

    def _address(self) -> list[Any]:
        return [self.kwargs["mechanism"], self.kwargs["iso3"], self.note.pk]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(upload_url=self.upload_url(), **kwargs)


class NominationUploadView(SheetPage, FormView):
    form_class = SheetForm
    title = gettext_lazy("Add people with a spreadsheet")
    template_name = "reviews/nominations/nomination_upload.html"

    def form_valid(self, form: SheetForm) -> HttpResponse:
        return self.preview(list(form.rows))

    def form_invalid(self, form: SheetForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class NominationConfirmView(OncePerForm, SheetPage, FormView):
    """Adds the rows that the person has seen, as far as they can still be added."""

    form_class = SheetConfirmForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.upload_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = self.unpacked(request.POST.get("sheet", ""))
        if read is None:
            messages.error(
                request, _("Choose the file again: too much time has passed, or it was meant for another note.")
            )
            return HttpResponseRedirect(self.upload_url())
        rows = self.check(read)
        form = SheetConfirmForm(request.POST, rows=rows)
        if not form.is_valid():
            return self.preview(read, form, UNPROCESSABLE)
        namings = [row.naming for row in rows if row.is_good]
        try:
            self.require_an_end()
            added = add_nominations(actor=self.user, note=self.note, namings=namings)
        except ServiceError as error:
            form.refuse(error)
            return self.preview(read, form, UNPROCESSABLE)
        return self.carried_out(self.note_url(), _added(len(added)))


def _added(number: int) -> str:
    message = ngettext("%(number)d nomination was added.", "%(number)d nominations were added.", number)
    return message % {"number": number}


def _shown(row: SheetRow) -> dict[str, Any]:
    """The row as the table shows it: its cells in four groups, each cell with its problem."""
    naming = row.naming
    words = {key: getattr(naming, key) for key in COLUMNS}
    words["role"] = dict(ParticipationRole.choices).get(naming.role, "")
    words["language"] = dict(UN_LANGUAGES).get(naming.language, "")
    groups = [[(words[key], row.problems.get(key, "")) for key in group] for group in _GROUPS]
    return {"line": row.line, "groups": groups, "is_good": row.is_good}
