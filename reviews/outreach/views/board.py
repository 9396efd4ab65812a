"""The board of a mechanism, and the letters that are written to those whom it shows."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.states import in_order_of_names
from core.errors import ServiceError
from core.language.i18n import OWN_NAMES
from core.policy import explain
from core.web.pages import Crumb
from core.web.views import ListPage, PolicyView, ServiceFormView
from reviews.nominations.enums import NominationAction
from reviews.outreach.enums import Stand
from reviews.outreach.filters import BoardFilterSet
from reviews.outreach.forms import LettersForm
from reviews.outreach.models import NominationLetter
from reviews.outreach.selectors.addressees import LetterPlan, plan_letters
from reviews.outreach.services.sending import CHANGED, owe_letters
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism


class OutreachPage(PolicyView):
    """A page of one mechanism, for officers."""

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def board_url(self) -> str:
        return reverse("reviews:board", args=[self.kwargs["mechanism"]])

    def board_crumb(self) -> Crumb:
        return Crumb(_("States on board"), self.board_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"mechanism": self.mechanism})  # type: ignore[misc]


class BoardView(OutreachPage, ListPage):
    policy_action = NominationAction.VIEW_BOARD
    title = gettext_lazy("States on board")
    template_name = "reviews/outreach/board.html"
    filter_label = gettext_lazy("Filter the States")
    unmatched_title = gettext_lazy("No State matches the filter")
    empty_title = gettext_lazy("No review is open yet")
    empty_text = gettext_lazy("States stand here once a drawing of lots is published, or a review is opened.")

    def get_filter(self) -> BoardFilterSet:
        return BoardFilterSet(self.request.GET, mechanism=self.mechanism, user=self.user)

    def get_rows(self) -> Any:
        return self.filter.qs.order_by(in_order_of_names("state_under_review"), "code")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts, chosen = self.filter.counts(), self.filter.given
        figures = [
            (
                stand.label,
                counts[stand],
                f"?{urlencode({**self.filter.scope, 'stand': stand.value})}",
                chosen.get("stand") == stand,
            )
            for stand in Stand
        ]
        return super().get_context_data(
            figures=figures,
            query=self.filter.query,
            write_decision=explain(self.user, NominationAction.WRITE_TO_STATES),
            **kwargs,
        )


class LettersView(OutreachPage, ServiceFormView):
    """Who would get a mail, in which language, and who would not and why; and one button."""

    policy_action = NominationAction.WRITE_TO_STATES
    form_class = LettersForm
    title = gettext_lazy("Write to the States shown")
    template_name = "reviews/outreach/letters.html"
    submit_label = gettext_lazy("Send the mails")

    def get_trail(self) -> list[Crumb]:
        return [self.board_crumb()]

    def back_url(self) -> str:
        return f"{self.board_url()}?{self.filter.query}"

    @cached_property
    def filter(self) -> BoardFilterSet:
        return BoardFilterSet(self.request.GET, mechanism=self.mechanism, user=self.user)

    @cached_property
    def plan(self) -> LetterPlan:
        return plan_letters(self.mechanism, self.rows())

    def rows(self) -> Any:
        return self.filter.qs.order_by(in_order_of_names("state_under_review"), "code")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "addressees": self.plan.addressees}

    def get_initial(self) -> dict[str, Any]:
        return {"chosen": [each.key for each in self.plan.addressees], "seen": self.plan.fingerprint}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = Counter(each.in_language for each in self.plan.addressees)
        languages = [(code, OWN_NAMES[code], number) for code, number in sorted(counted.items())]
        return super().get_context_data(plan=self.plan, languages=languages, words=self.filter.words, **kwargs)

    def perform(self, form: LettersForm) -> list[NominationLetter]:
        given = form.cleaned_data
        return owe_letters(
            actor=self.user, mechanism=self.mechanism, reviews=self.rows(), chosen=given["chosen"], seen=given["seen"]
        )

    def form_invalid(self, form: Any) -> Any:
        """What was chosen of what is there no more is no choice: the form rests on the plan as it is by now."""
        if form["seen"].data != self.plan.fingerprint:
            form.carry(seen=self.plan.fingerprint)
        return super().form_invalid(form)

    def rest(self, form: Any, error: ServiceError) -> None:
        """Sent again, the form goes to those who are shown by now."""
        if error.code == CHANGED:
            self.__dict__.pop("plan", None)
            form.carry(seen=self.plan.fingerprint)

    def success_message_for(self, result: list[NominationLetter]) -> str:
        message = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", len(result))
        return message % {"number": len(result)}
