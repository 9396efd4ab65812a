from typing import Any

from core.web.forms.base import AccessibleForm


class TextForm(AccessibleForm):
    """A form whose ``text`` is written in one language, which its field says."""

    marks_optional_fields = False

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language
