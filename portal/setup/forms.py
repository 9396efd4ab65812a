"""Forms in which the institution makes the portal its own."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.institution.looks import OWN_ACCENT, OWN_COLOUR
from core.language.i18n import OWN_NAMES
from core.time.time_zones import zone_choices
from core.web.forms import AccessibleForm


def _spoken() -> list[tuple[str, str]]:
    return [(code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES]


class SetupForm(AccessibleForm):
    """``seen``: what the writer was shown (``portal.setup.selectors.seen_of``)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    marks_optional_fields: ClassVar[bool] = False


class NamesForm(SetupForm):
    """A name and a short one in each language of the pages; that of the main language is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, own_name in _spoken():
            self._add(f"name_{code}", code, own_name, 100, _("Name (%(language)s)"))
        for code, own_name in _spoken():
            self._add(f"short_name_{code}", code, own_name, 30, _("Short name (%(language)s)"))

    def _add(self, name: str, code: str, own_name: str, most: int, label: Any) -> None:
        self.fields[name] = forms.CharField(
            label=label % {"language": own_name},
            max_length=most,
            required=False,
            widget=forms.TextInput(attrs={"dir": "auto", "lang": code}),
        )

    def by_language(self, column: str) -> dict[str, str]:
        return {code: self.cleaned_data[f"{column}_{code}"] for code, _name in _spoken()}


class LooksForm(SetupForm):
    colour = forms.CharField(
        label=_("Main colour"),
        help_text=_("Of the bar, of buttons and of links. White words are read on it."),
        widget=forms.TextInput(attrs={"type": "color", "class": "app-colour"}),
    )
    accent = forms.CharField(
        label=_("Second colour"),
        help_text=_("Of marks in pictures, such as today’s date."),
        widget=forms.TextInput(attrs={"type": "color", "class": "app-colour"}),
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("A PNG or JPEG of at most 512 kB. It is shown on white, 32 pixels high."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
    is_without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["is_without_logo"]

    def clean_colour(self) -> str:
        return self._unless(OWN_COLOUR, "colour")

    def clean_accent(self) -> str:
        return self._unless(OWN_ACCENT, "accent")

    def _unless(self, own: str, name: str) -> str:
        """A field of colours always holds one: the one with which the portal comes is none of the institution."""
        value: str = self.cleaned_data[name].strip().lower()
        return "" if value == own else value


class LanguagesForm(SetupForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages in which the pages are offered"),
        choices=_spoken,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone of the secretariat"),
        help_text=_("Pages and mails show times of day in it to whoever has chosen no other."),
        choices=lambda: [("", _("Choose one")), *zone_choices()],
        required=False,
        widget=forms.Select(attrs={"dir": "auto"}),
    )
