"""The terms of confidentiality that hold, and who has accepted which."""

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

from accounts.people.models import User
from accounts.terms.models import ConfidentialityTerms, TermsAcceptance

_TERMS_FOR = 5 * 60  # seconds that new terms may take to be asked for everywhere
_TERMS_KEY = "newest-terms"


def newest_terms() -> ConfidentialityTerms | None:
    """The terms of confidentiality that are valid today."""
    return ConfidentialityTerms.objects.filter(valid_from__lte=timezone.localdate()).first()


def newest_terms_number() -> int:
    """The number of the terms that are valid today, 0 for none; from the cache, so that ordinary pages ask nothing."""

    def look() -> int:
        terms = newest_terms()
        return terms.number if terms else 0

    number = cache.get_or_set(_TERMS_KEY, look, _TERMS_FOR)
    return number if number is not None else look()


def forget_newest_terms() -> None:
    """Make the next page look anew (after the terms have changed)."""
    cache.delete(_TERMS_KEY)


def accepted_terms_number(user: User) -> int:
    """The highest number of the terms that a person has accepted, 0 for none."""
    accepted: int | None = TermsAcceptance.objects.filter(user=user).aggregate(number=Max("terms__number"))["number"]
    return accepted or 0


def acceptance_of(user: User, terms: ConfidentialityTerms) -> TermsAcceptance | None:
    return TermsAcceptance.objects.filter(user=user, terms=terms).first()
