"""A version in the languages in which States agree on it: each confirmed by all of them, or whose word is missing."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.people import Actor
from accounts.states.models import StateParty
from core import audit
from core.language.i18n import UN_LANGUAGES
from observations.language_sets import LanguagesOfVersion, languages_of
from observations.language_sets.models import LanguageSet
from observations.texts import parties_to
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText, TextVersion
from observations.translations.models import TranslationOrder
from observations.translations.selectors import confirmations
from observations.versions import standing_version, tell_parties, version_facts
from reviews.agreement import Agreement, words_of
from reviews.cases.enums import News
from reviews.cases.models import Clearance, Review
from reviews.visibility import remember_covering

Follow = Callable[[AgreedText], None]
_FOLLOW: list[Follow] = []


@dataclass(frozen=True, slots=True)
class LanguageOfSet:
    """One language of the set. ``order``: the translation that most States have confirmed, of several the one that was
    first whole; None where nobody has. ``agreement``: the words on it, all of them missing where there is none.
    """

    language: str
    order: TranslationOrder | None
    agreement: Agreement[Clearance]

    @property
    def name(self) -> str:
        return str(dict(UN_LANGUAGES)[self.language])

    @property
    def sha256(self) -> str:
        return self.order.confirmed_sha256 if self.order else ""

    @property
    def confirmed_by(self) -> list[StateParty]:
        return [word.state for word in self.agreement.words if word.answer is not None]

    @property
    def is_agreed(self) -> bool:
        return self.order is not None and self.agreement.is_agreed


@dataclass(frozen=True, slots=True)
class TextInLanguages:
    """``rows``: a row for each language of the set that is agreed. ``is_cleared``: so is the authentic text, by all."""

    languages: LanguagesOfVersion
    rows: Sequence[LanguageOfSet]
    is_cleared: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is agreed over the set; without one it is agreed in its own language, and this says no."""
        return bool(self.rows) and self.is_cleared and all(row.is_agreed for row in self.rows)

    @property
    def orders(self) -> dict[UUID, LanguageOfSet]:
        """The translations that are the text itself in another language; none until it is agreed in all."""
        return {row.order.pk: row for row in self.rows if row.order} if self.is_whole else {}


def in_languages(text: AgreedText, version: TextVersion | None) -> TextInLanguages:
    """How far the version that stands is in each of its languages; one query without a set, five at most with one.

    The caller has obtained the text for its reader: what is confirmed lies on the table, where he or she reads it.
    """
    languages = languages_of(text, version)
    is_cleared = text.status == TextStatus.AGREED
    if version is None or languages.agreed is None or not languages.agreed.languages:
        return TextInLanguages(languages, (), is_cleared)
    return TextInLanguages(languages, _confirmed(text, version, languages.agreed.languages), is_cleared)


def translations_to_publish(text: AgreedText, version: TextVersion) -> list[LanguageOfSet]:
    """Of each language into which States have confirmed a translation of this version, the one that counts."""
    return [row for row in _confirmed(text, version, [code for code, _name in UN_LANGUAGES]) if row.order]


def confirmed_of(version: TextVersion) -> QuerySet[TranslationOrder]:
    """All translations of a version that a State has confirmed, also such as do not count for their language."""
    return TranslationOrder.objects.filter(version=version, room=None)


def _confirmed(text: AgreedText, version: TextVersion, languages: Sequence[str]) -> list[LanguageOfSet]:
    rows = list(confirmed_of(version).filter(language__in=languages))
    orders: defaultdict[str, list[TranslationOrder]] = defaultdict(list)
    given: defaultdict[UUID, list[Clearance]] = defaultdict(list)
    for order in rows:
        orders[order.language].append(order)
    for clearance in confirmations(rows):
        given[clearance.document_id].append(clearance)
    parties = parties_to(text)
    return [_of_language(code, orders[code], given, parties) for code in languages]


def _of_language(
    language: str,
    orders: Sequence[TranslationOrder],
    given: defaultdict[UUID, list[Clearance]],
    parties: Sequence[StateParty],
) -> LanguageOfSet:
    def standing(row: LanguageOfSet) -> tuple[int, float]:
        said = [word.answer for word in row.agreement.words if word.answer is not None]
        return -len(said), max((each.cleared_at.timestamp() for each in said), default=0)

    rows = [LanguageOfSet(language, order, Agreement(words_of(parties, given[order.pk]))) for order in orders]
    return min(rows, key=standing, default=LanguageOfSet(language, None, Agreement(words_of(parties, ()))))


def follows_whole(follow: Follow) -> None:
    """Register what follows where a text may be agreed in all its languages by now, or is no more; called from
    declarations of a feature above.
    """
    _FOLLOW.append(follow)


def note_whole(actor: Actor, text: AgreedText, order: TranslationOrder | None = None) -> None:
    """Record and tell it, once for a set, where a text is agreed in all its languages by now.

    To be called after each act that may be the last, or ends that it is so: a set is agreed, the text is, the team is
    another one, an ``order`` is confirmed.
    """
    version = standing_version(text)
    found = in_languages(text, version)
    if order is None or order.pk in found.orders:
        for follow in _FOLLOW:
            follow(text)
    languages = found.languages.agreed
    if version is None or languages is None or not found.is_whole or languages.completed_at is not None:
        return
    languages.completed_at = timezone.now()
    languages.save(update_fields=["completed_at", "updated_at"])
    hashes = {row.language: row.sha256 for row in found.rows}
    facts = {**version_facts(version), "languages": hashes}
    audit.record(actor, "observations.language_set.complete", text, after=facts)
    tell_parties(text, News.SOMETHING_NEW, version, key=f"complete:{languages.pk}")


def note_whole_in(actor: Actor, review: Review) -> None:
    """The same of all texts of a review, after its team has changed: the last word may be that of nobody any more."""
    remember_covering([review])
    rows = LanguageSet.objects.filter(review=review, agreed_at__isnull=False, replaced_at=None)
    for row in rows.filter(version__cancelled_at=None).select_related("version__agreed_text__instrument"):
        text = row.version.agreed_text
        text.review = review
        note_whole(actor, text)
