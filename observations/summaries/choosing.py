"""The page on which it is chosen what a summary is made of; each press is one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import OutdatedError, ServiceError, found
from core.language.word_counts import count_words
from observations.summaries.arranging import leave_out, merge_passages, place_passage, put_in
from observations.summaries.enums import ArrangeAct
from observations.summaries.forms import ArrangeForm
from observations.summaries.selectors import (
    numbers_of,
    passage_drafts_visible_to,
    passages_with_sources,
    places_of,
    token_of,
)
from observations.texts import BelowText, observations_left_out
from observations.texts.enums import TextAction, TextKind
from observations.texts.models import AgreedText, Observation, SummaryPassage
from observations.versions import StandingVersionPage, shown_of_text
from observations.wording import document_of, word_count_of
from reviews.capacities import capacity_of
from reviews.drafts import Shown, WritingView


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """``others``: into which it can be merged; ``place`` of ``places`` among those on the same articles."""

    passage: SummaryPassage
    words: int
    others: Sequence[SummaryPassage]
    place: int
    places: int
    has_own_draft: bool


@dataclass(frozen=True, slots=True)
class LeftOutObservation:
    """An agreed observation on which no passage draws, and the passages under its heading."""

    observation: Observation
    passages: Sequence[SummaryPassage]


@dataclass(frozen=True, slots=True)
class Arranged:
    """What was done, in words, and where on the page it shows."""

    message: str
    number: int


class PassageArrangeView(BelowText, StandingVersionPage, WritingView):
    policy_action = TextAction.EDIT_SUMMARY
    read_action = TextAction.VIEW
    form_class = ArrangeForm
    title = gettext_lazy("Choose and merge what the summary draws on")
    template_name = "observations/summaries/passage_arrange.html"

    def get_policy_target(self) -> AgreedText:
        text = super().get_policy_target()
        return found(text if text.kind == TextKind.SUMMARY else None)

    def shown_now(self) -> Shown:
        return shown_of_text(self.text)

    @cached_property
    def passages(self) -> list[SummaryPassage]:
        rows = list(passages_with_sources(self.text))
        for row in rows:
            row.agreed_text = self.text
        return rows

    @cached_property
    def left_out(self) -> list[Observation]:
        return list(observations_left_out(self.text))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            chosen=self._chosen(),
            left_out=[
                LeftOutObservation(each, [row for row in self.passages if row.heading_id == each.heading_id])
                for each in self.left_out
            ],
            seen=token_of(self.passages),
            words_of_all=word_count_of(document_of(self.text)),
            **kwargs,
        )

    def _chosen(self) -> list[ChosenPassage]:
        capacity = capacity_of(self.user, self.review)
        own = capacity.state_party_id if capacity else None
        drafts = passage_drafts_visible_to(self.user, self.text).filter(state_party=own)
        drafted = {draft.passage_id for draft in drafts}
        group_of = {row.pk: group for group in places_of(self.passages) for row in group}
        chosen = []
        for row in sorted(self.passages, key=lambda row: (numbers_of(row), row.heading.order)):  # as the document does
            group = group_of.get(row.pk, [])
            alike = [each for each in self.passages if each.heading_id == row.heading_id and each != row]
            others = [each for each in alike if each.text] if row.text else []
            place, words = group.index(row) + 1 if group else 0, count_words(row.text)
            chosen.append(ChosenPassage(row, words, others, place, len(group), row.pk in drafted))
        return chosen

    def rest(self, form: ArrangeForm, error: ServiceError) -> None:  # type: ignore[override]
        """The page shows what the summary is made of by now."""
        for name in ("passages", "left_out"):
            self.__dict__.pop(name, None)

    def perform(self, form: ArrangeForm) -> Arranged:
        given = form.cleaned_data
        carried = {"actor": self.user, "seen": given["seen"], "shown": given["shown"]}
        if given["act"] == ArrangeAct.PUT_IN:
            return self._put_in(given, carried)
        passage = self._passage(given["passage"])
        acts = {ArrangeAct.MERGE: self._merge, ArrangeAct.LEAVE_OUT: self._leave_out, ArrangeAct.PLACE: self._place}
        return acts[ArrangeAct(given["act"])](passage, given, carried)

    def _put_in(self, given: dict[str, Any], carried: dict[str, Any]) -> Arranged:
        into, observation = self._passage(given["into"]), _one(self.left_out, given["observation"])
        put_in(observation=observation, passage=into, **carried)
        return Arranged(_("The observation stands in passage %(number)d now.") % {"number": into.order}, into.order)

    def _merge(self, passage: SummaryPassage, given: dict[str, Any], carried: dict[str, Any]) -> Arranged:
        into = self._passage(given["into"])
        merge_passages(passage=passage, into=into, **carried)
        message = _("The words of passage %(number)d stand behind those of passage %(into)d now.")
        return Arranged(message % {"number": passage.order, "into": into.order}, into.order)

    def _leave_out(self, passage: SummaryPassage, given: dict[str, Any], carried: dict[str, Any]) -> Arranged:
        observation = _one(list(passage.observations.all()), given["observation"])
        if leave_out(passage=passage, observation=observation, **carried):
            return Arranged(_("The observation is left out of the summary, and its words are gone."), passage.order)
        message = _("Passage %(number)d draws on it no more. Its words stay as people have written them: shorten them.")
        return Arranged(message % {"number": passage.order}, passage.order)

    def _place(self, passage: SummaryPassage, given: dict[str, Any], carried: dict[str, Any]) -> Arranged:
        place_passage(passage=passage, place=given["place"] or 0, **carried)
        return Arranged(_("The order is changed."), passage.order)

    def _passage(self, number: int | None) -> SummaryPassage:
        row = next((row for row in self.passages if row.order == number), None)
        if row is None:
            raise ServiceError(_("The summary has no such passage."), field="into")
        return row

    def success_message_for(self, result: Arranged) -> str:
        return result.message

    def success_url_for(self, result: Arranged) -> str:
        return f"{self.request.path}#passage-{result.number}"


def _one(rows: Sequence[Observation], key: Any) -> Observation:
    row = next((each for each in rows if each.pk == key), None)
    if row is None:
        raise OutdatedError(_("The summary has changed since you opened this page. Below is how it stands now."))
    return row
