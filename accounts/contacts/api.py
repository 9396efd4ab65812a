"""The contacts of States for programs of the secretariat."""

from accounts.contacts.filters import ContactFilterSet
from accounts.contacts.models import StateContact
from accounts.contacts.views.contacts import ContactListView
from accounts.states import StateSerializer
from core.api.reads import PagedListTwin, RowSerializer


class ContactSerializer(RowSerializer):
    state_party = StateSerializer()

    class Meta:
        model = StateContact
        fields = ["id", "state_party", "office", "email", "language", "remark"]


class ContactListApiView(PagedListTwin):
    """Offices to which the secretariat writes, in the order in which they were listed."""

    shows = ContactListView
    scope_group = "office"
    twin_of = ("accounts:contact-list",)
    serializer_class = ContactSerializer
    filterset_class = ContactFilterSet
    cursor_ordering = ("created_at", "pk")
