"""Forms by which a mechanism comes into the portal, and is filled."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy

from core.files.spreadsheet_reading import bounded_content
from core.language.i18n import OWN_NAMES
from core.web.forms import AccessibleForm
from portal.mechanisms.checking.archive import MOST_MEGABYTES
from reviews.programme.enums import EVIDENCE_WORDS, AdherenceKind
from reviews.programme.models import Mechanism


class MechanismFileForm(AccessibleForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The folder of a mechanism as a ZIP file, of at most %(megabytes)d MB.")
        self.fields["file"].help_text = hint % {"megabytes": MOST_MEGABYTES}

    @property
    def content(self) -> bytes:
        return bounded_content(self.cleaned_data["file"], MOST_MEGABYTES)


class EmptyMechanismForm(AccessibleForm):
    """A name and a short name in each language of the pages, of which English is needed."""

    marks_optional_fields = False

    def __init__(self, *args: Any, likes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = sorted(settings.LANGUAGES, key=lambda each: each[0] != "en")
        columns = (("name", _("Name (%(language)s)"), 300), ("short_name", _("Short name (%(language)s)"), 100))
        for name, label, most in columns:
            for code, _language in ordered:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=label % {"language": OWN_NAMES[code]},
                    max_length=most,
                    required=False,
                    widget=forms.TextInput(attrs={"dir": "auto", "lang": code}),
                )
        self.fields["slug"] = forms.CharField(
            label=_("Short name in addresses"),
            help_text=_("Small letters, digits and hyphens, such as “night-sky”. It never changes."),
            max_length=50,
            required=False,
            widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.fields["like"] = forms.ChoiceField(
            label=_("Begin with the steps, limits and rules of"),
            help_text=_(
                "Its steps and their plan, limits, rules of the draw and of reminders, headings and fixed words are "
                "copied, and marked as not looked at; each can be changed. Instruments, articles, clusters, phases and "
                "questionnaires are not."
            ),
            choices=likes,
            widget=forms.RadioSelect,
            initial=likes[0][0] if likes else None,
        )

    def texts(self, column: str) -> dict[str, str]:
        return {code: self.cleaned_data[f"{column}_{code}"] for code, _language in settings.LANGUAGES}


class _LinesForm(AccessibleForm):
    """Rows of one instrument, a line each."""

    instrument: Any = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Instrument"),
        empty_label=None,
    )
    lines = forms.CharField(
        label=gettext_lazy("One a line"),
        error_messages={"required": gettext_lazy("Enter at least one line.")},
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].queryset = mechanism.instruments.order_by("order", "slug")  # type: ignore[attr-defined]


class ArticlesForm(_LinesForm):
    cluster: Any = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Cluster that holds them"),
        help_text=gettext_lazy("An article that is there already may be named here again to bring it into a cluster."),
        empty_label=gettext_lazy("None yet"),
        required=False,
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("How well it is known that the cluster holds them"),
        choices=list(EVIDENCE_WORDS.items()),
    )
    note = forms.CharField(
        label=gettext_lazy("Where that is read"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    field_order = ["instrument", "lines", "cluster", "mark", "note"]

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, mechanism=mechanism, **kwargs)
        self.fields["cluster"].queryset = mechanism.clusters.order_by("number")  # type: ignore[attr-defined]
        self.fields["lines"].help_text = _(
            "Number and English title, such as “3 National plans”. Titles in other languages are entered afterwards."
        )


class PartiesForm(_LinesForm):
    source = forms.CharField(
        label=gettext_lazy("Where this is read"),
        help_text=gettext_lazy("Such as the status of the treaty with its depositary, and the day. Of all lines."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say where this is read.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_verified = forms.BooleanField(label=gettext_lazy("I have read these dates there myself"), required=False)

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, mechanism=mechanism, **kwargs)
        hint = _(
            "Code of the State, day of the deposit and act, such as “KEN; 2004-06-16; accession”. Acts: %(kinds)s."
        )
        self.fields["lines"].help_text = hint % {"kinds": ", ".join(AdherenceKind.values)}
