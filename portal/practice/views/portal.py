"""In the portal: what the practice portal is, the way there and back, and who has practised."""

import time
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people.models import User
from core.policy import can
from core.web import practising
from core.web.pages import Crumb
from core.web.views import ListPage, PolicyView
from portal.practice.awake import is_awake, wake
from portal.practice.enums import PracticeAction
from portal.practice.selectors import learners, own_learner
from portal.practice.services.learners import go_over, note_back

_LOOKS_AGAIN = 3  # seconds
_WAITS = 180  # seconds for it to get up: on two processors the very first time takes less than one minute

_WOKEN = "practice_woken"  # in the session: when its person pressed the button while the practice portal slept
_LONGEST_TIME = 12  # digits


class PortalSide(PolicyView):
    """Not there where the portal has no practice portal, nor in that itself."""

    policy_action = PracticeAction.GO_OVER

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.PRACTICE_URL:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class PracticeView(PortalSide, TemplateView):
    """What it is, how far one is oneself, and the button that leads there.

    Whoever has pressed it while the practice portal slept waits here, and goes over as soon as it is up. That is asked
    of the session, so that no link from elsewhere leads anybody over.
    """

    title = gettext_lazy("Practice")
    template_name = "portal/practice/practice.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        woken = request.GET.get("waking", "")
        if woken and woken == request.session.get(_WOKEN) and _is_fresh(woken) and is_awake():
            return _over(request, self.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        was_woken = "waking" in self.request.GET
        sleeps = was_woken and not is_awake()
        is_late = not _is_fresh(self.request.GET.get("waking", ""))
        return super().get_context_data(
            learner=own_learner(self.user),
            sees_learners=can(self.user, PracticeAction.VIEW_LEARNERS),
            is_waking=sleeps and not is_late,
            has_failed=sleeps and is_late,
            was_woken=was_woken,
            looks_again=_LOOKS_AGAIN,
            **kwargs,
        )


def _over(request: HttpRequest, user: User) -> HttpResponse:
    """The hand-over, whose secret is in the address alone."""
    request.session.pop(_WOKEN, None)
    token = go_over(actor=user, language=get_language() or settings.LANGUAGE_CODE)
    practising.note_gone_over(request.session)
    # The address is the same there: the code is.
    http_response = HttpResponseRedirect(
        urljoin(f"{settings.PRACTICE_URL}/", reverse("portal:practice-door-enter", args=[token]))
    )
    http_response["Referrer-Policy"] = "no-referrer"
    return http_response


def _is_fresh(woken: str) -> bool:
    return 0 <= time.time() - _time_in(woken) < _WAITS


def _time_in(words: str) -> int:
    """When it was woken, as the address says; long ago for what is no time."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < _LONGEST_TIME else 0


class PracticeGoView(PortalSide):
    """POST leads over by a hand-over; where the practice portal sleeps, it is woken first."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not is_awake():
            wake()
            request.session[_WOKEN] = woken = str(int(time.time()))
            return HttpResponseRedirect(f"{reverse('portal:practice')}?waking={woken}")
        return _over(request, self.user)


class PracticeBackView(PortalSide):
    """Where the practice portal leads back to, with the two days that it has signed."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        learner = note_back(actor=self.user, token=token)
        practising.note_back(request.session)
        if learner is None:
            messages.error(
                request, _("This way back is not yours, or too old. Go over to the practice portal, and leave it anew.")
            )
        elif learner.finished_on:
            messages.success(request, _("You have played a whole review. The secretariat can see on which day."))
        else:
            messages.success(request, _("You have left the practice portal. Your exercise waits for you there."))
        return HttpResponseRedirect(reverse("portal:practice"))


class LearnerListView(PortalSide, ListPage):
    """Who has gone over, who began an exercise, and who has finished one; never what they wrote."""

    policy_action = PracticeAction.VIEW_LEARNERS
    title = gettext_lazy("Who has practised")
    template_name = "portal/practice/learner_list.html"
    empty_title = gettext_lazy("Nobody has practised yet")
    empty_text = gettext_lazy("Whoever goes over to the practice portal stands here from then on.")

    def get_trail(self) -> list[Crumb]:
        return [Crumb(gettext_lazy("Practice"), reverse("portal:practice"))]

    def get_rows(self) -> Any:
        return learners()
