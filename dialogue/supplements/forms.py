from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from core.files.uploads import ACCEPTED, accepted_kinds
from core.language.i18n import isolated
from dialogue.exchange.enums import CHOSEN_KINDS, SupplementKind
from dialogue.exchange.models import SupplementaryInformation
from dialogue.supplements.services import SupplementInput
from reviews.drafts import WritingForm

WRITTEN = ("kind", "title", "answers_to", "information", "pages", "link")
_GIVEN = (*WRITTEN, "file")


class SupplementForm(WritingForm):
    """A source: its title, and where it is found. What is wrong with it the service says, by field."""

    kind_given = SupplementKind.SOURCE

    title = forms.CharField(
        label=pgettext_lazy("of a work", "Title"),
        help_text=gettext_lazy("As the list of observations will name it."),
        error_messages={"required": gettext_lazy("Give the title.")},
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
        given = {name: self.cleaned_data[name] for name in _GIVEN if name in self.fields}
        return SupplementInput(**{"kind": self.kind_given, **given})

    @property
    def unsaved(self) -> str:
        """What was chosen and typed, to be put beside what a colleague has saved (``text`` of the model)."""
        typed = [self[name].value() for name in WRITTEN if name in self.fields]
        words = dict(self.fields["kind"].choices) if "kind" in self.fields else {}  # type: ignore[attr-defined]
        return "\n".join(str(words.get(value, value)) for value in typed if value)


class OfAnswerForm(SupplementForm):
    """A source that is the answer to a request for clarification: the portal holds what was written."""

    pages = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].help_text = gettext_lazy("Where what you answered is public, if it is.")


class OfferForm(SupplementForm):
    """A law or a decision of a court that helps others to understand the legal system."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you offer?"),
        choices=[(each.value, each.label) for each in CHOSEN_KINDS],
        initial=SupplementKind.LAW,
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "title", "pages", "link", "file")


class VoluntaryForm(SupplementForm):
    """Information outside of the official numbering."""

    kind_given = SupplementKind.VOLUNTARY
    pages = None  # type: ignore[assignment]
    answers_to = forms.CharField(
        label=gettext_lazy("What does it respond to?"),
        help_text=gettext_lazy("As you would cite it, for instance a resolution and its paragraph."),
        error_messages={
            "required": gettext_lazy("Say what this responds to, for instance a paragraph of a resolution.")
        },
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    information = forms.CharField(
        label=gettext_lazy("Information"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "data-editor": ""}),
    )
    field_order = ("answers_to", "title", "information", "link", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = gettext_lazy("As those who read it will find it.")
        self.fields["link"].help_text = gettext_lazy("Where more of it is public, if it is.")


FORM_OF: dict[str, type[SupplementForm]] = {
    SupplementKind.SOURCE: SupplementForm,
    SupplementKind.LAW: OfferForm,
    SupplementKind.DECISION: OfferForm,
    SupplementKind.VOLUNTARY: VoluntaryForm,
}
