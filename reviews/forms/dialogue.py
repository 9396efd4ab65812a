from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.i18n import isolated
from core.uploads import ACCEPTED, accepted_kinds
from reviews.enums import MeetingMeans
from reviews.forms.writing import ShownForm, WritingForm
from reviews.models import Participation, SupplementaryInformation
from reviews.services.dialogue import SupplementInput


class SupplementForm(WritingForm):
    """A source: its title, and where it is found. What is wrong with it the service says, by field."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("As the list of observations will name it."),
        error_messages={"required": gettext_lazy("Give the title of the source.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    pages = forms.CharField(
        label=gettext_lazy("Relevant pages"),
        help_text=gettext_lazy("As you would cite them, for instance 12–15."),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "dir": "auto"}),
    )
    link = forms.CharField(
        label=gettext_lazy("Link"),
        help_text=gettext_lazy("Where the source is public. Give a link, a file, or both."),
        required=False,
        widget=forms.TextInput(attrs={"type": "url", "dir": "ltr", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,  # the service says what is wrong with it
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )

    def __init__(self, *args: Any, supplement: SupplementaryInformation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.UPLOAD_MAXIMUM_MEGABYTES
        hint = ngettext(
            "One of: %(kinds)s. At most %(most)d megabyte.", "One of: %(kinds)s. At most %(most)d megabytes.", most
        ) % {"kinds": accepted_kinds(), "most": most}
        if supplement is not None and supplement.file:
            replaces = _("A new file takes the place of %(file)s.") % {"file": isolated(supplement.file_name)}
            hint = f"{hint} {replaces}"
        self.fields["file"].help_text = hint

    @property
    def given(self) -> SupplementInput:
        """What the service takes (after validation)."""
        return SupplementInput(**{name: self.cleaned_data[name] for name in ("title", "pages", "link", "file")})

    @property
    def typed(self) -> str:
        """What was typed, to be put beside what a colleague has saved."""
        return "\n".join(str(self[name].value()) for name in ("title", "pages", "link") if self[name].value())

    @property
    def is_file_lost(self) -> bool:
        """A browser does not send a file again with the form that comes back to it."""
        return bool(self.errors and self.files.get("file"))


class MeetingForm(ShownForm):
    """A meeting that was held; those who take part in the review are offered by State."""

    held_on = forms.DateField(
        label=gettext_lazy("Held on"),
        error_messages={"required": gettext_lazy("Give the day of the meeting.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    means = forms.ChoiceField(
        label=gettext_lazy("Means"),
        choices=MeetingMeans.choices,
        error_messages={"required": gettext_lazy("Choose how the meeting was held.")},
        widget=forms.RadioSelect,
    )
    participants = forms.MultipleChoiceField(
        label=gettext_lazy("Who took part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=gettext_lazy("Others who took part"),
        help_text=gettext_lazy("Interpreters, staff of the secretariat, people who do not take part in the review."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    subject = forms.CharField(
        label=gettext_lazy("What was talked about"),
        help_text=gettext_lazy("In a few words. All who take part for a State in this review can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, participations: Sequence[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participations = {str(row.pk): row for row in participations}
        self.fields["participants"].choices = [  # type: ignore[attr-defined]
            (state.name, [(str(row.pk), _describe(row)) for row in rows])
            for state, rows in groupby(participations, key=lambda row: row.state_party)
        ]
        self.fields["held_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_participants(self) -> list[Participation]:
        return [self.participations[key] for key in self.cleaned_data["participants"]]


def _describe(row: Participation) -> str:
    return _("%(person)s, %(role)s") % {"person": isolated(str(row.user)), "role": row.get_role_display()}
