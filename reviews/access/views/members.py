"""A new member of the secretariat, asked for as any access is."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy

from accounts.people.enums import AccountAction
from core.web.pages import Crumb
from reviews.access.forms import GroundsForm, MemberForm
from reviews.access.kinds import Wish, new_member
from reviews.access.views.prepare import PrepareView


class MemberAddView(PrepareView):
    policy_action = AccountAction.ADD_MEMBER
    form_class = MemberForm
    needs_note = False
    title = gettext_lazy("Add a member of the secretariat")
    consequence = gettext_lazy("The person gets a mail with a link, and begins with a passphrase of his or her own.")

    @property
    def what_follows(self) -> str | Promise:
        return _("Nothing happens yet: a second member, an officer or an administrator, approves it first.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def wish(self, form: GroundsForm) -> Wish:
        return new_member(**form.wanted)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("People"), reverse("accounts:account-list")), Crumb(_("Secretariat"), self.back_url())]

    def back_url(self) -> str:
        return reverse("accounts:member-list")
