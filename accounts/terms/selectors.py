"""The terms of confidentiality that hold, and who has accepted which."""

from django.db.models import Max
from django.utils import timezone

from accounts.people.models import User
from accounts.terms.models import ConfidentialityTerms, TermsAcceptance
from core.cached import Nearby

# Seconds until terms are asked for everywhere: those whose day has come, and those that were just made.
_TERMS_FOR, _NEAR_FOR = 5 * 60, 10


def newest_terms() -> ConfidentialityTerms | None:
    """The terms of confidentiality that are valid today."""
    return ConfidentialityTerms.objects.filter(valid_from__lte=timezone.localdate()).first()


def newest_terms_number() -> int:
    """The number of the terms that are valid today, 0 for none; kept, so that ordinary pages ask nothing."""
    return _newest.get()


def forget_newest_terms() -> None:
    """Make the next page look anew (after the terms have changed)."""
    _newest.forget()


def _look() -> int:
    terms = newest_terms()
    return terms.number if terms else 0


_newest = Nearby("newest-terms", _look, cached_for=_TERMS_FOR, near_for=_NEAR_FOR)


def accepted_terms_number(user: User) -> int:
    """The highest number of the terms that a person has accepted, 0 for none."""
    accepted: int | None = TermsAcceptance.objects.filter(user=user).aggregate(number=Max("terms__number"))["number"]
    return accepted or 0


def acceptance_of(user: User, terms: ConfidentialityTerms) -> TermsAcceptance | None:
    return TermsAcceptance.objects.filter(user=user, terms=terms).first()
