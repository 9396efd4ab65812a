"""The contacts of States: their list, and one of them to add, change and take out."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy

from accounts.contacts.filters import ContactFilterSet
from accounts.contacts.forms import ContactForm, ContactRemoveForm, NewContactForm
from accounts.contacts.models import StateContact
from accounts.contacts.selectors import by_state, contacts, get_contact, states_without_contact
from accounts.contacts.services import add_contact, change_contact, remove_contact
from accounts.people.enums import AccountAction
from accounts.states import get_state
from core.errors import ServiceError
from core.language.i18n import isolated
from core.policy import require
from core.seen import seen_of
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ListPage, PolicyView, ServiceFormView


class ContactPage(PolicyView):
    """A page below the list of contacts, to which it leads back."""

    policy_action = AccountAction.CHANGE_CONTACTS

    def get_trail(self) -> list[Crumb]:
        people = Crumb(_("People"), reverse("accounts:account-list"))
        return [people, Crumb(_("Contacts of States"), self.back_url())]

    def back_url(self) -> str:
        return reverse("accounts:contact-list")


class ContactListView(PolicyView, ListPage):
    policy_action = AccountAction.VIEW_CONTACTS
    title = gettext_lazy("Contacts of States")
    template_name = "accounts/contacts/contact_list.html"
    filter_label = gettext_lazy("Filter the contacts")
    unmatched_title = gettext_lazy("No contact matches the filter")
    empty_title = gettext_lazy("There is no contact yet")
    empty_text = gettext_lazy("Bring a list of all of them, or add them one by one.")

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("People"), reverse("accounts:account-list"))]

    def get_filter(self) -> ContactFilterSet:
        return ContactFilterSet(self.request.GET, contacts())

    def get_rows(self) -> Any:
        return by_state(self.filter.qs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(without=states_without_contact(), **kwargs)


class ContactAddView(ContactPage, ServiceFormView):
    form_class = NewContactForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Add a contact")
    success_message = gettext_lazy("The contact is added.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language(), "state": self.request.GET.get("state", "")}

    def perform(self, form: NewContactForm) -> StateContact:
        return add_contact(actor=self.user, state=get_state(form.cleaned_data["state"]), given=form.given)


class OneContactPage(ContactPage):
    """A page of one contact. Whoever sees no contacts does not learn whether there is this one."""

    @cached_property
    def contact(self) -> StateContact:
        require(self.request.user, AccountAction.VIEW_CONTACTS)
        return get_contact(self.kwargs["contact"])

    def get_policy_target(self) -> None:
        self.contact  # noqa: B018 - found before anybody is asked anything

    def get_caption(self) -> str:
        return str(self.contact.state_party)


class ContactChangeView(OneContactPage, ServiceFormView):
    form_class = ContactForm
    template_name = "accounts/contacts/contact_form.html"
    title = gettext_lazy("Change the contact")
    success_message = gettext_lazy("The contact is saved.")
    stands: StateContact | None = None
    """What a colleague has made of it since the page was shown."""

    def get_initial(self) -> dict[str, Any]:
        names = ("office", "email", "language", "remark")
        return {**{name: getattr(self.contact, name) for name in names}, "seen": seen_of(self.contact)}

    def perform(self, form: ContactForm) -> StateContact:
        return change_contact(actor=self.user, contact=self.contact, given=form.given, seen=form.cleaned_data["seen"])

    def rest(self, form: Any, error: ServiceError) -> None:
        """Sent again, the form replaces what stands now knowingly: it is on the page."""
        now = contacts().filter(pk=self.contact.pk).first()
        if now is not None and form.cleaned_data["seen"] != seen_of(now):
            self.stands = now
            form.carry(seen=seen_of(now))


class ContactRemoveView(OneContactPage, ConfirmedActView):
    form_class = ContactRemoveForm
    title = gettext_lazy("Take the contact out")
    is_warning = True
    success_message = gettext_lazy("The contact is taken out.")

    def get_consequences(self) -> list[str]:
        words = {"office": isolated(self.contact.office), "address": isolated(self.contact.email)}
        return [
            _("%(office)s, %(address)s, no longer stands in the list and is not written to.") % words,
            _("Links that were sent to this address no longer open anything. What was sent by them stays."),
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"seen": seen_of(self.contact)}

    def perform(self, form: ContactRemoveForm) -> None:
        remove_contact(actor=self.user, contact=self.contact, seen=form.cleaned_data["seen"])

    def rest(self, form: Any, error: ServiceError) -> None:
        now = contacts().filter(pk=self.contact.pk).first()
        if now is not None:
            self.contact = now
            super().rest(form, error)
