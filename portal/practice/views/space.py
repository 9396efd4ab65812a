"""In the practice portal: the way in by a hand-over, one's exercise, its parts, its reset, and the way back.

All of it is open to whoever has come by a hand-over, signed in as one of the cast or not; it belongs to the session.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people import PATH
from accounts.profile import remember_language
from core.database.identity import at_the_door, identified_as
from core.errors import ServiceError
from core.web.closed import Closed, closed
from core.web.pages import Crumb, Page
from portal.practice.course import BY_KEY, guide_of
from portal.practice.enums import ExercisePart
from portal.practice.facts import progress_of, review_of, user_of
from portal.practice.frame import LEARNER, leave_cast
from portal.practice.models import Exercise
from portal.practice.selectors import exercise_of, is_asked, mails_of
from portal.practice.services.exercises import (
    RESETS_A_DAY,
    begin_exercise,
    hand_back,
    have_made,
    let_others_act,
    note_end,
    reset_exercise,
    use_hand_over,
)

_NOT_FOUND = 404


@method_decorator(login_not_required, name="dispatch")
class SpacePage(Page):
    """A page of the practice portal alone. ``learner`` is what the session knows of who has come; empty for nobody."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.PRACTICE:
            raise Http404
        self.learner: dict[str, str] = request.session.get(LEARNER, {})
        return super().dispatch(request, *args, **kwargs)

    def exercise(self) -> Exercise:
        """The exercise of the session, made. Raises Http404 where there is none."""
        exercise = exercise_of(self.learner.get("learner"))
        if exercise is None or exercise.review_id is None:
            raise Http404
        return exercise


class EnterView(SpacePage):
    """Where a hand-over leads: it is used, and the page after it holds no secret."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        over = use_hand_over(token)
        if over is None:
            return render(
                request, "portal/practice/not_let_in.html", {"portal_url": settings.PORTAL_URL}, status=_NOT_FOUND
            )
        if request.user.is_authenticated or LEARNER in request.session:
            logout(request)  # whoever was here before in this browser
        request.session.cycle_key()
        request.session[LEARNER] = {"learner": str(over.learner), "name": over.name, "language": over.language}
        http_response = HttpResponseRedirect(reverse("portal:practice-door"))
        http_response["Referrer-Policy"] = "no-referrer"
        return remember_language(http_response, over.language)


class DoorView(SpacePage, TemplateView):
    """One's exercise: begun here, and its parts to choose from. For who has not come by a hand-over, the way to one."""

    title = gettext_lazy("Your exercise")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        http_response = super().get(request, *args, **kwargs)
        # Here this page is what the sign-in page is in the portal: pages that are open elsewhere learn by it.
        return http_response if request.user.is_authenticated else closed(http_response, Closed.SIGNED_OUT)

    def get_template_names(self) -> list[str]:
        return ["portal/practice/exercise.html" if self.learner else "portal/practice/not_let_in.html"]

    def get_title(self) -> str:
        return _("Your exercise") if self.learner else _("The practice portal")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        exercise = exercise_of(self.learner.get("learner"))
        context: dict[str, Any] = {"learner": self.learner, "exercise": exercise, "portal_url": settings.PORTAL_URL}
        if exercise is not None and exercise.review_id is None:
            context["may_ask"] = not is_asked(exercise)
        if exercise is not None and exercise.review_id is not None:
            note_end(exercise)
        return super().get_context_data(**context, **kwargs)


class BeginView(SpacePage):
    """POST begins the exercise; once more where a worker has not made it yet asks for it again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.learner:
            raise Http404
        exercise = begin_exercise(**self.learner)
        if exercise.review_id is None:
            have_made(exercise)
        return HttpResponseRedirect(reverse("portal:practice-door"))


class ExerciseActView(SpacePage):
    """POST signs the learner in as one of the cast, and leads to what this one has to do next."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, part: str) -> HttpResponse:
        exercise = self.exercise()
        if part not in ExercisePart.values:
            raise Http404
        chosen = ExercisePart(part)
        with at_the_door():
            user = user_of(exercise, chosen)
            login(request, user, backend=PATH)
        request.session[LEARNER] = self.learner
        next_task = guide_of(progress_of(exercise)).next
        with identified_as(user):
            review = review_of(exercise)
        if next_task is not None and next_task.part == chosen:
            return HttpResponseRedirect(next_task.url(review))
        return HttpResponseRedirect(reverse("portal:review-detail", args=[review.mechanism.slug, review.code]))


class OthersView(SpacePage):
    """POST lets the portal play one task, and leads back to the exercise."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, task: str) -> HttpResponse:
        self.exercise()
        if task not in BY_KEY:
            raise Http404
        try:
            if let_others_act(learner=self.learner["learner"], key=task):
                messages.success(request, _("Done by the portal: %(task)s") % {"task": BY_KEY[task].what})
        except ServiceError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("portal:practice-door"))


class ResetView(SpacePage, TemplateView):
    """Asks once more before all that was written goes and another exercise begins."""

    title = gettext_lazy("Begin the exercise anew")
    template_name = "portal/practice/reset.html"
    extra_context = {"resets": RESETS_A_DAY}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.exercise()
        return super().get(request, *args, **kwargs)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(gettext_lazy("Your exercise"), reverse("portal:practice-door"))]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.learner:
            raise Http404
        try:
            reset_exercise(**self.learner)
        except ServiceError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("portal:practice-door"))
        leave_cast(request)
        return HttpResponseRedirect(reverse("portal:practice-door"))


class MailsView(SpacePage, TemplateView):
    """The mails that would have gone to the cast: here none leaves."""

    title = gettext_lazy("Mails of your exercise")
    template_name = "portal/practice/mails.html"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(gettext_lazy("Your exercise"), reverse("portal:practice-door"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mails=mails_of(self.exercise()), **kwargs)


class LeaveView(SpacePage):
    """POST signs out here, and leads back to the portal with the two days that it may know."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.learner:
            raise Http404
        token = hand_back(self.learner["learner"])
        logout(request)
        back = f"{settings.PORTAL_URL}{reverse('portal:practice-back', args=[token])}"
        http_response = HttpResponseRedirect(back)
        http_response["Referrer-Policy"] = "no-referrer"
        return http_response
