"""Forms of notes verbales, of the people whom they name, and of permanent missions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.language.i18n import UN_LANGUAGES, isolated
from core.language.text import one_line
from core.mail.addresses import kept_address
from core.web.forms import AccessibleForm, UploadForm
from reviews.cases.enums import ParticipationRole
from reviews.nominations.models import NoteVerbale
from reviews.nominations.naming import Circumstances, Naming
from reviews.nominations.selectors import Delegation
from reviews.nominations.services.nominations import NoteInput
from reviews.nominations.sheet import SheetRow, read_sheet
from reviews.scans import ScanField

_AUTO = {"dir": "auto", "autocomplete": "off"}


class NoteFields(AccessibleForm):
    """What every note verbale says of itself."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("As it stands on the note."),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter the number of the note.")},
        widget=forms.TextInput(attrs={**_AUTO, "class": "govuk-input--width-20"}),
    )
    dated_on = forms.DateField(
        label=gettext_lazy("Date of the note"),
        error_messages={"required": gettext_lazy("Enter the date of the note.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].widget.attrs["max"] = timezone.localdate().isoformat()


class NoteForm(NoteFields):
    """A note verbale itself. What is wrong with it the service says, by field."""

    scan = ScanField(required=False)

    def __init__(self, *args: Any, note: NoteVerbale | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.UPLOAD_MAXIMUM_MEGABYTES
        hint = ngettext(
            "PDF, PNG or JPEG, at most %(most)d megabyte. It can also be added later, before the note is submitted.",
            "PDF, PNG or JPEG, at most %(most)d megabytes. It can also be added later, before the note is submitted.",
            most,
        ) % {"most": most}
        if note is not None and note.scan:
            replaces = _("A new file takes the place of %(file)s.") % {"file": isolated(note.scan_name)}
            hint = f"{hint} {replaces}"
        self.fields["scan"].help_text = hint

    @property
    def given(self) -> NoteInput:
        """What the service takes (after validation)."""
        return NoteInput(**self.cleaned_data)


class NominationForm(AccessibleForm):
    """One person, named for one review or for several."""

    fields_of_service = {"review": "reviews"}

    reviews = forms.MultipleChoiceField(
        label=gettext_lazy("Reviews"),
        error_messages={"required": gettext_lazy("Choose the review, or several.")},
        widget=forms.CheckboxSelectMultiple,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=ParticipationRole.choices,
        error_messages={"required": gettext_lazy("Choose the role.")},
        widget=forms.RadioSelect,
    )
    replaces = forms.MultipleChoiceField(
        label=gettext_lazy("Takes the place of"),
        help_text=gettext_lazy(
            "The access of the person whom you choose ends when the note is approved. A State has one focal point in a "
            "review: where there is one, choose him or her."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    full_name = forms.CharField(
        label=gettext_lazy("Name"),
        error_messages={"required": gettext_lazy("Enter the name.")},
        widget=forms.TextInput(attrs=_AUTO),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Somebody who is registered already keeps his or her own profile."),
        error_messages={"required": gettext_lazy("Enter the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    job_title = forms.CharField(label=gettext_lazy("Title"), required=False, widget=forms.TextInput(attrs=_AUTO))
    organization = forms.CharField(
        label=gettext_lazy("Ministry or office"), required=False, widget=forms.TextInput(attrs=_AUTO)
    )
    phone = forms.CharField(
        label=gettext_lazy("Office telephone"),
        required=False,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "off", "dir": "ltr", "class": "govuk-input--width-20"}
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Of the pages, and of the mails that the person receives."),
        choices=UN_LANGUAGES,
        widget=forms.Select,
    )

    def __init__(
        self, *args: Any, delegations: Sequence[Delegation], circumstances: Circumstances, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviews"].choices = [  # type: ignore[attr-defined]
            (each.review.code, describe_review(each)) for each in delegations
        ]
        self.seats = {
            str(seat.participation_id): (each.review.code, seat)
            for each in delegations
            for seat in circumstances.own_seats(each.review.code)
        }
        if self.seats:
            self.fields["replaces"].choices = [  # type: ignore[attr-defined]
                (key, _("%(person)s, %(role)s in review %(code)s") % {
                    "person": isolated(seat.full_name),
                    "role": ParticipationRole(seat.role).label,
                    "code": isolated(code),
                })
                for key, (code, seat) in self.seats.items()
            ]  # fmt: skip
        else:
            del self.fields["replaces"]

    def clean_replaces(self) -> dict[str, Any]:
        """The participation that ends, by the code of its review."""
        replaced: dict[str, Any] = {}
        for key in self.cleaned_data["replaces"]:
            code, seat = self.seats[key]
            if code in replaced:
                raise forms.ValidationError(_("Choose one person for each review."))
            if code not in self.cleaned_data.get("reviews", ()):
                raise forms.ValidationError(_("You have not chosen the review of the person who is replaced."))
            replaced[code] = seat.participation_id
        return replaced

    @property
    def namings(self) -> list[Naming]:
        """One for each review that was chosen (after validation)."""
        given = dict(self.cleaned_data)
        codes, replaced = given.pop("reviews"), given.pop("replaces", {})
        email = kept_address(given.pop("email"))
        words = {name: one_line(value) for name, value in given.items()}
        return [Naming(review=code, email=email, replaces=replaced.get(code), **words) for code in codes]


class SheetForm(UploadForm):
    """A spreadsheet with people; nothing of it is kept before it is confirmed."""

    label = gettext_lazy("Spreadsheet")
    hint = gettext_lazy("The template, filled in: .xlsx, or .csv in UTF-8 or UTF-16. At most %(rows)d people.")
    rows: Sequence[SheetRow] = ()

    def read(self, name: str, content: bytes) -> Sequence[SheetRow]:
        return read_sheet(name, content)


class SheetConfirmForm(AccessibleForm):
    """What was read from a spreadsheet is added; rows with errors only when somebody says that they are left out."""

    marks_optional_fields = False

    sheet = forms.CharField(widget=forms.HiddenInput)
    replace = forms.MultipleChoiceField(
        label=gettext_lazy("Focal points who are replaced"),
        help_text=gettext_lazy("Their access ends when the note is approved. Tick each of them, or change the file."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leave_out = forms.BooleanField(required=False)

    def __init__(self, *args: Any, rows: Sequence[SheetRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bad = sum(not row.is_good for row in rows)
        replacing = [row for row in rows if row.replaced]
        if self.bad:
            label = ngettext(
                "Leave out the %(number)d row that cannot be added, and add the others",
                "Leave out the %(number)d rows that cannot be added, and add the others",
                self.bad,
            )
            self.fields["leave_out"].label = label % {"number": self.bad}
        else:
            del self.fields["leave_out"]
        if replacing:
            self.fields["replace"].choices = [  # type: ignore[attr-defined]
                (str(row.line), _describe_replacement(row)) for row in replacing
            ]
        else:
            del self.fields["replace"]

    def clean_replace(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["replace"]
        if len(chosen) < len(self.fields["replace"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Say of each that he or she is replaced, or change the file."))
        return chosen

    def clean_leave_out(self) -> bool:
        if not self.cleaned_data["leave_out"]:
            raise forms.ValidationError(_("Mend the file and choose it again, or leave out the rows with errors."))
        return True


class ReturnNoteForm(AccessibleForm):
    reason = forms.CharField(
        label=gettext_lazy("What has to be changed"),
        help_text=gettext_lazy("Whoever recorded the note reads it on its page; the mail does not repeat it."),
        error_messages={"required": gettext_lazy("Say what has to be changed.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class ApproveForm(AccessibleForm):
    """``seen`` is the fingerprint of what stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def describe_review(each: Delegation) -> str:
    """The review, whose it is, and on which side the State stands."""
    words = {"code": isolated(each.review.code), "state": each.review.state_under_review, "side": each.side.label}
    return _("%(code)s: review of %(state)s (%(side)s)") % words


def _describe_replacement(row: SheetRow) -> str:
    words = {
        "line": row.line,
        "person": isolated(row.naming.full_name),
        "former": isolated(row.replaced.full_name if row.replaced else ""),
        "code": isolated(row.naming.review),
    }
    return _("Row %(line)d: %(person)s takes the place of %(former)s as focal point in review %(code)s") % words
