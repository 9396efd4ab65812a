"""The draft as a focal point would see it: answers are tried, stand in the address alone, and are stored nowhere."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.states import all_states, grouped_states
from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES, language
from core.web.pages import Crumb
from questionnaires.definitions import (
    AnswerValue,
    Item,
    PartDefinition,
    SectionDefinition,
    asked_codes,
    section_applies,
)
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.selectors import findings_of
from questionnaires.editing.views.base import DraftPage, OfSection
from questionnaires.wording import anchor, condition_words, official
from reviews.programme import instruments_in_force_for

DEEPEST_INDENT = 3
WORDS = "-words"  # after the code of an item: some words are given


@dataclass(frozen=True, slots=True)
class TriedOption:
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TriedItem:
    """An item with the answer that is tried, and whether it is asked."""

    item: Item
    options: tuple[TriedOption, ...]
    has_words: bool
    is_asked: bool
    asked_if: str

    @property
    def anchor(self) -> str:
        return anchor(self.item.code)

    @property
    def indent(self) -> int:
        return min(len(self.item.number) - 1, DEEPEST_INDENT)


class BenchPage(DraftPage):
    """What the address says: ``state`` (its code; none: all sections) and ``language`` of the text."""

    policy_action = EditingAction.VIEW

    @cached_property
    def state(self) -> StateParty | None:
        code = self.request.GET.get("state", "")
        return all_states().filter(iso3=code).first() if code else None

    @cached_property
    def joined(self) -> frozenset[str] | None:
        """The instruments that the State is party to; None where no State is chosen."""
        if self.state is None:
            return None
        in_force = instruments_in_force_for(self.state, timezone.localdate())
        return frozenset(each.slug for each in in_force)

    def is_asked(self, part: PartDefinition, section: SectionDefinition) -> bool:
        return self.joined is None or section_applies(part, section, self.joined)

    @property
    def language_code(self) -> str:
        code = self.request.GET.get("language", "")
        return code if code in self.definition.translations else self.definition.language

    def said(self, text: str) -> str:
        """A text in the language that was chosen, where it is translated."""
        return self.definition.translations.get(self.language_code, {}).get(text) or text

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = dict(UN_LANGUAGES)
        codes = [self.definition.language, *self.definition.translations]
        return super().get_context_data(
            state=self.state,
            language_code=self.language_code,
            translations=self.definition.translations.get(self.language_code),
            shown_in=language(self.language_code),
            official_name=names[self.definition.language],
            choices=[(code, names[code]) for code in dict.fromkeys(codes)],
            **kwargs,
        )


class BenchView(BenchPage, TemplateView):
    """For which State the draft is looked at, its sections, and what can be said of its conditions."""

    title = gettext_lazy("Try it out")
    template_name = "questionnaires/editing/bench.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            (part, [self._row(section) for section in part.sections if self.is_asked(part, section)])
            for part in self.definition.parts
        ]
        return super().get_context_data(
            rows=[(part, sections) for part, sections in rows if sections],
            states=[group for group in grouped_states() if group[0]],
            findings=findings_of(self.definition.items()),
            places={item.code: (part, section) for part, section, item in self._placed()},
            **kwargs,
        )

    def _row(self, section: SectionDefinition) -> tuple[SectionDefinition, int, int]:
        return section, len(asked_codes(section.items, {})), len(section.items)

    def _placed(self) -> list[tuple[PartDefinition, SectionDefinition, Item]]:
        parts = self.definition.parts
        return [(part, section, item) for part in parts for section in part.sections for item in section.items]


class BenchSectionView(BenchPage, OfSection, TemplateView):
    template_name = "questionnaires/editing/bench_section.html"

    def get_title(self) -> str:
        said = self.said(self.section.heading)
        is_translated = said != self.section.heading
        return official(said, self.language_code if is_translated else self.definition.language)

    def get_caption(self) -> str:
        return _("Try it out: nothing is stored")

    def get_trail(self) -> list[Crumb]:
        above = f"{self.url('draft-bench')}?{urlencode({'state': self.state.iso3 if self.state else ''})}"
        return [*super().get_trail(), Crumb(_("Try it out"), above)]

    def answers(self) -> dict[str, AnswerValue]:
        """Of what the address names, that which the items can be answered with."""
        found = {}
        for item in self.section.items:
            places = self.request.GET.getlist(item.code)  # of options: their words would make an address too long
            chosen = tuple(option for place, option in enumerate(item.options) if str(place) in places)
            most = len(item.options) if item.kind == "multiple" else 1
            has_words = item.kind != "group" and f"{item.code}{WORDS}" in self.request.GET
            found[item.code] = AnswerValue(chosen[:most], "…" if has_words else "")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answers = self.answers()
        asked = asked_codes(self.section.items, answers)
        tried = [
            TriedItem(
                item=item,
                options=tuple(TriedOption(option, option in answers[item.code].choices) for option in item.options),
                has_words=bool(answers[item.code].text),
                is_asked=item.code in asked,
                asked_if=condition_words(item.condition, self.number_of) if item.condition else "",
            )
            for item in self.section.items
        ]
        return super().get_context_data(
            tried=tried,
            asked_count=len(asked),
            guidance=[*self.part.guidance, *self.section.guidance],
            applies=self.is_asked(self.part, self.section),
            **kwargs,
        )
