"""The base of the pages on which a version stands."""

from typing import Any

from django.utils.functional import cached_property

from accounts.states.models import StateParty
from observations.texts import TextPage
from observations.texts.enums import TextKind
from observations.texts.models import TextVersion
from observations.versions.agreements import TextAgreement, agreement_on_text
from observations.versions.selectors import standing_version
from reviews.capacities import capacity_of
from reviews.cases import limit_of


class StandingVersionPage(TextPage):
    """A page of a text and of its standing version."""

    @cached_property
    def agreement(self) -> TextAgreement:
        return agreement_on_text(self.text, self.version)

    @cached_property
    def version(self) -> TextVersion | None:
        return standing_version(self.text)

    @cached_property
    def own_state(self) -> StateParty | None:
        """The reader's State, where it is one of those that agree on the text."""
        capacity = capacity_of(self.user, self.review)
        return next(
            (state for state in self.agreement.parties if capacity and state.pk == capacity.state_party_id), None
        )

    @property
    def limit(self) -> int | None:
        """How many words the text may have at most."""
        return limit_of(self.review, "summary_words").value if self.text.kind == TextKind.SUMMARY else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            agreement=self.agreement, version=self.version, own_state=self.own_state, limit=self.limit, **kwargs
        )
