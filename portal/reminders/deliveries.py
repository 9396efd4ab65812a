"""Mails for the secretariat, by whom and what they are for: their subjects, and no more of their words."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.people.models import Affiliation
from core.mail.reports import NOT_ARRIVED, mails_told
from core.models import Notification
from reviews.cases.models import Review

MISSING = "missing"  # stands among the statuses of the filter: failed or bounced


def deliveries() -> QuerySet[Notification]:
    """The newest first."""
    return mails_told().select_related("recipient").order_by("-created_at", "pk")


def to_person(mails: QuerySet[Notification], text: str) -> QuerySet[Notification]:
    """By the name or the address."""
    return mails.filter(Q(recipient__full_name__icontains=text) | Q(recipient__email__icontains=text))


def to_people_of(mails: QuerySet[Notification], iso3: str) -> QuerySet[Notification]:
    """Those to people who belong to a State."""
    belongs = Affiliation.objects.filter(ends_on=None, state_party__iso3__iexact=iso3)
    return mails.filter(recipient__in=belongs.values("user"))


def about_review(mails: QuerySet[Notification], code: str) -> QuerySet[Notification]:
    return mails.filter(about__contains=[code.upper()])


def of_status(mails: QuerySet[Notification], status: str) -> QuerySet[Notification]:
    return mails.filter(status__in=NOT_ARRIVED if status == MISSING else [status])


def reviews_named(mails: Iterable[Notification]) -> dict[str, Review]:
    """By their codes, the reviews of which these mails speak, each with its State; one query."""
    codes = {code for mail in mails for code in mail.about}
    rows = Review.objects.filter(code__in=codes).select_related("mechanism", "state_under_review").order_by("code")
    return {review.code: review for review in rows}


def get_delivery(key: str) -> Notification:
    """One mail. Raises Http404 when there is none; the caller asks the policy."""
    found = deliveries().filter(pk=key).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found
