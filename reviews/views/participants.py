from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.mail_reports import bouncing
from core.views import ServiceActionView, ServiceFormView
from reviews.enums import NominationAction, ReviewAction
from reviews.forms import ParticipantForm, ReplacementForm
from reviews.models import Participation
from reviews.permissions import SECRETARIAT, Hat, hat_of, may_see_address, secretariat_role
from reviews.permissions.nominations import NominatingState
from reviews.selectors.participation import get_participation_for, missing_roles, participants_visible_to
from reviews.selectors.reminders import absent_now
from reviews.selectors.reviews import states_taking_part
from reviews.services.participation import end_participation
from reviews.services.registration import register_person
from reviews.services.reminders import remind
from reviews.services.replacement import replace_with_person
from reviews.views.base import ReviewPage


class ParticipantListView(ReviewPage, TemplateView):
    """Who takes part, by State, and whom a State has not named yet."""

    policy_action = ReviewAction.VIEW_PARTICIPANTS
    template_name = "reviews/participant_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = list(states_taking_part(self.review))
        missing = dict(missing_roles(self.review, states))
        rows = self._rows()
        delegations = [
            {
                "state": state,
                "rows": [row for row in rows if row["participation"].state_party_id == state.pk],
                "missing": missing.get(state, []),
                "place": NominatingState(self.review.mechanism, state),
            }
            for state in states
        ]
        return super().get_context_data(
            delegations=delegations,
            register_action=ReviewAction.REGISTER_PARTICIPANT,
            end_action=ReviewAction.END_PARTICIPATION,
            rooms_action=ReviewAction.SET_ROOMS,
            handover_action=ReviewAction.READ_HANDOVER,
            nominations_action=NominationAction.VIEW_STATE,
            **kwargs,
        )

    def _rows(self) -> list[dict[str, Any]]:
        user: Any = self.request.user
        hat = hat_of(user, self.review)
        rows = list(participants_visible_to(user, self.review))
        people = [row.user for row in rows]
        away = absent_now(people, timezone.localdate())
        bounced = bouncing(person.pk for person in people) if secretariat_role(user) in SECRETARIAT else set()
        return [
            {
                "participation": row,
                "shows_address": may_see_address(user, row, hat),
                "absence": away.get(row.user_id) if _is_colleague(user, hat, row) else None,
                "bounces": row.user_id in bounced,
            }
            for row in rows
        ]


def _is_colleague(user: Any, hat: Hat | None, row: Participation) -> bool:
    """Who is away is known to the own State and to the secretariat."""
    return bool(secretariat_role(user)) or (hat is not None and hat.state_party_id == row.state_party_id)


class ParticipantRegisterView(ReviewPage, ServiceFormView):
    policy_action = ReviewAction.REGISTER_PARTICIPANT
    form_class = ParticipantForm
    template_name = "reviews/participant_register.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "states": list(states_taking_part(self.review))}

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language(), "state": self.request.GET.get("state", "")}

    def perform(self, form: ParticipantForm) -> tuple[Participation, bool]:
        values = dict(form.cleaned_data)
        return register_person(actor=self.request.user, review=self.review, state_party=values.pop("state"), **values)

    def success_message_for(self, result: tuple[Participation, bool]) -> str:
        participation, is_new = result
        if is_new:
            message = _("%(person)s takes part now. A mail with a link to set a password is on its way.")
        else:
            message = _("%(person)s takes part now and has been told by mail.")
        return message % {"person": participation.user}

    def success_url_for(self, result: object) -> str:
        return _participants_url(self.kwargs)


class ParticipationPage(ReviewPage):
    """A page of one active participation."""

    @cached_property
    def participation(self) -> Participation:
        user: Any = self.request.user
        participation = get_participation_for(user, self.review, self.kwargs["participation"])
        if participation is None:
            raise Http404
        return participation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"participation": self.participation})


class ParticipationEndView(ParticipationPage, TemplateView):
    """Asks first, then ends a participation."""

    policy_action = ReviewAction.END_PARTICIPATION
    template_name = "reviews/participation_end.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        end_participation(actor=request.user, participation=self.participation)
        messages.success(request, _("%(person)s no longer takes part.") % {"person": self.participation.user})
        return HttpResponseRedirect(_participants_url(self.kwargs))


class ParticipationReplaceView(ParticipationPage, ServiceFormView):
    """Another person takes over: State and role stay, the old access ends at once."""

    policy_action = ReviewAction.END_PARTICIPATION
    form_class = ReplacementForm
    template_name = "reviews/participation_replace.html"

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def perform(self, form: ReplacementForm) -> tuple[Participation, bool]:
        return replace_with_person(actor=self.request.user, participation=self.participation, **form.cleaned_data)

    def success_message_for(self, result: tuple[Participation, bool]) -> str:
        new, _is_new = result
        message = _("%(person)s has taken over from %(before)s. Both have been told by mail.")
        return message % {"person": new.user, "before": self.participation.user}

    def success_url_for(self, result: object) -> str:
        return _participants_url(self.kwargs)


class ReviewRemindView(ReviewPage, ServiceActionView):
    policy_action = ReviewAction.REMIND

    def perform(self) -> str:
        number = remind(self.request.user, self.review)
        if not number:
            return _("No mail was sent: whoever owes the next act was reminded today, or is not registered yet.")
        message = ngettext("%(number)d reminder is on its way.", "%(number)d reminders are on their way.", number)
        return message % {"number": number}

    def next_url(self) -> str:
        return reverse("portal:review-detail", args=[self.kwargs["mechanism"], self.kwargs["code"]])


def _participants_url(kwargs: dict[str, Any]) -> str:
    return reverse("reviews:participant-list", args=[kwargs["mechanism"], kwargs["code"]])
