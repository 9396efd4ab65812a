"""Forms of what is done with what ministries have, and propose."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _, ngettext

from core.language.i18n import Language, isolated
from core.web.forms import AccessibleForm
from questionnaires.ministries.enums import BodyKind
from questionnaires.ministries.left import LeftBehind
from questionnaires.responses.enums import AssignmentWord
from reviews.cases.models import Participation


class PartAnswerForm(AccessibleForm):
    """``shown``: the part ``as_shown``; ``rest``: the same of the ``number`` others of which nothing is said."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    rest = forms.CharField(required=False, widget=forms.HiddenInput)
    said = forms.ChoiceField(
        label=_("What do you say of it?"),
        choices=[
            (AssignmentWord.DONE, _("We are done")),
            (AssignmentWord.NOT_OURS, _("This is not for our ministry")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    word = forms.CharField(
        label=_("Whom to ask"),
        help_text=_("Where it is not for you: which ministry or office would know. Your focal point reads it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    with_rest = forms.BooleanField(required=False)

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = ngettext(
            "The same of the other part that was sent to me, of which nothing is said",
            "The same of the %(number)s other parts that were sent to me, of which nothing is said",
            number,
        )
        self.fields["with_rest"].label = label % {"number": number}
        if not number:
            del self.fields["with_rest"]


class HandOnForm(AccessibleForm):
    """From whom of those who take part no longer, and to whom."""

    left_by = forms.TypedChoiceField(
        label=_("Who takes part no longer"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whose parts and proposals are handed on.")},
    )
    to = forms.TypedChoiceField(
        label=_("Who goes on with it"),
        help_text=_("Whom you invite on the page of the participants is listed here."),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who goes on with it.")},
    )

    def __init__(
        self, *args: Any, left: Sequence[LeftBehind], contributors: Sequence[Participation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        amount = _("%(who)s: parts %(parts)s, proposals %(proposals)s")
        self.fields["left_by"].choices = [  # type: ignore[attr-defined]
            (
                each.participation.pk,
                amount % {"who": _who(each.participation), "parts": each.parts, "proposals": each.proposals},
            )
            for each in left
        ]
        self.fields["to"].choices = [(each.pk, _who(each)) for each in contributors]  # type: ignore[attr-defined]


def _who(participation: Participation) -> str:
    user = participation.user
    return isolated(", ".join(filter(None, [user.full_name, user.organization])))


class ReturnAnswerForm(AccessibleForm):
    """``returned_at``: of the return that is shown."""

    returned_at = forms.CharField(required=False, widget=forms.HiddenInput)


class ProposalReturnForm(AccessibleForm):
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Why do you return it?"),
        help_text=_("The contributor reads it at the question."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say why you return it.")},
    )


class AdoptForm(AccessibleForm):
    """The official answer as it shall be: what stands there, with what the ministry proposes."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    choices = forms.MultipleChoiceField(label=_("Choice"), required=False)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    with_citations = forms.BooleanField(
        label=_("Add the legal references of the proposal"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, options: Sequence[str], is_multiple: bool, official: Language, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not options:
            del self.fields["choices"]
            return
        widget = forms.CheckboxSelectMultiple() if is_multiple else _OneOf()
        field = self.fields["choices"]
        field.widget = widget
        marked = '<span lang="{}" dir="{}">{}</span>'
        field.choices = [  # type: ignore[attr-defined]
            (option, format_html(marked, official.code, official.direction, option)) for option in options
        ]


class _OneOf(forms.RadioSelect):
    """One option of several, given as a list like any others."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def format_value(self, value: Any) -> list[str]:
        return [str(each) for each in value or []]


class ConsultedBodyForm(AccessibleForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Enter the name.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=BodyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind.")},
    )
    consulted_on = forms.DateField(
        label=_("Consulted on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day.")},
    )
    about = forms.CharField(
        label=_("On what"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
