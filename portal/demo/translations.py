"""Translations of the demo: ordered by the State under review, begun by what the blueprint words; some are written,
confirmed and published; and a set is agreed."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.people import register_user
from accounts.people.models import User
from accounts.terms import accept_terms, newest_terms
from observations.language_sets import agree_to_languages, propose_languages
from observations.texts.models import AgreedText
from observations.translations import (
    OrderInput,
    confirm_translation,
    hand_in,
    hash_of_translation,
    order_translation,
    save_translation,
    segments_beside,
)
from observations.translations.models import TranslationOrder
from observations.versions import standing_version
from portal.demo.plan import PASSPHRASE, read
from portal.demo.teams import ACTOR, DemoTeam

EMAIL, NAME = "celeste.aubry@translators.example", "Céleste Aubry"
_DAYS = 14  # in which it is due


def have_translated(text: AgreedText, focal_point: User, language: str) -> TranslationOrder | None:
    """Order a translation of the version that stands, from a translator with the printed passphrase."""
    version = standing_version(text)
    if version is None:
        return None
    user, is_new = register_user(actor=ACTOR, email=EMAIL, full_name=NAME, language="en")
    if is_new:
        User.objects.filter(pk=user.pk).update(password=make_password(PASSPHRASE), activated_at=timezone.now())
        if terms := newest_terms():
            accept_terms(actor=user, number=terms.number)
    due_on = timezone.localdate() + dt.timedelta(days=_DAYS)
    given = OrderInput(language, due_on, EMAIL, NAME, "en")
    return order_translation(actor=focal_point, text=text, given=given, sha256=version.sha256)


def translate(order: TranslationOrder, confirming: Sequence[DemoTeam]) -> TranslationOrder:
    """Written by the translator with the words of the bank, handed in, and confirmed by these States in turn."""
    bank: Mapping[str, str] = read("translations.json")[order.language]
    missing = [each.segment for each in segments_beside(order) if not each.text]
    texts = {segment.key: _in_words_of(bank, segment.source) for segment in missing}
    order = save_translation(actor=order.translator, order=order, texts=texts, base=order.revision)
    order = hand_in(actor=order.translator, order=order, base=order.revision)
    for team in confirming:
        order = confirm_translation(actor=team.focal_point, order=order, sha256=hash_of_translation(order))
    return order


def _in_words_of(bank: Mapping[str, str], source: str) -> str:
    for words, other in bank.items():
        source = source.replace(words, other)
    return source


def agree_on_languages(text: AgreedText, teams: Sequence[DemoTeam], languages: Sequence[str]) -> None:
    """The first State proposes the languages for the version that stands, and the others agree."""
    version = standing_version(text)
    if version is None:
        return
    first, *others = teams
    row = propose_languages(actor=first.focal_point, text=text, languages=languages, sha256=version.sha256)
    for team in others:
        agree_to_languages(actor=team.focal_point, text=text, sha256=row.sha256)
