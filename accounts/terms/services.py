"""Accepting the terms of confidentiality."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.terms.models import TermsAcceptance
from accounts.terms.selectors import newest_terms
from core import audit
from core.errors import ServiceError
from core.policy import require


@transaction.atomic
def accept_terms(*, actor: User, number: int) -> None:
    """Note that a person has accepted the terms with this number; a second time changes nothing.

    ``number`` 0 where no terms are valid. Raises ServiceError where newer ones have become valid since they were read.
    """
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    terms = newest_terms()
    if number != (terms.number if terms else 0):
        raise ServiceError(_("Newer terms have become valid. Please read them."), field="accept")
    if terms is None:
        return
    acceptance, is_new = TermsAcceptance.objects.get_or_create(
        user=actor, terms=terms, defaults={"accepted_at": timezone.now()}
    )
    if is_new:
        audit.record(actor, "accounts.terms.accepted", acceptance, after={"number": terms.number})
