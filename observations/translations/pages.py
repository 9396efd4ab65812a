"""The base of the pages of one translation: they stand outside of the review, which its translator does not know."""

from abc import abstractmethod
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.language.i18n import in_own_order
from core.policy import can, require
from core.web.pages import Crumb
from core.web.views import PolicyView, ToldWhenDone
from observations.texts.enums import TextAction
from observations.translations.models import TranslationOrder
from observations.translations.selectors import get_order
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.cases.models import Review


class TranslationPage(PolicyView):
    """A page of one translation, for its translator and for the people of the review."""

    policy_target: TranslationOrder

    def get_policy_target(self) -> TranslationOrder:
        return get_order(self.kwargs["pk"])

    @property
    def order(self) -> TranslationOrder:
        return self.policy_target

    @property
    def review(self) -> Review:
        return self.order.review

    def look_again(self) -> None:
        """Take it as it is by now, for whoever still may: the order may have ended since the page was asked for."""
        self.policy_target = self.get_policy_target()
        require(self.user, self.policy_action, self.policy_target)

    @property
    def reads_text(self) -> bool:
        """Whether the reader takes part in the review; the translator of this alone does not."""
        return can(self.user, TextAction.VIEW, self.order.agreed_text)

    def list_url(self) -> str:
        if not self.reads_text:
            return reverse("observations:translation-own")
        return reverse("observations:translation-list", args=[*self._review, *self._text])

    @property
    def _review(self) -> list[str]:
        return [self.order.review.mechanism.slug, self.order.review.code]

    @property
    def _text(self) -> list[str]:
        return [self.order.agreed_text.instrument.slug, self.order.agreed_text.kind]

    def order_url(self) -> str:
        return reverse("observations:translation", args=[self.order.pk])

    def get_about(self) -> str:
        return in_own_order(self.order.symbol)

    def get_caption(self) -> str | Promise:
        return f"{in_own_order(self.order.symbol)} · {self.order.agreed_text.get_kind_display()}"

    def get_trail(self) -> list[Crumb]:
        if not self.reads_text:
            return [Crumb(_("Translations"), self.list_url())]
        text = self.order.agreed_text
        return [
            Crumb(_("Reviews"), reverse("reviews:review-list", args=self._review[:1])),
            Crumb(str(self.order.review), reverse("portal:review-detail", args=self._review)),
            Crumb(text.get_kind_display(), reverse("observations:text-detail", args=[*self._review, *self._text])),
            Crumb(_("Language versions"), self.list_url()),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(order=self.order, reads_text=self.reads_text, **kwargs)  # type: ignore[misc]


class BelowTranslation(TranslationPage):
    """A page below the one on which the translation stands."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(self.order.get_language_display(), self.order_url())]

    def back_url(self) -> str:
        return self.order_url()


class DoneBySpokesperson(ToldWhenDone, BelowTranslation):
    """Before an act that a focal point does once for a State: a second tab, or a colleague, is told that it is done."""

    def done_before(self) -> str:
        capacity = capacity_of(self.user, self.order.review)
        if capacity is None or not capacity.has(Grant.CLEAR):
            return ""
        return self.done_by(capacity.state_party_id)

    @abstractmethod
    def done_by(self, state: Any) -> str:
        """When this State did what the page showed, as it is by now; empty where it did not."""

    def done_url(self) -> str:
        return self.order_url()
