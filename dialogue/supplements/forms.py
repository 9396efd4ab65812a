from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.files.uploads import ACCEPTED, accepted_kinds
from core.language.i18n import isolated
from dialogue.exchange.models import SupplementaryInformation
from dialogue.supplements.services import SupplementInput
from reviews.drafts import WritingForm


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
    def unsaved(self) -> str:
        """What was typed, to be put beside what a colleague has saved."""
        return "\n".join(str(self[name].value()) for name in ("title", "pages", "link") if self[name].value())
