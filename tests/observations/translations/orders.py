"""What the tests of translations do before they look: an order of the version that stands, a whole translation."""

import datetime as dt

from django.utils import timezone

from accounts.people.models import User
from observations.texts.models import AgreedText
from observations.translations.models import TranslationOrder
from observations.translations.selectors import get_order, hash_of_translation, segments_beside
from observations.translations.services import OrderInput, confirm_translation, order_translation, save_translation
from observations.versions.selectors import standing_version
from tests.factories.accounts import UserFactory

TRANSLATOR = "celeste.aubry@translators.example"


def ordered(actor: User, text: AgreedText, language: str = "fr", **more: str) -> TranslationOrder:
    """An order of the standing version, from the translator of these tests where no other is named."""
    version = standing_version(text)
    assert version is not None
    given = OrderInput(
        language=language,
        due_on=timezone.localdate() + dt.timedelta(days=20),
        email=more.pop("email", TRANSLATOR),
        full_name="Céleste Aubry",
        own_language="en",
        **more,
    )
    return now(order_translation(actor=actor, text=text, given=given, sha256=version.sha256))


def now(order: TranslationOrder) -> TranslationOrder:
    """As a page finds it."""
    return get_order(order.pk)


def translator() -> User:
    """Who has an account already, and takes part in nothing."""
    return User.objects.filter(email=TRANSLATOR).first() or UserFactory(email=TRANSLATOR, full_name="Céleste Aubry")


def written(order: TranslationOrder, by: User) -> TranslationOrder:
    """Every segment that has none gets a translation."""
    texts = {each.segment.key: f"« {each.segment.source} »" for each in segments_beside(order) if not each.text}
    return now(save_translation(actor=by, order=order, texts=texts, base=order.revision))


def confirmed(order: TranslationOrder, by: User) -> TranslationOrder:
    order = now(order)
    return now(confirm_translation(actor=by, order=order, sha256=hash_of_translation(order)))
