from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import FilterForm
from lots.ceremony import Turn


class ResultFilterForm(FilterForm):
    """Which States of a result to show; what makes no sense is left out."""

    state = forms.CharField(
        label=_("State or code"), required=False, max_length=100, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    region = forms.ChoiceField(label=_("Regional group"), required=False)

    def __init__(self, *args: Any, turns: Sequence[Turn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = sorted({turn.drawn.regional_group for turn in turns}, key=lambda group: group.order)
        self.fields["region"].choices = [("", _("All"))] + [  # type: ignore[attr-defined]
            (group.slug, group.name) for group in groups
        ]

    @property
    def words(self) -> str:
        """The State that is looked for (after validation)."""
        return str(self.cleaned_data.get("state", ""))

    def narrow(self, turns: Sequence[Turn]) -> list[Turn]:
        """Those of a regional group whose name holds the words, or whose code they are (after validation)."""
        asked, region = self.words.casefold(), self.cleaned_data.get("region", "")
        return [
            turn
            for turn in turns
            if region in ("", turn.drawn.regional_group.slug)
            and (asked in str(turn.drawn.state).casefold() or asked == turn.drawn.state.iso3.casefold())
        ]
