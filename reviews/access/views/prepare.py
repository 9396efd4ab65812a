"""An officer asks for an act on somebody's access; what is asked for has a page of its own for each act."""

from abc import abstractmethod
from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy

from accounts.people import get_account
from accounts.people.enums import AccountAction
from accounts.people.models import User
from core.language.i18n import isolated
from core.policy import require
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from reviews.access.enums import AccessKind
from reviews.access.forms import AddressForm, GroundsForm, MissionForm, RoleForm
from reviews.access.kinds import (
    KINDS,
    Wish,
    act_on_account,
    end_of_mission_account,
    end_of_participation,
    mission_account,
)
from reviews.access.models import AccessRequest
from reviews.access.selectors import states_of_account
from reviews.access.services import prepare_request
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Participation
from reviews.navigation import BelowParticipants
from reviews.nominations import BelowNominations
from reviews.nominations.enums import NominationAction
from reviews.participation import get_participation_for
from reviews.speakers import get_mission_member


class PrepareView(ServiceFormView):
    """``consequence`` says what comes of it in the end; nothing happens before others have agreed.

    The caption names whom or what it is about.
    """

    template_name = "reviews/access/access_form.html"
    form_class = GroundsForm
    consequence: ClassVar[str | Promise]
    needs_note = True
    success_message = gettext_lazy("The request waits for a second officer. Nothing has happened yet.")
    submit_label = gettext_lazy("Send to a second officer")

    @property
    def what_follows(self) -> str | Promise:
        """Who has to agree before anything happens."""
        if self.needs_note:
            return _(
                "Nothing happens yet: another officer compares the request with the scan, then all of the State's "
                "people are told, and it takes effect when one of them confirms or when the waiting time has passed "
                "without a refusal."
            )
        return _(
            "Nothing happens yet: another officer approves it first. Where it is about a person of a State, all of "
            "that State's people are told then, and can refuse it."
        )

    @abstractmethod
    def wish(self, form: GroundsForm) -> Wish:
        """What is asked for."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "needs_note": self.needs_note}

    def perform(self, form: GroundsForm) -> AccessRequest:
        actor = self.user
        return prepare_request(actor=actor, wish=self.wish(form), grounds=form.grounds)

    def success_url_for(self, result: AccessRequest) -> str:
        return reverse("reviews:access-detail", args=[result.pk])


class ParticipationEndView(BelowParticipants, PrepareView):
    policy_action = ReviewAction.ASK_TO_END
    title = gettext_lazy("Ask for the end of a participation")
    consequence = gettext_lazy("The person loses access to this review. What he or she wrote stays.")

    @cached_property
    def participation(self) -> Participation:
        user: Any = self.request.user
        participation = get_participation_for(user, self.review, self.kwargs["participation"])
        if participation is None:
            raise Http404
        return participation

    def wish(self, form: GroundsForm) -> Wish:
        return end_of_participation(self.participation)

    def get_caption(self) -> str:
        return f"{isolated(str(self.participation.user))} · {self.participation.state_party}"


class MissionRegisterView(BelowNominations, PrepareView):
    policy_action = NominationAction.ASK_FOR_MISSION
    form_class = MissionForm
    title = gettext_lazy("Ask for an account of the permanent mission")
    consequence = gettext_lazy(
        "The person records notes verbales of the State, sees who is missing, and answers requests for access for the "
        "State. A person who is new here receives a mail with a link to set up the account."
    )

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def wish(self, form: GroundsForm) -> Wish:
        return mission_account(self.place, **form.wanted)

    def get_caption(self) -> str:
        return str(self.place.state_party)


class MissionEndView(BelowNominations, PrepareView):
    policy_action = NominationAction.ASK_FOR_MISSION
    title = gettext_lazy("Ask for the end of an account of the permanent mission")
    consequence = gettext_lazy(
        "The person no longer sees this State's nominations and records no notes. Notes recorded before stay."
    )

    @cached_property
    def person(self) -> User:
        member: User = get_mission_member(self.place, self.kwargs["member"]).user
        return member

    def wish(self, form: GroundsForm) -> Wish:
        return end_of_mission_account(self.place, self.person)

    def get_caption(self) -> str:
        return f"{isolated(str(self.person))} · {self.place.state_party}"


class AccountRequestView(PrepareView):
    """A request on one person's account. Whoever sees no accounts does not learn whether there is this one."""

    policy_target: User
    kind: ClassVar[AccessKind]

    def get_policy_target(self) -> User:
        require(self.request.user, AccountAction.VIEW_ACCOUNTS)
        return get_account(self.kwargs["account"])

    @property
    def needs_note(self) -> bool:  # type: ignore[override]
        return KINDS[self.kind].needs_note and bool(states_of_account(self.policy_target))

    def wish(self, form: GroundsForm) -> Wish:
        return act_on_account(self.kind, self.policy_target, **form.wanted)

    def get_caption(self) -> str:
        return f"{isolated(str(self.policy_target))} · {isolated(self.policy_target.email)}"

    def get_trail(self) -> list[Crumb]:
        return [
            Crumb(_("People"), reverse("accounts:account-list")),
            Crumb(str(self.policy_target), self.back_url()),
        ]

    def back_url(self) -> str:
        return reverse("accounts:account-detail", args=[self.policy_target.pk])


class AccountAddressView(AccountRequestView):
    policy_action = AccountAction.CHANGE_ADDRESS
    kind = AccessKind.ADDRESS
    form_class = AddressForm
    title = gettext_lazy("Ask for a change of the e-mail address")
    consequence = gettext_lazy(
        "The person signs in with the new address from then on. All sessions end, and both addresses get a mail. The "
        "old address gets a mail before, by which it can stop the change."
    )


class AccountCloseView(AccountRequestView):
    policy_action = AccountAction.CLOSE_ACCOUNT
    kind = AccessKind.CLOSE
    title = gettext_lazy("Ask to close the account")
    consequence = gettext_lazy("The person is signed out and can no longer sign in. What he or she wrote stays.")


class AccountReopenView(AccountRequestView):
    policy_action = AccountAction.REOPEN_ACCOUNT
    kind = AccessKind.REOPEN
    title = gettext_lazy("Ask to open the account again")
    consequence = gettext_lazy("The person can sign in again, with the passphrase as it was, and is told by mail.")


class AccountFactorsView(AccountRequestView):
    policy_action = AccountAction.RESET_SECOND_FACTOR
    kind = AccessKind.FACTORS
    title = gettext_lazy("Ask to reset the second factor")
    consequence = gettext_lazy(
        "All apps, passkeys and recovery codes of the person are removed and all sessions end. The person is told by "
        "mail and sets up another factor. Say how you made sure who is asking."
    )


class AccountRoleView(AccountRequestView):
    policy_action = AccountAction.CHANGE_ROLE
    kind = AccessKind.ROLE
    form_class = RoleForm
    title = gettext_lazy("Ask for a change of the role in the secretariat")
    consequence = gettext_lazy("The person is signed out, and has the rights of the new role with the next sign-in.")

    def get_initial(self) -> dict[str, Any]:
        return {"role": self.policy_target.secretariat_role}
