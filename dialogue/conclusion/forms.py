from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.states.models import StateParty
from core.web.forms import AccessibleForm
from dialogue.conclusion.selectors import Conclusion


def _words(label: Any, *, help_text: Any, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class _OverRequests(AccessibleForm):
    """``shown``: what was open on the page (``Conclusion.shown``)."""

    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def _covers(requests: int, threads: int) -> str:
    """What a yes says, by what is open."""
    if requests and threads:
        words = _("Yes, although something is open: requests for clarification (%(requests)d), threads (%(threads)d)")
        return words % {"requests": requests, "threads": threads}
    if threads:
        words = ngettext(
            "Yes, although %(number)d thread of messages is open",
            "Yes, although %(number)d threads of messages are open",
            threads,
        )
        return words % {"number": threads}
    words = ngettext(
        "Yes, although %(number)d request for clarification has no answer yet",
        "Yes, although %(number)d requests for clarification have no answer yet",
        requests,
    )
    return words % {"number": requests} if requests else _("Yes, it is concluded")


class ConclusionForm(_OverRequests):
    """The word of one State. A yes names what it covers."""

    agrees = forms.ChoiceField(
        label=gettext_lazy("Does your State agree that the dialogue is concluded?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether your State agrees.")},
    )
    note = _words(
        gettext_lazy("Note to the other States"),
        help_text=gettext_lazy("All who take part in the review can read it."),
        required=False,
    )

    def __init__(self, *args: Any, conclusion: Conclusion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = _covers(len(conclusion.open_requests), len(conclusion.open_threads))
        self.fields["agrees"].choices = [("yes", yes), ("no", _("Not yet"))]  # type: ignore[attr-defined]

    def clean_agrees(self) -> bool:
        return bool(self.cleaned_data["agrees"] == "yes")


class ConclusionRecordForm(_OverRequests):
    """That a State gave its word in another place."""

    state = forms.ChoiceField(
        label=gettext_lazy("State that agreed"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the State.")},
    )
    how = _words(
        gettext_lazy("How it agreed"),
        help_text=gettext_lazy("For instance by a note verbale, with its number. All who take part can read it."),
        required=True,
    )

    def __init__(self, *args: Any, conclusion: Conclusion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._missing = {state.iso3: state for state in conclusion.missing}
        self.fields["state"].choices = [*self._missing.items()]  # type: ignore[attr-defined]

    def clean_state(self) -> StateParty:
        return self._missing[self.cleaned_data["state"]]
