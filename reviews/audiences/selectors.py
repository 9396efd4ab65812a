"""What beyond a review somebody reads of it; policies of the database say the same (acting_party_to)."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Func, Q, QuerySet

from accounts.affiliations import affiliations_of
from accounts.people.models import User
from core.language.indexing import holding
from reviews.audiences.enums import SharingAudience
from reviews.audiences.models import OpenedWords
from reviews.cases.enums import ParticipationRole
from reviews.participation import participations_of
from reviews.programme.models import Adherence


def open_beyond(user: User | AnonymousUser, *, review: str) -> Q:
    """Rows with an ``audience`` that are open to everybody, or to all States parties of which ``user`` is of one.

    ``review``: how a row leads to its review. Parties are those that are bound by an instrument of the mechanism of
    that; fictional States are parties with their like alone.
    """
    rows = Q(audience=SharingAudience.PUBLIC)
    for mechanism, is_fictional in _party_in(user) if user.is_authenticated else ():
        where = {f"{review}__mechanism": mechanism, f"{review}__state_under_review__is_fictional": is_fictional}
        rows |= Q(audience=SharingAudience.STATES_PARTIES, **where)
    return rows


def opened_holding(text: str) -> QuerySet[OpenedWords, Any]:
    """The keys of what was opened and holds all of these words, by their stems or by their letters.

    Whoever asks narrows by it what is open to the reader, and shows nothing else.
    """
    return _keys(OpenedWords.objects.filter(holding(text, stems="stems", letters="letters", language="language")))


def opened_on_article(number: str) -> QuerySet[OpenedWords, Any]:
    """The keys of what speaks of the article of this number, of whatever instrument."""
    return _keys(OpenedWords.objects.filter(articles__contains=[number]))


def opened_under_heading(kind: str) -> QuerySet[OpenedWords, Any]:
    """The keys of what says something under the heading of this kind."""
    return _keys(OpenedWords.objects.filter(headings__contains=[kind]))


def opened_articles(among: QuerySet[Any, Any]) -> QuerySet[OpenedWords, Any]:
    """The numbers of the articles of which something speaks ``among`` these keys, each once."""
    rows = OpenedWords.objects.filter(opened__in=among).annotate(number=Func(F("articles"), function="unnest"))
    return rows.values_list("number", flat=True).distinct()


def has_words(opened: Any) -> QuerySet[OpenedWords]:
    """Whether words of it are kept, to be asked as ``Exists``."""
    return OpenedWords.objects.filter(opened=opened)


def _keys(rows: QuerySet[OpenedWords]) -> QuerySet[OpenedWords, Any]:
    return rows.values("opened")


def _party_in(user: User) -> QuerySet[Adherence, Any]:
    """The mechanisms, by their keys, and whether it is with fictional States.

    Of a State is who acts for it now: in a review but as a contributor, or at its permanent mission. Whoever took part
    in a review stays affiliated, also a contributor and one who has left: that is not asked.
    """
    parts = participations_of(user).exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR)
    missions = affiliations_of(user).filter(is_permanent_mission=True)
    of_their_states = Q(state_party__in=parts.values("state_party")) | Q(state_party__in=missions.values("state_party"))
    rows = Adherence.objects.filter(of_their_states, instrument__mechanism__isnull=False).order_by().distinct()
    return rows.values_list("instrument__mechanism", "state_party__is_fictional")
