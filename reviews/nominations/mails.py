"""The mails on notes verbales and missions. They name the State and the number, and nobody in the note."""

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.i18n import interface_language
from core.mail import notifications
from reviews.nominations.enums import NoteNews
from reviews.nominations.models import NoteVerbale
from reviews.programme.models import Mechanism


def notify_note(user: User, note: NoteVerbale, news: NoteNews, *, key: str) -> None:
    """Tell a person how a note verbale stands. The mail names its State and its number, and nobody in it."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:note-detail", args=[note.mechanism.slug, note.state_party.iso3, note.pk])
        context = {
            "state": str(note.state_party.name),
            "number": note.number,
            "sentence": str(news.label),
            "path": path,
        }
    notifications.queue(user, "reviews/note_news", context, key=f"note-{news}:{note.pk}:{key}:{user.pk}")


def notify_missing(user: User, mechanism: Mechanism, state_party: StateParty, *, key: str) -> bool:
    """Ask whoever speaks for a State to name its people; give whether the mail is new."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:state-nominations", args=[mechanism.slug, state_party.iso3])
        context = {
            "state": str(state_party.name),
            "number": "",
            "sentence": str(NoteNews.MISSING.label),
            "path": path,
        }
    full_key = f"missing:{mechanism.pk}:{state_party.pk}:{user.pk}:{key}"
    return notifications.queue(user, "reviews/note_news", context, key=full_key) is not None
