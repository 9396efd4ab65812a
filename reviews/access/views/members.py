"""A new member of the secretariat: asked for as any access is, or added alone in the first hour."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy

from accounts.invitations import place_of_invitation
from accounts.lifecycle import add_second_member, second_of_first_hour
from accounts.people.enums import AccountAction
from accounts.people.models import User
from core.errors import ServiceError
from core.language.i18n import isolated
from core.policy import can
from core.web.pages import Crumb
from reviews.access.forms import GroundsForm, MemberForm
from reviews.access.kinds import Wish, new_member
from reviews.access.models import AccessRequest
from reviews.access.views.prepare import PrepareView


class MemberAddView(PrepareView):
    policy_action = AccountAction.ADD_MEMBER
    form_class = MemberForm
    needs_note = False
    template_name = "reviews/access/member_form.html"
    title = gettext_lazy("Add a member of the secretariat")
    consequence = gettext_lazy("The person is invited with a link, and begins with a passphrase of his or her own.")

    @cached_property
    def is_alone(self) -> bool:
        """Whether it is the first hour, in which nobody could approve."""
        return can(self.user, AccountAction.ADD_ALONE)

    @cached_property
    def invited(self) -> User | None:
        """Who was added alone before, and has not begun."""
        return second_of_first_hour() if self.is_alone else None

    @property
    def what_follows(self) -> str | Promise:
        if self.is_alone:
            return _(
                "You are the only member of the secretariat who has begun, so that nobody could approve this: you add "
                "the second member alone, at once, and the record of acts says so. Once that person has begun, or "
                "anybody of a State has an account, nobody is ever added alone again."
            )
        return _("Nothing happens yet: a second member, an officer or an administrator, approves it first.")

    @property
    def submit_label(self) -> str | Promise:  # type: ignore[override]
        return gettext_lazy("Add and invite") if self.is_alone else gettext_lazy("Send to a second officer")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["needs_note"]
        return {**kwargs, "is_alone": self.is_alone}

    def get_initial(self) -> dict[str, Any]:
        before = self.invited
        if before is None:
            return {"language": get_language()}
        return {
            "email": before.email,
            "full_name": before.full_name,
            "role": before.secretariat_role,
            "language": before.language,
            "replaces": before.pk,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(invited=self.invited, **kwargs)

    def wish(self, form: GroundsForm) -> Wish:
        return new_member(**form.wanted)

    def perform(self, form: GroundsForm) -> AccessRequest | User:  # type: ignore[override]
        return add_second_member(actor=self.user, **form.wanted) if self.is_alone else super().perform(form)

    def rest(self, form: Any, error: ServiceError) -> None:
        """The page tells whom one has invited meanwhile, in another tab or by a form whose answer was lost."""
        super().rest(form, error)
        if self.is_alone and error.field is None:
            self.__dict__.pop("invited", None)
            form.carry(replaces=self.invited.pk if self.invited else "")

    def success_url_for(self, result: AccessRequest | User) -> str:
        if isinstance(result, User):
            return reverse("accounts:account-detail", args=[result.pk])
        return super().success_url_for(result)

    def success_message_for(self, result: AccessRequest | User) -> str:
        if not isinstance(result, User):
            return super().success_message_for(result)
        added = _("%(person)s is added.") % {"person": isolated(str(result))}
        return f"{added} {place_of_invitation(result)}"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("People"), reverse("accounts:account-list")), Crumb(_("Secretariat"), self.back_url())]

    def back_url(self) -> str:
        return reverse("accounts:member-list")
