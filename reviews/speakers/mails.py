"""The mail to a new member of a permanent mission."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.i18n import interface_language
from core.mail import notifications
from reviews.programme.models import Mechanism

REGISTERED = gettext_lazy("You have been registered for the permanent mission of your State: you name its people.")


def notify_mission(user: User, mechanism: Mechanism, state_party: StateParty, *, key: str) -> None:
    """Tell somebody that he or she names a State's people from now on."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:state-nominations", args=[mechanism.slug, state_party.iso3])
        context = {
            "state": str(state_party.name),
            "number": "",
            "sentence": str(REGISTERED),
            "path": path,
        }
    notifications.queue(user, "reviews/note_news", context, key=f"mission:{key}")
