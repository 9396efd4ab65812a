from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from observations.needs import NeedFieldset, NeedInput, need_fields, need_rows, needs_in, put_needs, rows_shown
from observations.needs.models import AssistanceType
from observations.observations.links import KINDS, ShownLink
from observations.observations.marks import mark_of_links, mark_of_needs
from observations.texts import LayForm
from observations.texts.models import ObservationHeading
from questionnaires.definitions import Item, PlacedSection
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import ItemState, ReadSection
from questionnaires.responses.enums import AnswerState
from reviews.drafts import WritingForm
from reviews.programme.models import Article


@dataclass(frozen=True, slots=True)
class GroundBox:
    """A question that the observation may rest on."""

    item: Item
    id: str
    is_checked: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class GroundSection:
    """The questions of a section; it stands open where it belongs to a chosen article or holds a chosen question."""

    place: PlacedSection
    boxes: Sequence[GroundBox]
    is_open: bool

    @property
    def chosen(self) -> int:
        return sum(box.is_checked for box in self.boxes)


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """What can be linked of one kind; it stands open where something of it is ticked."""

    name: str | Promise
    links: Sequence[ShownLink]
    chosen: int


class WithdrawForm(LayForm):
    """``reason``: why; needed on the shared table, and not asked for of a draft, of which nobody reads it."""

    marks_optional_fields = False

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("Whoever reads the observation now reads this too."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, is_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_draft:
            del self.fields["reason"]


class ObservationForm(WritingForm):
    """One observation; ``sections`` hold the questions to choose from, ``types`` those of assistance.

    ``needs``: those that stand. What was posted by a form without needs, as the desk has one, leaves them (None).
    ``stood``: marks of the needs and links that the writer was shown, for ``take_up``.
    """

    heading = forms.ChoiceField(
        label=_("Heading"), widget=forms.RadioSelect, error_messages={"required": _("Choose a heading.")}
    )
    articles = forms.MultipleChoiceField(
        label=_("Articles"),
        help_text=_("One, or several that belong together."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": _("Choose at least one article.")},
    )
    text = forms.CharField(
        label=_("Observation"),
        help_text=_(
            "You may structure your text: a blank line between paragraphs, a dash before each point of a list, "
            "**two stars** for bold."
        ),
        widget=forms.Textarea(attrs={"class": "app-answer-text", "data-editor": "", "dir": "auto", "rows": 8}),
        error_messages={"required": _("Write the observation.")},
    )
    question_codes = forms.MultipleChoiceField(
        label=_("Answers that it rests on"),
        help_text=_("Whoever reads the observation can go from it to these answers."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    links = forms.MultipleChoiceField(
        label=_("Linked with"),
        help_text=_("Laws and what was sent in the exchange. Each reader sees of it what he or she may read."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among what is listed; something of it was taken back meanwhile.")},
    )
    links_shown = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)
    stood = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        headings: Sequence[ObservationHeading],
        articles: Sequence[Article],
        sections: Sequence[ReadSection],
        language: str,
        links: Sequence[ShownLink] = (),
        types: Sequence[AssistanceType] = (),
        needs: Sequence[NeedInput] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings_by_kind = {heading.kind: heading for heading in headings}
        self.articles_by_number = {str(article.number): article for article in articles}
        self.sections = sections
        choices = {
            "heading": [(kind, heading.name) for kind, heading in self.headings_by_kind.items()],
            "articles": [(number, str(article)) for number, article in self.articles_by_number.items()],
            "question_codes": [(state.item.code,) * 2 for section in sections for state in section.items],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs["lang"] = language
        self.offered_links = links
        self.fields["links"].choices = [(link.value,) * 2 for link in links]  # type: ignore[attr-defined]
        self.types = {each.key: each for each in types}
        self.offered = {link.value for link in links}
        self._show_rows(rows_shown(self.data if self.is_bound else None, len(needs)))
        self.initial["stood"] = self._stood(needs, self.initial.get("links", ()))

    def _show_rows(self, rows: int) -> None:
        articles = [(number, str(article)) for number, article in self.articles_by_number.items()]
        self.rows = rows
        self.fields |= need_fields(list(self.types.values()), articles, rows)

    def _stood(self, needs: Sequence[NeedInput], links: Iterable[str]) -> str:
        return f"{mark_of_needs(needs)}:{mark_of_links(self.offered.intersection(links))}"

    def take_up(self, needs: Sequence[NeedInput], links: Sequence[str]) -> frozenset[str]:
        """After a colleague's save: what the writer left as it was shown becomes what stands by now.

        ``needs`` and ``links`` are those of now. Gives the names of what both have changed, which stays as typed.
        """
        given, both = self.cleaned_data, set()
        then, now = given["stood"].split(":"), self._stood(needs, links)
        if given["needs"] is not None and now.split(":")[0] != then[0]:
            if mark_of_needs(given["needs"]) == then[0]:
                self.data = put_needs(self.data, needs)
                self._show_rows(rows_shown(self.data, len(needs)))
            else:
                both.add("needs")
        if given["links"] is not None and now.split(":")[1] != then[-1]:
            if mark_of_links(given["links"]) == then[-1]:
                self.data = self.data.copy()  # type: ignore[attr-defined]
                self.data.setlist("links", [link for link in links if link in self.offered])  # type: ignore[attr-defined]
            else:
                both.add("links")
        self.carry(stood=now)
        return frozenset(both)

    def clean_heading(self) -> ObservationHeading:
        return self.headings_by_kind[self.cleaned_data["heading"]]

    def clean_articles(self) -> list[Article]:
        return [self.articles_by_number[number] for number in self.cleaned_data["articles"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        found = needs_in(given, self.types)
        for number, need in found:
            if need is None:
                self.add_error(
                    f"need-{number}-type", _("Need %(number)s: choose the type of assistance.") % {"number": number}
                )
        needs = [need for _number, need in found if need is not None]
        given["links"] = given.get("links") if given.get("links_shown") else None
        given["links_stood"] = given.get("stood", "").split(":")[-1]
        given["needs"] = needs if given.get("needs_shown") is not None else None
        # The service counts the needs, and the form its rows, of which some may be empty.
        self.fields_of_service = {  # type: ignore[misc]
            f"need-{place}-{name}": f"need-{number}-{name}"
            for place, (number, _need) in enumerate(found, start=1)
            for name in ("type", "articles", "priority", "received", "received_from", "description")
        }
        return given

    @property
    def need_rows(self) -> list[NeedFieldset]:
        return need_rows(self, self.rows)

    @property
    def chosen_links(self) -> set[str]:
        return set(self["links"].value() or ())

    @property
    def link_groups(self) -> list[LinkGroup]:
        groups = []
        for kind in dict.fromkeys(link.kind for link in self.offered_links):
            links = [link for link in self.offered_links if link.kind == kind]
            groups.append(LinkGroup(KINDS[kind], links, sum(link.value in self.chosen_links for link in links)))
        return groups

    @property
    def ground_sections(self) -> list[GroundSection]:
        """What was asked, section by section, with what is chosen now."""
        chosen = set(self["question_codes"].value() or ())
        articles = {str(number) for number in self["articles"].value() or ()}
        ids = (f"{self['question_codes'].auto_id}_{number}" for number in count())
        sections = []
        for section in self.sections:
            states = [state for state in section.items if _is_offered(state) or state.item.code in chosen]
            boxes = [_box(state, next(ids), state.item.code in chosen) for state in states]
            is_open = any(box.is_checked for box in boxes) or not articles.isdisjoint(section.place.section.articles)
            sections.append(GroundSection(section.place, boxes, is_open))
        return [section for section in sections if section.boxes]


def _is_offered(state: ItemState) -> bool:
    return state.is_asked and state.item.kind != QuestionKind.GROUP


def _box(state: ItemState, box_id: str, is_checked: bool) -> GroundBox:
    return GroundBox(state.item, box_id, is_checked, is_answered=state.state == AnswerState.ANSWERED)
