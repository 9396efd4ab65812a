"""The page that tells how a passage of a summary came to say what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.language.differences import Run, word_differences
from observations.summaries.models import PassageRevision
from observations.summaries.selectors import get_passage, revisions_of
from observations.texts import BelowText
from observations.texts.enums import TextAction
from observations.texts.models import SummaryPassage


@dataclass(frozen=True, slots=True)
class PassageSave:
    """One save of a passage, and what it changed against the one before it."""

    revision: PassageRevision
    text: Sequence[Run]


class PassageHistoryView(BelowText, TemplateView):
    """Who wrote what and when, for all who read the summary: nobody writes a passage but on the shared table."""

    policy_action = TextAction.VIEW
    title = gettext_lazy("History of a passage")
    template_name = "observations/summaries/passage_history.html"

    @cached_property
    def passage(self) -> SummaryPassage:
        return get_passage(self.text, self.kwargs["order"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(passage=self.passage, steps=list(self._steps()), **kwargs)

    def _steps(self) -> Iterator[PassageSave]:
        """The last first; the first of all has nothing before it."""
        revisions = list(revisions_of(self.passage))
        for revision, before in pairwise([*revisions, *revisions[-1:]]):
            yield PassageSave(revision, word_differences(before.text, revision.text))
