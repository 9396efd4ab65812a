from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.language.i18n import Language, language
from core.web.forms import AccessibleForm
from questionnaires.definitions import index_of, instrument_names
from questionnaires.progress import ReadSection
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sharing.sieve import AnswersChoice, every_section, hash_of_choice, section_key
from questionnaires.submissions import sent_parts

ALL = "all"
_SMALL = {"class": "govuk-checkboxes--small"}


class StandingShareForm(AccessibleForm):
    """``number``: that of what an audience reads as the page was opened; 0 for nothing."""

    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_number(self) -> int:
        return self.cleaned_data["number"] or 0


class ShareAnswersForm(StandingShareForm):
    """What others are to read: nothing that is not chosen. ``sha256``: of what the page shows of it."""

    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
        error_messages={"required": _("Choose at least one section.")},
    )
    laws = forms.MultipleChoiceField(
        label=_("Laws, with what your library says of them"),
        help_text=_("A law goes out where an answer of a chosen section cites it. Answers name laws in any case."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
    )
    law_files = forms.MultipleChoiceField(
        label=_("Files of these laws"),
        help_text=_("A file goes out with its law."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
    )
    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: ResponseSubmission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission
        laws = submission.document.get("laws", ())
        self._offer("sections", [(ALL, _("All sections")), *_sections(submission)])
        self._offer("laws", [(law["entry"], _said(law["title"])) for law in laws])
        self._offer("law_files", [(_said(law["title"]), _files(law)) for law in laws if law.get("files")])

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        if not choices:
            del self.fields[name]

    @property
    def choice(self) -> AnswersChoice:
        """What is chosen, also where the form is not valid: then what of it makes sense."""
        given: Mapping[str, Any] = self.cleaned_data if self.is_bound else self.initial
        sections, laws, files = (tuple(given.get(name, ())) for name in ("sections", "laws", "law_files"))
        return AnswersChoice(every_section(self.submission).sections if ALL in sections else sections, laws, files)

    def carry_choice(self) -> None:
        """Make the form, when it is sent again, say what it shows now: each section by itself, and the hash of all."""
        self.carry(sha256=hash_of_choice(self.submission, self.choice))
        data: Any = self.data
        data.setlist(self.add_prefix("sections"), self.choice.sections)


def _files(law: Mapping[str, Any]) -> list[tuple[str, SafeString]]:
    return [(file["file"], _said(file["title"])) for file in law["files"]]


def _said(words: str) -> SafeString:
    """What people of the State have written, in its own direction."""
    return format_html('<bdi dir="auto">{}</bdi>', words)


def _sections(submission: ResponseSubmission) -> list[tuple[str, list[tuple[str, SafeString]]]]:
    """By instrument; the headings are official text in its own language."""
    official = language(index_of(submission.version_id).definition.language)
    parts = sent_parts(submission)
    names = instrument_names(part.part.instrument for part in parts)
    return [
        (names[part.part.instrument], [(section_key(each), _heading(each, official)) for each in part.sections])
        for part in parts
    ]


def _heading(section: ReadSection, official: Language) -> SafeString:
    words = section.place.section.heading
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', official.code, official.direction, words)
