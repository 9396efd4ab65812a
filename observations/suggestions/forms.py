from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.drafts import WritingForm


class _WordingForm(WritingForm):
    """Of an observation something is left; a passage may be left out of the summary."""

    asked: ClassVar[Any]
    hint: ClassVar[Any]

    text = forms.CharField(
        widget=forms.Textarea(attrs={"class": "app-answer-text", "data-editor": "", "dir": "auto", "rows": 10}),
        error_messages={"required": _("Write how the text is to read.")},
    )

    def __init__(self, *args: Any, is_observation: bool, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.widget.attrs["lang"] = language
        field.label, field.help_text, field.required = self.asked, self.hint, is_observation
        if not is_observation:
            field.help_text = f"{self.hint} {_('A passage that is left empty does not appear in the summary.')}"


class SuggestionForm(_WordingForm):
    """The whole wording that a person would have there; ``base``: the revision of what he or she was shown."""

    asked = _("Wording that you suggest")
    hint = _(
        "Change the text to what it should say. What you change is shown to the others, word by word. "
        "Leave it as it is to say only a word about it."
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("A word to those who decide. It is no part of the text."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AcceptForm(_WordingForm):
    """How the text is to read; it begins as what the suggestion makes of it. ``base``: the revision of the text."""

    asked = _("How the text is to read")
    hint = _("The suggestion is in the box. Take out what you do not accept; what is in the box is saved.")


class RejectForm(WritingForm):
    """A comment is answered by it. ``base``: the revision of the text that the page has shown."""

    reason = forms.CharField(
        label=_("Why do you reject it?"),
        help_text=_("All who read the text read the reason."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say why you reject it.")},
    )

    def __init__(self, *args: Any, is_comment: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_comment:
            field = self.fields["reason"]
            field.label, field.help_text = _("Your answer"), _("All who read the text read the answer.")
            field.error_messages["required"] = _("Write your answer.")
