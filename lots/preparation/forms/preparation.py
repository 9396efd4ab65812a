from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from accounts.states import all_states, name_order, regional_groups
from accounts.states.models import StateParty
from core.language.i18n import isolated
from lots.algorithm import Switches
from lots.algorithm.switches import LOADS
from lots.chain import draws_that_began, roles_of
from lots.draws import rules_of
from lots.draws.enums import DrawBasis
from lots.draws.models import Draw, DrawRule
from lots.preparation.forms.draw import REAL, TRAINING, DrawForm, phase_words
from lots.preparation.forms.states import PairsField, StatesField, known_names
from lots.preparation.selectors.inputs import default_switches
from lots.words import value_words
from reviews.programme.models import Mechanism

SOME = "some"
_ON_OFF = ("on", "off")
_LISTS = frozenset({"consent", "volunteer", "redraw", "late"})


@dataclass(frozen=True, slots=True)
class SwitchBlock:
    """A rule that can be set, with the fields that set it."""

    rule: DrawRule
    fields: list[Any]


def _choice_of(*values: str) -> Callable[[str], forms.Field]:
    def build(switch: str) -> forms.Field:
        choices = [(value, value_words(switch, value, {})) for value in values]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)

    return build


def _group_field(_switch: str) -> forms.Field:
    groups = [(group.name_en, group.name) for group in regional_groups()]  # type: ignore[attr-defined]
    return forms.ChoiceField(choices=groups)


def _defer_field(_switch: str) -> forms.Field:
    choices = [("off", _("Nobody defers")), ("on", _("All States defer")), (SOME, _("These States defer"))]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _states_field(_switch: str) -> forms.Field:
    return StatesField()


def _pairs_field(_switch: str) -> forms.Field:
    example = gettext_lazy("One pair a line, by code or name: the State that does not review, >, the other State.")
    return PairsField(help_text=example)


_BUILDERS: Mapping[str, Callable[[str], forms.Field]] = {
    "stratify": _choice_of(*_ON_OFF),
    "load": _choice_of(*LOADS),
    "reio_group": _group_field,
    "legal_system": _choice_of(*_ON_OFF),
    "defer": _defer_field,
    "exclude": _pairs_field,
    **dict.fromkeys(_LISTS, _states_field),
}


