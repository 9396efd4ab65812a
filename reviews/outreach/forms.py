"""Forms of letters to the offices of States, and of what a mission sends by its link."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from core.language.i18n import OWN_NAMES, UN_LANGUAGES, isolated
from core.language.text import one_line
from core.mail.addresses import kept_address
from core.templatetags.components import date_words
from core.web.forms import AccessibleForm
from reviews.cases.enums import ParticipationRole
from reviews.nominations import NoteFields
from reviews.outreach.selectors.addressees import Addressee
from reviews.outreach.selectors.missions import UnnamedReview
from reviews.outreach.services.received import MissionInput, PersonInput
from reviews.scans import ScanField

EXPERTS = 4  # with one form; a mission may send another one
_AUTO = {"dir": "auto", "autocomplete": "off"}


class LettersForm(AccessibleForm):
    """The offices that are written to, all of them at first. ``seen``: the fingerprint of the plan that was shown."""

    marks_optional_fields = False

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("These offices get a mail"),
        error_messages={
            "required": gettext_lazy("Choose at least one office."),
            "invalid_choice": gettext_lazy("Something has changed since this page was shown. Choose once more."),
        },
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, addressees: Sequence[Addressee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(each.key, _describe(each)) for each in addressees]  # type: ignore[attr-defined]


def _describe(each: Addressee) -> str:
    words = {
        "state": each.contact.state_party,
        "office": isolated(each.contact.office),
        "address": isolated(each.contact.email),
        "language": isolated(OWN_NAMES[each.in_language]),
    }
    said = _("%(state)s: %(office)s, %(address)s, in %(language)s") % words
    if each.written_at is None:
        return said
    return f"{said} ({_('written to on %(day)s') % {'day': date_words(each.written_at)}})"


class LetterPressForm(AccessibleForm):
    """For a receipt that needs no more than what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SetAsideForm(AccessibleForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is set aside"),
        help_text=gettext_lazy("Colleagues read it here. The mission is not told: write to it yourself."),
        error_messages={"required": gettext_lazy("Say why it is set aside.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class MissionLinkForm(NoteFields):
    """The note verbale of a mission with the focal point and experts whom it names.

    A person of whom nothing is filled in is none. What is wrong with anything the service says, by field. ``seen``: for
    which link the page was made, which its view compares.
    """

    marks_optional_fields = False
    field_order = ("reviews", "number", "dated_on", "scan")

    reviews = forms.MultipleChoiceField(
        label=gettext_lazy("Reviews"),
        help_text=gettext_lazy("The people below are named for each review that you choose."),
        error_messages={"required": gettext_lazy("Choose the review, or several.")},
        widget=forms.CheckboxSelectMultiple,
    )
    scan = ScanField(error_messages={"required": gettext_lazy("Attach the scanned note.")})
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, waiting: Sequence[UnnamedReview], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviews"].choices = [  # type: ignore[attr-defined]
            (each.review.code, describe_waiting(each)) for each in waiting
        ]
        most = settings.UPLOAD_MAXIMUM_MEGABYTES
        hint = ngettext(
            "PDF, PNG or JPEG, at most %(most)d megabyte.", "PDF, PNG or JPEG, at most %(most)d megabytes.", most
        )
        self.fields["scan"].help_text = hint % {"most": most}
        self.fields["number"].label = _("Number of the note verbale")
        for prefix, _role in _people():
            for name, field in _person_fields().items():
                self.fields[f"{prefix}-{name}"] = field

    @property
    def note_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("reviews", "number", "dated_on", "scan")]

    @property
    def groups(self) -> list[tuple[str | Promise, list[forms.BoundField], bool]]:
        """For the page: each person's title and fields, and whether any of these is filled in or wrong."""
        return [
            (_title(prefix), fields := [self[f"{prefix}-{name}"] for name in _person_fields()], self._is_open(fields))
            for prefix, _role in _people()
        ]

    def _is_open(self, fields: Sequence[forms.BoundField]) -> bool:
        return any(field.errors or (field.value() and not field.name.endswith("-language")) for field in fields)

    @property
    def given(self) -> MissionInput:
        """What the service takes (after validation)."""
        given = self.cleaned_data
        return MissionInput(given["number"], given["dated_on"], given["scan"], given["reviews"], list(self._named()))

    def _named(self) -> Iterator[PersonInput]:
        for prefix, role in _people():
            words = {name: one_line(self.cleaned_data[f"{prefix}-{name}"]) for name in _person_fields()}
            words["email"] = kept_address(words["email"])
            if any(value for name, value in words.items() if name != "language"):
                yield PersonInput(field=prefix, role=role, **words)


def describe_waiting(each: UnnamedReview) -> str:
    """The review, whose it is, and on which side the State stands."""
    words = {"code": isolated(each.review.code), "state": each.review.state_under_review, "side": each.side.label}
    return _("%(code)s: review of %(state)s (%(side)s)") % words


def _people() -> list[tuple[str, str]]:
    experts = [(f"expert{number}", ParticipationRole.GOVERNMENTAL_EXPERT.value) for number in range(1, EXPERTS + 1)]
    return [("focal", ParticipationRole.FOCAL_POINT.value), *experts]


def _title(prefix: str) -> str:
    if prefix == "focal":
        return _("Focal point")
    return _("Governmental expert %(number)d") % {"number": int(prefix.removeprefix("expert"))}


def _person_fields() -> dict[str, forms.Field]:
    def words(label: Any) -> forms.CharField:
        return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=_AUTO))

    language = get_language() or "en"
    return {
        "full_name": words(gettext_lazy("Name")),
        "job_title": words(gettext_lazy("Title")),
        "organization": words(gettext_lazy("Ministry or office")),
        "email": forms.CharField(
            label=gettext_lazy("E-mail address"),
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        ),
        "language": forms.ChoiceField(
            label=gettext_lazy("Language"), choices=UN_LANGUAGES, required=False, initial=language
        ),
    }
