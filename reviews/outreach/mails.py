"""The letter to an office of a State, and the mail that tells officers what has come by a link."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

from accounts.links.models import StateLink
from accounts.people.models import User
from core.language.i18n import interface_language
from core.mail import notifications
from core.models import Notification
from reviews.lists import OfficerFilter
from reviews.nominations.enums import NoteNews
from reviews.outreach.enums import Stand
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.programme.models import Mechanism

TEMPLATE = "reviews/nomination_letter"


def queue_letter(letter: NominationLetter, link: StateLink) -> Notification | None:
    """Owe the mail. Its context holds the key of the link, of which the secret is made when the mail leaves."""
    with translation.override(interface_language(letter.language)):
        context = {
            "link": str(link.pk),
            "language": letter.language,
            "office": letter.office,
            "state": str(letter.state_party.name),
            "mechanism": str(letter.mechanism.name),
            "until": link.expires_at.isoformat(),
        }
    return notifications.queue(
        letter.written_by, TEMPLATE, context, key=f"nomination-letter:{letter.pk}", other_address=letter.address
    )


def notify_unanswered(user: User, mechanism: Mechanism, number: int, *, key: str) -> bool:
    """Tell an officer in how many of the own reviews a State was written to and has named nobody; give whether new."""
    with translation.override(interface_language(user.language)):
        shown = urlencode({"officer": OfficerFilter.ME, "stand": Stand.UNANSWERED.value})
        path = f"{reverse('reviews:board', args=[mechanism.slug])}?{shown}"
        context = {"mechanism": str(mechanism.name), "number": number, "path": path}
    full_key = f"unanswered:{mechanism.pk}:{user.pk}:{key}"
    return notifications.queue(user, "reviews/unanswered", context, key=full_key) is not None


def notify_received(user: User, received: ReceivedNomination) -> None:
    """Tell an officer that people were named by a link. The mail names the State and the number, and nobody in it."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:received-detail", args=[received.mechanism.slug, received.pk])
        context = {
            "state": str(received.state_party.name),
            "number": received.number,
            "sentence": str(NoteNews.RECEIVED.label),
            "path": path,
        }
    notifications.queue(user, "reviews/note_news", context, key=f"received:{received.pk}:{user.pk}")