class PrepareForm(DrawForm):
    """What is frozen: phase, day, real or fictional States, and each rule that can be set."""

    fields_of_service = {"defer": "defer_states"}
    basis = forms.ChoiceField(
        label=gettext_lazy("What it builds on"),
        help_text=gettext_lazy(
            "The groups are drawn once. Whether teams stay for all phases nobody has decided: the report says what "
            "each answer would mean."
        ),
        choices=DrawBasis.choices,
        initial=DrawBasis.FIRST,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the draw builds on.")},
    )
    supplements = forms.ChoiceField(
        label=gettext_lazy("The draw that is added to"),
        help_text=gettext_lazy(
            "In a supplementary draw: any draw that began a phase, also when later phases are drawn. Phase and States "
            "are those of the draw that is named. What was drawn in other phases stays as it is."
        ),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("This draw is not published any more: choose another one.")},
    )
    replaced = PairsField(
        label=gettext_lazy("Reviewing States that are replaced"),
        help_text=gettext_lazy(
            "In a supplementary draw. One pair a line, by code or name: the State that reviews no longer, >, the State "
            "that it reviews. Its place is drawn; all others stay."
        ),
    )
    # The commitment of what the last report was about: nothing is frozen that was not shown.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, mechanism=mechanism, **kwargs)
        self.states = list(all_states())
        self.began = {draw.code: draw for draw in draws_that_began(mechanism)}
        if chosen := self.began.get(self.initial.get("supplements", "")):
            self.initial.update(_said_by(chosen))
        named: Any = self.fields["supplements"]
        named.choices = [
            ("", _("That of the phase above")),
            *((code, _draw_words(draw)) for code, draw in self.began.items()),
        ]
        self.fields["phase"].required = self.fields["kind"].required = False  # a draw that is named says both
        self.rules = [rule for rule in rules_of(mechanism) if rule.switch in _BUILDERS]
        defaults = default_switches(mechanism).to_json()
        codes = known_names(self.states)
        for rule in self.rules:
            field = self.fields[rule.switch] = _BUILDERS[rule.switch](rule.switch)
            field.label = rule.name
            if rule.switch == "load" and len(roles_of(mechanism)) == 1:  # two duties are one in each of two roles
                field.choices = [choice for choice in field.choices if choice[0] != "two"]  # type: ignore[attr-defined]
            field.initial = _initial(defaults[rule.switch])
            if rule.switch == "defer":
                self.fields["defer_states"] = StatesField(label=_("States that defer"))
        for field in self.fields.values():
            if isinstance(field, StatesField | PairsField):
                field.codes = codes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._take_from_named(cleaned)
        for name in ("phase", "kind"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if "defer" in cleaned and "defer_states" in cleaned:
            if cleaned["defer"] == SOME and not cleaned["defer_states"]:
                self.add_error("defer_states", _("Name the States that defer, or choose another answer."))
            if cleaned["defer"] != SOME and cleaned["defer_states"]:
                message = _(
                    "States are named here, but not asked for above: choose “These States defer” or empty this."
                )
                self.add_error("defer_states", message)
        return cleaned

    def _take_from_named(self, cleaned: dict[str, Any]) -> None:
        """Phase and States are those of the draw that is named, and whoever says something else is told."""
        if not (named := self.began.get(cleaned.get("supplements", ""))):
            return
        if cleaned.get("basis") != DrawBasis.SUPPLEMENTARY:
            message = _("A draw is named in a supplementary draw alone: choose that above, or name none.")
            self.add_error("supplements", message)
            return
        own = _said_by(named)
        if any(cleaned.get(name) and cleaned[name] != value for name, value in own.items()):
            message = _("This is “%(draw)s”: choose that above, or another draw here.")
            self.add_error("supplements", message % {"draw": _draw_words(named)})
        cleaned.update({name: value for name, value in own.items() if not cleaned.get(name)})

    @property
    def blocks(self) -> Iterator[SwitchBlock]:
        """The switches in the order of the rules."""
        for rule in self.rules:
            names = [rule.switch, "defer_states"] if rule.switch == "defer" else [rule.switch]
            yield SwitchBlock(rule, [self[name] for name in names])

    @property
    def listed_states(self) -> list[tuple[str, list[StateParty]]]:
        """All States by name, for looking a code up; the fictional ones apart."""
        states = sorted(self.states, key=name_order)
        return [
            (_("States and organizations"), [state for state in states if not state.is_fictional]),
            (_("Fictional States, for demonstration and training"), [state for state in states if state.is_fictional]),
        ]

    @property
    def basis_chosen(self) -> DrawBasis:
        return DrawBasis(self.cleaned_data["basis"])

    @property
    def pairs_replaced(self) -> list[tuple[str, str]]:
        """Who reviews no longer, and whom, by code."""
        pairs = (pair.partition(">") for pair in self.cleaned_data["replaced"])
        return [(reviewer, state) for reviewer, _arrow, state in pairs]

    def switches(self) -> Switches:
        """What was set (after validation); the switches without a rule are as the algorithm has them."""
        chosen = Switches().to_json() | {rule.switch: self.cleaned_data[rule.switch] for rule in self.rules}
        if chosen["defer"] == SOME:
            chosen["defer"] = self.cleaned_data["defer_states"]
        return Switches.from_json(chosen)


def _said_by(draw: Draw) -> dict[str, str]:
    """What of the form a draw that is named says."""
    return {"phase": str(draw.phase.number), "kind": TRAINING if draw.is_training else REAL}


def _draw_words(draw: Draw) -> str:
    words = _("%(code)s, training (%(phase)s)") if draw.is_training else _("%(code)s (%(phase)s)")
    return words % {"code": isolated(draw.code), "phase": phase_words(draw.phase)}


def _initial(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value
