"""What was brought in for one review, and the word of its State."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.policy import can, explain
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from reviews.bringing.enums import BringingAction, StateWord
from reviews.bringing.forms import StateWordForm
from reviews.bringing.kinds import way_of
from reviews.bringing.models import BroughtPiece
from reviews.bringing.selectors import get_piece_for, newest_of, pieces_of
from reviews.bringing.services import say_for_state
from reviews.navigation import ReviewPage


class PieceListView(ReviewPage, TemplateView):
    policy_action = BringingAction.VIEW_PIECES
    title = gettext_lazy("Brought in from another place")
    template_name = "reviews/bringing/piece_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown, pieces = [], list(pieces_of(self.review))
        newest = newest_of(pieces)
        for piece in pieces:
            piece.review = self.review
            is_newest = piece.pk in newest
            asks = is_newest and piece.state_party_id is not None and piece.word != StateWord.CONFIRMED
            decision = explain(self.user, BringingAction.SAY, piece) if asks else None
            place = way_of(piece).place_of(piece) if is_newest else ""
            shown.append({"piece": piece, "is_newest": is_newest, "decision": decision, "place": place})
        reads = can(self.user, BringingAction.READ_WORDS, self.review)
        return super().get_context_data(shown=shown, reads_words=reads, **kwargs)


class StateWordView(ReviewPage, ServiceFormView):
    policy_action = BringingAction.SAY
    policy_target: BroughtPiece
    form_class = StateWordForm
    title = gettext_lazy("Say whether it is right")
    lead = gettext_lazy("Confirming agrees to nothing new: it says that this was sent, or was so.")
    template_name = "components/form_page.html"
    submit_label = gettext_lazy("Say it for your State")

    def get_policy_target(self) -> BroughtPiece:
        return get_piece_for(self.user, self.find_review(), self.kwargs["piece"])

    def pieces_url(self) -> str:
        return reverse("reviews:brought-in", args=self.address)

    def back_url(self) -> str:
        return self.pieces_url()

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Brought in"), self.pieces_url())]

    def perform(self, form: StateWordForm) -> BroughtPiece:
        given = form.cleaned_data
        return say_for_state(
            actor=self.user, piece=self.policy_target, word=StateWord(given["word"]), reason=given["reason"]
        )

    def success_message_for(self, result: BroughtPiece) -> str:
        if result.word == StateWord.OBJECTED:
            return _("Your State objects. The officers who brought it in are told.")
        return _("Your State has confirmed it.")
