"""What a translator, and who has ordered, are told by mail: of which review, where to look, and no content."""

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from core.language.i18n import interface_language
from core.language.terminology import named, speaking
from core.mail import notifications
from observations.translations.models import TranslationOrder

ORDERED = gettext_lazy("A translation is ordered from you; its page holds the text, the language and the date.")
ENDED = gettext_lazy("An order of a translation from you has ended; its page is closed to you.")
OVERTAKEN = gettext_lazy(
    "A text whose translation is ordered from you is being changed, so that you cannot hand it in; your work is kept."
)
HANDED_IN = gettext_lazy("A translation that your State ordered was handed in; please look at it and confirm it.")


def notify(user: User, order: TranslationOrder, sentence: Promise, *, key: str) -> None:
    """Tell somebody, once for each ``key``. Where the order has ended, the mail leads to what is left.

    The order lies in the room of a State: no list of mails tells of it, nor that one did not arrive.
    """
    with translation.override(interface_language(user.language)), speaking(named(order.document["mechanism"])):
        path = reverse("observations:translation-own")
        if order.ended_at is None:
            path = reverse("observations:translation", args=[order.pk])
        context = {"code": order.document["review"], "sentence": str(sentence), "path": path}
    mail = f"translation:{key}:{order.pk}:{user.pk}"
    notifications.queue(user, "reviews/news", context, key=mail, is_private=True)
