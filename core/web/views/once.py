from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Field
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View

from core.errors import ServiceError
from core.policy import PolicyRefusedError
from core.templatetags.components import datetime_words
from core.web import drafts, submissions
from core.web.submissions import SubmissionOutcome


class OncePerForm(View):
    """Before ``PolicyView``: a form that is posted twice is carried out once, and both posts lead to what came of it.

    It is asked before the policy, which may refuse by then what was done ("Your State has cleared this version"): the
    person who has just done it is told that it is done.
    """

    takes: ClassVar[Mapping[str, Field]] = {}
    """What the view reads of the request beside its form, by name: a program says it as it fills in the form."""
    is_at_work = False
    """Whether the first post of this form has not come to an end in time; its worker may have died."""
    _submission: str | None = None
    _is_done = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if request.method == "POST" and (earlier := self.take_up(request)):
                return earlier
            return super().dispatch(request, *args, **kwargs)
        finally:
            if self._submission and not self._is_done:
                submissions.release(self._submission)

    def take_up(self, request: HttpRequest) -> HttpResponse | None:
        """None where this is the first post of its form; otherwise the answer to it."""
        key = submissions.key_of(request)
        if key is None or key == self._submission or self.is_at_work:
            return None
        outcome = submissions.claim(key)
        if outcome is None:
            self._submission = key
            return None
        self.is_at_work = not outcome.is_known
        return None if self.is_at_work else self.as_before(request, outcome)

    def require_an_end(self) -> None:
        """Raise ServiceError while the first post is at work, so that the page gives back what was typed."""
        if self.is_at_work:
            raise ServiceError(_("What you sent is still being worked on. Look again in a moment."))

    def as_before(self, request: HttpRequest, outcome: SubmissionOutcome) -> HttpResponse:
        done = _("This was done at %(time)s.") % {"time": datetime_words(outcome.done_at)}
        messages.success(request, f"{done} {outcome.message}".strip())
        return self._lead_on(outcome.location)

    def carried_out(self, location: str, message: str) -> HttpResponseRedirect:
        """The answer to a form that was carried out, which is kept for its second post."""
        if message:
            messages.success(self.request, message)
        if self._submission:
            submissions.finish(self._submission, location, message)
            self._is_done = True
        return self._lead_on(location)

    def _lead_on(self, location: str) -> HttpResponseRedirect:
        response = HttpResponseRedirect(location)
        drafts.confirm(self.request, response)
        return response


class ToldWhenDone(View):
    """Before the page of an act that is done once: whoever posts it when it is done is told so, and led on.

    So in a second tab, or after a colleague; the policy alone would say that it may not be done.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PolicyRefusedError:
            done = self.done_before() if request.method == "POST" else ""
            if not done:
                raise
            messages.info(request, done)
            return HttpResponseRedirect(self.done_url())

    @abstractmethod
    def done_before(self) -> str:
        """What became of that which the page showed, as it is by now; empty where it was not done, or is not theirs."""

    @abstractmethod
    def done_url(self) -> str:
        """Where it leads."""
