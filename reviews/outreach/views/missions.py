"""The page behind the link of a mission: for nobody who is signed in, confined to one State (docs/adr/0045)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView

from accounts.links import ask_for_renewal, followed_link, get_link, note_use
from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from core.errors import ServiceError
from core.web.pages import Page
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE
from reviews.outreach.forms import MissionLinkForm
from reviews.outreach.selectors.missions import UnnamedReview, waiting_reviews
from reviews.outreach.selectors.received import sent_by_mission
from reviews.outreach.services.received import receive_nomination
from reviews.outreach.views.received import people_shown
from reviews.programme import get_mechanism

_KEY = "mission-link"
_PAGE_STANDS = 12 * 60 * 60  # seconds for which the page may stand open after the link was followed


@method_decorator(login_not_required, name="dispatch")
class MissionLinkFollowView(View):
    """Public. Reads the secret of a link, notes in the browser's session whose it is, and leads on without it.

    So no page, no page's Referer and no history after it holds the secret. A wrong one leads on as a good one does.
    """

    http_method_names = ["get"]

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        link = followed_link(LinkPurpose.NOMINATION, token)
        if link is None:
            request.session.pop(_KEY, None)
        else:
            request.session[_KEY] = {"link": str(link.pk), "until": timezone.now().timestamp() + _PAGE_STANDS}
        answer = private(HttpResponseRedirect(reverse("reviews:mission-link")))
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer


@method_decorator(login_not_required, name="dispatch")
class MissionLinkView(OncePerForm, Page, FormView):
    """Which reviews of the State wait for a focal point, what this mission has sent, and the form to name people.

    It shows nothing of another State, and nothing that was written in a review. A browser holds one link: a form that
    was made for another one is refused before it is read, so that nobody's people come under another State.
    """

    form_class = MissionLinkForm
    template_name = "reviews/outreach/mission.html"
    link: StateLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = link_of(request)
        if link is None or not link.is_open:
            return over(request, can_be_renewed=link is not None and link.ended_at is None)
        self.link = link
        if request.method == "POST" and not constant_time_compare(request.POST.get("seen", ""), mark_of(link)):
            return of_another_link(request)
        note_use(link)
        return private(super().dispatch(request, *args, **kwargs))

    def get_title(self) -> str:
        return _("Name the people of %(state)s") % {"state": self.link.state_party}

    def get_caption(self) -> str:
        return str(get_mechanism(self.link.about))

    @cached_property
    def waiting(self) -> list[UnnamedReview]:
        return waiting_reviews(self.link.about, self.link.state_party)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "waiting": self.waiting}

    def get_initial(self) -> dict[str, Any]:
        return {"reviews": [each.review.code for each in self.waiting], "seen": mark_of(self.link)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = [(each, people_shown(each)) for each in sent_by_mission(self.link)]
        facts = {"link": self.link, "state": self.link.state_party, "waiting": self.waiting, "sent": sent}
        return super().get_context_data(**kwargs | facts)

    def form_valid(self, form: MissionLinkForm) -> HttpResponse:
        try:
            self.require_an_end()
            receive_nomination(link=self.link, given=form.given)
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        message = _("It is sent. The secretariat checks it against the note, and invites those whom it names by mail.")
        return self.carried_out(reverse("reviews:mission-link"), message)

    def form_invalid(self, form: MissionLinkForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


@method_decorator(login_not_required, name="dispatch")
class MissionLinkRenewView(View):
    """Public. Sends another link to the stored address, which nobody is shown; says the same whatever comes of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        link = link_of(request)
        if link is not None:
            ask_for_renewal(link)
        message = _(
            "If the link had run out, a new one is on its way to the address to which it was sent. At most one "
            "mail a day is sent."
        )
        messages.success(request, message)
        return private(HttpResponseRedirect(reverse("reviews:mission-link")))


def link_of(request: HttpRequest) -> StateLink | None:
    """The link that this browser has followed, as it stands now."""
    kept: dict[str, Any] = request.session.get(_KEY, {})
    if not kept or timezone.now().timestamp() > kept["until"]:
        return None
    return get_link(LinkPurpose.NOMINATION, kept["link"])


def mark_of(link: StateLink) -> str:
    """By which a form says for which link its page was made; nobody finds the link or its secret by it."""
    return salted_hmac("reviews.outreach.mission", str(link.pk), algorithm="sha256").hexdigest()


def of_another_link(request: HttpRequest) -> HttpResponseBase:
    """The refusal of a form that was made for another link than the one that this browser has followed last.

    It shows nothing of either State, and keeps nothing of what was typed.
    """
    return private(render(request, "reviews/outreach/mission_other.html", status=UNPROCESSABLE))


def over(request: HttpRequest, *, can_be_renewed: bool = False) -> HttpResponseBase:
    """The same page for a link that is wrong, was ended or has run out, but for the offer to send a new one."""
    context = {"can_be_renewed": can_be_renewed}
    return private(render(request, "reviews/outreach/mission_over.html", context, status=404))


def private(answer: HttpResponseBase) -> HttpResponseBase:
    """Kept nowhere. The address of the page holds no secret; without a Referer no browser would say where a form of
    it comes from, by which one of another site is told (``Origin``).
    """
    answer.headers["Cache-Control"] = "no-store"
    return answer
