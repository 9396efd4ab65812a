from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import TemplateView

from accounts.people import SECRETARIAT, secretariat_role
from core.mail.reports import bouncing
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, ServiceActionView, ServiceFormView
from reviews.absences import absent_now
from reviews.capacities import Capacity, capacity_of, may_see_address
from reviews.cases.enums import ParticipationRole, ReviewAction
from reviews.cases.models import Participation
from reviews.ministries import get_ministry, ministry_of, people_of
from reviews.navigation import BelowParticipants, ReviewPage
from reviews.nominations.enums import NominationAction
from reviews.participants.forms import ContributorForm
from reviews.participants.services import end_contributor, invite_contributor
from reviews.participation import get_participation_for, missing_roles, participants_visible_to
from reviews.registration import remind
from reviews.speakers import NominatingState
from reviews.visibility import states_taking_part


class ParticipantListView(ReviewPage, TemplateView):
    """Who takes part, by State, and whom a State has not named yet."""

    policy_action = ReviewAction.VIEW_PARTICIPANTS
    title = gettext_lazy("Participants")
    template_name = "reviews/participants/participant_list.html"

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
            end_action=ReviewAction.ASK_TO_END,
            invite_action=ReviewAction.INVITE_CONTRIBUTOR,
            rooms_action=ReviewAction.SET_ROOMS,
            handover_action=ReviewAction.READ_HANDOVER,
            nominations_action=NominationAction.VIEW_STATE,
            **kwargs,
        )

    def _rows(self) -> list[dict[str, Any]]:
        user: Any = self.request.user
        capacity = capacity_of(user, self.review)
        rows = list(participants_visible_to(user, self.review))
        people = [row.user for row in rows]
        away = absent_now(people, timezone.localdate())
        bounced = bouncing(person.pk for person in people) if secretariat_role(user) in SECRETARIAT else set()
        return [
            {
                "participation": row,
                "shows_address": may_see_address(user, row, capacity),
                "absence": away.get(row.user_id) if _is_colleague(user, capacity, row) else None,
                "bounces": row.user_id in bounced,
            }
            for row in rows
        ]


def _is_colleague(user: Any, capacity: Capacity | None, row: Participation) -> bool:
    """Who is away is known to the own State and to the secretariat."""
    return bool(secretariat_role(user)) or (capacity is not None and capacity.state_party_id == row.state_party_id)


class ContributorInviteView(BelowParticipants, ServiceFormView):
    """A focal point opens the own State's room to somebody of a ministry."""

    policy_action = ReviewAction.INVITE_CONTRIBUTOR
    form_class = ContributorForm
    title = gettext_lazy("Invite a contributor")
    template_name = "components/form_page.html"
    lead = gettext_lazy(
        "Somebody of a ministry or office of your State, who sees only the sections that you send to him or her. A "
        "person who is new here receives a mail with a link to set up the account. Your colleagues in the review are "
        "told, other contributors and the secretariat are not."
    )
    submit_label = pgettext_lazy("a contributor", "Invite")
    keeps = True

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def perform(self, form: ContributorForm) -> Participation:
        actor = self.user
        return invite_contributor(actor=actor, review=self.review, **form.cleaned_data)

    def success_message_for(self, result: Participation) -> str:
        return _("%(person)s takes part now and has been told by mail.") % {"person": result.user}

    def success_url_for(self, result: object) -> str:
        return self.participants_url()


class ContributorEndView(BelowParticipants, ConfirmedActView):
    policy_action = ReviewAction.INVITE_CONTRIBUTOR
    title = gettext_lazy("End the access")
    consequences = (
        gettext_lazy("The contributor loses access to this review at once. What he or she wrote stays."),
        gettext_lazy("Your colleagues in the review are told, other contributors are not."),
    )
    is_warning = True
    success_message = gettext_lazy("The access has ended.")

    def get_consequences(self) -> Sequence[str | Promise]:
        """Whether the ministry is left without anybody is said before."""
        key = ministry_of(self.participation.pk)
        if key is None or people_of(get_ministry(self.review, key)).exclude(pk=self.participation.pk).exists():
            return self.consequences
        alone = _("Nobody else of this ministry takes part: what was sent to it is with nobody until somebody comes.")
        return (*self.consequences, alone)

    @cached_property
    def participation(self) -> Participation:
        user: Any = self.request.user
        participation = get_participation_for(user, self.review, self.kwargs["participation"])
        if participation is None or participation.role != ParticipationRole.NATIONAL_CONTRIBUTOR:
            raise Http404
        return participation

    def get_title(self) -> str:
        words = _("End the access of <bdi>%(person)s</bdi>?") % {"person": "{}"}
        return format_html(words, self.participation.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"participation": self.participation})

    def perform(self, form: AccessibleForm) -> None:
        actor = self.user
        end_contributor(actor=actor, participation=self.participation)

    def success_url_for(self, result: object) -> str:
        return self.participants_url()


class ReviewRemindView(ReviewPage, ServiceActionView):
    policy_action = ReviewAction.REMIND

    def perform(self) -> str:
        number = remind(self.user, self.review)
        if not number:
            return _("No mail was sent: whoever owes the next act was reminded today, or is not registered yet.")
        message = ngettext("%(number)d reminder is on its way.", "%(number)d reminders are on their way.", number)
        return message % {"number": number}

    def next_url(self) -> str:
        return reverse("portal:review-detail", args=[self.kwargs["mechanism"], self.kwargs["code"]])
