"""A translation of the demo: ordered by the State under review, and begun by what the blueprint words."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.people import register_user
from accounts.people.models import User
from accounts.terms import accept_terms, newest_terms
from observations.texts.models import AgreedText
from observations.translations import OrderInput, order_translation
from observations.versions import standing_version
from portal.demo.plan import PASSPHRASE
from portal.demo.teams import ACTOR

EMAIL, NAME = "celeste.aubry@translators.example", "Céleste Aubry"
_DAYS = 14  # in which it is due


def have_translated(text: AgreedText, focal_point: User, language: str) -> None:
    """Order a translation of the version that stands, from a translator with the printed passphrase."""
    version = standing_version(text)
    if version is None:
        return
    user, is_new = register_user(actor=ACTOR, email=EMAIL, full_name=NAME, language="en")
    if is_new:
        User.objects.filter(pk=user.pk).update(password=make_password(PASSPHRASE), activated_at=timezone.now())
        if terms := newest_terms():
            accept_terms(actor=user, number=terms.number)
    due_on = timezone.localdate() + dt.timedelta(days=_DAYS)
    given = OrderInput(language, due_on, EMAIL, NAME, "en")
    order_translation(actor=focal_point, text=text, given=given, sha256=version.sha256)
