"""Translations of the demo: ordered by the State under review, begun by what the blueprint words; and a set agreed."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.people import register_user
from accounts.people.models import User
from accounts.terms import accept_terms, newest_terms
from observations.language_sets import agree_to_languages, propose_languages
from observations.texts.models import AgreedText
from observations.translations import OrderInput, order_translation
from observations.versions import standing_version
from portal.demo.plan import PASSPHRASE
from portal.demo.teams import ACTOR, DemoTeam

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


def agree_on_languages(text: AgreedText, teams: Sequence[DemoTeam], languages: Sequence[str]) -> None:
    """The first State proposes the languages for the version that stands, and the others agree."""
    version = standing_version(text)
    if version is None:
        return
    first, *others = teams
    row = propose_languages(actor=first.focal_point, text=text, languages=languages, sha256=version.sha256)
    for team in others:
        agree_to_languages(actor=team.focal_point, text=text, sha256=row.sha256)
