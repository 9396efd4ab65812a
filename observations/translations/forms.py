"""Forms of translations: to order one, to write it segment by segment, to confirm it, and to bring a file back."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from core.documents.xliff import ENDING, MOST_BYTES
from core.errors import ServiceError
from core.language.i18n import interface_languages
from core.web.forms import AccessibleForm, UploadForm
from observations.translations.files import FileReading, kind_words
from observations.translations.segments import DRAFT, mark_of
from observations.translations.selectors import TranslatedSegment

TEXT, READ = "-text", "-read"  # after the key of a segment
ALL_READ = "all_read"


class OrderForm(AccessibleForm):
    """``sha256``: that of the version which the page has shown."""

    language = forms.ChoiceField(
        label=gettext_lazy("Into which language?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the language.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the translator"),
        max_length=254,  # what an account has room for
        help_text=gettext_lazy("A person who is new here receives a mail with a link to set up the account."),
        error_messages={"required": gettext_lazy("Enter the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        error_messages={"required": gettext_lazy("Enter the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    own_language = forms.ChoiceField(
        label=gettext_lazy("Language of the translator’s pages"),
        choices=interface_languages,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        error_messages={"required": gettext_lazy("Say until when it is needed.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("To the translator, who reads nothing else of this review but the text."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["due_on"].widget.attrs["min"] = timezone.localdate().isoformat()


class TextTranslationForm(AccessibleForm):
    """A box for each segment; of a draft also whether somebody has read it.

    ``base``: the revision shown; ``shown``: marks of what stood in the boxes, in their order. What was not touched is
    not saved: it would undo what a colleague has written there meanwhile.
    """

    marks_optional_fields = False

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, segments: Sequence[TranslatedSegment], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.segments = segments
        for each in segments:
            words = {"segment": kind_words(each.segment)}
            rows = max(2, max(len(each.segment.source), len(each.text)) // 45 + 1)
            self.fields[each.segment.key + TEXT] = forms.CharField(
                label=_("Translation: %(segment)s") % words,
                required=False,
                strip=False,
                initial=each.text,
                widget=forms.Textarea(attrs={"rows": rows, "dir": "auto", "lang": language}),
            )
            if each.is_unread:
                self.fields[each.segment.key + READ] = forms.BooleanField(
                    label=_("I have read this draft"), required=False
                )
        if self._of_file:
            self.fields[ALL_READ] = forms.BooleanField(
                label=_("I have read all that the file did not call final"), required=False
            )

    def refuse(self, error: ServiceError) -> None:
        """A service names a segment by its key."""
        if error.field and error.field + TEXT in self.fields:
            error.field += TEXT
        super().refuse(error)

    @property
    def _of_file(self) -> set[str]:
        return {each.segment.key for each in self.segments if each.is_unread and each.origin == DRAFT}

    @property
    def _shown(self) -> dict[str, str]:
        """The marks by the keys; none where the page does not say them."""
        marks = self.cleaned_data["shown"].split()
        keys = [each.segment.key for each in self.segments]
        return dict(zip(keys, marks, strict=True)) if len(marks) == len(keys) else {}

    @property
    def _touched(self) -> set[str]:
        """Keys of the boxes that hold something else than the page has shown."""
        keys, shown = (each.segment.key for each in self.segments), self._shown
        sent = {key: self.cleaned_data[key + TEXT] for key in keys if key + TEXT in self.data}
        return {key for key, text in sent.items() if mark_of(text) != shown.get(key)}

    @property
    def texts(self) -> dict[str, str]:
        keys = self._touched | self.read
        return {key: self.cleaned_data[key + TEXT] for key in keys if key + TEXT in self.data}

    @property
    def read(self) -> set[str]:
        ticked = {each.segment.key for each in self.segments if self.cleaned_data.get(each.segment.key + READ)}
        return ticked | self._of_file if self.cleaned_data.get(ALL_READ) else ticked

    def rest_on_segments(self, now: Sequence[TranslatedSegment]) -> None:
        """Make the form rest on what stands by now, and show that in the boxes that were not touched."""
        touched, shown = self._touched, self._shown
        carried = {ALL_READ: "", "shown": marks_of(now)}
        for each in now:
            key = each.segment.key
            if key not in touched:
                carried[key + TEXT] = each.text
            if each.mark != shown.get(key):
                carried[key + READ] = ""  # something else was read
        self.carry(**carried)


def marks_of(segments: Sequence[TranslatedSegment]) -> str:
    """What the boxes of these show; see ``TextTranslationForm``."""
    return " ".join(each.mark for each in segments)


class ConfirmTranslationForm(AccessibleForm):
    """``sha256``: that of the wording which the page has shown."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)


class HandInForm(AccessibleForm):
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class TranslationFileForm(UploadForm):
    """A file of a translator's tool; nothing of it is kept before it is confirmed."""

    label = gettext_lazy("File with the translation")
    endings = (ENDING, ".xliff")
    megabytes = MOST_BYTES // 1_000_000
    hint = gettext_lazy("XLIFF 2, made of the file that this page gives. At most %(megabytes)d MB.")

    def __init__(self, *args: Any, read: Callable[[bytes], FileReading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read_into = read
        self.reading: FileReading | None = None

    def read(self, name: str, content: bytes) -> Sequence[Any]:
        self.reading = self.read_into(content)
        return self.reading.changes


class TakeFileForm(AccessibleForm):
    """``sheet``: what was read of a file and shown, signed."""

    sheet = forms.CharField(widget=forms.HiddenInput)
