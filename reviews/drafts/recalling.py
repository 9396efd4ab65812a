"""The recall of what a State has sent: what it does to a piece, and the page on which the focal point does it."""

import datetime as dt
from abc import abstractmethod
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.language.text import require_text
from core.policy import PolicyRefusedError
from core.templatetags.components import datetime_words
from core.web.submissions import SubmissionOutcome
from core.web.views import ConfirmedActView
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.drafts.forms import RecallForm
from reviews.drafts.models import SentPiece


def take_back(locked: SentPiece, *, number: int, reason: str) -> None:
    """Make a draft of a ``SentPiece`` again, which the caller has locked, and saves; where it lies is the caller's.

    ``number`` is the sending that the focal point was shown. Raises ServiceError where another has been made since.
    """
    reason = require_text(reason, _("Say why you recall it."), maximum=5000, field="reason")
    if locked.times_sent != number:
        raise ServiceError(_("It has been sent anew since you opened this page. Please look at it again."))
    locked.sent_at, locked.sha256 = None, ""
    locked.recalled_at, locked.recall_reason = timezone.now(), reason


class SendsOnce:
    """Before a page that sends a ``SentPiece``: a second press, after a recall, says what is so."""

    @abstractmethod
    def piece_now(self) -> SentPiece | None:
        """As it is by now."""

    def as_before(self, request: HttpRequest, outcome: SubmissionOutcome) -> HttpResponse:
        if stands_as_sent(self.piece_now(), request.POST.get("number")):
            return super().as_before(request, outcome)  # type: ignore[misc]
        messages.info(request, _("It was sent and recalled since you opened this page. Please look at it again."))
        return HttpResponseRedirect(outcome.location)


def stands_as_sent(piece: SentPiece | None, number: str | None) -> bool:
    """Whether what stands is the sending of that ``number``, as a form carries it."""
    return piece is not None and piece.sent_at is not None and number == str(piece.times_sent)


class RecallView(ConfirmedActView):
    """Take back what was sent, as long as nobody of another State has opened it.

    A second press leads to what the first one did; where it was opened meanwhile, the page says so and keeps what was
    typed.
    """

    form_class: type[RecallForm] = RecallForm
    template_name = "reviews/drafts/recall.html"
    is_warning = True
    done_before: str | Promise = gettext_lazy("It was recalled at %(time)s.")

    @abstractmethod
    def stands_now(self) -> tuple[bool, dt.datetime | None]:
        """Whether it is sent, and when it was recalled, as it is by now; asked after a refusal."""

    @abstractmethod
    def author(self) -> Any:
        """The key of the State that has sent it."""

    def is_own_focal_point(self) -> bool:
        capacity = capacity_of(self.user, self.review)  # type: ignore[attr-defined]  # a page of a review
        return capacity is not None and capacity.state_party_id == self.author() and capacity.has(Grant.CLEAR)

    def as_before(self, request: HttpRequest, outcome: SubmissionOutcome) -> HttpResponse:
        is_sent, _when = self.stands_now()
        if not is_sent:
            return super().as_before(request, outcome)
        messages.info(request, _("It has been sent anew since you opened this page. Please look at it again."))
        return HttpResponseRedirect(outcome.location)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PolicyRefusedError as refusal:
            is_sent, recalled_at = self.stands_now()
            if request.method != "POST" or not self.is_own_focal_point():
                raise
            if recalled_at is not None:
                messages.info(request, str(self.done_before) % {"time": datetime_words(recalled_at)})
                return HttpResponseRedirect(self.success_url_for(None))
            if not is_sent:
                raise
            form = self.get_form()
            form.add_error(None, str(refusal.decision.reason))
            context = self.get_context_data(form=form, is_refused=True)
            return self.render_to_response(context, status=HTTPStatus.FORBIDDEN)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"back": self.success_url_for(None), **kwargs})
